"""Differences: in what two sentences that tell one fact are at odds: numbers, dates, names, modality.

All say less rather than more: what counts something else, rounds, names a part of a whole or adds a detail is
no difference. Nobody is said to be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd

from etl.transform.claims.concepts import fold_concept, is_idle
from etl.transform.claims.counts import Count, agree, counts_same, read_counts, same_value
from etl.transform.dates.words import FULL_DAY
from etl.transform.lexicon import read_lexicon

NO = re.compile(
    r"\b(?:not|never|nobody|no one|none|neither|nor|cannot|denie[sd]|deny(?:ing)?"
    r"|ruled out)\b|n['’]t\b",
    re.IGNORECASE,
)
MAY = re.compile(r"\b(?:may|might|could|considering|looking into)\b")
BLIND = re.compile(
    r"\b(?:(?:not|n['’]t|never) (?:rule|ruled) out|not deny|not only|no longer|no doubt|could not)\b",
    re.IGNORECASE,
)
AGAINST = re.compile(
    NO.pattern
    + r"|\b(?:no|no-one|reject(?:s|ed)?|refus(?:es|ed)|dismiss(?:es|ed)|against|unlikely|stayed away"
    r"|without|hardly|fail(?:s|ed|ure)?|little|lack)\b",
    re.IGNORECASE,
)
TURNED = re.compile(r"\b(?:not|never|no|cannot)\b|n['’]t\b", re.IGNORECASE)
CLAUSE = re.compile(r"[,;:.!?]|\b(?:but|and|that|because|if|when|which|who)\b", re.IGNORECASE)
OPPOSITES = {
    "passed": "failed", "approved": "rejected", "adopted": "rejected", "agreed": "refused", "accepted": "rejected",
    "confirmed": "denied", "admitted": "denied", "open": "closed", "opened": "closed", "stays": "leaves",
    "remains": "leaves", "stay": "leave", "guilty": "innocent", "won": "lost", "alive": "dead", "safe": "unsafe",
    "legal": "illegal", "lifted": "imposed",
}  # fmt: skip
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
NEXT = {"nobody": 2, "none": 2}  # plain words behind a cue that it speaks of; else one
WILL = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:going )?to)(?: be| have)?(?: \w+)?\s$", re.IGNORECASE
)
UNSAID = re.compile(r"\b(?:to|would|could|should|must|can|if|of)(?: be| have)?(?: \w+ly)?\s$", re.IGNORECASE)
WHY = re.compile(r"\s*\w+\s(?:why|how)\b", re.IGNORECASE)  # "never said why they left": they did
SPELT = 0.85  # likeness of two spellings of one name
WEEKDAY = re.compile(FULL_DAY, re.IGNORECASE)
PLACED = ("in", "at", "near", "to", "from")
Span = tuple[int, int]


class Difference(NamedTuple):
    """A kind, and the words that differ as spans in both sentences; `grows`: 1 where the right has more."""

    kind: str
    left: Span
    right: Span
    grows: int = 0


class Day(NamedTuple):
    """A date: where it stands, its words, the days that it covers, how exact it is."""

    start: int
    end: int
    words: str
    first: pd.Timestamp
    last: pd.Timestamp
    granularity: str


class Name(NamedTuple):
    """A name: where it stands, whom it means, what that is, and the title beside it."""

    start: int
    end: int
    actor_id: str
    kind: str
    label: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


@dataclass(frozen=True, kw_only=True)
class Side:
    """A sentence: its text, dates and names, where no count can stand because they do, and whom its article names."""

    text: str
    dates: tuple[Day, ...] = ()
    names: tuple[Name, ...] = ()
    taken: tuple[Span, ...] = ()
    named: frozenset[str] = frozenset()


def find_differences(left: Side, right: Side) -> list[Difference]:
    """In what two sentences of one fact are at odds; at most one difference of each kind but numbers."""
    found = [*_compare_numbers(left, right), *_compare_dates(left, right)]
    found += [*_compare_names(left, right), *_compare_modality(left.text, right.text)]
    return found


def _compare_numbers(left: Side, right: Side) -> Iterator[Difference]:
    """Counts of one thing, one on each side, that cannot both be meant; none where they tell of other days."""
    if _tell_other_days(left, right):
        return
    ours, theirs = (read_counts(side.text, side.taken) for side in (left, right))
    for one in ours:
        other = _find_only(one, ours, theirs)
        if other is None or agree(one, other):
            continue
        if any(same_value(one, found) for found in theirs) or any(same_value(other, found) for found in ours):
            continue
        growth = (other.value > one.value) - (other.value < one.value) if one.grows or other.grows else 0
        yield Difference("number", (one.start, one.end), (other.start, other.end), growth)


def _find_only(one: Count, ours: list[Count], theirs: list[Count]) -> Count | None:
    """The only count of theirs that counts the same thing, where it is also the only one of ours that does."""
    same = [other for other in theirs if counts_same(one, other)]
    back = [mine for mine in ours if same and counts_same(mine, same[0])]
    return same[0] if len(same) == len(back) == 1 else None


def _tell_other_days(left: Side, right: Side) -> bool:
    """True where both name days, and none in common."""
    apart = [one.last < other.first or other.last < one.first for one in left.dates for other in right.dates]
    return bool(apart) and all(apart)


def _compare_dates(left: Side, right: Side) -> Iterator[Difference]:
    """The only date of each side, as exact as the other's, where they have no day in common.

    The same weekday is no difference: which Monday is meant, the day of publication may mislead about.
    """
    if len(left.dates) == len(right.dates) == 1:
        one, other = left.dates[0], right.dates[0]
        weekdays = [WEEKDAY.search(day.words) for day in (one, other)]
        same = all(weekdays) and len({day[0].lower() for day in weekdays if day}) == 1
        apart = one.last < other.first or other.last < one.first
        spoken = _find_anchor(left.text, one.start, one.end) == _find_anchor(
            right.text, other.start, other.end
        )
        if apart and spoken and one.granularity == other.granularity and not same:
            yield Difference("date", (one.start, one.end), (other.start, other.end))


def _compare_names(left: Side, right: Side) -> Iterator[Difference]:
    """The only name of its kind that each side has and the other's article has not, where they fill one place."""
    ours, theirs = (side.named.union(name.actor_id for name in side.names) for side in (left, right))
    for kind in sorted({name.kind for name in left.names} & {name.kind for name in right.names}):
        mine = [name for name in left.names if name.kind == kind and name.actor_id not in theirs]
        yours = [name for name in right.names if name.kind == kind and name.actor_id not in ours]
        if len(mine) == len(yours) == 1 and _fill_one_place(left.text, mine[0], right.text, yours[0]):
            yield Difference("name", mine[0].span, yours[0].span)
            return


