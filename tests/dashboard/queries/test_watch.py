"""Health, gaps and days on a desk of four outlets whose every day was written by hand; days are UTC everywhere."""

from __future__ import annotations

import time
from datetime import date
from statistics import median

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.health import answer_health
from dashboard.queries.leading import answer_leading
from dashboard.queries.method import answer_sources
from dashboard.queries.newsroom import empty_tables, name_of_actor, name_of_outlet, read_newsroom, title_of
from dashboard.queries.opened import list_articles
from dashboard.queries.volume import answer_voice, answer_volume, count_days, count_figures
from etl.store import Snapshot, Store
from tests.builders import make_article, make_article_rows, make_rows, make_store

DAYS = {  # of June 2024; o: observed, p: partial, f: failed, n: not watched, blank: no row
    "dw": "oofpo ",
    "rte": "offno ",
    "lone": "ffffff",
}
STATUS = {"o": "observed", "p": "partial", "f": "failed", "n": "not_watched"}
TIMES = {"dw": ("01T23:59", "02T00:00", "05T12:00"), "rte": ("01T00:00",), "stray": ("06T09:00",)}
REFUSED = {
    "a": ("feed https://rss.dw.com/en", ""),
    "b": ("files /home/edward/in", ""),
    "c": ("files /in", "https://www.rte.ie/x"),
    "d": ("files /in", "https://notdw.com/dw"),
    "e": ("webpage rte", "https://rte.ie"),
    "f": ("files /in", ""),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Store:
    articles = [
        make_article(outlet=outlet, item=f"{outlet}{at}", published=f"2024-06-{at}")
        for outlet, times in TIMES.items()
        for at in times
    ]
    first, last = articles[0].article_id, articles[1].article_id
    return make_store(
        tmp_path_factory.mktemp("desk"),
        **make_article_rows(*articles),
        outlets=make_rows("outlets", {"outlet": "dw", "name": "Deutsche Welle", "country": "DEU", "domains": "dw.com"},
                          {"outlet": "rte", "name": "RTÉ", "country": "IRL", "domains": "rte.ie; rte.com"},
                          {"outlet": "lone", "name": "Lone", "country": "IRL"}),
        observations=make_rows("observations", *_observations()),
        quarantine=make_rows("quarantine", *({"item": item, "source": source, "url": url, "stage": "extract"}
                                             for item, (source, url) in REFUSED.items())),
        stories=make_rows("stories", {"story_id": "night", "title": "At night", "articles": 2, "outlets": 1}),
        story_articles=make_rows("story_articles", *({"article_id": x, "story_id": "night"} for x in (first, last))),
    )  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(desk: Store) -> Snapshot:
    return desk.snapshot()


def _observations() -> list[dict[str, object]]:
    return [
        {"outlet": outlet, "day": pd.Timestamp(2024, 6, at + 1), "status": STATUS[letter]}
        for outlet, letters in DAYS.items()
        for at, letter in enumerate(letters)
        if letter != " "
    ]


def test_a_strip_has_a_letter_a_day_and_a_day_without_a_row_was_not_watched(snapshot):
    frame = answer_health(snapshot, Filter()).frame.set_index("outlet")
    assert frame["statuses"].to_dict() == {
        "dw": "oofpon", "rte": "offnon", "lone": "ffffff", "stray": "nnnnnn",
    }  # fmt: skip
    assert frame["whole"].to_dict() == {"dw": 3, "rte": 2, "lone": 0, "stray": 0}
    assert (frame["first_day"] == pd.Timestamp("2024-06-01")).all()


def test_days_that_nobody_saw_even_in_part_are_lost(snapshot):
    assert answer_health(snapshot, Filter()).gaps == ("2024-06-03", "2024-06-06")
    assert answer_health(snapshot, Filter(outlets=("rte",))).gaps == (
        "2024-06-02",
        "2024-06-03",
        "2024-06-04",
    )


def test_the_age_is_from_the_newest_article_to_the_version(snapshot):
    frame = answer_health(snapshot, Filter()).frame.set_index("outlet")
    hours = (snapshot.made - pd.Timestamp("2024-06-05 12:00", tz="UTC")) / pd.Timedelta(hours=1)
    assert frame.loc["dw", "age_hours"] == pytest.approx(hours)
    assert pd.isna(frame.loc["lone", "age_hours"])
    assert not frame["watched"].any()


def test_a_period_cuts_the_strips(snapshot):
    frame = answer_health(snapshot, Filter(start=date(2024, 6, 2), end=date(2024, 6, 4))).frame
    assert dict(zip(frame["outlet"], frame["statuses"], strict=True))["dw"] == "ofp"
    assert set(frame["days"]) == {3}


def test_quarantine_belongs_to_the_outlet_of_its_host_or_its_source(snapshot):
    """a: a host below dw.com; c and e: rte.ie; "edward" is no dw, a path is no host, an empty address nobody's."""
    frame = answer_health(snapshot, Filter()).frame.set_index("outlet")
    assert frame["quarantined"].to_dict() == {"dw": 1, "rte": 2, "lone": 0, "stray": 0}
    assert answer_health(snapshot, Filter()).note == "6 inputs in quarantine"


@pytest.mark.parametrize(
    ("countries", "outlets"),
    [(("IRL",), {"rte", "lone"}), (("DEU", "IRL"), {"dw", "rte", "lone"}), (("USA",), set())],
)
def test_countries_choose_outlets_in_health_and_sources(snapshot, countries, outlets):
    for query in (answer_health, answer_sources):
        frame = query(snapshot, Filter(countries=countries)).frame
        assert set(frame["outlet"] if len(frame) else []) == outlets


@pytest.mark.parametrize(
    ("chosen", "gaps"),
    [
        (Filter(), [3]),
        (Filter(outlets=("dw",)), [3, 6]),
        (Filter(countries=("IRL",)), [2, 3, 4, 6]),
        (Filter(countries=("IRL",), outlets=("lone",)), [1, 2, 3, 4, 5, 6]),
        (Filter(outlets=("stray",)), [1, 2, 3, 4, 5]),
    ],
)
def test_a_gap_is_a_day_that_none_of_the_chosen_saw(snapshot, chosen, gaps):
    days = count_days(snapshot, chosen.narrow(start=date(2024, 6, 1), end=date(2024, 6, 6)))
    assert [day.day for day in days.loc[days["gap"], "day"]] == gaps
    assert days.loc[~days["gap"], "count"].notna().all()


def test_sources_count_days_seen_and_days_lost(snapshot):
    frame = answer_sources(snapshot, Filter()).frame.set_index("outlet")
    seen = {outlet: sum(x in "op" for x in letters) for outlet, letters in DAYS.items()}
    lost = {outlet: letters.count("f") for outlet, letters in DAYS.items()}
    assert frame["days"].to_dict() == seen | {"stray": 0}
    assert frame["lost"].to_dict() == lost | {"stray": 0}
    assert frame["articles"].to_dict() == {"dw": 3, "rte": 1, "stray": 1, "lone": 0}


def test_the_newsroom_holds_what_there_is_to_choose_from(snapshot):
    newsroom = read_newsroom(snapshot)
    assert newsroom.order == ("dw", "rte", "stray")
    assert dict(newsroom.names) == {"dw": "Deutsche Welle", "rte": "RTÉ", "lone": "Lone", "stray": "stray"}
    assert (newsroom.countries, newsroom.languages, newsroom.articles) == (("DEU", "IRL"), ("en",), 5)
    assert (newsroom.first, newsroom.last) == (date(2024, 6, 1), date(2024, 6, 6))


def test_names_fall_back_to_the_id(snapshot):
    assert (name_of_outlet(snapshot, "dw"), name_of_outlet(snapshot, "x")) == ("Deutsche Welle", "x")
    assert (title_of(snapshot, "night"), title_of(snapshot, "day")) == ("At night", "day")
    assert name_of_actor(snapshot, "nobody") == "nobody"
    assert empty_tables(snapshot, ("articles", "claims", "no table")) == ("claims",)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"])
def test_a_machine_in_another_zone_counts_the_same_days(desk, snapshot, monkeypatch, zone):
    here = [
        count_days(snapshot, Filter()),
        list_articles(snapshot, Filter()),
        answer_health(snapshot, Filter()).frame,
    ]
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        there = desk.snapshot()
        found = [
            count_days(there, Filter()),
            list_articles(there, Filter()),
            answer_health(there, Filter()).frame,
        ]
    finally:
        monkeypatch.undo()
        time.tzset()
    for one, other in zip(here, found, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_midnight_parts_two_days(snapshot):
    """23:59 and 00:00 are one minute and two days apart."""
    chosen = Filter(outlets=("dw",), start=date(2024, 6, 1), end=date(2024, 6, 2))
    assert count_days(snapshot, chosen)["count"].tolist() == [1, 1]
    assert answer_leading(snapshot, chosen).frame["days"].tolist() == [[1, 1]]
    assert count_figures(snapshot, chosen.narrow(end=date(2024, 6, 1))).articles == 1


@pytest.fixture(scope="module")
def mondays(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Ten Mondays of known counts, the fourth of them not observed, and nothing in between."""
    counts = (30, 7, 6, None, 9, 4, 6, 8, 5, 20)
    days = [pd.Timestamp("2024-01-01") + pd.Timedelta(weeks=week) for week in range(10)]
    articles = [
        make_article(outlet="dw", item=f"{day:%d%m}/{n}", published=f"{day:%Y-%m-%d}T08:{n:02d}")
        for day, count in zip(days, counts, strict=True)
        for n in range(count or 0)
    ]
    watched = [{"outlet": "dw", "day": day, "status": "failed" if count is None else "observed"}
               for day, count in zip(days, counts, strict=True)]  # fmt: skip
    folder = tmp_path_factory.mktemp("mondays")
    return make_store(
        folder, **make_article_rows(*articles), observations=make_rows("observations", *watched)
    ).snapshot()


def test_the_usual_range_is_taken_from_the_mondays_of_eight_weeks(mondays):
    """The tenth Monday looks back on the second to the ninth; the fourth was not observed and is no zero."""
    earlier = [7, 6, 9, 4, 6, 8, 5]
    middle = median(earlier)
    spread = max(1.4826 * median(abs(x - middle) for x in earlier), middle**0.5)
    row = answer_volume(mondays, Filter()).frame.set_index("day").loc["2024-03-04"]
    assert (row["low"], row["high"]) == pytest.approx((middle - 2 * spread, middle + 2 * spread))
    assert (row["above"], row["times"]) == (True, pytest.approx(20 / 6))


def test_the_range_begins_with_the_fourth_known_monday_before(mondays):
    frame = answer_volume(mondays, Filter()).frame
    known = frame[frame["day"].dt.day_of_week == 0].set_index("day")["low"].notna()
    assert known.tolist() == [False] * 5 + [True] * 5
    assert frame.loc[frame["day"].dt.day_of_week == 1, "low"].isna().all()


def test_days_that_were_not_watched_say_so(mondays):
    answer = answer_volume(mondays, Filter())
    assert answer.note == "9 of 64 days"
    assert len(answer.gaps) == 55 and "2024-01-22" in answer.gaps
    assert answer_voice(mondays, Filter()).n == answer.n == 95
