"""Intervals hold known values and cover what they should."""

from zlib import crc32

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.queries.intervals import (
    AT_ONCE,
    DRAWS,
    FEWEST_ARTICLES,
    SEED,
    draw_means,
    draw_sparse_means,
    percentile_interval,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"), [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (81, 263, 0.2553, 0.3662)]
)
def test_wilson_holds_published_values(hits, n, low, high):
    found = wilson_interval(pd.Series([hits]), pd.Series([n]))
    assert [bound.iloc[0] for bound in found] == pytest.approx([low, high], abs=1e-4)


def test_a_share_of_nothing_has_no_interval():
    low, high = wilson_interval(pd.Series([0]), pd.Series([0]))
    assert low.isna().all()
    assert high.isna().all()


@settings(max_examples=30)
@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_covers_the_share_and_stays_between_0_and_1(counts):
    hits, n = counts
    low, high = (bound.iloc[0] for bound in wilson_interval(pd.Series([hits]), pd.Series([n])))
    assert 0 <= low <= hits / n + 1e-12
    assert hits / n - 1e-12 <= high <= 1


def test_the_same_sample_has_the_same_draws_and_another_name_has_others():
    values, groups = np.arange(20.0), np.repeat(list("abcdefghij"), 2).astype(object)
    one, again = (draw_means(values, groups, stream="x") for _ in range(2))
    assert (one == again).all()
    assert (one != draw_means(values, groups, stream="y")).any()


def test_whole_groups_are_drawn_where_there_are_enough():
    values, groups = np.repeat([0.0, 1.0], 50), np.repeat(list("abcde"), 20).astype(object)
    low, high = percentile_interval(draw_means(values, groups, stream=""))
    narrow = percentile_interval(draw_means(values, np.full(100, "one", dtype=object), stream=""))
    assert high - low > narrow[1] - narrow[0]


def test_the_middle_95_percent():
    assert percentile_interval(np.arange(1001.0)) == pytest.approx((25.0, 975.0))


@settings(max_examples=30)
@given(st.integers(1, 300), st.integers(0, 300))
def test_what_is_not_hit_is_missed(n, hits):
    """The interval of the share and that of its rest are mirror images."""
    hits = pd.Series([min(hits, n)])
    low, high = wilson_interval(hits, pd.Series([n]))
    rest_low, rest_high = wilson_interval(n - hits, pd.Series([n]))
    assert [low.iloc[0], high.iloc[0]] == pytest.approx([1 - rest_high.iloc[0], 1 - rest_low.iloc[0]])


def test_more_of_the_same_share_is_surer():
    n = pd.Series([10, 100, 1000])
    low, high = wilson_interval(n * 3 // 10, n)
    assert (high - low).is_monotonic_decreasing
    assert low.is_monotonic_increasing


def test_wilson_holds_its_level_over_all_samples():
    """Of all samples of thirty at a share of .3, about 95 % have an interval that holds .3."""
    hits = np.arange(31)
    low, high = wilson_interval(pd.Series(hits), pd.Series([30] * 31))
    chances = np.array(
        [np.prod([(30 - i) / (i + 1) for i in range(k)]) * 0.3**k * 0.7 ** (30 - k) for k in hits]
    )
    assert chances.sum() == pytest.approx(1)
    assert chances[(low <= 0.3) & (high >= 0.3)].sum() == pytest.approx(0.95, abs=0.03)


@pytest.mark.parametrize(("groups", "whole"), [("abcdeabcde", True), ("abcdabcdab", False)])
def test_a_draw_is_a_mean_over_articles_drawn_or_over_sentences_where_articles_are_few(groups, whole):
    values = np.array([0.5, -1, 2, 0, 3, 1, 1, -2, 0.25, 4])
    names = list(dict.fromkeys(groups))
    assert (len(names) >= FEWEST_ARTICLES) is whole
    parts = [[v for v, g in zip(values, groups, strict=True) if g == name] for name in names]
    parts = parts if whole else [[v] for v in values]
    drawn = np.random.default_rng([SEED, crc32(b"x")]).integers(0, len(parts), size=(DRAWS, len(parts)))
    expected = [np.concatenate([parts[at] for at in draw]).mean() for draw in drawn[:20]]
    found = draw_means(values, np.array(list(groups), dtype=object), stream="x")
    assert found[:20] == pytest.approx(np.array(expected))
    assert len(found) == DRAWS


def test_the_bootstrap_of_many_means_agrees_with_the_normal_interval():
    values = np.random.default_rng(7).normal(2, 3, 900)
    low, high = percentile_interval(draw_means(values, np.arange(900).astype(object), stream="n"))
    half = 1.96 * values.std() / 30
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.03)


