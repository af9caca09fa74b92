"""alerts.toml: what it may say, and how a mistake in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.alerts import read_watches
from dashboard.alerts.watches import DAYS, KINDS, Watch
from dashboard.filters import Filter
from etl.errors import SettingsError


def read(folder: Path, text: str) -> tuple[Watch, ...]:
    (folder / "alerts.toml").write_text(text, encoding="utf-8")
    return read_watches(folder / "alerts.toml")


def test_without_a_file_nothing_is_watched(tmp_path: Path) -> None:
    assert read_watches(tmp_path / "none.toml") == ()


def test_a_name_is_enough(tmp_path: Path) -> None:
    assert read(tmp_path, '[[watch]]\nname = "All"') == (
        Watch(name="All", when=KINDS, chosen=Filter(), days=DAYS, to=()),
    )


def test_days_reach_from_one_to_a_leap_year_and_each_place_may_be_named_twice(tmp_path: Path) -> None:
    text = '[[watch]]\nname = "{0}"\ndays = {1}\nto = ["a.jsonl", "$HOOK"]\nfilter = "unit=articles"\n'
    short, long = read(tmp_path, text.format("A", 1) + text.format("B", 366))
    assert (short.days, long.days, short.to, long.chosen) == (1, 366, ("a.jsonl", "$HOOK"), Filter())


def test_a_filter_is_what_stands_in_the_address_and_its_days_are_the_watchs(tmp_path: Path) -> None:
    text = (
        '[[watch]]\nname = "A"\nfilter = "?words=port+strike&outlets=a~b&start=2024-01-01&room=own&as_of=3"'
    )
    assert read(tmp_path, text)[0].chosen == Filter(words="port strike", outlets=("a", "b"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[watch", "is no TOML"),
        ("[[watch]]\ndays = 3", "has no name"),
        ('[[watch]]\nname = "A"\nwen = []', "unknown key wen"),
        ('[[watch]]\nname = "A"\nwhen = ["bursts"]', "cannot watch bursts"),
        ('[[watch]]\nname = "A"\nto = "a.jsonl"', "to is no list of texts"),
        ('[[watch]]\nname = "A"\ndays = 0', "days = 0"),
        ('[[watch]]\nname = "A"\nfilter = "wrods=strike"', "filter: wrods says nothing"),
        ('[[watch]]\nname = "A"\nfilter = "unit=words"', "filter: unit says nothing"),
        ('[[watch]]\nname = "A"\nfilter = 3', "filter: it says nothing"),
        ('[[watch]]\nname = "A"\n[[watch]]\nname = " A "', "a name twice"),
        ('[watch]\nname = "A"', r"no \[\[watch\]\]; begin each block with \[\[watch\]\]"),
        ('watch = ["A"]', "a block that is no"),
        ('[[watch]]\nname = " "', "has no name"),
        ('[[watch]]\nname = "A"\ndays = 367', "days = 367"),
        ('[[watch]]\nname = "A"\ndays = "2"', "days = '2'"),
        ('[[watch]]\nname = "A"\nto = ["a.jsonl", ""]', "to is no list of texts"),
        ('[[watch]]\nname = "A"\nfilter = "outlets=~"', "filter: outlets says nothing"),
        ('[[wacht]]\nname = "A"', "a block that is no"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_remedy(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named) as caught:
        read(tmp_path, text)
    assert "alerts.toml" in str(caught.value)
    assert ";" in str(caught.value)
