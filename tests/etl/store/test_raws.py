"""Kept bytes: once each, in the order in which they were seen, and damage is named."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from etl.article import Raw
from etl.errors import UnusableInput
from etl.store.raws import keep_raw, raw_path, read_raws


def raw(content: bytes, minute: int = 0, item: str = "page") -> Raw:
    seen = datetime(2024, 6, 24, 7, minute, tzinfo=UTC)
    return Raw(content=content, item=item, source="feed x", seen=seen, hint=(("title", "T"),))


@given(contents=st.lists(st.binary(max_size=50), unique=True, max_size=5))
def test_what_is_kept_comes_back_as_it_was_seen(tmp_path_factory, contents: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("raws")
    raws = [raw(content, minute) for minute, content in enumerate(contents)]
    for one in reversed(raws):
        keep_raw(folder, one)
    assert list(read_raws(folder)) == raws


def test_the_same_bytes_are_kept_once_with_each_name(tmp_path: Path) -> None:
    for one in (raw(b"x"), raw(b"x", 5), raw(b"x", 7, "other")):
        keep_raw(tmp_path, one)
    assert len(list(tmp_path.glob("??/*.gz"))) == 1
    assert [(one.item, one.seen.minute) for one in read_raws(tmp_path)] == [("page", 0), ("other", 7)]


def test_damaged_bytes_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    for content in (b"x", b"y"):
        keep_raw(tmp_path, raw(content, item=content.decode()))
    raw_path(tmp_path, raw(b"x").snapshot).write_bytes(b"no gzip")
    found = {type(one) is Raw: one for one in read_raws(tmp_path)}
    assert isinstance(found[False], UnusableInput)
    assert found[True] == raw(b"y", item="y")


def test_a_damaged_description_is_named(tmp_path: Path) -> None:
    packed = keep_raw(tmp_path, raw(b"x"))
    next(packed.parent.glob("*.json")).write_text("{")
    assert [type(one).__name__ for one in read_raws(tmp_path)] == ["UnreadableInput"]
