"""Original texts in a refresh: taken in once, made again from the kept bytes, gone when removed, never coverage."""

import re

import pandas as pd
import pytest

from etl.extract.fetch import Fetcher
from etl.extract.primaries import keep_primary, primaries_folder, read_primary, remove_primary
from etl.pipeline import refresh
from etl.store import Store
from etl.transform.feature import Feature
from etl.transform.primaries import PRIMARY_QUOTES
from tests.builders import make_rows
from tests.etl.pipeline_room import LINES, group_days, make_settings, record, told, write_records

SAID = "We will defend the harbour and every ship in the yards until the long winter ends"
SPOKEN = f"Words to the council\n\nFriends, thank you for coming. {SAID}.\n\nNobody asked the fishermen of this town.\n"
OWN = {"primaries", "primary_quotes"}


def find_said(texts: pd.DataFrame) -> pd.DataFrame:
    """What stands inside straight quotation marks."""
    rows = [
        {"article_id": name, "start": found.start(1), "end": found.end(1), "kind": "direct"}
        for name, text in zip(texts["article_id"], texts["text"], strict=True)
        for found in re.finditer('"(.+?)"', text)
    ]
    return make_rows("quotes", *rows)


def refuse(*frames: pd.DataFrame) -> pd.DataFrame:
    """Fails the test that computes it."""
    raise AssertionError("nothing but the original texts was to be computed")


QUOTED = Feature(makes="quotes", needs=("texts",), compute=find_said, scope="article")
DAYS = Feature(makes="story_articles", needs=("articles", "sentences"), compute=group_days, scope="window")
FEATURES = (LINES, QUOTED, DAYS, PRIMARY_QUOTES)
NEVER = Feature(makes="story_articles", needs=("articles", "sentences"), compute=refuse, scope="window")


@pytest.fixture
def room(tmp_path):
    """A store of six articles, three of which quote the words."""
    rows = [
        record(n, text=f'The mayor spoke on Monday.\n\n"{SAID[: 50 + 5 * n]}," she said.') for n in range(3)
    ]
    rows += [record(n) for n in range(3, 6)]
    load(tmp_path, [write_records(tmp_path / "in.jsonl", rows)])
    return tmp_path


def load(folder, places, features=FEATURES):
    settings = make_settings(folder)
    refresh(settings, places, store=Store(settings.store), features=features)
    return Store(settings.store).snapshot()


def add(folder, text=SPOKEN, name="speech.txt"):
    (folder / name).write_text(text)
    settings = make_settings(folder)
    with Fetcher(settings) as fetcher:
        return keep_primary(primaries_folder(settings.snapshots), read_primary(str(folder / name), fetcher))


def test_an_original_is_compared_and_nothing_else_is_computed(room):
    before = told(Store(room / "store").snapshot())
    primary = add(room)
    after = load(room, [], (NEVER, PRIMARY_QUOTES))
    assert after.table("primaries")["primary_id"].tolist() == [primary.primary_id]
    assert after.table("primary_quotes")["article_id"].nunique() == 3
    for name, frame in told(after).items():
        if name not in OWN:
            pd.testing.assert_frame_equal(frame, before[name], obj=name)


def test_a_second_refresh_changes_nothing(room):
    add(room)
    first = told(load(room, []))
    version = load(room, [], (NEVER, PRIMARY_QUOTES)).manifest.tables["primary_quotes"]
    again = load(room, [], (NEVER, PRIMARY_QUOTES))
    assert again.manifest.tables["primary_quotes"] == version
    for name, frame in told(again).items():
        pd.testing.assert_frame_equal(frame, first[name], obj=name)


def test_a_store_made_anew_has_it_and_one_made_in_another_order_too(room):
    add(room)
    rows = load(room, []).table("primary_quotes")
    settings = make_settings(room)
    again = settings.model_copy(update={"store": room / "again"})
    refresh(again, None, store=Store(again.store), features=FEATURES)
    pd.testing.assert_frame_equal(Store(again.store).snapshot().table("primary_quotes"), rows)


def test_what_is_removed_leaves_no_row(room):
    primary = add(room)
    assert len(load(room, []).table("primary_quotes")) == 3
    remove_primary(primaries_folder(make_settings(room).snapshots), primary.primary_id)
    after = load(room, [], (NEVER, PRIMARY_QUOTES))
    assert after.table("primaries").empty and after.table("primary_quotes").empty


def test_new_articles_are_compared_with_what_is_there(room):
    add(room)
    load(room, [])
    row = record(9, text=f'She said it again.\n\n"{SAID}," she said.', published="2024-07-09T08:00:00Z")
    after = load(room, [write_records(room / "more.jsonl", [row])])
    assert after.table("primary_quotes")["article_id"].nunique() == 4


def test_a_damaged_original_is_quarantined_and_the_rest_goes_on(room):
    add(room)
    kept = primaries_folder(make_settings(room).snapshots)
    next(kept.rglob("*.gz")).write_bytes(b"")
    after = load(room, [])
    row = after.table("quarantine").iloc[-1]
    assert row["source"] == "primaries" and "damaged" in row["reason"]
    assert len(after.table("articles")) == 6 and after.table("primaries").empty
