"""Dates: temporal expressions of English texts and the calendar values that they mean (TIMEX3).

Relative expressions are resolved against the day of publication in the outlet's own time zone (UTC where
none is configured). Where that day is unknown they stay unresolved, unless the text itself names a full
date that settles the year of a month and day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from etl.schema import TABLES
from etl.transform.dates import absolute, relative
from etl.transform.dates.rules import Clause, Rule
from etl.transform.dates.timex import Timex, cover_days
from etl.transform.dates.words import MONTH, MONTHS, SMALL, WEEKDAYS
from etl.transform.feature import Feature
from etl.transform.spans import sentence_at, slice_spans

LANGUAGES = ("en",)
TIMED = ("second", "minute", "hour")  # precisions that tell a time of day
ORDER = (
    "numeric month_day day_month set weekday day_name offset year_ago quarter short_quarter the_quarter"
    " the_weekend span period season decade century holiday month year_end spoken half duration plural"
    " hour vague year"
)
RULES: dict[str, Rule] = {name: (absolute.RULES | relative.RULES)[name] for name in ORDER.split()}
EXACT = {name: re.compile(rule.pattern) for name, rule in RULES.items()}
NAMED, SAME_MARK = re.compile(r"\(\?P<\w+>"), "(?P=mark)"
SCAN = re.compile(  # all rules at once, by their own names alone: which rule fits where
    "|".join(
        f"(?P<{name}>{NAMED.sub('(?:', rule.pattern).replace(SAME_MARK, '[/.-]')})"
        for name, rule in RULES.items()
    )
)
MONTH_NAME = re.compile(MONTH)
WORD = re.compile(r"(?<![\w$€£])(?:\d|[A-Za-z]+)")
FIRST_WORDS = (  # of all expressions that open with a letter, beside names and numbers
    "the a an this last next every each that current previous following coming past about nearly "
    "almost around over more less at up some roughly only just another within no fewer earlier later "
    "early late mid sometime by in for of take takes took recent many several few today tonight "
    "yesterday tomorrow overnight now right currently these nowadays present recently lately "
    "formerly long most very soon near spring summer fall autumn winter fiscal comparable year first "
    "second third fourth noon midday midnight final latest boxing new halloween valentine "
    "independence international st veterans thanksgiving labor memorial martin presidents columbus "
    "easter good ash christmas eighteen couple dozen half q h "
)
OPENERS = frozenset(FIRST_WORDS.split()).union(
    MONTHS, WEEKDAYS, (f"{day}s" for day in WEEKDAYS), SMALL, relative.ADVERBS
)


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
    bounds = {
        article: list(zip(group["start"], group["end"], strict=True))
        for article, group in sentences.sort_values("start").groupby("article_id", observed=True)
    }
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
        yield from _scan_sentence(Clause(text, start, end, today, named), named)


def _scan_sentence(clause: Clause, named: dict[str, str]) -> Iterator[Found]:
    """Expressions of one sentence; each value is remembered as the latest of its granularity."""
    position = clause.start
    for word in WORD.finditer(clause.text, clause.start, clause.end):
        if word.start() < position or not (word.group().isdigit() or word.group().lower() in OPENERS):
            continue
        match = SCAN.match(clause.text, word.start(), clause.end)
        timex = _resolve(str(match.lastgroup), word.start(), clause) if match else None
        if match is None or timex is None:
            continue
        position = match.end()
        if timex.value and timex.kind == "DATE":
            named[timex.exactness] = timex.value
        yield Found(match.start(), match.end(), timex)


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
