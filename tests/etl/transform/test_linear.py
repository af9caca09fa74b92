from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform import linear
from etl.transform.linear import (
    LinearModel,
    count_terms,
    hash_term,
    learn_idf,
    read_model,
    share_softmax,
    squash,
    weigh_terms,
    write_model,
)

COLUMNS = 64


def make_model() -> LinearModel:
    weights = np.zeros((COLUMNS, 2))
    weights[hash_term("rain", COLUMNS)] = [2.0, -1.0]
    return LinearModel(
        ("wet", "dry"), np.ones(COLUMNS), weights, np.array([0.5, 0.25]), np.array([0.5, 0.75])
    )


def test_counts_are_kept_by_hashed_column() -> None:
    counts = count_terms([["rain", "rain"], []], COLUMNS)
    assert counts.sum() == counts[0, hash_term("rain", COLUMNS)] == 2


def test_rows_have_length_one_or_zero() -> None:
    rows = weigh_terms(count_terms([["rain", "sun", "sun"], []], COLUMNS), np.ones(COLUMNS))
    assert np.linalg.norm(rows.toarray(), axis=1) == pytest.approx([1, 0])


def test_a_score_is_weight_plus_bias() -> None:
    assert make_model().score([["rain"], []]).tolist() == [[2.5, -0.75], [0.5, 0.25]]
    assert make_model().weigh(["rain", "rain"], 0).tolist() == [2, 2]


def test_rare_features_have_no_idf() -> None:
    idf = learn_idf(count_terms([["rain"], ["rain", "sun"]], COLUMNS), fewest=2)
    assert idf[hash_term("rain", COLUMNS)] == 1
    assert np.count_nonzero(idf) == 1


def test_a_model_comes_back_as_it_was_written(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "MODELS", tmp_path)
    write_model("rain", make_model())
    back = read_model("rain")
    assert back.labels == ("wet", "dry")
    assert np.array_equal(back.weights, make_model().weights)
    assert back.threshold.tolist() == [0.5, 0.75]


@given(st.lists(st.lists(st.floats(-600, 600), min_size=3, max_size=3), min_size=1, max_size=5))
def test_probabilities_sum_to_one(logits: list[list[float]]) -> None:
    assert share_softmax(np.array(logits)).sum(axis=1) == pytest.approx(np.ones(len(logits)))
    assert np.all((squash(np.array(logits)) >= 0) & (squash(np.array(logits)) <= 1))
