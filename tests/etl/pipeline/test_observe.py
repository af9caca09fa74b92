"""Observed days: what checks, archives, feeds and the outlet file amount to, day by day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.outlets import Outlet, read_outlets
from etl.pipeline.observe import Check, keep_checks, observe_days, read_checks
from etl.schema import TABLES
from tests.builders import make_article, make_article_rows

NONE = TABLES["observations"].empty()
NOBODY = TABLES["articles"].empty()
DAY = st.integers(1, 9).map(lambda n: f"2024-06-0{n}")


def feed(asked: str, *, answered: bool = True, first: str = "", last: str = "") -> Check:
    """The Courier's feed, asked on this day; its articles reach from `first` to `last`."""
    return Check(
        place="feed https://courier.example/rss", outlet="courier", asked=f"{asked}T09:00:00+00:00",
        answered=answered, first=first, last=last,
    )  # fmt: skip


def archive(*held: str, first: str, last: str, answered: bool = True) -> Check:
    """An archive with articles of somebody on these days, and of the Courier from `first` to `last`."""
    return Check(
        place="records all.jsonl", outlet="courier", asked="2024-09-01T09:00:00+00:00",
        answered=answered, first=first, last=last, held=held,
    )  # fmt: skip


def observe(*checks: Check, articles=NOBODY, before=NONE, outlets=None) -> dict[str, list[object]]:
    """Checks, successes, items and status by day (the day of the month) of the Courier."""
    made = observe_days(before, checks, articles, outlets or {})
    return {str(row["day"])[5:10]: list(row.values())[2:] for row in made.to_dict("records")}


def published(*days: str) -> pd.DataFrame:
    articles = (
        make_article(item=f"c/{n}", outlet="courier", published=f"{day}T12:00") for n, day in enumerate(days)
    )
    return make_article_rows(*articles)["articles"]


@pytest.mark.parametrize(
    ("check", "covered"),
    [
        (feed("2024-06-09", first="2024-06-03", last="2024-06-05"), ["03", "04", "05"]),
        (feed("2024-06-09", first="2024-06-03", last="2024-06-03"), ["03"]),
        (feed("2024-06-09"), []),
        (feed("2024-06-09", answered=False, first="2024-06-03", last="2024-06-05"), []),
        (archive("2024-06-01", "2024-06-03", "2024-06-07", first="2024-06-02", last="2024-06-07"), ["03", "07"]),
        (archive("2024-06-01", "2024-06-09", first="2024-06-02", last="2024-06-07"), []),
    ],
)  # fmt: skip
def test_a_feed_covers_all_days_and_an_archive_those_of_which_it_holds_anything(
    check: Check, covered: list[str]
) -> None:
    assert [f"{day:%d}" for day in check.covered] == covered


def test_a_feed_reaches_back_thirty_one_days_whatever_evergreen_stands_in_it() -> None:
    covered = feed("2024-06-09", first="2019-01-01", last="2024-06-09").covered
    assert (covered[0], covered[-1], len(covered)) == (date(2024, 5, 9), date(2024, 6, 9), 32)


@pytest.mark.parametrize(
    ("checks", "told"),
    [
        ([feed("2024-06-01")], [1, 1, 0, "observed"]),
        ([feed("2024-06-01", answered=False)], [1, 0, 0, "failed"]),
        ([feed("2024-06-01"), feed("2024-06-01", answered=False)], [2, 1, 0, "partial"]),
        ([feed("2024-06-01"), feed("2024-06-01")], [2, 2, 0, "observed"]),
        ([archive("2024-06-01", first="2024-06-01", last="2024-06-01")] * 3, [1, 1, 0, "observed"]),
        (
            [
                feed("2024-06-01", answered=False),
                archive("2024-06-01", first="2024-06-01", last="2024-06-02"),
            ],
            [1, 1, 0, "observed"],
        ),
    ],
)
def test_the_status_of_a_day_by_its_checks(checks: list[Check], told: list[object]) -> None:
    assert observe(*checks)["06-01"] == told


def test_articles_from_elsewhere_make_a_day_partial() -> None:
    assert observe(articles=published("2024-06-01", "2024-06-01", "2024-06-03")) == {
        "06-01": [0, 0, 2, "partial"], "06-03": [0, 0, 1, "partial"],
    }  # fmt: skip


