"""The bench of queries: its store keeps the contract and gives every page something to show, the same each time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.queries import ALL_DAYS, Measure, Spent, find_largest, measure_chart, spend, write_answer
from benchmarks.query_store import DAYS, FIRST, MENTIONS, SENTENCES, make_tables, open_store
from dashboard.pages.stories import STORIES
from dashboard.pages.timeline import TIMELINE
from etl.store import Snapshot

ARTICLES = 200


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("queries")
    return open_store(folder, ARTICLES).snapshot()


def test_the_same_seed_gives_the_same_tables_and_another_others() -> None:
    one, again, other = make_tables(60, 3), make_tables(60, 3), make_tables(60, 4)
    assert all(rows.equals(again[name]) for name, rows in one.items())
    assert not one["mentions"].equals(other["mentions"])


def test_spans_lie_in_the_sentences_that_they_name(snapshot: Snapshot) -> None:
    rows = snapshot.sql(
        """SELECT m.start, m."end", s.start AS low, s."end" AS high, length(t.text) AS size, t.body_start
        FROM mentions m JOIN sentences s USING (article_id, sentence) JOIN texts t USING (article_id)"""
    )
    assert len(rows) == MENTIONS * ARTICLES and (rows["high"] <= rows["size"]).all()
    assert (rows["low"] <= rows["start"]).all() and (rows["start"] < rows["high"]).all()
    assert (rows["start"] >= rows["body_start"]).all()


def test_sentences_are_those_of_the_text(snapshot: Snapshot) -> None:
    rows = snapshot.sql(
        'SELECT substring(text, start + 1, "end" - start) AS words, role, start = body_start AS opens '
        "FROM sentences JOIN texts USING (article_id) ORDER BY article_id, sentence"
    )
    assert rows["words"].str.match(r"[A-Z][a-z ]+\.$").all()
    assert (rows["role"].to_numpy().reshape(-1, SENTENCES)[:, 0] == "headline").all()
    assert np.flatnonzero(rows["opens"]).tolist() == list(range(1, len(rows), SENTENCES))


def test_a_story_begins_with_the_article_that_names_it_and_stays_within_the_year(snapshot: Snapshot) -> None:
    rows = snapshot.sql(
        "SELECT story_id, list(article_id) AS held, max(published) AS last FROM story_articles JOIN articles "
        "USING (article_id) GROUP BY story_id"
    )
    assert all(story in held for story, held in zip(rows["story_id"], rows["held"], strict=True))
    assert rows["last"].max() < FIRST.tz_localize(None) + np.timedelta64(DAYS, "D")
    assert rows["held"].map(len).sum() == ARTICLES


def test_the_second_version_has_new_headlines(snapshot: Snapshot) -> None:
    assert snapshot.version == 2
    titles = snapshot.sql("SELECT title FROM articles WHERE revision = 1")["title"]
    assert len(titles) == ARTICLES // 100 and titles.str.endswith(" again").all()


def test_the_largest_table_is_that_of_most_rows_with_articles(snapshot: Snapshot) -> None:
    assert find_largest(snapshot, ("articles", "actors", "mentions")) == "mentions"
    assert find_largest(snapshot, ("outlets", "stories")) == find_largest(snapshot, ()) == "articles"


def test_a_second_call_reads_the_store_and_makes_none(snapshot: Snapshot) -> None:
    assert open_store(snapshot.folder, 9).snapshot().version == 2


def test_two_pages_show_answers_of_the_whole_store(snapshot: Snapshot) -> None:
    charts = [chart for page in (STORIES, TIMELINE) for chart in page.charts]
    assert [chart.slug for chart in charts if chart.query(snapshot, ALL_DAYS).empty] == []


def test_a_query_is_measured_beside_its_largest_table(snapshot: Snapshot) -> None:
    told = measure_chart(snapshot, STORIES, STORIES.charts[0], 1)
    assert told[:2] == ("Stories", STORIES.charts[0].slug) and told.table == "story_articles"
    assert told.rows == len(STORIES.charts[0].query(snapshot, ALL_DAYS).frame) > 0
    assert min(told.whole.processors, told.month.processors, told.bare.processors) > 0


def test_the_table_tells_the_ratio_to_the_bare_count_and_who_is_within_the_bar() -> None:
    quick, slow = Spent(150.0, 60.0), Spent(151.0, 90.0)
    rows = [Measure("Actors", "a", 3, quick, slow, "mentions", Spent(9.0, 30.0)),
            Measure("Actors", "b", 0, slow, quick, "mentions", Spent(9.0, 0.0))]  # fmt: skip
    lines = list(write_answer(rows, 1000))
    assert lines[3] == "| Actors | a | 3 | 150 | 60 | mentions | 30 | 2.0 | 151 | 90 |"
    assert "| 900.0 |" in lines[4] and lines[-1].endswith("1 of 2 queries.")


def test_a_call_is_timed_in_milliseconds_by_its_median() -> None:
    steps = iter((5_000, 400_000, 5_000))
    spent = spend(lambda: sum(range(next(steps))), 3)
    assert 0 < spent.processors < 5 and next(steps, None) is None
