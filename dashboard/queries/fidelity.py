"""Fidelity: how true one wording of an utterance is to its fullest one: verbatim, edited, cut short, retold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from dashboard.queries.worddiff import fold_word

Fidelity = Literal["verbatim", "truncated", "edited", "paraphrased"]
FIDELITIES: tuple[Fidelity, ...] = ("verbatim", "truncated", "edited", "paraphrased")
EDITED = 0.7  # share of the shorter wording's words that the other has in the same order
FEWEST = 3  # words inside quotation marks that make a quotation; fewer only name a thing
WORD = re.compile(r"\w+(?:['’]\w+)*")
INSERTED = re.compile(  # by an editor: "(Republic of Korea - ed.)", "[the alliance]"
    r"\([^()\n]{0,80}[-–—,]\s?(?:eds?|editor)\b[^()\n]{0,12}\)|\[[^\[\]\n]{1,60}\](?!\w)", re.IGNORECASE
)
CUT = re.compile(r"\.{3}|…")
MARKED = re.compile(r"[\"“„«]([^\"“”„«»]+)(?:[\"”»]|$)")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """The words of one quotation as they stand, and its kind: "direct", "indirect" or "mixed"."""

    text: str
    kind: str

    @cached_property
    def words(self) -> Words:
        """All words, folded, without an editor's insertions."""
        return _fold(self.text)

    @cached_property
    def pieces(self) -> tuple[Words, ...]:
        """What stands inside quotation marks, parted where an ellipsis leaves something out."""
        inside = {"direct": [self.text], "mixed": MARKED.findall(self.text)}.get(self.kind, [])
        folded = (_fold(piece) for text in inside for piece in CUT.split(INSERTED.sub(" ", text)))
        return tuple(words for words in folded if words)

    @cached_property
    def marked(self) -> Words:
        """The words inside quotation marks in a row."""
        return sum(self.pieces, ())


def measure_fullness(wording: Wording) -> tuple[int, int]:
    """Words inside quotation marks, then all words: the greatest of some wordings is their fullest."""
    return len(wording.marked), len(wording.words)


def name_fidelity(fullest: Wording, wording: Wording) -> Fidelity:
    """How true a wording is to the fullest one of its utterance; case, spelling and marks do not matter.

    What stands inside quotation marks is compared; without any, other words are a paraphrase and no edit.
    """
    whole, quoted = fullest.words, len(wording.marked) >= FEWEST
    if wording.words == whole or (quoted and wording.marked in (whole, fullest.marked)):
        return "verbatim"
    if _stand_in_order(wording.pieces if quoted else (wording.words,), whole):
        return "truncated"
    return "edited" if quoted and _share_common(whole, wording.marked) >= EDITED else "paraphrased"


def _fold(text: str) -> Words:
    return tuple(fold_word(word) for word in WORD.findall(INSERTED.sub(" ", text)))


def _stand_in_order(pieces: tuple[Words, ...], whole: Words) -> bool:
    """Whether each piece is a run of the whole, one after the other; no words stand nowhere."""
    at = 0
    for piece in pieces:
        starts = range(at, len(whole) - len(piece) + 1)
        found = next((start for start in starts if whole[start : start + len(piece)] == piece), None)
        if found is None:
            return False
        at = found + len(piece)
    return at > 0


def _share_common(one: Words, other: Words) -> float:
    """Share of the shorter one's words that both have in the same order, 0 to 1."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    return common / max(1, min(len(one), len(other)))
