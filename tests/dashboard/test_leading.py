import pandas as pd
import pytest

from dashboard.charts.leading import draw_leading
from dashboard.filters import Filter
from dashboard.queries.changes import answer_changes
from dashboard.queries.health import answer_health
from dashboard.queries.leading import answer_leading, name_first
from dashboard.theme import LIGHT
from etl.store import Snapshot, Store
from tests.dashboard.small_newsroom import HOSTILE, OUTLETS


def told(*rows: tuple[str, str | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["outlet", "published", "published_precision"])
    return frame.assign(published=pd.to_datetime(frame["published"], format="ISO8601"))


def test_the_earliest_exact_time_is_first() -> None:
    articles = told(("A", "2024-06-24 07:18", "minute"), ("B", "2024-06-24 08:18", "minute"))
    assert name_first(articles) == ("A", 3600.0)


def test_a_day_exact_time_ties_with_a_minute_of_that_day() -> None:
    assert name_first(told(("A", "2024-06-24", "day"), ("B", "2024-06-24 08:18", "minute"))) == ("tie", None)


def test_an_undated_article_makes_the_first_unknown() -> None:
    assert name_first(told(("A", "2024-06-24 07:18", "minute"), ("B", None, "none"))) == ("unknown", None)


def test_a_story_of_one_outlet_has_no_lead() -> None:
    assert name_first(told(("A", "2024-06-24 07:18", "minute"))) == ("A", None)


def test_dots_tell_carried_from_observed_and_not_observed(snapshot: Snapshot) -> None:
    row = answer_leading(snapshot, Filter()).frame.iloc[0]
    assert row["story_id"] == "strike"
    assert set(row["carried"]) == set(OUTLETS)
    assert row["carried"]["Harbour Post"] == "carried"


def test_a_hostile_title_is_text(snapshot: Snapshot) -> None:
    drawn = draw_leading(answer_leading(snapshot, Filter()), LIGHT)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_no_story_gives_an_empty_answer(snapshot: Snapshot) -> None:
    assert answer_leading(snapshot, Filter(outlets=("Nobody",))).empty


def test_the_new_article_is_the_only_change(snapshot: Snapshot) -> None:
    answer = answer_changes(snapshot, Filter())
    counts = dict(zip(answer.frame["what"], answer.frame["count"], strict=True))
    assert counts["New articles"] == 1
    assert sum(counts.values()) == 1


def test_the_first_version_has_nothing_to_compare(newsroom: Store) -> None:
    assert answer_changes(newsroom.snapshot(1), Filter()).empty


@pytest.mark.parametrize(("outlet", "whole"), [("Harbour Post", 40), ("Kontinent", 33)])
def test_health_counts_whole_days_of_six_weeks(snapshot: Snapshot, outlet: str, whole: int) -> None:
    frame = answer_health(snapshot, Filter()).frame.set_index("outlet")
    assert (frame.loc[outlet, "whole"], frame.loc[outlet, "days"]) == (whole, 42)


def test_quarantine_is_counted_for_the_outlet_that_it_came_from(snapshot: Snapshot) -> None:
    frame = answer_health(snapshot, Filter()).frame.set_index("outlet")
    assert frame["quarantined"].to_dict() == {"Harbour Post": 0, "Kontinent": 1, "Nordlys": 0}


def test_the_hostile_title_is_hostile() -> None:
    assert HOSTILE.startswith("<script>")
