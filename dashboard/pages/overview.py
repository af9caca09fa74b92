"""Overview: how much, whose voice, which stories, what changed, and whether the numbers can be trusted."""

from __future__ import annotations

from dashboard.charts.changes import CHANGES
from dashboard.charts.health import HEALTH
from dashboard.charts.leading import LEADING
from dashboard.charts.risen import RISEN
from dashboard.charts.volume import VOICE, VOLUME
from dashboard.pages.page import Page
from dashboard.queries.volume import count_figures
from dashboard.screen import current, page_head, show, side_by_side
from dashboard.theme import write_count, write_counted, write_number, write_period


def _draw() -> None:
    snapshot, chosen, _ = current()
    figures = count_figures(snapshot, chosen)
    period = write_period(figures.first, figures.last)
    page_head(
        f"Overview · {write_counted(figures.outlets, 'outlet')} · "
        f"{write_counted(figures.languages, 'language')}"
        " · times in UTC" + _tell_stray(figures.stray),
        f"What was the news, {period}?",
        (
            (write_count(figures.texts), "unique texts"),
            (
                write_count(figures.articles),
                f"articles, {write_number(figures.inflation)} for each unique text",
            ),
            (write_count(figures.shared_stories), "stories in two outlets or more"),
            (write_count(figures.gap_days), "days not collected"),
        ),
    )
    side_by_side(VOLUME, VOICE)
    side_by_side(LEADING, CHANGES)
    show(RISEN)
    show(HEALTH)


def _tell_stray(stray: int) -> str:
    """The articles that the title's period leaves out."""
    return f" · {write_counted(stray, 'article')} far from these days" if stray else ""


OVERVIEW = Page(
    slug="overview", title="Overview", draw=_draw, charts=(VOLUME, VOICE, LEADING, CHANGES, RISEN, HEALTH)
)
