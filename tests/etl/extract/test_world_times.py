"""Times as the outlets of many countries write them; the expected ones were worked out on paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.clean.datelines import read_dateline
from etl.extract.times import read_time

SEEN = datetime(2025, 12, 31, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1996, 1, 1), datetime(2025, 6, 1)).map(lambda at: at.replace(microsecond=0))
OFFSETS = st.integers(-12 * 60, 14 * 60)


def read(written: str, timezone: str = "") -> str | None:
    """UTC time and precision in one line, or none."""
    found = read_time(written, timezone=timezone, origin="feed", seen=SEEN)
    return f"{found.at:%Y-%m-%d %H:%M:%S} {found.precision}" if found and found.at else None


def read_line(line: str, timezone: str = "") -> str | None:
    """The same of a dateline."""
    found = read_dateline(line, timezone=timezone, seen=SEEN)
    return f"{found.at:%Y-%m-%d %H:%M:%S} {found.precision}" if found and found.at else None


@pytest.mark.parametrize(
    ("written", "timezone", "told"),
    [
        ("2024-02-29T23:30:00-05:00", "", "2024-03-01 04:30:00 second"),
        ("2023-12-31T23:59:59-01:00", "", "2024-01-01 00:59:59 second"),
        ("2024-01-01T00:00:00+14:00", "", "2023-12-31 10:00:00 second"),
        ("2024-06-24T07:18:05.123456Z", "", "2024-06-24 07:18:05 second"),
        ("2024-06-24T07:18:05.5+05:30", "", "2024-06-24 01:48:05 second"),
        ("2024-06-24T07:18+0545", "Asia/Kathmandu", "2024-06-24 01:33:00 minute"),
        ("2024-06-24T07:18", "Asia/Kathmandu", "2024-06-24 01:33:00 minute"),
        ("2024-06-24T07:18Z", "Asia/Kathmandu", "2024-06-24 07:18:00 minute"),
        ("2024-06-24T07", "Asia/Tokyo", "2024-06-23 22:00:00 hour"),
        ("2024-01-24 12:00", "Europe/London", "2024-01-24 12:00:00 minute"),
        ("2024-07-24 12:00", "Europe/London", "2024-07-24 11:00:00 minute"),
        ("2024-01-24 12:00", "America/New_York", "2024-01-24 17:00:00 minute"),
        ("2024-07-24 12:00", "America/New_York", "2024-07-24 16:00:00 minute"),
        ("2024-07-24 12:00", "America/St_Johns", "2024-07-24 14:30:00 minute"),
        ("2024-07-24 12:00", "Australia/Adelaide", "2024-07-24 02:30:00 minute"),
        ("2024-07-24 12:00", "no/such-zone", "2024-07-24 12:00:00 minute"),
        ("2024-12", "Asia/Tokyo", "2024-12-01 00:00:00 month"),
        ("2024-12-24", "Asia/Tokyo", "2024-12-24 00:00:00 day"),
        ("2024.6.4", "Asia/Seoul", "2024-06-04 00:00:00 day"),
        ("2024.06.04 09:30", "Asia/Seoul", "2024-06-04 00:30:00 minute"),
        ("2024/6/4 9:30:15", "Asia/Shanghai", "2024-06-04 01:30:15 second"),
        ("Tue, 04 Jun 2024 09:30:15 EST", "", "2024-06-04 14:30:15 second"),
        ("Tue, 04 Jun 2024 09:30:15 PDT", "", "2024-06-04 16:30:15 second"),
        ("4 Jun 2024 09:30 +0900", "", "2024-06-04 00:30:00 minute"),
        ("Tue, 04 Jun 2024 23:30:15 -0130", "", "2024-06-05 01:00:15 second"),
        ("Tue, 04 Jun 24 09:30:15 GMT", "", "2024-06-04 09:30:15 second"),
        ("Tue, 04 Jun 2024 09:30:15 UT", "Asia/Tokyo", "2024-06-04 09:30:15 second"),
        ("978307200", "", "2001-01-01 00:00:00 second"),
        ("978307200.75", "", "2001-01-01 00:00:00 second"),
        ("978307200000", "", "2001-01-01 00:00:00 second"),
        ("1717493415000000", "", "2024-06-04 09:30:15 second"),
        ("1717493415000000000", "", "2024-06-04 09:30:15 second"),
        ("  2024-06-04\n 09:30 ", "UTC", "2024-06-04 09:30:00 minute"),
    ],
)
def test_times_of_feeds_and_records_become_utc(written: str, timezone: str, told: str) -> None:
    assert read(written, timezone) == told


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "today", "24", "06-24", "2024-W26", "2024-00-10", "2024-02-30", "2023-02-29T10:00:00",
        "1994-12-31T23:59:59Z", "2026-01-03", "978307", "٢٠٢٤-١٣-٢٤",
        "Tue, 31 Apr 2024 09:30:15 GMT", "20240604093015", "-978307200", "1e10", "NaN", "None", "2024/13/01",
        "2024/6/31 10:00", "0000-00-00 00:00:00", "1970-01-01T00:00:00Z", "12:30",
    ],
)  # fmt: skip
def test_what_is_no_time_of_an_article_is_none(written: str) -> None:
    assert read(written) is None


@pytest.mark.parametrize("written", ["2024-06-24T25:00:00", "2024-06-24T10:61:00", "24 June 2024, 24:30"])
def test_an_impossible_clock_leaves_the_day(written: str) -> None:
    assert read(written, "Asia/Tokyo") == "2024-06-24 00:00:00 day"


@pytest.mark.parametrize(("days", "known"), [(0, True), (1, True), (2, True), (3, False), (400, False)])
def test_an_article_may_be_two_days_ahead_of_its_reader_and_no_more(days: int, known: bool) -> None:
    assert (read((SEEN + timedelta(days=days)).isoformat()) is not None) is known


@given(MOMENTS, OFFSETS)
def test_an_offset_is_taken_off_to_the_second(at: datetime, minutes: int) -> None:
    sign, size = "-" if minutes < 0 else "+", abs(minutes)
    written = f"{at.isoformat()}{sign}{size // 60:02d}:{size % 60:02d}"
    assert read(written) == f"{at - timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S} second"


@given(MOMENTS)
def test_mail_iso_and_epoch_tell_one_time(at: datetime) -> None:
    whole = at.replace(tzinfo=UTC)
    epoch = str(int(whole.timestamp()))
    told = {read(format_datetime(whole)), read(whole.isoformat()), read(epoch), read(f"{epoch}000")}
    assert told == {f"{at:%Y-%m-%d %H:%M:%S} second"}


@given(MOMENTS, st.sampled_from(["Asia/Tokyo", "America/New_York", "Europe/Kyiv"]))
def test_an_offset_that_is_written_beats_the_zone_of_the_outlet(at: datetime, timezone: str) -> None:
    assert read(f"{at.isoformat()}Z", timezone) == read(f"{at.isoformat()}+00:00")


@given(MOMENTS, st.sampled_from(["Asia/Tokyo", "Asia/Kolkata", "Africa/Lagos"]))
def test_a_clock_without_an_offset_is_the_clock_of_the_outlet(at: datetime, timezone: str) -> None:
    shown = at.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone))
    assert read(f"{shown:%Y-%m-%d %H:%M:%S}", timezone) == f"{at:%Y-%m-%d %H:%M:%S} second"


@pytest.mark.parametrize(
    ("line", "timezone", "told"),
    [
        ("4 de junho de 2024, 09h30", "America/Sao_Paulo", "2024-06-04 12:30:00 minute"),
        ("4 giugno 2024, ore 09:30", "Europe/Rome", "2024-06-04 07:30:00 minute"),
        ("4 czerwca 2024, 09:30", "Europe/Warsaw", "2024-06-04 07:30:00 minute"),
        ("4 juni 2024 om 09:30", "Europe/Amsterdam", "2024-06-04 07:30:00 minute"),
        ("4. juni 2024 kl. 09.30", "Europe/Oslo", "2024-06-04 07:30:00 minute"),
        ("4 Haziran 2024, 09:30", "Europe/Istanbul", "2024-06-04 06:30:00 minute"),
        ("4 июня 2024 в 09:30", "Europe/Moscow", "2024-06-04 06:30:00 minute"),
        ("4 червня 2024, 09:30", "Europe/Kyiv", "2024-06-04 06:30:00 minute"),
        ("le 4 juin 2024 à 09h30", "Europe/Paris", "2024-06-04 07:30:00 minute"),
        ("Dienstag, 4. Juni 2024, 09:30 Uhr", "Europe/Berlin", "2024-06-04 07:30:00 minute"),
        ("martes, 4 de junio de 2024 09:30", "Europe/Madrid", "2024-06-04 07:30:00 minute"),
        ("Tuesday June 4, 2024 9:30 am EDT", "", "2024-06-04 13:30:00 minute"),
        ("June 4, 2024, 12:00 p.m. PDT", "", "2024-06-04 19:00:00 minute"),
        ("June 4, 2024, 12:05 a.m. PDT", "", "2024-06-04 07:05:00 minute"),
        ("4 June 2024, 2130 GMT", "", "2024-06-04 21:30:00 minute"),
        ("4 June 2024, 09:30 IST", "Asia/Kolkata", "2024-06-04 04:00:00 minute"),
        ("4 June 2024, 09:30 IST", "Europe/Dublin", "2024-06-04 08:30:00 minute"),
        ("4 June 2024, 09:30 BST", "Europe/London", "2024-06-04 08:30:00 minute"),
        ("04-06-2024 09:30", "Asia/Kolkata", "2024-06-04 04:00:00 minute"),
        ("06/04/2024 09:30", "America/Chicago", "2024-06-04 14:30:00 minute"),
        ("04.06.2024", "Europe/Berlin", "2024-06-04 00:00:00 day"),
        ("04.06.2024", "", None),
        ("13.06.2024", "", "2024-06-13 00:00:00 day"),
        ("06/13/2024", "", "2024-06-13 00:00:00 day"),
        ("05/05/2024", "", "2024-05-05 00:00:00 day"),
        ("Published 4 June 2024 | Updated 6 June 2024", "", "2024-06-04 00:00:00 day"),
        ("Updated 6 June 2024 10:00", "", "2024-06-06 00:00:00 day"),
        ("Sept. 4, 2024", "", "2024-09-04 00:00:00 day"),
        ("1st of May 2024", "", "2024-05-01 00:00:00 day"),
        ("22nd August 2024", "", "2024-08-22 00:00:00 day"),
        ("BERLIN, 4 June 2024", "", "2024-06-04 00:00:00 day"),
        ("31 June 2024", "", None),
        ("The treaty of 4 June 2024 was signed by both sides", "", None),
        ("On 4 June 2024 he resigned", "", None),
        ("4 June", "", None),
        ("Room 2024", "", None),
    ],
)
def test_datelines_of_the_world(line: str, timezone: str, told: str | None) -> None:
    assert read_line(line, timezone) == told


@given(MOMENTS, st.sampled_from(["{:%d %B %Y, %H:%M}", "{:%B %d, %Y %I:%M %p}", "{:%Y-%m-%d %H:%M}"]))
def test_one_minute_written_in_three_ways_is_one_minute(at: datetime, form: str) -> None:
    assert read_line(form.format(at)) == f"{at:%Y-%m-%d %H:%M}:00 minute"
