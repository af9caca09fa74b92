"""Compared: who writes in which languages, and what delays make of stories that an outlet could not be seen to carry."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts.delays import _write_gaps
from dashboard.filters import Filter
from dashboard.queries.compared import share_languages
from dashboard.queries.delays import measure_delays
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

SPOKEN = {"Wire": "en", "Post": "en", "Eco": "es", "Late": "en", "Mute": "und"}
CARRIED = {"one": ("Wire", "Post", "Eco", "Late"), "two": ("Wire", "Post", "Mute"), "three": ("Wire", "Post")}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Three stories on three days; Late was watched on the first alone, and Post is set up to write Spanish, too."""
    told = [
        (story, make_article(outlet=outlet, item=story, language=SPOKEN[outlet], published=f"2024-06-0{day}T08:00"))
        for day, (story, outlets) in enumerate(CARRIED.items(), 1)
        for outlet in outlets
    ]  # fmt: skip
    extra = make_article(outlet="Eco", item="x", language="es", published="2024-06-03T09:00")
    seen = [
        {"outlet": outlet, "day": pd.Timestamp(2024, 6, day), "status": "observed"}
        for outlet in SPOKEN
        for day in (1, 2, 3)
        if outlet != "Late" or day == 1
    ]
    quiet = make_article(outlet="Mute", item="y", language="und", published="2024-06-03T09:00")
    held = [*told, ("alone", extra), ("quiet", quiet)]
    return make_store(
        tmp_path_factory.mktemp("compared"),
        **make_article_rows(*(article for _, article in held)),
        outlets=make_rows("outlets", {"outlet": "Post", "languages": "en; es"}),
        observations=make_rows("observations", *seen),
        story_articles=make_rows(
            "story_articles", *({"article_id": a.article_id, "story_id": s} for s, a in held)
        ),
    ).snapshot()


def tell_shared(papers: Snapshot) -> dict[str, set[str]]:
    """Who writes in a language of which story, by the story's id."""
    shared = share_languages(papers)
    names = papers.sql("SELECT story, name FROM story_names").set_index("story")["name"]
    return {names[story]: set(row.index[row]) for story, row in shared.iterrows()}


def test_outlets_are_compared_in_the_languages_that_they_write_or_are_set_up_with(papers: Snapshot) -> None:
    assert tell_shared(papers) == {
        "one": set(SPOKEN),  # it is told in both
        "two": {"Wire", "Post", "Late", "Mute"},
        "three": {"Wire", "Post", "Late", "Mute"},
        "alone": {"Post", "Eco", "Mute"},
        "quiet": set(SPOKEN),  # nobody knows its language
    }


def test_where_no_language_is_known_at_all_everybody_is_compared(tmp_path: Path) -> None:
    articles = [make_article(outlet=outlet, item=outlet, language="und") for outlet in ("Mute", "Still")]
    held = ({"article_id": article.article_id, "story_id": "one"} for article in articles)
    store = make_store(
        tmp_path, **make_article_rows(*articles), story_articles=make_rows("story_articles", *held)
    )
    assert tell_shared(store.snapshot()) == {"one": {"Mute", "Still"}}


def test_delays_tell_what_could_not_be_seen_from_what_was_not_carried(papers: Snapshot) -> None:
    rows = measure_delays(papers, Filter()).frame.set_index("outlet")
    counts = ["stories", "carried", "foreign", "unseen"]
    assert rows[counts].to_dict("index") == {
        "Wire": dict(zip(counts, (3, 3, 0, 0), strict=True)),
        "Post": dict(zip(counts, (3, 3, 0, 0), strict=True)),
        "Eco": dict(zip(counts, (1, 1, 2, 0), strict=True)),
        "Late": dict(zip(counts, (1, 1, 0, 2), strict=True)),
        "Mute": dict(zip(counts, (3, 1, 0, 0), strict=True)),
    }


@pytest.mark.parametrize(
    ("unseen", "foreign", "told"),
    [
        (0, 0, ""),
        (1200, 0, "1200 not observed"),
        (0, 2, "2 other language"),
        (1, 2, "1 not observed, 2 other language"),
    ],
)
def test_gaps_stand_under_the_count_that_they_are_left_out_of(unseen: int, foreign: int, told: str) -> None:
    text = str(_write_gaps({"unseen": unseen, "foreign": foreign})).replace("\u202f", "")
    assert text == (f'<br><span class="sm">{told}</span>' if told else "")
