"""Baseline: how many of a series are to be expected on a day, from its own past; looking back, from its future too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from dashboard.queries.intervals import Floats

Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
HISTORY: Final = 28  # observed days before the first that is judged
LEVEL_HALF, RHYTHM_HALF, NOISE_HALF = 28.0, 84.0, 84.0  # observed days after which a day weighs half
REACH: Final = 2.0  # standard deviations (and one count) above the expected up to which a day is learned from
SETTLED: Final = 7  # observed days before anything is held back
NOISE, NOISE_TRUST = 0.15, 40.0  # overdispersion to begin with, and 1 / variance of that guess
RHYTHM_TRUST: Final = 10.0  # counts that a weekday must have shown to differ half as much as it did
CUT_OFF: Final = 1.2  # the variance that days beyond REACH, which are left out, would have added
LEAST_NOISE: Final = 0.01
FIRST_GUESS: Final = 0.5  # counts added to the level: what was never seen is not impossible


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Series of counts on the same days in a row: a row a day, a column a series.

    `exposure` is what the counts are out of (articles of the day, outlets observed), in any unit; 0 where
    nobody looked: such a day is unknown and not zero. `weekdays` are 0 to 6.
    """

    counts: Floats
    exposure: Floats
    weekdays: npt.NDArray[np.int64]

    def take(self, series: Places) -> Panel:
        """These of its series."""
        counts, exposure = (part.take(series, axis=1) for part in (self.counts, self.exposure))
        return replace(self, counts=counts, exposure=exposure)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the days before let expect: a row a day, a column a series.

    The count of a day has this mean and the variance mean + noise mean²; `support` is how many counts the mean
    rests on (above 0). `known`: the day was observed, and enough days before it.
    """

    mean: Floats
    noise: Floats
    support: Floats
    known: Bools

    def take(self, series: Places) -> Expected:
        """What is expected of these of its series."""
        return Expected(**{name: part.take(series, axis=1) for name, part in vars(self).items()})


def expect_counts(panel: Panel, *, history: int = HISTORY) -> Expected:
    """The level of late, times exposure, times the weekday's own factor; each day judged before it is learned.

    A gamma-Poisson filter with forgetting (West & Harrison 1997, 10.8); what lies far above is learned in part, so
    that a burst does not become its own measure, but what stays does become the usual.
    """
    seen = panel.exposure > 0
    before: Places = np.cumsum(seen, axis=0) - seen  # observed days before each
    past = _Past(panel.counts.shape[1])
    mean, noise, support = (np.empty(panel.counts.shape) for _ in range(3))
    for day, weekday in enumerate(panel.weekdays):
        known = {"seen": seen[day], "settled": before[day] >= SETTLED}
        told = past.judge_and_learn(panel.counts[day], panel.exposure[day], weekday, **known)
        mean[day], noise[day], support[day] = told
    return Expected(mean=mean, noise=noise, support=support, known=seen & (before >= history))


def expect_from_both(panel: Panel, expected: Expected) -> Expected:
    """What the days before (`expected`) and the days after let expect together, each by its support.

    For looking back: a trend on which a burst lies is no part of it, and a rise that stays is hardly one. Known are
    the days that the past alone can judge.
    """
    after = expect_counts(
        Panel(counts=panel.counts[::-1], exposure=panel.exposure[::-1], weekdays=panel.weekdays[::-1])
    )
    known = after.known[::-1]
    before, later = expected.support, np.where(known, after.support[::-1], 0.0)
    return Expected(
        mean=(before * expected.mean + later * after.mean[::-1]) / (before + later),
        noise=(before * expected.noise + later * after.noise[::-1]) / (before + later),
        support=before + later,
        known=expected.known,
    )


class _Past:
    """What is remembered of each series."""

    def __init__(self, series: int) -> None:
        self.counts, self.exposure = np.zeros(series), np.zeros(series)
        self.met, self.due = np.zeros((7, series)), np.zeros((7, series))
        self.noise, self.trust = np.full(series, NOISE * NOISE_TRUST), np.full(series, NOISE_TRUST)

    def judge_and_learn(
        self, counts: Floats, exposure: Floats, weekday: int, *, seen: Bools, settled: Bools
    ) -> tuple[Floats, Floats, Floats]:
        """Mean, noise and support of this day; then it becomes part of the past."""
        support = self.counts + FIRST_GUESS
        level = np.divide(support, self.exposure, out=np.zeros_like(support), where=self.exposure > 0)
        factor = (self.met[weekday] + RHYTHM_TRUST) / (self.due[weekday] + RHYTHM_TRUST)
        mean = level * factor * exposure
        noise = np.maximum(self.noise / self.trust, LEAST_NOISE)
        spread = np.sqrt(mean + (noise + 1 / support) * mean**2)
        limit = np.where(settled, mean + REACH * spread + 1, np.inf)
        usual = settled & seen & (counts <= limit)
        kept = np.minimum(counts, limit)
        if not seen.all():
            kept = np.where(seen, kept, 0.0)
        self._learn_noise(counts, mean, usual)
        self._fade(seen, weekday)
        self.counts += kept
        self.exposure += exposure * factor
        self.met[weekday] += kept * settled
        self.due[weekday] += level * exposure * settled
        return mean, noise, support

    def _fade(self, seen: Bools, weekday: int) -> None:
        """Let what is older count less by one observed day; a day that nobody saw changes nothing."""
        by_day, by_week = (
            share if seen.all() else np.where(seen, share, 1.0)
            for share in (0.5 ** (1 / LEVEL_HALF), 0.5 ** (7 / RHYTHM_HALF))
        )
        self.counts *= by_day
        self.exposure *= by_day
        self.met[weekday] *= by_week
        self.due[weekday] *= by_week

    def _learn_noise(self, counts: Floats, mean: Floats, usual: Bools) -> None:
        """The variance beyond Poisson's, by moments, each day weighed by what it can tell about it."""
        sure = np.maximum(mean, 1e-9)
        weight = np.where(usual, 0.5 / (1 / sure + NOISE) ** 2, 0.0)
        fade = np.where(usual, 0.5 ** (1 / NOISE_HALF), 1.0)
        excess = (CUT_OFF * (counts - mean) ** 2 - mean) / sure**2
        self.noise = fade * (self.noise - NOISE * NOISE_TRUST) + weight * excess + NOISE * NOISE_TRUST
        self.trust = fade * (self.trust - NOISE_TRUST) + weight + NOISE_TRUST
