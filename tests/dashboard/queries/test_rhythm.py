"""Rhythm: hours of the week by the outlet's clock, against the datetimes themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.rhythm import RHYTHM
from dashboard.filters import Filter
from dashboard.queries.rhythm import clock_outlets, count_hours
from dashboard.theme import LIGHT
from etl.article import Article, Published
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

moments = st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), max_size=8)


@settings(max_examples=25, deadline=None)
@given(moments, st.sampled_from(["Europe/Kyiv", "America/New_York", "Asia/Kolkata", "UTC"]))
def test_hours_are_those_of_the_clock_on_the_wall(times: list[datetime], zone: str) -> None:
    told = count_hours(pd.Series(times, dtype="datetime64[us]"), zone)
    walls = [at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)) for at in times]
    by_hand = [0] * 168
    for wall in walls:
        by_hand[24 * wall.weekday() + wall.hour] += 1
    assert told == by_hand


def write(outlet: str, number: int, day: int, hour: int, precision: str = "minute") -> Article:
    at = datetime(2024, 6, day, hour, number, tzinfo=UTC)
    published = Published(at=at, precision=precision, origin="metadata")  # type: ignore[arg-type]
    return make_article(outlet=outlet, item=f"{outlet}{number}", published=published)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Post: eight on Monday at 23 h UTC, in Kyiv Tuesday 2 h, and four on Saturday; Sun: one hour and one day known."""
    post = [write("Post", n, 24, 23) for n in range(8)] + [write("Post", n, 29, 8) for n in range(8, 12)]
    sun = [write("Sun", 0, 24, 9), write("Sun", 1, 24, 0, "day")]
    return make_store(
        tmp_path_factory.mktemp("rhythm"),
        **make_article_rows(*post, *sun),
        outlets=make_rows("outlets", {"outlet": "Post", "timezone": "Europe/Kyiv"}),
    ).snapshot()


def test_the_hour_of_most_is_told_by_the_outlets_own_clock(papers: Snapshot) -> None:
    post = clock_outlets(papers, Filter()).frame.set_index("outlet").to_dict("index")["Post"]
    assert (post["zone"], post["weekday"], post["hour"], post["n"]) == ("Europe/Kyiv", 1, 2, 12)
    assert post["share"] == pytest.approx(1 / 3) and post["low"] == pytest.approx(0.138, abs=1e-3)


def test_what_is_known_to_the_day_has_no_hour_and_few_have_no_finding(papers: Snapshot) -> None:
    answer = clock_outlets(papers, Filter())
    sun = answer.frame.set_index("outlet").to_dict("index")["Sun"]
    assert (sun["n"], sun["unknown"], sun["zone"]) == (1, 1, "UTC")
    assert pd.isna(sun["weekday"]) and pd.isna(sun["share"])
    assert answer.n == 13 and answer.note.startswith("1 more")


def test_without_any_hour_there_is_no_chart(papers: Snapshot) -> None:
    late = clock_outlets(
        papers, Filter(outlets=("Sun",), words="", end=datetime(2024, 6, 1, tzinfo=UTC).date())
    )
    assert late.empty and late.n == 0


def test_the_weekend_and_the_hour_are_written_out(papers: Snapshot) -> None:
    shown = str(RHYTHM.draw(clock_outlets(papers, Filter()), LIGHT))
    assert "most on Tue 2–3 h; weekend 33\u202f% [14–61]" in shown
    assert shown.count("<img") == 1 and "too few to tell" in shown
