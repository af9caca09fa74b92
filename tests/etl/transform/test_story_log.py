"""What became of stories between two versions, by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.stories.log import lead_on, trace_stories


def table(stories: dict[str, str]) -> pd.DataFrame:
    """The table of stories given as letters of articles by story: {"s": "abc"}."""
    rows = [(article, story) for story, articles in stories.items() for article in articles]
    return pd.DataFrame(rows, columns=["article_id", "story_id"], dtype="str")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"s": "ab"}, {"s": "abc"}, []),
        ({"s": "ab"}, {"t": "abc"}, [("s", "renamed", "t", 2)]),
        ({"s": "ab", "t": "c"}, {"s": "abc"}, [("t", "merged", "s", 1)]),
        ({"s": "ab", "t": "c"}, {"u": "abc"}, [("s", "merged", "u", 2), ("t", "merged", "u", 1)]),
        ({"s": "abc"}, {"s": "a", "t": "bc"}, [("s", "split", "t", 2)]),
        ({"s": "ab", "t": "c"}, {"s": "a", "t": "bc"}, [("s", "split", "t", 1)]),
        ({"s": "ab"}, {"t": "c"}, []),
        ({}, {"s": "a"}, []),
    ],
    ids=["grown", "renamed", "merged", "both merged", "split", "moved", "gone", "new"],
)
def test_each_story_is_followed(before: dict[str, str], after: dict[str, str], told: list[object]) -> None:
    traced = trace_stories(table(before), table(after))
    assert list(traced.itertuples(index=False, name=None)) == told


@given(st.lists(st.sampled_from("stu"), max_size=8), st.lists(st.sampled_from("stu"), max_size=8))
def test_nothing_became_of_stories_that_stayed_and_no_article_moves_twice(
    old: list[str], new: list[str]
) -> None:
    before, after = (
        pd.DataFrame({"article_id": list("abcdefgh")[: len(names)], "story_id": names}, dtype="str")
        for names in (old, new)
    )
    assert trace_stories(before, before).empty
    assert trace_stories(before, after)["articles"].sum() <= min(len(old), len(new))


def rows(**merged: str | None) -> pd.DataFrame:
    """The table of stories: each name with the story that took it over, or none."""
    titled = [(name, f"Title of {name}", into) for name, into in merged.items()]
    return pd.DataFrame(titled, columns=["story_id", "title", "merged_into"]).astype("object")


@pytest.mark.parametrize(
    ("before", "was", "after", "led"),
    [
        ({"s": None}, {"s": "ab"}, {"s": "abc"}, {}),
        ({"s": None}, {"s": "ab"}, {"t": "abc"}, {"s": "t"}),
        ({"s": None, "t": None}, {"s": "ab", "t": "c"}, {"s": "abc"}, {"t": "s"}),
        ({"s": None}, {"s": "abc"}, {"t": "a", "u": "bc"}, {"s": "u"}),
        ({"s": None}, {"s": "ab"}, {"u": "a", "t": "b"}, {"s": "t"}),
        ({"s": None}, {"s": "ab"}, {"t": "c"}, {}),
        ({"s": "t", "t": None}, {"t": "ab"}, {"t": "ab"}, {"s": "t"}),
        ({"s": "t", "t": None}, {"t": "ab"}, {"u": "ab"}, {"s": "u", "t": "u"}),
        ({"s": "t", "t": None}, {"t": "ab"}, {"s": "ab"}, {"t": "s"}),
        ({"s": "t", "t": None}, {"t": "ab"}, {"u": "c"}, {}),
    ],
    ids=[
        "grown",
        "renamed",
        "merged",
        "most",
        "tie",
        "lost",
        "still",
        "on and on",
        "back again",
        "both lost",
    ],
)
def test_a_name_that_is_gone_leads_to_where_most_of_its_articles_are(
    before: dict[str, str | None], was: dict[str, str], after: dict[str, str], led: dict[str, str]
) -> None:
    found = lead_on(rows(**before), table(was), table(after))
    assert dict(zip(found["story_id"], found["merged_into"], strict=True)) == led
    assert found["title"].tolist() == [f"Title of {name}" for name in found["story_id"]]
