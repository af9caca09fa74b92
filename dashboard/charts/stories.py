"""Stories: the list of all stories, and what one outlet alone told."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.leading import draw_leading
from dashboard.charts.tables import write_table
from dashboard.queries.answer import Answer
from dashboard.queries.stories import list_stories, share_alone
from dashboard.theme import Theme, write_count, write_share

BAR = Markup(
    '<span class="meter"><i class="fill" style="width:{:.1f}%;background:{}"></i>'
    '<i class="range" style="left:{:.1f}%;width:{:.1f}%"></i></span>'
)


def draw_stories(answer: Answer, theme: Theme) -> Markup:
    """The table of the leading stories, longer, with a key of the outlets."""
    key = Markup("").join(
        Markup('<span><i class="dot" style="background:{}"></i>{}</span>').format(
            theme.colour_of(outlet), theme.name_of(outlet)
        )
        for outlet in answer.frame["carried"].iloc[0]
    )
    return Markup('<div class="key">{}</div><div class="wide stories">{}</div>').format(
        key, draw_leading(answer, theme)
    )


def draw_alone(answer: Answer, theme: Theme) -> Markup:
    """A row an outlet: how many of its stories nobody else carried, as a bar with its interval."""
    head = Markup(
        '<th>Outlet</th><th class="n">Alone</th><th class="n only-wide">of these, of two articles or more</th>'
        '<th class="n">All its stories</th><th>Share alone</th><th></th>'
    )
    rows = [_outlet_row(place, row, theme) for place, row in enumerate(answer.frame.to_dict("records"))]
    return write_table(head, rows)


def _outlet_row(place: int, row: dict[Hashable, Any], theme: Theme) -> Markup:
    """One outlet; its name opens what it alone told."""
    name = Markup('<i class="sw" style="background:{}"></i><a href="open:{}">{}</a>').format(
        theme.colour_of(row["outlet"]), place, theme.name_of(row["outlet"])
    )
    return Markup(
        '<tr><td>{}</td><td class="n">{}</td><td class="n only-wide">{}</td><td class="n">{}</td>'
        '<td class="bar">{}</td><td class="n">{}</td></tr>'
    ).format(
        name,
        write_count(row["alone"]),
        write_count(row["long"]),
        write_count(row["stories"]),
        _meter(row, theme),
        write_share(row["share"], 0),
    )


def _meter(row: dict[Hashable, Any], theme: Theme) -> Markup:
    """The share as a bar with its interval; nothing where it is not given."""
    if pd.isna(row["share"]):
        return Markup('<span class="sm">n &lt; 10</span>')
    low, high = 100 * row["low"], 100 * row["high"]
    return BAR.format(100 * row["share"], theme.colour_of(row["outlet"]), low, high - low)


STORY_LIST = Chart(
    slug="stories",
    question="Which stories are there?",
    reading="Dots: one an outlet. Filled: carried; open: observed, not carried; hatched: not observed. "
    "First is named only where the times can tell.",
    needs=("stories", "story_articles"),
    query=list_stories,
    draw=draw_stories,
    relax="Ask for fewer outlets, or widen the period.",
    measure="Time to coverage",
)
ALONE = Chart(
    slug="stories-alone",
    question="Which stories did one outlet alone tell?",
    reading="Stories of each outlet that no other outlet of the store carries, in articles of any day; "
    "bar: their share of its stories, thin line: 95 % interval.",
    needs=("stories", "story_articles"),
    query=share_alone,
    draw=draw_alone,
    opens=(("outlet", "behind"),),
    relax="Widen the period: no story is left.",
    measure="Gatekeeping",
)
