"""Data and method: where the numbers come from, what could not be used, what each measure means and how
good it is.
"""

from __future__ import annotations

from dashboard.charts.method import DICTIONARY, QUARANTINE, RUNS, SOURCES, STORE_TABLES, VERSIONS
from dashboard.pages.measures import show_measures, show_quality
from dashboard.pages.page import Page
from dashboard.screen import answer_of, current, page_head, show, side_by_side
from dashboard.theme import write_count


def _draw() -> None:
    snapshot, _, _ = current()
    held = answer_of(QUARANTINE).n
    page_head(
        f"Data and method · store version {snapshot.version}",
        "Where do the numbers come from?",
        (
            (write_count(answer_of(SOURCES).n), "articles"),
            (write_count(answer_of(RUNS).n), "refreshes"),
            (write_count(held), "inputs in quarantine"),
        ),
    )
    show(SOURCES)
    side_by_side(RUNS, VERSIONS)
    show(QUARANTINE)
    show_measures()
    show_quality()
    show(STORE_TABLES)
    show(DICTIONARY)


METHOD = Page(
    slug="method",
    title="Data and method",
    draw=_draw,
    charts=(SOURCES, RUNS, VERSIONS, QUARANTINE, STORE_TABLES, DICTIONARY),
)
