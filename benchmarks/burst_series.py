"""Generated series with bursts in them: what a monitor sees of many actors, each in a newsroom of its own.

Counts out of the articles of the day, with the week's rhythm, overdispersion, trend and wander; bursts of many
heights and lengths, flat or falling; days that nobody observed; outlets that come and go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.queries.baseline import Panel
from dashboard.queries.intervals import Floats

DAYS, QUIET = 365, 56  # no burst within the first days: they are every method's history
RARE = 60  # days from one burst to the next, on average
WEEK = (1.05, 1.1, 1.1, 1.05, 1.0, 0.55, 0.5)  # articles of a weekday, from Monday, out of the usual


class Burst(NamedTuple):
    """A burst that was put in: its series, days and height (largest multiple of the usual)."""

    series: int
    first: int
    last: int
    height: float


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What is seen, and what was put in: bursts, by how much they multiply, and what was usual with its noise.

    A row a day, a column a series.
    """

    panel: Panel
    truth: tuple[Burst, ...]
    multiples: Floats
    usual: Floats
    noise: Floats


def make_bench(seed: int, series: int, *, rare: float = RARE) -> Bench:
    """The same seed gives the same bench; `rare` infinite gives one without bursts."""
    random = np.random.default_rng(seed)
    weekdays = np.arange(DAYS) % 7
    articles = _draw_articles(random, weekdays, series)
    truth = tuple(burst for one in range(series) for burst in _draw_bursts(random, one, rare))
    multiples = np.ones((DAYS, series))
    for burst in truth:
        multiples[burst.first : burst.last + 1, burst.series] = _shape(random, burst)
    shares = np.exp(random.uniform(np.log(2.0), np.log(30.0), series)) / 100
    rhythm = np.exp(random.normal(0, 0.15, (7, series)))[weekdays]
    trend = np.exp(np.linspace(0, 1, DAYS)[:, None] * random.normal(0, 0.4, series))
    steps = random.normal(0, 0.015, (DAYS, series))
    usual = articles * shares * rhythm * trend * np.exp(np.cumsum(steps, axis=0))
    noise = np.exp(random.uniform(np.log(0.03), np.log(0.3), series))
    daily = random.gamma(1 / noise, noise, usual.shape)
    counts = random.poisson(daily * usual * multiples).astype(float)
    panel = Panel(counts=counts, exposure=articles, weekdays=weekdays)
    return Bench(
        panel=panel, truth=truth, multiples=multiples, usual=usual, noise=np.broadcast_to(noise, usual.shape)
    )


def _draw_articles(random: np.random.Generator, weekdays: npt.NDArray[np.int64], series: int) -> Floats:
    """Articles a day: a rhythm of the week, steps where outlets come or go, 0 on days that nobody observed."""
    week = np.array(WEEK)[weekdays]
    outlets = np.ones((DAYS, series))
    for one in range(series):
        for day in random.integers(QUIET, DAYS, random.integers(0, 3)):
            outlets[day:, one] *= np.exp(random.choice([-1, 1]) * random.uniform(0.2, 0.7))
    articles = random.poisson(100 * week[:, None] * outlets * random.gamma(100, 1 / 100, (DAYS, series)))
    for one in range(series):
        for day in random.integers(0, DAYS, random.integers(1, 5)):
            articles[day : day + random.integers(1, 7), one] = 0
    return articles.astype(float)


def _draw_bursts(random: np.random.Generator, series: int, rare: float) -> Iterator[Burst]:
    """Bursts of one series, a week apart at least."""
    day = QUIET + random.exponential(rare)
    while day < DAYS - 1:
        length = min(14, int(random.geometric(0.22)))
        height = float(np.exp(random.uniform(np.log(2.0), np.log(8.0))))
        yield Burst(series, int(day), min(DAYS - 1, int(day) + length - 1), height)
        day += length + 7 + random.exponential(rare)


def _shape(random: np.random.Generator, burst: Burst) -> Floats:
    """Multiples of the usual on the days of a burst: all the same, or falling to a third of the rise."""
    ages = np.linspace(0, 1, burst.last - burst.first + 1)
    fall = 3.0**-ages if random.random() < 0.5 else np.ones_like(ages)
    return np.asarray(1 + (burst.height - 1) * fall)
