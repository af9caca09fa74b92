"""Speakers: which actor of the article a speaker's words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from etl.transform.quotes.excerpts import Range

SINGULAR, PLURAL = frozenset(("he", "she")), frozenset(("they", "we", "it", "i", "you", "who"))
REACH = 600  # characters back to the person that a pronoun means


class Named(NamedTuple):
    """A mention as far as speakers need it."""

    start: int
    end: int
    actor_id: str
    kind: str


def link_speaker(text: str, speaker: Range | None, mentions: Sequence[Named]) -> str | None:
    """The actor who speaks: the one named in these words, by pronoun the last person before; or None.

    Of several actors in the words ("Trump and Abe") none is chosen; of "NATO's Stoltenberg" the person.
    """
    if speaker is None:
        return None
    words = text[speaker[0] : speaker[1]].lower()
    if words in SINGULAR:
        return _last_person(text, speaker[0], mentions)
    named = [mention for mention in mentions if speaker[0] <= mention.start < speaker[1]]
    people = [mention for mention in named if mention.kind == "person"] or named
    return people[-1].actor_id if len({mention.actor_id for mention in people}) == 1 else None


def _last_person(text: str, start: int, mentions: Sequence[Named]) -> str | None:
    """The person last named before, in this paragraph or the one before."""
    opening = text.rfind("\n\n", 0, max(0, text.rfind("\n\n", 0, start)))
    near = [m for m in mentions if m.kind == "person" and max(opening, start - REACH) <= m.start < start]
    return near[-1].actor_id if near else None
