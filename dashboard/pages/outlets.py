"""Outlets: what each outlet is like: how soon it has a story, how much of its text stood elsewhere, its gaps."""

from __future__ import annotations

from dashboard.charts.copying import COPYING
from dashboard.charts.delays import DELAYS
from dashboard.charts.health import HEALTH
from dashboard.pages.page import Page
from dashboard.screen import answer_of, current, page_head, show, view_now
from dashboard.theme import write_count


def _draw() -> None:
    _, chosen, _ = current()
    delays = answer_of(DELAYS)
    outlets = len(chosen.outlets or view_now().newsroom.order)
    page_head(
        "Outlets · times in UTC",
        "What is each outlet like?",
        ((write_count(outlets), "outlets"), (write_count(delays.n), delays.unit)),
    )
    show(DELAYS)
    show(COPYING)
    show(HEALTH)


OUTLETS = Page(slug="outlets", title="Outlets", draw=_draw, charts=(DELAYS, COPYING, HEALTH))
