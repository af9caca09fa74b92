"""What the words of a sentence mean together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from etl.transform.claims import senses
from etl.transform.claims.senses import Senses, read_meanings, read_senses, unit_rows, write_senses
from etl.transform.shingles import code_words, read_tokens


def mean(*texts: str, language: str = "en") -> np.ndarray:
    return read_meanings(read_tokens(texts), pd.Series([language] * len(texts)))


def likeness(one: str, other: str) -> float:
    left, right = mean(one, other)
    return float(left @ right)


@pytest.mark.parametrize(
    ("said", "again", "other"),
    [
        ("Six passengers were taken to hospital.", "Half a dozen people are being treated by doctors.",
         "The striker scored twice before half-time."),
        ("The mayor stepped down.", "Their governor has resigned.", "A museum shows early maps."),
        ("Prices rose sharply.", "Costs climbed last year.", "Her brother plays the violin."),
        ("Police detained a suspect.", "Officers arrested one man.", "Snow closed three airports."),
    ],
)  # fmt: skip
def test_what_says_the_same_in_other_words_is_near(said: str, again: str, other: str) -> None:
    assert likeness(said, again) > likeness(said, other) + 0.15


def test_a_sentence_means_what_it_means_whatever_stands_beside_it() -> None:
    alone = mean("The mayor stepped down.")[0]
    assert np.allclose(mean("Prices rose.", "The mayor stepped down.", "")[1], alone)


def test_rows_have_unit_length_and_nothing_known_gives_zeros() -> None:
    lengths = np.linalg.norm(mean("The mayor stepped down.", "Xqzzyv vvqxqz", ""), axis=1)
    assert lengths == pytest.approx([1, 0, 0], abs=1e-6)


def test_another_language_gives_zeros_beside_english() -> None:
    tokens = read_tokens(("Le maire est mort.", "The mayor died."))
    rows = read_meanings(tokens, pd.Series(["fr", "en"]))
    assert not rows[0].any()
    assert np.allclose(rows[1], mean("The mayor died.")[0])


def test_words_add_their_vectors_each_time_they_stand() -> None:
    known = Senses(np.sort(code_words(["red", "tape"])), np.eye(2))
    first = known.codes.tolist().index(code_words(["red"])[0])
    row = known.add_words(read_tokens(("red tape, red ink",)))[0]
    assert row[first] == pytest.approx(2 / 5**0.5)
    assert row[1 - first] == pytest.approx(1 / 5**0.5)


def test_what_is_written_is_read_back_in_order_of_codes(
    tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(senses.FROZEN, "xx", tmp_path / "senses.npz")
    vectors = np.array([[0.5, -0.25], [100, 50], [0, 0.0]])
    write_senses("xx", Senses(np.array([9, 3, 7], dtype=np.uint64), vectors))
    known = read_senses("xx")
    assert known.codes.tolist() == [3, 7, 9]
    assert known.vectors == pytest.approx(vectors[[1, 2, 0]], rel=0.01)


def test_rows_of_zeros_stay_zeros() -> None:
    assert unit_rows(np.array([[0.0, 0], [3, 4]])).tolist() == [
        [0, 0],
        pytest.approx([0.6, 0.8]),
    ]
