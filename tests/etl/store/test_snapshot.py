"""A snapshot by SQL: types, times, threads, and a version that stays what it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from etl.article import Published
from tests.builders import article_number, make_article, make_article_rows, make_rows, make_store


def test_times_come_as_naive_utc_and_days_as_midnights(tmp_path: Path) -> None:
    observed = make_rows("observations", {"outlet": "x"})
    snapshot = make_store(tmp_path, **make_article_rows(make_article()), observations=observed).snapshot()
    answer = snapshot.sql("SELECT published, CAST(published AS DATE) AS day, title FROM articles")
    assert answer.dtypes.astype(str).tolist() == ["datetime64[us]", "datetime64[us]", "str"]
    assert str(answer["published"][0]) == "2024-06-24 07:18:00"
    assert str(snapshot.sql("SELECT day FROM observations")["day"][0]) == "2024-06-24 00:00:00"


def test_parameters_are_bound(tmp_path: Path) -> None:
    snapshot = make_store(tmp_path, **make_article_rows(article_number(1), article_number(2))).snapshot()
    assert len(snapshot.sql("SELECT * FROM articles WHERE title = ?", ["Story 2"])) == 1


def test_a_folder_with_odd_characters_is_read(tmp_path: Path) -> None:
    snapshot = make_store(
        tmp_path / "it's ours, März=1 (100 %)", **make_article_rows(article_number(1))
    ).snapshot()
    assert len(snapshot.sql("SELECT month FROM articles")) == len(snapshot.table("articles")) == 1


def test_the_months_since_a_version_are_those_that_a_commit_touched(tmp_path: Path) -> None:
    june, july = make_article(item="1"), make_article(item="2", published="2024-07-05T08:00")
    none = make_article(item="3", published=Published(at=None, precision="none", origin="none"))
    store = make_store(tmp_path, **make_article_rows(june, july, none))
    first = store.snapshot()
    store.commit("second", upserts=make_article_rows(make_article(item="2", published="2024-08-01T08:00")))
    store.commit("third", upserts=make_article_rows(replace(none, title="Another")))
    second, third = store.snapshot(2), store.snapshot()
    assert (
        second.months_since(first, "articles")
        == first.months_since(second, "articles")
        == ["2024-07", "2024-08"]
    )
    assert third.months_since(second, "texts") == ["undated"] and third.months_since(third, "articles") == []


def test_threads_share_a_snapshot(tmp_path: Path) -> None:
    snapshot = make_store(tmp_path, **make_article_rows(*(article_number(n) for n in range(6)))).snapshot()
    query = "SELECT ? + count(*) AS n FROM articles"
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda n: snapshot.sql(query, [n])["n"][0], range(40)))
    assert counts == [n + 6 for n in range(40)]


def test_a_snapshot_stays_what_it_is_while_the_store_goes_on(tmp_path: Path) -> None:
    store = make_store(tmp_path, **make_article_rows(article_number(1)))
    snapshot = store.snapshot()
    store.commit("again", upserts=make_article_rows(article_number(2)))
    assert len(snapshot.table("articles")) == len(snapshot.sql("SELECT * FROM articles")) == 1


def test_a_version_knows_its_run_and_its_time(tmp_path: Path) -> None:
    snapshot = make_store(tmp_path).snapshot()
    assert (snapshot.version, snapshot.run) == (1, "run")
    assert str(snapshot.made.tz) == "UTC"


@pytest.mark.parametrize("kept", [("2024-06", 2), ("2024-07", 1)])
def test_a_month_can_be_named(tmp_path: Path, kept: tuple[str, int]) -> None:
    snapshot = make_store(tmp_path, **make_article_rows(*(article_number(n) for n in range(3)))).snapshot()
    assert len(snapshot.sql("SELECT * FROM texts WHERE month = ?", kept[:1])) == kept[1]
