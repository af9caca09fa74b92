"""Word diff: which words two passages share, spelling variants folded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]+|\s+")
FOLDS = (
    (re.compile(r"['’]s$"), ""),
    (re.compile(r"yse(d|s)?$"), r"yze\1"),
    (re.compile(r"is(e|ed|es|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"our(s|ed|ing|able|ite|ites)?$"), r"or\1"),
    (re.compile(r"(def|off|lic)ence(s)?$"), r"\1ense\2"),
    (re.compile(r"(cent|theat|met|lit)re(s)?$"), r"\1er\2"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"programme(s)?$"), r"program\1"),
)


@dataclass(frozen=True)
class Piece:
    """A run of text: in both passages, in this one alone (`own`), in both but `respelt`, or `dropped` from it."""

    text: str
    kind: Literal["same", "own", "respelt", "dropped"]


@lru_cache(maxsize=50_000)  # a story says the same words over and over
def fold_word(word: str) -> str:
    """The word without case and without the spelling differences of British and American English."""
    folded = word.lower()
    for pattern, replacement in FOLDS:
        folded = pattern.sub(replacement, folded)
    return folded


def diff_words(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both passages as runs; their texts joined give the passages back."""
    words, others = WORD.findall(left), WORD.findall(right)
    matcher = SequenceMatcher(None, _keys(words), _keys(others), autojunk=False)
    ours: list[Piece] = []
    theirs: list[Piece] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            pairs = list(zip(words[a:b], others[c:d], strict=True))
            ours += [Piece(one, _sameness(one, two)) for one, two in pairs]
            theirs += [Piece(two, _sameness(one, two)) for one, two in pairs]
        else:
            ours += [Piece(word, "own") for word in words[a:b]]
            theirs += [Piece(word, "own") for word in others[c:d]]
    return _join(ours), _join(theirs)


def weave_words(whole: str, told: str) -> tuple[Piece, ...]:
    """`told` as runs, with the words of `whole` that it drops where they stood; without those, `told` again.

    Words of `whole` before the first that both have and behind the last are only cut off, and left out.
    """
    words, others = WORD.findall(whole), WORD.findall(told)
    matcher = SequenceMatcher(None, _keys(words), _keys(others), autojunk=False)
    steps = matcher.get_opcodes()
    common = [
        place for place, step in enumerate(steps) if step[0] == "equal" and _says(words[step[1] : step[2]])
    ]
    woven: list[Piece] = []
    for place, (operation, a, b, c, d) in enumerate(steps):
        if operation == "equal":
            pairs = zip(words[a:b], others[c:d], strict=True)
            woven += [Piece(two, _sameness(one, two)) for one, two in pairs]
            continue
        if common and common[0] < place < common[-1] and _says(words[a:b]):
            blank = " " if d > c and not words[b - 1].isspace() else ""
            woven.append(Piece("".join(words[a:b]) + blank, "dropped"))
        woven += [Piece(word, "own") for word in others[c:d]]
    return _join(woven)


def share_common(pieces: tuple[Piece, ...]) -> float:
    """Share of the words that the other passage has too, 0 to 1; 0 for an empty passage."""
    words = [(len(re.findall(r"\w+", piece.text)), piece.kind) for piece in pieces]
    total = sum(count for count, _ in words)
    return sum(count for count, kind in words if kind != "own") / total if total else 0.0


def _says(words: list[str]) -> bool:
    """Whether there is a word among these, and not only signs and white space."""
    return any(word[:1].isalnum() for word in words)


def _keys(words: list[str]) -> list[str]:
    """What is compared: folded words, any quotation mark the same, any white space the same."""
    return [" " if word.isspace() else re.sub(r"[“”„«»‘’]", '"', fold_word(word)) for word in words]


def _sameness(one: str, two: str) -> Literal["same", "respelt"]:
    letters = one[:1].isalnum()
    return "respelt" if letters and one.lower().replace("’", "'") != two.lower().replace("’", "'") else "same"


def _join(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring runs of one kind as one; blanks between two own words are their own too."""
    joined: list[Piece] = []
    for place, piece in enumerate(pieces):
        after = pieces[place + 1].kind if place + 1 < len(pieces) else "same"
        blank_inside = piece.text.isspace() and joined and joined[-1].kind == "own" == after
        kind = "own" if blank_inside else piece.kind
        if joined and joined[-1].kind == kind:
            joined[-1] = Piece(joined[-1].text + piece.text, kind)
        else:
            joined.append(Piece(piece.text, kind))
    return tuple(joined)
