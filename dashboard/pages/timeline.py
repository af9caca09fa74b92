"""Timeline: which dated events the coverage refers to, by event date, against when it was published."""

from __future__ import annotations

from dashboard.charts.timeline import DAYS, HAPPENED, REACH
from dashboard.pages.page import Page
from dashboard.screen import answer_of, page_head, show, side_by_side
from dashboard.theme import write_count


def _draw() -> None:
    events, days, reach = (answer_of(chart) for chart in (HAPPENED, DAYS, REACH))
    page_head(
        "Timeline · days where each outlet is",
        "Which days is the news about?",
        (
            (write_count(events.n), events.unit),
            (write_count(days.n), days.unit),
            (write_count(reach.n), f"{reach.unit} with a date"),
        ),
    )
    show(HAPPENED)
    side_by_side(DAYS, REACH)


TIMELINE = Page(slug="timeline", title="Timeline", draw=_draw, charts=(HAPPENED, DAYS, REACH))
