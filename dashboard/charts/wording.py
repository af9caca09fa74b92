"""Wording: distinctive words of two outlets with intervals, and the words behind a difference in tone."""

from __future__ import annotations

import math
from collections.abc import Hashable

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.charts.names import clip_name, names_as_text
from dashboard.queries.answer import Answer
from dashboard.queries.wording import distinguish_words, shift_words
from dashboard.theme import Theme, write_number

ROW = 24  # pixels a word
ARROWS = {"more": "↑", "less": "↓"}


@names_as_text
def draw_distinct(answer: Answer, theme: Theme) -> go.Figure:
    """A dot a word with its interval on a log scale of odds; hollow grey where it tells nothing apart."""
    frame = answer.frame.assign(row=range(len(answer.frame)))
    left, right = str(frame["left_outlet"].iloc[0]), str(frame["right_outlet"].iloc[0])
    sides = ((left, "left"), (right, "right"), ("", "neither"))
    figure = go.Figure([_word_dots(frame, outlet, side, theme) for outlet, side in sides])
    figure.add_vline(x=0, line={"color": theme.soft, "width": 1})
    words = [clip_name(word) for word in frame["word"]]
    figure.update_yaxes(tickvals=frame["row"], ticktext=words, autorange="reversed", showgrid=False)
    figure.update_xaxes(**_odds_axis(frame), title=None, zeroline=False)
    figure.add_annotation(
        **_direction(f"← more in {theme.name_of(left)}", theme.text_colour_of(left), "right")
    )
    figure.add_annotation(
        **_direction(f"more in {theme.name_of(right)} →", theme.text_colour_of(right), "left")
    )
    margin = {"l": 8, "r": 16, "t": 30, "b": 32}
    return figure.update_layout(
        template=theme.template, height=80 + ROW * len(frame), margin=margin, showlegend=False
    )


@names_as_text
def draw_shift(answer: Answer, theme: Theme) -> go.Figure:
    """A bar a word: how much it adds to the difference in mean tone; the sum of all words on top."""
    frame = answer.frame
    total = pd.DataFrame({"label": ["all words"], "contribution": frame["difference"].iloc[:1], "row": [-1]})
    words = frame.assign(
        label=[
            f"{clip_name(word)} {ARROWS[kind.split()[1]]}"
            for word, kind in zip(frame["word"], frame["kind"], strict=True)
        ],
        row=range(len(frame)),
    )
    figure = go.Figure(
        [_bars(total, pd.Series([theme.ink]), theme), _bars(words, _shift_colours(frame, theme), theme)]
    )
    figure.add_vline(x=0, line={"color": theme.soft, "width": 1})
    labels = [*total["label"], *words["label"]]
    figure.update_yaxes(
        tickvals=list(range(-1, len(words))), ticktext=labels, autorange="reversed", showgrid=False
    )
    figure.update_xaxes(title="← makes it more negative · more positive →", tickformat="+.3f", zeroline=False)
    left, right = (theme.name_of(str(frame[side].iloc[0])) for side in ("left_outlet", "right_outlet"))
    for row, value in pd.concat([total, words])[["row", "contribution"]].itertuples(index=False):
        figure.add_annotation(_value(row, value, theme))
    return figure.update_layout(
        template=theme.template, height=100 + ROW * len(labels), showlegend=False,
        title={"text": f"{right} minus {left}", "font": {"size": 13}, "x": 0.5, "y": 0.98},
        margin={"l": 8, "r": 64, "t": 30, "b": 44},
    )  # fmt: skip


