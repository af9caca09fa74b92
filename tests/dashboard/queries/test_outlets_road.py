"""Profile, rhythm, delays and stories alone, outlet by outlet, against the same numbers taken from the frames."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.delays import time_pairs
from dashboard.queries.profile import profile_outlets
from dashboard.queries.rhythm import clock_outlets
from dashboard.queries.selection import select_articles
from dashboard.queries.stories import share_alone
from etl.store import Snapshot
from tests.dashboard.laws.rich_room import FIRST, STORIES, choose, tables, told

MINUTE = 1 / 60
CHOSEN = {
    "texts": Filter(unit="texts"),
    "families of a period": Filter(
        start=date(2024, 6, 5), end=date(2024, 6, 14), countries=("GBR", "DEU"), unit="families"
    ),
    "words in a language": Filter(words="storm", languages=("en",), unit="texts"),
    "two actors": Filter(actor="a0", beside="a1"),
}


def pick(chosen: Filter) -> pd.DataFrame:
    """The chosen articles, those that name both actors where two are asked for."""
    rows, mentions = choose(chosen), tables()["mentions"]
    both = mentions.loc[mentions["actor_id"] == chosen.beside, "article_id"]
    return rows[rows["article_id"].isin(both)] if chosen.beside else rows


@pytest.fixture(params=CHOSEN.values(), ids=CHOSEN)
def chosen(request: pytest.FixtureRequest) -> Filter:
    return request.param


def test_a_second_actor_leaves_the_articles_that_name_both(room: Snapshot) -> None:
    both = CHOSEN["two actors"]
    found = select_articles(room, both, "SELECT article_id FROM chosen")["article_id"]
    assert set(found) == set(pick(both)["article_id"])
    assert 0 < len(found) < len(choose(Filter(actor="a0")))


def test_an_outlets_profile_counts_the_chosen_articles(room: Snapshot, chosen: Filter) -> None:
    """Whatever the unit, articles: a revision is of one article."""
    rows, frame = pick(chosen), profile_outlets(room, chosen).frame.set_index("outlet")
    for outlet, own in rows.groupby("outlet"):
        languages = sorted(Counter(own["language"]).items(), key=lambda pair: (-pair[1], pair[0]))
        assert frame.loc[outlet, ["articles", "undated"]].tolist() == [len(own), own["day"].isna().sum()]
        assert frame.loc[outlet, "minute"] == own["day"].notna().sum()
        assert frame.loc[outlet, "languages"] == ", ".join(f"{name} {n}" for name, n in languages)
    assert profile_outlets(room, chosen).n == len(rows) and set(frame.index) == set(rows["outlet"])


def test_gaps_are_days_of_the_period_on_which_the_outlet_was_not_seen(room: Snapshot) -> None:
    """Both were seen on twenty-two days but the twenty-first; Beacon was never looked at."""
    june = Filter(start=FIRST.date(), end=FIRST.date() + timedelta(days=24))
    frame = profile_outlets(room, june).frame.set_index("outlet")
    assert frame.loc["Anchor", ["observed", "partial", "gaps", "longest"]].tolist() == [21, 0, 4, 3]
    assert frame.loc["Beacon", ["observed", "gaps"]].isna().all()


def test_hours_are_those_of_the_first_copy_on_the_outlets_clock(room: Snapshot, chosen: Filter) -> None:
    """London has summer time; Echo, which no configuration knows, is told in UTC."""
    rows = pick(chosen).dropna(subset="at").groupby(["outlet", "counted"])["at"].min().reset_index()
    answer = clock_outlets(room, chosen)
    for row in answer.frame.to_dict("records"):
        zone = ZoneInfo("UTC" if row["outlet"] == "Echo" else "Europe/London")
        walls = [at.astimezone(zone) for at in rows.loc[rows["outlet"] == row["outlet"], "at"]]
        hours = Counter(24 * wall.weekday() + wall.hour for wall in walls)
        assert {at: n for at, n in enumerate(row["hours"]) if n} == hours
    every = pick(chosen).groupby("outlet")["counted"].nunique()
    assert answer.n == len(rows) and answer.note.startswith(f"{every.sum() - len(rows)} more")


def test_alone_is_who_tells_a_chosen_story_that_nobody_else_tells(room: Snapshot, chosen: Filter) -> None:
    everyone = told()[told()["story"] != ""].groupby("story")["outlet"].agg(set)
    rows = pick(chosen)
    carried = rows[rows["story"] != ""].groupby("outlet")["story"].agg(set)
    expected = {
        outlet: (len(stories), sum(everyone[story] == {outlet} for story in stories))
        for outlet, stories in carried.items()
    }
    frame = share_alone(room, chosen).frame
    shown = {row.outlet: (row.stories, row.alone) for row in frame.itertuples()}
    assert shown == expected


def span_of(story: str) -> dict[str, tuple[float, float]]:
    """Hours since 1970 that the first article of each outlet may mean; all times are known to the minute."""
    rows = told()[told()["number"].isin(STORIES[story])]
    starts = rows.groupby("outlet")["at"].min()
    hours = {str(outlet): at.timestamp() / 3600 for outlet, at in starts.items()}
    return {outlet: (hour, hour + MINUTE) for outlet, hour in hours.items()}


def test_delays_are_the_least_and_the_most_that_the_times_allow(room: Snapshot) -> None:
    """Every choice of a moment at either edge of each time is tried; who copied whom is unknown here."""
    told = time_pairs(room, Filter(unit="texts"))
    names = room.sql("SELECT story, name AS story_id FROM story_names")
    pairs = told.merge(names, on="story", validate="m:1").set_index(["story_id", "outlet"])
    for story in ("harbour", "election"):
        spans = span_of(story)
        tried = [dict(zip(spans, moments, strict=True)) for moments in product(*spans.values())]
        for outlet in spans:
            waits = [moments[outlet] - min(moments.values()) for moments in tried]
            told_waits = pairs.loc[(story, outlet), ["low", "high"]].tolist()
            assert told_waits == pytest.approx([min(waits), max(waits)], abs=1e-6)
    assert len(pairs) == sum(len(span_of(story)) for story in ("harbour", "election"))


def test_a_story_is_timed_in_all_outlets_whatever_the_filter_hides(room: Snapshot) -> None:
    whole = time_pairs(room, Filter(story="election"))
    part = time_pairs(room, Filter(story="election", outlets=("Drift",), languages=("en",)))
    pd.testing.assert_frame_equal(whole, part)
    assert time_pairs(room, Filter(story="election", fewest=6)).empty
