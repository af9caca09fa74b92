"""Data and method: where the numbers come from and what they mean."""

from __future__ import annotations

from dashboard.pages.page import Page
from dashboard.screen import page_head


def _draw() -> None:
    page_head("Data and method", "Where do the numbers come from?")


METHOD = Page(slug="method", title="Data and method", draw=_draw)
