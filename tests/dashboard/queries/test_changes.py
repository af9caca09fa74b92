"""Changes and method: three store versions against what was written into them."""

import math

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.changes import _are_among, answer_changes
from dashboard.queries.method import (
    answer_dictionary,
    answer_quarantine,
    answer_runs,
    answer_sources,
    answer_tables,
    answer_versions,
)
from etl.schema import TABLES
from etl.store import Store
from tests.builders import make_rows, make_store
from tests.dashboard.queries.two_editions import PAPERS, fill_editions, rows


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return fill_editions(tmp_path_factory.mktemp("editions"))


def changes(editions: Store, version: int) -> pd.DataFrame:
    return answer_changes(editions.snapshot(version), Filter()).frame.set_index("what")


@pytest.mark.parametrize(
    ("others", "found"), [(["b", "b", "x"], [False, True, True]), ([], [False] * 3), (["a", "b"], [True] * 3)]
)
def test_ids_are_found_among_others_also_where_these_repeat_or_are_none(others, found):
    ids = pd.Series(["a", "b", "b"], index=[7, 8, 9], dtype="str")
    told = _are_among(ids, pd.Series(others, dtype="str"))
    assert told.tolist() == found and told.index.tolist() == [7, 8, 9]


def test_each_kind_of_change_is_counted(editions):
    assert changes(editions, 2)["count"].to_dict() == {
        "New articles": 5, "New stories": 1, "Grew most": 2, "Revised": 1, "Gone": 1, "Quarantined": 4,
    }  # fmt: skip


def test_changes_are_told_in_words(editions):
    assert changes(editions, 2)["told"].to_dict() == {
        "New articles": "globe 2 · echo 1 · star 1 · 1 more",
        "New stories": "largest: The port",
        "Grew most": "The ferry: 2 → 6 articles",
        "Revised": "post: “Ferry late” → “Ferry very late”",
        "Gone": "no longer in the store",
        "Quarantined": "most often: no text",
    }


def test_a_change_opens_its_newest_example(editions):
    frame = changes(editions, 2)
    assert frame.loc["New articles", "article_id"] == PAPERS["h"].article_id
    assert frame.loc["Revised", "article_id"] == PAPERS["a"].article_id
    assert frame.loc["Gone", "article_id"] == PAPERS["c"].article_id
    assert (
        frame["story_id"].to_dict() | {"Grew most": "ferry", "New stories": "port"}
        == frame["story_id"].to_dict()
    )


def test_a_new_body_is_a_revision_without_a_new_headline(editions):
    frame = changes(editions, 3)
    assert frame["count"].sum() == frame.loc["Revised", "count"] == 1
    assert frame.loc["Revised", "told"] == "no headline changed"
    assert set(frame.drop(index="Revised")["told"]) == {"nothing"}


def test_changes_are_those_of_the_whole_store_whatever_the_filter(editions):
    whole, narrow = (answer_changes(editions.snapshot(2), x) for x in (Filter(), Filter(outlets=("star",))))
    pd.testing.assert_frame_equal(whole.frame, narrow.frame)
    assert (whole.n, whole.unit) == (7, "articles")
    assert whole.note.startswith("versions 1 → 2")


def test_changes_add_up_to_the_articles_of_the_next_version(editions):
    for version in (2, 3):
        frame = changes(editions, version)["count"]
        before, after = (len(editions.snapshot(v).table("articles")) for v in (version - 1, version))
        assert before + frame["New articles"] - frame["Gone"] == after


