"""Tasks: what can be evaluated, how the machine predicts it, and how predictions are scored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from etl.errors import EvaluationError
from etl.evaluate.clusterings import measure_clusters, number_labels
from etl.evaluate.facts import align_stories, measure_facts
from etl.evaluate.labels import measure_frames, measure_tone
from etl.evaluate.lines import Row
from etl.evaluate.pages import measure_extraction
from etl.evaluate.predict import STANCES, annotate, extract, group, judge_spans
from etl.evaluate.quotations import measure_quotes
from etl.evaluate.scores import Measure, bootstrap_scores
from etl.evaluate.spans import measure_dates, measure_entities
from etl.extract.clean.languages import detect_language

PARTS = ("content", "speaker", "cue")  # of a labelled quotation: lists of spans


@dataclass(frozen=True, kw_only=True)
class Task:
    """One kind of label: what a document is, the fields of labelled and predicted rows, two functions."""

    name: str
    unit: str
    labelled: tuple[str, ...]
    predicted: tuple[tuple[str, ...], ...]
    predict: Callable[[Iterable[Row]], Iterator[Row]]
    measure: Callable[[Sequence[Row], Sequence[Row]], Measure]

    @property
    def units(self) -> str:
        """More than one of its unit: articles, stories."""
        return f"{self.unit[:-1]}ies" if self.unit.endswith("y") else f"{self.unit}s"


def evaluate(task: Task, rows: Sequence[Row], predictions: Sequence[Row] | None = None) -> pd.DataFrame:
    """One row a metric: metric, value, low, high (95 % bootstrap by document), n (documents).

    Without predictions the machine makes its own.

    Raises:
        EvaluationError: a labelled row has no prediction, or one is not in the documented format.
    """
    found = list(task.predict(rows)) if predictions is None else predictions
    by_id = {answer.get("id"): answer for answer in found}
    answers = [_find_answer(task, row["id"], by_id) for row in rows]
    if problem := _find_problem(task, rows, answers):
        raise EvaluationError(f"{task.name}: {problem}; see newsprism evaluate --help for the format")
    return bootstrap_scores(task.measure(rows, answers), len(rows))


def _find_problem(task: Task, rows: Sequence[Row], answers: Sequence[Row]) -> str:
    """What is wrong with the first row that cannot be measured, and with which; empty where all can."""
    for row, answer in zip(rows, answers, strict=True):
        try:
            outside = [
                span for span in _labelled_spans(row) if not 0 <= span[0] < span[1] <= len(row["text"])
            ]
            task.measure([row], [answer])
        except KeyError as error:
            return f"id {row['id']!r} has no field {error}, or its prediction has none"
        except (TypeError, ValueError, IndexError) as error:
            return f"id {row['id']!r} or its prediction is not in the documented format ({error})"
        if outside:
            return f"id {row['id']!r}: the span {outside[0]} is outside its text of {len(row['text'])} characters"
    return ""


def _labelled_spans(row: Row) -> Iterator[tuple[int, int]]:
    """The spans of a labelled row: of names, dates, quotations or a target."""
    for name in ("entities", "dates"):
        yield from ((label["start"], label["end"]) for label in row.get(name) or ())
    for quote in row.get("quotes") or ():
        yield from ((start, end) for part in PARTS for start, end in quote.get(part) or ())
    if "label" in row and "start" in row:
        yield row["start"], row["end"]


def find_task(name: str) -> Task:
    """The task of this name.

    Raises:
        EvaluationError: there is none.
    """
    for task in TASKS:
        if task.name == name:
            return task
    raise EvaluationError(f"no task {name!r}; choose from {', '.join(task.name for task in TASKS)}")


def _find_answer(task: Task, name: object, answers: dict[object, Row]) -> Row:
    """The prediction for one document; a page without an article counts as one without words."""
    answer = answers.get(name)
    if answer is None:
        raise EvaluationError(f"{task.name}: no prediction for id {name!r}; predict every labelled row")
    if "error" in answer and task.name == "extraction":
        return {"id": name, "text": ""}
    if not any(all(field in answer for field in fields) for fields in task.predicted):
        wanted = " or ".join(", ".join(fields) for fields in task.predicted)
        raise EvaluationError(
            f"{task.name}: prediction for id {name!r} lacks {wanted}; it says {answer}"[:500]
        )
    return answer


def _find_mentions(rows: Iterable[Row]) -> Iterator[Row]:
    """The mentions of each row; a row without a language, often too short to tell, has that of the file."""
    told = list(rows)
    language = detect_language("", tuple(row["text"] for row in told))
    return annotate(({"language": language} | row for row in told), tables=("mentions",))


def _judge(rows: Iterable[Row]) -> Iterator[Row]:
    """The tone towards the target of each row."""
    told = list(rows)
    asked = [row | {"targets": [{"start": row["start"], "end": row["end"]}]} for row in told]
    answers = zip(told, judge_spans(asked), strict=True)
    return ({"id": row["id"], "targets": targets} for row, targets in answers)


def _measure_groups(labelled: str, found: str) -> Callable[[Sequence[Row], Sequence[Row]], Measure]:
    """A measure of groups whose labels stand in these fields."""

    def measure_groups(rows: Sequence[Row], answers: Sequence[Row]) -> Measure:
        gold = number_labels([row[labelled] for row in rows])
        got = number_labels([answer[found] if found in answer else answer[labelled] for answer in answers])
        return measure_clusters(got, gold)

    return measure_groups


TASKS = (
    Task(
        name="extraction", unit="page", labelled=("text",), predicted=(("text",),),
        predict=extract, measure=measure_extraction,
    ),
    Task(
        name="entities", unit="text", labelled=("text", "entities"), predicted=(("mentions",), ("entities",)),
        predict=_find_mentions, measure=measure_entities,
    ),
    Task(
        name="quotes", unit="article", labelled=("text", "quotes"), predicted=(("quotes",),),
        predict=partial(annotate, tables=("quotes",)), measure=measure_quotes,
    ),
    Task(
        name="tone", unit="sentence", labelled=("text", "start", "end", "label"),
        predicted=(("label",), ("targets",), STANCES), predict=_judge, measure=measure_tone,
    ),
    Task(
        name="frames", unit="article", labelled=("text", "frames"), predicted=(("frames",),),
        predict=partial(annotate, tables=("frames",)), measure=measure_frames,
    ),
    Task(
        name="dates", unit="article", labelled=("text", "dates"), predicted=(("dates",),),
        predict=partial(annotate, tables=("dates",)), measure=measure_dates,
    ),
    Task(
        name="stories", unit="article", labelled=("text", "story"), predicted=(("story_id",), ("story",)),
        predict=group, measure=_measure_groups("story", "story_id"),
    ),
    Task(
        name="reprints", unit="article", labelled=("text", "reprint"),
        predicted=(("reprint_id",), ("reprint",)), predict=group,
        measure=_measure_groups("reprint", "reprint_id"),
    ),
    Task(
        name="claims", unit="story", labelled=("articles",),
        predicted=(("pairs", "left_out", "conflicts"), ("articles",)), predict=align_stories,
        measure=measure_facts,
    ),
)  # fmt: skip