def _word_dots(frame: pd.DataFrame, outlet: str, side: str, theme: Theme) -> go.Scatter:
    """The words of one side; hover tells rates, z and q."""
    part = frame[frame["side"] == side]
    colour = theme.colour_of(outlet) if outlet else theme.soft
    return go.Scatter(
        x=part["log_odds"],
        y=part["row"],
        mode="markers",
        customdata=part["row"],
        text=[_tell_word(row, theme) for row in part.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
        marker={
            "size": 9, "color": colour if outlet else theme.card, "line": {"color": colour, "width": 1.5}
        },
        error_x={
            "type": "data", "symmetric": False, "width": 0, "thickness": 2, "color": colour,
            "array": part["high"] - part["log_odds"], "arrayminus": part["log_odds"] - part["low"],
        },
    )  # fmt: skip


def _tell_word(row: dict[Hashable, object], theme: Theme) -> str:
    """The hover text of one word."""
    left, right = theme.name_of(str(row["left_outlet"])), theme.name_of(str(row["right_outlet"]))
    rates = f"{left} {row['left_rate']:.1f}, {right} {row['right_rate']:.1f} per 10,000 words"
    counts = f"n = {row['left']} + {row['right']}"
    return f"<b>{row['word']}</b><br>{rates}<br>{counts}<br>z = {row['z']:+.1f}, q = {row['q']:.3f}"


def _odds_axis(frame: pd.DataFrame) -> dict[str, object]:
    """Ticks that read as how many times more likely; the left outlet's words stand on the left. Those that
    would touch the middle one on a phone are left out.
    """
    widest = max(0.8, float(frame[["low", "high", "log_odds"]].abs().max().max()))
    within = [n for n in (2, 10, 100, 1000) if math.log(n) <= widest]
    times = [n for n in within if math.log(n) > widest / 3] or within[-1:]
    values = [sign * math.log(n) for n in times for sign in (-1, 1)]
    names = [f"{n:,} ×" for n in times for _ in (-1, 1)]
    edge = widest * 1.08
    return {"tickvals": [0, *values], "ticktext": ["equal", *names], "range": [edge, -edge], "tickangle": 0}


def _direction(text: str, colour: str, anchor: str) -> dict[str, object]:
    """The words above the axis that say which side is whose."""
    shift = -8 if anchor == "right" else 8
    return {
        "text": f"<b>{text}</b>", "x": 0, "y": 1.0, "yref": "paper", "xanchor": anchor, "yanchor": "bottom",
        "xshift": shift, "showarrow": False, "font": {"color": colour, "size": 12},
    }  # fmt: skip


def _value(row: int, value: float, theme: Theme) -> dict[str, object]:
    """A contribution, written in a column at the right edge."""
    return {
        "text": write_number(value, 4), "x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "y": row,
        "showarrow": False, "font": {"color": theme.ink, "size": 12},
    }  # fmt: skip


def _bars(rows: pd.DataFrame, colours: pd.Series, theme: Theme) -> go.Bar:
    """Horizontal bars with their value written beside them; the total opens nothing."""
    return go.Bar(
        x=rows["contribution"],
        y=rows["row"],
        orientation="h",
        marker={"color": colours},
        customdata=[None if row < 0 else row for row in rows["row"]],
        hovertext=[write_number(value, 4) for value in rows["contribution"]],
        hoverinfo="text",
        width=0.62,
    )


def _shift_colours(frame: pd.DataFrame, theme: Theme) -> pd.Series:
    """Orange for negative words, purple for positive ones; pale where they are used less."""
    colours = {
        "negative more": theme.negative,
        "negative less": theme.negative_less,
        "positive more": theme.positive,
        "positive less": theme.positive_less,
    }
    return frame["kind"].map(colours)


DISTINCT = Chart(
    slug="distinct-words",
    question="Which words set them apart?",
    reading="Log-odds with an informative prior: how many times more likely a word is. Line: 95 % interval "
    "over articles, from five articles on. Hollow grey: not distinctive after false discovery "
    "control. Function words are left out.",
    needs=("texts", "sentences"),
    query=distinguish_words,
    draw=draw_distinct,
    opens=(("word", "behind"),),
    relax="Choose two outlets, or widen the period.",
    measure="Distinctive words",
)
SHIFT = Chart(
    slug="word-shift",
    question="Which words make the tone differ?",
    reading="Contribution of each word to the difference in mean TextBlob tone. ↑ used more, ↓ used less. "
    "Orange: negative word; purple: positive word.",
    needs=("tone_words", "sentences"),
    query=shift_words,
    draw=draw_shift,
    opens=(("word", "behind"),),
    relax="Choose two outlets with English articles, or all voices.",
    measure="Word shift",
)
