from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.article import Article
from etl.schema import TABLES
from etl.transform.reprints import group_reprints, tell_earliest
from tests.etl.transform.retold import BUDGET, FERRY, SEEDS, make_tables, read_seeds, tell


def reprints_of(*articles: Article) -> pd.DataFrame:
    return TABLES["reprints"].conform(group_reprints(*make_tables(*articles)))


def earliest_of(*times: tuple[str | None, str]) -> list[object]:
    published = pd.to_datetime(pd.Series([at for at, _ in times]), utc=True, format="ISO8601")
    told = tell_earliest(
        published, pd.Series([precision for _, precision in times]), pd.Series([0] * len(times))
    )
    return [None if pd.isna(value) else bool(value) for value in told]


def test_a_copy_is_a_duplicate() -> None:
    found = reprints_of(tell("A", *FERRY), tell("B", *FERRY), tell("C", *BUDGET))
    assert found["level"].to_list() == ["duplicate", "duplicate"]
    assert found["reprint_id"].nunique() == 1
    assert (found["containment"] > 0.9).all()


def test_a_third_of_a_text_is_partial() -> None:
    one, other = tell("A", *FERRY[:3], *BUDGET[:2]), tell("B", *FERRY[:3], *BUDGET[2:], *FERRY[4:])
    assert reprints_of(one, other)["level"].to_list() == ["partial", "partial"]


def test_texts_that_share_nothing_are_no_reprints() -> None:
    assert reprints_of(tell("A", *FERRY), tell("B", *BUDGET)).empty


def test_a_common_quotation_is_no_reprint() -> None:
    said = f"“{' '.join(FERRY[:3])}”"
    assert reprints_of(tell("A", said, *BUDGET), tell("B", *FERRY[3:], *FERRY[3:], said)).empty


def test_two_texts_that_meet_only_in_a_third_are_not_one_group() -> None:
    left, right = FERRY[:3], BUDGET[:3]
    found = reprints_of(tell("A", *left), tell("B", *left, *right), tell("C", *right))
    assert len(found) == 3 or found["reprint_id"].nunique() == 1
    both = found.merge(found, on="reprint_id")
    assert (both.groupby("article_id_x").size() >= 2).all()


def test_the_earlier_minute_is_earliest() -> None:
    assert earliest_of(("2024-06-24T07:18", "minute"), ("2024-06-24T07:19", "minute")) == [True, False]


def test_a_tie_stays_a_tie() -> None:
    assert earliest_of(("2024-06-24T07:18", "minute"), ("2024-06-24T07:18", "minute")) == [None, None]


def test_a_day_does_not_tell_the_hour() -> None:
    assert earliest_of(("2024-06-24", "day"), ("2024-06-24T07:18", "minute")) == [None, None]


def test_an_unknown_time_keeps_everybody_from_being_first() -> None:
    times = (("2024-06-24T07:18", "minute"), ("2024-06-25", "day"), (None, "none"))
    assert earliest_of(*times) == [None, False, None]


def test_all_unknown_times_tell_nothing() -> None:
    assert earliest_of((None, "none"), (None, "none")) == [None, None]


def test_no_articles_give_no_rows() -> None:
    assert reprints_of().empty


@settings(max_examples=20, deadline=None)
@given(st.permutations([tell(name, *FERRY[n:], *BUDGET[:n]) for n, name in enumerate("ABCD")]))
def test_the_order_of_articles_does_not_matter(articles: list[Article]) -> None:
    pd.testing.assert_frame_equal(reprints_of(*articles), reprints_of(*articles[::-1]))


@pytest.mark.skipif(not SEEDS.exists(), reason="the reference articles are not on this machine")
def test_two_reports_on_one_statement_are_no_reprints() -> None:
    assert reprints_of(*read_seeds()).empty