def _fill_one_place(left: str, one: Name, right: str, other: Name) -> bool:
    """True for variants that exclude each other ("Arne Lund", "Olav Lund"), or names with one title or preposition."""
    mine, yours = left[one.start : one.end], right[other.start : other.end]
    words, others = set(WORD.findall(mine)), set(WORD.findall(yours))
    mine, yours = (name.replace("-", " ").lower() for name in (mine, yours))
    if words <= others or others <= words or SequenceMatcher(None, mine, yours).ratio() >= SPELT:
        return False
    if one.kind in ("person", "organisation") and words & others:
        return len(words) == len(others) and not _are_short(words - others, others - words)
    if one.kind == "person":
        return bool(one.label) and one.label.lower() == other.label.lower()
    before = [_word_before(text, name.start) for text, name in ((left, one), (right, other))]
    spoken = _find_anchor(left, one.start, one.end) == _find_anchor(right, other.start, other.end)
    return one.kind in ("place", "country") and spoken and before[0] == before[1] in PLACED


def _are_short(ours: set[str], theirs: set[str]) -> bool:
    """True for short and long forms of one first name: Liz and Elizabeth."""
    return any(ours & names and theirs & names for names in _read_short_names())


@cache
def _read_short_names() -> tuple[frozenset[str], ...]:
    """The forms of each first name."""
    return tuple(frozenset(row["names"].split()) for row in read_lexicon("short_names"))


