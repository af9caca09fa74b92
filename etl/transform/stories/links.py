"""Links of a story: which articles are alike, faded softly by the days between them.

Articles stand in order of publication. Each is held against those before it, block against block, and blocks
that lie too far apart in time are never multiplied: the cost of an article grows with the articles of its
months, not with those of the store.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from etl.transform.shingles import Numbers

NOTED = 0.05  # likeness below counts as none: keeps the pairs few
FADES_TO, FADES_IN = (
    0.3,
    30.0,
)  # share that is left of likeness far apart in time; days in which it mostly goes
REACH = 120.0  # days from which articles are not held against each other: a third of their likeness is left
BLOCK, PLACES = 500, 4_000  # articles multiplied at a time, and against how many
DIGITS = 7  # sums of the same numbers in another order differ behind that
Days = npt.NDArray[np.float64]
Pairs = tuple[Numbers, Numbers, Days]


@dataclass(frozen=True, eq=False)
class Index:
    """Articles as rows of words in order of publication, their days, and the same rows turned, by blocks."""

    rows: csr_matrix
    days: Days
    turned: tuple[csr_matrix, ...]


def index_articles(rows: csr_matrix, published: pd.Series) -> Index:
    """What new articles are held against."""
    turned = (rows[first : first + PLACES].T.tocsr() for first in range(0, rows.shape[0], PLACES))
    return Index(rows, tell_days(published), tuple(turned))


def link_articles(index: Index) -> csr_matrix:
    """Likeness of each two articles in order of publication; unknown times come last and do not fade."""
    count = len(index.days)
    row, column, value = _join_parts([link_block(index, first) for first in range(0, count, BLOCK)])
    half = csr_matrix((value, (row, column)), shape=(count, count))
    return (half + half.T).tocsr()


def link_block(index: Index, first: int) -> Pairs:
    """Row, column and likeness of the pairs of one block of articles with all before them, within reach."""
    block, days = index.rows[first : first + BLOCK], index.days
    last = first + block.shape[0]
    places = [
        place for place in range(0, last, PLACES)
        if not days[first] - days[min(place + PLACES, len(days)) - 1] > REACH or np.isnan(days[last - 1])
    ]  # fmt: skip
    products = (block @ index.turned[place // PLACES] for place in places)
    return _join_parts([_pick_pairs(*one, first, days) for one in zip(products, places, strict=True)])


def tell_days(published: pd.Series) -> Days:
    """Publication times as days since 1970; not a number where unknown."""
    since = (published - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
    return np.asarray(since, dtype=np.float64)


def fade(likeness: Days, apart: Days) -> Days:
    """What is left of likeness over so many days; all of it where the days are unknown."""
    left = FADES_TO + (1 - FADES_TO) * np.exp(-np.nan_to_num(apart, nan=0.0) / FADES_IN)
    faded: Days = np.round(likeness * left, DIGITS)
    return faded


def _pick_pairs(product: csr_matrix, place: int, first: int, days: Days) -> Pairs:
    """The pairs of a product that are alike enough, each once."""
    alike = np.flatnonzero(product.data >= NOTED)
    row = np.searchsorted(product.indptr, alike, side="right") - 1 + first
    column = product.indices[alike].astype(np.int64) + place
    apart = np.abs(days[row] - days[column])
    value = fade(product.data[alike], apart)
    kept = (value >= NOTED) & (column < row) & ~(apart > REACH)
    return row[kept], column[kept], value[kept]


def _join_parts(parts: list[Pairs]) -> Pairs:
    """All pairs behind each other."""
    none = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    row, column, value = (np.concatenate(piece) for piece in zip(none, *parts, strict=True))
    return row, column, value
