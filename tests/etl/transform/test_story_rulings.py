"""Rulings on stories: what a block does to the stories, what a wrong one is told, and what is written down."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from etl.errors import SettingsError
from etl.schema import TABLES
from etl.transform.stories import STORIES, STORY_ARTICLES, describe_stories, group_stories
from etl.transform.stories.rulings import (
    JUDGED,
    StoryRulings,
    list_judgements,
    make_story_rulings,
    read_story_rulings,
    with_story_rulings,
    write_ruling,
)
from tests.etl.transform.retold import BUDGET, FERRY, make_tables, tell

SAVED = datetime(2026, 1, 1, tzinfo=UTC)
NEWS = tuple(
    tell(outlet, *body, title=title, published=f"2024-06-0{day}T08:00", item=title)
    for outlet, body, title, day in (
        ("A", FERRY[:4], "Ferry runs aground off island", 2),
        ("B", FERRY[1:5], "Ninety rescued from ferry", 3),
        ("C", FERRY[2:], "Ferry aground: rudder failed twice", 4),
        ("A", BUDGET[:3], "Parliament adopts budget", 2),
        ("B", BUDGET[1:], "Budget: more for schools", 3),
    )
)
IDS = tuple(article.article_id for article in NEWS)
LATER = tell("D", *FERRY[1:5], title="Ferry: the rescue in pictures", published="2024-06-05T08:00")


def rule(**blocks: list[dict[str, object]]) -> StoryRulings:
    return make_story_rulings(blocks, "stories.toml", SAVED)


def stories_of(rulings: StoryRulings, *more: object) -> dict[str, str]:
    """The story of each article, by id."""
    found = group_stories(*make_tables(*NEWS, *more), rulings)  # type: ignore[arg-type]
    return TABLES["story_articles"].conform(found).set_index("article_id")["story_id"].to_dict()


def sizes_of(rulings: StoryRulings, *more: object) -> list[int]:
    return sorted(pd.Series(stories_of(rulings, *more)).value_counts().tolist())


def test_without_rulings_stories_are_as_they_were_found() -> None:
    assert sizes_of(rule()) == [2, 3]
    assert stories_of(rule()) == stories_of(rule(merge=[{"articles": ["unknown", "gone"]}]))


def test_merged_stories_are_one_under_the_name_of_the_earlier() -> None:
    merged = stories_of(rule(merge=[{"articles": [IDS[4], IDS[1]]}]))
    first = min(IDS[0], IDS[3])  # both came out in the same minute
    assert set(merged.values()) == {stories_of(rule())[first]}


def test_merges_that_share_a_story_join_all_of_them() -> None:
    alone = tell(
        "E", "Rain fell over Bergen for eleven days in a row.", title="Rain", published="2024-06-04T08:00"
    )
    pairs = [{"articles": [IDS[0], alone.article_id]}, {"articles": [alone.article_id, IDS[3]]}]
    assert sizes_of(rule(), alone) == [1, 2, 3]
    assert sizes_of(rule(merge=pairs), alone) == [6]


def test_a_later_article_follows_a_merged_story() -> None:
    merged = stories_of(rule(merge=[{"articles": [IDS[4], IDS[1]]}]), LATER)
    assert len(set(merged.values())) == 1


def test_split_articles_are_a_story_of_their_own_and_nobody_follows() -> None:
    split = stories_of(rule(split=[{"articles": [IDS[1]]}]), LATER)
    assert split[IDS[1]] != split[IDS[0]] == split[IDS[2]] == split[LATER.article_id]


def test_what_a_split_does_not_name_joins_what_it_is_most_like() -> None:
    split = stories_of(rule(split=[{"articles": [IDS[1]], "apart_from": [IDS[0], IDS[2]]}]), LATER)
    assert split[IDS[1]] != split[IDS[0]] == split[IDS[2]]
    assert split[LATER.article_id] == split[IDS[1]]  # it retells the very sentences that were split off


def test_a_pinned_story_stays_together_whatever_is_alike() -> None:
    assert sizes_of(rule(pin=[{"articles": [IDS[0], IDS[4]]}])) in ([2, 3], [1, 2, 2], [1, 4], [5])
    pinned = stories_of(rule(pin=[{"articles": [IDS[0], IDS[4]]}]))
    assert pinned[IDS[0]] == pinned[IDS[4]]


def test_an_article_may_be_split_off_and_merged_elsewhere() -> None:
    ruled = stories_of(rule(split=[{"articles": [IDS[1]]}], merge=[{"articles": [IDS[3], IDS[1]]}]))
    assert ruled[IDS[1]] == ruled[IDS[3]] == ruled[IDS[4]] != ruled[IDS[0]]


def test_a_renamed_story_has_its_title_and_the_others_theirs() -> None:
    articles, texts = make_tables(*NEWS)
    renames = [{"articles": [IDS[2]], "title": title} for title in ("First", "The grounding")]
    members = group_stories(articles, texts)
    titles = describe_stories(articles, members, rulings=rule(rename=renames))["title"].tolist()
    assert "The grounding" in titles and "First" not in titles
    assert any("udget" in title for title in titles)


def test_judgements_tell_each_article_of_a_ruling_that_is_there() -> None:
    rulings = rule(
        merge=[{"articles": [IDS[0], "gone"], "person": "Ada", "made": "2026-02-01T09:00:00+01:00"}],
        rename=[{"articles": [IDS[3]], "title": "Money"}],
    )
    told = TABLES["judgements"].conform(list_judgements(make_tables(*NEWS)[0], rulings)).set_index("task")
    assert told["article_id"].to_dict() == {"story merge": IDS[0], "story rename": IDS[3]}
    assert told["label"]["story rename"] == "Money"
    assert told["person"].to_dict() == {"story merge": "Ada", "story rename": ""}
    assert [str(time)[:16] for time in told.loc[["story merge", "story rename"], "made"]] == [
        "2026-02-01 08:00", "2026-01-01 00:00",
    ]  # fmt: skip


def test_features_are_bound_only_where_something_is_decided() -> None:
    features = (STORY_ARTICLES, STORIES, JUDGED)
    assert with_story_rulings(features, rule()) == features
    bound = with_story_rulings(features, rule(merge=[{"articles": [IDS[0], IDS[3]]}]))
    assert set(bound[0].compute(*make_tables(*NEWS))["story_id"]) == {stories_of(rule())[min(IDS[0], IDS[3])]}
    assert len(bound[2].compute(make_tables(*NEWS)[0])) == 2


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        ({"join": []}, "join is unknown"),
        ({"merge": {"articles": []}}, "merge is unknown"),
        ({"merge": ["a"]}, "is no block"),
        ({"merge": [{"articles": ["a"]}]}, "with 1 articles"),
        ({"split": [{"articles": "a"}]}, "cannot use articles"),
        ({"split": [{"article": ["a"]}]}, "cannot use article"),
        ({"pin": [{"articles": ["a"], "title": "T"}]}, "title 'T'"),
        ({"rename": [{"articles": ["a"], "title": " "}]}, "title ' '"),
        ({"pin": [{"articles": ["a"], "made": "yesterday"}]}, "yesterday"),
    ],
)
def test_a_wrong_block_is_named(blocks: dict[str, object], told: str) -> None:
    with pytest.raises(SettingsError, match=r"stories\.toml") as refused:
        make_story_rulings(blocks, "stories.toml", SAVED)
    assert told in str(refused.value)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    file = tmp_path / "new" / "stories.toml"
    assert read_story_rulings(file) == StoryRulings()
    write_ruling(file, "rename", ["a1"], note="was: “Old”\n[[split]]", title='The "new" name – ü')
    write_ruling(file, "merge", ["a1", "b2"], note="two")
    merge, rename = read_story_rulings(file).blocks
    assert (merge.kind, merge.articles) == ("merge", ("a1", "b2"))
    assert (rename.title, rename.articles) == ('The "new" name – ü', ("a1",))
    assert abs((rename.made - datetime.now(UTC)).total_seconds()) < 60


def test_a_file_that_is_not_in_order_is_not_written_to(tmp_path: Path) -> None:
    file = tmp_path / "stories.toml"
    file.write_text("[[merge", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"stories\.toml"):
        write_ruling(file, "pin", ["a"], note="")
    assert file.read_text(encoding="utf-8") == "[[merge"


def test_who_and_when_does_not_make_rulings_other_ones() -> None:
    one, other = (rule(pin=[{"articles": ["a"], "person": person}]) for person in ("Ada", "Ben"))
    assert one != other
    assert one.describe() == other.describe() != rule(split=[{"articles": ["a"]}]).describe()
