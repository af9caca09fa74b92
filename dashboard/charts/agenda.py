"""Agenda: grids of outlets by outlets, and lines of churn with their intervals."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.chart import Chart
from dashboard.charts.grid import draw_grid
from dashboard.charts.marks import blank_figure
from dashboard.charts.names import names_as_text
from dashboard.queries.agenda import compare_actors, compare_stories, measure_churn
from dashboard.queries.answer import Answer
from dashboard.theme import Theme, write_count, write_number, write_period

DARKEST = "73"  # opacity of the largest overlap, in hex: ink can be read on it
HEIGHT = 260  # pixels
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
READING = (
    "Rank-biased overlap of the two outlets' rankings, 0 to 1; first places weigh most (p = .9). 1: the same in the "
    "same order; 0: nothing in common (and no interval). Blank: fewer than ten ranked. A cell opens the articles of "
    "both that are ranked."
)


@names_as_text
def draw_agendas(answer: Answer, theme: Theme) -> go.Figure:
    """Outlet by outlet, darker where the two are more alike."""
    told = answer.frame.to_dict("records")
    cells = answer.frame.assign(
        key=answer.frame["outlet"],
        outlet=answer.frame["other"],
        shade=answer.frame["overlap"],
        value=["" if pd.isna(row["overlap"]) else write_number(row["overlap"]) for row in told],
        hover=[_tell_pair(row, theme) for row in told],
    )
    names = {outlet: theme.name_of(outlet) for outlet in theme.order if outlet in set(cells["key"])}
    colours = [(0, f"{theme.soft}0A"), (1, f"{theme.soft}{DARKEST}")]
    return draw_grid(cells, names, theme, gap="the outlet itself", zmin=0, colorscale=colours)


@names_as_text
def draw_churn(answer: Answer, theme: Theme) -> go.Figure:
    """A line a subject with its interval; broken where two periods cannot be compared."""
    figure = blank_figure(theme, HEIGHT)
    frame = answer.frame.assign(row=range(len(answer.frame)))
    for subject, shape in (("stories", "circle"), ("actors", "circle-open")):
        own = frame[frame["subject"] == subject]
        _draw_line(figure, own, subject, shape, theme)
    figure.update_yaxes(
        tickvals=TICKS,
        ticktext=[write_number(tick) if tick % 1 else f"{tick:g}" for tick in TICKS],
        range=[-0.03, 1.05],
    )
    figure.update_xaxes(showgrid=False)
    return figure.update_layout(margin={"l": 8, "r": 70, "t": 12, "b": 8})


def _draw_line(figure: go.Figure, own: pd.DataFrame, subject: str, shape: str, theme: Theme) -> None:
    """One subject: marks joined by a line, thin intervals, its name at the end."""
    churn = own["churn"].astype("float64")
    figure.add_scatter(
        x=own["first"], y=churn, mode="lines+markers", connectgaps=False,
        line={"color": theme.ink, "width": 1.6, "dash": "solid" if subject == "stories" else "dot"},
        marker={"color": theme.ink, "symbol": shape, "size": 8},
        customdata=own["row"].tolist(), hoverinfo="text",
        hovertext=[_tell_period(row) for row in own.to_dict("records")],
        error_y={
            "type": "data", "symmetric": False, "width": 0, "thickness": 1, "color": theme.soft,
            "array": own["high"].astype("float64") - churn, "arrayminus": churn - own["low"].astype("float64"),
        },
    )  # fmt: skip
    known = own[churn.notna()]
    if len(known):
        figure.add_annotation(
            x=known["first"].iloc[-1], y=float(known["churn"].iloc[-1]), text=subject, showarrow=False,
            xanchor="left", xshift=10, font={"size": 12, "color": theme.ink},
        )  # fmt: skip


def _tell_pair(row: dict[Hashable, Any], theme: Theme) -> str:
    """The hover text of a cell."""
    name = f"<b>{theme.name_of(row['outlet'])}</b> and <b>{theme.name_of(row['other'])}</b>"
    counted = f"{write_count(row['n'])} and {write_count(row['other_n'])} ranked"
    if pd.isna(row["overlap"]):
        return f"{name}<br>{counted}: too few"
    edges = "" if pd.isna(row["low"]) else f"[{write_number(row['low'])}, {write_number(row['high'])}]"
    return f"{name}<br>{write_number(row['overlap'])} {edges}<br>{counted}"


def _tell_period(row: dict[Hashable, Any]) -> str:
    """The hover text of a mark."""
    when = f"<b>{write_period(row['first'], row['last'])}</b> · {row['subject']}"
    if pd.isna(row["churn"]):
        return when
    edges = "" if pd.isna(row["low"]) else f"[{write_number(row['low'])}, {write_number(row['high'])}]"
    return f"{when}<br>{write_number(row['churn'])} {edges}<br>n = {write_count(row['texts'])}"


AGENDA_STORIES = Chart(
    slug="agenda-stories",
    question="Whose top stories are alike?",
    reading=READING,
    needs=("story_articles",),
    query=compare_stories,
    draw=draw_agendas,
    opens=(("outlet", "behind"), ("other", "behind")),
    relax="Choose two outlets or more, or widen the period.",
    measure="Agenda overlap and churn",
)
AGENDA_ACTORS = Chart(
    slug="agenda-actors",
    question="Whose top actors are alike?",
    reading=READING,
    needs=("mentions",),
    query=compare_actors,
    draw=draw_agendas,
    opens=(("outlet", "behind"), ("other", "behind")),
    relax="Choose two outlets or more, all voices, or widen the period.",
    measure="Agenda overlap and churn",
)
CHURN = Chart(
    slug="churn",
    question="How much does the agenda change from one period to the next?",
    reading="One minus the rank-biased overlap of the top stories (filled) and top actors (open) with those of the "
    "period before. 1: nothing in common; 0: the same in the same order. Line: 95 % interval. Broken where a period "
    "has fewer than ten texts. Click a mark to read its articles.",
    needs=("story_articles", "mentions"),
    query=measure_churn,
    draw=draw_churn,
    opens=(("first", "start"), ("last", "end")),
    relax="Widen the period: there are no two periods with enough texts.",
    measure="Agenda overlap and churn",
)
