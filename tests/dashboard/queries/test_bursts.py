"""Bursts: laws of the online test and of the spans, and their numbers by other roads."""

from __future__ import annotations

from itertools import groupby, pairwise, product
from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, nbinom, poisson

from dashboard.queries.baseline import HISTORY, Expected, Panel, expect_counts, expect_from_both
from dashboard.queries.bursts import (
    BEGIN,
    CHANGE,
    END,
    HEIGHTS,
    STANDS_OUT,
    WINDOWS,
    list_bursts,
    list_runs,
    mark_spans,
    sum_back,
    tail_chance,
    tail_chances,
)  # fmt: skip
from dashboard.queries.intervals import Floats

WEEK = np.array([1.0, 1.2, 1.1, 1.0, 1.0, 0.5, 0.4])


def panel_of(counts: object, exposure: object = 1.0) -> Panel:
    """A panel that begins on a Monday; a list of numbers is one series."""
    table = np.asarray(counts, dtype="float64")
    table = table[:, None] if table.ndim == 1 else table
    every = np.asarray(exposure, dtype="float64")
    shaped = every[:, None] if every.ndim == 1 else every
    days = np.arange(len(table)) % 7
    return Panel(counts=table, exposure=np.broadcast_to(shaped, table.shape).copy(), weekdays=days)


def noisy(days: int, seed: int, level: float = 20.0) -> Floats:
    """Poisson counts at one level."""
    return np.random.default_rng(seed).poisson(level, days).astype("float64")


def listed(panel: Panel, since: int = 0) -> list[tuple[int, int]]:
    """First and last day of each burst listed."""
    found = list_bursts(panel, expect_counts(panel), since=since)
    return list(zip(found["first"], found["last"], strict=True))


def same_expected(one: Expected, other: Expected) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("mean", "noise", "support", "known")
    )


def head(panel: Panel, days: int) -> Panel:
    return Panel(counts=panel.counts[:days], exposure=panel.exposure[:days], weekdays=panel.weekdays[:days])


@settings(max_examples=15, deadline=None)
@given(level=st.integers(0, 500), days=st.integers(1, 150))
def test_a_constant_series_has_no_burst(level: int, days: int) -> None:
    panel = panel_of([level] * days)
    assert listed(panel) == []
    assert not mark_spans(panel, expect_counts(panel)).any()


@settings(max_examples=30, deadline=None)
@given(
    share=st.sampled_from([0.05, 0.1, 0.5]),
    factor=st.sampled_from([0.25, 0.5, 2.0, 4.0]),
    day=st.integers(10, 90),
)
def test_outlets_that_come_or_go_make_no_burst(share: float, factor: float, day: int) -> None:
    articles = 400 * np.tile(WEEK, 20)
    articles[day:] *= factor
    assert listed(panel_of(np.round(share * articles), np.round(articles))) == []


def test_the_same_rise_without_more_articles_is_a_burst() -> None:
    articles = 400 * np.tile(WEEK, 20)
    counts = 0.1 * articles
    counts[90:95] *= 3
    assert listed(panel_of(counts, articles)) == [(90, 94)]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 999), day=st.integers(30, 80), weeks=st.integers(1, 6))
def test_weeks_that_nobody_observed_change_no_judgement(seed: int, day: int, weeks: int) -> None:
    counts, gap = noisy(100, seed), 7 * weeks
    wide = panel_of(np.insert(counts, day, [0.0] * gap), np.insert(np.ones(100), day, [0.0] * gap))
    narrow = panel_of(counts)
    kept = np.r_[0:day, day + gap : 100 + gap]
    with_gap, without = expect_counts(wide), expect_counts(narrow)
    assert np.allclose(with_gap.mean[kept], without.mean) and not with_gap.known[day : day + gap].any()
    assert np.array_equal(mark_spans(wide, with_gap)[kept], mark_spans(narrow, without))


