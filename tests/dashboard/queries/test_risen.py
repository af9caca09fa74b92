"""What rose: counts by day against the frames, bursts that were put in and no others, days held back as history."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.charts.risen import RISEN, draw_burst
from dashboard.charts.volume import draw_volume
from dashboard.filters import Filter
from dashboard.queries.opened import list_articles
from dashboard.queries.risen import BEFORE, _describe, count_by_day, lay_out, list_risen
from dashboard.queries.surges import mark_surges
from dashboard.queries.volume import answer_volume
from dashboard.theme import LIGHT
from etl.store import Snapshot
from tests.dashboard.laws.rich_room import FILTERS, choose, choose_rows
from tests.dashboard.queries.ten_weeks import AGAIN, ANN_MORE, COMES, DAYS, FIRST, FLOOD, GAP, day_of


def told(snapshot: Snapshot, chosen: Filter) -> set[tuple[str, int, int]]:
    """Name, first and last day by number of each burst listed."""
    frame = list_risen(snapshot, chosen).frame
    return {(row.id, (row.first - FIRST).days, (row.last - FIRST).days) for row in frame.itertuples()}


@pytest.mark.parametrize("chosen", FILTERS.values(), ids=FILTERS)
def test_counts_by_day_are_those_of_the_frames(room: Snapshot, chosen: Filter) -> None:
    asked = chosen.narrow(start=chosen.start - BEFORE) if chosen.start else chosen
    named = (
        choose_rows("mentions", asked).dropna(subset="day").groupby(["actor_id", "day"])["counted"].nunique()
    )
    enough = named[named.groupby("actor_id").transform("sum") >= 10]
    every = choose(asked).dropna(subset="day").groupby("day")["counted"].nunique()
    shown = {
        (name, day.date()): count
        for (_, name), column in count_by_day(room, chosen).items()
        for day, count in column[column > 0].items()
    }
    assert shown == {**enough.to_dict(), **{("", day): count for day, count in every.items()}}


def test_the_bursts_that_were_put_in_are_told_and_no_others(weeks: Snapshot) -> None:
    assert told(weeks, Filter()) == {("ann", 50, 52), ("ann", 70, 70), ("long", AGAIN[0], AGAIN[-1])}


def test_a_burst_counts_its_texts_and_opens_them(weeks: Snapshot) -> None:
    frame = list_risen(weeks, Filter()).frame
    for row in frame.to_dict("records"):
        opened = Filter(
            actor=row["actor_id"], beside=row["beside_id"], story=row["story_id"],
            start=row["first"].date(), end=row["last"].date(),
        )  # fmt: skip
        assert len(list_articles(weeks, opened, 100)) == row["observed"]
    ann = frame[frame["first"] == day_of(50)].iloc[0]
    assert ann["observed"] == sum(ANN_MORE[day] for day in (50, 51, 52))
    assert ann["expected"] == pytest.approx(
        3 * 20 / 10, rel=0.35
    )  # of ten notices one names Ann; now there are twenty
    assert ann["low"] < ann["ratio"] == ann["observed"] / ann["expected"] < ann["high"]


def test_a_period_is_judged_by_what_came_before_it(weeks: Snapshot) -> None:
    period = Filter(start=day_of(64).date(), end=day_of(72).date())
    assert told(weeks, period) == {("ann", 70, 70), ("long", AGAIN[0], AGAIN[-1])}
    whole, part = (list_risen(weeks, chosen).frame.set_index("first") for chosen in (Filter(), period))
    assert part["expected"].to_dict() == pytest.approx(whole.loc[part.index, "expected"].to_dict())


def test_later_articles_do_not_change_what_was_expected(weeks: Snapshot) -> None:
    short = list_risen(weeks, Filter(end=day_of(53).date())).frame
    assert (
        short["expected"].iloc[0]
        == list_risen(weeks, Filter()).frame.set_index("first").loc[day_of(50), "expected"]
    )


def test_with_an_actor_chosen_a_row_opens_both_and_the_largest_comes_first(weeks: Snapshot) -> None:
    """Ann brought 16 texts beyond the usual, the long story 15 at a higher ratio."""
    laid = lay_out(count_by_day(weeks, Filter()), Filter())
    places = [[*laid.named].index(series) for series in (("story", "long"), ("actor", "ann"))]
    found = pd.DataFrame(
        {"series": places, "first": [66, 50], "last": [68, 52], "observed": [18, 22], "expected": [3.0, 6.0]}
    )
    opened = ["actor_id", "beside_id", "story_id"]
    both = _describe(found, laid, Filter(actor="bo"), weeks)
    assert both[opened].to_numpy().tolist() == [["bo", "ann", ""], ["bo", "", "long"]]
    alone = _describe(found, laid, Filter(beside="cy"), weeks)
    assert alone[opened].to_numpy().tolist() == [["ann", "cy", ""], ["", "cy", "long"]]
    assert alone["name"].tolist() == ["Ann <b>Lee</b>", "The long story"]
    assert alone["counts"].iloc[0][49:54] == [1, 7, 8, 7, 1] and alone["last"].iloc[1] == day_of(68)


def test_too_short_a_history_is_told(weeks: Snapshot) -> None:
    answer = list_risen(weeks, Filter(end=day_of(20).date()))
    assert answer.empty and answer.n == 0
    assert answer.verdict.startswith("Too early to say")


def test_days_without_any_text_are_unknown_in_the_line(weeks: Snapshot) -> None:
    counts = list_risen(weeks, Filter()).frame["counts"].iloc[0]
    assert [day for day, count in enumerate(counts) if count != count] == [*GAP]
    assert len(counts) == DAYS


def test_a_story_is_unknown_before_its_first_day(weeks: Snapshot) -> None:
    counts = count_by_day(weeks, Filter())
    counts.loc[: day_of(9), ("story", "long")] = 0
    laid = lay_out(counts, Filter())
    story = laid.panel.exposure[:, [*laid.named].index(("story", "long"))]
    assert (story[:10] == 0).all() and story[10] == 10


def test_the_row_leads_to_its_articles_and_its_name_stays_text(weeks: Snapshot) -> None:
    shown = str(RISEN.draw(list_risen(weeks, Filter()), LIGHT))
    assert 'href="open:0"' in shown
    assert "<b>Lee" not in shown and "&lt;b&gt;Lee" in shown


def test_the_line_of_a_burst_is_broken_by_gaps() -> None:
    shown = draw_burst([1, 2, float("nan"), 4, 9, 2], 4, 4, LIGHT)
    assert "highest day: 9" in shown


def surges(snapshot: Snapshot, chosen: Filter) -> list[tuple[int, int, float]]:
    """First and last day by number and what was counted, of each surge."""
    days = pd.date_range(FIRST, periods=DAYS)
    marked = mark_surges(snapshot, chosen, days).reset_index(names="day").dropna(subset="surge")
    parts = marked.groupby("surge")
    return [
        ((p["day"].iloc[0] - FIRST).days, (p["day"].iloc[-1] - FIRST).days, p["met"].iloc[0])
        for _, p in parts
    ]


def test_a_flood_is_a_surge_and_a_new_outlet_is_none(weeks: Snapshot) -> None:
    (surge,) = surges(weeks, Filter())
    assert surge[:2] == (FLOOD[0], FLOOD[-1])
    assert FLOOD[0] >= COMES + 14  # by then Late is known, and counted
    assert surge[2] == 3 * 38


def test_a_surge_is_one_of_the_outlets_that_had_it(weeks: Snapshot) -> None:
    assert surges(weeks, Filter(outlets=("Wire", "Late"))) == []
    assert [surge[:2] for surge in surges(weeks, Filter(outlets=("Post",)))] == [(FLOOD[0], FLOOD[-1])]


def test_an_actors_days_are_held_against_all_articles(weeks: Snapshot) -> None:
    found = surges(weeks, Filter(actor="ann"))
    assert found == [(50, 52, 22), (70, 70, 9)]
    assert surges(weeks, Filter(actor="bo")) == []


def test_a_story_is_held_against_nothing(weeks: Snapshot) -> None:
    assert surges(weeks, Filter(story="long")) == []


def test_the_volume_chart_draws_a_thick_line_under_a_surge(weeks: Snapshot) -> None:
    answer = answer_volume(weeks, Filter())
    marked = answer.frame.dropna(subset="surge")
    assert list(marked["day"]) == [day_of(day) for day in FLOOD]
    line = draw_volume(answer, LIGHT).data[-1]
    assert list(line.y) == [0] * 5 and list(line.customdata) == [62, 62, 63, 64, 64]
    assert "114 articles" in line.hovertext[0]


def test_a_period_that_begins_late_still_knows_the_weeks_before(weeks: Snapshot) -> None:
    frame = answer_volume(weeks, Filter(start=date(2024, 5, 1), end=date(2024, 5, 17))).frame
    assert list(frame.dropna(subset="surge")["day"]) == [day_of(day) for day in FLOOD]
