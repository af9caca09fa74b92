"""Framing: shares of frames with intervals and evidence, and how speakers are introduced."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.charts.links import read_link
from dashboard.charts.marks import KEYED, share_axis
from dashboard.charts.names import names_as_text
from dashboard.queries.answer import Answer
from dashboard.queries.framing import CUE_ORDER, class_cues, list_evidence, share_frames
from dashboard.theme import Theme, write_counted, write_share

LANE, CROWDED_LANE, MANY = 15, 11, 4  # pixels an outlet in a frame's row; from five outlets on fewer
BAR, LINE = 30, 20  # pixels an outlet, and a line of verbs
MOST_VERBS = 3  # of a class, under the bars: as many as stand in one line on a phone
FIT = 0.08  # smallest share whose number fits into its bar


@names_as_text
def draw_frames(answer: Answer, theme: Theme) -> go.Figure:
    """A row a frame, in it a dot with its interval for each outlet."""
    frames = list(dict.fromkeys(answer.frame["frame"]))
    shares = answer.frame.assign(row=range(len(answer.frame)))
    outlets = [outlet for outlet in theme.order if outlet in set(shares["outlet"])]
    figure = go.Figure([_frame_dots(shares, outlet, outlets, theme) for outlet in outlets])
    figure.update_yaxes(
        tickvals=list(range(len(frames))),
        ticktext=[_name_frame(frame) for frame in frames],
        autorange="reversed",
        showgrid=False,
    )
    figure.update_xaxes(**share_axis(float(shares["high"].max())), title="share of articles")
    lane = LANE if len(outlets) <= MANY else CROWDED_LANE
    height = 72 + len(frames) * max(30, lane * len(outlets))
    figure.update_layout(template=theme.template, height=height, **KEYED)
    return figure.update_layout(margin={"l": 8, "r": 16, "t": 8, "b": 44})


def draw_evidence(answer: Answer, theme: Theme) -> Markup:
    """Sentences by frame with the words that carry it marked; each opens in the reader."""
    told = []
    for frame, rows in answer.frame.groupby("frame", observed=True):
        told.append(Markup('<p class="lbl out">{}</p>').format(_name_frame(str(frame))))
        for row in rows.to_dict("records"):
            sentence = Markup("{}<mark>{}</mark>{}").format(row["before"], row["evidence"], row["after"])
            outlet = Markup('<i class="sw" style="background:{}"></i>{}').format(
                theme.colour_of(row["outlet"]), theme.name_of(row["outlet"])
            )
            told.append(
                Markup('<p>{} <span class="sm">{} · score {:.2f}</span></p>').format(
                    read_link(row["article_id"], row["at"], sentence), outlet, row["score"]
                )
            )
    return Markup("").join(told)


@names_as_text
def draw_cues(answer: Answer, theme: Theme) -> go.Figure:
    """A 100 % bar an outlet: endorsing, neutral, distancing; n beside the name."""
    cues = answer.frame.assign(row=range(len(answer.frame)))
    colours = dict(zip(CUE_ORDER, (theme.positive_less, theme.none, theme.negative_less), strict=True))
    figure = go.Figure([_cue_bars(cues, name, colour, theme) for name, colour in colours.items()])
    for row in cues[cues["share"].isna()].drop_duplicates("outlet").to_dict("records"):
        figure.add_annotation(
            text="too few verbs", x=0, y=_lane_name(row, theme), xanchor="left", showarrow=False,
            font={"size": 12, "color": theme.soft},
        )  # fmt: skip
    for note in _verb_lines(cues, theme):
        figure.add_annotation(note)
    figure.update_xaxes(visible=False, range=[0, 1])
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_layout(template=theme.template, barmode="stack", **KEYED)
    below = LINE * len(CUE_ORDER) + 24
    height = 16 + BAR * cues["outlet"].nunique() + below
    return figure.update_layout(height=height, margin={"l": 8, "r": 8, "t": 8, "b": below})


def _verb_lines(cues: pd.DataFrame, theme: Theme) -> list[dict[str, object]]:
    """The most frequent verbs of each class over all outlets, a line each under the bars."""
    words = dict(zip(cues["cue_class"], cues["words"], strict=True))
    named = [name for name in CUE_ORDER if isinstance(words.get(name), str)]
    return [
        {
            "text": f"{name.capitalize()}: {' · '.join(words[name].split(' · ')[:MOST_VERBS])}",
            "x": 1, "xref": "paper", "xanchor": "right", "y": 0, "yref": "paper", "yanchor": "top",
            "yshift": -12 - LINE * place, "showarrow": False, "font": {"size": 12, "color": theme.ink},
        }
        for place, name in enumerate(named)
    ]  # fmt: skip


def _name_frame(frame: str) -> str:
    """The frame as readers write it: Human interest."""
    return frame.replace("_", " ").capitalize()


def _cue_bars(cues: pd.DataFrame, cue_class: str, colour: str, theme: Theme) -> go.Bar:
    """The part of every outlet's bar that one class takes."""
    part = cues[cues["cue_class"] == cue_class]
    rows = part.to_dict("records")
    return go.Bar(
        x=part["share"],
        y=[_lane_name(row, theme) for row in rows],
        orientation="h",
        name=cue_class,
        marker={"color": colour},
        customdata=part["row"],
        text=[write_share(share, 0) if share >= FIT else "" for share in part["share"]],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": theme.ink},
        hovertext=[_tell_cues(row, theme) for row in rows],
        hoverinfo="text",
        width=0.7,
    )


