"""Stories: the list obeys its controls; alone is alone in the whole store; against pandas."""

import pytest

from dashboard.filters import Filter
from dashboard.queries.stories import MOST_POINTS, list_stories, share_alone
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

TOLD = {
    "both": (("Post", "2024-06-01"), ("Kontinent", "2024-06-02"), ("Post", "2024-06-03")),
    "post": (("Post", "2024-06-04"), ("Post", "2024-06-05")),
    "late": (("Kontinent", "2024-09-30"),),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Snapshot:
    """Three stories: one of both outlets, one of the Post alone in two articles, one of Kontinent alone."""
    pairs = [
        (story, make_article(outlet=outlet, item=f"{story}{n}", title=story, published=f"{day}T08:00"))
        for story, articles in TOLD.items()
        for n, (outlet, day) in enumerate(articles)
    ]
    return make_store(
        tmp_path_factory.mktemp("stories"),
        **make_article_rows(*(article for _, article in pairs)),
        stories=make_rows("stories", *({"story_id": x, "articles": 1, "outlets": 1} for x in TOLD)),
        story_articles=make_rows(
            "story_articles", *({"article_id": a.article_id, "story_id": story} for story, a in pairs)
        ),
    ).snapshot()


@pytest.mark.parametrize(("fewest", "found"), [(1, {"both", "post", "late"}), (2, {"both"}), (3, set())])
def test_a_story_has_enough_outlets(told: Snapshot, fewest: int, found: set[str]) -> None:
    answer = list_stories(told, Filter(fewest=fewest))
    assert set(answer.frame["story_id"]) == found
    assert answer.n == len(found)


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("outlets", ["both", "post", "late"]),
        ("texts", ["both", "post", "late"]),
        ("latest", ["late", "post", "both"]),
    ],
)
def test_stories_come_in_the_order_asked_for(told: Snapshot, order: str, ids: list[str]) -> None:
    frame = list_stories(told, Filter(fewest=1).narrow(order=order)).frame
    assert frame["story_id"].tolist() == ids


def test_long_periods_are_summed_to_the_same_total(told: Snapshot) -> None:
    answer = list_stories(told, Filter(fewest=1))
    days = answer.frame.set_index("story_id")["days"]
    assert {story: sum(counts) for story, counts in days.items()} == {"both": 3, "post": 2, "late": 1}
    assert max(map(len, days)) <= MOST_POINTS
    assert "a point of the line is 3 days" in answer.note


def test_alone_is_counted_by_outlet(told: Snapshot) -> None:
    frame = share_alone(told, Filter()).frame.set_index("outlet")
    assert frame.loc["Post", ["stories", "alone", "long"]].tolist() == [2, 1, 1]
    assert frame.loc["Kontinent", ["stories", "alone", "long"]].tolist() == [2, 1, 0]


def test_a_filter_of_outlets_makes_nobody_alone(told: Snapshot) -> None:
    assert share_alone(told, Filter(outlets=("Post",))).n == 1


def test_a_share_of_few_stories_is_blank(told: Snapshot) -> None:
    assert share_alone(told, Filter()).frame["share"].isna().all()
