from datetime import date
from itertools import pairwise
from math import sqrt
from statistics import median

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.marks import runs_of_days
from dashboard.charts.volume import draw_voice, draw_volume
from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.health import answer_health
from dashboard.queries.selection import ALL_COLUMNS, chosen_articles, select_articles
from dashboard.queries.volume import answer_voice, answer_volume, count_days, count_figures, usual_range
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


@settings(max_examples=25, deadline=None)
@given(counts=st.lists(st.none() | st.integers(0, 30), min_size=1, max_size=90))
def test_the_usual_range_is_that_of_the_same_weekday_in_eight_weeks(counts: list[int | None]) -> None:
    days = pd.DataFrame({"count": pd.Series(counts, dtype="float64")})
    for at, row in usual_range(days).iterrows():
        before = [counts[day] for day in range(at - 7, max(at - 57, -1), -7) if counts[day] is not None]
        if len(before) < 4:
            assert row.isna().all()
            continue
        middle = median(before)
        spread = max(1.4826 * median(abs(count - middle) for count in before), sqrt(max(1, middle)))
        assert (row["low"], row["high"]) == pytest.approx((max(0, middle - 2 * spread), middle + 2 * spread))
        known = counts[at] is not None and middle >= 3
        assert row["times"] == pytest.approx(counts[at] / middle) if known else pd.isna(row["times"])


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
    found = select_articles(snapshot, Filter(words="late"), "SELECT title FROM chosen", source=ALL_COLUMNS)
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


def archive_of(days: int, gaps: set[int]) -> Answer:
    """Counts of so many days, the highest twice as high as usual, with gaps."""
    at = pd.Series(range(days))
    frame = pd.DataFrame({"day": pd.date_range("2024-01-01", periods=days), "count": 10.0 + at % 5})
    frame["gap"] = at.isin(gaps)
    frame.loc[frame["gap"], "count"] = float("nan")
    usual = {"observed": 1, "outlets": 1, "low": 8.0, "high": 12.0, "times": 1.4, "surge": None}
    frame = frame.assign(**usual, above=frame["count"] > 12)
    return Answer(frame=frame, n=int(frame["count"].sum()), unit="articles")


def told_in(answer: Answer) -> list[str]:
    return [str(note.text) for note in draw_volume(answer, LIGHT).layout.annotations]


def test_labels_of_peaks_keep_their_distance() -> None:
    peaks = [
        note for note in draw_volume(archive_of(60, set()), LIGHT).layout.annotations if "×" in note.text
    ]
    days = sorted(pd.Timestamp(note.x) for note in peaks)
    assert 1 < len(peaks) <= 3
    assert all((later - day).days >= 12 for day, later in pairwise(days))


def test_of_many_gaps_only_the_longest_is_labelled() -> None:
    told = [text for text in told_in(archive_of(60, {3, 9, 10, 11, 30})) if "Not collected" in text]
    assert told == ["<b>Not collected</b><br>10–12 January"]


def test_two_gaps_are_both_labelled() -> None:
    assert sum("Not collected" in text for text in told_in(archive_of(60, {3, 30}))) == 2


def test_years_stand_on_the_axis_only_where_there_are_two() -> None:
    assert "%Y" not in draw_volume(archive_of(60, set()), LIGHT).layout.xaxis.tickformat
    assert "%Y" in draw_volume(archive_of(400, set()), LIGHT).layout.xaxis.tickformat


def test_a_multiple_of_almost_nothing_is_not_told(snapshot: Snapshot) -> None:
    frame = answer_volume(snapshot, Filter(outlets=("Nordlys",))).frame
    assert frame["times"].isna().all()
    assert frame["low"].notna().any()


@pytest.mark.parametrize(
    ("gaps", "told"),
    [({29, 30, 31}, "30 January – 1 February"), ({3}, "4 January"), ({3, 4}, "4–5 January")],
)
def test_a_gap_is_named_by_its_days(gaps: set[int], told: str) -> None:
    assert f"<b>Not collected</b><br>{told}" in told_in(archive_of(60, gaps))


def test_a_band_that_covers_little_has_no_label() -> None:
    answer = archive_of(60, set())
    frame = answer.frame.assign(low=answer.frame["low"].where(answer.frame.index >= 50))
    assert "usual range for the weekday" in told_in(answer)
    assert "usual range for the weekday" not in told_in(Answer(frame=frame, n=1, unit="articles"))
