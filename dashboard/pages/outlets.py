"""Outlets: what each outlet is like: what it publishes and when, how soon, on whose agenda, on which sources."""

from __future__ import annotations

from dashboard.charts.agenda import AGENDA_ACTORS, AGENDA_STORIES, CHURN
from dashboard.charts.copying import COPYING
from dashboard.charts.delays import DELAYS
from dashboard.charts.diversity import DIVERSITY
from dashboard.charts.health import HEALTH
from dashboard.charts.profile import PROFILE
from dashboard.charts.rhythm import RHYTHM
from dashboard.pages.page import Page
from dashboard.screen import answer_of, page_head, show, side_by_side
from dashboard.theme import write_count


def _draw() -> None:
    profile, delays = answer_of(PROFILE), answer_of(DELAYS)
    page_head(
        "Outlets · times in UTC, hours of the week by each outlet's clock",
        "What is each outlet like?",
        (
            (write_count(len(profile.frame)), "outlets"),
            (write_count(profile.n), "articles"),
            (write_count(delays.n), delays.unit),
        ),
    )
    show(PROFILE)
    show(DELAYS)
    show(RHYTHM)
    side_by_side(AGENDA_STORIES, AGENDA_ACTORS)
    show(CHURN)
    show(DIVERSITY)
    show(COPYING)
    show(HEALTH)


OUTLETS = Page(
    slug="outlets",
    title="Outlets",
    draw=_draw,
    charts=(
        PROFILE,
        DELAYS,
        RHYTHM,
        AGENDA_STORIES,
        AGENDA_ACTORS,
        CHURN,
        DIVERSITY,
        COPYING,
        HEALTH,
    ),
)
