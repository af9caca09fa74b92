"""Selection, volume and opened lists against the same answer taken from the frames without SQL."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.filters import Filter
from dashboard.queries.opened import find_article, list_articles, list_evidence
from dashboard.queries.selection import ALL_COLUMNS, search_articles, select_articles
from dashboard.queries.volume import answer_voice, answer_volume, count_days, count_figures
from etl.store import Snapshot
from tests.dashboard.laws.rich_room import FILTERS, NUMBERS, UNDATED, choose, id_of, told

UNITS = ("articles", "texts", "families")


def ids(room: Snapshot, chosen: Filter) -> set[str]:
    return set(select_articles(room, chosen, "SELECT article_id FROM chosen")["article_id"])


def count(room: Snapshot, chosen: Filter) -> int:
    return int(select_articles(room, chosen, "SELECT count(DISTINCT counted) AS n FROM chosen")["n"].iloc[0])


def test_a_filter_chooses_the_articles_that_it_names(room, chosen):
    assert ids(room, chosen) == set(choose(chosen)["article_id"])


def test_an_article_is_chosen_once_with_its_country_day_and_story(room, chosen):
    rows = select_articles(room, chosen, "SELECT article_id, country, day, story_id, counted FROM chosen")
    expected = choose(chosen).set_index("article_id")
    assert len(rows) == len(expected)
    for row in rows.to_dict("records"):
        own = expected.loc[row["article_id"]]
        assert (row["country"] if isinstance(row["country"], str) else "") == own["country"]
        assert (row["story_id"] if isinstance(row["story_id"], str) else "") == own["story"]
        assert pd.isna(row["day"]) if own["day"] is None else pd.Timestamp(row["day"]).date() == own["day"]


def test_with_all_columns_the_same_articles_are_chosen_each_once(room, chosen):
    query = "SELECT article, article_id, day, story_id, country, counted{} FROM chosen ORDER BY article_id"
    wide = select_articles(room, chosen, query.format(", title, url, section"), source=ALL_COLUMNS)
    narrow = select_articles(room, chosen, query.format(""))
    assert wide[narrow.columns].equals(narrow) and narrow["article"].is_unique
    titles = room.table("articles").set_index("article_id")["title"]
    assert wide["title"].tolist() == [titles[article] for article in narrow["article_id"]]


@pytest.mark.parametrize("unit", UNITS)
def test_the_unit_counts_what_it_says(room, chosen, unit):
    narrowed = chosen.narrow(unit=unit)
    assert count(room, narrowed) == choose(narrowed)["counted"].nunique()


def test_the_units_of_the_whole_room_are_known_by_hand(room):
    """Seventy-five; less two of `wire`, one of `note`, one of `again`; Echo stays apart in families.

    wire: Anchor, Beacon, Echo; note: Anchor twice; again: Anchor twice.
    """
    assert [count(room, Filter(unit=unit)) for unit in UNITS] == [75, 71, 72]


def test_a_larger_unit_never_counts_more(room, chosen):
    articles, texts, families = (count(room, chosen.narrow(unit=unit)) for unit in UNITS)
    assert texts <= families <= articles


def test_a_partial_reprint_is_a_text_of_its_own(room):
    pair = [id_of(30), id_of(31)]
    query = "SELECT counted FROM chosen WHERE article_id = ANY(?)"
    rows = select_articles(room, Filter(unit="texts"), query, (pair,))
    assert set(rows["counted"]) == set(pair)


def test_undated_articles_stay_until_a_period_is_named(room):
    undated = {id_of(number) for number in UNDATED}
    assert undated <= ids(room, Filter())
    assert not undated & ids(room, FILTERS["from"]) | undated & ids(room, FILTERS["until"])


FIELDS = ("start", "end", "outlets", "languages", "countries", "story", "actor", "words")
SINGLE = [
    {field.name: getattr(chosen, field.name)}
    for chosen in FILTERS.values()
    for field in fields(Filter)
    if field.name in FIELDS and getattr(chosen, field.name)
]


@settings(max_examples=25)
@given(st.sampled_from(SINGLE), st.sampled_from(SINGLE))
def test_two_conditions_choose_what_both_choose(room, one, two):
    if set(one) == set(two):
        return
    both = ids(room, Filter(**one).narrow(**two))
    assert (
        both == ids(room, Filter(**two).narrow(**one)) == ids(room, Filter(**one)) & ids(room, Filter(**two))
    )


@settings(max_examples=15)
@given(st.lists(st.sampled_from(SINGLE), min_size=1, max_size=4))
def test_a_narrower_filter_never_counts_more(room, steps):
    chosen, counts = Filter(unit="texts"), [count(room, Filter(unit="texts"))]
    used: set[str] = set()
    for step in steps:
        if not used & set(step):
            chosen, used = chosen.narrow(**step), used | set(step)
            counts.append(count(room, chosen))
    assert counts == sorted(counts, reverse=True)


@settings(max_examples=15)
@given(st.text(min_size=1, max_size=12))
def test_any_text_in_a_filter_chooses_and_never_breaks_out(room, text):
    filters = (Filter(outlets=(text,)), Filter(story=text), Filter(actor=text), Filter(countries=(text,)))
    for hostile in filters:
        assert ids(room, hostile) == set(choose(hostile)["article_id"])


def test_outlets_part_the_room(room):
    parts = [ids(room, Filter(outlets=(outlet,))) for outlet in told()["outlet"].unique()]
    assert sum(map(len, parts)) == len(NUMBERS) == len(set().union(*parts))
    assert not any(one & two for one, two in combinations(parts, 2))


def test_search_finds_each_article_once(room):
    found = search_articles(room, "storm")
    assert len(found) == len(set(found)) == len(range(0, 75, 3))


def test_figures_are_those_of_the_frames(room, chosen):
    rows, figures = choose(chosen), count_figures(room, chosen)
    shared = rows[rows["story"] != ""].groupby("story")["outlet"].nunique()
    days = [day for day in rows["day"] if day is not None]
    assert (figures.articles, figures.texts) == (len(rows), rows["texts"].nunique())
    assert (figures.outlets, figures.languages) == (rows["outlet"].nunique(), rows["language"].nunique())
    assert figures.shared_stories == int((shared >= 2).sum())
    assert (figures.first, figures.last) == (min(days, default=None), max(days, default=None))


def test_counts_a_day_are_those_of_the_frames(room, chosen):
    days = count_days(room, chosen)
    expected = choose(chosen).dropna(subset=["day"]).groupby("day")["counted"].nunique().to_dict()
    shown = {row["day"].date(): int(row["count"]) for row in days.to_dict("records") if row["count"] > 0}
    assert shown == expected


def test_days_follow_each_other_without_a_hole(room, chosen):
    days = pd.to_datetime(count_days(room, chosen)["day"])
    assert (days.diff().dropna() == pd.Timedelta(days=1)).all()


def test_a_gap_has_no_count_and_a_watched_day_has_one(room, chosen):
    days = count_days(room, chosen)
    assert not (days["gap"].astype(bool) & days["count"].notna()).any()
    assert days.loc[days["observed"] > 0, "count"].notna().all()


def test_a_failed_day_within_the_filter_is_a_gap(room):
    asked = Filter(start=date(2024, 6, 22), end=date(2024, 6, 24))
    days = count_days(room, asked)
    assert days["gap"].tolist() == [False, True, False]
    assert days["count"].fillna(-1).tolist() == [0, -1, 0]


def test_the_volume_says_how_many_it_counted(room, chosen):
    answer = answer_volume(room, chosen)
    assert answer.n == answer.frame["count"].sum() if len(answer.frame) else answer.n == 0
    assert len(answer.gaps) == int(answer.frame["gap"].sum() if len(answer.frame) else 0)


def test_shares_of_voice_are_those_of_the_frames(room, chosen):
    answer = answer_voice(room, chosen)
    expected = choose(chosen).groupby("outlet")["counted"].nunique()
    assert dict(zip(answer.frame["outlet"], answer.frame["count"], strict=True)) == expected.to_dict()
    assert answer.n == expected.sum()
    if answer.n:
        assert answer.frame["share"].sum() == pytest.approx(1)
        assert answer.frame["share"].tolist() == pytest.approx([x / answer.n for x in answer.frame["count"]])


def test_bars_are_sorted_with_the_largest_first(room, chosen):
    frame = answer_voice(room, chosen).frame
    order = frame.sort_values(["count", "outlet"], ascending=[False, True])
    assert frame["outlet"].tolist() == order["outlet"].tolist()


def test_a_number_opens_to_as_many_articles_as_it_counts(room, chosen):
    opened = list_articles(room, chosen, limit=1000)
    assert set(opened["article_id"]) == set(choose(chosen)["article_id"])
    assert (opened["n"] == len(opened)).all()


def test_opened_articles_are_newest_first_with_undated_last(room):
    times = list_articles(room, Filter(), limit=1000)["published"]
    assert times.iloc[-3:].isna().all() and times.iloc[:-3].is_monotonic_decreasing


def test_a_short_list_says_how_many_there_are(room):
    opened = list_articles(room, Filter(), limit=5)
    assert len(opened) == 5 and (opened["n"] == 75).all()


def test_evidence_counts_to_the_number_that_it_proves(room, chosen):
    rows = list_evidence(room, chosen)
    assert rows["counted"].nunique() == choose(chosen)["counted"].nunique()
    assert (rows["store_version"] == room.version).all()


def test_each_outlets_bar_opens_to_its_count(room):
    for row in answer_voice(room, Filter(unit="families")).frame.to_dict("records"):
        behind = list_evidence(room, Filter(unit="families", outlets=(row["outlet"],)))
        assert behind["counted"].nunique() == row["count"]


def test_one_article_is_found_by_its_id(room):
    assert find_article(room, id_of(7))["title"].tolist() == ["Notice 07"]
    assert find_article(room, "'; --").empty
