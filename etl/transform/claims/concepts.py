"""Concepts: the words of sentences, folded so that two outlets' ways of saying one thing look alike.

Endings are cut, news synonyms (`data/lexicons/synonyms.csv`) become one, numbers are read in figures and in
words, and a mention of a resolved actor or date becomes what it means: "DPRK" and "North Korea" are one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from spacy.lang.en.stop_words import STOP_WORDS

from etl.transform.dates.words import SMALL
from etl.transform.lexicon import read_lexicon
from etl.transform.shingles import MIX, Hashes, Numbers, Tokens, code_words, fold_word
from etl.transform.vectors import read_stop_words

Weights = npt.NDArray[np.float64]
LANGUAGES = ("en",)  # whose endings and synonyms are known; elsewhere words stand as they are
WORD, LIGHT, NAME, NUMBER = 1.0, 0.4, 1.3, 1.2  # weights
NUMBER_WORDS = {word: str(value) for word, value in SMALL.items() if word not in ("a", "an", "couple")}
VAGUE = ("hundred", "thousand")
ENDING = re.compile(
    r"(?<=[a-z]{4})(?:ations?|ators?|ating|ated|ates?)$|(?<=[a-z]{3}[ts])ions?$"
    r"|(?<=[a-z]{3})(?:ings?|edly|ed|ers?|ments?|als?|ies|es|s|e|y|'s)$"
)
DOUBLED = re.compile(r"([bdglmnprt])\1$")


@dataclass(frozen=True, kw_only=True)
class Concepts:
    """What sentences are made of, in the order of their words: concept, weight, sentence, and which word it is."""

    codes: Hashes
    weights: Weights
    sentences: Numbers
    places: Numbers


def read_concepts(
    tokens: Tokens, sources: Sequence[str], spans: pd.DataFrame, languages: pd.Series
) -> Concepts:
    """The concepts of sentences: their words (`tokens`), articles' texts (`sources`) and languages.

    `spans` has sentence, start, end, meaning and weight: an actor or a date in place of its words.
    """
    spoken = languages.to_numpy()[tokens.texts]
    codes, weights = tokens.codes.copy(), np.zeros(len(tokens.codes))
    for language in sorted(set(languages)):
        here = np.flatnonzero(spoken == language)
        codes[here], weights[here] = _fold_words(tokens.keep(here), sources, str(language))
    _join_numbers(codes, weights, tokens, sources)
    _mean_spans(codes, weights, tokens, spans)
    kept = np.flatnonzero(weights > 0)
    return Concepts(codes=codes[kept], weights=weights[kept], sentences=tokens.texts[kept], places=kept)


def list_surfaces(tokens: Tokens, sources: Sequence[str]) -> tuple[Numbers, list[str]]:
    """Which of the distinct words each word is, and each as it stands where it is first met."""
    places, known = pd.factorize(tokens.codes)
    first = np.zeros(len(known), dtype=np.int64)
    first[places[::-1]] = np.arange(len(places))[::-1]
    spans = zip(tokens.texts[first], tokens.starts[first], tokens.ends[first], strict=True)
    return places, [sources[text][start:end] for text, start, end in spans]


def fold_concept(word: str) -> str:
    """The concept of an English word, as it is told in the differences: kill for died, employ for workers."""
    return _fold(word, LANGUAGES[0])[0].removeprefix("=")


def is_idle(word: str) -> bool:
    """True for a word that tells nothing by itself: a function word, or one of saying and of time."""
    return _fold(word, LANGUAGES[0])[1] < WORD or word.lower() in _idle_words()


@lru_cache(maxsize=1 << 17)
def cut_ending(word: str) -> str:
    """An English word without its ending: resigned, resignation and resigns have one stem."""
    stem = ENDING.sub("", word)
    return DOUBLED.sub(r"\1", stem)


def _fold_words(tokens: Tokens, sources: Sequence[str], language: str) -> tuple[Hashes, Weights]:
    """Concept and weight of each word of one language; weight 0 for function words."""
    places, surfaces = list_surfaces(tokens, sources)
    folded = [_fold(surface, language) for surface in surfaces]
    codes = code_words(word for word, _ in folded)
    weights = np.array([weight for _, weight in folded], dtype=float)
    idle = np.isin(pd.unique(tokens.codes), read_stop_words(language))
    weights[idle & (weights != NUMBER)] = 0
    named = tokens.names & (weights[places] == WORD)
    told, weighed = codes[places], np.where(named, NAME, weights[places])
    if language in LANGUAGES and len(told):
        _join_pairs(told, weighed, tokens)
    return told, weighed


def _fold(surface: str, language: str) -> tuple[str, float]:
    """The concept that a word stands for, and its weight."""
    word = fold_word(surface)
    if word[0].isdigit():
        return word, NUMBER
    if language not in LANGUAGES:
        return word, WORD
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word], LIGHT if word in VAGUE else NUMBER
    word = word.removesuffix("'s")
    group = _read_groups().get(word)
    return group or (cut_ending(word), WORD)


def _join_pairs(codes: Hashes, weights: Weights, tokens: Tokens) -> None:
    """Give two words in a row that are one their common concept: "stepped down"."""
    known, meanings, worth = _read_pairs()
    pairs = tokens.codes[:-1] * MIX + tokens.codes[1:]
    places = np.minimum(np.searchsorted(known, pairs), len(known) - 1)
    found = np.flatnonzero((known[places] == pairs) & (tokens.texts[1:] == tokens.texts[:-1]))
    codes[found], weights[found] = meanings[places[found]], worth[places[found]]
    weights[found + 1] = 0


def _join_numbers(codes: Hashes, weights: Weights, tokens: Tokens, sources: Sequence[str]) -> None:
    """Give the two halves of 8.4 or 94,000 one concept."""
    beside = (tokens.texts[1:] == tokens.texts[:-1]) & (tokens.starts[1:] == tokens.ends[:-1] + 1)
    for place in np.flatnonzero(beside & (weights[1:] == NUMBER)) + 1:
        source, start = sources[tokens.texts[place]], tokens.starts[place]
        if source[start - 1] in ".," and source[start - 2].isdigit() and source[start].isdigit():
            codes[place : place + 1] = codes[place - 1 : place] * MIX + codes[place : place + 1]
            weights[place - 1] = 0


def _mean_spans(codes: Hashes, weights: Weights, tokens: Tokens, spans: pd.DataFrame) -> None:
    """Put the meaning in place of the first word of each span, and nothing in place of its other words."""
    width = int(max(tokens.ends.max(initial=0), spans["end"].max() if len(spans) else 0)) + 1
    edges = tokens.texts * width + tokens.starts
    sentence = spans["sentence"].to_numpy(dtype=np.int64) * width
    first = np.searchsorted(edges, sentence + spans["start"].to_numpy(dtype=np.int64))
    last = np.searchsorted(edges, sentence + spans["end"].to_numpy(dtype=np.int64))
    held = last > first
    inside = np.zeros(len(codes) + 1, dtype=np.int64)
    np.add.at(inside, first[held], 1)
    np.add.at(inside, last[held], -1)
    weights[np.cumsum(inside[:-1]) > 0] = 0
    codes[first[held]] = code_words(spans["meaning"].astype("str"))[held]
    weights[first[held]] = spans["weight"].to_numpy(dtype=float)[held]


@cache
def _read_groups() -> dict[str, tuple[str, float]]:
    """The synonyms that are one word: concept and weight."""
    return {
        fold_word(word): (f"={group[0]}", weight)
        for group, weight in _read_synonyms()
        for word in group
        if "_" not in word
    }


@cache
def _read_pairs() -> tuple[Hashes, Hashes, Weights]:
    """The synonyms that are two words: both as one number, in order, with concept and weight."""
    pairs = [
        (*word.split("_"), group[0], weight)
        for group, weight in _read_synonyms()
        for word in group
        if "_" in word
    ]
    left, right = (code_words(str(pair[side]) for pair in pairs) for side in (0, 1))
    numbers, meanings = left * MIX + right, code_words(f"={pair[2]}" for pair in pairs)
    order = np.argsort(numbers)
    return numbers[order], meanings[order], np.array([pair[3] for pair in pairs], dtype=float)[order]


@cache
def _read_synonyms() -> tuple[tuple[list[str], float], ...]:
    """The groups of synonyms, each with its weight."""
    rows = read_lexicon("synonyms")
    return tuple((row["words"].split(), LIGHT if row["weight"] == "light" else WORD) for row in rows)


@cache
def _idle_words() -> frozenset[str]:
    """English function words."""
    return frozenset(STOP_WORDS)