def test_groups_of_one_value_are_drawn_like_groups_of_equal_values():
    values, names = np.array([0.0, 1.0, 4.0, 9.0, 2.0, 6.0]), np.array(list("abcdef"), dtype=object)
    alone = draw_means(values, names, stream="s")
    twice = draw_means(np.repeat(values, 2), np.repeat(names, 2), stream="s")
    assert alone == pytest.approx(twice) and alone.mean() == pytest.approx(values.mean(), abs=0.15)
    assert alone.std() == pytest.approx(values.std() / np.sqrt(6), rel=0.1)


@pytest.mark.parametrize("each", [1, 3])
def test_many_groups_are_drawn_as_if_all_were_drawn_at_once(each):
    """So many groups that the draws are made in parts, the last of them a smaller one."""
    count = 400
    assert DRAWS % (AT_ONCE // count)
    values = np.random.default_rng(5).normal(size=count * each)
    names = np.repeat(np.arange(count), each)
    sums = values.reshape(count, each).sum(axis=1)
    drawn = np.random.default_rng([SEED, crc32(b"w")]).integers(0, count, size=(DRAWS, count))
    expected = sums[drawn].sum(axis=1) / (each * count)
    assert draw_means(values, names, stream="w") == pytest.approx(expected, abs=1e-12)


def test_groups_that_differ_in_size_weigh_by_their_values_in_every_part():
    sizes = np.random.default_rng(6).integers(1, 4, 300)
    names = np.repeat(np.arange(300), sizes)
    assert draw_means(np.full(len(names), 2.5), names, stream="w") == pytest.approx(np.full(DRAWS, 2.5))


@pytest.mark.parametrize("count", [3, 30, 900])
def test_draws_without_the_zeros_spread_like_draws_of_all(count):
    above = np.random.default_rng(8).uniform(0.1, 1, count)
    every = np.concatenate([above, np.zeros(9 * count)])
    sparse = draw_sparse_means(above, len(every), stream="s")
    whole = draw_means(every, np.arange(len(every)), stream="s")
    assert len(sparse) == DRAWS and sparse.mean() == pytest.approx(every.mean(), rel=0.06)
    assert sparse.std() == pytest.approx(every.std() / np.sqrt(len(every)), rel=0.1)
    assert percentile_interval(sparse) == pytest.approx(percentile_interval(whole), abs=0.3 * whole.std())


def test_a_draw_without_the_zeros_is_a_sum_of_values_that_are_there():
    """Two values of which one is ten times the other: of two drawn there are six sums, each in its own share."""
    drawn = draw_sparse_means(np.array([0.2, 2.0]), 4, stream="t") * 4
    sums, times = np.unique(drawn.round(9), return_counts=True)
    assert set(sums) <= {round(0.2 * one + 2.0 * other, 9) for one in range(5) for other in range(5 - one)}
    assert times[sums == 0] / DRAWS == pytest.approx(0.5**4, abs=0.03)
    for one in (0.2, 2.0):
        assert times[sums == one] / DRAWS == pytest.approx(4 * 0.25 * 0.5**3, abs=0.04)


def test_of_zeros_alone_every_draw_is_zero_and_without_zeros_each_draw_has_all():
    assert draw_sparse_means(np.array([]), 20, stream="z").tolist() == [0.0] * DRAWS
    assert draw_sparse_means(np.full(20, 0.5), 20, stream="z") == pytest.approx(np.full(DRAWS, 0.5))
