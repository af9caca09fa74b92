from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.article import Article, Published, content_id
from etl.schema import TABLES
from etl.transform.stories import describe_stories, group_stories, order_articles
from etl.transform.titles import choose_headlines
from tests.etl.transform.retold import BUDGET, FERRY, SEEDS, make_tables, read_seeds, tell

UKRAINIAN = (
    "Пором із дев’яноста пасажирами сів на мілину біля північного острова.",
    "Рятувальники з трьох сіл доправили всіх на берег до полудня.",
)


def day(number: int) -> Published:
    return Published(at=datetime(2024, 6, number, tzinfo=UTC), precision="day", origin="metadata")


NEWS = (
    tell("A", *FERRY[:4], title="Ferry runs aground off island", published=day(2)),
    tell("B", *FERRY[1:5], title="Ninety rescued from ferry", published=day(3)),
    tell("C", *FERRY[2:], title="Ferry aground: rudder failed twice", published=Published()),
    tell("A", *BUDGET[:3], title="Parliament adopts budget", published=day(2)),
    tell("B", *BUDGET[1:], title="Budget: more for schools", published=day(2)),
)


def stories_of(*articles: Article) -> pd.DataFrame:
    return TABLES["story_articles"].conform(group_stories(*make_tables(*articles)))


def groups_of(*articles: Article) -> set[frozenset[str]]:
    found = stories_of(*articles)
    return {frozenset(part["article_id"]) for _, part in found.groupby("story_id")}


def ids(*articles: Article) -> frozenset[str]:
    return frozenset(article.article_id for article in articles)


def test_two_happenings_are_two_stories() -> None:
    assert groups_of(*NEWS) == {ids(*NEWS[:3]), ids(*NEWS[3:])}


def test_a_story_is_named_after_its_first_article() -> None:
    found = stories_of(*NEWS).set_index("article_id")
    assert found.loc[NEWS[1].article_id, "story_id"] == content_id("story", NEWS[0].article_id)
    assert found.loc[NEWS[0].article_id, "similarity"] == 1


def test_languages_are_kept_apart() -> None:
    told = tell("D", *UKRAINIAN, title="Пором на мілині", language="uk")
    again = tell("E", *UKRAINIAN, title="Пором сів на мілину", language="uk")
    assert groups_of(NEWS[0], told, again) == {ids(NEWS[0]), ids(told, again)}


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    empty = tell("D", "…", title="")
    assert ids(empty) in groups_of(*NEWS, empty)


def test_likeness_fades_with_the_days() -> None:
    late = tell("D", *FERRY[:4], title="Ferry runs aground off island", published=day(30))
    near = stories_of(NEWS[0], NEWS[1])["similarity"].min()
    far = stories_of(NEWS[0], tell("D", *FERRY[1:5], title=NEWS[1].title, published=day(30)))[
        "similarity"
    ].min()
    assert far < near
    assert groups_of(NEWS[0], late) == {ids(NEWS[0], late)}


def test_those_without_a_time_come_last() -> None:
    assert order_articles(make_tables(*NEWS)[0])["article_id"].iloc[-1] == NEWS[2].article_id


@settings(max_examples=20, deadline=None)
@given(st.permutations(NEWS))
def test_the_order_of_articles_does_not_matter(articles: list[Article]) -> None:
    pd.testing.assert_frame_equal(stories_of(*articles), stories_of(*NEWS))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(NEWS), unique_by=lambda article: article.article_id))
def test_every_article_has_one_story_and_every_story_its_numbers(articles: list[Article]) -> None:
    known, texts = make_tables(*articles)
    members = TABLES["story_articles"].conform(group_stories(known, texts))
    stories = TABLES["stories"].conform(describe_stories(known, members))
    assert set(members["article_id"]) == set(known["article_id"])
    assert set(members["story_id"]) == set(stories["story_id"])
    assert stories["articles"].sum() == len(articles)


def test_a_story_is_described_by_period_and_size() -> None:
    known, texts = make_tables(*NEWS)
    stories = describe_stories(known, group_stories(known, texts)).set_index("story_id")
    ferry = stories.loc[content_id("story", NEWS[0].article_id)]
    assert (ferry["articles"], ferry["outlets"]) == (3, 3)
    assert ferry["first"] == day(2).at
    assert ferry["last"] == day(3).at
    assert "erry" in ferry["title"]


def test_the_headline_most_like_the_others_stands_for_the_story() -> None:
    titles = ["Storm over coast", "Storm hits coast, ships sink", "Ships sink in storm", ""]
    members = pd.DataFrame({"story_id": "s", "language": "en", "title": titles})
    assert choose_headlines(members).to_dict() == {"s": "Storm hits coast, ships sink"}


def test_a_story_without_headlines_has_an_empty_title() -> None:
    members = pd.DataFrame({"story_id": ["s"], "language": ["en"], "title": [""]})
    assert choose_headlines(members).to_dict() == {"s": ""}


@pytest.mark.skipif(not SEEDS.exists(), reason="the reference articles are not on this machine")
def test_the_reference_articles_are_one_story() -> None:
    seeds = read_seeds()
    assert groups_of(*seeds, *NEWS) == {ids(*seeds), ids(*NEWS[:3]), ids(*NEWS[3:])}
