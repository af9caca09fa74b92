"""The bulk of the days: strays far from all others are left out, and nothing else is."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Filter
from dashboard.queries.bulk import FAR, find_bulk
from dashboard.queries.leading import lead_stories
from dashboard.queries.volume import answer_volume, count_figures
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store


def counts(**days: int) -> pd.Series:
    return pd.Series(list(days.values()), index=pd.to_datetime([day[1:] for day in days], format="%Y%m%d"))


@pytest.mark.parametrize(
    ("given_days", "first", "last"),
    [
        ({"d20160419": 2, "d20170101": 150, "d20170128": 150}, "2017-01-01", "2017-01-28"),  # 2 of 302 before
        ({"d20160419": 4, "d20170101": 150, "d20170128": 150}, "2016-04-19", "2017-01-28"),  # more than 1 %
        ({"d20170101": 300, "d20170129": 1}, "2017-01-01", "2017-01-29"),  # a pause of 28 days is none
        ({"d20170101": 300, "d20170130": 1}, "2017-01-01", "2017-01-01"),
        ({"d20160101": 1, "d20160601": 1, "d20170101": 300}, "2017-01-01", "2017-01-01"),  # two strays
        ({"d20160101": 1, "d20170101": 1}, "2016-01-01", "2017-01-01"),  # nothing is the bulk: all of it
    ],
)
def test_strays_are_left_out(given_days, first, last) -> None:
    assert find_bulk(counts(**given_days)) == (pd.Timestamp(first), pd.Timestamp(last))


def test_no_article_has_no_bulk() -> None:
    assert find_bulk(counts(d20170101=0)) is None


@given(st.dictionaries(st.dates(), st.integers(0, 500), min_size=1, max_size=20))
def test_at_most_one_in_a_hundred_is_left_out_at_each_edge(given_days) -> None:
    days = pd.Series(given_days)
    days.index = pd.DatetimeIndex(days.index.astype("datetime64[s]"))
    bulk = find_bulk(days)
    if bulk is None:
        assert days.sum() == 0
        return
    before, after = days[days.index < bulk[0]], days[days.index > bulk[1]]
    assert max(before.sum(), after.sum()) * 100 <= days.sum()
    for left_out, edge in ((before, bulk[0]), (after, bulk[1])):
        assert all(abs(edge - day) > FAR for day in left_out[left_out > 0].index)


@pytest.fixture(scope="module")
def strayed(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """One article of 2016, then 120 of January 2017 by two outlets; one story of both, a longer one of one."""
    days = [f"2017-01-{1 + place % 20:02d}" for place in range(120)]
    made = [make_article(outlet="A", item="old", published="2016-04-19")] + [
        make_article(outlet="AB"[place < 40], item=f"i{place}", published=day)
        for place, day in enumerate(days)
    ]
    told = [("brief", article) for article in made[50:90]] + [("both", article) for article in made[38:44]]
    members = ({"story_id": story, "article_id": article.article_id} for story, article in told)
    titles = ({"story_id": story, "title": story, "articles": 9, "outlets": 1} for story in ("brief", "both"))
    return make_store(
        tmp_path_factory.mktemp("strayed") / "own",
        **make_article_rows(*made),
        stories=make_rows("stories", *titles),
        story_articles=make_rows("story_articles", *members),
    ).snapshot()


def test_a_stray_article_does_not_stretch_the_axis_and_is_told(strayed: Snapshot) -> None:
    answer = answer_volume(strayed, Filter())
    assert (len(answer.frame), answer.n) == (20, 120)
    assert "1 more far from these days" in answer.note
    figures = count_figures(strayed, Filter())
    assert (figures.articles, figures.stray, figures.first) == (121, 1, date(2017, 1, 1))


def test_a_chosen_period_is_shown_whole(strayed: Snapshot) -> None:
    answer = answer_volume(strayed, Filter(start=date(2016, 4, 1)))
    assert (answer.n, str(answer.frame["day"].iloc[0].date())) == (121, "2016-04-19")
    assert "far" not in answer.note


def test_what_one_outlet_alone_files_leads_nothing_until_it_is_asked_for(strayed: Snapshot) -> None:
    assert list(lead_stories(strayed, Filter()).frame["story_id"]) == ["both"]
    assert lead_stories(strayed, Filter()).unit == "stories in 2 outlets or more"
    assert list(lead_stories(strayed, Filter(outlets=("B",))).frame["story_id"]) == ["both"]
    assert list(lead_stories(strayed, Filter(fewest=1)).frame["story_id"]) == ["brief", "both"]
    assert len(lead_stories(strayed, Filter()).frame["days"].iloc[0]) < 30
