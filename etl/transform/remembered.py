"""Remembered: what a model of spaCy's makes of a word alone is made once, where the word is first met.

The first layer of its small models gives each word a vector that depends on the word's form and on nothing
around it, and takes a third of the time. Vectors are the same bit for bit, whatever was met before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

MOST_WORDS = 40_000  # remembered: 15 MB
Rows = npt.NDArray[np.uint64]
Vectors = npt.NDArray[np.float32]


def remember_words(model: Model[Any, Any], vocab: Vocab) -> None:
    """Let the first layer of a model remember the words that it has met; what the model gives stays the same."""
    inner = next(node for node in model.walk() if node.has_ref("embed"))
    embed = inner.get_ref("embed")
    inner.layers[inner.layers.index(embed)] = Model(
        "remembered",
        _give_vectors,
        layers=[embed],
        attrs={"memory": _Memory(embed, vocab, _read_columns(embed, vocab))},
    )


def _read_columns(embed: Model[Any, Any], vocab: Vocab) -> list[Any]:
    """The attributes of a word that its vector depends on."""
    named = next(node.attrs["columns"] for node in embed.walk() if node.name == "extract_features")
    static = any(node.name == "static_vectors" for node in embed.walk())
    return [*named, vocab.vectors.attr] if static else list(named)


class _Words:
    """Words as rows of attributes, for a layer that asks a document for these."""

    def __init__(self, vocab: Vocab, columns: Sequence[Any], rows: Rows) -> None:
        self.vocab, self.columns, self.rows = vocab, columns, rows

    def __len__(self) -> int:
        return len(self.rows)

    def to_array(self, wanted: Any) -> Rows:
        """One attribute as a row, several as columns."""
        if isinstance(wanted, list):
            return self.rows[:, [self.columns.index(one) for one in wanted]]
        return self.rows[:, self.columns.index(wanted)]


class _Memory:
    """The words met so far and their vectors; it begins anew when it is full."""

    def __init__(self, embed: Model[Any, Any], vocab: Vocab, columns: list[Any]) -> None:
        self.embed, self.vocab, self.columns = embed, vocab, columns
        self.places: dict[bytes, int] = {}
        self.vectors: Vectors = np.empty((0, 0), dtype=np.float32)
        self.lock = Lock()

    def vectors_of(self, rows: Rows) -> Vectors:
        """One vector a row of attributes."""
        keys = rows.view(f"V{rows.dtype.itemsize * rows.shape[1]}").ravel().tolist()
        with self.lock:
            new = [key for key in dict.fromkeys(keys) if key not in self.places]
            if len(self.places) + len(new) > MOST_WORDS:
                self.places, new = {}, list(dict.fromkeys(keys))
            if new:
                self._learn(new)
            found: Vectors = self.vectors[[self.places[key] for key in keys]]
        return found

    def _learn(self, keys: Sequence[bytes]) -> None:
        """Make the vectors of these words."""
        rows = np.frombuffer(b"".join(keys), dtype=np.uint64).reshape(len(keys), -1)
        (vectors,) = self.embed.predict([_Words(self.vocab, self.columns, rows)])
        first = len(self.places)
        if first + len(keys) > len(self.vectors):
            grown = np.empty((2 * (first + len(keys)), vectors.shape[1]), dtype=np.float32)
            grown[:first] = self.vectors[:first] if first else 0
            self.vectors = grown
        self.vectors[first : first + len(keys)] = vectors
        self.places.update(zip(keys, range(first, first + len(keys)), strict=True))


def _give_vectors(
    model: Model[Any, Any], docs: Sequence[Doc], is_train: bool
) -> tuple[list[Vectors], Callable[[Any], list[Any]]]:
    """The vectors of the words of each document."""
    memory: _Memory = model.attrs["memory"]
    if is_train or not any(map(len, docs)):
        return model.layers[0](docs, is_train)  # as it was before
    rows = np.concatenate([doc.to_array(memory.columns) for doc in docs])
    ends = np.cumsum([len(doc) for doc in docs])
    return np.split(memory.vectors_of(np.ascontiguousarray(rows)), ends[:-1]), lambda _: []
