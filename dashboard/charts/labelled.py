"""Labelled: label by outlet for one actor: how often, from when to when, and the sentences that hold it."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.links import read_link
from dashboard.charts.tables import clip_text, compare_table, order_outlets
from dashboard.queries.answer import Answer
from dashboard.queries.labelled import list_labels
from dashboard.theme import Theme, write_day, write_period

LONGEST = 150  # characters of a sentence


def draw_labelled(answer: Answer, theme: Theme) -> Markup:
    """A table: a label a row, an outlet a column; each cell opens to its sentences, each of these in its article."""
    outlets = order_outlets(answer.frame["outlet"], theme)
    rows = [
        (Markup("{}").format(label), _cells(used, outlets))
        for label, used in answer.frame.groupby("label", sort=False, observed=True)
    ]
    return compare_table("Label", rows, outlets, theme)


def _cells(used: pd.DataFrame, outlets: list[str]) -> list[Markup]:
    """What each outlet has of one label, in the order of the head."""
    parts = dict(list(used.groupby("outlet", observed=True)))
    return [_cell(parts[outlet]) if outlet in parts else Markup("") for outlet in outlets]


def _cell(used: pd.DataFrame) -> Markup:
    """How often, of how many mentions, in which days; folded in it the sentences."""
    first = used.iloc[0]
    told = Markup('{} of {} <span class="sm">{}</span>').format(
        first["times"], first["n"], _write_days(first["first_day"], first["last_day"])
    )
    sentences = [
        Markup('<p><span class="sm">{}</span> {}</p>').format(
            write_day(row["day"]),
            read_link(row["article_id"], row["at"], clip_text(row["sentence"], LONGEST)),
        )
        for row in used.to_dict("records")
    ]
    return Markup("<details><summary>{}</summary>{}</details>").format(told, Markup("").join(sentences))


def _write_days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """From the first day to the last; "undated" where no article has one."""
    return "undated" if pd.isna(first) else write_period(first, last)


LABELLED = Chart(
    slug="labels-by-outlet",
    question="Which labels does each outlet use, and when?",
    reading="Titles and descriptions beside one actor's name or in its place: how many of the outlet's mentions "
    "carry it, and from its first day to its last. A cell unfolds to its sentences; each opens in the article.",
    needs=("mentions", "actors", "sentences", "texts"),
    query=list_labels,
    draw=draw_labelled,
    relax="Choose an actor who has titles, a longer period or all voices.",
    measure="Labels",
)
