"""Excerpts: the words of a text as they go to the parser, and where in the text each of them stands.

A sentence is parsed line by line, and with a short clause in place of each long quotation, which the parser
reads best. Every feature that reads a sentence's tree cuts it here, so that it is parsed once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Range = tuple[int, int]

STAND_IN = "I know that"
LONG = 5  # words of a quotation from which it is shortened
LINE = re.compile(r"[^\s][^\n]*")
DATELINE = re.compile(r"[A-Z]{3,}[^\n\"“”:;?!—–]{0,50}?\s[—–-]{1,2}\s+(?=[A-Z])")


class Excerpt(NamedTuple):
    """The words of a sentence as they are parsed, and where in the text each character and the end stand."""

    words: str
    places: tuple[int, ...]


def split_lines(text: str, start: int, end: int) -> Iterator[Range]:
    """The lines of a sentence, without the place and agency with which a report opens."""
    for line in LINE.finditer(text, start, end):
        dateline = DATELINE.match(text, line.start(), line.end())
        yield (dateline.end() if dateline else line.start()), line.end()


def shorten_quotes(text: str, sentence: Range, quoted: Sequence[Range]) -> Excerpt:
    """A sentence in which a short clause stands for each long quotation; its last character is kept."""
    start, end = sentence
    words, places = [], []
    for inner, outer in long_quotes(text, sentence, quoted):
        words += [text[start:inner], STAND_IN, text[outer - 1 : outer]]
        places += [*range(start, inner), *([inner] * (len(STAND_IN) - 1)), outer - 2, outer - 1]
        start = outer
    return Excerpt("".join((*words, text[start:end])), (*places, *range(start, end), end))


def long_quotes(text: str, sentence: Range, quoted: Sequence[Range]) -> list[Range]:
    """What a sentence holds of quotations so long that a short clause can stand for them."""
    start, end = sentence
    found = []
    for first, last in quoted:
        inner, outer = max(first, start), min(last, end)
        if inner < outer and inner >= start and _is_clause(text, first, inner, outer):
            found.append((inner, outer))
            start = outer
    return found


def _is_clause(text: str, first: int, inner: int, outer: int) -> bool:
    """Whether the part of a quotation that lies in a sentence can be read as a clause of its own."""
    return len(text[inner:outer].split()) >= LONG and (first < inner or text[inner].isupper())
