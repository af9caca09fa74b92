"""Word spans: where each word of a text stands, and a number for its letters, for millions of signs at once.

A word is a run of letters and digits, apostrophes between them included, or one sign of Chinese or Japanese.
What an editor put in brackets is no word. Reading sign by sign is vectorised, because every text of a
collection passes here and the usual way, a regular expression, took most of the time of finding copies.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Kinds = npt.NDArray[np.uint8]

LETTER, APOSTROPHE, SIGN = 1, 2, 3
PLANE = 1 << 16  # the characters of nearly all text; the others are looked up one by one
PORTION = 1 << 17  # characters that are read at once: few enough to stay near the processor
FACTOR = 0x9E3779B97F4A7C15  # odd, so that it has an inverse among 64-bit numbers
INVERSE = pow(FACTOR, -1, 1 << 64)
INSERTIONS = (
    re.compile(r"\([^()\n]{0,80}[-–—,]\s?(?i:eds?|editor)\b[^()\n]{0,12}\)"),  # "(Republic of Korea - ed.)"
    re.compile(r"\[[^\[\]\n]{1,60}\](?!\w)"),  # "[the alliance]"
)


def find_words(texts: tuple[str, ...]) -> tuple[Hashes, Numbers, Numbers, Numbers]:
    """Each word of these texts: a number for its letters as they stand, first character, one past the last,
    and number of its text; equal words have equal numbers."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    portions = np.cumsum(lengths) // PORTION
    cuts = [0, *(np.flatnonzero(np.diff(portions)) + 1).tolist(), len(texts)]
    found = [_find_within(texts[first:last], first) for first, last in pairwise(cuts)]
    hashes, starts, ends, numbers = (np.concatenate(column) for column in zip(*found, strict=True))
    return hashes, starts, ends, numbers


def _find_within(texts: tuple[str, ...], first: int) -> tuple[Hashes, Numbers, Numbers, Numbers]:
    """The words of some texts, numbered from `first`, read as one."""
    hashes, starts, ends = scan_words("\n".join(texts))
    offsets = np.cumsum([0, *(len(text) + 1 for text in texts)], dtype=np.int64)
    places = np.searchsorted(offsets, starts, side="right").astype(np.int64) - 1
    return hashes, starts - offsets[places], ends - offsets[places], places + first


def scan_words(text: str) -> tuple[Hashes, Numbers, Numbers]:
    """Each word of one text: a number for its letters, first character, one past the last."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _tell_kinds(signs)
    for pattern in INSERTIONS:
        for match in pattern.finditer(text):
            kinds[match.start() : match.end()] = 0
    starts, ends = _bound_words(kinds)
    powers, inverses = _list_powers(max(2 * PORTION, 1 << len(signs).bit_length()))
    sums = np.zeros(len(signs) + 1, dtype=np.uint64)
    np.cumsum(signs * powers[: len(signs)], out=sums[1:])
    return (sums[ends] - sums[starts]) * inverses[starts], starts, ends


def _bound_words(kinds: Kinds) -> tuple[Numbers, Numbers]:
    """First character of each word, and one past its last."""
    letters = np.concatenate([[False], kinds == LETTER, [False]])
    apostrophes = np.flatnonzero(kinds == APOSTROPHE) + 1
    letters[apostrophes[letters[apostrophes - 1] & letters[apostrophes + 1]]] = True
    edges = np.flatnonzero(letters[1:] != letters[:-1])
    alone = np.flatnonzero(kinds == SIGN)
    starts, ends = edges[::2], edges[1::2]
    if len(alone):
        starts, ends = np.sort(np.append(starts, alone)), np.sort(np.append(ends, alone + 1))
    return starts, ends


def _tell_kinds(signs: npt.NDArray[np.uint32]) -> Kinds:
    """What each character can be in a word."""
    kinds = _list_kinds()[np.minimum(signs, PLANE - 1)]
    for sign in np.unique(signs[signs >= PLANE]):
        kinds[signs == sign] = LETTER if chr(sign).isalnum() else 0
    return kinds


@cache
def _list_kinds() -> Kinds:
    """What each character of the first plane can be in a word."""
    kinds = np.fromiter((chr(sign).isalnum() for sign in range(PLANE)), dtype=np.uint8, count=PLANE)
    kinds[[ord("'"), ord("’")]] = APOSTROPHE
    for first, last in ("぀ヿ", "一鿿"):
        kinds[ord(first) : ord(last) + 1] = SIGN
    return kinds


@lru_cache(maxsize=2)  # that of portions, and of a longer text
def _list_powers(count: int) -> tuple[Hashes, Hashes]:
    """The powers of the factor and of its inverse, from 0 on."""
    powers, inverses = (np.full(count, base, dtype=np.uint64) for base in (FACTOR, INVERSE))
    powers[0] = inverses[0] = 1
    return np.multiply.accumulate(powers), np.multiply.accumulate(inverses)
