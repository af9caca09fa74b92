"""Texts to learn names from: labelled sets, as they are written and as news would write them, and varied.

The sets hold words parted by blanks; news does not. So each text is learned in both forms; names are
exchanged for others of their kind, and some texts get the capitals of a headline.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language

LABEL_OF = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
STOCK_KEPT = frozenset(("NORP", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"))  # what the sets do not label
WORD = re.compile(r"\S+")
LETTERS = re.compile(r"[^\W\d_]+(?:['’]\w+)?")
JOINS_LEFT = frozenset(
    (",", ".", "!", "?", ";", ":", ")", "]", "}", "%", "...", "'s", "’s", "n't", "'re", "'ve", "'ll", "'d")
)  # fmt: skip
JOINS_RIGHT = frozenset(("(", "[", "{", "$", "£", "€", "#"))
MARKS = frozenset(('"', "'"))
SMALL = frozenset(("a", "an", "the", "of", "in", "on", "at", "to", "and", "for", "by", "from", "with", "as"))


class Named(NamedTuple):
    """A text and its names: start, end, label."""

    text: str
    names: list[tuple[int, int, str]]


class Rewriter:
    """Varies texts by one seed: other names of the same kind and length, headline capitals."""

    def __init__(self, texts: Iterable[Named], seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a choice of texts, no secret
        self.names: dict[tuple[str, int], list[str]] = {}
        for named in texts:
            for start, end, label in named.names:
                surface = named.text[start:end]
                self.names.setdefault((label, _length(surface)), []).append(surface)

    def vary(self, spaced: Named, joined: Named) -> list[Named]:
        """The forms of one text, each as often as it shall be drawn."""
        forms = [spaced] * 3 + [joined] * 3
        if spaced.names:
            forms += [self.exchange(spaced), self.exchange(joined), self.exchange(joined)]
        return [*forms, capitalise(joined)] if self.chance.random() < 0.5 else forms

    def exchange(self, named: Named) -> Named:
        """The text with about half of its names exchanged."""
        written, names, done = "", [], 0
        for start, end, label in named.names:
            surface = named.text[start:end]
            if label in LABEL_OF.values() and self.chance.random() < 0.5:
                surface = self.chance.choice(self.names.get((label, _length(surface)), [surface]))
            written += named.text[done:start]
            names.append((len(written), len(written) + len(surface), label))
            written, done = written + surface, end
        return Named(written + named.text[done:], names)


def read_set(file: Path) -> list[Named]:
    """The rows of a labelled set."""
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return [
        Named(row["text"], [(e["start"], e["end"], LABEL_OF[e["type"]]) for e in row["entities"]])
        for row in rows
    ]


def join_words(named: Named) -> Named:
    """The text as news would write it: no blank before a comma, none inside quotation marks."""
    written, places = "", {}
    before, opened = "", False
    for match in WORD.finditer(named.text):
        word = match.group()
        mark = word in MARKS and not (word == "'" and before.endswith("s") and not opened)
        touches = word in JOINS_LEFT or before in JOINS_RIGHT or (mark and opened)
        touches = touches or (before in MARKS and opened) or (word == "'" and not mark)
        written += "" if touches or not written else " "
        places.update({match.start() + place: len(written) + place for place in range(len(word))})
        written += word
        opened ^= mark
        before = word
    return Named(written, [(places[start], places[end - 1] + 1, label) for start, end, label in named.names])


def add_stock_names(texts: list[Named], stock: Language) -> list[Named]:
    """The texts with groups, events, works and laws as the stock recogniser sees them beside the labels."""
    docs = stock.pipe(named.text for named in texts)
    return [
        Named(named.text, sorted([*named.names, *(
            (span.start_char, span.end_char, span.label_)
            for span in doc.ents
            if span.label_ in STOCK_KEPT
            and not any(start < span.end_char and span.start_char < end for start, end, _ in named.names)
        )]))
        for named, doc in zip(texts, docs, strict=True)
    ]  # fmt: skip


def capitalise(named: Named) -> Named:
    """The text with the capitals of a headline."""
    title = LETTERS.sub(
        lambda m: m.group() if m.group().lower() in SMALL else m.group()[0].upper() + m.group()[1:],
        named.text,
    )
    return Named(title, named.names) if len(title) == len(named.text) else named


def _length(surface: str) -> int:
    """Words of a name, at most four."""
    return min(4, surface.count(" ") + 1)
