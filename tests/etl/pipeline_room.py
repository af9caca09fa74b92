"""A small newsroom of records and small features: what the tests of the pipeline refresh."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from etl.extract import Place
from etl.pipeline import RunSummary, refresh
from etl.schema import TABLES
from etl.settings import Settings
from etl.store import Snapshot, Store
from etl.transform.feature import Feature
from tests.builders import DAYS, make_rows

OUTLETS = """
[courier]
name = "The Courier"
country = "GBR"
not_watched = ["2024-06-27/2024-06-28"]
"""
UNEQUAL = {"runs", "quarantine"}  # they tell of runs, so each run adds to them


def record(number: int, **changes: object) -> dict[str, object]:
    """One article as a record; its text names its number."""
    ordinary = {
        "url": f"https://courier.example/{number}",
        "outlet": ("The Courier", "Daily Signal")[number % 2],
        "title": f"Harbour number {number} reopens after the storm",
        "text": f"The harbour reopened on Monday.\n\nShip{number} left at dawn with {number} sailors.",
        "published": f"{DAYS[number % 3]}T08:00:00Z",
    }
    return ordinary | changes


def write_records(path: Path, records: Iterable[dict[str, object]]) -> Place:
    """The records as a file of JSON lines, and the place that it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in records), encoding="utf-8")
    return Place(kind="records", address=str(path))


def make_settings(folder: Path, **given: object) -> Settings:
    """Settings whose every folder lies in this one."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "outlets.toml").write_text(OUTLETS, encoding="utf-8")
    fixed = {"store": folder / "store", "snapshots": folder / "raws", "outlets": folder / "outlets.toml"}
    return Settings(**({"workers": 1} | fixed | given))  # type: ignore[arg-type]


def run(folder: Path, places: list[Place] | None, **given: object) -> RunSummary:
    """Refresh the store of this folder with the small features."""
    settings = make_settings(folder, **given)
    return refresh(settings, places, store=Store(settings.store), features=SMALL)


def told(snapshot: Snapshot) -> dict[str, pd.DataFrame]:
    """All tables that two refreshes of one input make alike, without their volatile columns."""
    stable = {
        name: [column.name for column in table.columns if not column.volatile]
        for name, table in TABLES.items()
        if name not in UNEQUAL
    }
    return {name: snapshot.table(name)[columns] for name, columns in stable.items()}


def assert_same(first: Path, second: Path) -> None:
    """Both folders' stores tell the same."""
    one, other = told(Store(first / "store").snapshot()), told(Store(second / "store").snapshot())
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[name], obj=name)


def find_lines(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Sentences that are paragraphs; fails on 'poison', and ends its worker on 'venom'."""
    if texts["text"].str.contains("poison").any():
        raise ValueError("poison")
    if texts["text"].str.contains("venom").any():
        os._exit(1)
    rows = [
        {"article_id": name, "sentence": n, "end": len(line), "paragraph": n, "role": "body"}
        for name, text in zip(texts["article_id"], texts["text"], strict=True)
        for n, line in enumerate(text.split("\n\n"))
    ]
    return make_rows("sentences", *rows) if rows else TABLES["sentences"].empty()


def group_days(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """A story a day of publication."""
    day = articles["published"].dt.strftime("%Y-%m-%d").fillna("undated")
    told = articles.assign(story_id=day)[["article_id", "story_id"]].to_dict("records")
    return make_rows("story_articles", *told) if told else TABLES["story_articles"].empty()


LINES = Feature(makes="sentences", needs=("articles", "texts"), compute=find_lines, scope="article")
GROUPS = Feature(makes="story_articles", needs=("articles", "sentences"), compute=group_days, scope="window")
SMALL = (LINES, GROUPS)
