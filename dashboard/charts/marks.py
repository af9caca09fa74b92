"""Marks: what several figures share: hatched gaps, whiskers, lines that break, labels that stand beside
marks.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from dashboard.theme import Theme

FEW = 2  # runs of days that each get a label; of more only the longest, else labels cover each other
HATCHED = {"light": "#CDC8BA", "dark": "#4A4950"}


def blank_figure(theme: Theme, height: int) -> go.Figure:
    """An empty figure in the theme, this high in pixels."""
    return go.Figure(layout={"template": theme.template, "height": height})


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
