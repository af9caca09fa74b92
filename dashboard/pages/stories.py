"""Stories: every story that enough outlets carried, who was first, which group is blind to it, what one alone told."""

from __future__ import annotations

from dashboard.charts.skew import SKEW
from dashboard.charts.stories import ALONE, STORY_LIST
from dashboard.pages.page import Page
from dashboard.queries.skew import GROUPINGS
from dashboard.queries.stories import ORDER_NAMES
from dashboard.screen import answer_of, current, page_head, show
from dashboard.screen.focus import choose_grouping, choose_stories
from dashboard.theme import write_count


def _draw() -> None:
    _, chosen, _ = current()
    found = answer_of(STORY_LIST)
    page_head(
        "Stories · times in UTC",
        "Which stories were told, and by whom?",
        (
            (write_count(found.n), found.unit),
            (write_count(answer_of(ALONE).n), "stories that one outlet alone told"),
        ),
    )
    choose_stories(chosen, ORDER_NAMES)
    show(STORY_LIST)
    choose_grouping(chosen, GROUPINGS)
    show(SKEW)
    show(ALONE)


STORIES = Page(slug="stories", title="Stories", draw=_draw, charts=(STORY_LIST, SKEW, ALONE))
