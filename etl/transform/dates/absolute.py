"""Absolute rules: expressions that name a calendar day, month, quarter, year or decade, in part or whole."""

from __future__ import annotations

import re
from datetime import date, timedelta

from etl.transform.dates.rules import Clause, Rule, is_surely_ahead, tell_tense
from etl.transform.dates.timex import Anchor, Timex, end_month
from etl.transform.dates.words import (
    CLOCK,
    DAY,
    MONTH,
    ORDINALS,
    PART_OF_DAY,
    SEASON_OF,
    SHORT_WEEKDAY,
    SPOKEN_YEAR,
    WEEKDAY,
    YEAR,
    ZONE,
    read_month,
    read_spoken_year,
)  # fmt: skip

WEEKDAY_BEFORE = rf"(?:(?:{WEEKDAY.replace('?P<weekday>', '?:')}|{SHORT_WEEKDAY}),?\s(?:the\s)?)?"
CLOCK_BEFORE = rf"(?:(?:{CLOCK}){ZONE}?,?\s(?:on\s)?)?"
THE = r"(?:(?i:the)\s)?"
VAGUELY = r"(?:(?i:early|late|mid|the\send\sof|the\sbeginning\sof|the\sstart\sof)[-\s](?:in\s)?)?"
YEAR_BEFORE_IT = YEAR.replace("year>", "year_before>")
IN_YEAR = rf"(?:,?\s(?:of\s)?(?:{YEAR}|(?P<year_which>(?i:last|this|next))\syear\b|{SPOKEN_YEAR}))"
FIXED_DAYS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new year's day": (1, 1), "new year's": (1, 1), "halloween": (10, 31),
    "valentine's day": (2, 14), "independence day": (7, 4), "international women's day": (3, 8),
    "st. patrick's day": (3, 17), "st patrick's day": (3, 17), "may day": (5, 1), "veterans day": (11, 11),
}  # fmt: skip
FLOATING_DAYS = {  # month, weekday, which one: -1 is the last
    "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1),
    "memorial day": (5, 0, -1), "martin luther king day": (1, 0, 3), "presidents day": (2, 0, 3),
    "presidents' day": (2, 0, 3), "columbus day": (10, 0, 2),
}  # fmt: skip
EASTER_DAYS = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "ash wednesday": -46}
HOLIDAY = "|".join(sorted({*FIXED_DAYS, *FLOATING_DAYS, *EASTER_DAYS}, key=len, reverse=True)).replace(
    "'", "['’]"
)
NUMERIC = r"(?P<one>\d{1,4})(?P<mark>[/.\-])(?P<two>\d{1,2})(?P=mark)(?P<three>\d{4}|\d\d)(?![\d/]|[.\-]\d)"


def read_numeric(match: re.Match[str], clause: Clause) -> Timex | None:
    """2024-06-24, 24.06.2024, 6/24/2024; where both orders fit, a slash means month first."""
    one, two, three = int(match["one"]), int(match["two"]), int(match["three"])
    if len(match["one"]) == 4:
        year, month, day = one, two, three
    else:
        year = three if len(match["three"]) == 4 else 2000 + three - 100 * (three > 49)
        month, day = (two, one) if match["mark"] == "." or one > 12 else (one, two)
    if match["mark"] == "." and len(match["three"]) != 4:
        return None
    return _make_day(year, month, day, "text")


def read_day(match: re.Match[str], clause: Clause) -> Timex | None:
    """A day of a month; without a year that of the year which brings it nearest to the publication."""
    month, day, clock = read_month(match["month"]), int(match["day"]), read_clock(match)
    year = read_year_in(match, clause.today)
    if year is not None:
        return _make_day(year, month, day, _anchor(match), clock)
    if clause.today is None:
        return Timex(value="", kind="TIME" if clock else "DATE", granularity="time" if clock else "day")
    year = choose_year(match, clause, clause.today, (month, day))
    return _make_day(year, month, day, "published", clock)


