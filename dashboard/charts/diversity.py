"""Diversity: a row an outlet: how many speakers it would have at equal n, how many equally quoted ones."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.stories import BAR
from dashboard.charts.tables import write_table
from dashboard.queries.answer import Answer
from dashboard.queries.diversity import FEWEST_QUOTES, compare_sources
from dashboard.theme import Theme, write_count, write_number

HEAD = Markup(
    '<th>Outlet</th><th>Different speakers at equal n</th><th class="n"></th>'
    '<th class="n only-wide">Equally quoted ones</th><th class="n only-wide">Evenness</th>'
    '<th class="n only-wide">Speakers in all</th><th class="n">Quotations</th>'
)


def draw_diversity(answer: Answer, theme: Theme) -> Markup:
    """A row an outlet: variety as a bar with its interval, the effective number, what it rests on."""
    widest = float(answer.frame[["variety", "variety_high"]].astype("float64").max().max())
    rows = [
        _outlet_row(place, row, widest, theme) for place, row in enumerate(answer.frame.to_dict("records"))
    ]
    return write_table(HEAD, rows)


def _outlet_row(place: int, row: dict[Hashable, Any], widest: float, theme: Theme) -> Markup:
    """One outlet; its name opens its articles with a named speaker."""
    colour = theme.colour_of(row["outlet"])
    few = pd.isna(row["variety"])
    bar = Markup('<span class="sm">n &lt; {}</span>').format(FEWEST_QUOTES)
    if not few:
        middle = row["variety"]
        low, high = (middle if pd.isna(row[edge]) else row[edge] for edge in ("variety_low", "variety_high"))
        bar = BAR.format(100 * middle / widest, colour, 100 * low / widest, 100 * (high - low) / widest)
    return Markup(
        '<tr><td><i class="sw" style="background:{}"></i><a href="open:{}">{}</a></td><td class="bar">{}</td>'
        '<td class="n">{}</td><td class="n only-wide">{}</td><td class="n only-wide">{}</td>'
        '<td class="n only-wide">{}</td><td class="n">{}</td></tr>'
    ).format(
        colour,
        place,
        theme.name_of(row["outlet"]),
        bar,
        "" if few else _write_span(row, "variety"),
        "" if few else _write_span(row, "effective"),
        "" if few else write_number(row["evenness"]),
        write_count(row["speakers"]),
        write_count(row["quotes"]),
    )


def _write_span(row: dict[Hashable, Any], name: str) -> Markup:
    """A number of speakers with its interval under it."""
    edges = (write_number(row[f"{name}{edge}"], 1) for edge in ("_low", "_high"))
    return Markup('{}<br><span class="sm">[{}]</span>').format(write_number(row[name], 1), ", ".join(edges))


DIVERSITY = Chart(
    slug="source-diversity",
    question="How many different speakers does each outlet quote?",
    reading="Different speakers that each outlet would have if all had equally many quotations (rarefaction), and how "
    "many equally quoted speakers would give the same mix (exponential of Shannon's entropy). Thin line and brackets: "
    "95 % interval. Click an outlet to read.",
    needs=("quotes",),
    query=compare_sources,
    draw=draw_diversity,
    opens=(("outlet", "behind"),),
    relax="Widen the period: no quotation with a speaker is left.",
    measure="Sources",
)
