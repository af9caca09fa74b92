"""Senses: what the words of a sentence mean together, as a direction; sentences that say the same point alike.

Each English word adds a vector that was learned from a larger model (`benchmarks/train_senses.py`), so that
"taken to hospital" and "being treated" are near although they share no word. Order and negation are not seen:
that is why this is one voice beside the words, names and numbers themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from etl.settings import DATA
from etl.transform.shingles import Hashes, Tokens

FROZEN = {"en": DATA / "models" / "senses_en.npz"}
LARGEST = 127  # of a byte with a sign

Vectors = npt.NDArray[np.float64]  # so that rounding does not depend on the order of sums


@dataclass(frozen=True, eq=False)
class Senses:
    """The vector of each word; `codes` in order."""

    codes: Hashes
    vectors: Vectors

    def add_words(self, tokens: Tokens) -> Vectors:
        """A row of unit length a text; zeros for one without a word that is known."""
        places = np.minimum(np.searchsorted(self.codes, tokens.codes), len(self.codes) - 1)
        known = self.codes[places] == tokens.codes
        words = csr_matrix(
            (np.ones(known.sum()), (tokens.texts[known], places[known])),
            shape=(tokens.count, len(self.codes)),
        )
        return unit_rows(words @ self.vectors)


def read_meanings(tokens: Tokens, languages: pd.Series) -> Vectors:
    """A row of unit length a text, whose products are the likeness of what the texts mean, -1 to 1.

    Texts in a language whose words are not known, and texts without a word that is known, give zeros.
    """
    spoken = languages.to_numpy()
    rows = np.zeros((tokens.count, _read_width()))
    for language in sorted(set(FROZEN) & set(spoken)):
        here = np.flatnonzero(spoken == language)
        rows[here] = read_senses(language).add_words(tokens.pick(here))
    return rows


@cache
def read_senses(language: str) -> Senses:
    """The vectors of a language's words, read once a process."""
    with np.load(FROZEN[language], allow_pickle=False) as file:
        vectors = file["vectors"].astype(np.float64) * file["scales"].astype(np.float64)[:, None]
        return Senses(file["codes"], vectors / LARGEST)


def write_senses(language: str, senses: Senses) -> None:
    """Write vectors in bytes, each with its own scale."""
    order = np.argsort(senses.codes)
    vectors = senses.vectors[order]
    scales = np.abs(vectors).max(axis=1).clip(1e-6).astype(np.float16)
    whole = np.round(vectors / scales[:, None].astype(np.float32) * LARGEST).clip(-LARGEST, LARGEST)
    np.savez_compressed(
        FROZEN[language],
        allow_pickle=False,
        codes=senses.codes[order],
        vectors=whole.astype(np.int8),
        scales=scales,
    )


def unit_rows(rows: Vectors) -> Vectors:
    """The same rows at unit length; rows of zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled


def _read_width() -> int:
    """How many numbers a vector has."""
    return int(read_senses("en").vectors.shape[1])
