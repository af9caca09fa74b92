"""Rhythm: a small field an outlet, seven days by twenty-four hours, darker where it publishes more."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.marks import write_image
from dashboard.queries.answer import Answer
from dashboard.queries.rhythm import HOURS, WEEKDAYS, clock_outlets
from dashboard.theme import Theme, write_count, write_share

CELL, LEFT, TOP = 9, 26, 2  # pixels of an hour; before the first; above
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def draw_rhythm(answer: Answer, theme: Theme) -> Markup:
    """A block an outlet: name, field, the hour of most, the weekend, how many hours are known."""
    blocks = Markup("").join(
        _block(place, row, theme) for place, row in enumerate(answer.frame.to_dict("records"))
    )
    return Markup('<div class="strips weeks">{}</div>').format(blocks)


def draw_week(hours: Sequence[int], theme: Theme, told: str) -> Markup:
    """The 168 counts as a field of ink: the highest is darkest, an hour without any is empty."""
    top = max(1, *hours)
    cells = Markup("").join(
        Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}" opacity="{:.2f}"/>').format(
            LEFT + CELL * (place % HOURS),
            TOP + CELL * (place // HOURS),
            CELL - 1,
            CELL - 1,
            theme.ink if count else theme.none,
            0.15 + 0.85 * count / top if count else 1,
        )
        for place, count in enumerate(hours)
    )
    words = Markup("").join(
        [_word(LEFT - 4, TOP + CELL * day + CELL - 1, DAYS[day], "end", theme) for day in (0, 2, 4, 6)]
        + [
            _word(LEFT + CELL * hour, TOP + CELL * WEEKDAYS + 11, f"{hour} h", "start", theme)
            for hour in (0, 6, 12, 18)
        ]
    )
    return write_image(
        Markup('<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}">{}{}</svg>').format(
            LEFT + CELL * HOURS, TOP + CELL * WEEKDAYS + 15, cells, words
        ),
        told,
    )


def _word(x: int, y: int, word: str, anchor: str, theme: Theme) -> Markup:
    """A word of the axes."""
    return Markup(
        '<text x="{}" y="{}" text-anchor="{}" font-family="sans-serif" font-size="11" fill="{}">{}</text>'
    ).format(x, y, anchor, theme.soft, word)


def _block(place: int, row: dict[Hashable, Any], theme: Theme) -> Markup:
    """One outlet; its name opens its articles of known hours."""
    told = _tell_most(row)
    counted = f"n = {write_count(row['n'])} of {write_count(row['n'] + row['unknown'])}"
    field = draw_week(row["hours"], theme, told) if pd.notna(row["weekday"]) else ""
    return Markup(
        '<div><div><i class="sw" style="background:{}"></i><b><a href="open:{}">{}</a></b></div>{}<div>{}</div>'
        "<div>{}</div></div>"
    ).format(
        theme.colour_of(row["outlet"]),
        place,
        theme.name_of(row["outlet"]),
        field,
        told,
        f"{counted} · {row['zone']}",
    )


def _tell_most(row: dict[Hashable, Any]) -> str:
    """The hour of most, and the weekend with its interval; that there are too few."""
    if pd.isna(row["weekday"]):
        return "too few to tell"
    hour = int(row["hour"])
    most = f"most on {DAYS[int(row['weekday'])]} {hour}–{hour + 1} h"
    edges = f"[{100 * row['low']:.0f}–{100 * row['high']:.0f}]"
    return f"{most}; weekend {write_share(row['share'], 0)} {edges}"


RHYTHM = Chart(
    slug="rhythm",
    question="When does each outlet publish?",
    reading="Hours of the week by the outlet's own clock, Monday on top; darker: more was published. Only articles "
    "whose hour is known; of some outlets only the day is. Brackets: 95 % interval of the share at the weekend, per "
    "cent. Click an outlet to read.",
    needs=("articles",),
    query=clock_outlets,
    draw=draw_rhythm,
    opens=(("outlet", "behind"),),
    relax="No article with a known hour is left: widen the period.",
    measure="Publication rhythm",
)
