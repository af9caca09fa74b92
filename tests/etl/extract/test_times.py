"""Times: every usual way of writing one, and no absurd one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.times import read_time

SEEN = datetime(2024, 6, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected", "precision"),
    [
        ("2024-06-24T07:18:05+03:00", "2024-06-24T04:18:05", "second"),
        ("2024-06-24 07:18", "2024-06-24T04:18:00", "minute"),
        ("2024-06-24T04:18:05Z", "2024-06-24T04:18:05", "second"),
        ("2024-06-24 04:18:05 UTC", "2024-06-24T01:18:05", "second"),
        ("2024-06-24", "2024-06-24T00:00:00", "day"),
        ("2024-06", "2024-06-01T00:00:00", "month"),
        ("Mon, 24 Jun 2024 07:18:00 +0300", "2024-06-24T04:18:00", "second"),
        ("Mon, 24 Jun 2024 04:18 GMT", "2024-06-24T04:18:00", "minute"),
        ("1719202680", "2024-06-24T04:18:00", "second"),
        ("1719202680000", "2024-06-24T04:18:00", "second"),
        ("2024/6/24", "2024-06-24T00:00:00", "day"),
        ("          2024/6/24 7:18", "2024-06-24T04:18:00", "minute"),
        ("24 June 2024", "2024-06-24T00:00:00", "day"),
        ("June 24, 2024", "2024-06-24T00:00:00", "day"),
        ("24.06.2024, 07:18", "2024-06-24T04:18:00", "minute"),
    ],
)
def test_usual_times_are_read(written, expected, precision):
    found = read_time(written, timezone="Europe/Kyiv", origin="metadata", seen=SEEN)
    assert found is not None and found.at == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert (found.precision, found.origin) == (precision, "metadata")


@pytest.mark.parametrize(
    "written",
    ["1970-01-01", "0001-01-01T00:00:00", "9999-12-31", "2024-06-28", "2024-13-45", "yesterday", "-1",
     "0", "2024",
     "2024/2/30", "99999999999999999999", "Mon, 99 Jun 2024 07:18:00 +0300", "9999-12-31T23:59:59-14:00"],
)  # fmt: skip
def test_absurd_times_are_none(written):
    assert read_time(written, origin="feed", seen=SEEN) is None


@given(
    st.text(max_size=40) | st.from_regex(r"\d{1,5}[-/]\d{1,3}[-/]\d{1,3}[T ]\d{1,2}:\d{1,3}", fullmatch=True)
)
def test_no_text_raises_and_none_leaves_the_bounds(written):
    found = read_time(written, origin="feed", seen=SEEN)
    assert found is None or datetime(1995, 1, 1, tzinfo=UTC) <= found.at <= datetime(2024, 6, 28, tzinfo=UTC)


@given(st.datetimes(datetime(1996, 1, 1), datetime(2024, 6, 1)))
def test_what_was_written_in_iso_is_read_back(at):
    found = read_time(at.replace(microsecond=0).isoformat(), origin="metadata", seen=SEEN)
    assert found is not None and found.at == at.replace(microsecond=0, tzinfo=UTC)
