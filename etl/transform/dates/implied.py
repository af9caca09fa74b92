"""Implied rules: the quarter, the year-ago period, the weekend, now: times that the context tells."""

from __future__ import annotations

import re

from etl.transform.dates.rules import Clause, Rule, tell_tense
from etl.transform.dates.timex import SEASONS, Timex, shift_unit, shift_year, unit_grain
from etl.transform.dates.words import SEASON_OF, UNIT, read_unit

REFS = {
    "PRESENT_REF": r"now|right\snow|currently|at\s(?:the\smoment|present)|these\sdays|nowadays|the\spresent"
    r"|current",
    "PAST_REF": r"(?:more\s|most\s)?recently|(?:the\s)?recent\spast|lately|formerly|the\spast|long\sago"
    r"|(?:the\s(?:past|last)\sfew|recent)\s(?:days|weeks|months|quarters|years|decades)",
    "FUTURE_REF": r"(?<!as\s)(?:very\s)?soon(?!\safter)"
    r"|(?:the\s)?(?:coming|future)\s(?:days|weeks|months|quarters|years)"
    r"|the\s(?:near\s|foreseeable\s)?future|(?:in\s)?the\s(?:short|near|long)\sterm",
}
REF_WORDS = "|".join(f"(?P<{name.lower()}>{words})" for name, words in REFS.items())
YEAR_ENDED = re.compile(r"\s(?:that\s)?(?:ended|ending|to)\s")
EARNINGS = re.compile(
    r"\b(?:net|earned|earnings|profits?|revenue|sales|a\sshare|losse?s?|income|million|billion)\b"
)


def read_year_ago(match: re.Match[str], clause: Clause) -> Timex | None:
    """The year-ago quarter, a year-earlier loss: a year before what is compared."""
    if clause.today is None:
        return Timex(value="", granularity="year")
    return compare_quarter(clause) or Timex(value=f"{clause.today.year - 1:04d}", anchor="published")


def read_the_quarter(match: re.Match[str], clause: Clause) -> Timex | None:
    """The quarter, the latest period: the one last named, else the last that is over."""
    if known := clause.named.get("quarter"):
        return Timex(value=known, anchor="published")
    if match["period_word"] == "period":
        return None
    if clause.today is None:
        return Timex(value="", granularity="quarter")
    return Timex(value=shift_unit(clause.today, "quarter", -1), anchor="published")


def read_the_year(match: re.Match[str], clause: Clause) -> Timex | None:
    """The year, the fiscal year: that of the publication; where it says when it ended, a length of time."""
    if YEAR_ENDED.match(clause.text, match.end()):
        return Timex(value="P1Y", kind="DURATION", granularity="year")
    if clause.today is None:
        return Timex(value="", granularity="year")
    return Timex(value=f"{clause.today.year:04d}", anchor="published")


def read_turn(match: re.Match[str], clause: Clause) -> Timex | None:
    """The end of the month, the start of the year: this month, this year."""
    unit = read_unit(match["unit"])
    if clause.today is None:
        return Timex(value="", granularity=unit_grain(unit))
    return Timex(value=shift_unit(clause.today, unit, 0), anchor="published")


def read_the_season(match: re.Match[str], clause: Clause) -> Timex | None:
    """The summer: the latest that has begun, or the next where the clause tells of the future."""
    today, season = clause.today, SEASON_OF[match["season"].lower()]
    if today is None:
        return Timex(value="", granularity="quarter")
    ahead = tell_tense(match, clause) == "future"
    begun = (SEASONS[season][0] <= today.month) - (season == "WI" and today.month <= SEASONS[season][1])
    year = today.year - (not begun and not ahead)
    return Timex(value=f"{year:04d}-{season}", anchor="published")


def read_the_weekend(match: re.Match[str], clause: Clause) -> Timex | None:
    """The weekend: the one that is on or was last, or the next where the clause tells of the future."""
    if clause.today is None:
        return Timex(value="", granularity="week")
    ahead = clause.today.weekday() >= 5 or tell_tense(match, clause) == "future"
    return Timex(value=shift_unit(clause.today, "weekend", 0 if ahead else -1), anchor="published")


def read_year_end(match: re.Match[str], clause: Clause) -> Timex | None:
    """Year-end: 31 December of the year of publication."""
    if clause.today is None:
        return Timex(value="", granularity="day")
    return Timex(value=f"{clause.today.year:04d}-12-31", anchor="published")


def read_vague(match: re.Match[str], clause: Clause) -> Timex | None:
    """Now, recently, soon."""
    value = next(name for name in REFS if match[name.lower()])
    return Timex(value=value, granularity="vague")


def compare_quarter(clause: Clause) -> Timex | None:
    """The quarter a year before the one last named, where a sentence compares earnings."""
    quarter = clause.named.get("quarter", "")
    if not re.fullmatch(r"\d{4}-Q\d", quarter) or not EARNINGS.search(clause.text, clause.start, clause.end):
        return None
    return Timex(value=shift_year(quarter, -1), anchor="published")


RULES = {
    "year_end": Rule(r"(?i:year[-\s]end|year['’]s\send)\b", read_year_end),
    "year_ago": Rule(
        r"(?:(?i:the|an?)\s)?(?:comparable\s)?(?i:year)[-\s](?:ago|earlier)"
        r"(?:\s(?:third\s|second\s|first\s|fourth\s)?(?:quarter|period))?\b",
        read_year_ago,
    ),
    "the_quarter": Rule(r"(?i:the)\s(?:latest\s)?(?P<period_word>quarter|period)\b", read_the_quarter),
    "the_year": Rule(
        r"(?i:the)\s(?:fiscal\s|full\s|entire\s|calendar\s|whole\s)?year\b"
        r"(?![-\s](?:ago|before|earlier|after)|\s(?:\d{4}|two\sthousand)|['’]s?\s?end)",
        read_the_year,
    ),
    "turn": Rule(
        rf"(?:by\s)?the\s(?:very\s)?(?:end|start|beginning|middle|rest|remainder)\sof\sthe\s{UNIT}\b",
        read_turn,
    ),
    "the_season": Rule(
        r"the\s(?:early\s|late\s)?(?P<season>spring|summer|fall|autumn|winter)\b(?!\s(?:of|in)\b|\s[A-Z])",
        read_the_season,
    ),
    "the_weekend": Rule(r"(?i:the)\sweekend\b", read_the_weekend),
    "vague": Rule(rf"\b(?i:{REF_WORDS})\b", read_vague),
}
