"""The bounds of stories: the least likeness that counts, joins or parts, worked out by hand on both sides."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from etl.transform.shingles import code_words
from etl.transform.stories.groups import join_stories, part_group, rest_similarity, think_again
from etl.transform.stories.links import index_articles, link_articles
from etl.transform.stories.words import Counts, keep_heaviest
from tests.etl.transform.test_story_parts import blocks


def link_pair(likeness: float, first: str | None, second: str | None) -> float:
    """The link of two articles so alike, published at these times."""
    rows = csr_matrix([[1.0, 0.0], [likeness, (1 - likeness**2) ** 0.5]])
    times = pd.Series(pd.to_datetime([first, second], utc=True, format="ISO8601"))
    return float(link_articles(index_articles(rows, times)).toarray()[0, 1])


def links_of(*pairs: tuple[int, int, float]) -> csr_matrix:
    """Links between the articles of these numbers, both ways."""
    count = 1 + max(max(one, other) for one, other, _ in pairs)
    likeness = np.zeros((count, count))
    for one, other, value in pairs:
        likeness[one, other] = likeness[other, one] = value
    return csr_matrix(likeness)


@pytest.mark.parametrize(
    ("likeness", "second", "link"),
    [
        (0.05, "2024-01-01", 0.05),
        (0.0499, "2024-01-01", 0.0),
        (0.5, "2024-01-31", 0.2787578),  # half of .3 + .7 / e
        (0.08, "2024-03-01", 0.0),  # .08 * (.3 + .7 / e**2) is .0316
        (1.0, "2024-04-30", 0.3128209),  # .3 + .7 / e**4
        (1.0, "2024-04-30T00:00:01", 0.0),
        (0.5, None, 0.5),
    ],
)
def test_a_link_fades_with_the_days_and_ends_after_120(likeness: float, second: str, link: float) -> None:
    assert link_pair(likeness, "2024-01-01", second) == pytest.approx(link, abs=2e-7)


@pytest.mark.parametrize(
    ("pairs", "stories"),
    [
        ([(0, 1, 0.14)], [0, 0]),
        ([(0, 1, 0.1399)], [0, 1]),
        ([(0, 1, 0.3), (0, 2, 0.28)], [0, 0, 0]),  # .14 on average, as article 1 is not like it at all
        ([(0, 1, 0.3), (0, 2, 0.27)], [0, 0, 1]),
        ([(0, 2, 0.2), (1, 2, 0.3)], [0, 1, 1]),
        ([(0, 2, 0.2), (1, 2, 0.2)], [0, 1, 0]),  # of equals the earlier story
        ([(0, 3, 0.5), (1, 2, 0.5), (2, 3, 0.4)], [0, 1, 1, 0]),
    ],
)
def test_an_article_joins_the_story_it_is_on_average_most_like_from_14_on(
    pairs: list[tuple[int, int, float]], stories: list[int]
) -> None:
    assert join_stories(links_of(*pairs)).tolist() == stories


@pytest.mark.parametrize(
    ("pairs", "begun", "ends"),
    [
        ([(0, 1, 0.3), (1, 2, 0.14)], [0, 0, 1], [0, 0, 1]),  # .07 on average to the story of 0 and 1
        ([(0, 1, 0.3), (0, 2, 0.14), (1, 2, 0.14)], [0, 0, 1], [0, 0, 0]),
        ([(0, 1, 0.3), (0, 2, 0.13), (1, 2, 0.13)], [0, 0, 1], [0, 0, 1]),
        ([(0, 1, 0.2), (1, 2, 0.2)], [0, 0, 1], [0, 0, 1]),  # as like one as the other: it stays
        ([(0, 1, 0.2), (1, 2, 0.21)], [0, 0, 1], [0, 1, 1]),
    ],
)
def test_an_article_moves_only_to_where_it_is_more_alike(
    pairs: list[tuple[int, int, float]], begun: list[int], ends: list[int]
) -> None:
    given = np.array(begun)
    assert think_again(links_of(*pairs), given).tolist() == ends
    assert given.tolist() == begun


def test_what_is_fixed_does_not_move_and_others_move_around_it() -> None:
    links = links_of((0, 1, 0.2), (1, 2, 0.5), (2, 3, 0.5), (1, 3, 0.5))
    fixed = np.array([False, False, True, False])
    assert think_again(links, np.array([0, 0, 1, 0]), fixed).tolist() == [0, 1, 1, 1]
    assert think_again(links, np.array([0, 0, 1, 0]), np.ones(4, dtype=np.bool_)).tolist() == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("within", "across", "parts"),
    [
        (0.3, 0.22, [3, 4]), (0.3, 0.23, [7]),  # three quarters of .3 are .225
        (0.4, 0.26, [3, 4]), (0.4, 0.265, [7]),  # nothing holds better than .35: three quarters are .2625
        (0.9, 0.26, [3, 4]), (0.9, 0.265, [7]),
    ],
)  # fmt: skip
def test_a_seam_is_three_quarters_of_what_holds_the_looser_part(
    within: float, across: float, parts: list[int]
) -> None:
    assert sorted(map(len, part_group(blocks([3, 4], within, across)))) == parts


def test_the_looser_part_says_where_a_seam_is() -> None:
    likeness = blocks([3, 4], 0.34, 0.23)
    likeness[:3, :3] = np.where(np.eye(3), 1, 0.3)
    assert [len(part) for part in part_group(likeness)] == [7]
    assert sorted(map(len, part_group(blocks([3, 4], 0.34, 0.23)))) == [3, 4]


def test_rounding_makes_no_article_more_than_wholly_alike() -> None:
    links = links_of((0, 1, 1.0000001), (2, 3, 0.5))
    assert rest_similarity(links, np.array([0, 0, 1, 2])).tolist() == [1.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("articles", "carried", "silent"), [(100, 50, False), (100, 51, True), (99, 99, False)]
)
def test_a_word_of_more_than_half_of_a_hundred_articles_says_nothing(
    articles: int, carried: int, silent: bool
) -> None:
    weight = Counts(articles, code_words(["pier"]), np.array([carried])).weigh(code_words(["pier"]))[0]
    assert weight == (0 if silent else pytest.approx(1 + np.log((1 + articles) / (1 + carried))))


def test_of_words_as_heavy_the_first_columns_stay() -> None:
    rows = csr_matrix([[0.5, 0.5, 0.5, 0.5], [0.0, 0.0, 3.0, 4.0]])
    kept = keep_heaviest(rows, 3).toarray()
    assert np.flatnonzero(kept[0]).tolist() == [0, 1, 2]
    assert kept[1] == pytest.approx([0, 0, 0.6, 0.8])
    assert rows.toarray()[0].tolist() == [0.5] * 4