def test_a_story_under_another_name_is_neither_new_nor_grown(tmp_path):
    """`bridge` was found to begin earlier, `ferry` and `crew` are one now, `dog` came and was never told before."""
    names = {"a": "ferry", "f": "crew", "b": "bridge"}
    store = make_store(tmp_path, **told_in("a", "b", "f", **names), stories=sized(ferry=2, crew=1, bridge=1))
    now = {"a": "ferries", "f": "ferries", "b": "bridges", "c": "dog", "d": "ferries"}
    gone = sized(ferry=2, crew=1, bridge=1).assign(merged_into=["bridges", "ferries", "ferries"])  # by id
    stories = pd.concat([sized(ferries=4, bridges=1, dog=1), gone], ignore_index=True)
    store.commit("second", upserts=told_in("a", "b", "c", "d", "f", **now) | {"stories": stories})
    frame = changes(store, 2)
    assert frame.loc["New stories", ["count", "story_id"]].tolist() == [1, "dog"]
    assert frame.loc["Grew most", ["count", "story_id"]].tolist() == [1, "ferries"]
    assert frame.loc["Grew most", "told"] == "The ferries: 3 → 4 articles"


def told_in(*names: str, **stories: str) -> dict[str, pd.DataFrame]:
    """Rows of these articles, each in its story."""
    held = ({"article_id": PAPERS[name].article_id, "story_id": story} for name, story in stories.items())
    return rows(*names) | {"story_articles": make_rows("story_articles", *held)}


def sized(**sizes: int) -> pd.DataFrame:
    """Stories of so many articles."""
    told = ({"story_id": x, "title": f"The {x}", "articles": n} for x, n in sizes.items())
    return make_rows("stories", *told)


def test_versions_are_listed_newest_first(editions):
    answer = answer_versions(editions.snapshot(), Filter())
    assert answer.frame["version"].tolist() == [3, 2, 1]
    assert answer.frame["run_id"].tolist() == ["third", "second", "run"]
    assert answer.frame["made"].is_monotonic_decreasing


def test_refreshes_tell_their_seconds_or_that_they_are_lost(editions):
    answer = answer_runs(editions.snapshot(), Filter())
    assert answer.frame["run_id"].tolist() == ["second", "first"]
    assert math.isnan(answer.frame["seconds"].iloc[0])
    assert answer.frame["seconds"].iloc[1] == 3.5


@pytest.mark.parametrize("seconds", ["[1, 2]", "{}", '{"extract": "long"}', ""])
def test_times_that_are_none_are_missing(tmp_path, seconds):
    store = Store(tmp_path)
    store.commit("run", upserts={"runs": make_rows("runs", {"run_id": "run", "seconds": seconds})})
    assert answer_runs(store.snapshot(), Filter()).frame["seconds"].isna().all()


def test_quarantine_is_counted_by_reason_and_an_item_once(editions):
    """`one` was refused twice, for the same reason."""
    frame = answer_quarantine(editions.snapshot(), Filter()).frame
    assert dict(zip(frame["reason"], frame["inputs"], strict=True)) == {
        "no text": 2, "no date": 1, "not HTML": 1,
    }  # fmt: skip
    assert frame["reason"].tolist() == ["no text", "no date", "not HTML"]


def test_the_tables_have_as_many_rows_as_pandas_reads(editions):
    snapshot = editions.snapshot()
    answer = answer_tables(snapshot, Filter())
    expected = {name: len(snapshot.table(name)) for name in TABLES}
    assert dict(zip(answer.frame["table"], answer.frame["rows"], strict=True)) == expected
    assert answer.n == sum(expected.values())


def test_the_dictionary_names_each_column_of_the_contract_once(editions):
    frame = answer_dictionary(editions.snapshot(), Filter()).frame
    expected = [(table.name, column.name) for table in TABLES.values() for column in table.columns]
    assert list(zip(frame["table"], frame["column"], strict=True)) == expected


def test_sources_count_articles_without_an_outlet_row(editions):
    frame = answer_sources(editions.snapshot(), Filter()).frame
    assert dict(zip(frame["outlet"], frame["articles"], strict=True)) == {
        "post": 3, "globe": 2, "echo": 1, "star": 1,
    }  # fmt: skip
    assert frame["outlet"].tolist()[:2] == ["post", "globe"]
