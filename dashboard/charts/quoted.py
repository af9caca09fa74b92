"""Quoted: speaker by outlet, the share of the outlet's quotations that the speaker has."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.charts.names import clip_name, names_as_text
from dashboard.queries.answer import Answer
from dashboard.queries.quoted import share_speakers
from dashboard.theme import Theme, write_share

ROW = 25  # pixels a speaker
LONGEST, SHORTEST = 24, 22  # characters of a speaker's name, and of an outlet's over its column
DARKEST = "73"  # opacity of the largest share, in hex: ink can be read on it


@names_as_text
def draw_speakers(answer: Answer, theme: Theme) -> go.Figure:
    """A grid of shares: darker where the share is larger; blank where the outlet quotes too few."""
    told = answer.frame.assign(row=range(len(answer.frame)))
    told = told.assign(hover=[_tell_cell(row, theme) for row in told.to_dict("records")])
    speakers = list(dict.fromkeys(told["speaker"]))
    outlets = [outlet for outlet in theme.order if outlet in set(told["outlet"])]
    figure = go.Figure(_grid(told, speakers, outlets, theme))
    figure.update_yaxes(
        tickvals=list(range(len(speakers))), ticktext=[clip_name(one, LONGEST) for one in speakers],
        autorange="reversed", showgrid=False,
    )  # fmt: skip
    heads = [clip_name(theme.name_of(outlet), SHORTEST) for outlet in outlets]
    figure.update_xaxes(
        tickvals=list(range(len(outlets))), ticktext=heads, side="top", showgrid=False, zeroline=False
    )
    return figure.update_layout(
        template=theme.template, height=70 + ROW * len(speakers), margin={"l": 8, "r": 8, "t": 30, "b": 8}
    )


def _grid(told: pd.DataFrame, speakers: list[str], outlets: list[str], theme: Theme) -> go.Heatmap:
    """The cells; a speaker whom the outlet never quotes has a dot, for zero is a finding where n is enough."""
    told = told.assign(value=[_write_cell(row) for row in told.to_dict("records")])
    share, row, hover, value = (
        told.pivot(index="speaker", columns="outlet", values=name).reindex(index=speakers, columns=outlets)
        for name in ("share", "row", "hover", "value")
    )
    return go.Heatmap(
        z=share.astype("float64").to_numpy(),
        x=list(range(len(outlets))),
        y=list(range(len(speakers))),
        customdata=row.to_numpy(),
        text=value.fillna("").to_numpy(),
        texttemplate="%{text}",
        textfont={"size": 12, "color": theme.ink},
        hovertext=hover.fillna("no quotation").to_numpy(),
        hoverinfo="text",
        zmin=0,
        colorscale=[(0, f"{theme.soft}0A"), (1, f"{theme.soft}{DARKEST}")],
        showscale=False,
        xgap=2,
        ygap=2,
    )


def _write_cell(row: dict[Hashable, Any]) -> str:
    """What stands in a cell: the share, a dot for none, nothing where too little is known."""
    if pd.isna(row["share"]):
        return ""
    if not row["quotes"]:
        return "·"
    percent = 100 * row["share"]  # without its sign: nine outlets have a phone's width
    return f"{percent:.1f}" if percent < 9.95 else f"{percent:.0f}"


def _tell_cell(row: dict[Hashable, Any], theme: Theme) -> str:
    """The hover text of a cell."""
    name = f"<b>{row['speaker']}</b> in {theme.name_of(row['outlet'])}"
    counted = f"{row['quotes']} of {row['n']} quotations"
    if pd.isna(row["share"]):
        return f"{name}<br>{counted}: too few"
    interval = f"[{write_share(row['low'])}, {write_share(row['high'])}]"
    return f"{name}<br>{counted}<br>{write_share(row['share'])} {interval}"


QUOTED = Chart(
    slug="speakers-by-outlet",
    question="Whom does each outlet quote?",
    reading="Per cent of the outlet's quotations with a known speaker. A dot: never; blank: fewer than ten quotations. "
    "A cell opens the first quotation.",
    needs=("quotes",),
    query=share_speakers,
    draw=draw_speakers,
    opens=(("outlet", "outlets"),),
    relax="Widen the period: no quotation with a speaker is left.",
    measure="Sources",
)
