"""Copying: a row an outlet: how much of an article stood before elsewhere."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.stories import BAR
from dashboard.charts.tables import write_table
from dashboard.queries.answer import Answer
from dashboard.queries.copying import rate_copying
from dashboard.theme import Theme, write_count, write_share


def draw_copying(answer: Answer, theme: Theme) -> Markup:
    """A row an outlet: the share copied as a bar with its interval, and what times cannot tell."""
    head = Markup(
        '<th>Outlet</th><th>Copied, of an article</th><th class="n"></th><th class="n only-wide">Maybe copied</th>'
        '<th class="n only-wide">Articles with a copied passage</th><th class="n">Articles</th>'
    )
    rows = [_outlet_row(place, row, theme) for place, row in enumerate(answer.frame.to_dict("records"))]
    return write_table(head, rows)


def _outlet_row(place: int, row: dict[Hashable, Any], theme: Theme) -> Markup:
    """One outlet; its name opens its articles."""
    few = pd.isna(row["copied"])
    low, high = (0.0, 0.0) if few else (100 * row["low"], 100 * row["high"])
    bar = (
        Markup('<span class="sm">n &lt; 10</span>')
        if few
        else BAR.format(100 * row["copied"], theme.colour_of(row["outlet"]), low, high - low)
    )
    return Markup(
        '<tr><td><i class="sw" style="background:{}"></i><a href="open:{}">{}</a></td><td class="bar">{}</td>'
        '<td class="n">{}</td><td class="n only-wide">{}</td><td class="n only-wide">{}</td><td class="n">{}</td></tr>'
    ).format(
        theme.colour_of(row["outlet"]),
        place,
        theme.name_of(row["outlet"]),
        bar,
        "" if few else write_share(row["copied"], 1),
        "" if few else write_share(row["unsure"], 1),
        write_count(row["copies"]),
        write_count(row["articles"]),
    )


COPYING = Chart(
    slug="copying",
    question="How much of each outlet's text stood elsewhere before?",
    reading="Mean share of an article that stands word for word, outside quotation marks, in surely earlier "
    "articles of its story by other outlets. Thin line: 95 % interval. Maybe copied: the times cannot tell who "
    "was first. Click an outlet to read.",
    needs=("reuse", "texts", "story_articles"),
    query=rate_copying,
    draw=draw_copying,
    opens=(("outlet", "outlets"),),
    measure="Text reuse",
)
