"""Twelve outlets of two kinds over eight days: a story that papers leave out, one that begins today, one too young."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.article import Article
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

PAPERS, AGENCIES = [f"paper{n}" for n in range(6)], [f"agency{n}" for n in range(6)]
TODAY = pd.Timestamp("2024-06-24")
TOLD = {  # story -> days before today, who carries it
    "left out": (4, AGENCIES),
    "young": (2, AGENCIES),
    "fresh": (0, PAPERS[:3]),
    "lonely": (0, PAPERS[:1]),
}


def write_odds(made: list[tuple[str, Article]]) -> dict[str, pd.DataFrame]:
    """Two sentences of the fresh story that differ in a number (in three papers), in modality, and an update."""
    ids = [article.article_id for story, article in made if story == "fresh"]
    spans = [{"article_id": x, "sentence": 0, "start": 0, "end": 27} for x in ids]
    pairs = [(ids[0], ids[1], "number"), (ids[1], ids[2], "number"), (ids[0], ids[2], "update")]
    pairs += [(ids[0], ids[2], "modality")]
    odds = [
        {"story_id": "fresh", "claim_id": "c", "kind": kind, "article_a": a, "start_a": 0, "end_a": 7,
         "article_b": b, "start_b": 0, "end_b": 7}
        for a, b, kind in pairs
    ]  # fmt: skip
    return {"sentences": make_rows("sentences", *spans), "conflicts": make_rows("conflicts", *odds)}


def open_alerted(folder: Path) -> Snapshot:
    """The room as a store."""
    made = [
        (story, make_article(outlet=outlet, item=f"{story}/{outlet}", published=f"{TODAY - pd.Timedelta(days=ago):%F}T08:00"))
        for story, (ago, outlets) in TOLD.items()
        for outlet in outlets
    ]  # fmt: skip
    titles = {story: f"The {story} <b>story</b>" for story in TOLD}
    days = pd.date_range(TODAY - pd.Timedelta(days=7), TODAY)
    watched = [
        {"outlet": outlet, "day": day, "status": "observed"} for outlet in PAPERS + AGENCIES for day in days
    ]
    return make_store(
        folder,
        **make_article_rows(*(article for _, article in made)),
        outlets=make_rows(
            "outlets",
            *({"outlet": o, "kind": o.rstrip("012345"), "name": o.title()} for o in PAPERS + AGENCIES),
        ),
        observations=make_rows("observations", *watched),
        **write_odds(made),
        stories=make_rows("stories", *({"story_id": x, "title": titles[x]} for x in TOLD)),
        story_articles=make_rows(
            "story_articles", *({"article_id": a.article_id, "story_id": s} for s, a in made)
        ),
    ).snapshot()
