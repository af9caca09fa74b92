"""Delays, counted by hand: ten dated stories of a wire, a paper two hours behind it and one known to the day."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from dashboard.charts.delays import DELAYS, draw_curve, write_hours
from dashboard.filters import Filter
from dashboard.queries.delays import list_counted, measure_delays, time_pairs
from dashboard.queries.watched import find_ends, watch_days
from dashboard.theme import LIGHT
from etl.article import Article, Published
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

UNTIMED, ALONE = 10, 11  # a story with an article without time, and one of the wire alone


Row = dict[str, object]


def write(outlet: str, story: int, hour: int = 8, precision: str = "minute") -> tuple[int, Article]:
    at = datetime(2024, 6, 1 + story, 0 if precision == "day" else hour, tzinfo=UTC)
    published = Published(at=at, precision=precision, origin="metadata")  # type: ignore[arg-type]
    none = Published(at=None, precision="none", origin="none")
    dated = none if precision == "none" else published
    return story, make_article(outlet=outlet, item=f"{outlet}{story}", published=dated)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Wire has all at eight, Post the first six at ten, Sun the others on the same day; Sun is watched on six days."""
    told = [write("Wire", story) for story in range(12)] + [write("Post", story, 10) for story in range(6)]
    told += [write("Sun", story, precision="day") for story in range(6, 10)]
    told += [write("Post", UNTIMED, precision="none")]
    days: list[Row] = [
        {"outlet": o, "day": pd.Timestamp(2024, 6, 1 + day), "status": "observed"}
        for o, n in (("Wire", 14), ("Post", 20), ("Sun", 6))
        for day in range(n)
    ]
    reprint = next(article for story, article in told if article.outlet == "Post" and story == 0)
    held: list[Row] = [{"article_id": a.article_id, "story_id": f"s{story:02}"} for story, a in told]
    return make_store(
        tmp_path_factory.mktemp("delays"),
        **make_article_rows(*(article for _, article in told)),
        observations=make_rows("observations", *days),
        reprints=make_rows(
            "reprints", {"article_id": reprint.article_id, "level": "duplicate", "earliest": False}
        ),
        story_articles=make_rows("story_articles", *held),
    ).snapshot()


@pytest.fixture(scope="module")
def rows(papers: Snapshot) -> pd.DataFrame:
    return measure_delays(papers, Filter()).frame.set_index("outlet")


def test_firsts_ties_and_unknowns_are_counted(rows: pd.DataFrame) -> None:
    """Where Sun is known to the day alone, Wire at eight and Sun may each be first."""
    counts = ["stories", "carried", "first", "tie", "later", "unknown", "unobserved"]
    assert rows.reset_index()[["outlet", *counts]].set_index("outlet").to_dict("index") == {
        "Wire": dict(zip(counts, (10, 10, 6, 4, 0, 1, 0), strict=True)),
        "Post": dict(zip(counts, (10, 6, 0, 0, 6, 1, 0), strict=True)),
        "Sun": dict(zip(counts, (10, 4, 0, 4, 0, 0, 0), strict=True)),
    }


def test_a_share_is_known_to_the_minute_or_only_between_two(rows: pd.DataFrame) -> None:
    post, sun = (
        {point[0]: point[1:3] for point in rows["curve"].to_dict()[outlet]} for outlet in ("Post", "Sun")
    )
    assert post[1.0] == [0, 0] and post[4.0] == pytest.approx([0.6, 0.6])
    assert sun[12.0] == pytest.approx([0.0, 0.4]) and sun[18.0] == pytest.approx([0.4, 0.4])


def test_half_is_reached_within_the_precision_of_the_times_or_never(rows: pd.DataFrame) -> None:
    minute = 1 / 60
    post = rows.to_dict("index")["Post"]
    assert [post["median_least"], post["median_most"]] == pytest.approx([2 - minute, 2 + minute])
    assert rows["median_most"].to_dict()["Wire"] <= minute
    assert rows["median_most"].to_dict()["Sun"] == float("inf")


def test_without_censoring_the_interval_is_wilsons(rows: pd.DataFrame) -> None:
    """Six of ten: .313 to .832 (Wilson 1927)."""
    after = next(point for point in rows["curve"].to_dict()["Post"] if point[0] == 4.0)
    assert after[3:] == pytest.approx([0.3127, 0.8318], abs=1e-4)


