from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema import TABLES
from etl.transform.sentences import SENTENCES, find_sentences, split_sentences


def split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text), language)]


def make_tables(text: str, title: str = "", subtitle: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
    whole = "\n\n".join(part for part in (title, subtitle, text) if part)
    articles = pd.DataFrame({"article_id": ["a"], "title": [title], "language": ["en"]})
    return articles, pd.DataFrame(
        {"article_id": ["a"], "text": [whole], "body_start": [len(whole) - len(text)]}
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. He left.", ["It rained.", "He left."]),
        ("Mr. Smith met Dr. Jones. They ate.", ["Mr. Smith met Dr. Jones.", "They ate."]),
        (
            "The U.S. Army left the U.S. It was 5 p.m. EST.",
            ["The U.S. Army left the U.S.", "It was 5 p.m. EST."],
        ),
        (
            "Acme Inc. Tower fell. Rates hit 3.5 per cent.",
            ["Acme Inc. Tower fell.", "Rates hit 3.5 per cent."],
        ),
        ("J. K. Rowling and George W. Bush agreed.", ["J. K. Rowling and George W. Bush agreed."]),
        ('"Really?" he asked. "No!" Mr Lee said.', ['"Really?" he asked.', '"No!" Mr Lee said.']),
        ("He said “no.” She left.", ["He said “no.”", "She left."]),
        ("Wait... what? Wait... He left.", ["Wait... what?", "Wait...", "He left."]),
        ("He lives at No. 10. He said no. 7 came.", ["He lives at No. 10.", "He said no. 7 came."]),
        ("1. Wash. 2. Dry.", ["1. Wash.", "2. Dry."]),
        ("It was signed.Support us. See example.com.", ["It was signed.", "Support us.", "See example.com."]),
        ("A heading without a period", ["A heading without a period"]),
        ("• One\n• Two", ["• One", "• Two"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_english_ends_are_found(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am 24. Juni kam Dr. Müller. Er ging.", ["Am 24. Juni kam Dr. Müller.", "Er ging."]),
        ("es", "El Sr. Gil dijo: «No». ¿Por qué?", ["El Sr. Gil dijo: «No».", "¿Por qué?"]),
        ("uk", "У 2024 р. у Києві. Він на вул. Хрещатик.", ["У 2024 р. у Києві.", "Він на вул. Хрещатик."]),
        ("ru", "Всего 5 тыс. человек. Они ушли.", ["Всего 5 тыс. человек.", "Они ушли."]),
        ("ja", "これは文です。次の文です。", ["これは文です。", "次の文です。"]),
    ],
)
def test_other_languages_are_split(language: str, text: str, expected: list[str]) -> None:
    assert split(text, language) == expected


def test_lines_broken_to_a_width_are_one_sentence() -> None:
    assert split("The countries condemn the\ncooperation between them.") == [
        "The countries condemn the\ncooperation between them."
    ]


def test_a_short_line_above_others_is_a_heading() -> None:
    text = "Monday, 24 June\nThe countries condemn the deepening cooperation."
    assert split(text) == ["Monday, 24 June", "The countries condemn the deepening cooperation."]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    line = "word " * 30 + "end"
    assert split(f"{line}\nNext") == [line, "Next"]


def test_the_headline_is_sentence_0_whatever_it_holds() -> None:
    found = find_sentences(*make_tables("It rained. He left.", title="Rain. Again!", subtitle="A wet day"))
    assert found["sentence"].to_list() == [0, 1, 2, 3]
    assert found["role"].to_list() == ["headline", "subtitle", "body", "body"]
    assert found["paragraph"].to_list() == [0, 1, 2, 2]
    assert found["end"].to_list() == [12, 23, 35, 44]


def test_an_article_without_a_headline_is_numbered_from_1() -> None:
    assert find_sentences(*make_tables("It rained. He left."))["sentence"].to_list() == [1, 2]


def test_a_title_that_does_not_open_the_text_is_no_headline() -> None:
    articles, texts = make_tables("Rainy days.")
    found = find_sentences(articles.assign(title="Rain"), texts)
    assert found["role"].to_list() == ["body"]


def test_the_share_of_quoted_words_is_counted() -> None:
    found = find_sentences(*make_tables('He said "we go home". "All of it," he said. No.'))
    assert found["quoted"].to_list() == pytest.approx([3 / 5, 3 / 5, 0])


def test_no_articles_make_an_empty_table() -> None:
    articles, texts = make_tables("")
    assert list(find_sentences(articles.iloc[:0], texts.iloc[:0]).columns) == list(TABLES["sentences"].names)


def test_the_feature_conforms_to_its_table() -> None:
    made = SENTENCES.compute(*make_tables("One. Two.", title="Three"))
    assert len(TABLES[SENTENCES.makes].conform(made)) == 3


@settings(deadline=None)
@given(st.text(alphabet="aB1 .!?…\n\"“”'’•-。", max_size=120), st.sampled_from(["", "aB", "B."]))
def test_sentences_cover_all_text_without_overlap(text: str, title: str) -> None:
    articles, texts = make_tables(text, title=title)
    whole, found = texts["text"].iloc[0], find_sentences(articles, texts)
    covered = "".join(whole[start:end] for start, end in zip(found["start"], found["end"], strict=True))
    assert "".join(covered.split()) == "".join(whole.split())
    assert found["start"].is_monotonic_increasing
    assert TABLES["sentences"].conform(found)["sentence"].is_unique
