"""Rules: each is a pattern and what its match means on the day of publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from etl.transform.dates.timex import Timex

# What a clause says of its time: the nearest cue before an expression counts, else the first one after it.
OPEN = r"(?!\s(?:not|have|be\sreached)\b)"  # "would not say Friday", "may have died Friday" tell of the past
FUTURE = re.compile(
    rf"\b(?:will|won't|shall|'ll|’ll|(?:would|might|may){OPEN}|upcoming|going\sto|(?:is|are)\sto|to\sbe"
    r"|(?<!had\sbeen\s)(?<!previously\s)(?:scheduled|expected|due|set\sto|planned)|plan(?:s|ning)?\s(?:to|for|an?)"
    r"|hopes?\sto|intends?\sto|expects?|(?<!was\s)(?<!were\s)expecting|forecasts|forecast\s(?:an?|for|that)"
    r"|(?<!did\s)predicts?|predicting|anticipat(?:es?|ing)|foresees?"
    r"|[Uu]ntil|[Aa]head\sof|[Ss]tarting|effective|as\s(?:soon|early)\sas|deadline"
    r"|(?:begin|start|open|end|expire|resume|leave|arrive|return|meet)s)\b"
)
SURE = re.compile(  # "expect a cut in", "will be held in"; not "will be tried for the attack in"
    r"\b(?:(?:expects?|forecasts?|predicts?|foresees?|(?:is|are)\sexpected)(?:\s[\w'’-]+){0,6}"
    r"|(?:will|won't|shall|(?:is|are)\s(?:to|due\sto|going\sto|set\sto|scheduled\sto)|(?:plan|hope|intend)s?\sto)"
    r"(?:\sbe)?\s[\w-]+)\s(?i:in)\s$"
)
PAST = re.compile(
    r"\b(?<!\bbe\s)(?:said|was|were|had|has|have|did|told|took|made|came|went|gave|held|met|fell|rose|saw|got|won|lost"
    r"|began|left|sent|wrote|spoke|became|bought|brought|broke|built|caught|chose|drew|drove|fought|found|flew|grew|heard"
    r"|hit|kept|knew|laid|led|paid|put|ran|set(?!\s(?:to|for)\b)|shook|shot|sold|sought|spent|stood|struck|swept"
    r"|taught|thought|threw|withdrew|agreed|freed|[a-z]\w+[^\We]ed|[Ss]ince|[Aa]fter)\b"
)
NEAR = 90  # characters


class Clause(NamedTuple):
    """The sentence around an expression, the day from which it is told, and what was named before it.

    `today` is None where the day is unknown; `named` holds the latest value of each granularity.
    """

    text: str
    start: int
    end: int
    today: date | None
    named: Mapping[str, str]


class Rule(NamedTuple):
    """A pattern with named groups, and what a match means; None: nothing after all."""

    pattern: str
    resolve: Callable[[re.Match[str], Clause], Timex | None]


def tell_tense(match: re.Match[str], clause: Clause) -> str:
    """past, future or unknown: what the cue nearest before an expression says, else the first after it."""
    before = clause.text[clause.start : match.start()]
    future = max((cue.end() for cue in FUTURE.finditer(before)), default=-1)
    past = max((cue.end() for cue in PAST.finditer(before) if not _is_future(cue)), default=-1)
    if max(future, past) >= 0:
        return "future" if future >= past else "past"
    after = clause.text[match.end() : clause.end]
    first, second = FUTURE.search(after), PAST.search(after)
    if first is None and second is None:
        return "unknown"
    if first is None or second is None:
        return "future" if first else "past"
    return "future" if first.start() <= second.start() else "past"


def is_surely_ahead(match: re.Match[str], clause: Clause) -> bool:
    """Whether what leads to an expression can only be to come: "analysts expect a cut in", "it will open in"."""
    before = clause.text[max(clause.start, match.start() - NEAR) : match.start()]
    sure = SURE.search(before)
    return sure is not None and all(_is_future(cue) for cue in PAST.finditer(before, sure.start()))


def _is_future(cue: re.Match[str]) -> bool:
    """Whether a word in -ed is part of a cue of the future: expected, scheduled, planned."""
    return cue.group() in ("expected", "scheduled", "planned")
