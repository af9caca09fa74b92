"""Search: what the words find, and that the index keeps up with the store."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from etl.store import Snapshot, Store
from etl.store.search import indexed_version
from tests.builders import make_article, make_article_rows, make_store

SUMMIT = make_article(
    item="1", title="Summit in Pyongyang", body=("Kim meets Putin. Ironclad support, he said.",)
)
ERDOGAN = make_article(
    item="2", title="Erdoğan: no", body=("Nothing about Kim.",), published="2024-07-02T10:00"
)
FOREIGN = make_article(item="3", title="Путин в КНДР", body=("Визит.",), language="ru", outlet="RBC-Ukraine")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("made"), **make_article_rows(SUMMIT, ERDOGAN, FOREIGN)).folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Store:
    return Store(shutil.copytree(made, tmp_path / "store"))


def titles(snapshot: Snapshot, words: str) -> list[str]:
    ids = snapshot.search(words)["article_id"]
    return snapshot.table("articles").set_index("article_id").loc[ids, "title"].tolist()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("putin", [SUMMIT]),
        ("KIM PUTIN", [SUMMIT]),
        ("putin OR nothing", [SUMMIT, ERDOGAN]),
        ("kim AND NOT putin", [ERDOGAN]),
        ("kim NOT putin", [ERDOGAN]),
        ("kim -putin", [ERDOGAN]),
        ('NOT "meets Putin" AND title:erdogan', [ERDOGAN]),
        ('"NOT putin"', []),
        ('"ironclad support"', [SUMMIT]),
        ('"support ironclad"', []),
        ("title:kim", []),
        ("erdogan", [ERDOGAN]),
        ("путин", [FOREIGN]),
        ('outlet:"RBC-Ukraine"', [FOREIGN]),
        ("language:ru", [FOREIGN]),
        ("day:[2024-07-01 TO 2024-07-31]", [ERDOGAN]),
        ("zeppelin", []),
        ("", []),
    ],
)
def test_words_find_articles(store: Store, words: str, found: list[object]) -> None:
    assert sorted(titles(store.snapshot(), words)) == sorted(article.title for article in found)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "words", ['"putin', "putin AND (", "nofield:x putin", "putin AND", "NOT", ":", "[", "^~*"]
)
def test_bad_syntax_is_read_leniently(store: Store, words: str) -> None:
    assert set(titles(store.snapshot(), words)) <= {article.title for article in (SUMMIT, ERDOGAN, FOREIGN)}


def test_an_unclosed_quotation_mark_still_finds(store: Store) -> None:
    assert titles(store.snapshot(), '"putin') == [SUMMIT.title]


def test_the_best_hit_comes_first_and_the_limit_holds(store: Store) -> None:
    hits = store.snapshot().search("kim", limit=1)
    assert hits["article_id"].tolist() == [SUMMIT.article_id] or hits["score"][0] > 0
    assert len(hits) == 1


def test_a_changed_article_is_found_by_its_new_words_only(store: Store) -> None:
    store.commit(
        "again", upserts=make_article_rows(make_article(item="1", title="Talks", body=("Kim waits.",)))
    )
    assert titles(store.snapshot(), "ironclad") == []
    assert titles(store.snapshot(), "waits") == ["Talks"]


def test_a_deleted_article_is_not_found(store: Store) -> None:
    store.commit("again", deleted=[SUMMIT.article_id])
    assert titles(store.snapshot(), "putin") == []


def test_an_older_snapshot_finds_none_of_the_newer_articles(store: Store) -> None:
    old = store.snapshot()
    store.commit("again", upserts=make_article_rows(make_article(item="4", title="Putin again")))
    assert titles(old, "putin") == [SUMMIT.title]


def test_an_index_that_was_lost_is_made_again(store: Store) -> None:
    shutil.rmtree(store.folder / "search")
    assert titles(store.snapshot(), "putin") == [SUMMIT.title]


def test_an_index_that_fell_behind_is_caught_up(store: Store) -> None:
    kept = store.folder.with_name("kept")
    shutil.copytree(store.folder / "search", kept)
    store.commit("again", upserts=make_article_rows(make_article(item="4", title="Putin again")), deleted=[])
    store.commit("again", deleted=[SUMMIT.article_id])
    shutil.rmtree(store.folder / "search")
    shutil.move(kept, store.folder / "search")
    assert titles(store.snapshot(), "putin") == ["Putin again"]
    assert indexed_version(store.folder) == 3


def test_an_index_whose_versions_are_gone_is_made_again(store: Store) -> None:
    store.commit("again", deleted=[ERDOGAN.article_id])
    (store.folder / "versions" / "000001.json").unlink()
    (store.folder / "search" / "version.json").write_text(json.dumps({"version": 1, "shape": 2}))
    assert titles(store.snapshot(), "kim") == [SUMMIT.title]


def test_while_a_refresh_is_at_work_the_index_is_searched_as_it_is(store: Store) -> None:
    (store.folder / "search" / "version.json").unlink()
    with Store(store.folder).lock():
        assert titles(store.snapshot(), "putin") == [SUMMIT.title]
