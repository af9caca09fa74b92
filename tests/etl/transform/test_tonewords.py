"""Tone words: each stands where it says, with the polarity that TextBlob gives it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textblob import TextBlob

from etl.schema import TABLES
from etl.transform.sentences import SENTENCES
from etl.transform.tonewords import TONE_WORDS, locate_words
from tests.builders import make_article, make_article_rows

WORDS = st.sampled_from(
    ["good", "not", "very", "terrible", "news", "The", "goodly", "İstanbul", "good,", "-", "n't", "cheerful!"]
)


def words_of(*articles):
    rows = make_article_rows(*articles)
    sentences = TABLES["sentences"].conform(SENTENCES.compute(rows["articles"], rows["texts"]))
    found = TABLES["tone_words"].conform(TONE_WORDS.compute(rows["articles"], rows["texts"], sentences))
    return found, rows["texts"].set_index("article_id")["text"]


def test_a_word_is_found_with_what_modifies_it():
    found, texts = words_of(make_article(title="News", body=("The plan is very good. It was not terrible.",)))
    assert found["word"].tolist() == ["very good", "not terrible"]
    assert found["polarity"].tolist() == pytest.approx([0.91, 0.5])
    assert [texts.iloc[0][s:e] for s, e in zip(found["start"], found["end"], strict=True)] == [
        "very good",
        "not terrible",
    ]
    assert found["sentence"].tolist() == [1, 2]


def test_other_languages_have_no_tone_words():
    found, _ = words_of(make_article(title="Good", body=("A good good day.",), language="es"))
    assert found.empty


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_words_stand_in_order_and_their_mean_is_the_sentence_s_polarity(text):
    found = list(locate_words(text))
    assert all(0 <= start < end <= len(text) for start, end, _, _ in found)
    assert [start for start, *_ in found] == sorted({start for start, *_ in found})
    if found and "İ" not in text and "n't" not in text:
        mean = sum(polarity for *_, polarity in found) / len(found)
        assert mean == pytest.approx(TextBlob(text).sentiment.polarity)