def test_the_first_is_sought_in_all_outlets(papers: Snapshot) -> None:
    frame = measure_delays(papers, Filter(outlets=("Post",))).frame
    assert frame["outlet"].tolist() == ["Post"] and frame["later"].tolist() == [6]


def test_a_story_of_one_outlet_is_nobodys_delay(papers: Snapshot) -> None:
    pairs = time_pairs(papers, Filter())
    names = papers.sql("SELECT story, name FROM story_names").set_index("story")["name"]
    assert f"s{ALONE}" not in set(names[pairs["story"]])
    assert set(names[pairs.loc[pairs["unknown"], "story"]]) == {f"s{UNTIMED}"}


def test_what_is_kept_of_all_stories_gives_each_filter_its_own(papers: Snapshot) -> None:
    """Asked for everything first; then for fewer days, for three outlets, and for texts, of which Post's is a reprint."""
    whole = time_pairs(papers, Filter())
    part = time_pairs(papers, Filter(start=datetime(2024, 6, 9, tzinfo=UTC).date()))
    pd.testing.assert_frame_equal(part, whole[whole["story"].isin(part["story"])].reset_index(drop=True))
    assert (whole["story"].nunique(), part["story"].nunique()) == (11, 3)
    assert time_pairs(papers, Filter(fewest=3)).empty
    own = time_pairs(papers, Filter(unit="texts"))
    assert set(whole["story"]) - set(own["story"]) == {whole["story"].min()}


def test_the_least_and_the_most_are_held_against_the_others_alone(papers: Snapshot) -> None:
    """Story 6: Wire in the minute from eight, Sun at any time of the day; nobody waits for itself."""
    told = time_pairs(papers, Filter()).set_index("outlet")
    sixth = told[told["story"] == sorted(set(told["story"]))[6]]
    assert sixth.loc["Wire", ["low", "high"]].tolist() == pytest.approx([0, 8 + 1 / 60])
    assert sixth.loc["Sun", ["low", "high"]].tolist() == pytest.approx([0, 16])


def test_a_counted_story_opens_to_the_outlets_first_article_of_it(papers: Snapshot) -> None:
    held = papers.sql(
        "SELECT article_id, outlet, story_id FROM articles JOIN story_articles USING (article_id)"
    )
    for outlet, stories in (("Sun", range(6, 10)), ("Wire", range(10)), ("Nobody", range(0))):
        mine = held[held["article_id"].isin(list_counted(papers, Filter(), (outlet,)))]
        assert set(mine["outlet"]) <= {outlet}
        assert sorted(mine["story_id"]) == [f"s{n:02}" for n in stories]


def test_a_reprint_is_no_text_of_its_own_where_texts_are_counted(papers: Snapshot) -> None:
    assert measure_delays(papers, Filter(unit="texts")).n == 9
    assert measure_delays(papers, Filter()).n == 10


def test_below_ten_stories_nothing_is_estimated(papers: Snapshot) -> None:
    frame = measure_delays(papers, Filter(start=datetime(2024, 6, 3, tzinfo=UTC).date())).frame
    assert (frame["stories"] == 8).all() and frame["curve"].isna().all()
    assert "n &lt; 10" in str(DELAYS.draw(measure_delays(papers, Filter(unit="texts")), LIGHT))


def test_the_verdict_counts_named_firsts(papers: Snapshot) -> None:
    assert measure_delays(papers, Filter()).verdict.startswith("The times name a first in 6 of 10 stories")


def test_watched_are_observed_days_and_days_with_an_article(papers: Snapshot) -> None:
    watched = watch_days(papers)
    assert watched["Sun"].tolist() == [True] * 10 + [False] * 2
    assert find_ends(watched[["Sun"]].to_numpy()).ravel().tolist() == [10] * 10 + [10, 11]


def test_hours_are_written_as_people_say_them() -> None:
    told = [write_hours(hours) for hours in (0.2, 5.4, 71.0, 80.0, float("inf"))]
    assert told == ["12 min", "5 h", "71 h", "3 days", "> 7 days"]


def test_a_curve_that_ends_early_is_drawn_as_far_as_it_is_known() -> None:
    points = [[0.0, 0.1, 0.2, 0.0, 0.4], [1.0, 0.3, 0.3, 0.1, 0.5], [2.0, *[float("nan")] * 4]]
    assert 'alt="last known 30' in str(draw_curve(points, "#000", LIGHT))
    assert 'alt="unknown"' in str(draw_curve(points[2:], "#000", LIGHT))
