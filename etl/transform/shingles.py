"""Shingles: texts as rows of folded words, runs of k of them as numbers, and blocks that an outlet repeats.

Everything about copied text rests on this: spelling variants are folded, editors' insertions skipped, and
each word keeps its span, so that whatever is found in folded words can be shown in the text as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.transform.wordspans import Hashes as Hashes
from etl.transform.wordspans import Numbers as Numbers
from etl.transform.wordspans import find_words

Mask = npt.NDArray[np.bool_]

BLOCK_WORDS, BLOCK_ARTICLES, WHOLE_ARTICLE = 8, 3, 0.8
SPREAD = np.uint64(29)  # bits by which a number is folded on itself
BUCKET = np.uint64(64 - 22)  # the first 22 bits of a number: four million buckets
MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying loses nothing (Knuth's golden ratio)
ENDINGS = tuple(
    f"{stem}{ending}"
    for stem, endings in (
        ("ence", "|s"),
        ("is", "e|ed|es|ing|er|ers|ation|ations"),
        ("ys", "e|ed|es|ing|er|ers|ation|ations"),
        ("our", "|s|ed|ing|able|ite|hood"),
        ("tre", "|s"),
        ("ll", "ed|ing|er|ers"),
        ("gramme", "|s"),
    )
    for ending in endings.split("|")
)  # a quick look before the rules
SPELLINGS = tuple(
    (re.compile(variant), standard)
    for variant, standard in (
        (r"(?<=\w{3})ence(s?)$", r"ense\1"),  # defence, licence; others fold with them, which harms nobody
        (r"(?<=\w{3})([iy])s(e|ed|es|ing|er|ers|ation|ations)$", r"\1z\2"),
        (r"(?<=\w{2})our(s|ed|ing|able|ite|hood)?$", r"or\1"),
        (r"(?<=\w{3})tre(s?)$", r"ter\1"),
        (r"(?<=\w{3})ll(ed|ing|er|ers)$", r"l\1"),
        (r"(?<=\w{3})gramme(s?)$", r"gram\1"),
    )
)


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """The words of some texts in a row: folded word as a number, span in its text, and number of its text.

    `names` is true for words that begin with a capital or a digit.
    """

    codes: Hashes
    names: Mask
    starts: Numbers
    ends: Numbers
    texts: Numbers
    count: int

    @property
    def bounds(self) -> Numbers:
        """Where each text's words begin, and at last their number; `count + 1` numbers."""
        return np.searchsorted(self.texts, np.arange(self.count + 1)).astype(np.int64)

    def keep(self, mask: Mask | Numbers) -> Tokens:
        """Only the words where the mask is true, or at these places; the texts keep their numbers."""
        return Tokens(
            codes=self.codes[mask],
            names=self.names[mask],
            starts=self.starts[mask],
            ends=self.ends[mask],
            texts=self.texts[mask],
            count=self.count,
        )

    def pick(self, texts: Numbers) -> Tokens:
        """Only the words of these texts, which are numbered anew in the order given."""
        number = np.full(self.count, -1, dtype=np.int64)
        number[texts] = np.arange(len(texts))
        return self.rename(number[self.texts], len(texts))

    def rename(self, texts: Numbers, count: int) -> Tokens:
        """The same words as words of other texts, whose number is given for each word; -1 leaves it out."""
        renamed = replace(self, texts=texts, count=count)
        order = np.argsort(texts, kind="stable")
        return renamed.keep(order[np.count_nonzero(texts < 0) :])

    def between(self, first: int, last: int) -> Tokens:
        """Only the words of the texts from `first` to before `last`, numbered from 0."""
        here = slice(*np.searchsorted(self.texts, [first, last]))
        return Tokens(
            codes=self.codes[here],
            names=self.names[here],
            starts=self.starts[here],
            ends=self.ends[here],
            texts=self.texts[here] - first,
            count=last - first,
        )


@lru_cache(maxsize=2)  # texts and headlines
def read_tokens(texts: tuple[str, ...]) -> Tokens:
    """The words of these texts, folded; an editor's insertion in brackets is no word.

    The last answers are kept, because several features ask for the same texts one after another.
    """
    hashes, starts, ends, numbers = find_words(texts)
    places, known = pd.factorize(hashes)
    first = np.zeros(len(known), dtype=np.int64)
    first[places[::-1]] = np.arange(len(places))[::-1]
    surfaces = [
        texts[text][start:end]
        for text, start, end in zip(numbers[first], starts[first], ends[first], strict=True)
    ]
    names = np.array([not surface[0].islower() for surface in surfaces], dtype=np.bool_)
    return Tokens(
        codes=code_words(surfaces)[places],
        names=names[places],
        starts=starts,
        ends=ends,
        texts=numbers,
        count=len(texts),
    )


def code_words(words: Iterable[str]) -> Hashes:
    """A number for each word after folding, the same in every process and on every machine."""
    folded = np.array([fold_word(word) for word in words], dtype=object)
    return pd.util.hash_array(folded, categorize=False) if len(folded) else np.zeros(0, np.uint64)


