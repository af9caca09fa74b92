"""Credits: who took the picture or filed the report is named in a text, but is no actor of its news."""

from __future__ import annotations

import re
from functools import cache

from etl.transform.lexicon import read_lexicon

APPEAL = re.compile(
    r"^(?:Support|Subscribe|Follow|Sign up|Read (?:more|also|next)|Click|Join|Donate|Watch|Listen|Share)\b"
    r"[^\n.?!]{0,90}!?$",
    re.MULTILINE,
)
COPYRIGHT = re.compile(r"(?:©|\(c\)|\b(?i:copyright)\b)[^\n]{0,90}")
SIGNED = re.compile(
    r"(?:^|(?<=[;.(\n]\s)|(?<=[(\n]))(?i:(?:additional |with |photo |file )*(?:reporting|writing|"
    r"editing|edited|photos?|photographs?|images?|pictures?|illustration|video|graphics?|filmed|translated)"
    r" by)\s[^\n;.]{2,90}",
    re.MULTILINE,
)
DATELINE = re.compile(  # SEOUL, June 24 (Meridian) —: who filed it; the place stays a place
    r"^[A-Z]{3}[^\n()a-z]{0,30}(?:,[^\n()]{1,30})? \(([\w.&'’-]{1,30}(?: [\w.&'’-]{1,30}){0,2})\)\s?[-–—]",
    re.MULTILINE,
)
NAME = r"[A-Z][\w.'-]{1,40}+"  # bounded: a wall of letters is not read once a letter
LED_IN = r"(?i:\b(?:photo|image|picture|photograph|video|credit|illustration)s?(?: credit)?)\s*[:/]\s*"


def credit_ranges(text: str) -> list[tuple[int, int]]:
    """The stretches of a text that credit, sign, claim copyright or appeal to readers; may overlap."""
    patterns = (APPEAL, COPYRIGHT, SIGNED, DATELINE, *_agency_patterns())
    return sorted(
        match.span(match.lastindex or 0) for pattern in patterns for match in pattern.finditer(text)
    )


def is_picture_agency(name: str) -> bool:
    """Whether the name belongs to an agency that is only ever named for its pictures."""
    return name in _read_agencies()["pictures"]


@cache
def _agency_patterns() -> tuple[re.Pattern[str], ...]:
    """The ways in which a news or picture agency is credited."""
    names = sorted(
        _read_agencies()["pictures"] | _read_agencies()["news"], key=lambda name: (-len(name), name)
    )
    agency = rf"\b(?:{'|'.join(map(re.escape, names))})\b"
    return (
        re.compile(rf"\([^()\n]{{0,40}}{agency}[^()\n]{{0,20}}\)"),
        re.compile(rf"/\s?{agency}\s?/?"),
        re.compile(rf"{agency}\s?/\s?[\w' ]{{2,30}}"),
        re.compile(rf"\b{NAME}(?: {NAME}){{0,2}}\s?/\s?{agency}"),
        re.compile(rf"{LED_IN}(?:[^\n/]{{0,40}}/\s?)?{agency}"),
        re.compile(rf"^{agency}(?: [Pp]hoto)?$", re.MULTILINE),
    )


@cache
def _read_agencies() -> dict[str, frozenset[str]]:
    """The agencies by what they are credited for: `pictures` only, or `news` too."""
    rows = read_lexicon("credits")
    return {
        use: frozenset(row["agency"] for row in rows if row["use"] == use) for use in ("pictures", "news")
    }
