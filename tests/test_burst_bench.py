"""The bench of bursts: the same seed gives the same series, scores are those worked by hand, and the floor holds."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.burst_series import DAYS, QUIET, Bench, Burst, make_bench
from benchmarks.bursts import METHODS, bridge, mark_listed, match_runs, score_marks
from dashboard.queries.baseline import Panel, expect_counts
from dashboard.queries.bursts import list_bursts


@pytest.fixture(scope="module")
def bench() -> Bench:
    return make_bench(11, 60)


def marked(*runs: tuple[int, int, int], series: int = 2) -> np.ndarray:
    marks = np.zeros((DAYS, series), dtype=bool)
    for column, first, last in runs:
        marks[first : last + 1, column] = True
    return marks


def quiet_bench(*truth: Burst, unseen: tuple[int, ...] = ()) -> Bench:
    """Two series of ones, watched on all days but these."""
    exposure = np.ones((DAYS, 2))
    exposure[list(unseen)] = 0
    panel = Panel(counts=np.ones((DAYS, 2)), exposure=exposure, weekdays=np.arange(DAYS) % 7)
    ones = np.ones((DAYS, 2))
    return Bench(panel=panel, truth=truth, multiples=ones, usual=ones, noise=ones)


def test_the_same_seed_gives_the_same_bench_and_another_another(bench: Bench) -> None:
    again, other = make_bench(11, 60), make_bench(12, 60)
    assert np.array_equal(again.panel.counts, bench.panel.counts) and again.truth == bench.truth
    assert not np.array_equal(other.panel.counts, bench.panel.counts)


def test_bursts_stand_apart_and_after_the_quiet_days(bench: Bench) -> None:
    for one, after in zip(bench.truth, bench.truth[1:], strict=False):
        assert QUIET <= one.first <= one.last < DAYS
        assert one.series < after.series or after.first - one.last > 7
    burst = bench.truth[0]
    assert bench.multiples[burst.first, burst.series] == pytest.approx(burst.height)
    assert (bench.multiples == 1).mean() > 0.8


def test_a_second_run_on_one_burst_is_false() -> None:
    bench = quiet_bench(Burst(0, 100, 109, 3.0), Burst(1, 200, 201, 5.0))
    score = score_marks(bench, marked((0, 100, 104), (0, 108, 109), (1, 300, 300)))
    assert (score.precision, score.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert score.f == pytest.approx(2 / 5)
    assert score.false_runs == pytest.approx(100 * 2 / (2 * (DAYS - QUIET)))
    assert score.overlap == 0.5


def test_a_run_finds_the_burst_that_it_shares_most_days_with() -> None:
    truth = [Burst(0, 100, 101, 2.0), Burst(0, 110, 115, 2.0)]
    assert match_runs(truth, [(0, 101, 115)]) == {1: 6 / 15}
    assert match_runs(truth, [(1, 101, 115)]) == {}


def test_unseen_days_part_no_run() -> None:
    seen = np.array([[True], [False], [False], [True], [False], [True]])
    marks = np.array([[True], [False], [False], [True], [True], [False]])
    assert bridge(marks, seen)[:, 0].tolist() == [True, True, True, True, False, False]
    bench = quiet_bench(Burst(0, 100, 109, 3.0), unseen=(103, 104))
    assert score_marks(bench, marked((0, 100, 102), (0, 105, 109))).f == 1


def test_a_burst_that_nobody_saw_is_not_asked_for() -> None:
    bench = quiet_bench(Burst(0, 100, 101, 3.0), Burst(1, 150, 150, 3.0), unseen=(100, 101))
    assert score_marks(bench, marked((1, 150, 150))).recall == 1


def test_the_floor_holds_on_a_seed_of_its_own(bench: Bench) -> None:
    score = score_marks(bench, mark_listed(bench.panel, (0.05,)))
    assert score.f >= 0.76 and score.false_runs <= 0.8


@pytest.mark.parametrize("method", METHODS[:3], ids=lambda method: method.name)
def test_each_plain_method_finds_a_plain_burst(method) -> None:
    random = np.random.default_rng(3)
    counts = random.poisson(30, (DAYS, 2)).astype(float)
    counts[200:204, 0] += 90
    panel = Panel(counts=counts, exposure=np.full((DAYS, 2), 100.0), weekdays=np.arange(DAYS) % 7)
    setting = {"z": (5.0,), "n": (1e-6,), "K": (2.0, 1.0)}[method.name[0]]
    marks = method.mark(panel, setting)
    assert marks[200, 0] and not marks[:, 1].any() and not marks[:200].any()


def test_what_the_dashboard_lists_is_seldom_nothing(bench: Bench) -> None:
    listed = list_bursts(bench.panel, expect_counts(bench.panel))
    real = [(bench.multiples[x.first : x.last + 1, x.series] > 1).any() for x in listed.itertuples()]
    assert len(real) > 40 and np.mean(real) >= 0.85
    calm = make_bench(11, 60, rare=np.inf)
    assert len(list_bursts(calm.panel, expect_counts(calm.panel))) <= 6
