"""Together: the network of actors named in the same texts above chance, as arcs beside a list of names."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.charts.names import clip_name, names_as_text
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import Floats
from dashboard.queries.together import pair_actors
from dashboard.theme import Theme, write_chance, write_count, write_counted, write_number

ROW = 27  # pixels an actor
LONGEST = 22  # characters of a name: the arcs keep half of a phone's width
THINNEST, THICKEST = 1.0, 6.0  # pixels of an arc
SMALLEST, LARGEST = 7.0, 19.0  # pixels of an actor's dot
Arc = tuple[Floats, Floats]  # x and y of its points
BEND = np.linspace(0, np.pi, 33)  # an arc's points; its middle one is the mark to click


@names_as_text
def draw_together(answer: Answer, theme: Theme) -> go.Figure:
    """A row an actor, an arc a pair: wider where the association is stronger; the dot grows with its texts.

    Actors of a pair stand close to each other, so arcs are short and names never lie on one another.
    """
    frame = answer.frame.assign(row=range(len(answer.frame)))
    pairs, actors = (frame[frame["kind"] == kind] for kind in ("pair", "actor"))
    places = order_rows(pairs)
    arcs = [_bend(row, places) for row in pairs.to_dict("records")]
    figure = go.Figure([*_lines(arcs, pairs["log_odds"], theme), _handles(pairs, arcs, theme)])
    figure.add_trace(_dots(actors, places, theme))
    names = dict(zip(actors["left_id"], actors["left"], strict=True))
    ordered = sorted(places, key=places.__getitem__)
    figure.update_yaxes(
        tickvals=list(range(len(ordered))), ticktext=[clip_name(names[one], LONGEST) for one in ordered],
        range=[len(ordered) - 0.4, -0.6], showgrid=False,
        tickfont={"color": theme.ink, "size": 12},
    )  # fmt: skip
    widest = max(float(x.max()) for x, _ in arcs)
    figure.update_xaxes(visible=False, range=[-0.05 * widest, 1.06 * widest])
    height = 40 + ROW * len(ordered)
    return figure.update_layout(
        template=theme.template, height=height, margin={"l": 8, "r": 8, "t": 8, "b": 8}
    )


def order_rows(pairs: pd.DataFrame) -> dict[str, int]:
    """The row of each actor: pairs of more weight lie closer; the same pairs have the same order.

    Two actors change places as long as that shortens the arcs, each weighed by its log odds ratio.
    """
    links = list(zip(pairs["left_id"], pairs["right_id"], pairs["log_odds"], strict=True))
    order = sorted({one for left, right, _ in links for one in (left, right)})
    shortest = _length(order, links)
    better = True
    while better:
        better = False
        for one, other in combinations(range(len(order)), 2):
            tried = [*order]
            tried[one], tried[other] = tried[other], tried[one]
            length = _length(tried, links)
            if length < shortest - 1e-9:
                order, shortest, better = tried, length, True
    return {actor: place for place, actor in enumerate(order)}


def _length(order: list[str], links: list[tuple[str, str, float]]) -> float:
    """How long all arcs are together, in rows, each weighed."""
    place = {actor: at for at, actor in enumerate(order)}
    return sum(weight * abs(place[left] - place[right]) for left, right, weight in links)


def _bend(row: dict[Hashable, Any], places: dict[str, int]) -> Arc:
    """The points of a pair's arc: half an ellipse to the right of the names; longer arcs bend further."""
    top, bottom = sorted((places[row["left_id"]], places[row["right_id"]]))
    half = (bottom - top) / 2
    return half**0.8 * np.sin(BEND), top + half * (1 - np.cos(BEND))


def _lines(arcs: list[Arc], log_odds: pd.Series, theme: Theme) -> list[go.Scatter]:
    """A line an arc, as wide as its log odds ratio; the widest of the figure is the strongest pair."""
    shares = (log_odds / log_odds.max()).clip(0, 1)
    return [
        go.Scatter(
            x=x, y=y, mode="lines", hoverinfo="skip", opacity=0.55,
            line={"color": theme.soft, "width": THINNEST + (THICKEST - THINNEST) * share**2},
        )
        for (x, y), share in zip(arcs, shares, strict=True)
    ]  # fmt: skip


def _handles(pairs: pd.DataFrame, arcs: list[Arc], theme: Theme) -> go.Scatter:
    """The mark at the middle of each arc, which opens the articles that name both."""
    middle = len(BEND) // 2
    return go.Scatter(
        x=[x[middle] for x, _ in arcs],
        y=[y[middle] for _, y in arcs],
        mode="markers",
        marker={"color": theme.card, "size": 9, "line": {"color": theme.soft, "width": 1.5}},
        customdata=pairs["row"].tolist(),
        hovertext=[_tell_pair(row) for row in pairs.to_dict("records")],
        hoverinfo="text",
    )


def _dots(actors: pd.DataFrame, places: dict[str, int], theme: Theme) -> go.Scatter:
    """The actors, each dot's area as its texts."""
    part = np.sqrt(actors["together"] / actors["together"].max())
    return go.Scatter(
        x=[0] * len(actors),
        y=[places[one] for one in actors["left_id"]],
        mode="markers",
        marker={"color": theme.ink, "opacity": 1, "size": SMALLEST + (LARGEST - SMALLEST) * part},
        customdata=actors["row"].tolist(),
        hovertext=[
            f"<b>{row['left']}</b><br>{write_count(row['together'])} of {write_count(row['n'])}"
            for row in actors.to_dict("records")
        ],
        hoverinfo="text",
    )


def _tell_pair(row: dict[Hashable, Any]) -> str:
    """The hover text of a pair: how often, how often by chance, the odds with their interval, the evidence."""
    counted = f"{write_count(row['together'])} of {write_count(row['n'])}, by chance {row['expected']:.1f}"
    odds = f"{write_number(row['log_odds'])} [{write_number(row['low'])}, {write_number(row['high'])}]"
    return (
        f"<b>{row['left']} · {row['right']}</b><br>{counted}<br>log odds ratio {odds}, {write_chance(row['q'])}<br>"
        f"both in {write_counted(row['sentences'], 'sentence')}"
    )


TOGETHER = Chart(
    slug="together",
    question="Who appears together?",
    reading="An arc: both are named in the same texts more often than their frequencies let expect (Fisher's exact "
    "test, one-sided, Benjamini-Hochberg, q up to .05, five texts or more). Left out: a capital beside its own "
    "country. Wider: higher log odds ratio. Larger dot: more texts. Click a dot or the middle of an arc to read.",
    needs=("mentions", "actors"),
    query=pair_actors,
    draw=draw_together,
    opens=(("left_id", "actor"), ("right_id", "beside")),
    relax="No two actors are named together above chance: widen the period, or choose all voices.",
    measure="Co-mentions",
)