def test_undated_articles_are_on_no_day() -> None:
    articles = published("2024-06-01").assign(published=pd.Series([pd.NaT], dtype="datetime64[us, UTC]"))
    assert observe(articles=articles) == {}


def test_items_are_counted_anew_and_checks_are_added_up() -> None:
    articles = published("2024-06-01")
    before = observe_days(NONE, [feed("2024-06-01")], articles, {})
    again = observe(feed("2024-06-01"), articles=articles, before=before)
    assert again == {"06-01": [2, 2, 1, "observed"]}


@pytest.mark.parametrize("check", [feed("2024-06-28"), feed("2024-06-28", answered=False)])
def test_what_the_outlet_file_calls_not_watched_is_not_whatever_was_asked(
    tmp_path: Path, check: Check
) -> None:
    file = tmp_path / "outlets.toml"
    file.write_text('[courier]\nname = "The Courier"\nnot_watched = ["2024-06-27/2024-06-28"]\n')
    outlets: dict[str, Outlet] = read_outlets(file)
    told = observe(check, outlets=outlets, articles=published("2024-06-27"))
    assert {day: row[2:] for day, row in told.items()} == {
        "06-27": [1, "not_watched"], "06-28": [0, "not_watched"],
    }  # fmt: skip


def test_a_day_that_lost_its_articles_and_was_never_asked_for_is_unknown_again() -> None:
    before = observe_days(NONE, [feed("2024-06-05")], published("2024-06-01", "2024-06-03"), {})
    moved = observe(before=before, articles=published("2024-06-02"))
    assert moved == {"06-02": [0, 0, 1, "partial"], "06-05": [1, 1, 0, "observed"]}


def test_a_day_that_the_outlet_file_no_longer_calls_not_watched_is_unknown_again() -> None:
    silent = Outlet(outlet="courier", name="The Courier", not_watched=("2024-06-01/2024-06-02",))
    before = observe_days(NONE, [feed("2024-06-02", answered=False)], NOBODY, {"courier": silent})
    assert before["status"].tolist() == ["not_watched", "not_watched"]
    assert observe(before=before) == {"06-02": [1, 0, 0, "failed"]}


CHECKS = st.lists(
    st.one_of(
        st.builds(feed, DAY, answered=st.booleans()),
        st.builds(lambda held, first, last: archive(*held, first=min(first, last), last=max(first, last)),
                  st.lists(DAY, unique=True), DAY, DAY),
    ),
    max_size=6,
)  # fmt: skip


@given(CHECKS, st.randoms())
def test_the_order_of_the_checks_does_not_matter(checks: list[Check], random) -> None:
    shuffled = random.sample(checks, len(checks))
    assert observe(*checks) == observe(*shuffled)


@given(CHECKS)
def test_successes_never_exceed_checks_and_a_status_follows_from_both(checks: list[Check]) -> None:
    for checked, successes, items, status in observe(*checks).values():
        assert 0 <= int(str(successes)) <= int(str(checked)) and items == 0
        assert status == ("failed" if not successes else "observed" if successes == checked else "partial")


@given(st.lists(st.builds(feed, DAY, answered=st.booleans()), max_size=8), st.integers(0, 8))
def test_two_refreshes_observe_what_one_does(checks: list[Check], cut: int) -> None:
    before = observe_days(NONE, checks[:cut], NOBODY, {})
    assert observe(*checks[cut:], before=before) == observe(*checks)


def test_kept_checks_come_back_without_the_line_that_a_kill_cut(tmp_path: Path) -> None:
    checks = [feed("2024-06-01"), archive("2024-06-01", first="2024-06-01", last="2024-06-02")]
    keep_checks(tmp_path / "new", checks[:1])
    keep_checks(tmp_path / "new", checks[1:])
    file = tmp_path / "new" / "checks.jsonl"
    assert [(c.place, c.first, tuple(c.held)) for c in read_checks(tmp_path / "new")] == [
        (c.place, c.first, c.held) for c in checks
    ]
    file.write_text(file.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    assert len(read_checks(tmp_path / "new")) == 1
    assert read_checks(tmp_path / "none") == []
