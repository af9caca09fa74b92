"""Word diff: nothing is lost, spelling is folded, what differs is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.queries.worddiff import diff_words, fold_word, share_common, weave_words

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


def mark_pieces(whole, told):
    """The woven runs, with [-dropped-] and {+own+} around them."""
    marks = {"dropped": "[-{}-]", "own": "{{+{}+}}"}
    return "".join(marks.get(piece.kind, "{}").format(piece.text) for piece in weave_words(whole, told))


WHOLE = "We will hold the harbour, whatever it costs us, until the winter ends"


@pytest.mark.parametrize(
    ("told", "marked"),
    [
        ("We will hold the harbour until the winter ends",
         "We will hold the harbour[-, whatever it costs us,-] until the winter ends"),
        ("We will hold the quay, whatever it costs us, until the winter ends",
         "We will hold the [-harbour -]{+quay+}, whatever it costs us, until the winter ends"),
        ("hold the harbor, whatever it costs us", "hold the harbor, whatever it costs us"),
        ("they hold the harbour until winter ends",
         "{+they+} hold the harbour[-, whatever it costs us,-] until[- the-] winter ends"),
        (WHOLE, WHOLE),
        ("Nobody spoke", "{+Nobody spoke+}"),
    ],
)  # fmt: skip
def test_what_was_dropped_in_the_middle_stands_where_it_stood(told, marked):
    assert mark_pieces(WHOLE, told) == marked


@given(passages, passages)
def test_without_what_was_dropped_the_wording_is_as_it_was(whole, told):
    kept = [piece.text for piece in weave_words(whole, told) if piece.kind != "dropped"]
    assert "".join(kept) == told
