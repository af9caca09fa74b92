"""Page: a title in the navigation, an address, the charts that it shows, and how it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.charts.chart import Chart


@dataclass(frozen=True, kw_only=True)
class Page:
    """`slug` is its address (the overview lives at /), `draw` lays it out; `charts` are all that it may
    show.
    """

    slug: str
    title: str
    draw: Callable[[], None]
    charts: tuple[Chart, ...] = ()
