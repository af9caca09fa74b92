"""Kept: what depends on a version alone is made once and read by SQL, whichever thread asks first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from etl.store import Snapshot
from tests.builders import article_number, make_article_rows, make_store

MADE = "SELECT article_id, random() AS drawn FROM articles"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("kept")
    return make_store(folder, **make_article_rows(*(article_number(n) for n in range(3)))).snapshot()


def test_a_kept_table_is_made_once(snapshot: Snapshot) -> None:
    snapshot.keep("once", MADE)
    first = snapshot.sql("SELECT * FROM once ORDER BY article_id")
    snapshot.keep("once", MADE)
    assert snapshot.sql("SELECT * FROM once ORDER BY article_id").equals(first) and len(first) == 3


def test_what_is_kept_is_not_even_planned_again(snapshot: Snapshot) -> None:
    snapshot.keep("planned", MADE)
    snapshot.keep("planned", "SELECT nothing FROM nowhere")
    assert len(snapshot.sql("SELECT drawn FROM planned")) == 3


def test_a_table_that_cannot_be_made_is_asked_for_again(snapshot: Snapshot) -> None:
    with pytest.raises(duckdb.CatalogException):
        snapshot.keep("late", "SELECT nothing FROM nowhere")
    snapshot.keep("late", MADE)
    assert len(snapshot.sql("SELECT drawn FROM late")) == 3


def test_threads_that_ask_at_once_read_the_same_table(snapshot: Snapshot) -> None:
    def ask(_: int) -> float:
        snapshot.keep("shared", MADE)
        return float(snapshot.sql("SELECT sum(drawn) AS total FROM shared")["total"].iloc[0])

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
