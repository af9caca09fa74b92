"""Names: where a text names someone or something, by our English recogniser or by one that is plugged in.

The English recogniser reads a text from left to right and decides word by word. While no name is open, its
decision depends on the word alone; so all those decisions are one matrix product, and only the words
inside a name are decided step by step. The spans are those of spaCy's own decoder at twice its speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE
from spacy.language import Language
from spacy.tokens import Doc

from etl.transform.lexicon import read_words
from etl.transform.plugins import Reader, find_reader
from etl.transform.recogniser import read_recogniser

LINE = re.compile(r"[^\r\n\u2028\u2029]*\w[^\r\n\u2028\u2029]*")
WORD = re.compile(r"[^\W\d_]+")
SHOUTED = 0.75  # share of long words in capitals from which a line is read as a headline in capitals
SMALL_WORDS = read_words("naming", "rule", "small word")
KEPT_CAPITALS = read_words("naming", "rule", "abbreviation")
OUTSIDE, OPEN = "O", "-"
SHORT = {"PER": "PERSON"}  # what other recognisers call our labels
Scores = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]


class Name(NamedTuple):
    """A named stretch of a text and the recogniser's word for it: PERSON, ORG, GPE, LOC, FAC, NORP ..."""

    start: int
    end: int
    label: str


class _Moves(NamedTuple):
    """The recogniser's actions: which open, close or are a name, and the label of each."""

    names: tuple[str, ...]
    outside: npt.NDArray[np.bool_]  # allowed while no name is open
    begins: npt.NDArray[np.bool_]
    inside: dict[str, tuple[int, int]]  # label -> its actions In and Last


class _Words(NamedTuple):
    """All words of some lines in one row: where their lines end, and which are white space."""

    docs: list[Doc]
    last: npt.NDArray[np.bool_]
    spaces: npt.NDArray[np.bool_]


def read_names(text: str, language: str = "en") -> list[Name]:
    """The names in a text, in order, without overlap; none runs over a line break. None in a language that
    no recogniser reads.
    """
    reader = find_reader(language)
    lines = [match.span() for match in LINE.finditer(text)]
    if reader is not None:
        return [name for start, end in lines for name in _ask(reader, text[start:end], start)]
    return _read_english(text, lines) if lines and language == "en" else []


def _read_english(text: str, lines: list[tuple[int, int]]) -> list[Name]:
    """The names in the lines of an English text by our own recogniser."""
    docs = [read_recogniser().make_doc(text[start:end]) for start, end in lines]
    return [
        Name(start + doc[first].idx, start + doc[last].idx + len(doc[last]), label)
        for (start, _), doc, found in zip(lines, docs, decode_names(docs), strict=True)
        for first, last, label in found
    ]


def _ask(reader: Reader, line: str, offset: int) -> Iterator[Name]:
    """The names in a line by a recogniser that is plugged in; of names that overlap the first."""
    free = 0
    for start, end, label in sorted(reader(line)):
        if free <= start < end <= len(line):
            free = end
            yield Name(offset + start, offset + end, SHORT.get(label, label))


def calm_capitals(text: str) -> str:
    """The text with the words of its shouting lines Capitalised, exactly as long as before."""
    return LINE.sub(lambda match: _calm_line(match.group()), text)


def decode_names(docs: list[Doc]) -> list[list[tuple[int, int, str]]]:
    """For each document of one word or more: first word, last word and label of each name."""
    nlp = read_recogniser()
    step = _recogniser(nlp).model.predict(docs)
    moves = _read_moves(nlp)
    words = _join_words(docs)
    actions = _decide_outside(step, moves, words)
    ends = _follow_openings(step, moves, words, actions)
    step.clear_memory()
    return _read_spans(moves, words, actions, ends)


def _recogniser(nlp: Language) -> Any:
    """The part that decides; its class is compiled and has no types."""
    return nlp.get_pipe("ner")


