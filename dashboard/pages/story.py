"""Story: one story, many outlets: who told what, in which words, who was first; two outlets side by side."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.conflicts import CONFLICTS
from dashboard.charts.facts import EVENTS, FACTS, FIRSTS, LABELS, QUOTES
from dashboard.charts.heard import HEARD
from dashboard.charts.pairs import PASSAGES, SIDE_BY_SIDE
from dashboard.charts.primary import PRIMARY
from dashboard.charts.telling import TELLING
from dashboard.charts.voices import TONES
from dashboard.pages.page import Page
from dashboard.queries.pairs import choose_pair
from dashboard.queries.story import leading_story, list_articles
from dashboard.screen import answer_of, current, page_head, show, view_now
from dashboard.screen.focus import choose_two, columns_of, focus_view
from dashboard.theme import write_count, write_counted, write_period


def _draw() -> None:
    snapshot, chosen, _ = current()
    focus_view(story=chosen.story or leading_story(snapshot, chosen))
    _draw_head()
    columns_of((FACTS,), (TONES, FIRSTS, EVENTS))
    show(TELLING)
    if not answer_of(CONFLICTS).empty:
        show(CONFLICTS)
    show(LABELS)
    show(HEARD)
    _draw_choice()
    show(SIDE_BY_SIDE)
    show(PASSAGES)
    show(QUOTES)
    if not answer_of(PRIMARY).empty:
        show(PRIMARY)


def _draw_choice() -> None:
    """Which two outlets stand side by side."""
    snapshot, chosen, _ = current()
    outlets = list_articles(snapshot, chosen.narrow(outlets=())).frame["outlet"].unique()
    pair = choose_pair(snapshot, chosen)
    focus_view(pair=pair)
    choose_two(sorted(outlets), pair)


def _draw_head() -> None:
    """The story's title, its period, and how many outlets and texts tell it."""
    snapshot, chosen, _ = current()
    articles = list_articles(snapshot, chosen).frame
    if articles.empty:
        page_head("Story", "No story matches this filter", ())
        return
    texts = list_articles(snapshot, chosen.narrow(unit="texts")).frame["counted"].nunique()
    outlets = articles["outlet"].nunique()
    page_head(
        f"Story · {_tell_period(articles['published'])}",
        articles["story_title"].iloc[0],
        (
            (write_count(outlets), f"of {write_counted(len(view_now().newsroom.order), 'outlet')} tell it"),
            (write_count(len(articles)), "articles"),
            (write_count(texts), "unique texts"),
        ),
    )


def _tell_period(published: pd.Series) -> str:
    """From the first article to the last, and how many have no time: 24 June 2024 in UTC · 1 article without a time."""
    undated = int(published.isna().sum())
    if undated == len(published):
        return "undated"
    period = write_period(published.min(), published.max())
    return f"{period} in UTC" + (f" · {write_counted(undated, 'article')} without a time" if undated else "")


STORY = Page(
    slug="story",
    title="Story",
    draw=_draw,
    charts=(
        FACTS,
        TELLING,
        CONFLICTS,
        TONES,
        LABELS,
        HEARD,
        FIRSTS,
        SIDE_BY_SIDE,
        PASSAGES,
        EVENTS,
        QUOTES,
        PRIMARY,
    ),
)
