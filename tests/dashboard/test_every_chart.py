"""Every chart: a filter that chooses nothing answers nothing; units never grow; drawing obeys the theme."""

from dataclasses import replace

import pandas as pd
import pytest
from markupsafe import Markup

from dashboard.charts import CHARTS
from dashboard.charts.chart import Chart
from dashboard.filters import Filter
from dashboard.theme import DARK, LIGHT
from etl.store import Snapshot
from tests.builders import make_rows
from tests.dashboard.small_newsroom import OUTLETS
from tests.dashboard.two_outlets import fill_two_outlets

STORE_WIDE = {"health", "changes", "sources", "runs", "versions", "quarantine", "tables", "dictionary"}
OF_ARTICLES = [chart for chart in CHARTS if chart.slug not in STORE_WIDE]
NAMES = (("Post", "The <b>Post</b>"), ("Kontinent", "Kontinent"))
NOTHING = {
    "outlets": Filter(outlets=("nobody",)),
    "period": Filter(start=pd.Timestamp("1999-01-01").date(), end=pd.Timestamp("1999-01-02").date()),
    "actor": Filter(actor="nobody"),
    "mark": Filter(behind="of=gossip", held=()),
    "words": Filter(words="xyzzy"),
    "language": Filter(languages=("tlh",)),
    "story": Filter(story="nothing"),
}


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Snapshot:
    """Two outlets, one story."""
    return fill_two_outlets(tmp_path_factory.mktemp("every")).snapshot()


@pytest.fixture(scope="module")
def reprinted(tmp_path_factory) -> Snapshot:
    """The same story, one article of it a reprint of the other."""
    store = fill_two_outlets(tmp_path_factory.mktemp("reprinted"))
    ids = store.snapshot().table("articles")["article_id"]
    rows = ({"article_id": x, "reprint_id": "same", "level": "duplicate"} for x in ids)
    store.commit("second", upserts={"reprints": make_rows("reprints", *rows)})
    return store.snapshot()


@pytest.mark.parametrize("chart", OF_ARTICLES, ids=lambda chart: chart.slug)
@pytest.mark.parametrize("nothing", NOTHING.values(), ids=NOTHING)
def test_a_filter_that_chooses_nothing_answers_nothing(two: Snapshot, chart: Chart, nothing: Filter) -> None:
    answer = chart.query(two, nothing)
    assert answer.empty
    assert answer.n == 0


@pytest.mark.parametrize("chart", OF_ARTICLES, ids=lambda chart: chart.slug)
def test_unique_texts_never_count_more_than_articles(reprinted: Snapshot, chart: Chart) -> None:
    every = Filter(fewest=1, words="union" if chart.slug == "contexts" else "")
    assert chart.query(reprinted, replace(every, unit="texts")).n <= chart.query(reprinted, every).n


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.slug)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_hostile_texts_and_names_stay_text(
    two: Snapshot, snapshot: Snapshot, chart: Chart, theme: type[LIGHT]
) -> None:
    for store, worn in ((two, theme.wear(("Post", "Kontinent"), NAMES)), (snapshot, theme.wear(OUTLETS))):
        answer = chart.query(store, Filter(fewest=1, words="union" if chart.slug == "contexts" else ""))
        told = "" if answer.empty else chart.draw(answer, worn)
        assert not isinstance(told, Markup) or ("<script" not in told and "<b>Post" not in told)


@pytest.mark.parametrize("chart", OF_ARTICLES, ids=lambda chart: chart.slug)
def test_a_query_answers_the_same_twice(two: Snapshot, chart: Chart) -> None:
    one, other = (chart.query(two, Filter(fewest=1)) for _ in range(2))
    pd.testing.assert_frame_equal(one.frame, other.frame)
    assert replace(one, frame=other.frame) == replace(other, frame=other.frame)


def test_slugs_are_unique() -> None:
    assert len({chart.slug for chart in CHARTS}) == len(CHARTS)
