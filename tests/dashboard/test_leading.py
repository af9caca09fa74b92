from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts.changes import draw_changes
from dashboard.charts.leading import draw_leading
from dashboard.filters import Filter
from dashboard.queries.changes import answer_changes
from dashboard.queries.health import answer_health
from dashboard.queries.leading import answer_leading, name_first
from dashboard.theme import LIGHT
from etl.store import Snapshot, Store
from tests.builders import make_article, make_article_rows, make_rows, make_store
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


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A store whose second refresh revised a headline, grew one story, began two and held back two inputs."""
    old, kept = make_article(item="1", title="Old headline"), make_article(item="2", title="Kept")
    story = {"story_id": "grown", "title": "Grown story", "articles": 3, "outlets": 2}
    small = story | {"story_id": "small", "title": "Small story", "articles": 1}
    store = make_store(
        tmp_path_factory.mktemp("refreshed"), **make_article_rows(old, kept), stories=make_rows("stories", story, small)
    )  # fmt: skip
    revised = make_article_rows(
        make_article(item="1", title="New headline"), make_article(item="2", title="Kept")
    )
    fresh = (
        {"story_id": name, "title": name, "articles": count, "outlets": 2}
        for name, count in (("a", 2), ("b", 7))
    )
    held = ({"run_id": "second", "item": str(item), "reason": "empty"} for item in range(2))
    store.commit(
        "second",
        upserts={
            "articles": revised["articles"].assign(revision=[1, 0]),
            "texts": revised["texts"],
            "stories": make_rows("stories", story | {"articles": 9}, small | {"articles": 2}, *fresh),
            "quarantine": make_rows("quarantine", *held),
        },
    )
    return store.snapshot()


def test_each_kind_of_change_is_counted_and_its_largest_example_named(refreshed: Snapshot) -> None:
    answer = answer_changes(refreshed, Filter())
    told = dict(
        zip(answer.frame["what"], zip(answer.frame["count"], answer.frame["told"], strict=True), strict=True)
    )
    assert told["Revised"] == (1, "The Courier: “Old headline” → “New headline”")
    assert told["Grew most"] == (2, "Grown story: 3 → 9 articles")
    assert told["New stories"] == (2, "largest: b")
    assert told["Quarantined"] == (2, "most often: empty")
    assert answer.n == 1 and answer.note.startswith("versions 1 → 2")


def test_a_change_leads_to_its_article_and_to_its_story(refreshed: Snapshot) -> None:
    drawn = str(draw_changes(answer_changes(refreshed, Filter()), LIGHT))
    assert 'href="page:story?story=grown">Grown story' in drawn
    assert f'href="page:articles?article={make_article(item="1").article_id}">The Courier: “Old' in drawn


def test_an_article_that_moves_to_another_month_is_revised_and_neither_new_nor_gone(tmp_path: Path) -> None:
    moved, lost, kept = (make_article(item=str(item), title=f"Item {item}") for item in range(3))
    store = make_store(tmp_path, **make_article_rows(moved, lost, kept))
    later = make_article_rows(make_article(item="0", title="Item 0, later", published="2024-09-02T08:00"))
    later["articles"] = later["articles"].assign(revision=1)
    store.commit("second", upserts=later, deleted=[lost.article_id])
    answer = answer_changes(store.snapshot(), Filter())
    counts = dict(zip(answer.frame["what"], answer.frame["count"], strict=True))
    assert (counts["New articles"], counts["Revised"], counts["Gone"]) == (0, 1, 1)
    assert answer.n == 2
