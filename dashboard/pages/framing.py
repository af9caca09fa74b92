"""Framing: which words set two outlets apart, which make the tone differ, frames, reporting verbs."""

from __future__ import annotations

from dashboard.charts.framing import CUES, EVIDENCE, FRAMES
from dashboard.charts.wording import DISTINCT, SHIFT
from dashboard.filters import VOICE_NAMES
from dashboard.pages.page import Page
from dashboard.queries.newsroom import title_of
from dashboard.queries.wording import compare_two
from dashboard.screen import answer_of, current, page_head, show, side_by_side, view_now
from dashboard.screen.focus import choose_two, focus_view
from dashboard.theme import write_count


def _draw() -> None:
    snapshot, chosen, theme = current()
    pair = compare_two(snapshot, chosen)
    focus_view(pair=pair)
    about = title_of(snapshot, chosen.story) if chosen.story else "all stories of the filter"
    two = " and ".join(theme.name_of(outlet) for outlet in pair)
    page_head(
        f"Framing · {about} · voice: {VOICE_NAMES[chosen.voice]}",
        f"How do {two} tell it?" if len(pair) == 2 else "How do two outlets tell it?",
        (
            (write_count(answer_of(DISTINCT).n), "articles of the two"),
            (write_count(answer_of(SHIFT).n), "tone words of the two"),
        ),
    )
    choose_two(view_now().newsroom.order, pair)
    side_by_side(DISTINCT, SHIFT)
    side_by_side(FRAMES, CUES)
    show(EVIDENCE)


FRAMING = Page(slug="framing", title="Framing", draw=_draw, charts=(DISTINCT, SHIFT, FRAMES, CUES, EVIDENCE))
