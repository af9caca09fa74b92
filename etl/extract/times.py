"""Times: when an article appeared, as records and feeds write it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

from etl.article import Origin, Precision, Published
from etl.extract.clean.datelines import is_sane, read_dateline, read_zone

EPOCH = re.compile(r"-?\d{9,10}(\.\d+)?|\d{12,13}|\d{16}|\d{19}")
YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
MONTH_ONLY = re.compile(r"(\d{4})-(\d{2})")
WEEKDAY = re.compile(r"^[A-Za-z]{3,9},?\s")


def read_time(
    written: str, *, timezone: str = "", origin: Origin, seen: datetime | None = None
) -> Published | None:
    """The time in UTC with the precision it was written in; None where it cannot be read or is absurd.

    Reads ISO 8601, RFC 2822, seconds to nanoseconds since 1970, year/month/day with or without a time, and
    what a dateline may say. Without an offset the clock is the outlet's; a day is that day's midnight UTC.
    Absurd: before 1995, or more than two days after it was seen.
    """
    text = " ".join(written.split())
    found = (
        _read_epoch(text) or _read_iso(text, timezone) or _read_slashes(text, timezone) or _read_mail(text)
    )
    if found is None:
        return _read_dateline(text, timezone, origin, seen)
    at, precision = found
    return Published(at=at, precision=precision, origin=origin) if is_sane(at, seen) else None


def _read_epoch(text: str) -> tuple[datetime, Precision] | None:
    """Seconds, milli-, micro- or nanoseconds since 1970, told apart by their digits."""
    if not EPOCH.fullmatch(text):
        return None
    whole = len(text.partition(".")[0].lstrip("-"))
    scale = {9: 1.0, 10: 1.0, 12: 1e3, 13: 1e3, 16: 1e6, 19: 1e9}[whole]
    return datetime.fromtimestamp(float(text) / scale, UTC), "second"


def _read_iso(text: str, timezone: str) -> tuple[datetime, Precision] | None:
    """ISO 8601: a month, a day, or a day and a time."""
    month = MONTH_ONLY.fullmatch(text)
    try:
        if month:
            return datetime(int(month[1]), int(month[2]), 1, tzinfo=UTC), "month"
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time(), UTC), "day"
        if not re.match(r"\d{4}-\d{2}-\d{2}[ T]\d{2}", text):
            return None
        return _in_zone(datetime.fromisoformat(text.removesuffix(" UTC")), timezone), _clock_precision(text)
    except (ValueError, OverflowError):
        return None


def _read_slashes(text: str, timezone: str) -> tuple[datetime, Precision] | None:
    """Year/month/day or year.month.day, perhaps with hours and minutes."""
    match = YEAR_FIRST.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups())
    try:
        if match[4] is None:
            return datetime(year, month, day, tzinfo=UTC), "day"
        at = _in_zone(datetime(year, month, day, hour, minute, second), timezone)
    except (ValueError, OverflowError):
        return None
    return at, _clock_precision(text)


def _read_mail(text: str) -> tuple[datetime, Precision] | None:
    """RFC 2822, as feeds write it: only with a clock and a zone; anything else is read better elsewhere."""
    if not re.search(r"\d:\d{2}.*\s([A-Z]{1,4}|[+-]\d{4})$", text):
        return None
    try:
        at = parsedate_to_datetime(text)
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC), _clock_precision(text)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _read_dateline(text: str, timezone: str, origin: Origin, seen: datetime | None) -> Published | None:
    """Whatever else a dateline may say, such as `24 June 2024, 07:18`."""
    try:
        told = read_dateline(text, timezone=timezone, seen=seen)
    except OverflowError:  # a day at the end of the calendar
        return None
    return Published(at=told.at, precision=told.precision, origin=origin) if told and told.at else None


def _in_zone(at: datetime, timezone: str) -> datetime:
    """In UTC; a clock without an offset is the outlet's."""
    return (at if at.tzinfo else at.replace(tzinfo=read_zone(timezone))).astimezone(UTC)


def _clock_precision(text: str) -> Precision:
    """How exactly a clock was written: with seconds, with minutes, or hours only."""
    if re.search(r"\d:\d{2}:\d{2}", text):
        return "second"
    return "minute" if re.search(r"\d:\d{2}", text) else "hour"
