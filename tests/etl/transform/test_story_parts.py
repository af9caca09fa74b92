"""The parts of grouping: weights of words, links over time, seams, second thoughts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from etl.transform.shingles import code_words, read_tokens
from etl.transform.stories import links as linking
from etl.transform.stories.groups import join_stories, part_group, rest_similarity, think_again
from etl.transform.stories.links import FADES_TO, fade, index_articles, link_articles
from etl.transform.stories.words import BODY, Counts, count_words, keep_heaviest, read_counts, weigh_articles

TEXTS = (
    "The ferry Aurora ran aground off Lofoten with ninety people on board.",
    "Ninety people left the ferry Aurora after it ran aground off Lofoten.",
    "Parliament in Oslo adopted a budget with more money for schools.",
)


def weigh(*texts: str, language: str = "en") -> csr_matrix:
    return weigh_articles(read_tokens(("",) * len(texts)), read_tokens(texts), language)


def link(*texts: str, days: tuple[str | None, ...]) -> np.ndarray:
    times = pd.Series(pd.to_datetime(list(days), utc=True))
    return link_articles(index_articles(weigh(*texts), times)).toarray()


def matrix(*rows: tuple[float, ...]) -> csr_matrix:
    likeness = np.array(rows)
    np.fill_diagonal(likeness, 0)
    return csr_matrix(likeness)


def blocks(sizes: list[int], within: float, across: float) -> np.ndarray:
    """Likeness of articles in blocks: so much inside of a block, so much between two."""
    block = np.repeat(np.arange(len(sizes)), sizes)
    likeness = np.where(block[:, None] == block, within, across)
    np.fill_diagonal(likeness, 1.0)
    return likeness


def test_a_rare_word_weighs_more_and_one_of_half_the_articles_nothing() -> None:
    counts = Counts(200, np.sort(code_words(["harbour", "said"])), np.array([0, 0]))
    order = np.argsort(code_words(["harbour", "said"]))
    counts = Counts(200, counts.codes, np.array([9, 150])[order])
    weights = counts.weigh(code_words(["harbour", "said", "unheard"]))
    assert weights == pytest.approx([1 + np.log(201 / 10), 0, 1 + np.log(201)])


def test_words_are_counted_once_an_article_wherever_they_stand() -> None:
    counts = count_words(read_tokens(("ship", "sea")), read_tokens(("ship ship", "port")))
    carried = dict(zip(counts.codes, counts.carried, strict=True))
    assert [carried[code] for code in code_words(["ship", "sea", "port"])] == [1, 1, 1]
    assert count_words(read_tokens(("ship", "ship"))).carried.tolist() == [2]


def test_no_counts_weigh_every_word_alike() -> None:
    nothing = Counts(0, np.zeros(0, np.uint64), np.zeros(0, np.int64))
    assert nothing.weigh(code_words(["ship", "sea"])).tolist() == [1.0, 1.0]


def test_english_counts_are_frozen_and_other_languages_count_what_is_there() -> None:
    frozen = read_counts("en")
    assert frozen is not None and frozen.articles > 3_000
    assert (np.diff(frozen.codes.astype(object)) > 0).all()
    assert frozen.weigh(code_words(["trump"]))[0] < frozen.weigh(code_words(["lofoten"]))[0]
    assert read_counts("nb") is None


def test_a_stranger_does_not_change_how_alike_two_articles_are() -> None:
    pair = (weigh(*TEXTS[:2]) @ weigh(*TEXTS[:2]).T).toarray()[0, 1]
    rows = weigh(*TEXTS)
    assert (rows @ rows.T).toarray()[0, 1] == pytest.approx(pair, abs=1e-12)


def test_shared_names_make_two_articles_more_alike_than_shared_words() -> None:
    rows = weigh("Aurora hit Lofoten at noon", "Aurora left Lofoten by dusk", "aurora hit lofoten at noon")
    likeness = (rows @ rows.T).toarray()
    plain = weigh("aurora hit lofoten at noon", "aurora left lofoten by dusk")
    assert likeness[0, 1] > (plain @ plain.T).toarray()[0, 1]


def test_only_the_heaviest_words_of_a_row_stay_at_unit_length() -> None:
    rows = csr_matrix([[0.6, 0.0, 0.8, 0.1], [0.0, 0.5, 0.5, 0.5]])
    kept = keep_heaviest(rows, 2).toarray()
    assert kept[0] == pytest.approx([0.6, 0, 0.8, 0])
    assert kept[1] == pytest.approx([0, 0.5**0.5, 0.5**0.5, 0])


@given(st.floats(0, 1), st.floats(0, 400), st.floats(0, 400))
def test_likeness_fades_with_time_but_never_below_its_share(
    likeness: float, one: float, other: float
) -> None:
    near, far = fade(np.array([likeness] * 2), np.array(sorted((one, other))))
    assert near >= far >= FADES_TO * likeness - 1e-6


def test_unknown_days_do_not_fade() -> None:
    assert fade(np.array([0.5]), np.array([np.nan]))[0] == 0.5


def test_links_are_symmetric_and_none_leads_to_itself() -> None:
    likeness = link(*TEXTS, days=("2024-06-01", "2024-06-02", "2024-06-02"))
    assert (likeness == likeness.T).all() and not likeness.diagonal().any()
    assert likeness[0, 1] > 0.14 > likeness[0, 2]


def test_articles_a_year_apart_are_not_held_against_each_other_but_undated_ones_are() -> None:
    likeness = link(TEXTS[0], TEXTS[0], TEXTS[0], days=("2023-06-01", "2024-06-01", None))
    assert likeness[0, 1] == 0
    assert likeness[0, 2] == likeness[1, 2] == pytest.approx(BODY)


@pytest.mark.parametrize(("block", "places"), [(1, 1), (2, 2), (2, 4), (3, 3)])
def test_the_size_of_blocks_changes_no_link(monkeypatch: pytest.MonkeyPatch, block: int, places: int) -> None:
    days = ("2023-01-01", "2023-02-01", "2024-01-01", "2024-01-02", None, None)
    texts = (*TEXTS, *TEXTS[::-1])
    whole = link(*texts, days=days)
    monkeypatch.setattr(linking, "BLOCK", block)
    monkeypatch.setattr(linking, "PLACES", places)
    assert (link(*texts, days=days) == whole).all()


def test_nothing_is_linked_to_nothing() -> None:
    assert link(days=()).shape == (0, 0)


def test_look_alikes_are_parted_at_their_seam() -> None:
    assert [part.tolist() for part in part_group(blocks([3, 4], 0.4, 0.2))] in (
        [[0, 1, 2], [3, 4, 5, 6]],
        [[3, 4, 5, 6], [0, 1, 2]],
    )


@pytest.mark.parametrize(
    ("sizes", "within", "across"),
    [([3, 4], 0.4, 0.3), ([2, 6], 0.4, 0.2), ([3, 3], 0.95, 0.3), ([5], 0.2, 0.0)],
    ids=["alike enough", "a part of two", "copies of two wires", "one block"],
)
def test_a_story_without_a_seam_stays_whole(sizes: list[int], within: float, across: float) -> None:
    assert [len(part) for part in part_group(blocks(sizes, within, across))] == [sum(sizes)]


def test_three_happenings_are_three_parts() -> None:
    parts = part_group(blocks([3, 4, 5], 0.5, 0.16))
    assert sorted(len(part) for part in parts) == [3, 4, 5]
    assert sorted(np.concatenate(parts).tolist()) == list(range(12))


def test_an_article_moves_to_the_story_that_it_is_most_like() -> None:
    links = matrix((0, 0.2, 0, 0), (0.2, 0, 0.5, 0.5), (0, 0.5, 0, 0.5), (0, 0.5, 0.5, 0))
    begun = np.array([0, 0, 1, 1])
    assert think_again(links, begun).tolist() == [0, 1, 1, 1]
    assert think_again(links, begun, np.array([False, True, False, False])).tolist() != [0, 1, 1, 1]


def test_a_chain_is_not_a_story() -> None:
    links = matrix((0, 0.2, 0, 0), (0.2, 0, 0.2, 0), (0, 0.2, 0, 0.2), (0, 0, 0.2, 0))
    assert np.bincount(join_stories(links)).tolist() == [2, 2]


def test_an_article_alone_is_as_like_as_can_be_and_others_as_the_mean() -> None:
    links = matrix((0, 0.2, 0.4, 0), (0.2, 0, 0.6, 0), (0.4, 0.6, 0, 0), (0, 0, 0, 0))
    assert rest_similarity(links, np.array([0, 0, 0, 1])) == pytest.approx([0.3, 0.4, 0.5, 1.0])


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 14), st.integers(0, 10_000))
def test_every_article_of_any_links_has_one_story_and_thinking_again_keeps_all(count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    half = np.triu(chance.random((count, count)) * (chance.random((count, count)) < 0.4), 1)
    groups = join_stories(csr_matrix(half + half.T))
    assert len(groups) == count and groups.min() >= 0