def read_month_name(match: re.Match[str], clause: Clause) -> Timex | None:
    """A month, with its year or nearest to the publication; "may" only where a month can stand."""
    month, stated = read_month(match["month"]), read_year_in(match, clause.today)
    if stated is not None:
        return Timex(value=f"{stated:04d}-{month:02d}", anchor=_anchor(match))
    if _is_other_word(match, clause):
        return None
    if clause.today is None:
        return Timex(value="", granularity="month")
    year = choose_year(match, clause, clause.today, (month, 15))
    return Timex(value=f"{year:04d}-{month:02d}", anchor="published")


def _is_other_word(match: re.Match[str], clause: Clause) -> bool:
    """Whether the name of a month is rather a verb or a person here: "may", "march", "Jan Kavan"."""
    if match["month"].rstrip(".") not in AMBIGUOUS:
        return False
    before = MONTH_BEFORE.search(clause.text, max(0, match.start() - 16), match.start())
    return before is None or NAME_AFTER.match(clause.text, match.end()) is not None


def read_year_in(match: re.Match[str], today: date | None) -> int | None:
    """The year that stands with a month or day, as digits, in words or as last, this or next year."""
    if match["year"]:
        return int(match["year"])
    if match["spoken"]:
        return read_spoken_year(match["spoken"])
    if not match["year_which"] or today is None:
        return None
    return today.year + {"last": -1, "this": 0, "next": 1}[match["year_which"].lower()]


def _anchor(match: re.Match[str]) -> Anchor:
    """Whether a stated year stands in the text by itself or counts from the publication."""
    return "published" if match["year_which"] else "text"


def read_quarter(match: re.Match[str], clause: Clause) -> Timex | None:
    """A quarter or half of a year; without a year that which ended last, or is nearest."""
    number = ORDINALS[match["ordinal"].lower()]
    letter = "H" if match["period"] and match["period"].lower() == "half" else "Q"
    if number > (2 if letter == "H" else 4):
        return None
    stated = match["year"] or match["year_before"]
    if stated:
        return Timex(value=f"{stated}-{letter}{number}", anchor="text")
    if clause.today is None:
        return Timex(value="", granularity="quarter")
    shift = {"last": -1, "next": 1, "this": 0}.get((match["which"] or match["which_after"] or "").lower())
    year = clause.today.year + shift if shift is not None else _quarter_year(match, clause, number)
    return Timex(value=f"{year:04d}-{letter}{number}", anchor="published")


def read_short_quarter(match: re.Match[str], clause: Clause) -> Timex | None:
    """Q4 2023, H1 of 2022."""
    return Timex(value=f"{match['year']}-{match['part']}", anchor="text")


def read_decade(match: re.Match[str], clause: Clause) -> Timex | None:
    """The 1980s are 198; "the '80s" those of the last century, unless they are near."""
    digits = match["decade"]
    if AGE_BEFORE.search(clause.text, max(0, match.start() - 24), match.start()):
        return None
    if len(digits) == 4:
        return Timex(value=digits[:3], anchor="text")
    return Timex(value=("20" if digits[0] in "01" else "19") + digits[0], anchor="text")


def read_century(match: re.Match[str], clause: Clause) -> Timex | None:
    """The 20th century is 19."""
    return Timex(value=f"{int(match['century']) - 1:02d}", anchor="text")


def read_year(match: re.Match[str], clause: Clause) -> Timex | None:
    """A number that can be a year, and is not followed by what is counted."""
    text, year = clause.text, int(match["year"])
    led_in = match["led"] or YEAR_BEFORE.search(text, max(0, match.start() - 14), match.start())
    if NO_YEAR_BEFORE.search(text, max(0, match.start() - 10), match.start()):
        return None
    if not led_in and (not 1900 <= year <= 2060 or COUNTED_AFTER.match(text, match.end())):
        return None
    return Timex(value=match["year"], anchor="text")


def read_spoken(match: re.Match[str], clause: Clause) -> Timex | None:
    """A year in words, as in a transcript; two thousand only where it is called a year."""
    if match["spoken"].lower().startswith("two") and "year" not in match.group().lower():
        return None
    return Timex(value=str(read_spoken_year(match["spoken"])), anchor="text")


def read_year_period(match: re.Match[str], clause: Clause) -> Timex | None:
    """The 1988 period: the quarter that is spoken of, in that year; the year itself where none is."""
    quarter = clause.named.get("quarter", "")
    return Timex(value=f"{match['year']}{quarter[4:]}", anchor="text")


