"""Quoted: speaker by outlet, the share of the outlet's quotations that the speaker has."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.charts.grid import draw_grid
from dashboard.charts.names import names_as_text
from dashboard.queries.answer import Answer
from dashboard.queries.quoted import share_speakers
from dashboard.theme import Theme, write_counted, write_share

DARKEST = "73"  # opacity of the largest share, in hex: ink can be read on it


@names_as_text
def draw_speakers(answer: Answer, theme: Theme) -> go.Figure:
    """A grid of shares: darker where the share is larger; blank where the outlet quotes too few.

    A speaker whom the outlet never quotes has a dot, for zero is a finding where n is enough.
    """
    told = answer.frame.to_dict("records")
    cells = answer.frame.assign(
        key=answer.frame["speaker"],
        shade=answer.frame["share"],
        value=[write_cell(row) for row in told],
        hover=[tell_share(row["speaker"], row, theme) for row in told],
    )
    names = {speaker: speaker for speaker in cells["key"]}
    colours = [(0, f"{theme.soft}0A"), (1, f"{theme.soft}{DARKEST}")]
    return draw_grid(cells, names, theme, gap="no quotation", zmin=0, colorscale=colours)


def write_cell(row: dict[Hashable, Any]) -> str:
    """What stands in a cell: the share, a dot for none, nothing where too little is known."""
    if pd.isna(row["share"]):
        return ""
    if not row["quotes"]:
        return "·"
    percent = 100 * row["share"]  # without its sign: nine outlets have a phone's width
    return f"{percent:.1f}" if percent < 9.95 else f"{percent:.0f}"


def tell_share(what: str, row: dict[Hashable, Any], theme: Theme) -> str:
    """The hover text of a cell: how many of the outlet's quotations are of this speaker or kind."""
    name = f"<b>{what}</b> in {theme.name_of(row['outlet'])}"
    counted = f"{row['quotes']} of {write_counted(row['n'], 'quotation')}"
    if pd.isna(row["share"]):
        return f"{name}<br>{counted}: too few"
    interval = f"[{write_share(row['low'])}, {write_share(row['high'])}]"
    return f"{name}<br>{counted}<br>{write_share(row['share'])} {interval}"


QUOTED = Chart(
    slug="speakers-by-outlet",
    question="Whom does each outlet quote?",
    reading="Per cent of the outlet's quotations with a known speaker. A dot: never; blank: fewer than ten quotations. "
    "A cell opens their articles.",
    needs=("quotes",),
    query=share_speakers,
    draw=draw_speakers,
    opens=(("speaker", "behind"), ("outlet", "behind")),
    relax="Widen the period: no quotation with a speaker is left.",
    measure="Sources",
)
