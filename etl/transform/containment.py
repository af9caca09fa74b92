"""Containment: the share of a text's runs of words that another one carries (Broder 1997), quotations apart.

Two outlets that quote one statement at length have not reprinted each other, so runs inside quotation marks
do not count. Runs of five words say how much is copied word for word; runs of three still hold where single
words were changed, misspelt or misread.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from etl.transform.shingles import Numbers, Tokens, hash_shingles, mark_ranges
from etl.transform.voice import quoted_ranges

EXACT_WORDS, LOOSE_WORDS = 5, 3
OWN_SHINGLES = 30  # outside quotation; where both articles have fewer their quotations are compared

Shares = npt.NDArray[np.float64]


def measure_containment(
    tokens: Tokens, texts: pd.Series, left: Numbers, right: Numbers
) -> tuple[Shares, Shares]:
    """For each pair the shares of runs of five and of three words: the left text's in the right, and back.

    Two rows each: left in right, right in left.
    """
    named = np.unique(np.concatenate([left, right]))
    inner = tokens.pick(named)
    place = np.searchsorted(named, np.stack([left, right]))
    ranges = {number: quoted_ranges(texts.iloc[text]) for number, text in enumerate(named)}
    said = np.cumsum(np.append(0, mark_ranges(inner, ranges)))
    exact, loose = (_share_runs(inner, said, words, place) for words in (EXACT_WORDS, LOOSE_WORDS))
    return exact, loose


def _share_runs(tokens: Tokens, said: Numbers, words: int, place: Numbers) -> Shares:
    """The shares for runs of so many words, with and without quotations: the smaller of both.

    A statement that both quote is nothing without its quotation, and a note is little with them. Where both
    texts are hardly more than quotations, these count.
    """
    hashes, places = hash_shingles(tokens, words)
    own = said[places + words] - said[places] < words
    columns = pd.factorize(hashes)[0]
    every = _count_shingles(columns, tokens.texts[places], tokens.count)
    unquoted = _count_shingles(columns[own], tokens.texts[places[own]], tokens.count)
    enough = (unquoted.getnnz(axis=1) >= OWN_SHINGLES)[place].any(axis=0)
    shares = _compare_rows(every, *place)
    return np.where(enough, np.minimum(shares, _compare_rows(unquoted, *place)), shares)


def _count_shingles(columns: Numbers, texts: Numbers, count: int) -> csr_matrix:
    """A row a text, a column a shingle, 1 where the text has it."""
    shape = (count, int(columns.max(initial=0)) + 1)
    matrix = csr_matrix((np.ones(len(columns)), (texts, columns)), shape=shape)
    matrix.data[:] = 1.0
    return matrix


def _compare_rows(shingles: csr_matrix, left: Numbers, right: Numbers) -> Shares:
    """Two rows: share of the left texts' shingles that the right ones carry, and the other way round."""
    shared = shingles[left].multiply(shingles[right]).sum(axis=1).A1
    sizes = np.maximum(1, shingles.getnnz(axis=1))
    return np.stack([shared / sizes[left], shared / sizes[right]])
