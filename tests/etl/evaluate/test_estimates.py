"""Every task on four labelled rows that are half right: the value by hand, its interval, and n."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from etl.errors import EvaluationError
from etl.evaluate.lines import Row, read_rows
from etl.evaluate.predict import BATCH, annotate, extract
from etl.evaluate.scores import bootstrap_scores, count_measure, share
from etl.evaluate.tasks import TASKS, evaluate, find_task
from tests.etl.evaluate.command_line import command_line, run_command

IDS = "abcd"
RIGHT, WRONG = slice(0, 2), slice(2, 4)
NAME = [{"start": 0, "end": 3, "type": "PER"}]
DAY = [{"start": 0, "end": 5, "type": "DATE", "value": "2024-06-24"}]
SAID = [{"content": [[0, 5]], "speaker": [[6, 9]], "cue": []}]
TOLD = [
    {"outlet": "A", "sentences": [{"text": "Seven died.", "facts": ["a"], "says": {"number": "7"}}]},
    {"outlet": "B", "sentences": [{"text": "Nine died.", "facts": ["a"], "says": {"number": "9"}}]},
    {"outlet": "C", "sentences": [{"text": "It rained.", "facts": []}]},
]

# task: what each row is labelled, what is found in a wrong one, and metric: value where two of four are right
HALVES: dict[str, tuple[Row, Row, dict[str, float]]] = {
    # two of four pages have every run; the other two none
    "extraction": ({"text": "a b c d"}, {"text": "w x y z"}, {"body_precision": 0.5, "body_f1": 0.5}),
    # 2 found, both right, of 4: precision 1, recall .5
    "entities": (
        {"text": "Ann", "entities": NAME}, {"entities": []},
        {"strict_precision": 1, "strict_recall": 0.5, "strict_f1": 2 / 3},
    ),
    # all 4 found, 2 with the speaker: the wrong ones name nobody
    "quotes": (
        {"text": '"No," she said.', "quotes": SAID}, {"quotes": [SAID[0] | {"speaker": []}]},
        {"quotes_f1": 1, "with_speaker_f1": 0.5, "direct_f1": 1},
    ),
    # negative: 2 right, 2 found, 4 labelled: 2/3; neutral: none labelled, 2 found: 0; positive: 0
    "tone": (
        {"text": "Ann", "start": 0, "end": 3, "label": "negative"}, {"label": "neutral"},
        {"accuracy": 0.5, "macro_f1": 2 / 9, "negative_f1": 2 / 3},
    ),
    "frames": ({"text": "a", "frames": ["conflict"]}, {"frames": ["morality"]}, {"macro_f1": 2 / 3}),
    # the wrong ones have the span and another value
    "dates": (
        {"text": "today", "dates": DAY}, {"dates": [DAY[0] | {"value": "2024-06-25"}]},
        {"strict_f1": 1, "value_f1": 0.5, "value_accuracy": 0.5},
    ),
    # labelled one group of four; found one of two and two alone: each finds 2, 2, 1, 1 of its 4
    "stories": ({"text": "a", "story": "x"}, {"story": None}, {"bcubed_precision": 1, "bcubed_recall": 6 / 16}),
    "reprints": ({"text": "a", "reprint": "x"}, {"reprint": None}, {"pairwise_recall": 1 / 6}),
    # each of four has one pair, one conflict, four omissions; the wrong ones find a pair that is none
    "claims": (
        {"articles": TOLD}, {"pairs": [(0, 0, 2, 0)], "left_out": [], "conflicts": []},
        {"pairs_precision": 0.5, "pairs_recall": 0.5, "left_out_precision": 1, "conflicts_recall": 0.5},
    ),
}  # fmt: skip


def half_right(task: str) -> tuple[list[Row], list[Row]]:
    """Four labelled rows and what is found in them."""
    label, wrong, _ = HALVES[task]
    labelled = [{"id": name} | label for name in IDS]
    return labelled, [*labelled[RIGHT], *({**row, **wrong} for row in labelled[WRONG])]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_half_right_is_worth_what_the_definition_says(task) -> None:
    scores = evaluate(task, *half_right(task.name)).set_index("metric")
    wanted = HALVES[task.name][2]
    assert scores.loc[list(wanted), "value"].to_dict() == pytest.approx(wanted)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_the_interval_holds_the_value_and_n_is_the_number_of_rows(task) -> None:
    scores = evaluate(task, *half_right(task.name))
    assert set(scores["n"]) == {len(IDS)}
    assert (scores["low"] <= scores["high"]).all()
    inside = (scores["low"] <= scores["value"]) & (scores["value"] <= scores["high"])
    assert inside.all(), scores[~inside]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.booleans(), min_size=2, max_size=30))
def test_the_interval_of_a_share_holds_it_and_is_a_point_where_all_are_alike(hits: list[bool]) -> None:
    counts = [[float(hit), 1.0] for hit in hits]
    row = bootstrap_scores(count_measure(counts, lambda c: {"share": share(c[0], c[1])}), len(hits)).iloc[0]
    assert row["value"] == pytest.approx(np.mean(hits))
    assert 0 <= row["low"] <= row["value"] <= row["high"] <= 1
    assert (row["low"] == row["high"]) == (len(set(hits)) == 1)


def test_more_of_the_same_rows_make_a_narrower_interval() -> None:
    widths = []
    for times in (1, 25):
        labelled, found = half_right("tone")
        many = [[row | {"id": f"{row['id']}{n}"} for n in range(times) for row in rows]
                for rows in (labelled, found)]  # fmt: skip
        row = evaluate(find_task("tone"), *many).set_index("metric").loc["accuracy"]
        widths.append(row["high"] - row["low"])
    assert widths[1] < widths[0] / 3  # a hundred rows for four: a fifth of the width


def test_predictions_are_found_by_their_id_whatever_their_order() -> None:
    labelled, found = half_right("dates")
    extra = {"id": "nobody asked", "dates": []}
    one, other = (evaluate(find_task("dates"), labelled, rows) for rows in (found, [extra, *found[::-1]]))
    assert one.equals(other)


def test_a_file_without_rows_is_said_to_have_none(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n")
    answer = CliRunner().invoke(command_line(), ["evaluate", "tone", str(tmp_path / "empty.jsonl")])
    assert isinstance(answer.exception, EvaluationError) and "no records" in str(answer.exception)
    assert answer.stdout == ""


def test_the_command_tells_task_unit_n_and_metrics_on_one_line(tmp_path: Path) -> None:
    labelled, found = half_right("dates")
    files = []
    for name, rows in (("labelled", labelled), ("found", found)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
        files.append(str(tmp_path / name))
    told = run_command(["evaluate", "dates", files[0], "--predictions", files[1]])
    (row,) = told.rows
    assert (row["task"], row["unit"], row["n"]) == ("dates", "article", 4)
    assert row["metrics"]["value_f1"]["value"] == 0.5
    assert "value_f1" in told.beside and told.status == 0


def lines_read(heard: list[int], rows: list[Row]) -> Iterator[Row]:
    """The rows as a stream that notes how many were taken from it."""
    for number, line in enumerate(map(json.dumps, rows), 1):
        heard.append(number)
        yield from read_rows([line])


def test_a_page_is_answered_before_the_next_one_is_read() -> None:
    heard: list[int] = []
    page = {"id": "p", "text": "Pier reopens\n\nThe pier reopened on Monday, and the ferries left at dawn."}
    assert next(extract(lines_read(heard, [page] * 5)))["id"] == "p"
    assert heard == [1]


def test_articles_are_answered_a_batch_at_a_time_and_in_order() -> None:
    heard: list[int] = []
    rows = [{"id": n, "text": f"Pier {n} reopened."} for n in range(BATCH + 9)]
    answers = annotate(lines_read(heard, rows), tables=("sentences",))
    assert next(answers)["id"] == 0 and len(heard) == BATCH
    assert [row["id"] for row in answers] == list(range(1, BATCH + 9))
