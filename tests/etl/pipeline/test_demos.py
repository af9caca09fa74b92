"""The sample newsroom, loaded and loaded again: the same tables, and nothing new."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import pytest

from etl.pipeline import RunSummary
from etl.pipeline.demos import load_sample
from etl.store import Store
from tests.etl.pipeline_room import SMALL, make_settings, told

CHECKED = ["checks", "successes"]  # of a feed: it was asked once more


class Loaded(NamedTuple):
    """A sample newsroom that was loaded twice, and how its store stood in between."""

    store: Store
    first: list[RunSummary]
    again: list[RunSummary]
    between: dict[str, pd.DataFrame]
    versions: dict[str, int]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("sample")
    settings = make_settings(folder, demos=folder / "demos")
    store = Store(settings.newsrooms["sample"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("etl.transform.features.FEATURES", SMALL)
        first = load_sample(settings)
        between, versions = told(store.snapshot()), dict(store.snapshot().manifest.tables)
        again = load_sample(settings)
    return Loaded(store, first, again, between, versions)


def test_the_first_time_two_days_are_read_and_later_the_last_one_alone(loaded: Loaded) -> None:
    assert (len(loaded.first), len(loaded.again)) == (2, 1)
    assert loaded.first[0].new >= 60 and loaded.first[1].changed >= 1


def test_loading_again_finds_nothing_new(loaded: Loaded) -> None:
    last, again = loaded.first[-1], loaded.again[0]
    assert (again.new, again.changed) == (0, 0)
    assert (again.read, again.quarantined, again.reasons) == (last.read, last.quarantined, last.reasons)
    assert again.read == again.unchanged + again.quarantined


def test_every_input_is_new_changed_as_before_or_in_quarantine(loaded: Loaded) -> None:
    for run in (*loaded.first, *loaded.again):
        assert run.read == run.new + run.changed + run.unchanged + run.quarantined


def test_loading_again_leaves_every_table_as_it_was(loaded: Loaded) -> None:
    for name, frame in told(loaded.store.snapshot()).items():
        dropped = CHECKED if name == "observations" else []
        pd.testing.assert_frame_equal(
            frame.drop(columns=dropped), loaded.between[name].drop(columns=dropped), obj=name
        )


def test_loading_again_writes_nothing_but_that_it_was_done(loaded: Loaded) -> None:
    now = loaded.store.snapshot().manifest.tables
    assert {name for name, version in now.items() if loaded.versions[name] != version} == {
        "runs", "quarantine", "observations",
    }  # fmt: skip


def test_the_revised_articles_have_both_texts_and_the_rest_one(loaded: Loaded) -> None:
    snapshot = loaded.store.snapshot()
    revisions = snapshot.table("revisions").sort_values(["article_id", "revision"])
    last = revisions.drop_duplicates("article_id", keep="last").set_index("article_id")
    articles = snapshot.table("articles").set_index("article_id")
    texts = snapshot.table("texts").set_index("article_id")["text"]
    assert last["revision"].to_dict() == articles["revision"].to_dict()
    assert last["text"].to_dict() == texts.to_dict()
    changed = revisions[revisions["revision"] > 0]
    assert len(changed) == loaded.first[1].changed
    assert (changed["words_added"] + changed["words_removed"] > 0).all()


def test_what_is_in_quarantine_says_why_and_what_to_do(loaded: Loaded) -> None:
    quarantine = loaded.store.snapshot().table("quarantine")
    assert (quarantine[["item", "source", "reason", "remedy"]] != "").all().all()
    by_run = quarantine.groupby("run_id")["item"].agg(sorted)
    assert len({tuple(items) for items in by_run}) == 1  # each run finds the same
