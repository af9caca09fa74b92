"""The bulk of the days: strays far from all others are left out, and nothing else is."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.queries.bulk import FAR, find_bulk


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
