"""Risen: a row a burst, with its days, how many texts it had out of how many usual ones, and its line."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import groupby
from math import isnan
from typing import Any

from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.marks import write_image
from dashboard.charts.tables import clip_text
from dashboard.queries.answer import Answer
from dashboard.queries.risen import list_risen
from dashboard.theme import Theme, write_chance, write_count, write_number, write_period

WIDTH, HEIGHT = 220, 26  # of the small line, pixels
LONGEST = 90  # characters of a headline
HEAD = Markup(
    '<tr><th>Who or what</th><th class="n">Ratio</th><th>Days</th><th class="n only-wide">Counted</th>'
    '<th class="n only-wide">Usual</th><th class="n only-wide">q</th><th class="only-wide">By day</th></tr>'
)


def draw_risen(answer: Answer, theme: Theme) -> Markup:
    """One row a burst; the days of the burst are thick on a line that is broken where nothing was collected."""
    body = Markup("").join(
        _burst(number, row, theme) for number, row in enumerate(answer.frame.to_dict("records"))
    )
    return Markup('<table class="risen">{}{}</table>').format(HEAD, body)


def draw_burst(counts: Sequence[float], first: int, last: int, theme: Theme) -> Markup:
    """A small line of counts a day with the days `first` to `last` (by number) thick."""
    top = max(1.0, *(count for count in counts if not isnan(count)))
    step = (WIDTH - 6) / max(1, len(counts) - 1)
    points = [
        None if isnan(count) else f"{3 + step * day:.1f},{HEIGHT - 4 - (HEIGHT - 8) * count / top:.1f}"
        for day, count in enumerate(counts)
    ]
    lines = [_line(run, theme.soft, 1.1) for run in _runs(points)]
    thick = [_line(run, theme.ink, 2.6) for run in _runs(points[max(0, first) : last + 1])]
    svg = Markup('<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}">{}</svg>').format(
        WIDTH, HEIGHT, Markup("").join(lines + thick)
    )
    return write_image(svg, f"highest day: {write_count(top)}")


def _burst(number: int, row: dict[Hashable, Any], theme: Theme) -> Markup:
    """One burst."""
    first, last = ((row[edge] - row["begin"]).days for edge in ("first", "last"))
    return Markup(
        '<tr><td><a href="open:{}">{}</a></td><td class="n"><b>{} ×</b><br><span class="sm">[{}, {}]</span></td>'
        '<td>{}</td><td class="n only-wide">{}</td><td class="n only-wide">{}</td><td class="n only-wide">{}</td>'
        '<td class="only-wide">{}</td></tr>'
    ).format(
        number,
        clip_text(row["name"] or "(no headline)", LONGEST),
        write_number(row["ratio"], 1),
        write_number(row["low"], 1),
        write_number(row["high"], 1),
        write_period(row["first"], row["last"]),
        write_count(row["observed"]),
        write_number(row["expected"], 1),
        write_chance(row["q"]).removeprefix("q ").removeprefix("= "),
        draw_burst(row["counts"], first, last, theme),
    )


def _runs(points: Sequence[str | None]) -> list[list[str]]:
    """Points side by side, parted where one is missing."""
    parts = groupby(points, key=lambda point: point is None)
    return [[point for point in part if point is not None] for missing, part in parts if not missing]


def _line(points: list[str], colour: str, width: float) -> Markup:
    """One unbroken line; a single point is a dot."""
    path = " ".join(points if len(points) > 1 else points * 2)
    return Markup(
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    ).format(path, colour, width)


RISEN = Chart(
    slug="risen",
    question="What rose above its usual level?",
    reading="Actors and stories with days far above what the days before let expect, given how much was published "
    "(negative binomial, Benjamini-Hochberg, q up to .05). Thick: the days of the burst; a broken line: not "
    "collected. Click a name to read.",
    needs=("articles",),
    query=list_risen,
    draw=draw_risen,
    opens=(
        ("actor_id", "actor"), ("beside_id", "beside"), ("story_id", "story"), ("first", "start"), ("last", "end"),
    ),
    relax="Widen the period.",
    measure="Bursts",
)  # fmt: skip
