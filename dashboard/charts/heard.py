"""Heard: a speaker a row, an outlet a column; how many quotations of theirs it gives, and which is the first."""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.links import read_link
from dashboard.charts.tables import compare_table, order_outlets
from dashboard.queries.answer import Answer
from dashboard.queries.heard import list_heard
from dashboard.theme import Theme

SIGNS = {
    "not heard": Markup('<i class="dot no" role="img" aria-label="not heard" title="not heard"></i>'),
    "unknown": Markup(
        '<i class="dot x" role="img" aria-label="unknown: other language" title="other language"></i>'
    ),
}


def draw_heard(answer: Answer, theme: Theme) -> Markup:
    """A table: who speaks, and in each outlet how many of their quotations stand in marks and how many are retold."""
    outlets = order_outlets(answer.frame["outlet"], theme)
    rows = []
    for speaker, cells in answer.frame.groupby("speaker", sort=False, observed=True):
        by_outlet = {row["outlet"]: row for row in cells.to_dict("records")}
        rows.append((_head(str(speaker), cells), [_cell(by_outlet[outlet]) for outlet in outlets]))
    return compare_table("Speaker", rows, outlets, theme)


def _head(speaker: str, cells: pd.DataFrame) -> Markup:
    """Who speaks, and in how many of the readable outlets."""
    readable = int((cells["state"] != "unknown").sum())
    return Markup('{} <span class="sm">{} of {} outlets</span>').format(
        speaker, cells["outlets"].iloc[0], readable
    )


def _cell(row: dict[Hashable, object]) -> Markup:
    """How many, linked to the first ("2 in marks, 1 retold"), and through whom the outlet has it; or a sign."""
    if row["state"] in SIGNS:
        return SIGNS[str(row["state"])]
    counts = ((row["marked"], "in marks"), (row["retold"], "retold"))
    told = read_link(row["article_id"], row["at"], ", ".join(f"{n} {how}" for n, how in counts if n))
    return (
        told + Markup(' <span class="sm">via {}</span>').format(row["via"])
        if isinstance(row["via"], str)
        else told
    )


HEARD = Chart(
    slug="who-is-heard",
    question="Who gets a word?",
    reading="Whose words each outlet gives: quotations in marks, or retold without them. A count opens the first. "
    "Ring: not heard in this outlet. Hatched: it tells the story in a language of which quotations are not read.",
    needs=("quotes",),
    query=list_heard,
    draw=draw_heard,
    relax="Widen the filter: no quotation with a speaker is left.",
    measure="Sources",
)
