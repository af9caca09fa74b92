"""Survival: the curve against scipy's and, without censoring, against plain shares."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from dashboard.queries.intervals import wilson_interval
from dashboard.queries.survival import estimate_curve, find_time, read_curve

NOW = np.array([0.0, 2.0, 5.0, 20.0])
cases = st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=25)


@settings(max_examples=30, deadline=None)
@given(cases)
def test_the_curve_is_that_of_kaplan_and_meier(watched: list[tuple[int, bool]]) -> None:
    times, happened = (np.array(part) for part in zip(*watched, strict=True))
    curve = estimate_curve(times.astype(float), happened, NOW).set_index("time")
    told = ecdf(CensoredData(uncensored=times[happened], right=times[~happened])).cdf
    assert curve.loc[sorted(set(times[happened])), "share"].tolist() == pytest.approx(
        told.probabilities[np.isin(told.quantiles, times[happened])].tolist()
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=25))
def test_with_all_watched_to_the_end_it_is_a_share_with_wilsons_interval(times: list[int]) -> None:
    hours = np.array(times, dtype="float64")
    told = read_curve(estimate_curve(hours, hours <= 6, NOW[:3]), NOW[:3])
    hits, n = (hours <= NOW[:3, None]).sum(axis=1), pd.Series([len(hours)] * 3)
    low, high = wilson_interval(pd.Series(hits), n)
    reached = (hours[None, :] >= NOW[:3, None]).any(axis=1) | (hits == len(hours))
    assert told["share"].to_numpy()[reached] == pytest.approx((hits / n).to_numpy()[reached])
    assert told["low"].to_numpy()[reached] == pytest.approx(low.to_numpy()[reached])
    assert told["high"].to_numpy()[reached] == pytest.approx(high.to_numpy()[reached])


def test_greenwoods_variance_by_hand() -> None:
    """Of four one ends at 1, one is lost at 2, one ends at 3: 3/4 and 3/8 are left; 1/12 + 1/2 is the sum."""
    curve = estimate_curve(np.array([1.0, 2, 3, 4]), np.array([True, False, True, False]), np.array([3.0]))
    assert curve["share"].tolist() == [0.25, 0.625]
    cases = (1 - 0.375) / (0.375 * (1 / 12 + 1 / 2))
    low, high = wilson_interval(pd.Series([0.625 * cases]), pd.Series([cases]))
    assert curve.iloc[1][["low", "high"]].tolist() == pytest.approx([low[0], high[0]])


def test_who_is_watched_longer_narrows_the_interval() -> None:
    times, happened = np.array([1.0] * 3 + [5.0] + [9.0] * 8), np.arange(12) < 4
    lost, seen = (
        estimate_curve(np.where(np.arange(12) >= last, 2.0, times), happened, NOW[2:3]).iloc[-1]
        for last in (7, 12)
    )
    assert lost["high"] - lost["low"] > 1.2 * (seen["high"] - seen["low"])


def test_nothing_is_known_once_nobody_is_watched() -> None:
    curve = estimate_curve(np.array([1.0, 2.0, 2.0]), np.array([True, False, False]), np.array([5.0]))
    assert curve["share"].tolist()[0] == pytest.approx(1 / 3) and np.isnan(curve["share"].tolist()[1])


def test_what_happened_to_all_stays_happened() -> None:
    told = read_curve(estimate_curve(np.array([1.0, 2.0]), np.array([True, True]), NOW), NOW)
    assert told["share"].tolist() == [0, 1, 1, 1]
    low, high = wilson_interval(pd.Series([2.0]), pd.Series([2.0]))
    assert told[["low", "high"]].to_numpy()[-1].tolist() == pytest.approx([low[0], high[0]])


def test_a_share_is_reached_at_a_time_or_never() -> None:
    curve = estimate_curve(np.array([1.0, 3.0, 4.0, 9.0]), np.array([True, True, True, False]), NOW)
    assert find_time(curve, "share") == 3.0
    assert find_time(curve, "share", 0.9) == np.inf
