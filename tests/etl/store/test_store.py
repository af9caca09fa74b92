"""The store: commits that change everything or nothing, and versions that stay readable."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import ContractBroken, EmptyStore, StoreBusy, StoreError
from etl.schema import TABLES
from etl.store import Store
from tests.builders import article_number, make_article, make_article_rows, make_rows, make_store


def test_an_empty_folder_has_no_version(tmp_path: Path) -> None:
    with pytest.raises(EmptyStore, match="newsprism refresh"):
        Store(tmp_path / "none").snapshot()
    assert Store(tmp_path / "none").versions() == []


def test_all_tables_exist_from_the_first_commit_with_their_dtypes(tmp_path: Path) -> None:
    snapshot = make_store(tmp_path).snapshot()
    for name, table in TABLES.items():
        if name != "runs":
            pd.testing.assert_frame_equal(snapshot.table(name), table.empty())
            assert snapshot.sql(f"SELECT * FROM {name}").empty  # noqa: S608


def test_what_was_committed_is_read_back_in_the_dtypes_of_the_contract(tmp_path: Path) -> None:
    rows = make_article_rows(make_article(), make_article(item="undated", published=make_article().published))
    quotes = make_rows("quotes", {"article_id": rows["articles"]["article_id"][0], "start": 3, "end": 9})
    snapshot = make_store(tmp_path, **rows, quotes=quotes).snapshot()
    for name, frame in {**rows, "quotes": quotes}.items():
        pd.testing.assert_frame_equal(snapshot.table(name), TABLES[name].conform(frame))


def test_some_columns_are_read_alone(tmp_path: Path) -> None:
    snapshot = make_store(tmp_path, **make_article_rows(make_article())).snapshot()
    assert list(snapshot.table("articles", ["title", "outlet"])) == ["outlet", "title"]


def test_an_article_is_replaced_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    first = make_article_rows(make_article())
    tones = make_rows("tones", *({"article_id": make_article().article_id, "sentence": n} for n in range(3)))
    store = make_store(tmp_path, **first, tones=tones)
    store.commit("again", upserts=make_article_rows(make_article(title="New")) | {"tones": tones.head(1)})
    assert len(store.snapshot().table("tones")) == 1
    assert store.snapshot().table("articles")["title"].tolist() == ["New"]


def test_an_article_that_moves_to_another_month_leaves_its_old_month(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(make_article(), article_number(1)))
    store.commit("again", upserts=make_article_rows(make_article(published="2025-01-02T10:00")))
    assert len(store.snapshot().table("articles")) == len(store.snapshot().table("texts")) == 2
    months = store.snapshot().sql("SELECT month FROM texts ORDER BY month")["month"]
    assert months.tolist() == ["2024-06", "2025-01"]


def test_undated_articles_lie_in_a_part_of_their_own(tmp_path: Path) -> None:
    store = make_store(tmp_path, tones=make_rows("tones", {"article_id": "a"}))
    assert store.snapshot().sql("SELECT month FROM tones")["month"].tolist() == ["undated"]


def test_rows_of_one_table_replace_those_of_the_articles_they_name(tmp_path: Path) -> None:
    tones = make_rows("tones", {"article_id": "a"}, {"article_id": "a", "sentence": 1}, {"article_id": "b"})
    store = make_store(tmp_path, tones=tones)
    store.commit("again", upserts={"tones": make_rows("tones", {"article_id": "a", "words": 7})})
    after = store.snapshot().table("tones")
    assert after[["article_id", "words"]].to_numpy().tolist() == [["a", 7], ["b", 0]]


def test_deleted_articles_go_with_their_rows(tmp_path: Path) -> None:
    store = make_store(tmp_path, tones=make_rows("tones", {"article_id": "a"}, {"article_id": "b"}))
    store.commit("again", deleted=["a"])
    assert store.snapshot().table("tones")["article_id"].tolist() == ["b"]
    assert store.snapshot().table("articles")["article_id"].tolist() == ["b"]


def test_rows_without_the_article_they_name_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    with pytest.raises(ContractBroken, match="ghost is no article"):
        store.commit("again", upserts={"tones": make_rows("tones", {"article_id": "ghost"})})
    assert store.versions() == [1]


def test_a_value_that_would_be_cut_off_is_refused(tmp_path: Path) -> None:
    noon = make_rows("observations", {"outlet": "x", "day": pd.Timestamp("2024-06-24 12:00")})
    with pytest.raises(ContractBroken, match="observations"):
        make_store(tmp_path, observations=noon)


def test_a_table_that_stays_equal_keeps_its_delta_version(tmp_path: Path) -> None:
    outlets = make_rows("outlets", {"outlet": "x"})
    store = make_store(tmp_path, outlets=outlets, tones=make_rows("tones", {"article_id": "a"}))
    before = store.snapshot().manifest.tables
    store.commit("again", replaced={"outlets": outlets}, upserts={"runs": make_rows("runs", {"run_id": "2"})})
    after = store.snapshot().manifest.tables
    assert {name for name in TABLES if before[name] != after[name]} == {"runs"}


def test_a_commit_that_changes_nothing_makes_no_version(tmp_path: Path) -> None:
    rows = make_article_rows(article_number(1), article_number(2))
    store = make_store(tmp_path, **rows)
    assert store.commit("again", upserts=rows) == 1
    assert store.versions() == [1]


def test_tables_given_whole_replace_all_rows(tmp_path: Path) -> None:
    rows = make_article_rows(article_number(1), article_number(2))
    ids = rows["articles"]["article_id"]
    grouped = make_rows(
        "story_articles", *({"article_id": x, "story_id": "s", "similarity": 1.0} for x in ids)
    )
    store = make_store(tmp_path, **rows, story_articles=grouped)
    store.commit("again", replaced={"story_articles": grouped.head(1)})
    pd.testing.assert_frame_equal(store.snapshot().table("story_articles"), grouped.head(1))


def test_older_versions_stay_readable(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(make_article()))
    store.commit("again", upserts=make_article_rows(make_article(title="New")))
    assert store.snapshot(1).table("articles")["title"].tolist() == ["Harbour reopens after storm"]
    assert store.versions() == [1, 2]
    with pytest.raises(StoreError, match="no version 3"):
        store.snapshot(3)


def test_what_a_killed_writer_left_behind_is_ignored_and_undone(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(article_number(1)))
    published = {name: (tmp_path / name).read_bytes() for name in ("current.json", "versions/000001.json")}
    store.commit("killed", upserts=make_article_rows(article_number(2)))
    (tmp_path / "current.json").write_bytes(published["current.json"])
    assert store.snapshot().table("articles")["title"].tolist() == ["Story 1"]
    store.commit("again", upserts=make_article_rows(article_number(3)))
    assert sorted(store.snapshot().table("articles")["title"]) == ["Story 1", "Story 3"]


def test_what_a_killed_first_commit_left_behind_is_undone(tmp_path: Path) -> None:
    make_store(tmp_path, **make_article_rows(article_number(1)))
    (tmp_path / "current.json").unlink()
    store = make_store(tmp_path, **make_article_rows(article_number(2)))
    assert store.snapshot().table("articles")["title"].tolist() == ["Story 2"]


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    with store.lock(), pytest.raises(StoreBusy, match=r"refreshed by process \d+ on .* \(since \d+ s\)"):
        Store(tmp_path).commit("second")
    assert Store(tmp_path).commit("later") == 1


def test_the_lock_of_a_dead_process_is_free(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from etl.store import Store\n"
        "with Store(Path(sys.argv[1])).lock(): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == 9
    with Store(tmp_path).lock():
        pass


def test_a_store_of_another_contract_says_how_to_make_it_again(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    current = tmp_path / "current.json"
    current.write_text(current.read_text().replace(store.snapshot().manifest.contract, "older"))
    with pytest.raises(StoreError, match="--from-snapshots"):
        store.snapshot()


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    (tmp_path / "current.json").write_text("{")
    with pytest.raises(StoreError, match=r"current\.json is damaged"):
        store.snapshot()


def test_a_table_that_was_removed_is_named(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for log in (tmp_path / "tones" / "_delta_log").iterdir():
        log.unlink()
    with pytest.raises(StoreError, match="tones has no version 0"):
        store.snapshot().table("tones")


def test_tidying_keeps_all_that_is_younger_than_a_week(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(article_number(1)))
    store.commit("again", upserts=make_article_rows(article_number(1, title="New")))
    assert store.tidy() == 0
    assert len(store.snapshot(1).table("articles")) == 1
    store.commit("later", upserts=make_article_rows(article_number(2)))
    assert len(store.snapshot().table("articles")) == 2


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sets(st.integers(0, 8), min_size=1), min_size=1, max_size=4))
def test_commits_of_parts_make_the_tables_of_one_commit(
    parts: list[set[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store(tmp_path_factory.mktemp("parts"))
    for part in parts:
        store.commit("run", upserts=make_article_rows(*(article_number(n) for n in part)))
    whole = make_article_rows(*(article_number(n) for n in set().union(*parts)))
    for name, frame in whole.items():
        pd.testing.assert_frame_equal(store.snapshot().table(name), frame)
