"""Names of stories that are gone lead on: what a refresh keeps of them, with stories that are days."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.pipeline import refresh
from etl.store import Store
from etl.transform.feature import Feature
from etl.transform.stories import describe_stories
from tests.builders import make_rows
from tests.etl.pipeline_room import SMALL, make_settings, record, write_records

TITLED = Feature(
    makes="stories", needs=("articles", "story_articles"), compute=describe_stories, scope="window"
)
MONDAY, TUESDAY, FRIDAY = "2024-07-01", "2024-07-02", "2024-07-05"


def read(folder: Path, *files: dict[int, str], batch: int = 10) -> dict[str, str | None]:
    """Refresh once from these files, each the day of each record; every story with the one it leads to."""
    places = [
        write_records(
            folder / f"{number}.jsonl",
            [record(name, published=f"{day}T08:00:00Z") for name, day in file.items()],
        )
        for number, file in enumerate(files)
    ]
    settings = make_settings(folder, batch=batch)
    refresh(settings, places, store=Store(settings.store), features=(*SMALL, TITLED))
    stories = Store(settings.store).snapshot().table("stories")
    return {
        row.story_id: row.merged_into if isinstance(row.merged_into, str) else None
        for row in stories.itertuples()
    }


def test_a_story_whose_articles_moved_leads_to_where_they_are_until_its_name_is_back(tmp_path: Path) -> None:
    assert read(tmp_path, {0: MONDAY, 1: MONDAY, 2: FRIDAY}) == {MONDAY: None, FRIDAY: None}
    moved = read(tmp_path, {0: TUESDAY, 1: TUESDAY}, batch=1)
    assert moved == {MONDAY: TUESDAY, TUESDAY: None, FRIDAY: None}
    assert read(tmp_path, {0: FRIDAY, 1: FRIDAY}) == {MONDAY: FRIDAY, TUESDAY: FRIDAY, FRIDAY: None}
    assert read(tmp_path, {0: MONDAY}) == {MONDAY: None, TUESDAY: FRIDAY, FRIDAY: None}


def test_names_of_a_run_that_did_not_end_are_forgotten(tmp_path: Path) -> None:
    read(tmp_path, {0: MONDAY})
    store = Store(make_settings(tmp_path).store)
    killed = make_rows("runs", {"run_id": "killed", "started": pd.Timestamp.now("UTC"), "status": "running"})
    articles = store.snapshot().table("story_articles").assign(story_id="seen once")
    stories = store.snapshot().table("stories").assign(story_id="seen once")
    store.commit(
        "killed", replaced={"stories": stories, "story_articles": articles}, upserts={"runs": killed}
    )
    assert read(tmp_path, {0: FRIDAY}) == {MONDAY: FRIDAY, FRIDAY: None}
