"""Grid: a heat map with a column for each outlet, in their fixed order, and a written value in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.names import clip_name
from dashboard.theme import Theme

HANDLE = 22  # pixels of the unseen mark that makes a cell clickable
ROW, LOWEST = 25, 160  # pixels of a row, and of a grid of few rows: on a phone the outlets stand slanted
LONGEST, SHORTEST = 24, 22  # characters of a row's name, and of an outlet's over its column


def draw_grid(
    cells: pd.DataFrame, names: dict[str, str], theme: Theme, *, gap: str, **shades: Any
) -> go.Figure:
    """The heat map of these cells, a row for each key of `names` in their order.

    `cells` has the columns key, outlet, shade (a number, or missing: no colour), value (what is written) and
    hover; `gap` is the hover text where there is no cell; `shades` go to `plotly.graph_objects.Heatmap`.
    """
    outlets = [outlet for outlet in theme.order if outlet in set(cells["outlet"])]
    shade, row, hover, value = (
        cells.assign(row=range(len(cells)))
        .pivot(index="key", columns="outlet", values=column)
        .reindex(index=list(names), columns=outlets)
        for column in ("shade", "row", "hover", "value")
    )
    heat_map = go.Heatmap(
        z=shade.astype("float64").to_numpy(),
        x=list(range(len(outlets))),
        y=list(range(len(names))),
        text=value.fillna("").to_numpy(),
        texttemplate="%{text}",
        textfont={"size": 12, "color": theme.ink},
        hovertext=hover.fillna(gap).to_numpy(),
        hoverinfo="text",
        showscale=False,
        xgap=2,
        ygap=2,
        **shades,
    )
    figure = go.Figure(heat_map)
    place_handles(figure, list(range(len(outlets))), list(range(len(names))), row, hover)
    lines = [clip_name(name, LONGEST) for name in names.values()]
    heads = [clip_name(theme.name_of(outlet), SHORTEST) for outlet in outlets]
    figure.update_yaxes(
        tickvals=list(range(len(lines))), ticktext=lines, range=[len(lines) - 0.5, -0.5], showgrid=False
    )
    figure.update_xaxes(
        tickvals=list(range(len(heads))),
        ticktext=heads,
        range=[-0.5, len(heads) - 0.5],
        side="top",
        showgrid=False,
        zeroline=False,
    )
    return figure.update_layout(
        template=theme.template,
        height=max(LOWEST, 70 + ROW * len(lines)),
        margin={"l": 8, "r": 8, "t": 30, "b": 8},
    )


def place_handles(
    figure: go.Figure, across: Sequence[Any], up: Sequence[Any], rows: pd.DataFrame, hover: pd.DataFrame
) -> None:
    """An unseen mark on each cell of a heat map that has a row of the answer: plotly selects no cell itself.

    `rows` holds the numbers of the rows, missing where there is none, and `hover` their texts; a line each of `up`,
    a column each of `across`.
    """
    known = np.argwhere(rows.notna().to_numpy())
    numbers, texts = rows.to_numpy(), hover.to_numpy()
    unseen = {"marker": {"opacity": 0}}
    figure.add_scatter(
        x=[across[column] for _, column in known],
        y=[up[line] for line, _ in known],
        customdata=[int(numbers[line, column]) for line, column in known],
        hovertext=[texts[line, column] for line, column in known],
        hoverinfo="text",
        mode="markers",
        marker={"symbol": "square", "size": HANDLE, "opacity": 0},
        selected=unseen,
        unselected=unseen,
    )
