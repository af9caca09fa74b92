"""Intervals hold known values and cover what they should."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.queries.intervals import draw_means, percentile_interval, wilson_interval


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
