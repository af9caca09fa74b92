"""Leading: the top stories as a table with a small line, a dot an outlet, and who was first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.health import write_age
from dashboard.charts.marks import write_image
from dashboard.queries.answer import Answer
from dashboard.queries.leading import TIE, UNKNOWN, lead_stories
from dashboard.theme import Theme, write_count

WIDTH, HEIGHT = 92, 22  # of the small line, pixels
STATES = {
    "carried": "carried it",
    "not_carried": "observed, did not carry it",
    "not_observed": "was not observed",
}


def draw_leading(answer: Answer, theme: Theme) -> Markup:
    """One row a story; the dots stand in the fixed order of the outlets."""
    rows = answer.frame.to_dict("records")
    outlets = list(rows[0]["carried"])
    initials = Markup("").join(
        Markup('<b title="{}">{}</b>').format(theme.name_of(o), theme.name_of(o).removeprefix("The ")[0])
        for o in outlets
    )
    body = Markup("").join(_story(row, outlets, theme) for row in rows)
    return Markup(
        '<table class="lead"><tr><th>Story</th><th class="n">Count</th><th class="only-wide">By day</th>'
        '<th><span class="dots">{}</span></th><th>First</th></tr>{}</table>'
    ).format(initials, body)


def _story(row: Mapping[Any, Any], outlets: Sequence[str], theme: Theme) -> Markup:
    """One story."""
    dots = Markup("").join(_dot(outlet, row["carried"][outlet], theme) for outlet in outlets)
    return Markup(
        '<tr><td><a href="page:story?story={}">{}</a></td><td class="n">{}</td><td class="only-wide">{}</td>'
        '<td><span class="dots">{}</span></td><td>{}</td></tr>'
    ).format(
        row["story_id"],
        row["title"] or "(no headline)",
        write_count(row["count"]),
        draw_line(row["days"], theme),
        dots,
        _first(row, theme),
    )


def draw_line(counts: Sequence[int], theme: Theme) -> Markup:
    """A small line of counts with a dot on the highest."""
    if not counts:
        return Markup("")
    top, step = max(1, *counts), (WIDTH - 6) / max(1, len(counts) - 1)
    points = [(3 + step * at, HEIGHT - 4 - (HEIGHT - 8) * count / top) for at, count in enumerate(counts)]
    x, y = points[max(range(len(counts)), key=lambda at: counts[at])]
    path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"><polyline points="{}" fill="none" '
        'stroke="{}" stroke-width="1.3"/><circle cx="{:.1f}" cy="{:.1f}" r="2.6" fill="{}"/></svg>'
    ).format(WIDTH, HEIGHT, path, theme.ink, x, y, theme.ink)
    return write_image(svg, f"highest day: {max(counts)}")


def _dot(outlet: str, state: str, theme: Theme) -> Markup:
    """Filled, open or hatched."""
    title = f"{theme.name_of(outlet)} {STATES[state]}"
    if state == "carried":
        return Markup('<i class="dot" style="background:{}" title="{}"></i>').format(
            theme.colour_of(outlet), title
        )
    return Markup('<i class="dot {}" title="{}"></i>').format("no" if state == "not_carried" else "x", title)


def _first(row: Mapping[Any, Any], theme: Theme) -> Markup:
    """Who was first and by how much; `tie` and `unknown` stay what they are."""
    if row["first"] in (TIE, UNKNOWN):
        return Markup('<span class="tag">{}</span>').format(row["first"])
    lead = "" if pd.isna(row["lead"]) else f"by {write_age(row['lead'] / 3600)}"
    return Markup('<i class="sw" style="background:{}"></i>{}<br><span class="sm">{}</span>').format(
        theme.colour_of(row["first"]), theme.name_of(row["first"]), lead or "alone"
    )


LEADING = Chart(
    slug="leading",
    question="Which stories led?",
    reading="Dots: one an outlet. Filled: carried; open: observed, not carried; hatched: not "
    "observed. First is named "
    "only where the times can tell.",
    needs=("stories", "story_articles"),
    query=lead_stories,
    draw=draw_leading,
    relax="Widen the period, or clear the story or actor; stories of one outlet alone stand under Stories.",
    measure="Time to coverage",
)
