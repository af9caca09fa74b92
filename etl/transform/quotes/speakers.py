"""Speakers: which actors of the article the words for a speaker mean.

Names that stand together speak together ("Trump and Abe"); of "NATO's Stoltenberg" the person does, and of
"residents of Paris" nobody who is named. Descriptions and counts are looked up in the article (`antecedents`);
a pronoun goes on with the speaker before it, else means the only one near by whom it can.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from etl.transform.antecedents import Named, joined, may_be, mean_words, paragraph_start, sole_person
from etl.transform.quotes.papers import Papers

Range = tuple[int, int]
Link = Literal["name", "description", "pronoun"]
GENDERS = {"he": "m", "him": "m", "she": "f", "her": "f"}
PRONOUNS = frozenset((*GENDERS, "it", "they", "who", "we", "i", "you"))
COLLECTIVE = ("organisation", "country", "group")
AFTER = r"and|or|who|which|as|along|together|himself|herself|itself|also|later|on|in|at|of|from|for|with|to|then|now"
VOICES = (
    r"(?:spokes\w+|government|authorities|administration|ministry|department|military|army|embassy|"
    r"representatives|delegations|statement)"
)
PLACING = re.compile(
    r"\b(?:of|in|from|at|for|by|to|with|on|behind|near|inside|outside|about|against|across|among|between|under)"
    r"(?: the| its| a| an)?\s*$"
)
DRAWN = re.compile(r"\b(?:of|from|between) (?:the )?$")
FOR = re.compile(rf"\b{VOICES}\s+(?:for|of|in|from|by|at)(?: the)?\s*$", re.IGNORECASE)
VOICED = re.compile(rf"(?:['’]s?)?\s+(?:[a-z][\w-]*\s+){{0,2}}?{VOICES}\b(?!,? [A-Z])")
BEHIND = re.compile(rf"['’]s?\s|\s+(?!(?:{AFTER})\b)[a-z]")
GOES_ON = 4  # sentences after a speaker in which "he" may still be the same
ASIDE = re.compile(r", | (?:who|which) ")
APPOSED = re.compile(r", (?:[a-z]|\d)[^.;:\n]{1,90}, $")


@dataclass(frozen=True, kw_only=True)
class Speakers:
    """The mentions that tell who speaks, one an actor in the order of the text, and how they were found."""

    named: tuple[Named, ...] = ()
    link: Link = "name"
    start: int = 0
    end: int = 0

    @property
    def sole(self) -> str | None:
        """The actor who speaks alone."""
        return self.named[0].actor_id if len(self.named) == 1 else None


NOBODY = Speakers()


def name_speakers(
    text: str, speakers: Sequence[Range | None], named: Sequence[Named], sentences: Sequence[Range] = ()
) -> list[Speakers]:
    """Who speaks at each of these places of one article; nobody where the words stay open."""
    starts = [start for start, _ in sentences]
    known: dict[Range, Speakers] = {}
    last, papers = NOBODY, Papers(text, named)
    for start, end in sorted({place for place in speakers if place}):
        found = _find_speakers(text, (start, end), named, last, starts)
        if not found.named and (makers := papers.mean_makers((start, end))):
            found = Speakers(named=makers, link="description", start=start, end=end)
        known[start, end] = found
        last = found if found.named else last
        papers.note_speakers(found.named, _sentence_of(sentences, starts, start))
    return [known[place] if place else NOBODY for place in speakers]


def _sentence_of(sentences: Sequence[Range], starts: Sequence[int], place: int) -> Range:
    """The sentence in which a place stands; an empty one where there is none."""
    at = bisect_right(starts, place)
    return sentences[at - 1] if at else (place, place)


def _find_speakers(
    text: str, place: Range, named: Sequence[Named], last: Speakers, starts: Sequence[int]
) -> Speakers:
    """Who speaks at one place, after `last` spoke."""
    start, end = place
    words = text[start:end].lower()
    link: Link = "name"
    if words in PRONOUNS:
        found, link = _mean_pronoun(text, place, named, last, starts), "pronoun"
    else:
        found = read_heads(text, place, named)
        if not found:
            stop = start + len(ASIDE.split(text[start:end])[0])
            found, link = mean_words(text, start, stop, named), "description"
    inside = [m for m in found if start <= m.start < end and m.method == "description"]
    return Speakers(named=found, link="description" if inside else link, start=start, end=end)


def read_heads(text: str, place: Range, named: Sequence[Named]) -> tuple[Named, ...]:
    """The actors that these words name as who speaks, each once: all that stand together, else one."""
    start, end = place
    if DRAWN.search(text, max(0, start - 14), start):
        return ()
    free = _drop_titles(text, start, [m for m in named if start <= m.start < end])
    heads = _drop_placed(text, [(m, _speaks(text, place, m)) for m in free])
    distinct = {mention.actor_id: mention for mention in _stand_together(text, heads)[::-1]}
    if len(distinct) > 1:
        return tuple(sorted(distinct.values()))
    people = [mention for mention in heads if mention.kind == "person"]
    return tuple((people or heads)[:1])


def _drop_titles(text: str, start: int, inside: Sequence[Named]) -> list[Named]:
    """The names that are no part of another one's title: not the Treasury of "Treasury Secretary"."""
    titled = [(text.rfind(m.label, start, m.start), m.start) for m in inside if m.label]
    return [m for m in inside if not any(0 <= first <= m.start < last for first, last in titled)]


