from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from etl.evaluate.clusterings import measure_clusters, number_labels

GROUPS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=20)


def score(found: list[object], labelled: list[object]) -> dict[str, float]:
    return measure_clusters(number_labels(found), number_labels(labelled))(np.arange(len(found)))


def test_the_same_groups_under_other_names_are_perfect() -> None:
    assert set(score(["x", "x", "y"], [1, 1, 2]).values()) == {1.0}


def test_bcubed_by_hand() -> None:
    scores = score([1, 1, 1, 2], ["a", "a", "b", "b"])
    assert scores["bcubed_precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert scores["bcubed_recall"] == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)


def test_pairs_by_hand() -> None:
    scores = score([1, 1, 1, 2], ["a", "a", "b", "b"])
    assert scores["pairwise_precision"] == pytest.approx(1 / 3)
    assert scores["pairwise_recall"] == pytest.approx(1 / 2)


def test_ceaf_by_hand() -> None:
    scores = score([1, 1, 1, 2], ["a", "a", "b", "b"])
    best = 2 * 2 / (3 + 2) + 2 * 1 / (1 + 2)
    assert scores["ceaf_e_precision"] == pytest.approx(best / 2)
    assert scores["ceaf_e_recall"] == pytest.approx(best / 2)


def test_items_without_a_label_stand_alone() -> None:
    assert number_labels([None, "a", None, "a"]).tolist() == [0, 1, 2, 1]


@given(GROUPS)
def test_the_rand_index_is_that_of_the_library(items: list[tuple[int, int]]) -> None:
    found, labelled = [one for one, _ in items], [other for _, other in items]
    expected = adjusted_rand_score(labelled, found)
    assert score(list(found), list(labelled))["ari"] == pytest.approx(expected)


@given(GROUPS)
def test_scores_lie_between_0_and_1(items: list[tuple[int, int]]) -> None:
    scores = score([one for one, _ in items], [other for _, other in items])
    assert all(0 <= value <= 1 + 1e-9 for name, value in scores.items() if name != "ari")


@given(GROUPS)
def test_swapping_sides_swaps_precision_and_recall(items: list[tuple[int, int]]) -> None:
    found, labelled = [one for one, _ in items], [other for _, other in items]
    forth, back = score(list(found), list(labelled)), score(list(labelled), list(found))
    for name in ("bcubed", "pairwise", "ceaf_e"):
        assert forth[f"{name}_precision"] == pytest.approx(back[f"{name}_recall"])
