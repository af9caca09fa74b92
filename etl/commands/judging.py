"""Commands: annotate, extract, group and evaluate, as plain functions with Typer annotations."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from etl.errors import EvaluationError
from etl.evaluate.lines import Row, open_lines, read_rows, require_rows, write_row
from etl.settings import read_settings

if TYPE_CHECKING:  # the commands import late what brings scientific libraries along: help must come at once
    import pandas as pd

    from etl.evaluate.tasks import Task

Lines = Annotated[str, typer.Argument(help="JSON Lines file, gzipped or not; - for standard input")]


def annotate_command(file: Lines = "-") -> None:
    """Every feature of each article: JSON Lines in, JSON Lines out, in the same order.

    In: id, text; optional title, published_at, outlet, language, url, targets [{start, end}]. `published` is
    taken for `published_at`, so that what `extract` writes can be annotated; unknown keys are passed over.
    Out: id, sentences, tones, mentions, quotes, dates, frames, targets, with offsets into the text given;
    or id and error. Each quote has `speakers`, one or several: [{start, end, surface, actor_id, link}], the
    mention that tells who speaks.

    Exit status: 0 every record is answered, some perhaps by an error (told on standard error too); 1 the input
    cannot be read to its end, or not one record can be used; 2 called wrongly.
    """
    from etl.evaluate.predict import annotate

    _write_lines(annotate(read_rows(open_lines(file)), zones=_known_zones()))


def extract_command(file: Lines = "-") -> None:
    """The article of each page: JSON Lines in, JSON Lines out, in the same order.

    In: id, url, outlet, and html, or text for a page saved as plain text.
    Out: id, title, subtitle, authors, published, published_precision, language, text, cuts; or id and error.

    Exit status: as of annotate.
    """
    from etl.evaluate.predict import extract

    _write_lines(extract(read_rows(open_lines(file)), _known_zones()))


def group_command(file: Lines = "-") -> None:
    """Story and reprint group of each article: JSON Lines in, JSON Lines out, in the same order.

    In: as for annotate. Out: id, story_id, story_title (empty where no title was given), reprint_id, level
    (both null without a reprint); or id and error. All is read before anything is written.

    Exit status: as of annotate.
    """
    from etl.evaluate.predict import group

    _write_lines(group(read_rows(open_lines(file))))


def evaluate_command(
    task: Annotated[
        str, typer.Argument(help="extraction entities quotes tone frames dates stories reprints claims")
    ],
    file: Lines,
    predictions: Annotated[
        str | None, typer.Option(help="predictions to score; else our own are made")
    ] = None,
    only_json: Annotated[bool, typer.Option("--json", help="no table, JSON alone")] = False,
) -> None:
    """Hold labelled rows against predictions: the field's metrics with n and a 95 % bootstrap interval.

    The table goes to standard error, one JSON object {task, unit, n, metrics} to standard output.
    Predictions are JSON Lines with id and the fields of the labels, or as annotate, extract and group write.

    In, one object a line, each with a unique id and text; spans are half-open character offsets into the text:
    extraction: html, url, outlet, and as far as known title, authors, published;
    entities: entities [{start, end, type}], the type PER, ORG or LOC;
    quotes: quotes [{content, speaker, cue}], each a list of [start, end];
    tone: start, end, label (negative, neutral or positive);
    frames: frames, a list of names;
    dates: published_at, dates [{start, end, type, value}] as TIMEX3 writes them;
    stories: story; reprints: reprint (the name of the group);
    claims: articles instead of text, as in data/labelled/claims.

    Exit status: 0 measured; 1 rows or predictions are not in this format, the first is named; 2 called wrongly.
    """
    from etl.evaluate.tasks import evaluate, find_task

    chosen = find_task(task)
    labelled = require_rows(file, chosen.labelled)
    scores = evaluate(chosen, labelled, require_rows(predictions, ()) if predictions else None)
    if not only_json:
        Console(stderr=True).print(draw_scores(chosen, scores))
    _write_line(tell_scores(chosen, scores))


def draw_scores(task: Task, scores: pd.DataFrame) -> Table:
    """The scores as a table for the terminal."""
    table = Table(title=f"{task.name}: {scores['n'].iloc[0]} {task.units}, 95 % bootstrap by {task.unit}")
    for column in ("metric", "value", "low", "high", "n"):
        table.add_column(column, justify="left" if column == "metric" else "right")
    for metric, value, low, high, n in scores.itertuples(index=False, name=None):
        table.add_row(metric, f"{value:.3f}", f"{low:.3f}", f"{high:.3f}", str(n))
    return table


def tell_scores(task: Task, scores: pd.DataFrame) -> Row:
    """The scores as one record: task, unit, n, and value, low and high of each metric."""
    metrics = scores.set_index("metric")[["value", "low", "high"]].round(6).to_dict("index")
    return {"task": task.name, "unit": task.unit, "n": int(scores["n"].iloc[0]), "metrics": metrics}


def _known_zones() -> dict[str, str]:
    """The time zone of each configured outlet, by its key and by its name."""
    from etl.extract.outlets import read_outlets

    outlets = read_outlets(read_settings().outlets)
    return {name: outlet.timezone for key, outlet in outlets.items() for name in (key, outlet.name)}


def _write_lines(rows: Iterable[Row]) -> None:
    """Each record as a line on standard output as soon as it is there; what was refused on standard error.

    Raises:
        Exit: with status 1, where not one record could be used.
    """
    answered = refused = 0
    for answered, row in enumerate(rows, start=1):
        if "error" in row:
            refused += 1
            problem = str(row["error"]).removeprefix(f"{row['id']}: ")
            typer.echo(f"record {answered}, id {json.dumps(row['id'])}: {problem}", err=True)
        _write_line(row)
    if refused:
        typer.echo(f"{refused:,} of {answered:,} records refused, each answered by its error", err=True)
    if answered and refused == answered:
        raise typer.Exit(1)


def _write_line(row: Row) -> None:
    """A record on standard output, in UTF-8 whatever the terminal speaks.

    Raises:
        EvaluationError: it is closed, or takes no more; a reader that wants no more is no error.
    """
    if sys.stdout is None:
        raise EvaluationError("standard output is closed; send it to a file or to another command")
    try:
        sys.stdout.buffer.write(write_row(row).encode() + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise EvaluationError(
            f"standard output: {error.strerror}; make room, or send it elsewhere"
        ) from error