def _stand_together(text: str, heads: Sequence[Named]) -> list[Named]:
    """The first of these names and those enumerated with it; two need "and" between them."""
    together, joints = list(heads[:1]), [""]
    for mention in heads[1:]:
        placed = {mention.kind, together[-1].kind} == {"place", "organisation"}
        if not placed and (joint := joined(text, together[-1], mention)):
            together.append(mention)
            joints.append(joint)
    return together if joints[-1] != "," or len(together) > 2 else []


def _drop_placed(text: str, told: Sequence[tuple[Named, bool]]) -> list[Named]:
    """The names that speak; none that is enumerated with one that does not: "critics of Orban and Trump"."""
    heads: list[Named] = []
    dropped: Named | None = None
    for mention, speaks in told:
        along = dropped is not None and dropped.kind == mention.kind and bool(joined(text, dropped, mention))
        if speaks and not along:
            heads.append(mention)
        else:
            dropped = mention
    return heads


def _speaks(text: str, place: Range, mention: Named) -> bool:
    """Whether a name in the words for a speaker is no mere place or owner in them."""
    start, end = place
    voiced = mention.kind in COLLECTIVE
    lead = text[start : mention.start].rstrip().removesuffix(mention.label or "")
    segment = re.split(r",| and ", lead)[-1]
    if PLACING.search(segment) and not (voiced and FOR.search(segment)):
        return False
    owns = BEHIND.match(text, mention.end, end) is not None
    return not owns or (voiced and VOICED.match(text, mention.end, end) is not None)


def _mean_pronoun(
    text: str, place: Range, named: Sequence[Named], last: Speakers, starts: Sequence[int]
) -> tuple[Named, ...]:
    """Whom a pronoun means that is the subject of a saying."""
    start, word = place[0], text[slice(*place)].lower()
    if word == "who":
        return _before_who(text, start, named)
    apart = bisect_right(starts, start) - bisect_right(starts, last.start) if last.named else len(text)
    if word == "they":
        return last.named if len(last.named) > 1 and apart <= 1 else ()
    if word == "it":
        return last.named if apart <= 1 and _stays_it(text, start, named, last, starts) else ()
    if word not in GENDERS:
        return ()
    if _goes_on(text, start, named, last, GENDERS[word], starts):
        return last.named
    return sole_person(text, start, named, GENDERS[word])


def _stays_it(text: str, start: int, named: Sequence[Named], last: Speakers, starts: Sequence[int]) -> bool:
    """Whether "it" is the state or organisation that spoke last: no other opens a sentence in between."""
    if len(last.named) != 1 or last.named[0].kind not in COLLECTIVE:
        return False
    others = [m for m in named if last.end <= m.start < start and m.actor_id != last.named[0].actor_id]
    openings = (
        (text[starts[max(0, bisect_right(starts, m.start) - 1)] : m.start] for m in others) if starts else ()
    )
    return not any(opening.strip().lower() in ("", "the") for opening in openings)


def _goes_on(
    text: str, start: int, named: Sequence[Named], last: Speakers, gender: str, starts: Sequence[int]
) -> bool:
    """Whether "he" or "she" is who spoke last: nobody else of that gender is named in a sentence between."""
    if len(last.named) != 1 or last.end < paragraph_start(text, start, 2):
        return False
    if bisect_right(starts, start) - bisect_right(starts, last.start) > GOES_ON:
        return False
    if not may_be(text, last.named[0], named, gender):
        return False
    after = bisect_right(starts, last.start)
    opening = starts[after] if after < len(starts) else last.end
    return not any(
        max(opening, last.end) <= m.start < start
        and not m.quoted
        and m.actor_id != last.named[0].actor_id
        and may_be(text, m, named, gender)
        for m in named
    )


def _before_who(text: str, start: int, named: Sequence[Named]) -> tuple[Named, ...]:
    """Who is named right before "who", or before an aside in commas about a person.

    Not the place or body that only says where they are: "some in Europe, who fear".
    """
    before = [m for m in named if m.end <= start]
    free = (
        m for m in before if m.kind == "person" or not PLACING.search(text, max(0, m.start - 20), m.start)
    )
    beside = [m for m in free if re.fullmatch(r",?\s*", text[m.end : start])]
    people = [m for m in before if m.kind == "person"][-1:]
    aside = [m for m in people if APPOSED.fullmatch(text[m.end : start])]
    return tuple((aside or beside)[-1:])
