"""Intervals: Wilson for shares, bootstrap for means; seeded: the same answer has the same interval."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

LEVEL: Final = 0.95
DRAWS: Final = 1000
SEED: Final = 20240624
FEWEST: Final = 10  # below this n no estimate is shown
FEWEST_ARTICLES: Final = 5  # from here on articles are resampled, below it sentences

Floats = npt.NDArray[np.float64]


def wilson_interval(hits: pd.Series, n: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Lower and upper bound (0 to 1) of the shares hits / n; missing where n is 0. (Wilson 1927.)"""
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    n = n.astype("float64").where(n > 0)
    share = hits / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return (middle - half).clip(0, 1), (middle + half).clip(0, 1)


def draw_means(values: Floats, groups: npt.NDArray[np.object_], *, stream: str) -> Floats:
    """Bootstrapped means of the values, one a draw: whole groups are drawn, or values where groups are few.

    Sentences of one article are not independent, so articles are drawn once there are enough of them.
    `stream` names the sample: samples that are to be compared are drawn independently of each other.
    """
    codes, names = pd.factorize(groups)
    if len(names) < FEWEST_ARTICLES:
        codes = np.arange(len(values))
    sums, counts = np.bincount(codes, weights=values), np.bincount(codes)
    drawn = np.random.default_rng([SEED, crc32(stream.encode())]).integers(
        0, len(sums), size=(DRAWS, len(sums))
    )
    sizes = counts[drawn].sum(axis=1) if counts.max(initial=1) > 1 else len(counts)
    answer: Floats = sums[drawn].sum(axis=1) / sizes
    return answer


def percentile_interval(draws: Floats) -> tuple[float, float]:
    """The middle 95 % of the draws."""
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
