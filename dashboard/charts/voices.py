"""Voices: the tone of each outlet by three instruments, with intervals."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.charts.marks import KEYED
from dashboard.charts.names import names_as_text
from dashboard.queries.answer import Answer
from dashboard.queries.voices import INSTRUMENTS, compare_tones
from dashboard.theme import Theme, write_counted

ROW, CROWDED_ROW, MANY = 26, 18, 4  # pixels a mark; from five outlets on fewer
MARGIN = {"l": 8, "r": 16, "t": 8, "b": 44}


@names_as_text
def draw_tones(answer: Answer, theme: Theme) -> go.Figure:
    """A dot with its interval for each instrument and outlet; all on one scale around a marked zero."""
    frame = answer.frame.assign(row=range(len(answer.frame)))
    outlets = [outlet for outlet in theme.order if outlet in set(frame["outlet"])]
    figure = go.Figure([_outlet_marks(frame, outlet, outlets, theme) for outlet in outlets])
    for note in _missing(frame, outlets, theme):
        figure.add_annotation(note)
    figure.add_vline(x=0, line={"color": theme.soft, "width": 1})
    figure.update_yaxes(
        tickvals=list(range(len(INSTRUMENTS))),
        ticktext=list(INSTRUMENTS.values()),
        autorange="reversed",
        showgrid=False,
    )
    figure.update_xaxes(title="← more negative · more positive →", showgrid=False, zeroline=False, nticks=6)
    row = ROW if len(outlets) <= MANY else CROWDED_ROW
    height = 60 + row * len(outlets) * len(INSTRUMENTS)
    return figure.update_layout(template=theme.template, height=max(220, height), margin=MARGIN, **KEYED)


def _outlet_marks(frame: pd.DataFrame, outlet: str, outlets: list[str], theme: Theme) -> go.Scatter:
    """One outlet's three dots with their intervals, in its colour; none below the minimum n."""
    part = frame[frame["outlet"] == outlet]
    colour = theme.colour_of(outlet)
    return go.Scatter(
        x=part["tone"],
        y=[_lane(instrument, outlet, outlets) for instrument in part["instrument"]],
        mode="markers",
        name=theme.name_of(outlet),
        customdata=part["row"],
        text=[_describe(row, theme) for row in part.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
        marker={"size": 10, "color": colour},
        error_x={
            "type": "data", "symmetric": False, "width": 0, "thickness": 3, "color": colour,
            "array": part["high"] - part["tone"], "arrayminus": part["tone"] - part["low"],
        },
    )  # fmt: skip


def _lane(instrument: str, outlet: str, outlets: list[str]) -> float:
    """The height of a mark: the row of its instrument, in it the lane of its outlet."""
    return list(INSTRUMENTS).index(instrument) + 0.8 * ((outlets.index(outlet) + 0.5) / len(outlets) - 0.5)


def _missing(frame: pd.DataFrame, outlets: list[str], theme: Theme) -> list[dict[str, object]]:
    """A note in each lane without a mark, on the roomier side of 0: too few sentences to say."""
    left = bool(-frame["low"].min() > frame["high"].max())
    return [
        {
            "text": f"{theme.name_of(outlet)}: n = {n}, too few", "x": 0, "xref": "x",
            "xanchor": "right" if left else "left", "xshift": -6 if left else 6,
            "y": _lane(instrument, outlet, outlets), "showarrow": False,
            "font": {"size": 12, "color": theme.soft},
        }
        for instrument, outlet, n in frame.loc[
            frame["tone"].isna(), ["instrument", "outlet", "n"]
        ].itertuples(index=False)
    ]  # fmt: skip


def _describe(row: dict[Hashable, Any], theme: Theme) -> str:
    """The hover text of one dot: outlet, instrument, mean, interval, n."""
    name, instrument = theme.name_of(str(row["outlet"])), INSTRUMENTS[str(row["instrument"])]
    counted = f"n = {write_counted(row['n'], 'sentence')} of {write_counted(row['articles'], 'article')}"
    if pd.isna(row["tone"]):
        return f"{name}, {instrument}<br>{counted}: too few"
    tone, low, high = (f"{row[part]:+.3f}" for part in ("tone", "low", "high"))
    return f"{name}, {instrument}: {tone} [{low}, {high}]<br>{counted}"


TONES = Chart(
    slug="story-tones",
    question="Is one more negative?",
    reading="Mean tone of the sentences in the chosen voice by three instruments, −1 to 1, "
    "with 95 % intervals.",
    needs=("tones", "sentences", "mentions"),
    query=compare_tones,
    draw=draw_tones,
    opens=(("instrument", "behind"), ("outlet", "behind")),
    relax="Choose all voices: fewer than ten sentences are left.",
    measure="Tone",
)