def read_season(match: re.Match[str], clause: Clause) -> Timex | None:
    """A season with its year."""
    year = read_year_in(match, clause.today)
    if year is None:
        return Timex(value="", granularity="quarter")
    return Timex(value=f"{year}-{SEASON_OF[match['season'].lower()]}", anchor=_anchor(match))


def read_holiday(match: re.Match[str], clause: Clause) -> Timex | None:
    """A holiday, of the year given or nearest to the publication ("last" and "next" as they say)."""
    name, today = match["holiday"].lower().replace("’", "'"), clause.today
    if (stated := read_year_in(match, today)) is not None:
        return Timex(value=find_holiday(name, stated).isoformat(), anchor=_anchor(match))
    if today is None:
        return Timex(value="", granularity="day")
    days = [find_holiday(name, today.year + shift) for shift in (-1, 0, 1)]
    which = (match["which"] or "").lower()
    if which == "last":
        days = [day for day in days if day < today]
    elif which == "next":
        days = [day for day in days if day > today]
    day = min(days, key=lambda day: abs((day - today).days))
    return Timex(value=day.isoformat(), anchor="published")


def find_holiday(name: str, year: int) -> date:
    """The day of a holiday in a year; Easter by the anonymous Gregorian algorithm (Meeus 1991, p. 67)."""
    if name in FIXED_DAYS:
        return date(year, *FIXED_DAYS[name])
    if name in EASTER_DAYS:
        return _find_easter(year) + timedelta(days=EASTER_DAYS[name])
    month, weekday, which = FLOATING_DAYS[name]
    if which < 0:
        last = end_month(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def read_clock(match: re.Match[str]) -> str:
    """The time of day in a match as T09:00, or empty."""
    groups = match.groupdict()
    if groups.get("hour24"):
        return f"T{int(groups['hour24']):02d}:{groups['minute24']}"
    if groups.get("part"):
        return PART_OF_DAY[groups["part"].lower()]
    if not groups.get("hour"):
        return ""
    hour, late = int(groups["hour"]), (groups["half"] or "").lower().startswith("p")
    return f"T{hour % 12 + 12 * late if hour <= 12 else hour:02d}:{groups['minute'] or '00'}"


def choose_year(match: re.Match[str], clause: Clause, today: date, day: tuple[int, int]) -> int:
    """The year that brings a month and day nearest to today; where that is far, the tense decides."""
    year = nearest_year(today, *day)
    ahead = (year, *day) > (today.year, today.month, today.day)
    away = _distance(today, year, *day)
    if away < LATE or (away < FAR and (ahead or not is_surely_ahead(match, clause))):
        return year
    tense = tell_tense(match, clause)
    return year + (tense == "future" and not ahead) - (tense == "past" and ahead)


def nearest_year(today: date, month: int, day: int) -> int:
    """The year in which a month and day come nearest to a day."""
    return min(
        (today.year + shift for shift in (0, -1, 1)), key=lambda year: _distance(today, year, month, day)
    )


def _distance(today: date, year: int, month: int, day: int) -> int:
    """Days between a day and the given one, 31-day months: good enough to compare years."""
    return abs((today.year - year) * 372 + (today.month - month) * 31 + today.day - day)


def _quarter_year(match: re.Match[str], clause: Clause, number: int) -> int:
    """The year of the latest quarter (or half) of that number that has begun, or the next one in the future.

    What a company expects for the quarter that has just ended is still to be reported.
    """
    today, last_month = clause.today or date.min, number * (3 if match["period"].lower() == "quarter" else 6)
    if last_month <= today.month + SLACK:
        return today.year
    awaited = today.month <= SLACK and AWAITED.search(clause.text, clause.start, match.start())
    return today.year - (bool(awaited) or tell_tense(match, clause) != "future")


def _make_day(year: int, month: int, day: int, anchor: str, clock: str = "") -> Timex | None:
    """A day of the calendar with an optional time; None where there is none such."""
    try:
        value = date(year, month, day).isoformat() + clock
    except ValueError:
        return None
    return Timex(
        value=value, kind="TIME" if clock else "DATE", anchor="text" if anchor == "text" else "published"
    )


def _find_easter(year: int) -> date:
    """Easter Sunday."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


SLACK = 2  # months that a quarter may still have to run
FAR = 80  # days
LATE = 21  # days by which an article may tell as to come what is over when it is published
AWAITED = re.compile(r"\b(?:expect(?:s|ed|ing)?|forecasts?|predict(?:s|ed)?)\b")
AGE_BEFORE = re.compile(r"\b(?i:his|her|their|our|my|your)\s(?:(?i:early|late|mid)[-\s])?$")  # in his 30s
NAME_AFTER = re.compile(r"\s[A-Z][a-z]")
AMBIGUOUS = frozenset(("May", "March", "MAY", "MARCH", "Mar", "August", "April", "June", "Jan"))
MONTH_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|of|from|to|through|between|and|during|before|after|for|last|next|this|early|late|mid"
    r"|around|that|each|every|the|with)[-\s]$",
    re.IGNORECASE,
)
YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|of|from|during|before|after|through|year|fiscal|circa|late|early|mid|back\sto|between)"
    r"[-\s]|\d[-–/]|\()$",
    re.IGNORECASE,
)
NO_YEAR_BEFORE = re.compile(
    r"(?:[$£€#]\s?|[\d][.,:/]|\b(?:No\.?|number|Route|Flight|Windows|page|room)\s)$", re.IGNORECASE
)
COUNTED_AFTER = re.compile(
    r"(?:\s(?:\w+\s)?(?:people|men|women|children|troops|jobs|percent|per|square|million|billion|miles|km|m)\b"
    r"|[\d%]|-(?!\d\d)|\s?%)"
)

RULES = {
    "numeric": Rule(NUMERIC, read_numeric),
    "month_day": Rule(rf"{CLOCK_BEFORE}{WEEKDAY_BEFORE}{MONTH}\s(?:the\s)?{DAY}{IN_YEAR}?", read_day),
    "day_month": Rule(rf"{CLOCK_BEFORE}{WEEKDAY_BEFORE}{DAY}(?:\sof)?\s{MONTH}{IN_YEAR}?", read_day),
    "month": Rule(rf"{VAGUELY}\b{MONTH}{IN_YEAR}?", read_month_name),
    "quarter": Rule(
        rf"(?:(?i:the)\s|(?P<which>(?i:this|last|next))\syear['’]s\s|(?:the\s)?{YEAR_BEFORE_IT}(?:['’]s)?\s)?"
        r"(?:fiscal[-\s])?(?P<ordinal>(?i:first|second|third|fourth|1st|2nd|3rd|4th|(?:last|latter)(?=\shalf)))[-\s]"
        r"(?:fiscal[-\s])?(?P<period>quarter|half)\b"
        rf"(?:(?:\sof)?(?:\sthe)?(?:\sfiscal)?(?:\syear)?\s{YEAR}|\sof\s(?P<which_after>this|last|next)\syear\b)?",
        read_quarter,
    ),
    "short_quarter": Rule(rf"(?P<part>Q[1-4]|H[12])(?:\sof)?(?:\sfiscal)?\s{YEAR}", read_short_quarter),
    "decade": Rule(rf"{THE}{VAGUELY}(?:['’](?=\d\ds))?(?P<decade>\d\d\d0|[2-9]0)['’]?s\b", read_decade),
    "century": Rule(rf"{THE}{VAGUELY}(?P<century>1\d|20|21)(?:st|th)[-\s]century\b", read_century),
    "season": Rule(rf"{THE}{VAGUELY}(?P<season>(?i:spring|summer|fall|autumn|winter)){IN_YEAR}", read_season),
    "year_period": Rule(rf"{THE}{YEAR}\s(?:period|quarter)\b", read_year_period),
    "holiday": Rule(
        rf"(?:(?P<which>last|next|this)\s)?\b(?P<holiday>(?i:{HOLIDAY}))\b{IN_YEAR}?", read_holiday
    ),
    "spoken": Rule(rf"(?:(?:the\s)?year\s)?{SPOKEN_YEAR}", read_spoken),
    "year": Rule(
        rf"(?P<led>(?:the\s)?(?:fiscal|year)\s|(?i:early|late|mid|the\send\sof)[-\s])?{YEAR}(?:['’]s\b)?",
        read_year,
    ),
}
