"""The laws of a refresh: twice is once, halves are the whole, order, batches and workers do not matter."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import NewsPrismError, SettingsError, StoreBusy
from etl.extract import Place
from etl.pipeline import refresh
from etl.store import Store
from etl.transform.feature import Feature
from tests.etl.pipeline_room import LINES, SMALL, assert_same, make_settings, record, run, write_records


def snapshot_of(folder: Path):
    return Store(folder / "store").snapshot()


def test_a_refresh_fills_the_tables_and_counts(tmp_path: Path) -> None:
    place = write_records(tmp_path / "in.jsonl", map(record, range(7)))
    summary = run(tmp_path, [place], batch=3)
    assert (summary.status, summary.read, summary.new, summary.quarantined) == ("complete", 7, 7, 0)
    assert summary.version == 4
    snapshot = snapshot_of(tmp_path)
    assert len(snapshot.table("articles")) == len(snapshot.table("story_articles")) == 7
    assert len(snapshot.table("sentences")) == 21
    assert snapshot.table("outlets")["outlet"].tolist() == ["courier", "daily-signal"]
    assert snapshot.table("runs")[["status", "read", "new"]].to_numpy().tolist() == [["complete", 7, 7]]


def test_spans_begin_where_the_body_begins(tmp_path: Path) -> None:
    run(tmp_path, [write_records(tmp_path / "in.jsonl", [record(1, subtitle="All is well")])])
    text = snapshot_of(tmp_path).table("texts").iloc[0]
    assert text["text"][text["body_start"] :].startswith("The harbour reopened on Monday.")


def test_refreshing_twice_is_refreshing_once(tmp_path: Path) -> None:
    place = write_records(tmp_path / "in.jsonl", map(record, range(5)))
    run(tmp_path / "once", [place])
    run(tmp_path / "twice", [place])
    before = snapshot_of(tmp_path / "twice").manifest.tables
    again = run(tmp_path / "twice", [place])
    assert (again.new, again.changed, again.unchanged) == (0, 0, 5)
    assert_same(tmp_path / "once", tmp_path / "twice")
    after = snapshot_of(tmp_path / "twice").manifest.tables
    assert {name for name in before if before[name] != after[name]} == {"runs"}


@settings(max_examples=2, deadline=None)
@given(cut=st.integers(1, 7), batch=st.integers(1, 5), order=st.permutations(range(8)))
def test_two_halves_in_any_order_and_batches_are_the_whole(
    tmp_path_factory: pytest.TempPathFactory, cut: int, batch: int, order: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("halves")
    records = [record(number) for number in range(8)]
    shuffled = [records[number] for number in order]
    write_records(folder / "whole" / "in" / "all.jsonl", records)
    run(folder / "whole", [Place(kind="records", address=str(folder / "whole/in/all.jsonl"))])
    for part in (shuffled[:cut], shuffled[cut:]):
        run(folder / "halves", [write_records(folder / "halves" / "in" / "all.jsonl", part)], batch=batch)
    one, other = (snapshot_of(folder / name).table("story_articles") for name in ("whole", "halves"))
    pd.testing.assert_frame_equal(one, other)
    for name in ("texts", "sentences", "outlets"):
        pd.testing.assert_frame_equal(
            snapshot_of(folder / "whole").table(name), snapshot_of(folder / "halves").table(name)
        )


def test_two_workers_make_what_one_makes(tmp_path: Path) -> None:
    place = write_records(tmp_path / "in.jsonl", map(record, range(60)))
    run(tmp_path / "one", [place])
    run(tmp_path / "two", [place], workers=2)
    assert_same(tmp_path / "one", tmp_path / "two")


def test_a_changed_article_becomes_a_revision(tmp_path: Path) -> None:
    run(tmp_path, [write_records(tmp_path / "in.jsonl", [record(1), record(2)])])
    changed = record(1, text="The harbour reopened on Monday.\n\nShip1 left at noon.")
    summary = run(tmp_path, [write_records(tmp_path / "in.jsonl", [changed, record(2)])])
    assert (summary.new, summary.changed, summary.unchanged) == (0, 1, 1)
    revisions = snapshot_of(tmp_path).table("revisions")
    row = revisions[revisions["revision"] == 1].iloc[0]
    assert (row["words_added"], row["words_removed"]) == (1, 4)  # noon.; dawn with 1 sailors.
    assert snapshot_of(tmp_path).table("articles")["revision"].sum() == 1
    assert len(snapshot_of(tmp_path).table("articles")) == 2


def test_other_metadata_is_taken_over_without_a_revision(tmp_path: Path) -> None:
    run(tmp_path, [write_records(tmp_path / "in.jsonl", [record(1)])])
    moved = record(1, published="2025-02-01T10:00:00Z")
    assert run(tmp_path, [write_records(tmp_path / "in.jsonl", [moved])]).changed == 1
    article = snapshot_of(tmp_path).table("articles").iloc[0]
    assert (article["revision"], str(article["published"])) == (0, "2025-02-01 10:00:00+00:00")
    assert len(snapshot_of(tmp_path).table("sentences")) == 3


def test_what_is_unchanged_is_not_computed_again(tmp_path: Path) -> None:
    computed: list[str] = []

    def watch(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
        computed.extend(articles["title"])
        return LINES.compute(articles, texts)

    watched = Feature(makes="sentences", needs=("articles", "texts"), compute=watch, scope="article")
    store = Store(tmp_path / "store")
    for records in ([record(1)], [record(1), record(2)]):
        place = write_records(tmp_path / "in.jsonl", records)
        refresh(make_settings(tmp_path), [place], store=store, features=[watched])
    assert [title.split()[2] for title in computed] == ["1", "2"]


def test_a_deleted_store_comes_back_from_the_kept_bytes(tmp_path: Path) -> None:
    first = [record(n) for n in range(5)]
    run(tmp_path, [write_records(tmp_path / "in.jsonl", first)])
    changed = [record(0, title="Another harbour closes for good"), *first[1:], record(9)]
    run(tmp_path, [write_records(tmp_path / "in.jsonl", changed)])
    shutil.copytree(tmp_path, tmp_path.with_name("kept"))
    shutil.rmtree(tmp_path / "store")
    run(tmp_path, None, batch=2)
    assert_same(tmp_path, tmp_path.with_name("kept"))
    run(tmp_path, None)
    assert_same(tmp_path, tmp_path.with_name("kept"))


@pytest.mark.parametrize(("word", "workers"), [("poison", 1), ("poison", 2), ("venom", 2)])
def test_one_bad_article_costs_nothing_but_itself(tmp_path: Path, word: str, workers: int) -> None:
    records = [record(n) for n in range(30)] + [
        record(30, text=f"This is {word} for the worker that reads it.")
    ]
    summary = run(tmp_path, [write_records(tmp_path / "in.jsonl", records)], workers=workers)
    assert (summary.status, summary.quarantined) == ("partial", 1)
    assert len(snapshot_of(tmp_path).table("articles")) == 30
    refused = snapshot_of(tmp_path).table("quarantine").iloc[0]
    assert (refused["stage"], refused["url"]) == ("transform", "https://courier.example/30")


def test_inputs_that_cannot_be_used_are_named_and_the_rest_is_unharmed(tmp_path: Path) -> None:
    place = write_records(tmp_path / "in.jsonl", [record(1)])
    (tmp_path / "empty.txt").write_text("")
    missing = Place(kind="files", address=str(tmp_path / "none.txt"))
    empty = Place(kind="files", address=str(tmp_path / "empty.txt"))
    summary = run(tmp_path, [missing, empty, place])
    assert (summary.status, summary.quarantined, summary.new) == ("partial", 2, 1)
    quarantine = snapshot_of(tmp_path).table("quarantine")
    assert quarantine["stage"].tolist() == ["extract", "extract"]
    assert all(quarantine["reason"]) and all(quarantine["remedy"])


def test_a_row_that_stands_twice_counts_once(tmp_path: Path) -> None:
    longer = record(1, text=str(record(1)["text"]) + "\n\nOne more paragraph was added below the rest.")
    place = write_records(tmp_path / "in.jsonl", [record(1), longer, longer])
    summary = run(tmp_path, [place])
    assert (summary.new, summary.unchanged, summary.quarantined) == (1, 1, 1)
    assert len(snapshot_of(tmp_path).table("sentences")) == 4
    assert run(tmp_path, [place]).changed == 0


def test_a_window_feature_that_fails_leaves_the_last_good_version(tmp_path: Path) -> None:
    def fail(articles: pd.DataFrame) -> pd.DataFrame:
        raise KeyError("stories")

    broken = Feature(makes="stories", needs=("articles",), compute=fail, scope="window")
    place = write_records(tmp_path / "in.jsonl", [record(1)])
    run(tmp_path, [place])
    place = write_records(tmp_path / "in.jsonl", [record(2)])
    with pytest.raises(NewsPrismError, match="grouping 2 articles failed"):
        refresh(make_settings(tmp_path), [place], store=Store(tmp_path / "store"), features=[broken])
    assert len(snapshot_of(tmp_path).table("articles")) == 1
    assert snapshot_of(tmp_path).table("runs")["status"].value_counts().to_dict() == {
        "complete": 1,
        "failed": 1,
    }
    assert json.loads((tmp_path / "store" / "progress.json").read_text())["stage"] == "failed"


def test_a_run_that_was_killed_is_closed_by_the_next(tmp_path: Path) -> None:
    run(tmp_path, [write_records(tmp_path / "in.jsonl", [record(1)])])
    store = Store(tmp_path / "store")
    runs = store.snapshot().table("runs")
    store.commit("killed", upserts={"runs": runs.assign(status="running")})
    run(tmp_path, [])
    assert sorted(store.snapshot().table("runs")["status"]) == ["complete", "failed"]


def test_a_second_refresh_leaves_the_first_alone(tmp_path: Path) -> None:
    with Store(tmp_path / "store").lock(), pytest.raises(StoreBusy):
        run(tmp_path, [])


def test_a_cluster_without_its_library_says_what_to_install(tmp_path: Path) -> None:
    place = write_records(tmp_path / "in.jsonl", [record(1)])
    with pytest.raises(SettingsError, match="pip install distributed"):
        run(tmp_path, [place], cluster="tcp://127.0.0.1:1")


def test_progress_ends_with_done_and_all_inputs(tmp_path: Path) -> None:
    run(tmp_path, [write_records(tmp_path / "in.jsonl", map(record, range(4)))])
    told = json.loads((tmp_path / "store" / "progress.json").read_text())
    assert (told["stage"], told["done"], told["total"]) == ("done", 4, 4)


def test_a_day_of_which_an_archive_holds_anything_is_observed(tmp_path: Path) -> None:
    other = record(5, published="2024-06-26T08:00:00Z")
    records = [*map(record, (0, 2, 4)), other, record(7)]
    run(tmp_path, [write_records(tmp_path / "in.jsonl", records)], outlets=tmp_path / "outlets.toml")
    observed = snapshot_of(tmp_path).table("observations")
    days = observed[observed["outlet"] == "courier"].set_index("day")
    assert days.loc["2024-06-24", ["checks", "items", "status"]].tolist() == [1, 1, "observed"]
    assert days.loc["2024-06-26", ["items", "status"]].tolist() == [0, "observed"]
    assert days.loc["2024-06-27", "status"] == days.loc["2024-06-28", "status"] == "not_watched"
    assert pd.Timestamp("2024-06-29") not in days.index


def test_small_features_are_what_the_tests_run() -> None:
    assert [feature.scope for feature in SMALL] == ["article", "window"]
