from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textblob import TextBlob

from etl.schema import TABLES
from etl.transform.lexicon import read_lexicon
from etl.transform.sentences import find_sentences
from etl.transform.tone import TONES, count_tone_words, find_tone_words, measure_tone, rate_text

GOOD = "A good plan. It is not good. Boats sail."


def make_tables(text: str = GOOD, language: str = "en") -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    articles = pd.DataFrame({"article_id": ["a"], "title": [""], "language": [language]})
    texts = pd.DataFrame({"article_id": ["a"], "text": [text], "body_start": [0]})
    return articles, texts, find_sentences(articles, texts)


def test_a_sentence_without_lexicon_words_has_no_polarity() -> None:
    tones = measure_tone(*make_tables())
    assert tones["textblob_polarity"].to_list()[:2] == pytest.approx([0.7, -0.35])
    assert tones["textblob_hits"].to_list() == [1, 1, 0]
    assert tones["textblob_polarity"].isna().to_list() == [False, False, True]


def test_a_modifier_counts_as_a_hit_and_a_negation_does_not() -> None:
    assert rate_text("very good").hits == 2
    assert rate_text("never good").hits == 1


def test_other_languages_get_no_row() -> None:
    assert measure_tone(*make_tables(language="de")).empty
    assert measure_tone(*make_tables(language="und")).empty


def test_positive_negative_and_active_words_are_counted() -> None:
    counts = count_tone_words("Rebels attacked; the excellent truce, a triumph, collapsed in horror.")
    assert counts == (2, 3, 2, 10)


def test_tone_words_are_found_where_they_stand() -> None:
    text = "Horror and triumph."
    assert [(text[start:end], sign) for start, end, sign in find_tone_words(text)] == [
        ("Horror", -1),
        ("triumph", 1),
    ]


def test_names_in_news_carry_no_tone() -> None:
    assert find_tone_words("Trump united the party of shares and security.") == []


def test_every_word_of_the_lexicon_stands_once_and_says_something() -> None:
    rows = read_lexicon("tone")
    assert len({row["word"] for row in rows}) == len(rows) > 5000
    assert all(row["polarity"] in {"-1", "0", "1"} and row["active"] in {"0", "1"} for row in rows)
    assert not any(row["polarity"] == "0" and row["active"] == "0" for row in rows)


def test_the_feature_conforms_to_its_table() -> None:
    assert len(TABLES[TONES.makes].conform(TONES.compute(*make_tables()))) == 3


PIECES = st.sampled_from(
    [
        "good",
        "not",
        "Very",
        "bad.",
        "isn't",
        ":-)",
        "e.g.",
        "(!)",
        "U.S.",
        "great!",
        "“terrible”",
        "...",
        "10,5",
        "'s",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=12).map(" ".join))
@example(": 3")
@example("The score: 3 goals : D and ; ) none")
def test_the_answer_is_that_of_textblob(text: str) -> None:
    expected, tone = TextBlob(text).sentiment, rate_text(text)
    assert (tone.polarity or 0, tone.subjectivity or 0) == pytest.approx(
        (expected.polarity, expected.subjectivity)
    )


@settings(deadline=None)
@given(st.text(max_size=60))
def test_counts_never_exceed_the_words(text: str) -> None:
    counts = count_tone_words(text)
    assert counts.positive + counts.negative <= counts.words
    assert len(find_tone_words(text)) <= counts.words
