"""A demonstration newsroom is whole when this program loaded this corpus to its end, and nothing since."""

import json
from pathlib import Path

import pytest

from etl.pipeline.whole import MARK, is_whole, mark_whole, sum_folder
from tests.builders import make_article, make_article_rows, make_store


@pytest.fixture
def room(tmp_path: Path) -> Path:
    store = make_store(tmp_path / "room", **make_article_rows(make_article()))
    mark_whole(store.folder, "corpus")
    return store.folder


def test_a_loaded_corpus_is_whole(room: Path) -> None:
    assert is_whole(room, "corpus")


def test_another_corpus_is_not(room: Path) -> None:
    assert not is_whole(room, "another corpus")


def test_another_program_is_not(room: Path) -> None:
    told = json.loads((room / MARK).read_text())
    (room / MARK).write_text(json.dumps({**told, "program": "0.0.1"}))
    assert not is_whole(room, "corpus")


def test_a_store_that_moved_on_is_not(room: Path) -> None:
    told = json.loads((room / MARK).read_text())
    (room / MARK).write_text(json.dumps({**told, "version": told["version"] - 1}))
    assert not is_whole(room, "corpus")


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_an_unreadable_mark_is_none(room: Path, text: str) -> None:
    (room / MARK).write_text(text)
    assert not is_whole(room, "corpus")


def test_a_newsroom_that_is_not_there_is_not_whole(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "none", "corpus")


def test_the_sum_of_a_folder_changes_with_a_byte_and_with_a_name(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.txt"
    file.parent.mkdir()
    file.write_text("one")
    first = sum_folder(tmp_path)
    assert sum_folder(tmp_path) == first
    file.write_text("two")
    second = sum_folder(tmp_path)
    file.rename(file.with_name("b.txt"))
    assert len({first, second, sum_folder(tmp_path)}) == 3