def _lane_name(row: dict[Hashable, Any], theme: Theme) -> str:
    """What stands beside the bar of an outlet."""
    return f"{theme.name_of(str(row['outlet']))} (n {row['n']})"


def _tell_cues(row: dict[Hashable, Any], theme: Theme) -> str:
    """The hover text: counts, share with its interval, the most frequent verbs of the class."""
    counted = f"{theme.name_of(row['outlet'])}, {row['cue_class']}: {row['verbs']} of {row['n']} verbs"
    verbs = f"<br>in all outlets: {row['words']}" if isinstance(row["words"], str) else ""
    return f"{counted}<br>{_interval(row)}{verbs}"


def _interval(row: dict[Hashable, Any]) -> str:
    """A share with its interval: 27.4 % [24.1 %, 30.9 %]."""
    return f"{write_share(row['share'])} [{write_share(row['low'])}, {write_share(row['high'])}]"


def _frame_dots(shares: pd.DataFrame, outlet: str, outlets: list[str], theme: Theme) -> go.Scatter:
    """One outlet's dots with intervals, in its lane of each row."""
    part = shares[shares["outlet"] == outlet]
    lanes = {frame: place for place, frame in enumerate(dict.fromkeys(shares["frame"]))}
    shift = 0.7 * ((outlets.index(outlet) + 0.5) / len(outlets) - 0.5)
    name, colour = theme.name_of(outlet), theme.colour_of(outlet)
    return go.Scatter(
        x=part["share"],
        y=[lanes[frame] + shift for frame in part["frame"]],
        mode="markers",
        name=name,
        customdata=part["row"],
        hovertext=[
            f"{name}, {_name_frame(row['frame'])}: {_interval(row)}<br>n = {write_counted(row['n'], 'article')}"
            for row in part.to_dict("records")
        ],
        hoverinfo="text",
        marker={"size": 8, "color": colour},
        error_x={
            "type": "data", "symmetric": False, "width": 0, "thickness": 2, "color": colour,
            "array": part["high"] - part["share"], "arrayminus": part["share"] - part["low"],
        },
    )  # fmt: skip


FRAMES = Chart(
    slug="frames",
    question="Through which frames is it told?",
    reading="Share of texts with the frame in at least one sentence, 95 % interval. Generic frames "
    "(Semetko & Valkenburg 2000).",
    needs=("frames", "sentences"),
    query=share_frames,
    draw=draw_frames,
    opens=(("frame", "behind"), ("outlet", "behind")),
    relax="Widen the filter to an outlet with ten English articles or more.",
    measure="Frames",
)
EVIDENCE = Chart(
    slug="frame-evidence",
    question="Which sentences carry the frames?",
    reading="Sentences with the highest score of each frame; the marked words carry it. Click to read on.",
    needs=("frames", "sentences", "texts"),
    query=list_evidence,
    draw=draw_evidence,
    relax="No sentence of these articles scores high enough for a frame.",
    measure="Frames",
)
CUES = Chart(
    slug="reporting-verbs",
    question="How are speakers introduced?",
    reading="Verbs that bring in a quotation: endorsing (noted), neutral (said), distancing (claimed).",
    needs=("quotes",),
    query=class_cues,
    draw=draw_cues,
    opens=(("outlet", "behind"), ("cue_class", "behind")),
    relax="Widen the filter: no quotation with a reporting verb is left.",
    measure="Reporting verbs",
)
