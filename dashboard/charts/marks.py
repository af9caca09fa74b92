"""Marks: what several figures share: hatched gaps, whiskers, lines that break, labels that stand beside
marks.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from html import unescape

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from dashboard.charts.names import END, START
from dashboard.theme import THIN, Theme

FEW = 2  # runs of days that each get a label; of more only the longest, else labels cover each other
STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25)  # shares between two ticks
MOST_TICKS = 5
# The traces have a key: HTML over the figure where that can wrap, plotly's own where the width is known
KEYED = {
    "meta": {"keyed": True}, "showlegend": False,
    "legend": {"orientation": "h", "traceorder": "normal", "x": 0, "y": 1.02, "yanchor": "bottom"},
}  # fmt: skip
HATCHED = {"light": "#CDC8BA", "dark": "#4A4950"}


def blank_figure(theme: Theme, height: int) -> go.Figure:
    """An empty figure in the theme, this high in pixels."""
    return go.Figure(layout={"template": theme.template, "height": height})


def is_keyed(figure: go.Figure) -> bool:
    """Whether the figure needs a key to tell its traces apart."""
    return bool((figure.layout.meta or {}).get("keyed"))


def write_key(figure: go.Figure) -> Markup:
    """The key of a figure: a swatch and a name a trace; nothing where the figure needs none."""
    if not is_keyed(figure):
        return Markup("")
    parts = (
        Markup('<span><i class="sw" style="background:{}"></i>{}</span>').format(
            trace.marker.color, unescape(trace.name).strip(START + END)
        )
        for trace in figure.data
    )
    return Markup('<div class="key">{}</div>').format(Markup("").join(parts))


def share_axis(widest: float) -> dict[str, object]:
    """Ticks and range of an axis of shares from 0 to the widest of them (0 to 1): 0 %, 10 %, 20 %."""
    edge = min(1.0, max(widest, STEPS[0]))
    step = next(size for size in STEPS if edge / size <= MOST_TICKS)
    ticks = [round(step * place, 4) for place in range(int(edge / step + 1e-9) + 1)]
    names = [f"{round(100 * tick, 1):g}{THIN}%" for tick in ticks]
    return {"tickvals": ticks, "ticktext": names, "range": [-0.012 * edge, 1.02 * edge]}


def hatch_days(figure: go.Figure, days: Iterable[pd.Timestamp], theme: Theme, top: float) -> None:
    """Hatch whole days up to `top` (in units of y) and say "not collected" over the longest runs of them."""
    runs = runs_of_days(sorted(days))
    labelled = set(sorted(runs, key=lambda run: run[0] - run[1])[:1] if len(runs) > FEW else runs)
    for first, last in runs:
        middle, width = first + (last - first) / 2, (last - first) + pd.Timedelta(days=1)
        figure.add_bar(
            x=[middle],
            y=[top],
            width=[width.total_seconds() * 1000],
            hoverinfo="text",
            hovertext=[f"not collected: {_told(first, last)}"],
            marker={
                "color": "rgba(0,0,0,0)",
                "line": {"width": 0},
                "pattern": {"shape": "/", "fgcolor": HATCHED[theme.mode], "size": 6, "solidity": 0.25},
            },
        )
        if (first, last) not in labelled:
            continue
        figure.add_annotation(
            x=middle,
            y=top,
            text=f"<b>Not collected</b><br>{_told(first, last)}",
            showarrow=False,
            yanchor="bottom",
            font={"size": 12, "color": theme.soft},
        )


def write_image(svg: Markup, alt: str) -> Markup:
    """A small drawing as an image: the screen takes no svg element, and an image can run nothing."""
    source = b64encode(str(svg).encode()).decode()
    return Markup('<img class="drawn" alt="{}" src="data:image/svg+xml;base64,{}">').format(alt, source)


def runs_of_days(days: list[pd.Timestamp]) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """First and last day of each run of days without a hole; the days must be sorted."""
    runs: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    for day in days:
        if runs and day - runs[-1][1] == pd.Timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _told(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """18–19 June, or 30 June – 2 July."""
    if first == last:
        return f"{first.day} {first:%B}"
    if first.month == last.month:
        return f"{first.day}–{last.day} {last:%B}"
    return f"{first.day} {first:%B} – {last.day} {last:%B}"
