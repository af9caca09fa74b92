"""Asides: the clauses of an English sentence, cut at the words that open them, without a parser.

A clause opens with a conjunction, a relative, or "to" or a participle behind a comma or "and". What follows
"said that" is what the sentence is about and no aside; an enumeration of short parts is not cut.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from etl.transform.cues import cue_forms

LINKS = (
    "which|who|whose|whom|where|when|while|because|although|though|that|as|after|before|if|unless|until"
    "|in response to"
)
FINITE = "has|have|had|is|are|was|were|will|would|may|might|can|could|should|must|did|does|do"
CUT = re.compile(
    rf"(?P<hard>[;:()–—\"“”]|\s-\s)|,?\s(?:(?:and|but|or)\s)?(?P<link>(?:{LINKS})\b)"
    r"|(?:,|\b(?:and|but|or))\s(?:(?:and|but|or)\s)?(?P<verb>to\s|(?!according\b|including\b)\w+ing\b)"
    rf"|(?P<main>,\s(?:{FINITE})\b)|(?P<comma>,)(?!\d)",
    re.IGNORECASE,
)
OPENING = re.compile(rf"\W*(?:{LINKS})\b", re.IGNORECASE)
LISTED = re.compile(r",\s*(?:\S+\s+){0,2}\S+\s*(?=[,.;:]|$)")  # a part of an enumeration: three words at most
LAST_WORDS = re.compile(r"(?:\w+\s){0,3}\w+$")
EDGE = re.compile(r"^[\s,;:–—-]+|[\s,;:–—-]+$")


class Clause(NamedTuple):
    """A clause: where it stands in its sentence, and whether it is said beside what the sentence is about."""

    start: int
    end: int
    aside: bool


def cut_clauses(sentence: str) -> list[Clause]:
    """The clauses of a sentence in order, without the commas between them; every word is in one."""
    opened = [
        (match.start(), _is_aside(sentence, match))
        for match in CUT.finditer(sentence)
        if not (match["comma"] and LISTED.match(sentence, match.start()))
    ]
    cuts = [(0, OPENING.match(sentence) is not None), *opened, (len(sentence), False)]
    found = []
    for (start, aside), (end, _) in pairwise(cuts):
        words = EDGE.sub("", sentence[start:end])
        first = sentence.index(words, start)
        if words:
            found.append(Clause(first, first + len(words), aside and not _says(words)))
    return found


def _is_aside(sentence: str, match: re.Match[str]) -> bool:
    """True where an aside opens; not for what somebody said."""
    told = (match["link"] or "").lower() == "that" and not match[0].strip().lower().startswith(
        ("and", "but", "or")
    )
    before = LAST_WORDS.search(sentence, 0, match.start())
    said = before is not None and _says(before[0])
    return bool(match["link"] or match["verb"]) and not (told and said)


def _says(words: str) -> bool:
    """True where somebody is said to say something."""
    return any(word.lower() in _saying() for word in re.findall(r"\w+", words))


@cache
def _saying() -> frozenset[str]:
    """The forms of verbs of saying."""
    return frozenset(form for form, cue in cue_forms().items() if "say" in cue.uses)
