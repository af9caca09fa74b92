"""Words are remembered and nothing changes: the same vectors, bit for bit, whatever was read before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from spacy.language import Language

from etl.transform import remembered
from etl.transform.quotes.trees import _load_parser
from etl.transform.recogniser import read_recogniser

LINES = (
    "Ann Lee said the pier wasn't safe; Norland's envoy didn't answer.",
    "Norland, Norland and NORLAND: 3,000 people — 🙂 were there.",
    "A  double blank\tand a tab.",
    "x",
)


@pytest.fixture(params=["recogniser", "parser"])
def reader(request: pytest.FixtureRequest) -> Iterator[tuple[Language, Any]]:
    """A pipeline and its layer that remembers; afterwards it has forgotten."""
    nlp, name = (read_recogniser(), "ner") if request.param == "recogniser" else (_load_parser(), "tok2vec")
    layer = next(node for node in nlp.get_pipe(name).model.walk() if node.name == "remembered")  # type: ignore[attr-defined]
    layer.attrs["memory"].places.clear()
    yield nlp, layer
    layer.attrs["memory"].places.clear()


def test_a_vector_is_that_of_the_layer_bit_for_bit(reader: tuple[Language, Any]) -> None:
    nlp, layer = reader
    docs = [nlp.make_doc(line) for line in LINES]
    for _ in range(2):
        for ours, own in zip(layer.predict(docs), layer.layers[0].predict(docs), strict=True):
            np.testing.assert_array_equal(ours, own)


def test_what_was_read_before_changes_nothing(reader: tuple[Language, Any]) -> None:
    nlp, layer = reader
    docs = [nlp.make_doc(line) for line in LINES]
    together = layer.predict(docs)
    layer.attrs["memory"].places.clear()
    for doc, vectors in reversed(list(zip(docs, together, strict=True))):
        np.testing.assert_array_equal(layer.predict([doc])[0], vectors)


def test_a_full_memory_begins_anew(reader: tuple[Language, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    nlp, layer = reader
    monkeypatch.setattr(remembered, "MOST_WORDS", 12)
    for line in (*LINES, *LINES):
        doc = nlp.make_doc(line)
        np.testing.assert_array_equal(layer.predict([doc])[0], layer.layers[0].predict([doc])[0])
        assert len(layer.attrs["memory"].places) <= max(12, len(doc))


def test_no_words_are_no_vectors(reader: tuple[Language, Any]) -> None:
    nlp, layer = reader
    assert [len(vectors) for vectors in layer.predict([nlp.make_doc(""), nlp.make_doc("x")])] == [0, 1]


def test_while_it_learns_the_layer_remembers_nothing(reader: tuple[Language, Any]) -> None:
    nlp, layer = reader
    layer([nlp.make_doc(LINES[0])], True)
    assert not layer.attrs["memory"].places
