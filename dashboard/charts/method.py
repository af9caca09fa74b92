"""Method: sources, refreshes, quarantine, versions and tables as plain tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from dashboard.charts.chart import Chart
from dashboard.queries.answer import Answer
from dashboard.queries.method import (
    answer_dictionary,
    answer_quarantine,
    answer_runs,
    answer_sources,
    answer_tables,
    answer_versions,
)
from dashboard.theme import Theme, write_count, write_day, write_time

Cell = Callable[[Any, Theme], Markup | str]
TALL = 26  # rows from which a table scrolls inside its card
Columns = tuple[tuple[str, str, Cell], ...]


def draw_rows(
    columns: Columns, key: str = "", wide: tuple[str, ...] = ()
) -> Callable[[Answer, Theme], Markup]:
    """A draw function for a table of these (column, heading, how a value is written); numbers stand on the
    right.

    With `key`, rows of the same value form a section that folds; a phone leaves the columns of `wide` out.
    """
    classes = {name: _class_of(name, cell, wide) for name, _, cell in columns}

    def draw(answer: Answer, theme: Theme) -> Markup:
        if not key:
            return _table(answer.frame, columns, classes, theme)
        return Markup("").join(
            Markup("<details><summary>{} <span class='sm'>{} columns</span></summary>{}</details>").format(
                name, len(rows), _table(rows, columns, classes, theme)
            )
            for name, rows in answer.frame.groupby(key, sort=False, observed=True)
        )

    return draw


def _class_of(name: str, cell: Cell, wide: tuple[str, ...]) -> str:
    """The CSS classes of a column: numbers on the right, and what only a wide screen shows."""
    return " ".join(
        word for word, holds in (("n", cell in (_number, _rows)), ("only-wide", name in wide)) if holds
    )


def _table(frame: pd.DataFrame, columns: Columns, classes: dict[str, str], theme: Theme) -> Markup:
    """Head and rows; wide tables scroll inside their card."""
    head = Markup("").join(
        Markup('<th class="{}">{}</th>').format(classes[name], word) for name, word, _ in columns
    )
    rows = Markup("").join(_row(row, columns, classes, theme) for row in frame.to_dict("records"))
    shape = "wide tall" if len(frame) > TALL else "wide"
    return Markup('<div class="{}"><table><tr>{}</tr>{}</table></div>').format(shape, head, rows)


def _row(row: dict[Any, Any], columns: Columns, classes: dict[str, str], theme: Theme) -> Markup:
    """One row."""
    cells = (
        Markup('<td class="{}">{}</td>').format(classes[name], cell(row[name], theme))
        for name, _, cell in columns
    )
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _text(value: Any, theme: Theme) -> Markup | str:
    """Any text; a dash where there is none."""
    return "–" if value is None or pd.isna(value) or value == "" else str(value)


def _or_dash(write: Callable[[Any], str]) -> Cell:
    """A cell that writes a value in this way, and a dash where it is missing."""
    return lambda value, theme: "–" if pd.isna(value) else write(value)


def _rows(value: Any, theme: Theme) -> Markup | str:
    return write_count(value) if value else Markup('<span class="sm">none</span>')


def _outlet(value: Any, theme: Theme) -> Markup | str:
    return Markup('<i class="sw" style="background:{}"></i>{}').format(
        theme.colour_of(value), theme.name_of(value)
    )


def _tag(value: Any, theme: Theme) -> Markup | str:
    return Markup('<span class="tag">{}</span>').format(value)


def _code(value: Any, theme: Theme) -> Markup | str:
    return Markup("<code>{}</code>").format(escape(value))


_number, _time, _day = _or_dash(write_count), _or_dash(write_time), _or_dash(write_day)

SOURCES = Chart(
    slug="sources",
    question="Which outlets, and how much of each?",
    reading="Days: on which at least one check of the outlet's sources answered. Lost: all checks "
    "failed. An outlet "
    "without days was loaded from files, so nothing can be said about what it did not publish.",
    needs=("outlets",),
    query=answer_sources,
    draw=draw_rows(
        (
            ("outlet", "Outlet", _outlet),
            ("country", "Country", _text),
            ("language", "Languages", _text),
            ("family", "Publisher family", _text),
            ("articles", "Articles", _number),
            ("undated", "Undated", _number),
            ("first", "First", _day),
            ("last", "Newest", _day),
            ("days", "Days", _number),
            ("lost", "Lost", _number),
        ),
        wide=("country", "language", "family", "undated", "first", "lost"),
    ),
    measure="Observation and gaps",
)
RUNS = Chart(
    slug="runs",
    question="Which refreshes made these numbers?",
    reading="One row a refresh, newest first, with what it read, and what was new, changed or unusable.",
    needs=("runs",),
    query=answer_runs,
    draw=draw_rows(
        (
            ("started", "Started", _time),
            ("status", "Status", _tag),
            ("read", "Read", _number),
            ("new", "New", _number),
            ("changed", "Changed", _number),
            ("unchanged", "Unchanged", _number),
            ("quarantined", "Quarantined", _number),
            ("seconds", "Seconds", _number),
            ("code_version", "Code", _text),
        ),
        wide=("changed", "unchanged", "seconds", "code_version"),
    ),
    measure="Refreshes and versions",
)
QUARANTINE = Chart(
    slug="quarantine",
    question="What could not be used, and what can be done?",
    reading="Inputs that no rule could read, by reason; nothing of them stands in any number. Most "
    "frequent first.",
    needs=(),
    query=answer_quarantine,
    draw=draw_rows(
        (
            ("inputs", "Inputs", _number),
            ("reason", "Reason", _text),
            ("remedy", "Remedy", _text),
            ("source", "Source", _text),
            ("stage", "Stage", _tag),
            ("item", "One of them", _text),
        ),
        wide=("source", "stage"),
    ),
    relax="Every input could be used.",
    measure="Quarantine",
)
VERSIONS = Chart(
    slug="versions",
    question="Which versions can be opened?",
    reading="Each refresh that changed something made a version over all tables; any of them opens "
    "under “as of”.",
    needs=(),
    query=answer_versions,
    draw=draw_rows((("version", "Version", _number), ("made", "Made", _time), ("run_id", "Refresh", _text))),
    measure="Refreshes and versions",
)
STORE_TABLES = Chart(
    slug="tables",
    question="What is in the store?",
    reading="The tables of the contract and their rows in this version; all can be exported from the "
    "command line.",
    needs=(),
    query=answer_tables,
    draw=draw_rows(
        (
            ("table", "Table", _code),
            ("one_row", "One row is", _text),
            ("key", "Key", _text),
            ("rows", "Rows", _rows),
        )
    ),
    measure="Tables and columns",
)
DICTIONARY = Chart(
    slug="dictionary",
    question="What does each column mean?",
    reading="Read from the contract that the store enforces, so it cannot differ from the data.",
    needs=(),
    query=answer_dictionary,
    draw=draw_rows(
        (
            ("column", "Column", _code),
            ("type", "Type", _text),
            ("meaning", "Meaning", _text),
            ("unit", "Unit", _text),
            ("values", "Values", _text),
        ),
        key="table",
    ),
    measure="Tables and columns",
)
