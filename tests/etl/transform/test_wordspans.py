"""Word spans: held against a regular expression that reads word by word."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.transform.wordspans import PORTION, find_words

INSERTION = r"\([^()\n]{0,80}[-–—,]\s?(?i:eds?|editor)\b[^()\n]{0,12}\)|\[[^\[\]\n]{1,60}\](?!\w)"
WORD = re.compile(rf"{INSERTION}|(?P<word>[^\W_]+(?:['’][^\W_]+)*)")
ALPHABET = "ab’' ʼ[](),-–ed.é_9\n𝒳𠀀"


def spans_of(*texts: str) -> list[tuple[int, int, int]]:
    _, starts, ends, numbers = find_words(texts)
    return list(zip(numbers.tolist(), starts.tolist(), ends.tolist(), strict=True))


def read_slowly(*texts: str) -> list[tuple[int, int, int]]:
    return [
        (number, *match.span())
        for number, text in enumerate(texts)
        for match in WORD.finditer(text)
        if match["word"]
    ]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(ALPHABET, max_size=30), max_size=4))
@example(["a (b - ed.) c", "[the mayor] left", "[T]he end"])
@example(["a''b", "'tis o’clock'", ""])
def test_words_are_those_of_the_slow_road(texts: list[str]) -> None:
    assert spans_of(*texts) == read_slowly(*texts)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abAB '", max_size=30), max_size=4))
def test_equal_numbers_are_equal_letters(texts: list[str]) -> None:
    hashes, starts, ends, numbers = find_words(tuple(texts))
    words = [texts[n][a:b] for n, a, b in zip(numbers, starts, ends, strict=True)]
    assert len(set(zip(hashes.tolist(), words, strict=True))) == len(set(hashes.tolist())) == len(set(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [("東京 Tokyo", ["東", "京", "Tokyo"]), ("NATO東京", ["NATO", "東", "京"]), ("カーa", ["カ", "ー", "a"])],
)
def test_a_sign_of_chinese_or_japanese_is_a_word(text: str, words: list[str]) -> None:
    assert [text[start:end] for _, start, end in spans_of(text)] == words


def test_texts_of_several_portions_are_read_as_each_alone() -> None:
    long = "word " * (PORTION // 4)
    texts = ("one two", long, "", "three", long[:-9], "four five")
    assert len(spans_of(*texts)) == 2 + PORTION // 4 + 1 + (PORTION // 4 - 2) + 1 + 2
    assert spans_of(*texts)[-2:] == [(5, 0, 4), (5, 5, 9)]
    alike = find_words(texts)[0]
    assert len(set(alike.tolist())) == 7  # one two word three wor four five


def test_lone_surrogates_are_no_words() -> None:
    assert spans_of("a \ud800 b") == [(0, 0, 1), (0, 4, 5)]