def test_a_gap_is_no_fall_and_its_end_no_rise() -> None:
    counts, seen = np.full(140, 20.0), np.ones(140)
    counts[60:100] = seen[60:100] = 0
    assert listed(panel_of(counts, seen)) == []
    assert expect_counts(panel_of(counts, seen)).mean[100, 0] == pytest.approx(20, rel=0.05)
    assert expect_counts(panel_of(counts)).mean[100, 0] < 10  # had they been zeros


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 999), cut=st.integers(1, 119), later=st.integers(0, 999))
def test_later_days_change_no_earlier_verdict_of_the_online_test(seed: int, cut: int, later: int) -> None:
    counts = noisy(120, seed)
    other = np.concatenate([counts[:cut], 5 * noisy(120 - cut, later)])
    known, changed = panel_of(counts), panel_of(other)
    early = head(known, cut)
    assert same_expected(expect_counts(early), expect_counts(head(changed, cut)))
    whole = tail_chances(changed, expect_counts(changed))[:cut]
    assert np.array_equal(whole, tail_chances(early, expect_counts(early)))


def test_series_do_not_know_of_each_other() -> None:
    one, other = noisy(90, 1), noisy(90, 2, level=3)
    both, alone = panel_of(np.column_stack([one, other])), panel_of(other)
    assert np.array_equal(expect_counts(both).mean[:, 1], expect_counts(alone).mean[:, 0])
    assert np.array_equal(
        mark_spans(both, expect_counts(both))[:, [1]], mark_spans(alone, expect_counts(alone))
    )


@pytest.mark.parametrize(
    ("counts", "mean", "extra", "chance"),
    [(3, 2, 2, 0.3125), (1, 0.5, 0.25, 1 / 3), (2, 1, 1, 0.25)],
    ids=["two successes", "any at all", "geometric"],
)
def test_tails_worked_by_hand(counts: float, mean: float, extra: float, chance: float) -> None:
    told = tail_chance(*(np.array([float(x)]) for x in (counts, mean, extra)))
    assert told[0] == pytest.approx(chance)


@pytest.mark.parametrize(("mean", "noise"), [(0.3, 0.1), (4.0, 0.05), (25.0, 0.4), (300.0, 0.01)])
def test_tails_by_another_road(mean: float, noise: float) -> None:
    counts = np.arange(np.floor(mean) + 1, 8 * mean + 12)
    size = 1 / noise
    told = tail_chance(counts, np.full(len(counts), mean), np.full(len(counts), noise * mean**2))
    assert told == pytest.approx(nbinom.sf(counts - 1, size, size / (size + mean)), rel=1e-6, abs=1e-13)
    below = [exp(lgamma(k + size) - lgamma(size) - lgamma(k + 1) + size * log(size / (size + mean))
                 + k * log(mean / (size + mean))) for k in range(int(counts[0]))]  # fmt: skip
    assert told[0] == pytest.approx(1 - sum(below), rel=1e-9)


@pytest.mark.parametrize("size", [0.02, 0.1, 0.5, 2.0, 20.0, 1e4])
def test_what_stands_out_by_less_than_two_deviations_is_not_rare(size: float) -> None:
    mean = np.geomspace(0.001, 3000, 400)
    most = np.floor(mean + STANDS_OUT * np.sqrt(mean + mean**2 / size))
    beside = most > mean  # else no whole number lies between
    chance = nbinom.sf(most - 1, size, size / (size + mean))
    assert beside.any() and (len(WINDOWS) * chance[beside] > 0.05).all()


def test_a_count_at_two_deviations_has_no_chance_told_and_one_above_has() -> None:
    counts = np.column_stack([np.full(60, 16.0)] * 2)
    counts[59] = 24, 25
    flat = {"mean": np.full((60, 2), 16.0), "noise": np.zeros((60, 2)), "support": np.full((60, 2), 1e12)}
    told = tail_chances(panel_of(counts), Expected(**flat, known=np.ones((60, 2), dtype=bool)))
    assert told[59, 0] == 1
    assert told[59, 1] == pytest.approx(3 * poisson.sf(24, 16), rel=1e-3)
    assert (told[:59] == 1).all()


def test_some_series_taken_are_expected_as_among_all() -> None:
    panel = panel_of(
        np.column_stack([noisy(80, seed) for seed in range(4)]), np.r_[np.ones(50), 0, np.ones(29)]
    )
    few = np.array([3, 1])
    assert same_expected(expect_counts(panel.take(few)), expect_counts(panel).take(few))
    assert panel.take(few).exposure.shape == (80, 2) and panel.take(few).counts[5, 0] == panel.counts[5, 3]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 999), since=st.sampled_from([0, 70]))
