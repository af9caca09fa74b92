from datetime import date

import pandas as pd
import pytest

from dashboard.charts.marks import runs_of_days
from dashboard.charts.volume import draw_voice, draw_volume
from dashboard.filters import Filter
from dashboard.queries.health import answer_health
from dashboard.queries.selection import chosen_articles, select_articles
from dashboard.queries.volume import answer_voice, answer_volume, count_days, count_figures
from dashboard.theme import LIGHT
from etl.store import Snapshot
from tests.dashboard.small_newsroom import GAP, OUTLETS


def test_a_day_that_nobody_observed_is_a_gap_and_not_a_zero(snapshot: Snapshot) -> None:
    days = count_days(snapshot, Filter()).set_index("day")
    assert days.loc[list(GAP), "gap"].all()
    assert days.loc[list(GAP), "count"].isna().all()


def test_an_observed_day_without_articles_is_a_zero(snapshot: Snapshot) -> None:
    days = count_days(snapshot, Filter(outlets=("Kontinent",))).set_index("day")
    empty = days[days["count"] == 0]
    assert len(empty) and (empty["observed"] == 1).all()


def test_counts_of_days_add_up_to_all_dated_articles(snapshot: Snapshot) -> None:
    assert answer_volume(snapshot, Filter()).n == len(snapshot.table("articles"))


def test_the_usual_range_needs_four_earlier_weekdays(snapshot: Snapshot) -> None:
    frame = answer_volume(snapshot, Filter()).frame
    assert frame["low"].iloc[:28].isna().all()
    assert frame["low"].iloc[28] == frame["low"].iloc[28]


def test_the_burst_is_above_its_range_and_three_times_the_usual(snapshot: Snapshot) -> None:
    frame = answer_volume(snapshot, Filter()).frame.set_index("day")
    assert frame.loc["2024-06-10", "above"]
    assert frame.loc["2024-06-10", "times"] == 3.0


def test_short_stores_have_no_range_and_say_so(snapshot: Snapshot) -> None:
    answer = answer_volume(snapshot, Filter(start=date(2024, 5, 1), end=date(2024, 5, 14)))
    assert answer.frame["low"].isna().all()
    assert "no usual range" in answer.interval


def test_shares_of_voice_add_up_to_one_within_their_intervals(snapshot: Snapshot) -> None:
    frame = answer_voice(snapshot, Filter()).frame
    assert frame["share"].sum() == pytest.approx(1)
    assert ((frame["low"] < frame["share"]) & (frame["share"] < frame["high"])).all()


def test_a_reprint_counts_once_among_unique_texts(snapshot: Snapshot) -> None:
    figures = count_figures(snapshot, Filter(unit="families"))
    assert figures.articles - figures.texts == 1
    assert figures.gap_days == len(GAP)


def test_a_filter_that_nothing_matches_gives_empty_answers(snapshot: Snapshot) -> None:
    nothing = Filter(outlets=("Nobody",))
    assert answer_volume(snapshot, nothing).empty
    assert answer_voice(snapshot, nothing).empty
    assert answer_health(snapshot, nothing).empty
    assert count_figures(snapshot, nothing).inflation is None


def test_search_words_choose_articles(snapshot: Snapshot) -> None:
    found = select_articles(snapshot, Filter(words="late"), "SELECT title FROM chosen")
    assert list(found["title"]) == ["A late article"]


def test_search_words_without_a_search_are_refused() -> None:
    with pytest.raises(ValueError, match="select_articles"):
        chosen_articles(Filter(words="late"))


def test_every_mark_of_the_figures_names_its_row(snapshot: Snapshot) -> None:
    volume, voice = answer_volume(snapshot, Filter()), answer_voice(snapshot, Filter())
    line = [trace for trace in draw_volume(volume, LIGHT).data if trace.customdata is not None]
    assert list(line[0].customdata) == list(range(len(volume.frame)))
    assert list(draw_voice(voice, LIGHT).data[0].customdata) == [0, 1, 2]


def test_bars_have_the_colours_of_their_outlets(snapshot: Snapshot) -> None:
    theme = LIGHT.wear(OUTLETS)
    answer = answer_voice(snapshot, Filter())
    bars = draw_voice(answer, theme).data[0]
    assert list(bars.marker.color) == [theme.colour_of(outlet) for outlet in answer.frame["outlet"]]


def test_runs_of_days_are_joined() -> None:
    days = [pd.Timestamp(f"2024-06-{day:02d}") for day in (1, 2, 3, 7)]
    assert runs_of_days(days) == [(days[0], days[2]), (days[3], days[3])]
