"""Twelve outlets of two kinds over eight days: a story that papers leave out, one that begins today, one too young."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

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
        outlets=make_rows("outlets", *({"outlet": o, "kind": o.rstrip("012345")} for o in PAPERS + AGENCIES)),
        observations=make_rows("observations", *watched),
        stories=make_rows("stories", *({"story_id": x, "title": titles[x]} for x in TOLD)),
        story_articles=make_rows(
            "story_articles", *({"article_id": a.article_id, "story_id": s} for s, a in made)
        ),
    ).snapshot()
