"""Openers: at which words of a sentence an expression of time can begin, so that few are tried."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from etl.transform.dates import relative
from etl.transform.dates.rules import Clause
from etl.transform.dates.timex import UNITS
from etl.transform.dates.words import MONTHS, SMALL, WEEKDAYS

WORDS = re.compile(r"[A-Za-z]+|\d")
WORD = re.compile(r"(?<![\w$€£])(?:\d|[A-Za-z]+)")
REACH = 48  # characters from the first word of an expression to the one that makes it one
FIRST_WORDS = (  # of all expressions that open with a letter, beside names and numbers
    "the a an this last next every each that current previous following coming past about nearly "
    "almost around over more less at up some roughly only just another within no fewer earlier later "
    "early late mid sometime by in for of take takes took recent many several few most very right these future "
    "long currently nowadays now recently lately formerly today tonight yesterday tomorrow overnight soon near present "
    "spring summer fall autumn winter fiscal comparable year first second third fourth noon midday midnight latter "
    "final latest boxing new halloween valentine independence international st veterans thanksgiving labor memorial "
    "martin presidents columbus christmas easter good ash eighteen couple dozen half q h"
)
TELLING = (  # one of these, a number or a name stands in every expression
    "ago moment now currently nowadays days present recently recent past lately formerly current soon future term "
    "today tonight yesterday tomorrow overnight morning afternoon evening night spring summer fall autumn winter "
    "period half noon midday midnight halloween thanksgiving christmas easter valentine eve eighteen nineteen "
    "twenty thousand q h"
)
UNIT_NAMES = [f"{unit}{end}" for unit in (*UNITS, "centurie") for end in ("", "s")]
NAMES = (*MONTHS, *WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), *relative.ADVERBS)
OPENS, TELLS = 1, 2
GROUPS = (
    (FIRST_WORDS.split(), OPENS),
    (SMALL, OPENS),
    (NAMES, OPENS | TELLS),
    ((*UNIT_NAMES, *TELLING.split()), TELLS),
)


def _spell_known() -> dict[str, int]:
    """What a word can do, in each of its spellings; digits can do both."""
    known = dict.fromkeys(string.digits, OPENS | TELLS)
    for words, can in GROUPS:
        for word in words:
            for spelling in (word, word.capitalize(), word.upper()):
                known[spelling] = known.get(spelling, 0) | can
    return known


KNOWN = _spell_known()
TELLING_WORDS = frozenset(word for word, can in KNOWN.items() if can & TELLS)


def may_tell(text: str, start: int, end: int) -> bool:
    """Whether any word between these offsets is one without which no expression of time is."""
    return not TELLING_WORDS.isdisjoint(WORDS.findall(text, start, end))


def list_openers(clause: Clause) -> Iterator[int]:
    """Where an expression can begin: at a word that may open one, with one that tells of time near."""
    waiting: list[int] = []
    for word in WORD.finditer(clause.text, clause.start, clause.end):
        can = KNOWN.get(word.group())
        if can is None:
            continue
        if can & OPENS:
            waiting.append(word.start())
        if can & TELLS:
            yield from (start for start in waiting if word.start() - start <= REACH)
            waiting.clear()
