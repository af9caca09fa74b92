"""Profile: a row an outlet: articles, languages, length, how exactly dated, how often changed, days without a look."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.tables import write_table
from dashboard.queries.answer import Answer
from dashboard.queries.profile import profile_outlets
from dashboard.theme import Theme, write_count, write_counted, write_number, write_share

HEAD = Markup(
    '<th>Outlet</th><th class="n">Articles</th><th class="only-wide">Languages</th><th class="n only-wide">Words</th>'
    '<th class="n only-wide">Time known</th><th class="n">Changed later</th><th class="n only-wide">Versions</th>'
    '<th class="n only-wide">Words changed</th><th class="n">Unseen days</th>'
)


def draw_profile(answer: Answer, theme: Theme) -> Markup:
    """A row an outlet; its name opens its articles."""
    known = answer.frame["revised"].any()
    rows = [
        _outlet_row(place, row | {"known": known}, theme)
        for place, row in enumerate(answer.frame.to_dict("records"))
    ]
    return write_table(HEAD, rows)


def _outlet_row(place: int, row: dict[Hashable, Any], theme: Theme) -> Markup:
    """One outlet."""
    cells = (
        Markup('<td class="n">{}</td>').format(write_count(row["articles"])),
        Markup('<td class="only-wide">{}</td>').format(row["languages"]),
        _twice(
            write_count(row["words"]), f"{write_count(row['words_low'])}–{write_count(row['words_high'])}"
        ),
        _twice(_write_part(row["minute"], row), _tell_rest(row)),
        _twice(*_write_revised(row), wide=""),
        Markup('<td class="n only-wide">{}</td>').format(write_number(row["versions"])),
        Markup('<td class="n only-wide">{}</td>').format(
            "–" if pd.isna(row["changed"]) else write_count(row["changed"])
        ),
        _twice(*_write_gaps(row), wide=""),
    )
    return Markup(
        '<tr><td><i class="sw" style="background:{}"></i><a href="open:{}">{}</a></td>{}</tr>'
    ).format(theme.colour_of(row["outlet"]), place, theme.name_of(row["outlet"]), Markup("").join(cells))


def _twice(value: str, under: str, *, wide: str = " only-wide") -> Markup:
    """A cell of a number with a smaller line under it."""
    return Markup('<td class="n{}">{}<br><span class="sm">{}</span></td>').format(wide, value, under)


def _write_part(count: int, row: dict[Hashable, Any]) -> str:
    """A count of articles as a share of all, in whole per cent."""
    return write_share(count / row["articles"], 0)


def _tell_rest(row: dict[Hashable, Any]) -> str:
    """The shares known to the day and not at all; nothing where both are none."""
    named = (("to the day", row["day"]), ("not at all", row["undated"]))
    return ", ".join(f"{_write_part(count, row)} {word}" for word, count in named if count)


def _write_revised(row: dict[Hashable, Any]) -> tuple[str, str]:
    """The share that changed after it was first read, and its interval; none where no article of any outlet did,
    for then perhaps none was read again.
    """
    if not row["known"]:
        return "none seen", ""
    if pd.isna(row["share"]):
        return "n < 10", ""
    return write_share(row["share"]), f"[{100 * row['low']:.1f}–{100 * row['high']:.1f}]"


def _write_gaps(row: dict[Hashable, Any]) -> tuple[str, str]:
    """Days that nobody observed, of how many, and the longest run of them; unknown for files loaded by hand."""
    if pd.isna(row["gaps"]):
        return "unknown", "loaded, not watched"
    days = row["gaps"] + row["observed"] + row["partial"]
    longest = f"longest {write_counted(row['longest'], 'day')}" if row["gaps"] else ""
    return f"{write_count(row['gaps'])} of {write_count(days)}", longest


PROFILE = Chart(
    slug="outlet-profile",
    question="What does each outlet publish, and how well is it known?",
    reading="Words: median and middle half. Time known: to the hour or better. Changed later: articles whose text was "
    "another when they were read again, with 95 % interval; words added and removed on average. Unseen days: "
    "between its first and last article nobody observed it. Click an outlet to read.",
    needs=("articles",),
    query=profile_outlets,
    draw=draw_profile,
    opens=(("outlet", "outlets"),),
    measure="Revision rate",
)
