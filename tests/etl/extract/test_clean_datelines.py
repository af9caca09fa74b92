"""Datelines of many outlets are read to the minute, in their zone; anything else is no dateline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.clean.datelines import is_sane, is_update, read_dateline, read_zone

SEEN = datetime(2026, 1, 1, tzinfo=UTC)


def read(line: str, timezone: str = "Europe/Kyiv") -> str | None:
    """ISO time and precision in short, "unknown" for a dateline without a date, None for no dateline."""
    published = read_dateline(line, timezone=timezone, seen=SEEN)
    if published is None:
        return None
    return f"{published.at:%Y-%m-%dT%H:%M:%S} {published.precision}" if published.at else "unknown"


@pytest.mark.parametrize(
    "line",
    [
        "Monday, 24 June 2024, 07:18",
        "24.06.2024 07:18",
        "24 червня 2024, 07:18",
        "24 июня 2024, 07:18",
        "Published: 24 June 2024 at 7:18 a.m.",
        "June 24, 2024 7:18 AM",
        "7:18 AM, June 24, 2024",
        "2024-06-24 07:18",
        "2024/06/24 07:18",
        "24th June 2024 | 07.18",
        "24 June 2024, 04:18 GMT",
        "June 24, 2024 at 12:18 a.m. EDT",
        "Mon 24 Jun 2024 05.18 BST",
        "24 juin 2024 à 07h18",
        "24. Juni 2024, 07:18 Uhr",
        "24 de junio de 2024 07:18",
        "Updated: 25 June 2024, 10:00 Published: 24 June 2024, 07:18",
        "24 June 2024 0418 GMT",
        "24 June 2024, 06:18 (UTC+2)",
        "Kyiv, 24 June 2024, 07:18",
    ],
)
def test_a_minute_is_read_in_the_zone_it_was_written_in(line: str) -> None:
    assert read(line) == "2024-06-24T04:18:00 minute"


@pytest.mark.parametrize("line", ["June 24, 2024", "24 Jun 2024", "2024-06-24", "24.6.2024",
                                  "Posted on June 24th, 2024",
                                  "Last updated: 24 June 2024, 23:59",
                                  "4 min read · 24 June 2024"])  # fmt: skip
def test_a_day_without_a_usable_time_keeps_its_date(line: str) -> None:
    assert read(line) == "2024-06-24T00:00:00 day"


def test_seconds_are_kept() -> None:
    assert read("2024-06-24T07:18:33+03:00") == "2024-06-24T04:18:33 second"
    assert read("2024-06-24 07:18:33Z") == "2024-06-24T07:18:33 second"


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/New_York", "2024-03-04"), ("Europe/London", "2024-04-03"), ("Asia/Kolkata", "2024-04-03")],
)
def test_day_and_month_stand_in_the_order_of_the_country(zone: str, day: str) -> None:
    assert read("03/04/2024", zone) == f"{day}T00:00:00 day"


def test_day_and_month_are_not_guessed_without_a_country() -> None:
    assert read("03/04/2024", "") is None
    assert read("24/06/2024", "") == "2024-06-24T00:00:00 day"


@pytest.mark.parametrize(
    ("zone", "time"),
    [("Asia/Kolkata", "01:48"), ("Europe/Dublin", "06:18"), ("Asia/Jerusalem", "04:18"), ("", "01:48")],
)
def test_an_ambiguous_abbreviation_means_the_zone_of_the_outlet(zone: str, time: str) -> None:
    assert read("24 June 2024, 07:18 IST", zone) == f"2024-06-24T{time}:00 minute"


@pytest.mark.parametrize(
    "line",
    ["1 January 1970", "01.01.0001 00:00", "24 June 2031", "24 June, 07:18", "2 hours ago", "07:18", "6 JUN"],
)
def test_absurd_and_yearless_datelines_give_no_date(line: str) -> None:
    assert read(line) == "unknown"


@pytest.mark.parametrize(
    "line",
    [
        "The war began on 24 February 2022",
        "Election 2024: what to know",
        "On 24 June 2024 the council met in the town hall and voted.",
        "31 June 2024 is no day",
        "Route 66",
        "",
        "24 June 2024 " * 20,
    ],
)
def test_other_lines_are_no_datelines(line: str) -> None:
    assert read(line) is None


def test_an_update_is_told_from_a_publication() -> None:
    assert is_update("Last updated 24 June 2024")
    assert not is_update("Published 24 June 2024, updated 25 June 2024")


def test_a_date_may_be_two_days_ahead_and_no_more() -> None:
    assert is_sane(SEEN + timedelta(days=2), SEEN)
    assert not is_sane(SEEN + timedelta(days=2, seconds=1), SEEN)


def test_an_unknown_zone_is_utc() -> None:
    assert read_zone("Mars/Olympus") is UTC
    assert read_zone("") is UTC


@given(st.datetimes(datetime(1996, 1, 1), datetime(2025, 12, 31)))
def test_what_a_clock_writes_is_read_back(moment: datetime) -> None:
    for form in ("%d %B %Y, %H:%M", "%A, %B %d, %Y %I:%M %p", "%Y-%m-%d %H:%M", "%H:%M %d %b %Y"):
        assert read(moment.strftime(form), "UTC") == f"{moment:%Y-%m-%dT%H:%M}:00 minute"


@given(st.text(max_size=80))
def test_any_line_is_read_without_an_error(line: str) -> None:
    assert read(line) is None or isinstance(read(line), str)
