"""Bursts: days on which a series lies far above its own past, and the spans of days that such a burst lasts."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import betainc
from scipy.stats import false_discovery_control

from dashboard.queries.baseline import Bools, Expected, Panel, expect_from_both
from dashboard.queries.intervals import LEVEL, Floats

WINDOWS: Final = (1, 3, 7)  # days that are summed up to the day that is judged
HEIGHTS: Final = (1.5, 2.0, 3.0, 4.5, 7.0)  # multiples of the usual that a burst may have
BEGIN, END, CHANGE = 4.0, 1.0, 3.0  # what a state costs to enter, to leave and to change, in log likelihood
FALSE_DISCOVERY: Final = 0.05
STANDS_OUT: Final = (
    2.0  # standard deviations: what stands out less has a chance above .05 / 3, however skewed
)
FEWEST: Final = 3  # counts below which nothing is called a burst


def tail_chances(panel: Panel, expected: Expected) -> Floats:
    """Online: the chance of so many counts or more by the day, were all as usual; a row a day, a column a series.

    The upper tail of the negative binomial for the day, the last three and the last seven, the smallest of them
    by Bonferroni. It uses no later day. 1 where nothing is known, or where no count stands out by two standard
    deviations: there the chance would be above .05, and its tail takes the time.
    """
    known, noise = expected.known, expected.noise * expected.mean**2
    past = [np.cumsum(np.where(known, part, 0.0), axis=0) for part in (panel.counts, expected.mean, noise)]
    above = known & (panel.counts > expected.mean)
    smallest = np.ones_like(noise)
    for days in WINDOWS:
        met, due, extra = (sum_back(sums, days) for sums in past)
        extra += due**2 / expected.support
        rare = above & (met > due + STANDS_OUT * np.sqrt(due + extra))
        smallest[rare] = np.minimum(smallest[rare], tail_chance(met[rare], due[rare], extra[rare]))
    return np.minimum(1.0, len(WINDOWS) * smallest)


def tail_chance(counts: Floats, mean: Floats, extra: Floats) -> Floats:
    """P(X >= counts) of the negative binomial with this mean and the variance mean + extra; 1 up to the mean."""
    above = (counts > mean) & (counts > 0) & (mean > 0)
    chance = np.ones_like(mean)
    size = mean[above] ** 2 / np.maximum(extra[above], 1e-12)
    chance[above] = betainc(counts[above], size, mean[above] / (mean[above] + size))
    return chance


def sum_back(sums: Floats, days: int) -> Floats:
    """What each day adds with the days before it, so many in all, to these running sums; fewer at the beginning."""
    return np.concatenate([sums[:days], sums[days:] - sums[:-days]])


def mark_spans(panel: Panel, expected: Expected, *, begin: float = BEGIN) -> Bools:
    """The likeliest days of burst: a row a day, a column a series. Later days count too.

    Kleinberg's automaton (2002) with a state for each height, on the negative binomial of each day instead of
    one rate for all: entering a burst costs, so that a single high day must be very high.
    """
    gains = _weigh_heights(panel, expected)
    days, heights, series = gains.shape
    usual, burst = np.zeros(series), np.full((heights, series), -np.inf)
    left = np.empty((days, series), dtype=np.int64)  # the state before the usual one; -1 is the usual
    came = np.empty((days, heights, series), dtype=np.int64)
    for day in range(days):
        best, top = burst.argmax(axis=0), burst.max(axis=0)
        entered, changed = usual - begin, top - CHANGE
        stay = (burst >= changed) & (burst > entered)  # a day without news is no day to begin on
        came[day] = np.where(stay, np.arange(heights)[:, None], np.where(changed >= entered, best, -1))
        left[day] = np.where(top - END > usual, best, -1)
        usual, burst = (
            np.maximum(usual, top - END),
            np.maximum(np.maximum(burst, changed), entered) + gains[day],
        )
    return _trace_back(left, came, usual, burst)


def list_bursts(panel: Panel, expected: Expected, *, since: int = 0) -> pd.DataFrame:
    """One row a burst with a day from `since` on, by series and day.

    Columns: series (its column in the panel), first, last (days, as rows of the panel), observed, expected,
    ratio, low, high, p, q. `q` is the smallest of its days from `since` on, under false discovery control over all
    days judged of all series (Benjamini & Hochberg 1995); only bursts with q up to .05 and `low` above 1 are listed.
    """
    chances = tail_chances(panel, expected)
    judged = expected.known & (np.arange(len(chances)) >= since)[:, None]
    q = np.ones_like(chances)
    if judged.any():
        q[judged] = false_discovery_control(chances[judged])
    rare = np.flatnonzero((q <= FALSE_DISCOVERY).any(axis=0))  # the others have no burst that would be listed
    panel, expected = panel.take(rare), expected.take(rare)
    around = expect_from_both(panel, expected)
    spans = [
        {"series": rare[at], "first": first, "last": last}
        | _measure(panel, around, at, slice(first, last + 1))
        | {"p": float(chances[days, rare[at]].min()), "q": float(q[days, rare[at]].min())}
        for at, first, last in list_runs(mark_spans(panel, around))
        for days in [slice(max(first, since), last + 1)]
        if last >= since and q[days, rare[at]].min() <= FALSE_DISCOVERY
    ]
    columns = ["series", "first", "last", "observed", "expected", "ratio", "low", "high", "p", "q"]
    listed = pd.DataFrame(spans, columns=columns)
    return listed[(listed["low"] > 1) & (listed["observed"] >= FEWEST)].reset_index(drop=True)


def list_runs(marks: Bools) -> list[tuple[int, int, int]]:
    """Column, first and last row of each run of marked rows, column by column."""
    padded = np.zeros((marks.shape[0] + 2, marks.shape[1]), dtype=np.int8)
    padded[1:-1] = marks
    column, row = np.nonzero(np.diff(padded, axis=0).T)
    return [(int(column[at]), int(row[at]), int(row[at + 1]) - 1) for at in range(0, len(row), 2)]


def _weigh_heights(panel: Panel, expected: Expected) -> Floats:
    """Log likelihood ratio of each height against the usual: by day, height, series; 0 where nothing is known."""
    size = 1 / (expected.noise + 1 / expected.support)
    mean = np.where(expected.known, expected.mean, 1.0)
    counts = np.where(expected.known, panel.counts, 0.0)
    ratios = [
        counts * np.log(height) - (counts + size) * np.log((size + height * mean) / (size + mean))
        for height in HEIGHTS
    ]
    return np.stack([np.where(expected.known, ratio, 0.0) for ratio in ratios], axis=1)


def _trace_back(
    left: npt.NDArray[np.int64], came: npt.NDArray[np.int64], usual: Floats, burst: Floats
) -> Bools:
    """The likeliest path from its end to its beginning."""
    series = np.arange(left.shape[1])
    state = np.where(burst.max(axis=0) > usual, burst.argmax(axis=0), -1)
    marks = np.empty(left.shape, dtype=bool)
    for day in range(len(left) - 1, -1, -1):
        marks[day] = state >= 0
        state = np.where(state >= 0, came[day, state, series], left[day])
    return marks


def _measure(panel: Panel, expected: Expected, series: int, days: slice) -> dict[str, float]:
    """What was met and due on these days, and their ratio with its interval (delta method on its logarithm)."""
    known = expected.known[days, series]
    met = float(panel.counts[days, series][known].sum())
    mean = expected.mean[days, series][known]
    due = float(mean.sum())
    spread = (expected.noise[days, series][known] * mean**2).sum() / due**2
    reach = NormalDist().inv_cdf((1 + LEVEL) / 2) * np.sqrt(
        1 / max(met, 1.0) + spread + 1 / expected.support[days, series][known].mean()
    )
    ratio = met / due
    return {
        "observed": met, "expected": due, "ratio": ratio,
        "low": ratio * float(np.exp(-reach)), "high": ratio * float(np.exp(reach)),
    }  # fmt: skip
