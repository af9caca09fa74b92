"""Vectors: texts as weighted words (TF-IDF), and which of them are alike, sparse from end to end."""

from __future__ import annotations

from functools import cache
from importlib import import_module

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_matrix, csr_matrix

from etl.transform.shingles import Hashes, Numbers, Tokens, code_words

BLOCK = 500  # rows multiplied at a time: bounds memory
ONCE = 100  # texts: from so many on, a word that only one of them has says nothing about likeness
HALF, LARGE = 0.5, 100  # in a collection that large, a word of half of its texts is a function word


def weigh_words(tokens: Tokens, language: str, *, names: float = 1.0, once: bool = False) -> csr_matrix:
    """A row of unit length a text, a column a word: (1 + ln tf) (1 + ln((1 + n) / (1 + df))), no stop words.

    Names and numbers count `names` times as often. Words that one text alone has are dropped from 100 texts
    on, unless `once` is true. A text without words gives an empty row.
    """
    content = ~np.isin(tokens.codes, read_stop_words(language))
    columns, words = pd.factorize(tokens.codes[content])
    shape = (tokens.count, max(1, len(words)))
    heard = np.where(tokens.names[content], names, 1.0)
    counts = csr_matrix((heard, (tokens.texts[content], columns)), shape=shape)
    counts.data = (1 + np.log(counts.data)) * _weigh_columns(counts, once=once)[counts.indices]
    counts.eliminate_zeros()
    return scale_rows(counts)


def scale_rows(matrix: csr_matrix) -> csr_matrix:
    """The same rows at unit length; empty rows stay empty."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    lengths = np.sqrt(np.bincount(rows, weights=matrix.data**2, minlength=matrix.shape[0]))
    scaled = matrix.copy()
    scaled.data = matrix.data / lengths[rows]
    return scaled


def link_rows(rows: csr_matrix, *, least: float) -> coo_matrix:
    """Which rows are alike and how much (cosine of unit rows), from `least` on."""
    against = rows.T.tocsr()
    parts = []
    for start in range(0, rows.shape[0], BLOCK):
        part = (rows[start : start + BLOCK] @ against).tocoo()
        kept = part.data >= least
        parts.append((part.row[kept] + start, part.col[kept], part.data[kept]))
    row, column, value = (
        (np.concatenate(piece) for piece in zip(*parts, strict=True)) if parts else ((), (), ())
    )
    return coo_matrix((value, (row, column)), shape=(rows.shape[0], against.shape[1]))


@cache
def read_stop_words(language: str) -> Hashes:
    """The function words of a language (spaCy's lists) as codes; none for a language without a list."""
    try:
        words = sorted(import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
    except ModuleNotFoundError:
        words = []
    return code_words(words)


def _weigh_columns(counts: csr_matrix, *, once: bool) -> npt.NDArray[np.float64]:
    """The weight of each word by the number of texts that have it; the rarer the heavier."""
    texts = counts.shape[0]
    carried: Numbers = np.bincount(counts.indices, minlength=counts.shape[1])
    weights: npt.NDArray[np.float64] = 1 + np.log((1 + texts) / (1 + carried))
    if not once:
        weights[carried == 1] *= max(0.0, 1 - texts / ONCE)
    if texts >= LARGE:
        weights[carried > HALF * texts] = 0
    return weights