def _find_anchor(text: str, start: int, end: int) -> str:
    """The concept of the last telling word before a place, else of the first one behind it."""
    words = list_plain(text)
    before = [word for word in words if word.end() <= start]
    behind = [word for word in words if word.start() >= end]
    nearest = before[-1:] or behind[:1]
    return fold_concept(nearest[0][0]) if nearest else ""


def _word_before(text: str, place: int) -> str:
    """The word before a place."""
    words = WORD.findall(text[max(0, place - 20) : place])
    return words[-1].lower() if words else ""


def _compare_modality(left: str, right: str) -> Iterator[Difference]:
    """One side says that it is so, the other that it is not or only that it may be; of the same word."""
    for find in (_find_opposite, _find_denial):
        for first, second, turn in ((left, right, False), (right, left, True)):
            if found := find(first, second):
                yield Difference("modality", *(found[::-1] if turn else found))
                return


def _find_denial(text: str, other: str) -> tuple[Span, Span] | None:
    """The words by which a text denies or leaves open what the other says outright, and those in the other."""
    said = {fold_concept(word[0]): word.span() for word in list_plain(other)}
    governed = {concept for cue in list_cues(other) for concept in cue.concepts}
    denied = bool(AGAINST.search(other))
    for cue in list_cues(text):
        common = [
            concept
            for concept in cue.concepts
            if concept in said and concept not in governed and _is_outright(other[: said[concept][0]], cue)
        ]
        echoed = text[slice(*cue.span)] in {other[slice(*one.span)] for one in list_cues(other)}
        if common and not echoed and not (cue.stance == "no" and denied):
            return cue.span, said[common[0]]
    return None


def _is_outright(before: str, cue: Cue) -> bool:
    """True where the words before say that it is so: that it will be, where the cue says that it may."""
    if cue.stance == "may":
        return bool(WILL.search(before))
    return not UNSAID.search(before)


def _find_opposite(text: str, other: str) -> tuple[Span, Span] | None:
    """A word of the text whose opposite stands in the other, each in one of them alone."""
    ours, theirs = ({word[0].lower(): word.span() for word in WORD.finditer(part)} for part in (text, other))
    turned = TURNED.search(text) or TURNED.search(other)  # "not illegal" is legal
    for one, opposite in () if turned else OPPOSITES.items():
        if one in ours and opposite in theirs and one not in theirs and opposite not in ours:
            return ours[one], theirs[opposite]
    return None


class Cue(NamedTuple):
    """Words that deny (no) or leave open (may), and the concepts of what they speak of."""

    stance: str
    span: Span
    concepts: tuple[str, ...]


@lru_cache(maxsize=1 << 12)
def list_cues(text: str) -> tuple[Cue, ...]:
    """The words of a sentence that deny or leave open, each with the plain words behind it in its clause."""
    blind = [match.span() for match in BLIND.finditer(text)]
    cues = [(stance, match) for stance, cue in (("no", NO), ("may", MAY)) for match in cue.finditer(text)]
    return tuple(
        Cue(stance, match.span(), _read_behind(text, match.end())[: NEXT.get(match[0].lower(), 1)])
        for stance, match in sorted(cues, key=lambda cue: cue[1].start())
        if not any(start <= match.start() < end for start, end in blind) and not WHY.match(text, match.end())
    )


def _read_behind(text: str, place: int) -> tuple[str, ...]:
    """The concepts of the first plain words behind a place, to the end of the clause."""
    end = CLAUSE.search(text, place)
    clause = text[place : end.start() if end else len(text)]
    return tuple(fold_concept(word[0]) for word in list_plain(clause))


@lru_cache(maxsize=1 << 12)
def list_plain(text: str) -> tuple[re.Match[str], ...]:
    """The words that are neither names, numbers nor idle."""
    return tuple(word for word in WORD.finditer(text) if word[0][0].islower() and not is_idle(word[0]))
