"""Overlap: rank-biased overlap worked by hand, its laws, and the jackknife over stories."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from dashboard.queries.overlap import (
    DEPTH,
    PERSISTENCE,
    _place_items,
    half_width,
    jackknife_overlap,
    overlap_rankings,
    part_names,
    part_stories,
)
from etl.store import Snapshot

BOTH = [(0, 1)]
counts = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12
)  # of each item in two rankings


def overlap(one: list[float], other: list[float]) -> float:
    return float(overlap_rankings(np.array([one, other], dtype="float64"), BOTH)[0])


def by_sets(one: list[float], other: list[float], depth: int = 400) -> float:
    """The definition with sets, deep enough that the rest does not matter."""
    total = 0.0
    for d in range(1, depth + 1):
        first, second = (
            {at for at, count in enumerate(side) if count and sum(x > count for x in side) < d}
            for side in (one, other)
        )
        total += PERSISTENCE ** (d - 1) * 2 * len(first & second) / (len(first) + len(second))
    return (1 - PERSISTENCE) * total


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=4, max_size=4), min_size=1, max_size=5))
def test_places_are_those_of_scipy_and_what_has_no_count_has_none(rows: list[list[int]]) -> None:
    table = np.array(rows, dtype="float64")
    told = rankdata(-table, method="min", axis=1)
    assert _place_items(table).tolist() == np.where(table > 0, told, DEPTH + 1).tolist()


def test_who_stands_below_the_depth_has_no_place_and_is_shared_with_nobody() -> None:
    """Sixty items in opposite orders: the last of one are the first of the other, only the middle is in both."""
    table = np.array([np.arange(60, 0, -1), np.arange(1, 61)], dtype="float64")
    assert _place_items(table)[0].tolist() == [*range(1, DEPTH + 1), *[DEPTH + 1] * (60 - DEPTH)]
    alike = overlap_rankings(table, BOTH)[0]
    weights = PERSISTENCE ** np.arange(DEPTH) * (1 - PERSISTENCE)
    weights[-1] += PERSISTENCE**DEPTH
    shared = np.array([max(0, 2 * depth - 60) / depth for depth in range(1, DEPTH + 1)])
    assert alike == pytest.approx(shared @ weights)


def test_pairs_are_answered_in_their_own_order_whoever_stands_first() -> None:
    table = np.array([[3, 2, 1, 0], [3, 2, 0, 1], [0, 1, 2, 3]], dtype="float64")
    pairs = [(2, 0), (0, 1), (1, 2), (2, 1), (1, 1)]
    told = overlap_rankings(table, pairs)
    expected = [overlap(list(table[one]), list(table[other])) for one, other in pairs]
    assert told.tolist() == pytest.approx(expected)
    assert told[2] == told[3] != told[1] and told[4] == pytest.approx(1)
    assert overlap_rankings(table, []).tolist() == []


def test_two_changed_places_worked_by_hand() -> None:
    """Nothing in common at depth 1, all from depth 2 on: 1 - (1 - p)."""
    assert overlap([2, 1], [1, 2]) == pytest.approx(PERSISTENCE)


def test_equal_counts_enter_together() -> None:
    """One item against two at the same place: 2 of 3 at every depth."""
    assert overlap([1, 0], [1, 1]) == pytest.approx(2 / 3)


@settings(max_examples=30, deadline=None)
@given(counts)
def test_it_is_the_sum_over_depths_of_what_both_sets_share(pairs: list[tuple[int, int]]) -> None:
    one, other = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    if any(one) and any(other):
        assert overlap(one, other) == pytest.approx(by_sets(one, other), abs=1e-6)
        assert overlap(one, other) == pytest.approx(overlap(other, one))
        assert overlap(one, one) == pytest.approx(1)
    else:
        assert np.isnan(overlap(one, other))


def test_first_places_weigh_most() -> None:
    order = [float(10 - at) for at in range(10)]
    early, late = order.copy(), order.copy()
    early[0], early[1], late[8], late[9] = order[1], order[0], order[9], order[8]
    assert overlap(order, early) < overlap(order, late) < 1


def test_no_pairs_have_no_overlap() -> None:
    assert overlap_rankings(np.ones((2, 2)), []).tolist() == []


def rows(*told: tuple[int, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(told, columns=["ranking", "item", "part", "count"])


def test_the_interval_comes_from_leaving_out_each_part() -> None:
    """Without part 0 all is the same, without part 1 nothing is: p is the whole, 1 and 0 are the others."""
    told = jackknife_overlap(
        rows((0, "a", 0, 3), (0, "b", 1, 2), (1, "b", 1, 2), (1, "c", 0, 1), (1, "a", 2, 0)), BOTH
    ).iloc[0]
    left = [overlap([0, 2, 0], [0, 2, 0]), 0.0, overlap([3, 2, 0], [0, 2, 1])]
    spread = np.sqrt(2 / 3 * ((np.array(left) - np.mean(left)) ** 2).sum())
    assert left[0] == 1 and told["overlap"] == pytest.approx(left[2])
    assert told["low"] == pytest.approx(max(0, left[2] - 1.959964 * spread))
    assert told["high"] == pytest.approx(min(1, left[2] + 1.959964 * spread))


def test_where_nothing_is_shared_there_is_no_interval() -> None:
    told = jackknife_overlap(rows((0, "a", 0, 3), (1, "b", 1, 3)), BOTH).iloc[0]
    assert told["overlap"] == 0 and np.isnan(told["high"])


def test_from_one_part_nothing_can_be_said_of_the_spread() -> None:
    assert np.isnan(half_width(np.ones((1, 3)))).all()


def test_a_story_is_in_the_same_part_everywhere() -> None:
    stories = [f"story {n}" for n in range(200)]
    parts = part_names(stories)
    assert parts.tolist() == part_names(stories[::-1]).tolist()[::-1]
    assert set(parts) == set(range(20))
    assert part_names([]).tolist() == []


def test_each_article_has_the_part_of_its_story_and_alone_its_own(snapshot: Snapshot) -> None:
    parts = part_stories(snapshot)
    told = snapshot.sql(
        "SELECT a.article_id, a.story_id, k.story FROM article_keys a JOIN story_keys k USING (article)"
    )
    known = told["story_id"].fillna(told["article_id"])
    assert len(told) == len(snapshot.table("articles")) and told["story_id"].notna().sum() == 6
    assert parts[told["story"]].tolist() == part_names(known).tolist()
    assert told.groupby("story")["article_id"].size().max() == 6 and len(parts) == known.nunique()