def test_the_bursts_listed_are_those_of_the_spans_of_all_series(seed: int, since: int) -> None:
    counts = np.column_stack([noisy(110, seed + one, level) for one, level in enumerate((3, 8, 20, 40))])
    counts[60:63, 1] *= 4
    counts[80:86, 3] *= 2
    panel = panel_of(counts)
    expected = expect_counts(panel)
    chances, around = tail_chances(panel, expected), expect_from_both(panel, expected)
    judged = expected.known & (np.arange(110) >= since)[:, None]
    q = np.ones_like(chances)
    q[judged] = false_discovery_control(chances[judged])
    least = {run: q[max(run[1], since) : run[2] + 1, run[0]] for run in list_runs(mark_spans(panel, around))}
    rare = {run: days.min() for run, days in least.items() if len(days) and days.min() <= 0.05}
    found = list_bursts(panel, expected, since=since)
    told = {(row.series, row.first, row.last): row.q for row in found.itertuples()}
    assert told.items() <= rare.items() and {run[0] for run in told} >= {3}
    assert all(panel.counts[run[1] : run[2] + 1, run[0]].sum() >= 3 for run in told)


def test_what_is_not_above_the_usual_is_never_rare() -> None:
    four = np.array([0.0, 2.0, 3.0, 5.0])
    assert tail_chance(four, np.array([0.0, 2.0, 3.5, 0.0]), np.ones(4)).tolist() == [1, 1, 1, 1]


@settings(max_examples=30)
@given(values=st.lists(st.integers(0, 50), min_size=1, max_size=20), days=st.integers(1, 9))
def test_sums_go_back_so_many_days_and_no_further(values: list[int], days: int) -> None:
    told = sum_back(np.cumsum(np.array(values, dtype="float64"))[:, None], days)[:, 0]
    assert told.tolist() == [sum(values[max(0, at - days + 1) : at + 1]) for at in range(len(values))]


@settings(max_examples=30)
@given(marks=st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=12))
def test_runs_are_the_groups_of_marked_days(marks: list[list[bool]]) -> None:
    expected = []
    for column, days in enumerate(zip(*marks, strict=True)):
        for marked, group in groupby(enumerate(days), key=lambda pair: pair[1]):
            run = [at for at, _ in group]
            expected += [(column, run[0], run[-1])] if marked else []
    assert list_runs(np.array(marks)) == expected


def weigh_states(counts: tuple[int, ...], mean: float, size: float) -> list[list[float]]:
    """The log likelihood ratio of each state (0 is usual) against the usual, by day."""
    chances = [
        [nbinom.logpmf(count, size, size / (size + times * mean)) for times in (1, *HEIGHTS)]
        for count in counts
    ]
    return [[chance - day[0] for chance in day] for day in chances]


def cost_of(path: tuple[int, ...]) -> float:
    """What the changes of a path of states cost."""
    steps = [(before, state) for before, state in pairwise((0, *path)) if before != state]
    return sum(BEGIN if not before else CHANGE if state else END for before, state in steps)


@pytest.mark.parametrize(
    "counts", [(2, 9, 7, 1, 3), (30, 2, 2, 2, 40), (4, 5, 3, 60, 6), (3, 3, 3, 3, 3), (9, 2, 9, 9, 9)]
)
def test_spans_are_the_best_of_all_paths(counts: tuple[int, ...]) -> None:
    flat = {
        name: np.full((5, 1), value) for name, value in (("mean", 3.0), ("noise", 0.1), ("support", 90.0))
    }
    expected = Expected(**flat, known=np.ones((5, 1), dtype=bool))
    gains = weigh_states(counts, 3.0, 1 / (0.1 + 1 / 90))
    paths = product(range(len(HEIGHTS) + 1), repeat=5)
    best = max(
        paths,
        key=lambda path: sum(day[state] for day, state in zip(gains, path, strict=True)) - cost_of(path),
    )
    assert mark_spans(panel_of(counts), expected)[:, 0].tolist() == [state > 0 for state in best]


