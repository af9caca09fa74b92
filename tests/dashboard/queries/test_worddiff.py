"""Word diff: nothing is lost, spelling is folded, what differs is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.queries.worddiff import diff_words, fold_word, share_common

passages = st.lists(st.sampled_from(["a", "bad", "defence", "defense", "—", "“", "x’s"]), max_size=12).map(
    " ".join
)


@given(passages, passages)
def test_the_pieces_joined_give_the_passages_back(left, right):
    ours, theirs = diff_words(left, right)
    assert "".join(piece.text for piece in ours) == left
    assert "".join(piece.text for piece in theirs) == right


@given(passages)
def test_a_passage_differs_in_nothing_from_itself(text):
    assert all(piece.kind == "same" for piece in diff_words(text, text)[0])


@given(passages, passages)
def test_the_common_share_is_a_share(left, right):
    assert 0 <= share_common(diff_words(left, right)[0]) <= 1


@pytest.mark.parametrize(
    ("british", "american"),
    [("defence", "defense"), ("organisation", "organization"), ("colour", "color"), ("centre", "center"),
     ("travelled", "traveled"), ("programme", "program"), ("analysed", "analyzed"), ("Labour's", "labor")],
)  # fmt: skip
def test_spelling_variants_fold_to_one_form(british, american):
    assert fold_word(british) == fold_word(american)


def test_an_insertion_is_one_run():
    ours, theirs = diff_words("of the ROK (Republic of Korea - ed.) and Japan", "of the ROK and Japan")
    assert [piece.text for piece in ours if piece.kind == "own"] == ["(Republic of Korea - ed.) "]
    assert [piece.kind for piece in theirs] == ["same"]


def test_a_respelt_word_is_marked_apart_from_another_word():
    ours, _ = diff_words("the defence of it", "the defense of that")
    assert [(piece.text, piece.kind) for piece in ours if piece.kind != "same"] == [
        ("defence", "respelt"),
        ("it", "own"),
    ]
