"""Delays: a row an outlet: how soon it has the stories that others have too, and how often it is first."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.marks import write_image
from dashboard.charts.tables import write_table
from dashboard.queries.answer import Answer
from dashboard.queries.delays import measure_delays
from dashboard.theme import Theme, write_count

WIDTH, HEIGHT = 168, 40  # of the small curve, pixels
NO_BREAK = "\u00a0"
SHOWN = (6.0, 24.0, 168.0)  # hours of which the share is written
HEAD = Markup(
    '<th>Outlet</th><th class="only-wide">0 h to 7 days</th><th class="n only-wide">After 6 h</th>'
    '<th class="n">After a day</th><th class="n only-wide">After 7 days</th><th class="n">Half after</th>'
    '<th class="n only-wide">First</th><th class="n only-wide">Perhaps first</th><th class="n only-wide">Later</th>'
    '<th class="n">Stories</th>'
)


def draw_delays(answer: Answer, theme: Theme) -> Markup:
    """A row an outlet: its curve, shares after some hours, the median, firsts and ties, and how many it had."""
    rows = [_outlet_row(place, row, theme) for place, row in enumerate(answer.frame.to_dict("records"))]
    return write_table(HEAD, rows)


def draw_curve(points: Sequence[Sequence[float]], colour: str, theme: Theme) -> Markup:
    """A small picture of [hour, least, most, low, high]: the interval as a band, between least and most filled."""
    known = [point for point in points if not any(pd.isna(value) for value in point)]
    step = (WIDTH - 4) / max(1, len(points) - 1)
    band, core = (_outline(known, step, edges) for edges in ((3, 4), (1, 2)))
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}"><path d="M2 {2}H{0}" stroke="{3}"/>'
        '<path d="M2 2H{0}" stroke="{3}" stroke-dasharray="2 4"/><polygon points="{4}" fill="{5}" opacity=".22"/>'
        '<polygon points="{6}" fill="{5}" stroke="{5}" stroke-width="1.6" stroke-linejoin="round"/></svg>'
    ).format(WIDTH, HEIGHT, HEIGHT - 2, theme.line, band, colour, core)
    told = f"last known {_write_range(known[-1][1], known[-1][2])}" if known else "unknown"
    return write_image(svg, told)


def write_hours(hours: float, end: float = SHOWN[-1]) -> str:
    """20 min, 5 h, 3 days; "> 7 days" where what is known, to the hour `end`, does not reach it."""
    if hours == float("inf"):
        return f"> {write_hours(end)}"
    if hours < 1:
        return f"{round(60 * hours)} min"
    return f"{round(hours)} h" if hours < 72 else f"{round(hours / 24)} days"


def _outline(points: Sequence[Sequence[float]], step: float, edges: tuple[int, int]) -> str:
    """The corners of the area between two of the values, forth along one and back along the other."""
    below, above = (
        [
            f"{2 + step * place:.1f},{HEIGHT - 2 - (HEIGHT - 4) * point[edge]:.1f}"
            for place, point in enumerate(points)
        ]
        for edge in edges
    )
    return " ".join(below + above[::-1])


def _outlet_row(place: int, row: dict[Hashable, Any], theme: Theme) -> Markup:
    """One outlet; its name opens its first article of each story that it carried."""
    colour = theme.colour_of(row["outlet"])
    few = not isinstance(row["curve"], list)
    shares = {} if few else {point[0]: point[1:] for point in row["curve"]}
    after = [_write_share(shares.get(hour)) for hour in SHOWN]
    return Markup(
        '<tr><td><i class="sw" style="background:{}"></i><a href="open:{}">{}</a></td><td class="only-wide">{}</td>'
        '<td class="n only-wide">{}</td><td class="n">{}</td><td class="n only-wide">{}</td><td class="n range">{}</td>'
        '<td class="n only-wide">{}</td><td class="n only-wide">{}</td><td class="n only-wide">{}</td>'
        '<td class="n">{}{}</td></tr>'
    ).format(
        colour,
        place,
        theme.name_of(row["outlet"]),
        Markup('<span class="sm">n &lt; 10</span>') if few else draw_curve(row["curve"], colour, theme),
        *after,
        "" if few else _write_median(row),
        *(write_count(row[name]) for name in ("first", "tie", "later", "stories")),
        _write_gaps(row),
    )


def _write_gaps(row: dict[Hashable, Any]) -> Markup:
    """Of how many stories nothing can be said, under the count of those that it could have had; nothing for none."""
    known = ((row["unseen"], "not observed"), (row["foreign"], "other language"))
    told = [f"{write_count(count)} {what}" for count, what in known if count]
    return Markup('<br><span class="sm">{}</span>').format(", ".join(told)) if told else Markup("")


def _write_share(point: Sequence[float] | None) -> Markup:
    """31 %, or 31–40 % where the times leave it open, with the interval under it; a dash where unknown."""
    if point is None or any(pd.isna(value) for value in point):
        return Markup("–")
    least, most, low, high = point
    return Markup('{}<br><span class="sm">[{}]</span>').format(
        _write_range(least, most), _write_range(low, high).removesuffix("\u202f%")
    )


def _write_range(least: float, most: float) -> str:
    """Per cent, once where both are the same in whole numbers."""
    first, last = (f"{100 * share:.0f}" for share in (least, most))
    return f"{first}\u202f%" if first == last else f"{first}–{last}\u202f%"


def _write_median(row: dict[Hashable, Any]) -> Markup:
    """The hours after which it has half of the stories, as a span where the times leave it open.

    Where nobody watched the outlet for a week, "longer" means: than it is known.
    """
    end = max((point[0] for point in row["curve"] if not any(map(pd.isna, point))), default=0.0)
    middle, around = (
        " – ".join(
            dict.fromkeys(write_hours(row[f"median_{side}"], end).replace(" ", NO_BREAK) for side in sides)
        )
        for sides in (("least", "most"), ("low", "high"))
    )
    return Markup('{}<br><span class="sm">[{}]</span>').format(middle, around)


DELAYS = Chart(
    slug="delays",
    question="How soon does each outlet have what others have too?",
    reading="Of the stories that two outlets or more carry: the share that an outlet has by then, counted from the "
    "story's first article anywhere. A range: the times allow both; brackets: 95 % interval. Perhaps first: the times "
    "cannot tell. Who was not observed for so long counts as long as it was; who was not at all, or writes in "
    "other languages, is no zero. Click an outlet to read its firsts.",
    needs=("story_articles", "stories"),
    query=measure_delays,
    draw=draw_delays,
    opens=(("outlet", "behind"),),
    relax="No story of two outlets with known times is left: widen the period, or clear the story.",
    measure="Time to coverage",
)