@cache
def _read_moves(nlp: Language) -> _Moves:
    """The recogniser's actions in the order of its scores."""
    moves = _recogniser(nlp).moves
    names = tuple(moves.get_class_name(place) for place in range(moves.n_moves))
    labels = {name.partition(OPEN)[2] for name in names} - {""}
    position = {name: place for place, name in enumerate(names)}
    kinds = [name.partition(OPEN)[0] for name in names]
    labelled = np.array([not name.endswith(OPEN) for name in names])
    return _Moves(
        names,
        np.isin(kinds, ("B", "U", OUTSIDE)) & labelled,
        np.isin(kinds, ("B",)),
        {label: (position[f"I-{label}"], position[f"L-{label}"]) for label in labels},
    )


def _calm_line(line: str) -> str:
    """The line with its words Capitalised if it shouts; else the line as it stands."""
    words = WORD.findall(line)
    long = [word for word in words if len(word) > 3]
    if len(words) < 2 or not long or sum(word.isupper() for word in long) < SHOUTED * len(long):
        return line
    return WORD.sub(_calm_word, line)


def _calm_word(match: re.Match[str]) -> str:
    """One shouted word in small letters with a capital, unless it is an abbreviation or a small word."""
    word = match.group()
    if word in KEPT_CAPITALS or not word.isupper():
        return word
    calm = word.lower() if word.lower() in SMALL_WORDS else word.capitalize()
    return calm if len(calm) == len(word) else word


def _join_words(docs: list[Doc]) -> _Words:
    """The words of all documents in one row."""
    lengths = np.array([len(doc) for doc in docs])
    last = np.zeros(lengths.sum(), dtype=bool)
    last[lengths.cumsum() - 1] = True
    return _Words(docs, last, np.concatenate([doc.to_array(IS_SPACE) for doc in docs]).astype(bool))


def _score(step: Any, ids: Ids) -> Scores:
    """The score of each action for states given as (word, first word of the open name, word before)."""
    vectors = step.state2vec.predict(np.ascontiguousarray(ids, dtype=np.int32))
    scores: Scores = np.array(step.vec2scores.predict(vectors))
    scores[:, step._class_mask == 0] = -np.inf
    return scores


def _decide_outside(step: Any, moves: _Moves, words: _Words) -> npt.NDArray[np.intp]:
    """What the recogniser does at each word as long as no name is open."""
    ids = np.full((len(words.last), 3), -1, dtype=np.int32)
    ids[:, 0] = np.arange(len(ids))
    scores = _score(step, ids)
    scores[:, ~moves.outside] = -np.inf
    scores[
        np.ix_(words.last, moves.begins)
    ] = -np.inf  # a name of several words cannot begin with the last one
    actions = scores.argmax(axis=1)
    actions[words.spaces] = moves.names.index(OUTSIDE)
    return np.asarray(actions, dtype=np.intp)


def _follow_openings(
    step: Any, moves: _Moves, words: _Words, actions: npt.NDArray[np.intp]
) -> dict[int, int]:
    """First word -> last word for every name of several words that could open, all followed at once."""
    firsts = np.flatnonzero(moves.begins[actions])
    pairs = np.array([moves.inside[moves.names[actions[first]].partition(OPEN)[2]] for first in firsts])
    ends: dict[int, int] = {}
    here = firsts + 1
    while len(firsts):
        scores = _score(step, np.stack([here, firsts, here - 1], axis=1))
        rows = np.arange(len(firsts))
        closes = (scores[rows, pairs[:, 1]] > scores[rows, pairs[:, 0]]) | words.last[here]
        ends.update(zip(firsts[closes].tolist(), here[closes].tolist(), strict=True))
        firsts, here, pairs = firsts[~closes], here[~closes] + 1, pairs[~closes]
    return ends


def _read_spans(
    moves: _Moves, words: _Words, actions: npt.NDArray[np.intp], ends: dict[int, int]
) -> list[list[tuple[int, int, str]]]:
    """The names from left to right: an opening inside a name that is open already does not count."""
    found: list[list[tuple[int, int, str]]] = []
    offset = 0
    named = np.flatnonzero(actions != moves.names.index(OUTSIDE)).tolist()
    places = iter(named)
    place = next(places, None)
    for doc in words.docs:
        found.append([])
        free = offset
        while place is not None and place < offset + len(doc):
            if place >= free:
                last = ends.get(place, place)
                found[-1].append(
                    (place - offset, last - offset, moves.names[actions[place]].partition(OPEN)[2])
                )
                free = last + 1
            place = next(places, None)
        offset += len(doc)
    return found