def test_a_burst_is_measured_against_what_was_usual() -> None:
    counts = np.full(100, 20.0)
    counts[70:74] = 60
    burst = list_bursts(panel_of(counts), expect_counts(panel_of(counts))).iloc[0]
    assert (burst["first"], burst["last"], burst["observed"]) == (70, 73, 240)
    assert burst["expected"] == pytest.approx(80, rel=0.12)
    assert burst["low"] < 240 / burst["expected"] == burst["ratio"] < burst["high"]


def test_nothing_is_judged_before_four_observed_weeks() -> None:
    counts = np.full(HISTORY + 2, 10.0)
    counts[HISTORY - 1] = counts[HISTORY] = 80
    panel = panel_of(counts)
    assert expect_counts(panel).known[:, 0].tolist() == [False] * HISTORY + [True] * 2
    assert listed(panel) == [(HISTORY, HISTORY)]


def test_days_before_the_period_are_history_and_no_findings() -> None:
    counts = np.full(120, 20.0)
    counts[50:53] = counts[100:103] = 70
    assert listed(panel_of(counts)) == [(50, 52), (100, 102)]
    assert listed(panel_of(counts), since=80) == [(100, 102)]


def test_looking_back_a_rise_that_stays_is_no_burst() -> None:
    counts = np.concatenate([noisy(100, 3), noisy(120, 4, level=40.0)])
    panel = panel_of(counts)
    past = expect_counts(panel)
    both = expect_from_both(panel, past)
    assert mark_spans(panel, past)[100:110, 0].all()
    assert past.mean[101, 0] < both.mean[101, 0] < 40
    assert (both.support > past.support)[50:150].all() and np.array_equal(both.known, past.known)


def test_looking_back_is_the_same_from_either_end() -> None:
    counts = noisy(100, 5)
    there, back = panel_of(counts), panel_of(counts[::-1])
    back = Panel(counts=back.counts, exposure=back.exposure, weekdays=there.weekdays[::-1])
    one, other = (expect_from_both(panel, expect_counts(panel)) for panel in (there, back))
    inner = slice(HISTORY, 100 - HISTORY)
    assert one.mean[inner] == pytest.approx(other.mean[::-1][inner])


def test_what_stays_becomes_the_usual() -> None:
    counts = np.concatenate([noisy(100, 3), noisy(120, 4, level=40.0)])
    panel = panel_of(counts)
    assert expect_counts(panel).mean[99, 0] == pytest.approx(20, rel=0.15)
    assert expect_counts(panel).mean[-1, 0] == pytest.approx(40, rel=0.15)


def test_the_weekend_is_held_against_weekends() -> None:
    expected = expect_counts(panel_of(100 * np.tile(WEEK, 30)))
    assert expected.mean[-7:, 0] == pytest.approx(100 * WEEK, rel=0.03)
    busy = 100 * np.tile(WEEK, 30)
    busy[-1] = 100  # as many as on a weekday, on the last Sunday
    assert listed(panel_of(busy)) == [(209, 209)]


def test_noise_is_learned_from_the_series_itself() -> None:
    random = np.random.default_rng(7)
    calm = random.poisson(50, 300)
    wild = random.poisson(50 * random.gamma(4, 1 / 4, 300))
    noise = expect_counts(panel_of(np.column_stack([calm, wild]))).noise[-1]
    assert noise[0] < 0.04 and 0.15 < noise[1] < 0.4


def test_q_is_controlled_over_all_days_of_all_series() -> None:
    counts = np.column_stack([noisy(90, seed) for seed in range(4)])
    counts[80, 2] = 70
    panel = panel_of(counts)
    expected = expect_counts(panel)
    p = np.sort(tail_chances(panel, expected)[expected.known])
    by_hand = np.minimum.accumulate((p * len(p) / np.arange(1, len(p) + 1))[::-1])[::-1]
    burst = list_bursts(panel, expected).iloc[0]
    assert (burst["series"], burst["p"]) == (2, p[0]) and burst["first"] <= 80 <= burst["last"]
    assert burst["q"] == pytest.approx(by_hand[0])
