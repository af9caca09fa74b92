"""Dates: temporal expressions of English texts and the calendar values that they mean (TIMEX3).

Relative expressions are resolved against the day of publication in the outlet's own time zone (UTC where
none is configured). Where that day is unknown they stay unresolved, unless the text itself names a full
date that settles the year of a month and day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from etl.schema import TABLES
from etl.transform.dates import absolute, implied, relative
from etl.transform.dates.openers import list_openers, may_tell
from etl.transform.dates.rules import Clause, Rule
from etl.transform.dates.timex import Timex, cover_days
from etl.transform.dates.words import MONTH
from etl.transform.feature import Feature
from etl.transform.spans import sentence_at, slice_spans

LANGUAGES = ("en",)
TIMED = ("second", "minute", "hour")  # precisions that tell a time of day
COMPARING = ("year_ago", "year_period", "offset")  # rules that look back from what is spoken of
ORDER = (
    "numeric month_day day_month set weekday day_name offset year_ago quarter short_quarter the_quarter turn"
    " the_weekend the_season the_year span period season decade century holiday month year_period year_end"
    " spoken half duration plural hour vague year"
)
WORDED = (  # rules whose expressions never open with a number
    "set year_ago short_quarter the_quarter turn the_weekend the_season the_year span period season holiday"
    " month year_end spoken half plural vague"
)
KNOWN = absolute.RULES | relative.RULES | implied.RULES
RULES: dict[str, Rule] = {name: KNOWN[name] for name in ORDER.split()}
EXACT = {name: re.compile(rule.pattern) for name, rule in RULES.items()}
NAMED, SAME_MARK = re.compile(r"\(\?P<\w+>"), "(?P=mark)"
MONTH_NAME = re.compile(MONTH)
PHOTO = re.compile(  # what stands under a picture from the archive tells of the picture
    r"[\s(\[]*(?:FILE\s?(?:[-–—:]|PHOTO)|File\s(?:photo|picture|image)|In\sthis\s.{0,60}?(?:photo|picture|image)\b)"
)


def _join(names: Iterable[str]) -> re.Pattern[str]:
    """Rules at once, by their own names alone: which of them fits where."""
    patterns = {name: NAMED.sub("(?:", RULES[name].pattern).replace(SAME_MARK, "[/.-]") for name in names}
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items()))


SCAN = _join(RULES)
SCAN_NUMBER = _join(name for name in RULES if name not in WORDED.split())


class Found(NamedTuple):
    """One temporal expression of a text."""

    start: int
    end: int
    timex: Timex


def find_dates(
    articles: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame, outlets: pd.DataFrame
) -> pd.DataFrame:
    """Rows for the table `dates`, one an expression, for articles in English."""
    english = articles[articles["language"].isin(LANGUAGES)]
    known = english.merge(texts, on="article_id", validate="one_to_one")
    days = publication_days(known, outlets)
    bounds = list_bounds(sentences)
    rows = [
        (article, *_describe(found))
        for article, text, today in zip(known["article_id"], known["text"], days, strict=True)
        for found in read_dates(text, today, bounds.get(article, ()))
    ]
    if not rows:
        return TABLES["dates"].empty()
    names = ["article_id", "start", "end", "value", "type", "granularity", "first_day", "last_day", "anchor"]
    made = pd.DataFrame(rows, columns=names)
    days_made = {
        name: pd.to_datetime(made[name]).astype("datetime64[us]") for name in ("first_day", "last_day")
    }
    return made.assign(**days_made, sentence=sentence_at(made, sentences), surface=slice_spans(made, texts))


def list_bounds(sentences: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Start and end of the sentences of each article, in order."""
    bounds: dict[str, list[tuple[int, int]]] = {}
    ordered = sentences.sort_values("start")
    for article, start, end in zip(ordered["article_id"], ordered["start"], ordered["end"], strict=True):
        bounds.setdefault(article, []).append((start, end))
    return bounds


def publication_days(articles: pd.DataFrame, outlets: pd.DataFrame) -> list[date | None]:
    """The day of publication of each article where its outlet is; None for undated ones.

    A day without a time stands as its midnight in UTC: it is that day in every zone.
    """
    zones = dict(zip(outlets["outlet"], outlets["timezone"], strict=True))
    timed = articles["published_precision"].isin(TIMED)
    rows = zip(articles["published"], articles["outlet"], timed, strict=True)
    return [
        None if pd.isna(at) else at.tz_convert(_find_zone(zones.get(outlet) if told else None)).date()
        for at, outlet, told in rows
    ]


def read_dates(text: str, today: date | None, sentences: Sequence[tuple[int, int]]) -> list[Found]:
    """The temporal expressions of a text told on a day, in order and without overlap."""
    found = list(_scan(text, today, sentences))
    if today is not None:
        return found
    stated = next(
        (f.timex.value for f in found if f.timex.anchor == "text" and len(f.timex.value) >= 10), None
    )
    if stated is None:
        return found
    told = {f.start: f for f in _scan(text, date.fromisoformat(stated[:10]), sentences)}
    return [_settle(f, told.get(f.start)) if MONTH_NAME.search(text, f.start, f.end) else f for f in found]


def _scan(text: str, today: date | None, sentences: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Expressions from left to right, sentence by sentence."""
    named: dict[str, str] = {}
    for start, end in sentences:
        if not may_tell(text, start, end) or PHOTO.match(text, start, end):
            continue
        yield from _scan_sentence(Clause(text, start, end, today, named), named)


def _scan_sentence(clause: Clause, named: dict[str, str]) -> Iterator[Found]:
    """Expressions of one sentence; each value is remembered as the latest of its granularity."""
    position = clause.start
    for start in list_openers(clause):
        if start < position:
            continue
        scan = SCAN_NUMBER if clause.text[start].isdigit() else SCAN
        match = scan.match(clause.text, start, clause.end)
        timex = _resolve(str(match.lastgroup), start, clause) if match else None
        if match is None or timex is None:
            continue
        position = match.end()
        _remember(str(match.lastgroup), timex, named)
        yield Found(start, position, timex)


def _remember(rule: str, timex: Timex, named: dict[str, str]) -> None:
    """Keep what was named last; a comparison with an earlier time is no new topic."""
    if rule in COMPARING or timex.kind != "DATE" or timex.exactness == "vague" or not timex.value:
        return
    named["latest"] = timex.value
    if timex.exactness != "quarter" or timex.value[5] in "QH":
        named[timex.exactness] = timex.value


def _resolve(name: str, start: int, clause: Clause) -> Timex | None:
    """What a rule makes of the words at `start`."""
    match = EXACT[name].match(clause.text, start, clause.end)
    return RULES[name].resolve(match, clause) if match else None


def _settle(found: Found, told: Found | None) -> Found:
    """An unresolved month and day with the year that a full date of the same text gives it."""
    if (
        found.timex.value
        or told is None
        or told.timex.exactness not in ("day", "time")
        or told.end != found.end
    ):
        return found
    return found._replace(timex=replace(told.timex, anchor="text"))


def _describe(found: Found) -> tuple[object, ...]:
    """Start, end, value, type, granularity, first and last day, anchor of one expression."""
    timex = found.timex
    first, last = cover_days(timex.value) or (None, None)
    return (found.start, found.end, timex.value, timex.kind, timex.exactness, first, last, timex.anchor)


def _find_zone(name: object) -> ZoneInfo:
    """A time zone by its IANA name; UTC where there is none such."""
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else ZoneInfo("UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


DATES = Feature(
    makes="dates", needs=("articles", "texts", "sentences", "outlets"), compute=find_dates, scope="article"
)
