"""Recogniser: our own small English model of names, kept as numbers alone in `data/models/names.npz`.

It has the form of spaCy's small recogniser (a hashed embedding, four convolutions, a transition system) plus
static word vectors, and its tokenizer is spaCy's bare English one. `benchmarks/train_names.py` makes it; the
card beside it says from what and how good it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import spacy
from spacy.language import Language
from spacy.vectors import Vectors
from thinc.api import Model

from etl.transform.linear import MODELS
from etl.transform.remembered import remember_words

LABELS = ("PERSON", "ORG", "LOC", "NORP", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT")
ROWS = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500}  # of the hashed embedding, by attribute
WIDTH, DEPTH, HIDDEN = 96, 4, 64
STEP = 24  # an int8 of this size stands for 1.0 in a word vector
WEIGHT = "weight_{:02}"


class WordVectors(NamedTuple):
    """Lower-case words and the vector of each, in int8 steps."""

    words: Sequence[str]
    vectors: npt.NDArray[np.int8]


@cache
def read_recogniser(path: Path = MODELS / "names.npz") -> Language:
    """The tokenizer and the recogniser of a file that `write_recogniser` wrote; read once a process."""
    with np.load(path, allow_pickle=False) as file:
        nlp = build_recogniser(WordVectors(file["words"].tobytes().decode().split("\n"), file["vectors"]))
        for place, (layer, name) in enumerate(_weights(nlp)):
            layer.set_param(name, file[WEIGHT.format(place)].astype(np.float32))
    remember_words(nlp.get_pipe("ner").model, nlp.vocab)  # type: ignore[attr-defined]  # a compiled class
    return nlp


def write_recogniser(nlp: Language, vectors: WordVectors, path: Path = MODELS / "names.npz") -> None:
    """Write a recogniser in half precision; the caller measures what it then reads back."""
    weights: dict[str, Any] = {
        WEIGHT.format(place): np.asarray(layer.get_param(name), dtype=np.float16)
        for place, (layer, name) in enumerate(_weights(nlp))
    }
    words = np.frombuffer("\n".join(vectors.words).encode(), dtype=np.uint8)
    np.savez_compressed(path, allow_pickle=False, words=words, vectors=vectors.vectors, **weights)


def build_recogniser(vectors: WordVectors) -> Language:
    """The form without what was learned: weights are random and wait to be set."""
    nlp = spacy.blank("en")
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings,
        data=vectors.vectors.astype(np.float32) / STEP,
        keys=[nlp.vocab.strings.add(word) for word in vectors.words],
        attr="LOWER",
    )
    recogniser: Any = nlp.add_pipe("ner", config={"model": _describe_model()})
    for label in LABELS:
        recogniser.add_label(label)
    chance = np.random.get_state()
    nlp.initialize()
    np.random.set_state(chance)  # weights are set later: reading a model must not move anyone's chance
    recogniser.model.attrs["unseen_classes"] = set()
    return nlp


def learned_layers(nlp: Language) -> Iterator[Model[Any, Any]]:
    """The layers of the recogniser that hold weights, in a fixed order."""
    for layer in nlp.get_pipe("ner").model.walk(order="dfs_pre"):  # type: ignore[attr-defined]  # a compiled class
        if any(layer.has_param(name) for name in layer.param_names):
            yield layer


def _weights(nlp: Language) -> Iterator[tuple[Model[Any, Any], str]]:
    """Each layer with the name of each of its weights."""
    for layer in learned_layers(nlp):
        yield from ((layer, name) for name in sorted(layer.param_names))


def _describe_model() -> dict[str, Any]:
    """The form of the model in spaCy's words; that of its small English pipeline, with word vectors."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner", "extra_state_tokens": False, "hidden_width": HIDDEN, "maxout_pieces": 2,
        "use_upper": True, "nO": None,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "attrs": list(ROWS),
                "rows": list(ROWS.values()), "include_static_vectors": True,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "depth": DEPTH,
                "window_size": 1, "maxout_pieces": 3,
            },
        },
    }  # fmt: skip
