"""Words of a story: articles as weighted words of body and headline, so that happenings differ by their names.

How telling a word is goes by how few articles carry it. For English these counts are frozen and stand in
`data/models/words_en.npz`: so the likeness of two articles depends on nothing but these two, whatever else is
in the store. In other languages the articles at hand are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix, hstack

from etl.settings import DATA
from etl.transform.shingles import Hashes, Numbers, Tokens
from etl.transform.vectors import HALF, LARGE, read_stop_words, scale_rows

FROZEN = {"en": DATA / "models" / "words_en.npz"}
BODY, TITLE = 0.9, 0.1  # headlines of look-alikes are alike; .7 to .95 keep B-cubed F1 within .03
NAMES = 3.0  # weight of a name or number beside another word: who, where and how many tell look-alikes apart
MOST = 60  # words of a body that count, the heaviest; up to 250 do equally well, and few are quick


@dataclass(frozen=True, eq=False)
class Counts:
    """How many of so many articles carry each word; `codes` in order."""

    articles: int
    codes: Hashes
    carried: Numbers

    def weigh(self, codes: Hashes) -> npt.NDArray[np.float64]:
        """1 + ln((1 + n) / (1 + df)) of each word; 0 for one that half of many articles carry."""
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        known = self.codes[places] == codes if len(self.codes) else np.zeros(len(codes), dtype=np.bool_)
        carried = np.where(known, self.carried[places], 0) if len(self.codes) else np.zeros(len(codes))
        weights: npt.NDArray[np.float64] = 1 + np.log((1 + self.articles) / (1 + carried))
        if self.articles >= LARGE:
            weights[carried > HALF * self.articles] = 0
        return weights


def weigh_articles(titles: Tokens, bodies: Tokens, language: str) -> csr_matrix:
    """A row an article, whose products with each other are the likeness of the articles, 0 to 1."""
    counts = read_counts(language) or count_words(titles, bodies)
    stop = read_stop_words(language)
    body = keep_heaviest(_weigh(bodies, counts, stop), MOST)
    return hstack([body * BODY**0.5, _weigh(titles, counts, stop) * TITLE**0.5], format="csr")


@cache
def read_counts(language: str) -> Counts | None:
    """The frozen counts of a language; none where there are none."""
    if language not in FROZEN:
        return None
    with np.load(FROZEN[language], allow_pickle=False) as file:
        return Counts(int(file["articles"]), file["codes"], file["carried"].astype(np.int64))


def count_words(*parts: Tokens) -> Counts:
    """In how many articles each word stands, in any of these parts of it."""
    words = pd.DataFrame({
        "code": np.concatenate([part.codes for part in parts]),
        "text": np.concatenate([part.texts for part in parts]),
    })  # fmt: skip
    codes, carried = np.unique(words.drop_duplicates()["code"].to_numpy(), return_counts=True)
    return Counts(parts[0].count, codes, carried.astype(np.int64))


def keep_heaviest(rows: csr_matrix, most: int) -> csr_matrix:
    """Only the heaviest words of each row, at unit length; of equals those whose column comes first."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    order = np.lexsort((-rows.data, row))  # stable, and columns stand in order
    light = order[np.arange(len(order)) - rows.indptr[row] >= most]
    kept = rows.copy()
    kept.data[light] = 0
    kept.eliminate_zeros()
    return scale_rows(kept)


def _weigh(tokens: Tokens, counts: Counts, stop: Hashes) -> csr_matrix:
    """A row of unit length a text, a column a word in the order of its number: (1 + ln tf) times its weight."""
    met, known = pd.factorize(tokens.codes)
    words = np.sort(known)
    telling = ~np.isin(known, stop)[met]
    columns = np.searchsorted(words, known)[met[telling]]
    heard = np.where(tokens.names[telling], NAMES, 1.0)
    shape = (tokens.count, max(1, len(words)))
    rows = csr_matrix((heard, (tokens.texts[telling], columns)), shape=shape)
    rows.data = (1 + np.log(rows.data)) * counts.weigh(words)[rows.indices]
    rows.eliminate_zeros()
    return scale_rows(rows)
