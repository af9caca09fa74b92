"""Told: what a place has heard of, day by day, kept so that it hears of each thing once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.alerts.alert import Alert
from dashboard.alerts.told import FILE, Told, read_told, write_told
from dashboard.filters import Filter
from etl.errors import SettingsError

ALERT = Alert(watch="desk", kind="burst", subject="actor:ann", title="Ann", sentence="3 articles.", page="",
              first=date(2024, 6, 20), last=date(2024, 6, 22), opens=Filter())  # fmt: skip


@pytest.fixture
def told() -> Told:
    """One place that has heard of the alert."""
    made = Told()
    made.add(ALERT, "a.jsonl")
    return made


@pytest.mark.parametrize(("first", "is_new"), [(20, False), (22, False), (23, True), (19, False)])
def test_a_matter_is_new_when_it_begins_after_all_that_was_heard_of_it(
    told: Told, first: int, is_new: bool
) -> None:
    again = replace(ALERT, first=date(2024, 6, first), last=date(2024, 6, 25))
    assert told.is_new(again, "a.jsonl") == is_new


@pytest.mark.parametrize("changes", [{"watch": "other"}, {"kind": "story"}, {"subject": "actor:bob"}])
def test_another_watch_kind_or_subject_is_another_matter(told: Told, changes: dict[str, str]) -> None:
    assert told.is_new(replace(ALERT, **changes), "a.jsonl")


def test_other_words_for_it_are_the_same_matter_and_other_places_know_nothing(told: Told) -> None:
    assert not told.is_new(replace(ALERT, title="Ann!", sentence="4 articles.", page="story"), "a.jsonl")
    assert told.is_new(ALERT, "b.jsonl")


def test_an_older_end_takes_nothing_back(told: Told) -> None:
    told.add(replace(ALERT, last=date(2024, 6, 21)), "a.jsonl")
    assert not told.is_new(replace(ALERT, first=date(2024, 6, 22)), "a.jsonl")


def test_what_was_told_is_read_back_and_the_writing_leaves_nothing_beside(told: Told, tmp_path: Path) -> None:
    assert read_told(tmp_path) == Told()
    write_told(tmp_path, told)
    assert read_told(tmp_path) == told
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b"3", b'{"a": 3}', b'{"a": "b"}', b"\xff{}"])
def test_a_damaged_file_is_named_with_its_remedy(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / FILE).write_bytes(damaged)
    with pytest.raises(SettingsError, match=rf"{FILE}: is damaged; remove it"):
        read_told(tmp_path)


def test_parts_of_an_id_cannot_run_into_each_other() -> None:
    one, other = (replace(ALERT, watch=watch, kind=kind) for watch, kind in (("ab", "c"), ("a", "bc")))
    assert one.matter != other.matter
    assert replace(ALERT, first=date(2024, 6, 21)).alert_id != ALERT.alert_id


def test_a_link_of_the_overview_has_no_page_and_one_slash() -> None:
    link = ALERT.link("https://desk.example//", "own", 3)
    assert link == "https://desk.example/?room=own&as_of=3"
