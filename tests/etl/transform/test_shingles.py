from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.shingles import (
    cover_runs,
    fold_word,
    hash_shingles,
    mark_blocks,
    mark_ranges,
    pair_within,
    read_tokens,
)

NOTICE = "Sign up for our daily letter and never miss a story from us"


def words_of(text: str) -> list[str]:
    tokens = read_tokens((text,))
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("defence", "defense"),
        ("Organisations", "organizations"),
        ("analyse", "analyze"),
        ("neighbour", "neighbor"),
        ("theatres", "theaters"),
        ("travelled", "traveled"),
        ("programmes", "programs"),
        ("don’t", "don't"),
    ],
)
def test_spelling_variants_are_one_word(british: str, american: str) -> None:
    assert fold_word(british) == fold_word(american)


@pytest.mark.parametrize(("one", "other"), [("four", "for"), ("rise", "rice"), ("hour", "hor")])
def test_short_words_are_left_alone(one: str, other: str) -> None:
    assert fold_word(one) != fold_word(other)


def test_an_editors_insertion_is_no_word() -> None:
    assert words_of("the ROK (Republic of Korea - ed.) and [the] Japan") == ["the", "ROK", "and", "Japan"]


def test_other_brackets_are_read() -> None:
    assert words_of("the DPRK (North Korea) [w]e") == ["the", "DPRK", "North", "Korea", "w", "e"]


def test_each_chinese_sign_is_a_word() -> None:
    assert words_of("北京 2024") == ["北", "京", "2024"]


@given(st.lists(st.text(alphabet="ab ’'.(-\né1", max_size=30), max_size=5))
def test_words_stand_where_their_spans_say(texts: list[str]) -> None:
    tokens = read_tokens(tuple(texts))
    for start, end, text in zip(tokens.starts, tokens.ends, tokens.texts, strict=True):
        word = texts[text][start:end]
        assert word and word[0].isalnum() and not any(letter.isspace() for letter in word)


@given(st.lists(st.text(alphabet="ab ", max_size=12), max_size=6))
def test_bounds_part_the_words_by_text(texts: list[str]) -> None:
    tokens = read_tokens(tuple(texts))
    assert np.diff(tokens.bounds).tolist() == [len(text.split()) for text in texts]


def test_no_shingle_crosses_from_text_to_text() -> None:
    hashes, places = hash_shingles(read_tokens(("a b c", "b c d")), 2)
    assert places.tolist() == [0, 1, 3, 4]
    assert hashes[1] == hashes[2]
    assert len(set(hashes.tolist())) == 3


def test_the_order_of_words_counts() -> None:
    hashes, _ = hash_shingles(read_tokens(("a b", "b a")), 2)
    assert hashes[0] != hashes[1]


def test_a_text_shorter_than_the_shingle_has_none() -> None:
    assert hash_shingles(read_tokens(("a b",)), 5)[0].tolist() == []


def test_what_an_outlet_repeats_three_times_is_a_block() -> None:
    texts = tuple(f"{' '.join(f'{letter}{n}' for n in range(30))}. {NOTICE}" for letter in "xyz")
    tokens = read_tokens(texts)
    blocks = mark_blocks(tokens, ["one"] * 3)
    assert blocks.tolist() == ([False] * 30 + [True] * 13) * 3
    assert not mark_blocks(tokens, ["one", "one", "other"]).any()


def test_an_article_that_is_repeated_as_a_whole_is_no_block() -> None:
    assert not mark_blocks(read_tokens((NOTICE,) * 3), ["one"] * 3).any()


def test_words_inside_ranges_are_marked() -> None:
    tokens = read_tokens(("he said so today", "no"))
    assert mark_ranges(tokens, {0: [(3, 10)]}).tolist() == [False, True, True, False, False]


def test_runs_cover_their_words() -> None:
    assert cover_runs(np.array([0, 1, 5]), 2, 6).tolist() == [True, True, True, False, False, True]


@given(st.lists(st.integers(0, 4), max_size=12))
def test_pairs_hold_the_same_value(values: list[int]) -> None:
    left, right = pair_within(np.array(values, dtype=np.int64), most=20)
    expected = {(i, j) for j in range(len(values)) for i in range(j) if values[i] == values[j]}
    assert set(zip(left.tolist(), right.tolist(), strict=True)) == expected


def test_a_crowd_is_compared_with_its_hubs_only() -> None:
    left, right = pair_within(np.zeros(5, dtype=np.int64), most=4, hubs=1)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1), (0, 2), (0, 3), (0, 4)]


def test_picked_texts_are_numbered_anew() -> None:
    tokens = read_tokens(("a b", "c", "d")).pick(np.array([2, 0]))
    assert tokens.texts.tolist() == [0, 1, 1]
    assert tokens.codes.tolist() == read_tokens(("d", "a b")).codes.tolist()


def test_neighbouring_texts_are_cut_out() -> None:
    assert read_tokens(("a b", "c", "d e")).between(1, 3).texts.tolist() == [0, 1, 1]