def fold_word(word: str) -> str:
    """Lower case, straight apostrophe, one spelling for British and American."""
    folded = word.lower().replace("’", "'").replace("ʼ", "'")
    for variant, standard in SPELLINGS if folded.endswith(ENDINGS) else ():
        folded = variant.sub(standard, folded)
    return folded


def hash_shingles(tokens: Tokens, words: int) -> tuple[Hashes, Numbers]:
    """Each run of so many words within one text as a number, and the place of its first word."""
    room = max(0, len(tokens.codes) - words + 1)
    value = tokens.codes[:room].copy()
    for offset in range(1, words):
        value *= MIX
        value += tokens.codes[offset : offset + room]
    value ^= value >> SPREAD
    value *= MIX
    whole = tokens.texts[:room] == tokens.texts[words - 1 :][:room]
    return value[whole], np.flatnonzero(whole)


def mark_blocks(tokens: Tokens, outlets: Sequence[str]) -> Mask:
    """True for words in a run of 8 that at least 3 articles of one outlet carry: its boilerplate.

    An article that would lose four fifths of its words is itself what the outlet repeats, and keeps them.
    """
    hashes, places = hash_shingles(tokens, BLOCK_WORDS)
    outlet = pd.factorize(np.array(outlets, dtype=object))[0].astype(np.uint64)
    keys = hashes ^ (outlet[tokens.texts[places]] * MIX)
    buckets = (keys >> BUCKET).astype(np.int64)
    crowded = np.bincount(buckets)[buckets] >= BLOCK_ARTICLES  # few runs are, and only they can be repeated
    runs, places = pd.factorize(keys[crowded])[0], places[crowded]
    often = np.flatnonzero((np.bincount(runs) >= BLOCK_ARTICLES)[runs]) if len(runs) else runs
    carriers = np.unique(runs[often] * tokens.count + tokens.texts[places[often]]) // max(1, tokens.count)
    repeated = places[often][(np.bincount(carriers) >= BLOCK_ARTICLES)[runs[often]]] if len(often) else often
    blocks = cover_runs(repeated, BLOCK_WORDS, len(tokens.codes))
    return blocks & ~_mark_whole(tokens, blocks)


def cover_runs(places: Numbers, words: int, room: int) -> Mask:
    """True for each of the words that a run beginning at one of these places covers."""
    steps = np.zeros(room + 1, dtype=np.int64)
    np.add.at(steps, places, 1)
    np.add.at(steps, np.minimum(places + words, room), -1)
    return np.cumsum(steps[:-1]) > 0


def mark_ranges(tokens: Tokens, ranges: dict[int, list[tuple[int, int]]]) -> Mask:
    """True for words inside one of the character ranges given for the number of their text."""
    inside = np.zeros(len(tokens.codes), dtype=np.bool_)
    bounds = tokens.bounds
    for text, spans in ranges.items():
        here = slice(bounds[text], bounds[text + 1])
        edges = np.array(spans, dtype=np.int64).reshape(-1, 2)
        within = np.searchsorted(edges[:, 0], tokens.starts[here], side="right") - 1
        inside[here] = (
            (within >= 0) & (tokens.ends[here] <= edges[np.maximum(within, 0), 1]) if len(edges) else False
        )
    return inside


def pair_within(groups: npt.NDArray[np.generic], *, most: int, hubs: int = 0) -> tuple[Numbers, Numbers]:
    """All pairs of places that hold the same value, for values that 2 to `most` places hold.

    For values that more places hold: the pairs with the first `hubs` of them.
    """
    order = np.argsort(groups, kind="stable").astype(np.int64)
    ordered = groups[order]
    edges = (
        np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1], [True]])) if len(order) else order
    )
    sizes = np.diff(edges)
    left, right = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for size in np.unique(sizes[sizes >= 2]):
        members = order[edges[:-1][sizes == size][:, None] + np.arange(size)]
        one, other = _number_pairs(int(size), size if size <= most else hubs)
        left.append(members[:, one].ravel())
        right.append(members[:, other].ravel())
    return np.concatenate(left), np.concatenate(right)


def _mark_whole(tokens: Tokens, blocks: Mask) -> Mask:
    """True for all words of the articles that are blocks nearly as a whole."""
    lost = np.bincount(tokens.texts, weights=blocks, minlength=tokens.count)
    words = np.bincount(tokens.texts, minlength=tokens.count)
    whole: Mask = lost > WHOLE_ARTICLE * words
    return whole[tokens.texts]


def _number_pairs(size: int, hubs: int) -> tuple[Numbers, Numbers]:
    """The pairs of 0 to size - 1 whose smaller number is below `hubs`."""
    one = np.repeat(np.arange(min(hubs, size)), size)
    other = np.tile(np.arange(size), min(hubs, size))
    return one[one < other], other[one < other]
