"""Stories by another road: counts, days, dots and firsts of the rich room taken from its frames with loops."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import cycle

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.intervals import FEWEST
from dashboard.queries.leading import _list_days, answer_leading, name_first
from dashboard.queries.stories import list_stories, share_alone
from dashboard.queries.story import leading_story
from tests.dashboard.laws.rich_room import COUNTRY, FILTERS, OUTLETS, STORIES, choose, tables, told


@pytest.fixture(params=FILTERS, scope="module")
def chosen(request: pytest.FixtureRequest) -> Filter:
    return FILTERS[request.param]


def in_stories(chosen: Filter) -> pd.DataFrame:
    rows = choose(chosen)
    return rows[rows["story"] != ""]


def test_stories_are_counted_in_the_unit_and_by_outlets(room, chosen):
    rows = in_stories(chosen)
    frame = answer_leading(room, chosen).frame.set_index("story_id")
    assert (
        frame.get("count", pd.Series(dtype=int)).to_dict()
        == rows.groupby("story")["counted"].nunique().to_dict()
    )
    assert (
        frame.get("outlets", pd.Series(dtype=int)).to_dict()
        == rows.groupby("story")["outlet"].nunique().to_dict()
    )
    assert answer_leading(room, chosen).n == rows["story"].nunique()


def test_a_line_has_a_count_for_each_day_of_the_period(room, chosen):
    rows = in_stories(chosen)
    dated = rows.dropna(subset=["day"])
    if dated.empty:
        return
    first, last = min(dated["day"]), max(dated["day"])
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    for row in answer_leading(room, chosen).frame.to_dict("records"):
        own = dated[dated["story"] == row["story_id"]]
        seen = Counter(day for day, _ in {(a, b) for a, b in zip(own["day"], own["counted"], strict=True)})
        assert row["days"] == [seen[day] for day in days]


def dot(outlet: str, rows: pd.DataFrame) -> str:
    """What the dot of an outlet must say about a story of these articles."""
    observations = tables()["observations"]
    seen = observations[
        (observations["outlet"] == outlet) & observations["status"].isin(["observed", "partial"])
    ]
    if outlet in set(rows["outlet"]):
        return "carried"
    watched = {day.date() for day in seen["day"]} & {day for day in rows["day"] if day is not None}
    return "not_carried" if watched else "not_observed"


def test_a_dot_is_empty_only_where_the_outlet_was_watched_on_a_day_of_the_story(room, chosen):
    rows = in_stories(chosen)
    wanted = [x for x in OUTLETS if not chosen.countries or COUNTRY.get(x) in chosen.countries]
    wanted = [x for x in chosen.outlets if x in wanted] if chosen.outlets else wanted
    for row in answer_leading(room, chosen).frame.to_dict("records"):
        own = rows[rows["story"] == row["story_id"]]
        assert row["carried"] == {outlet: dot(outlet, own) for outlet in wanted}


def test_the_first_is_the_outlet_whose_minute_ends_before_the_others_begin(room, chosen):
    rows = in_stories(chosen)
    for row in answer_leading(room, chosen).frame.to_dict("records"):
        own = rows[rows["story"] == row["story_id"]]
        firsts = sorted((part["at"].min(), name) for name, part in own.groupby("outlet"))
        if own["at"].isna().any():
            expected, lead = "unknown", None
        else:
            expected, lead = (
                firsts[0][1],
                (firsts[1][0] - firsts[0][0]).total_seconds() if firsts[1:] else None,
            )
        assert row["first"] == expected
        assert pd.isna(row["lead"]) if lead is None else row["lead"] == lead


@pytest.mark.parametrize(
    ("precision", "first"),
    [("second", "A"), ("minute", "A"), ("hour", "tie"), ("day", "tie"), ("month", "tie")],
)
def test_the_precision_of_a_time_decides_what_it_can_tell(precision, first):
    """Half an hour apart: a minute-exact time can tell, an hour-exact one cannot."""
    times = pd.to_datetime(["2024-06-24 07:00", "2024-06-24 07:30"])
    articles = pd.DataFrame({"outlet": ["A", "B"], "published": times, "published_precision": precision})
    assert name_first(articles)[0] == name_first(articles[::-1])[0] == first


def test_a_later_article_of_the_same_outlet_changes_nothing():
    times = pd.to_datetime(["2024-06-24 07:00:00", "2024-06-24 07:00:30", "2024-06-24 09:00:00"])
    articles = pd.DataFrame({"outlet": ["A", "A", "B"], "published": times, "published_precision": "minute"})
    assert name_first(articles) == ("A", 7200.0)


def test_who_had_the_same_time_is_no_first_and_of_three_the_second_gives_the_lead():
    times = pd.to_datetime(["2024-06-24 07:00", "2024-06-24 07:00", "2024-06-24 09:00", "2024-06-24 08:00"])
    articles = pd.DataFrame({"outlet": [*"ABCD"], "published": times, "published_precision": "second"})
    assert name_first(articles) == ("tie", None)
    assert name_first(articles[1:]) == ("B", 3600.0)
    assert name_first(articles.head(0)) == ("unknown", None)


def test_a_day_outside_of_the_days_drawn_is_in_no_line():
    """Two stories, asked for in this order, on the second and third of four days; one is told on a fifth, too."""
    day = pd.Timestamp("2024-06-25")
    held = {("b", day): 3, ("a", day + timedelta(days=1)): 2, ("a", day + timedelta(days=7)): 9}
    counts = pd.Series(held).rename_axis(["story_id", "day"])
    days = pd.date_range("2024-06-24", periods=4, freq="D")
    assert _list_days(counts, pd.Series(["b", "a"]), days).tolist() == [[0, 3, 0, 0], [0, 0, 2, 0]]


def test_the_leading_story_has_most_outlets_then_most_articles(room, chosen):
    rows = in_stories(chosen)
    ranks = [
        (
            -part["outlet"].nunique(),
            -len(part),
            -max((x.timestamp() for x in part["at"].dropna()), default=0.0),
            name,
        )
        for name, part in rows.groupby("story")
    ]
    assert leading_story(room, chosen) == (min(ranks)[-1] if ranks else "")


@pytest.mark.parametrize("fewest", [1, 2, 3])
@pytest.mark.parametrize("name", ["all", "texts", "english", "two outlets", "words"])
def test_listed_stories_have_enough_outlets(room, name, fewest):
    rows = in_stories(FILTERS[name])
    outlets = rows.groupby("story")["outlet"].nunique()
    answer = list_stories(room, FILTERS[name].narrow(fewest=fewest))
    assert set(answer.frame["story_id"]) == set(outlets[outlets >= fewest].index)
    assert answer.n == int((outlets >= fewest).sum())


def test_alone_is_judged_over_the_whole_room(room, chosen):
    whole = told()[told()["story"] != ""]
    carriers = whole.groupby("story")["outlet"].nunique()
    frame = share_alone(room, chosen).frame.set_index("outlet")
    for outlet, part in in_stories(chosen).groupby("outlet"):
        stories = set(part["story"])
        alone = [story for story in stories if carriers[story] == 1]
        several = [story for story in alone if len(STORIES[story]) > 1]
        assert frame.loc[outlet, ["stories", "alone", "long"]].tolist() == [
            len(stories),
            len(alone),
            len(several),
        ]
    assert (frame["stories"] < FEWEST).all() and frame["share"].isna().all()


@pytest.mark.parametrize(
    ("name", "order"), list(zip(FILTERS, cycle(["texts", "outlets", "latest"]), strict=False))
)
def test_fewer_stories_are_the_first_of_more_and_all_are_counted(room, name, order):
    few, many = (answer_leading(room, FILTERS[name], most=most, order=order) for most in (2, 99))
    assert few.n == many.n == len(many.frame)
    shown = ["story_id", "title", "count", "first", "outlets"]
    if many.n:
        assert few.frame[shown].equals(many.frame[shown].head(2))
        assert [sum(days) for days in few.frame["days"]] == [sum(days) for days in many.frame["days"].head(2)]
