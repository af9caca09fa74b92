"""Commands: annotate, extract, group and evaluate, as plain functions with Typer annotations."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

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
    """
    from etl.evaluate.predict import annotate

    _write_lines(annotate(read_rows(open_lines(file)), zones=_known_zones()))


def extract_command(file: Lines = "-") -> None:
    """The article of each page: JSON Lines in, JSON Lines out, in the same order.

    In: id, url, outlet, and html, or text for a page saved as plain text.
    Out: id, title, subtitle, authors, published, published_precision, language, text, cuts; or id and error.
    """
    from etl.evaluate.predict import extract

    _write_lines(extract(read_rows(open_lines(file)), _known_zones()))


def group_command(file: Lines = "-") -> None:
    """Story and reprint group of each article: JSON Lines in, JSON Lines out, in the same order.

    In: as for annotate. Out: id, story_id, story_title, reprint_id, level (both null without a reprint);
    or id and error.
    """
    from etl.evaluate.predict import group

    _write_lines(group(read_rows(open_lines(file))))


def evaluate_command(
    task: Annotated[
        str, typer.Argument(help="extraction entities quotes tone frames dates stories reprints")
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
    """
    from etl.evaluate.tasks import evaluate, find_task

    chosen = find_task(task)
    labelled = require_rows(file, chosen.labelled)
    scores = evaluate(chosen, labelled, require_rows(predictions, ()) if predictions else None)
    if not only_json:
        Console(stderr=True).print(draw_scores(chosen, scores))
    typer.echo(json.dumps(tell_scores(chosen, scores), allow_nan=False))


def draw_scores(task: Task, scores: pd.DataFrame) -> Table:
    """The scores as a table for the terminal."""
    table = Table(title=f"{task.name}: {scores['n'].iloc[0]} {task.unit}s, 95 % bootstrap by {task.unit}")
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
    """Each record as a line on standard output as soon as it is there; what was refused on standard error."""
    for row in rows:
        if "error" in row:
            typer.echo(f"{row['id']}: {row['error']}", err=True)
        sys.stdout.write(write_row(row) + "\n")
        sys.stdout.flush()
