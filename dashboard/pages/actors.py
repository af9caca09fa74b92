"""Actors: who is named and quoted, in what tone, and what each outlet calls them."""

from __future__ import annotations

from dashboard.charts.actors import MENTIONS, SPEAKERS, STANCES
from dashboard.charts.facts import LABELS
from dashboard.charts.labelled import LABELLED
from dashboard.charts.parts import ACTING, PASSIVES
from dashboard.charts.quoted import QUOTED
from dashboard.charts.sources import SOURCE_TYPES, UNNAMED
from dashboard.charts.together import TOGETHER
from dashboard.charts.volume import VOLUME
from dashboard.pages.page import Page
from dashboard.queries.newsroom import name_of_actor
from dashboard.screen import answer_of, current, page_head, show, side_by_side
from dashboard.theme import write_count


def _draw() -> None:
    snapshot, chosen, _ = current()
    name = name_of_actor(snapshot, chosen.actor) if chosen.actor else ""
    page_head(
        f"Actors · {'articles that name ' + name if name else 'all articles of the filter'} · times in UTC",
        f"How is {name} covered?" if name else "Who is in the news, and how?",
        (
            (write_count(answer_of(MENTIONS).n), answer_of(MENTIONS).unit),
            (write_count(answer_of(STANCES).n), "mentions with a tone"),
            (write_count(answer_of(SPEAKERS).n), "quotations with a speaker"),
        ),
    )
    side_by_side(MENTIONS, STANCES, wide=1)
    if chosen.actor:
        side_by_side(SPEAKERS, VOLUME, wide=1)
        show(TOGETHER)
    else:
        side_by_side(SPEAKERS, TOGETHER, wide=1)
    show(QUOTED)
    show(SOURCE_TYPES)
    show(UNNAMED)
    side_by_side(ACTING, PASSIVES, wide=1)
    show(LABELLED)
    show(LABELS)


ACTORS = Page(
    slug="actors",
    title="Actors",
    draw=_draw,
    charts=(
        MENTIONS,
        STANCES,
        SPEAKERS,
        TOGETHER,
        QUOTED,
        SOURCE_TYPES,
        UNNAMED,
        ACTING,
        PASSIVES,
        LABELLED,
        LABELS,
        VOLUME,
    ),
)
