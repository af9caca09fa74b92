"""Actors: shares of mentions and quotations, and a heat map of the tone towards each actor."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.charts.grid import draw_grid
from dashboard.charts.marks import share_axis
from dashboard.charts.names import clip_name, names_as_text
from dashboard.queries.actors import share_mentions, share_quotes, tone_towards
from dashboard.queries.answer import Answer
from dashboard.theme import Theme, write_count, write_counted, write_number, write_share

ROW = 25  # pixels an actor
STRONGEST = 0.5  # tone from which the colour grows no stronger; the value is written in the cell


@names_as_text
def draw_mentions(answer: Answer, theme: Theme) -> go.Figure:
    """A bar an actor: the share of all counted texts that name it, with its interval."""
    return _draw_shares(answer.frame, "actor", theme, _tell_actor)


@names_as_text
def draw_quotes(answer: Answer, theme: Theme) -> go.Figure:
    """A bar a speaker: the share of all quotations with a known speaker, with its interval."""
    return _draw_shares(answer.frame, "speaker", theme, _tell_speaker)


@names_as_text
def draw_stances(answer: Answer, theme: Theme) -> go.Figure:
    """Actor by outlet: coloured and written where the interval excludes 0, else a dot; blank if too few."""
    frame = answer.frame.assign(sure=(answer.frame["low"] > 0) | (answer.frame["high"] < 0))
    told = frame.to_dict("records")
    cells = frame.assign(
        key=frame["actor_id"],
        shade=frame["tone"].astype("float64").where(frame["sure"] | frame["tone"].isna(), 0.0),
        value=[_write_stance(row) for row in told],
        hover=[_tell_stance(row, theme) for row in told],
    )
    names = dict(zip(frame["actor_id"], frame["actor"], strict=True))
    colours = [(0, theme.negative_cell), (0.5, theme.none), (1, theme.positive_cell)]
    span = {"zmin": -STRONGEST, "zmax": STRONGEST, "colorscale": colours}
    return draw_grid(cells, names, theme, gap="not named, or not read", **span)


def _draw_shares(frame: pd.DataFrame, name: str, theme: Theme, tell: Any) -> go.Figure:
    """Sorted horizontal bars in ink with thin intervals; the share is written beside the bar."""
    bars = go.Bar(
        x=frame["share"],
        y=list(range(len(frame))),
        orientation="h",
        marker={"color": theme.soft, "opacity": 0.4},
        customdata=list(range(len(frame))),
        hovertext=[tell(row) for row in frame.to_dict("records")],
        hoverinfo="text",
        width=0.55,
        error_x={
            "type": "data", "symmetric": False, "width": 0, "thickness": 1.5, "color": theme.ink,
            "array": frame["high"] - frame["share"], "arrayminus": frame["share"] - frame["low"],
        },
    )  # fmt: skip
    figure = go.Figure(bars)
    names = [clip_name(text) for text in frame[name]]
    figure.update_yaxes(
        tickvals=list(range(len(frame))), ticktext=names, autorange="reversed", showgrid=False
    )
    figure.update_xaxes(**share_axis(float(frame["high"].max())), zeroline=True)
    for place, row in enumerate(frame.to_dict("records")):
        figure.add_annotation(
            x=row["high"], y=place, text=write_share(row["share"]), showarrow=False, xanchor="left", xshift=6,
            font={"size": 12, "color": theme.ink},
        )  # fmt: skip
    height = 60 + ROW * len(frame)
    return figure.update_layout(
        template=theme.template, height=height, margin={"l": 8, "r": 56, "t": 8, "b": 32}
    )


def _tell_actor(row: dict[Hashable, Any]) -> str:
    """The hover text of an actor."""
    where = f" · {row['country']}" if isinstance(row["country"], str) else ""
    counted = f"{write_count(row['counted'])} of {write_count(row['n'])}, {write_counted(row['mentions'], 'mention')}"
    return f"<b>{row['actor']}</b> · {row['kind']}{where}<br>{counted}<br>{_interval(row)}"


def _tell_speaker(row: dict[Hashable, Any]) -> str:
    """The hover text of a speaker."""
    counted = f"{write_counted(row['quotes'], 'quotation')} in {write_counted(row['outlets'], 'outlet')}"
    return f"<b>{row['speaker']}</b><br>{counted}<br>{_interval(row)}"


def _tell_stance(row: dict[Hashable, Any], theme: Theme) -> str:
    """The hover text of a cell."""
    name = f"<b>{row['actor']}</b> in {theme.name_of(row['outlet'])}"
    if pd.isna(row["tone"]):
        return f"{name}<br>n = {write_counted(row['n'], 'mention')}: too few"
    interval = f"{write_number(row['tone'])} [{write_number(row['low'])}, {write_number(row['high'])}]"
    counted = f"n = {write_counted(row['n'], 'mention')} in {write_counted(row['articles'], 'article')}"
    return f"{name}<br>{interval}<br>{counted}"


def _write_stance(row: dict[Hashable, Any]) -> str:
    """What stands in a cell: the value where its sign is sure, a dot where the interval covers 0."""
    if pd.isna(row["tone"]):
        return ""
    return f"{write_number(row['tone'])}" if row["sure"] else "·"


def _interval(row: dict[Hashable, Any]) -> str:
    return f"{write_share(row['share'])} [{write_share(row['low'])}, {write_share(row['high'])}]"


MENTIONS = Chart(
    slug="actors",
    question="Who is named?",
    reading="Share of all texts of the filter that name the actor at least once, 95 % interval.",
    needs=("mentions", "actors"),
    query=share_mentions,
    draw=draw_mentions,
    opens=(("actor_id", "actor"),),
    relax="Widen the period, or choose all voices.",
    measure="Media salience",
)
SPEAKERS = Chart(
    slug="speakers",
    question="Who is quoted?",
    reading="Share of the quotations whose speaker is known, 95 % interval. Direct, indirect and mixed.",
    needs=("quotes",),
    query=share_quotes,
    draw=draw_quotes,
    opens=(("speaker", "behind"),),
    relax="Widen the period: no quotation with a speaker is left.",
    measure="Sources",
)
STANCES = Chart(
    slug="tone-towards",
    question="In what tone is each actor written about?",
    reading="Positive minus negative probability, mean over mentions. Purple: positive; orange: negative; "
    "a dot on grey: the interval covers 0; blank: fewer than ten mentions.",
    needs=("mentions", "actors"),
    query=tone_towards,
    draw=draw_stances,
    opens=(("actor_id", "behind"), ("outlet", "behind")),
    relax="Widen the period: too few mentions are left.",
    measure="Tone towards an actor",
)
