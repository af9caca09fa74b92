"""The recogniser's file: what is written is read back, whatever chance did before, and it is small."""

import numpy as np
import pytest

from etl.transform.linear import MODELS
from etl.transform.recogniser import (
    LABELS,
    WordVectors,
    build_recogniser,
    learned_layers,
    read_recogniser,
    write_recogniser,
)

FILE = MODELS / "names.npz"
SENTENCE = "Kaja Kallas told Reuters in Tallinn that NATO would answer."


def spans(nlp, text=SENTENCE):
    return [(span.text, span.label_) for span in nlp(text).ents]


def weights(nlp):
    return [layer.get_param(name) for layer in learned_layers(nlp) for name in sorted(layer.param_names)]


@pytest.fixture(scope="module")
def small():
    return WordVectors(("kallas", "é"), np.array([[24, -24], [0, 127]], dtype=np.int8))


def test_the_committed_weights_are_within_their_limit_and_have_a_card():
    assert FILE.stat().st_size <= 15_000_000
    card = (MODELS / "names.md").read_text(encoding="utf-8")
    assert all(word in card for word in ("CrossNER", "CC BY-SA 4.0", "CC BY 4.0", "GloVe", "train_names.py"))


def test_labels_are_those_that_mentions_are_made_of():
    assert {label for _, label in spans(read_recogniser())} <= set(LABELS)
    assert spans(read_recogniser())[0] == ("Kaja Kallas", "PERSON")


def test_what_is_written_is_read_back_to_half_precision(small, tmp_path):
    built = build_recogniser(small)
    write_recogniser(built, small, tmp_path / "names.npz")
    again = read_recogniser(tmp_path / "names.npz")
    for one, other in zip(weights(built), weights(again), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-3, rtol=1e-3)
    assert again.vocab["Kallas"].lower_ == "kallas"


def test_word_vectors_know_words_in_any_case(small):
    vectors = build_recogniser(small).vocab.vectors
    assert vectors.data.tolist() == [[1.0, -1.0], [0.0, pytest.approx(127 / 24)]]
    assert vectors.attr == build_recogniser(small).vocab.strings["LOWER"] or vectors.shape == (2, 2)


def test_reading_moves_no_ones_chance(small):
    np.random.seed(7)
    expected = np.random.random()
    np.random.seed(7)
    build_recogniser(small)
    assert np.random.random() == expected


def test_two_readings_of_the_file_find_the_same():
    assert spans(read_recogniser.__wrapped__(FILE)) == spans(read_recogniser())
