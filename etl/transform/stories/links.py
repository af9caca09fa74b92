"""Links of a story: which articles are alike, faded softly by the days between them.

Articles stand in order of publication. Each is held against those before it, block against block, and blocks
that lie too far apart in time are never multiplied: the cost of an article grows with the articles of its
months, not with those of the store.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_matrix, csr_matrix

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


def link_articles(rows: csr_matrix, published: pd.Series) -> csr_matrix:
    """Likeness of each two articles in order of publication; unknown times come last and do not fade."""
    days = tell_days(published)
    earlier = [rows[first : first + PLACES].T.tocsr() for first in range(0, len(days), PLACES)]
    parts = [_link_block(rows, first, days, earlier) for first in range(0, len(days), BLOCK)]
    row, column, value = _join_parts(parts)
    half = csr_matrix((value, (row, column)), shape=(len(days), len(days)))
    return (half + half.T).tocsr()


def tell_days(published: pd.Series) -> Days:
    """Publication times as days since 1970; not a number where unknown."""
    since = (published - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
    return np.asarray(since, dtype=np.float64)


def fade(likeness: Days, apart: Days) -> Days:
    """What is left of likeness over so many days; all of it where the days are unknown."""
    left = FADES_TO + (1 - FADES_TO) * np.exp(-np.nan_to_num(apart, nan=0.0) / FADES_IN)
    faded: Days = np.round(likeness * left, DIGITS)
    return faded


def _link_block(
    rows: csr_matrix, first: int, days: Days, earlier: list[csr_matrix]
) -> tuple[Numbers, Numbers, Days]:
    """Row, column and likeness of the pairs of one block of articles with all before them, within reach."""
    block = rows[first : first + BLOCK]
    last = first + block.shape[0]
    places = [
        place for place in range(0, last, PLACES)
        if not days[first] - days[min(place + PLACES, len(days)) - 1] > REACH or np.isnan(days[last - 1])
    ]  # fmt: skip
    products = ((block @ earlier[place // PLACES]).tocoo() for place in places)
    return _join_parts([_pick_pairs(*one, first, days) for one in zip(products, places, strict=True)])


def _pick_pairs(product: coo_matrix, place: int, first: int, days: Days) -> tuple[Numbers, Numbers, Days]:
    """The pairs of a product that are alike enough, each once."""
    alike = product.data >= NOTED
    row, column = product.row[alike].astype(np.int64) + first, product.col[alike].astype(np.int64) + place
    apart = np.abs(days[row] - days[column])
    value = fade(product.data[alike], apart)
    kept = (value >= NOTED) & (column < row) & ~(apart > REACH)
    return row[kept], column[kept], value[kept]


def _join_parts(parts: list[tuple[Numbers, Numbers, Days]]) -> tuple[Numbers, Numbers, Days]:
    """All pairs behind each other."""
    none = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    row, column, value = (np.concatenate(piece) for piece in zip(none, *parts, strict=True))
    return row, column, value
