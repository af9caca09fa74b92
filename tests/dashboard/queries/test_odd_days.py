"""What each query makes of odd clocks, copies, precisions and gaps, against numbers counted by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.agenda import measure_churn
from dashboard.queries.delays import measure_delays
from dashboard.queries.fresh import list_fresh_stories
from dashboard.queries.health import answer_health
from dashboard.queries.labels import list_quotes, name_actors
from dashboard.queries.profile import profile_outlets
from dashboard.queries.rhythm import clock_outlets
from dashboard.queries.story import leading_story
from dashboard.queries.timeline import place_days, share_reach
from dashboard.queries.watched import watch_days
from etl.store import Snapshot
from tests.dashboard.queries.odd_days import IDS, NOW, open_days

JUNE = Filter(start=date(2024, 6, 1), end=date(2024, 6, 30))
WEDNESDAY, FRIDAY, SATURDAY = 2 * 24, 4 * 24, 5 * 24  # their first hours in a week


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_days(tmp_path_factory.mktemp("odd"))


def clocks(snapshot: Snapshot, chosen: Filter) -> dict[str, dict[str, object]]:
    return {str(row["outlet"]): row for row in clock_outlets(snapshot, chosen).frame.to_dict("records")}


def hours(row: dict[str, object]) -> dict[int, int]:
    return {hour: n for hour, n in enumerate(row["hours"]) if n}


def test_friday_night_is_the_weekend_further_east_and_saturday_morning_is_not_further_west(
    days: Snapshot,
) -> None:
    rows = clocks(days, JUNE)
    assert hours(rows["kyiv"]) == {9: 1, WEDNESDAY + 9: 1, SATURDAY: 8}
    assert (rows["kyiv"]["weekday"], rows["kyiv"]["hour"], rows["kyiv"]["share"]) == (5, 0, 0.8)
    assert hours(rows["york"]) == {FRIDAY + 23: 9}


def test_ten_have_an_hour_of_most_and_nine_have_none(days: Snapshot) -> None:
    """Of two hours with as many the earlier in the week is told; outlets of as many come by name."""
    rows = clocks(days, JUNE)
    assert list(rows) == ["bare", "kyiv", "york", "desk"]
    assert [rows["bare"][name] for name in ("n", "weekday", "hour", "share")] == [10, 0, 10, 0.0]
    assert rows["york"]["n"] == 9 and pd.isna([rows["york"][x] for x in ("weekday", "share", "low")]).all()


def test_a_text_has_the_hour_of_the_copy_whose_hour_is_known(days: Snapshot) -> None:
    """A copy is known to the day alone: its midnight is no hour."""
    once = clocks(days, JUNE.narrow(unit="texts"))["kyiv"]
    assert hours(once) == {9: 1, WEDNESDAY + 9: 1, SATURDAY: 8}
    assert (once["n"], once["unknown"]) == (10, 1)
    assert clocks(days, JUNE)["kyiv"]["unknown"] == 2


def test_a_text_that_comes_twice_in_a_week_is_one_text_of_the_week(days: Snapshot) -> None:
    bare = JUNE.narrow(outlets=("bare",))
    assert [measure_churn(days, bare.narrow(unit=unit)).n for unit in ("articles", "texts")] == [10, 9]


def test_a_profile_tells_hours_days_and_languages_apart(days: Snapshot) -> None:
    frame = profile_outlets(days, JUNE).frame
    assert frame["outlet"].tolist() == ["kyiv", "bare", "york", "desk"]
    kyiv = frame.iloc[0]
    assert kyiv[["articles", "minute", "day", "undated"]].tolist() == [12, 10, 2, 0]
    assert kyiv["languages"] == "ru 6, uk 6"
    assert kyiv[["observed", "partial", "gaps", "longest"]].tolist() == [1, 1, 28, 23]
    late = profile_outlets(days, JUNE.narrow(start=date(2024, 6, 20), outlets=("kyiv",))).frame
    assert late[["gaps", "longest"]].to_numpy().tolist() == [[9, 5]]


def test_a_share_of_revised_is_told_from_ten_articles_on(days: Snapshot) -> None:
    frame = profile_outlets(days, JUNE).frame.set_index("outlet")
    assert frame.loc["bare", ["revised", "share", "versions"]].tolist() == [3, 0.3, 1.3]
    assert frame.loc["york", "revised"] == 3 and pd.isna(frame.loc["york", ["share", "low", "high"]]).all()


def test_changes_are_those_of_the_chosen_articles(days: Snapshot) -> None:
    last = profile_outlets(days, JUNE.narrow(start=date(2024, 6, 28))).frame.set_index("outlet")
    assert profile_outlets(days, JUNE).frame.set_index("outlet").loc["bare", "changed"] == 19 / 3
    assert last.loc["bare", ["articles", "revised", "changed"]].tolist() == [5, 1, 10]


def test_without_a_look_an_outlet_is_watched_while_it_and_anybody_publishes(days: Snapshot) -> None:
    """kyiv is seen where a look succeeded even in part, or where it published, and not on the 27th, when desk did."""
    watched = watch_days(days).loc["2024-06-24":"2024-06-30"]
    told = {name: "".join(".x"[int(day)] for day in watched[name]) for name in ("kyiv", "bare", "york")}
    assert told == {"kyiv": "xxx.x..", "bare": "x.xxx..", "york": ".....x."}


def test_who_began_unwatched_is_told_apart_from_who_never_came(days: Snapshot) -> None:
    """elm is told in no language that kyiv writes; it and oak began before york was watched."""
    counts = ["stories", "carried", "first", "later", "unobserved", "foreign"]
    frame = measure_delays(days, JUNE).frame.set_index("outlet")[counts]
    assert dict(zip(frame.index, frame.to_numpy().tolist(), strict=True)) == {
        "bare": [3, 2, 2, 0, 0, 0], "kyiv": [2, 2, 1, 1, 0, 1], "york": [1, 1, 1, 0, 2, 0],
        "desk": [1, 1, 0, 1, 0, 0],
    }  # fmt: skip


def test_the_leading_story_of_as_many_is_the_latest_in_the_filter(days: Snapshot) -> None:
    assert leading_story(days, JUNE) == "fir"
    assert leading_story(days, JUNE.narrow(end=date(2024, 6, 27))) == "ash"
    assert leading_story(days, JUNE.narrow(outlets=("york", "kyiv"))) == "oak"


def test_a_day_without_any_look_is_lost_like_one_whose_looks_failed(days: Snapshot) -> None:
    answer = answer_health(days, JUNE)
    strips = answer.frame.set_index("outlet")["statuses"].to_dict()
    assert (strips["kyiv"], strips["york"], strips["bare"]) == ("opfnnn", "nnnnnf", "nnnnnn")
    assert answer.gaps == ("2024-06-26", "2024-06-27", "2024-06-28", "2024-06-29")


def test_an_outlet_is_watched_today_whatever_period_is_looked_at(days: Snapshot) -> None:
    for period in (Filter(), JUNE):
        frame = answer_health(days, period).frame.set_index("outlet")
        assert frame["watched"].to_dict() == {name: name == "desk" for name in frame.index}
        assert frame.loc["desk", "age_hours"] == pytest.approx(240, abs=0.2)


def test_an_open_period_shows_the_six_weeks_before_the_last_look(days: Snapshot) -> None:
    frame = answer_health(days, Filter()).frame.set_index("outlet")
    assert (frame.loc["desk", "statuses"], frame.loc["kyiv", "statuses"]) == ("o", "n")
    assert frame.loc["desk", "first_day"] == NOW.tz_localize(None).normalize() - pd.Timedelta(days=2)


def test_a_reported_statement_is_listed_where_another_chosen_article_quotes_it(days: Snapshot) -> None:
    frame = list_quotes(days, Filter(story="oak")).frame
    assert frame[["outlet", "kind"]].to_numpy().tolist() == [["kyiv", "indirect"], ["york", "direct"]]
    assert list_quotes(days, Filter(story="oak", outlets=("kyiv",))).empty


def test_a_label_and_a_name_that_holds_it_are_one_wording(days: Snapshot) -> None:
    frame = name_actors(days, JUNE).frame.set_index("outlet")
    assert frame[["wording", "times"]].to_numpy().tolist() == [["Lee", 1], ["Dr Lee", 2]]
    assert frame.loc["york", "article_id"] == min(IDS["york0"], IDS["york1"])


def places(snapshot: Snapshot, chosen: Filter) -> dict[tuple[str, str], tuple[int, int, int]]:
    """named, before and after by the days of publication and of the event (month and day)."""
    frame = place_days(snapshot, chosen.narrow(outlets=("annal",))).frame
    return {
        (f"{row.told_on:%m-%d}", f"{row.first_day:%m-%d}"): (row.named, row.before, row.after)
        for row in frame.itertuples()
    }


def test_over_sixty_two_days_weeks_are_told_and_sides_still_by_the_day(days: Snapshot) -> None:
    """One month before the first publication is drawn, a day more is only counted; so after the last."""
    assert places(days, Filter()) == {
        ("01-01", "11-27"): (1, 1, 0), ("01-01", "01-01"): (3, 1, 1), ("03-04", "03-04"): (1, 0, 0),
        ("03-04", "04-01"): (1, 0, 1),
    }  # fmt: skip
    answer = place_days(days, Filter(outlets=("annal",)))
    assert (answer.n, answer.note) == (8, "2 far from the rest not drawn")


def test_sixty_two_days_are_told_one_by_one(days: Snapshot) -> None:
    """From 3 January to 4 March."""
    assert places(days, Filter(end=date(2024, 3, 4))) == {
        ("01-03", "12-03"): (1, 1, 0), ("01-03", "01-01"): (1, 1, 0), ("01-03", "01-03"): (1, 0, 0),
        ("01-03", "01-05"): (1, 0, 1), ("03-04", "03-04"): (1, 0, 0),
    }  # fmt: skip


def test_a_text_reaches_a_distance_once_and_only_english_is_read(days: Snapshot) -> None:
    frame = share_reach(days, Filter(outlets=("annal",))).frame.set_index("reach")
    assert (frame["n"] == 3).all()
    assert {reach: n for reach, n in frame["texts"].items() if n} == {
        "31–365 days before": 1, "2–7 days before": 1, "the same day": 2, "2–7 days after": 1, "over 30 days after": 1,
    }  # fmt: skip
    assert frame.loc["2–7 days before", ["article_id", "at"]].tolist() == [IDS["annal0"], 0]


def test_a_fresh_story_begins_within_the_days_and_in_enough_chosen_outlets(days: Snapshot) -> None:
    """ash and elm began on the 24th; of oak's two outlets one tells it on the 29th."""
    late = JUNE.narrow(start=date(2024, 6, 25))
    fresh = list_fresh_stories(days, late)
    assert fresh[["story_id", "articles", "outlets"]].to_numpy().tolist() == [["fir", 2, 2], ["oak", 2, 2]]
    assert list_fresh_stories(days, late.narrow(end=date(2024, 6, 28))).empty
    alone = list_fresh_stories(days, late.narrow(end=date(2024, 6, 28), fewest=1))
    assert [(row.story_id, row.first.day, row.last.day) for row in alone.itertuples()] == [("oak", 28, 28)]
