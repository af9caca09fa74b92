"""Datelines: a line that says when an article appeared and nothing else, as outlets of the world write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.article import Precision, Published
from etl.extract.clean.calendars import ZONES, month_numbers, weekday_names

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(days=2)
LONGEST = 160
LONGEST_PLACE = 3
LATEST_YEAR = 2999

_ISO = re.compile(r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?=\D|T|$)")
_NUMERIC = re.compile(r"(?<![\d:])(?P<a>\d{1,2})(?P<by>[./-])(?P<b>\d{1,2})(?P=by)(?P<y>\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+|of\s+)?(?P<m>[^\W\d_]{3,}\.?)"
    r"[\s,-]+(?:de\s+|del\s+)?(?P<y>\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?<![^\W\d_])(?P<m>[^\W\d_]{3,}\.?)\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)"
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<h>\d{1,2})\s?[:.hH]\s?(?P<min>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?"
    r"(?:\s?(?P<half>[ap]\.?\s?m\b\.?))?(?:\s?[hH](?:rs)?\b)?(?![\d:])",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![\d:.])(?P<h>\d{1,2})\s?(?P<half>[ap]\.?\s?m\b\.?)", re.IGNORECASE)
_MILITARY = re.compile(
    r"(?<![\d:.])(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?=\s*(?:hrs|h\b|GMT|UTC|[A-Z]{2,4}T\b))"
)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?(?P<sign>[+−-])(?P<h>\d{1,2}):?(?P<m>\d{2})?(?!\d)|(?<=\d)Z\b")
_YEARLESS = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+)?(?P<m>[^\W\d_]{3,})\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?)?\b(?!\s*\d{4})"
)
_AGO = re.compile(
    r"\b(?:an?|\d+)\s*(?:seconds?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?)\s+ago\b", re.IGNORECASE
)
_READING = re.compile(r"\b\d+\s*(?:-\s*)?min(?:ute)?s?\.?(?:\s+read)?\b|\bread(?:ing)? time\b", re.IGNORECASE)
_FIRST = (
    r"(?:first |originally )?"
    r"(?:published|posted|created|released|issued|filed|publicado|publié|veröffentlicht)"
)
_PUBLISHED = re.compile(rf"\b{_FIRST}\b", re.IGNORECASE)
_UPDATED = re.compile(
    r"\b(?:last )?(?:updated?|modified|edited|revised|actualizado|mis à jour|aktualisiert|"
    r"обновлено|оновлено)\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:at|on|le|à|um|uhr|am|el|alle|ore|kl|о|об|в|local time|time|date|issue date|ist|le|du|the|of|as|"
    r"ago|read|опубликовано|опубліковано|stand|heure de|hrs?|h)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Moment:
    """A calendar day with what was written about the clock."""

    day: date
    clock: time | None
    precision: Precision
    zone: tzinfo | None
    span: tuple[int, int]


def read_dateline(line: str, *, timezone: str = "", seen: datetime | None = None) -> Published | None:
    """When the line says the article appeared; None when the line is anything but a dateline.

    A day without a time is that day's midnight UTC, so that its date is the one that was written. A line that
    only tells of an update gives its day; an absurd or ambiguous date gives an empty `Published`.
    """
    if len(line) > LONGEST or not any(letter.isdigit() for letter in line):
        return None
    moments = _read_moments(line, timezone)
    if _has_other_words(line, moments):
        return None
    if not moments:
        return Published() if _is_yearless(line) else None
    return _choose_moment(line, moments, timezone=timezone, seen=seen)


def is_update(line: str) -> bool:
    """Whether the line tells when the article was changed, and not when it appeared."""
    return _UPDATED.search(line) is not None and _PUBLISHED.search(line) is None


def is_publication_label(line: str) -> bool:
    """Whether the line says "published", "posted" or the like."""
    return _PUBLISHED.search(line) is not None


def is_sane(at: datetime, seen: datetime | None = None) -> bool:
    """Whether an article can have appeared then: not before 1995, at most two days after it was seen."""
    return EARLIEST <= at <= (seen or datetime.now(UTC)) + LATEST_AHEAD


def read_zone(name: str) -> tzinfo:
    """The IANA zone of an outlet, or UTC where it is unknown or not given."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def is_american(timezone: str) -> bool:
    """Whether the month stands before the day in the numeric dates of outlets in this zone."""
    return timezone.startswith(("US/", "America/")) and timezone in _month_first_zones()


def _choose_moment(line: str, moments: list[_Moment], *, timezone: str, seen: datetime | None) -> Published:
    """The moment labelled as publication, else the first that is not labelled as an update."""
    labelled = {moment.span: _label_before(line, moment, moments) for moment in moments}
    for wanted in ("published", "", "updated"):
        for moment in moments:
            if labelled[moment.span] == wanted:
                return _publish(moment, timezone=timezone, seen=seen, only_day=wanted == "updated")
    return Published()


def _publish(moment: _Moment, *, timezone: str, seen: datetime | None, only_day: bool) -> Published:
    if not EARLIEST.year <= moment.day.year <= LATEST_YEAR:
        return Published()
    clock = None if only_day else moment.clock
    zone = (moment.zone or read_zone(timezone)) if clock else UTC
    at = datetime.combine(moment.day, clock or time(), zone).astimezone(UTC)
    if not is_sane(at, seen):
        return Published()
    return Published(at=at, precision=moment.precision if clock else "day", origin="dateline")


def _label_before(line: str, moment: _Moment, moments: list[_Moment]) -> str:
    start = max((other.span[1] for other in moments if other.span[1] <= moment.span[0]), default=0)
    before = line[start : moment.span[0]]
    if _UPDATED.search(before):
        return "updated"
    return "published" if _PUBLISHED.search(before) else ""


