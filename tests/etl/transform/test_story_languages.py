"""Stories of several languages that share names, numbers and days are one; where that is not clear, they are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.article import Article, Published
from etl.schema import TABLES
from etl.transform.stories import group_stories
from etl.transform.stories.languages import _choose_stories, _follow, _rank_languages, join_languages
from etl.transform.stories.rulings import UNRULED, StoryRuling, StoryRulings
from tests.etl.transform.retold import make_tables, tell

DAY = datetime(2024, 6, 11, tzinfo=UTC)
STRIKE = (
    "Dockers in Varnmouth stopped work on Tuesday, and 40 lorries with peppers from Oliva are waiting.",
    "Maureen Tolley said that 900 members of the union will not return before the pier is safe.",
)
HUELGA = (
    "Los estibadores de Varnmouth pararon el martes y 40 camiones con pimientos de Oliva esperan.",
    "Según Maureen Tolley, los 900 afiliados del sindicato no volverán antes de que el muelle sea seguro.",
)
STREIK = (
    "In Varnmouth ruht die Arbeit, und 40 Lastwagen aus Oliva warten, so Maureen Tolley: 900 bleiben fern.",
)
VOTE = (
    "Parliament in Karlsund passed the fisheries bill by 61 votes to 58 late on Monday.",
    "Minister Astrid Nyland called the 12 amendments of the Liberal Union a gift to trawlers.",
)


def told(
    outlet: str, body: tuple[str, ...], language: str, *, days: float = 0, dated: bool = True
) -> Article:
    """An article of this language, so many days after the strike began."""
    when = Published(at=DAY + timedelta(days=days), precision="second", origin="metadata")
    return tell(outlet, *body, title=f"{outlet} {days:g}", language=language,
                published=when if dated else Published())  # fmt: skip


ENGLISH = (
    told("Post", STRIKE, "en"),
    told("Wire", STRIKE[::-1], "en", days=1),
    told("Post", VOTE, "en", days=1),
)


def stories_of(*articles: Article, rulings: StoryRulings = UNRULED) -> dict[str, str]:
    found = TABLES["story_articles"].conform(group_stories(*make_tables(*articles), rulings))
    return dict(zip(found["article_id"], found["story_id"], strict=True))


def joins(article: Article, *others: Article, rulings: StoryRulings = UNRULED) -> list[bool]:
    """For each of the others whether the article stands in one story with it."""
    stories = stories_of(article, *others, rulings=rulings)
    return [stories[article.article_id] == stories[other.article_id] for other in others]


def choose(*pairs: tuple[int, int, float, float], stories: str, rank: str) -> dict[str, str]:
    """The leads from pairs (row, column, value, shared); stories and ranks are one letter an article."""
    frame = pd.DataFrame(pairs, columns=["row", "column", "value", "shared"])
    named = pd.Series(list(stories)).to_numpy()
    return _choose_stories(frame, named, pd.Series(list(rank)).astype("int64").to_numpy())


def test_an_article_of_another_language_joins_the_story_that_shares_its_names_and_numbers() -> None:
    assert joins(told("Ribera", HUELGA, "es", days=0.5), *ENGLISH) == [True, True, False]


def test_the_joined_story_keeps_the_name_of_the_larger_language_whatever_came_first() -> None:
    early = told("Ribera", HUELGA, "es", days=-1)
    assert stories_of(early, *ENGLISH)[early.article_id] == stories_of(*ENGLISH)[ENGLISH[0].article_id]


def test_three_languages_are_one_story() -> None:
    assert joins(told("Ribera", HUELGA, "es"), *ENGLISH[:2], told("Blatt", STREIK, "de")) == [
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(("days", "joined"), [(3.9, True), (-3.9, True), (5.1, False), (-4.1, False)])
def test_only_articles_within_four_days_are_held_against_each_other(days: float, joined: bool) -> None:
    """The English articles are of day 0 and 1."""
    assert joins(told("Ribera", HUELGA, "es", days=days), *ENGLISH) == [joined, joined, False]


def test_an_article_without_a_time_stays_apart() -> None:
    assert not any(joins(told("Ribera", HUELGA, "es", dated=False), *ENGLISH))


def test_three_names_are_too_few() -> None:
    short = ("En Varnmouth esperan los camiones de Oliva, dijo Tolley.",)
    assert not any(joins(told("Ribera", short, "es"), *ENGLISH))
    longer = ("En Varnmouth esperan 40 camiones de Oliva, dijo Tolley.",)
    assert any(joins(told("Ribera", longer, "es"), *ENGLISH))


def test_one_language_alone_is_left_as_it_is() -> None:
    articles = make_tables(*ENGLISH)[0].assign(story_id=["a", "b", "c"])
    assert join_languages(articles, None, UNRULED).tolist() == ["a", "b", "c"]  # type: ignore[arg-type]  # no words are read


def test_what_a_person_parted_is_not_joined_again() -> None:
    spanish = told("Ribera", HUELGA, "es")
    rest = tuple(article.article_id for article in ENGLISH[:2])
    for articles, apart in (
        ((spanish.article_id,), rest),
        (rest, (spanish.article_id,)),
        ((spanish.article_id,), ()),
    ):
        parted = StoryRuling(kind="split", articles=articles, apart_from=apart, made=DAY)
        assert not any(joins(spanish, *ENGLISH, rulings=StoryRulings((parted,))))
    other = StoryRuling(
        kind="split", articles=(spanish.article_id,), apart_from=(ENGLISH[2].article_id,), made=DAY
    )
    assert joins(spanish, *ENGLISH, rulings=StoryRulings((other,))) == [True, True, False]


def test_of_two_look_alikes_the_one_that_is_a_quarter_more_alike_is_taken_and_else_none() -> None:
    assert choose((2, 0, 0.25, 4), (2, 1, 0.20, 9), stories="abx", rank="001") == {"x": "a"}
    assert choose((2, 0, 0.24, 4), (2, 1, 0.20, 9), stories="abx", rank="001") == {}


def test_two_articles_of_one_story_do_not_rival_each_other() -> None:
    assert choose((2, 0, 0.25, 4), (2, 1, 0.25, 5), stories="aax", rank="001") == {"x": "a"}


def test_a_rival_in_a_third_language_is_no_rival_and_the_larger_language_is_taken() -> None:
    assert choose((2, 0, 0.20, 4), (2, 1, 0.30, 4), stories="abx", rank="012") == {"x": "a"}


def test_the_best_pair_of_articles_decides_for_a_story() -> None:
    pairs = ((2, 0, 0.10, 4), (3, 0, 0.30, 4), (2, 1, 0.20, 4))
    assert choose(*pairs, stories="abxx", rank="0011") == {"x": "a"}


@pytest.mark.parametrize(("value", "shared", "found"), [(0.09, 4, {"x": "a"}), (0.089, 9, {}), (0.5, 3, {})])
def test_it_takes_likeness_and_four_names(value: float, shared: int, found: dict[str, str]) -> None:
    assert choose((1, 0, value, shared), stories="ax", rank="01") == found


def test_languages_rank_by_articles_and_then_by_name() -> None:
    assert _rank_languages(pd.Series(["es", "en", "de", "en", "es", "uk"])).tolist() == [1, 0, 2, 0, 1, 3]


def test_a_story_follows_to_the_end_of_the_way() -> None:
    assert [_follow(story, {"x": "y", "y": "a"}) for story in "xyab"] == ["a", "a", "a", "b"]


@settings(max_examples=6, deadline=None)
@given(st.permutations([*ENGLISH, told("Ribera", HUELGA, "es"), told("Blatt", STREIK, "de", days=2)]))
def test_the_order_in_which_articles_come_does_not_matter(articles: list[Article]) -> None:
    assert stories_of(*articles) == stories_of(*articles[::-1])
    assert len(set(stories_of(*articles).values())) == 2
