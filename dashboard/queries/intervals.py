"""Intervals: Wilson for shares, bootstrap for means; seeded: the same answer has the same interval."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

LEVEL: Final = 0.95
DRAWS: Final = 1000
SEED: Final = 20240624
FEWEST: Final = 10  # below this n no estimate is shown
FEWEST_ARTICLES: Final = 5  # from here on articles are resampled, below it sentences
AT_ONCE: Final = 65_536  # what is drawn at once: so much stays in the processor's cache, all would fill gigab

Floats = npt.NDArray[np.float64]


def wilson_interval(hits: pd.Series, n: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Lower and upper bound (0 to 1) of the shares hits / n; missing where n is 0. (Wilson 1927.)"""
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    met, of = (part.to_numpy(dtype="float64", na_value=np.nan) for part in (hits, n))
    of = np.where(of > 0, of, np.nan)
    share = met / of
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2)) / (1 + z**2 / of)
    low, high = (pd.Series(np.clip(edge, 0.0, 1.0), n.index) for edge in (middle - half, middle + half))
    return low, high


def draw_means(values: Floats, groups: npt.NDArray[Any], *, stream: str) -> Floats:
    """Bootstrapped means of the values, one a draw: whole groups are drawn, or values where groups are few.

    Sentences of one article are not independent, so articles are drawn once there are enough of them.
    `stream` names the sample: samples that are to be compared are drawn independently of each other.
    """
    codes, names = pd.factorize(groups)
    if len(names) < FEWEST_ARTICLES:
        codes = np.arange(len(values))
    sums, counts = np.bincount(codes, weights=values), np.bincount(codes)
    chance, equal = _open_stream(stream), counts.max(initial=1) == 1
    means = []
    for draws in _part_draws(len(sums)):
        drawn = chance.integers(0, len(sums), size=(draws, len(sums)))
        means.append(sums.take(drawn).sum(axis=1) / (len(sums) if equal else counts.take(drawn).sum(axis=1)))
    return np.concatenate(means)


def draw_sparse_means(above: Floats, n: int, *, stream: str) -> Floats:
    """Bootstrapped means of n values of which all but those `above` are 0, one a draw; each is drawn by itself.

    How many of the n drawn are not 0 is binomial, and each of these is as likely to be any of them: the same
    distribution as that of `draw_means`, without drawing the zeros.
    """
    if not len(above):
        return np.zeros(DRAWS)
    chance = _open_stream(stream)
    hits = chance.binomial(n, len(above) / n, DRAWS)
    sums = []
    for part in np.split(hits, np.cumsum(list(_part_draws(len(above))))[:-1]):
        drawn = above.take(chance.integers(0, len(above), size=part.sum()))
        ends = np.concatenate([[0.0], np.cumsum(drawn)])[np.cumsum([0, *part])]
        sums.append(np.diff(ends))
    answer: Floats = np.concatenate(sums) / n
    return answer


def percentile_interval(draws: Floats) -> tuple[float, float]:
    """The middle 95 % of the draws."""
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _open_stream(name: str) -> np.random.Generator:
    """The random numbers of a sample, by its name."""
    return np.random.default_rng([SEED, crc32(name.encode())])


def _part_draws(width: int) -> Iterator[int]:
    """All draws, so many at once of samples of this width."""
    step = max(1, AT_ONCE // width)
    return (min(step, DRAWS - first) for first in range(0, DRAWS, step))