def _read_moments(line: str, timezone: str) -> list[_Moment]:
    days = sorted(_read_days(line, timezone), key=lambda found: found[1])
    moments: list[_Moment] = []
    for index, (day, (start, end)) in enumerate(days):
        left = moments[-1].span[1] if moments else 0
        right = days[index + 1][1][0] if index + 1 < len(days) else len(line)
        clock, precision, zone, (first, last) = _read_clock(line, (left, start), (end, right), timezone)
        moments.append(_Moment(day, clock, precision, zone, (min(start, first), max(end, last))))
    return moments


def _read_days(line: str, timezone: str) -> list[tuple[date, tuple[int, int]]]:
    found: list[tuple[date, tuple[int, int]]] = []
    for pattern in (_ISO, _NUMERIC, _DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(line):
            day = _build_day(match.groupdict(), timezone)
            clash = any(start < match.end() and match.start() < end for _, (start, end) in found)
            if day and not clash:
                found.append((day, match.span()))
    return found


def _is_yearless(line: str) -> bool:
    """Whether the line tells a clock time, a day without a year, or how long ago."""
    named = any(match["m"].casefold() in month_numbers() for match in _YEARLESS.finditer(line))
    return named or any(pattern.search(line) for pattern in (_CLOCK, _HOUR, _AGO))


def _build_day(parts: dict[str, str], timezone: str) -> date | None:
    """The day, None where there is none such or where day and month cannot be told apart."""
    if "a" in parts:
        ordered = _order_numeric(int(parts["a"]), int(parts["b"]), timezone)
        if ordered is None:
            return None
        day, month = ordered
    else:
        day = int(parts["d"])
        written = parts["m"].rstrip(".").casefold()
        month = int(written) if written.isdigit() else month_numbers().get(written, 0)
    try:
        return date(int(parts["y"]), month, day)
    except ValueError:
        return None


def _order_numeric(first: int, second: int, timezone: str) -> tuple[int, int] | None:
    if first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    if not timezone:
        return None
    return (second, first) if is_american(timezone) else (first, second)


def _read_clock(
    line: str, before: tuple[int, int], after: tuple[int, int], timezone: str
) -> tuple[time | None, Precision, tzinfo | None, tuple[int, int]]:
    """The clock time beside a day: behind it first, else before it."""
    for start, end in (after, before):
        for pattern in (_CLOCK, _MILITARY, _HOUR):
            match = pattern.search(line, start, end)
            clock = _build_clock(match.groupdict()) if match else None
            if match and clock:
                zone, last = _read_zone_after(line, match.end(), end, timezone)
                precision: Precision = "second" if match.groupdict().get("s") else "minute"
                return clock, precision, zone, (match.start(), last)
    return None, "day", None, (after[0], after[0])


def _build_clock(parts: dict[str, str | None]) -> time | None:
    hour, half = int(parts["h"] or 0), (parts.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return time(hour, int(parts.get("min") or 0), int(parts.get("s") or 0))
    except ValueError:
        return None


def _read_zone_after(line: str, start: int, end: int, outlet_zone: str) -> tuple[tzinfo | None, int]:
    """The zone written behind a clock time and where it ends; None when none is written."""
    offset = re.compile(r"\s*\(?" + f"(?:{_OFFSET.pattern})").match(line, start, end)
    if offset:
        return _build_offset(offset.groupdict()), offset.end()
    named = re.compile(r"\s*\(?([A-Z]{1,5})\b\)?").match(line, start, end)
    if named and named[1] in ZONES:
        return _resolve_abbreviation(named[1], outlet_zone), named.end()
    return None, start


def _build_offset(parts: dict[str, str | None]) -> tzinfo:
    if parts["h"] is None:
        return UTC
    minutes = min(int(parts["h"]) * 60 + int(parts["m"] or 0), 14 * 60)
    return timezone(timedelta(minutes=minutes if parts["sign"] == "+" else -minutes))


def _resolve_abbreviation(name: str, outlet_zone: str) -> tzinfo:
    """The outlet's own zone if it uses the abbreviation (IST: Kolkata, Dublin), else the usual one."""
    own = read_zone(outlet_zone)
    names = {datetime(2024, month, 1, tzinfo=own).tzname() for month in (1, 7)}
    return own if outlet_zone and name in names else ZoneInfo(ZONES[name])


def _has_other_words(line: str, moments: list[_Moment]) -> bool:
    """Whether more than a place or a rubric remains when all that tells of time is taken away."""
    rest = line
    for moment in sorted(moments, key=lambda moment: moment.span, reverse=True):
        rest = rest[: moment.span[0]] + " " + rest[moment.span[1] :]
    rest = _YEARLESS.sub(_blank_month, _AGO.sub(" ", rest))
    for pattern in (_READING, _CLOCK, _HOUR, _UPDATED, _PUBLISHED, _FILLER):
        rest = pattern.sub(" ", rest)
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if word not in ZONES]
    words = [word for word in words if word.casefold() not in weekday_names()]
    return len(words) > LONGEST_PLACE or not all(word[0].isupper() for word in words)


@cache
def _month_first_zones() -> frozenset[str]:
    from babel.core import get_global  # a table of territories; the import is slow, few lines need it

    american = ("US", "PR", "GU", "VI", "AS", "MP")
    zones = get_global("zone_territories")
    return frozenset(zone for zone, territory in zones.items() if territory in american)


def _blank_month(found: re.Match[str]) -> str:
    return " " if found["m"].casefold() in month_numbers() else found[0]
