from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.spans import sentence_at, slice_spans, split_paragraphs

TEXTS = pd.DataFrame({"article_id": ["a", "b"], "text": ["Rain. It fell.", "Sun! It shone."]})
SENTENCES = pd.DataFrame(
    {
        "article_id": ["b", "b", "a", "a"],
        "sentence": [0, 1, 0, 1],
        "start": [0, 5, 0, 6],
        "end": [4, 14, 5, 14],
    }
)


def make_spans(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["article_id", "start", "end"])


def test_each_span_gets_its_words_in_order() -> None:
    spans = make_spans(("b", 8, 13), ("a", 0, 4)).set_index(pd.Index([7, 3]))
    words = slice_spans(spans, TEXTS)
    assert words.to_list() == ["shone", "Rain"]
    assert words.index.to_list() == [7, 3]


def test_words_of_an_unknown_article_are_missing() -> None:
    assert slice_spans(make_spans(("x", 0, 1)), TEXTS).isna().all()


def test_each_span_finds_its_sentence() -> None:
    spans = make_spans(("b", 8, 13), ("a", 0, 4), ("a", 6, 8), ("b", 4, 5), ("x", 0, 1))
    assert sentence_at(spans, SENTENCES).to_list() == [1, 0, 1, 0, pd.NA]


def test_a_span_before_the_first_sentence_belongs_to_it() -> None:
    late = SENTENCES.assign(start=SENTENCES["start"] + 3)
    assert sentence_at(make_spans(("b", 0, 2), ("a", 1, 2)), late).to_list() == [0, 0]


def test_no_spans_and_no_sentences_are_fine() -> None:
    assert sentence_at(make_spans(), SENTENCES).empty
    assert sentence_at(make_spans(("a", 0, 1)), SENTENCES.iloc[:0]).isna().all()
    assert slice_spans(make_spans(), TEXTS).empty


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 13)), min_size=1, max_size=20))
def test_the_search_agrees_with_a_look_at_every_sentence(starts: list[tuple[str, int]]) -> None:
    spans = make_spans(*((article, start, start + 1) for article, start in starts))
    by_hand = [int(start >= (6 if article == "a" else 5)) for article, start in starts]
    assert sentence_at(spans, SENTENCES).to_list() == by_hand


def test_blank_lines_part_paragraphs() -> None:
    text = "\n One.\nStill one. \n \n\n Two.\n\n"
    assert [text[start:end] for start, end in split_paragraphs(text)] == ["One.\nStill one.", "Two."]
    assert split_paragraphs(" \n\n ") == []
