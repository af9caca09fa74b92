"""Timex: one calendar value in the notation of TIMEX3, how exact it is, and which days it covers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Anchor = Literal["text", "published", "none"]

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "weekend": "W",
    "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
}  # fmt: skip
GRANULARITY = {"TS": "time", "TM": "time", "TH": "time", "D": "day", "W": "week", "M": "month",
               "Q": "quarter", "Y": "year", "E": "decade", "C": "century"}  # fmt: skip
HALVES = {"year": "6M", "hour": "30M", "minute": "30S"}
SHAPES = (
    (re.compile(r"\d{4}-\d\d-\d\dT.+"), "time"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "day"),
    (re.compile(r"\d{4}-W\d\d(-WE)?"), "week"),
    (re.compile(r"\d{4}-\d\d"), "month"),
    (re.compile(r"\d{4}-(Q[1-4]|H[12]|SP|SU|FA|WI)"), "quarter"),
    (re.compile(r"\d{4}"), "year"),
    (re.compile(r"\d{3}"), "decade"),
    (re.compile(r"\d\d"), "century"),
)


@dataclass(frozen=True, kw_only=True)
class Timex:
    """A resolved expression; `value` is empty where it depends on a day that is not known."""

    value: str
    kind: Kind = "DATE"
    granularity: str = ""
    anchor: Anchor = "none"

    @property
    def exactness(self) -> str:
        """The granularity given, else the one that the value shows."""
        return self.granularity or read_granularity(self.value)


def read_granularity(value: str) -> str:
    """time, day, week ... century of a calendar value; vague for any other."""
    return next((name for shape, name in SHAPES if shape.fullmatch(value)), "vague")


def cover_days(value: str) -> tuple[date, date] | None:
    """First and last day that a calendar value covers; None for durations, sets and vague values."""
    granularity = read_granularity(value)
    if granularity == "vague" or (granularity == "year" and int(value) == 0):
        return None
    try:
        return _cover(value, granularity)
    except ValueError:  # a day or week that the calendar does not have, as 30 February
        return None


def _cover(value: str, granularity: str) -> tuple[date, date]:
    """First and last day of a value of known granularity."""
    if granularity in ("time", "day"):
        day = date.fromisoformat(value[:10])
        return day, day
    if granularity == "week":
        monday = date.fromisocalendar(int(value[:4]), int(value[6:8]), 1)
        return monday + timedelta(days=5 if value.endswith("WE") else 0), monday + timedelta(days=6)
    if granularity in ("month", "quarter"):
        return _cover_months(int(value[:4]), value[5:])
    width = 10 ** (4 - len(value))
    first = max(1, int(value) * width)
    return date(first, 1, 1), date(int(value) * width + width - 1, 12, 31)


def _cover_months(year: int, part: str) -> tuple[date, date]:
    """First and last day of a month, quarter, half or season; a winter begins in December."""
    if part in SEASONS:
        first, last = SEASONS[part]
        return date(year, first, 1), end_month(year + (last < first), last)
    if part[0] in "QH":
        months = 3 if part[0] == "Q" else 6
        last = months * int(part[1])
        return date(year, last - months + 1, 1), end_month(year, last)
    return date(year, int(part), 1), end_month(year, int(part))


def end_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def add_months(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months after that of a day."""
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1


def format_week(day: date) -> str:
    """The ISO week of a day: 2024-W26."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def format_quarter(year: int, quarter: int) -> str:
    """A quarter by year and number, which may run over: (2024, 0) is 2023-Q4."""
    return f"{year + (quarter - 1) // 4:04d}-Q{(quarter - 1) % 4 + 1}"


def format_duration(count: str, unit: str) -> str:
    """A duration: ("3", "week") is P3W, ("2.5", "year") P2Y6M, ("X", "hour") PTXH; decades count as years."""
    scale = {"decade": 10, "century": 100, "fortnight": 2}.get(unit, 1)
    if scale > 1 and count.isdigit():
        count, unit = str(int(count) * scale), "week" if unit == "fortnight" else "year"
    code, half = UNITS[unit], HALVES.get(unit)
    if count.endswith(".5") and half:
        return f"P{'T' if code[0] == 'T' else ''}{count[:-2]}{code[-1]}{half}"
    return f"PT{count}{code[1]}" if code[0] == "T" else f"P{count}{code}"


def shift_year(value: str, years: int) -> str:
    """The same part of another year: ("2016-Q3", -1) is 2015-Q3."""
    return f"{int(value[:4]) + years:04d}{value[4:]}"


def shift_unit(today: date, unit: str, shift: int) -> str:
    """The day, week, month ... so many units from that of a day; empty beyond the calendar."""
    try:
        return _shift(today, unit, shift)
    except (ValueError, OverflowError):
        return ""


def _shift(today: date, unit: str, shift: int) -> str:
    """As `shift_unit`; raises where the calendar ends."""
    if unit == "day":
        return (today + timedelta(days=shift)).isoformat()
    if unit in ("week", "weekend", "fortnight"):
        week = format_week(today + timedelta(weeks=shift * (2 if unit == "fortnight" else 1)))
        return week + "-WE" if unit == "weekend" else week
    if unit == "month":
        year, month = add_months(today, shift)
        return f"{_checked(year):04d}-{month:02d}"
    if unit == "quarter":
        return format_quarter(today.year, (today.month + 2) // 3 + shift)
    if unit == "year":
        return f"{_checked(today.year + shift):04d}"
    width = 10 if unit == "decade" else 100
    return f"{_checked(today.year + shift * width) // width:0{4 - len(str(width)) + 1}d}"


def _checked(year: int) -> int:
    """The year, if the calendar has it."""
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return year


def unit_grain(unit: str) -> str:
    """Granularity of a unit."""
    return GRANULARITY[UNITS[unit]]
