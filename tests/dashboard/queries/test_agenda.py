"""Agenda: counts against the frames of the rich room, two invented agendas by hand, churn of weeks made by rule."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.agenda import CHURN
from dashboard.filters import Filter
from dashboard.queries.agenda import Subject, compare_stories, measure_churn, rank_items
from dashboard.queries.overlap import PERSISTENCE
from dashboard.theme import LIGHT
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.dashboard.laws.rich_room import FILTERS, choose, choose_rows

NAMES: dict[Subject, str] = {
    "stories": "SELECT story AS number, name FROM story_names",
    "actors": "SELECT actor AS number, actor_id AS name FROM actor_keys",
}
TOP = ("a", "b", *(f"rest{n}" for n in range(9)))


def write(outlet: str, story: str, copy: int, day: int = 24) -> tuple[str, str]:
    article = make_article(outlet=outlet, item=f"{story}{copy}{day}", published=f"2024-06-{day:02}T08:00")
    made.append(article)
    return story, article.article_id


made = []  # type: ignore[var-annotated]  # the articles that `write` made, in order
HELD = [write("Post", "a", n) for n in range(3)] + [write("Post", "b", n) for n in range(2)]
HELD += [write("Wire", "b", n) for n in range(3)] + [write("Wire", "a", n) for n in range(2)]
HELD += [write(outlet, story, 0) for outlet in ("Post", "Wire") for story in TOP[2:]]
HELD += [write("Sun", "a", 0)]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Post and Wire have the same eleven stories, the first two the other way round; Sun has one."""
    rows = ({"article_id": article, "story_id": story} for story, article in HELD)
    return make_store(
        tmp_path_factory.mktemp("agenda"),
        **make_article_rows(*made),
        story_articles=make_rows("story_articles", *rows),
    ).snapshot()


def test_two_agendas_by_hand(papers: Snapshot) -> None:
    """Depth 1: nothing in common; depth 2: both; depth 3 and on: all, for the rest shares a place."""
    frame = compare_stories(papers, Filter()).frame.set_index(["outlet", "other"])
    assert frame.loc[("Post", "Wire"), "overlap"] == pytest.approx(PERSISTENCE)
    assert frame.loc[("Wire", "Post"), "overlap"] == pytest.approx(PERSISTENCE)
    assert frame["overlap"].isna().sum() == 4 and frame.loc[("Sun", "Post"), ["n", "other_n"]].tolist() == [
        1,
        11,
    ]


def test_below_ten_ranked_nothing_is_compared(papers: Snapshot) -> None:
    answer = compare_stories(papers, Filter(outlets=("Post", "Sun")))
    assert answer.empty and answer.n == 11
    assert answer.verdict == "No two outlets rank enough to be compared."


def test_one_outlet_alone_has_nobody_to_agree_with(papers: Snapshot) -> None:
    assert compare_stories(papers, Filter(outlets=("Post",))).empty


@pytest.mark.parametrize("subject", ["stories", "actors"])
@pytest.mark.parametrize("name", ["all", "texts", "families", "quoted voice", "german country", "from"])
def test_what_is_ranked_is_counted_as_in_the_frames(room: Snapshot, subject: Subject, name: str) -> None:
    chosen = FILTERS[name]
    rows = choose(chosen) if subject == "stories" else choose_rows("mentions", chosen)
    item = "story" if subject == "stories" else "actor_id"
    known = rows[rows[item] != ""].assign(
        cluster=lambda part: part["story"].where(part["story"] != "", part["article_id"])
    )
    told = rank_items(room, chosen, subject, "outlet")
    names = room.sql(NAMES[subject]).set_index("number")["name"]
    told = told.assign(item=told["item"].map(names))
    by_hand = known.groupby(["outlet", item, "cluster"])["counted"].nunique().groupby(level=[0, 1]).sum()
    assert told.groupby(["ranking", "item"])["count"].sum().to_dict() == by_hand.to_dict()


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Five stories twice a week for two weeks, five others in the third, nothing in the fourth, then a few texts."""
    held = []
    made.clear()
    for day, stories in ((1, "abcde"), (8, "abcde"), (15, "vwxyz"), (29, "vw")):
        held += [write("Post", story, copy, day) for story in stories for copy in (0, 1)]
    return make_store(
        tmp_path_factory.mktemp("churn"),
        **make_article_rows(*made),
        story_articles=make_rows("story_articles", *({"article_id": a, "story_id": s} for s, a in held)),
    ).snapshot()


def test_churn_is_nothing_where_nothing_changes_and_one_where_all_does(weeks: Snapshot) -> None:
    frame = measure_churn(weeks, Filter()).frame
    stories = frame[frame["subject"] == "stories"]
    assert stories["churn"].fillna(-1).tolist() == pytest.approx([-1, 0, 1, -1, -1])
    assert stories["texts"].tolist() == [10, 10, 10, 0, 4]


def test_periods_are_weeks_of_which_the_last_may_be_cut_off(weeks: Snapshot) -> None:
    frame = measure_churn(weeks, Filter()).frame
    first, last = (frame[edge].head(5).dt.day.tolist() for edge in ("first", "last"))
    assert first == [1, 8, 15, 22, 29] and last == [7, 14, 21, 28, 29]


def test_without_two_periods_to_compare_nothing_is_drawn(weeks: Snapshot) -> None:
    later = pd.Timestamp("2024-06-15").date()
    assert measure_churn(weeks, Filter(start=later)).empty
    assert measure_churn(weeks, Filter(end=pd.Timestamp("2024-06-07").date())).n == 0


def test_a_line_breaks_where_two_periods_cannot_be_compared(weeks: Snapshot) -> None:
    figure = CHURN.draw(measure_churn(weeks, Filter()), LIGHT)
    stories = figure.data[0]  # type: ignore[union-attr]
    assert not stories.connectgaps and pd.isna(stories.y).tolist() == [True, False, False, True, True]
