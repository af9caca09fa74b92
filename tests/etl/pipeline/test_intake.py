"""Intake: what is counted, what is refused and why, which bytes are kept and which checks are noted."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.extract import Place
from etl.extract.fetch import Fetcher
from etl.pipeline import refresh
from etl.pipeline.compare import Incoming
from etl.pipeline.intake import Intake
from etl.pipeline.ledger import Ledger, close_killed
from etl.pipeline.progress import COMPUTING, READING
from etl.store import Store
from etl.store.raws import raw_path
from tests.builders import make_rows
from tests.etl.pipeline_room import SMALL, assert_same, make_settings, record, run, write_records


def take(folder: Path, *places: Place) -> tuple[Intake, list[Incoming]]:
    """The intake after these places, and the articles that it gave."""
    settings = make_settings(folder)
    intake = Intake({}, Ledger(settings), settings.snapshots)
    with Fetcher(settings) as fetcher:
        return intake, [one for some in intake.read_places(places, fetcher) for one in some]


def refused(intake: Intake) -> list[dict[str, str]]:
    return intake.ledger.rows("running")["quarantine"].to_dict("records")  # type: ignore[return-value]


def files(folder: Path, **texts: str) -> Place:
    """A folder of text files."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    return Place(kind="files", address=str(folder / "texts"), outlet="The Courier")


GOOD = "Pier reopens\n\nThe pier reopened on Monday, and the ferries left at dawn as they always did."


def test_every_input_is_an_article_or_stands_in_quarantine_with_a_remedy(tmp_path: Path) -> None:
    rows = [record(0), record(1, text=""), record(2, published="the other day"), {"title": "No text"}]
    intake, found = take(tmp_path, write_records(tmp_path / "in.jsonl", rows))
    told = refused(intake)
    assert intake.ledger.counts["read"] == len(found) + intake.ledger.counts["quarantined"]
    assert intake.ledger.counts["quarantined"] == len(told) >= 2
    assert all(row["reason"] and row["remedy"] and row["stage"] == "extract" for row in told)


def test_bytes_are_kept_before_anyone_understands_them(tmp_path: Path) -> None:
    intake, found = take(tmp_path, files(tmp_path, good=GOOD, bad="\x00" * 99))
    (problem,) = refused(intake)
    assert len(found) == 1
    assert raw_path(tmp_path / "raws", problem["snapshot"]).exists()


def test_kept_bytes_give_the_articles_and_refusals_that_their_places_gave(tmp_path: Path) -> None:
    records = write_records(tmp_path / "in.jsonl", [*map(record, range(4)), {"title": "No text"}])
    first, found = take(tmp_path, files(tmp_path, good=GOOD, bad="\x00" * 99), records)
    again = Intake({}, Ledger(make_settings(tmp_path)), tmp_path / "raws")
    kept = [one for some in again.read_kept() for one in some]
    assert sorted(one.article.article_id for one in kept) == sorted(one.article.article_id for one in found)
    assert [row["reason"] for row in refused(again)] == [row["reason"] for row in refused(first)]
    assert [check.place for check in again.checks] == [check.place for check in first.checks]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_rows_with_one_address_the_longest_counts_whatever_their_order(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    texts = ["Ships left.", "Ships left at dawn and came back.", "Ships left at dawn."]
    rows = [record(1, text=texts[n]) for n in order]
    intake, (one,) = take(tmp_path, write_records(tmp_path / "in.jsonl", rows))
    assert one.article.body == (texts[1],)
    assert (intake.ledger.counts["read"], intake.ledger.counts["quarantined"]) == (3, 2)
    assert {row["reason"] for row in refused(intake)} == {
        "another article of this file has the same address and a longer text"
    }


def test_a_copy_of_a_row_is_as_before_and_no_problem(tmp_path: Path) -> None:
    intake, found = take(tmp_path, write_records(tmp_path / "in.jsonl", [record(1)] * 3))
    assert (len(found), intake.ledger.counts) == (1, {"read": 3, "unchanged": 2})


def test_an_archive_is_checked_for_each_outlet_met_in_it(tmp_path: Path) -> None:
    rows = [*map(record, range(4)), record(4, outlet="Night Post", published=None)]
    intake, _ = take(tmp_path, write_records(tmp_path / "in.jsonl", rows))
    noted = {check.outlet: (check.first, check.last, check.held) for check in intake.checks}
    held = ("2024-06-24", "2024-06-25", "2024-07-01")
    assert noted == {
        "the-courier": ("2024-06-24", "2024-07-01", held),
        "daily-signal": ("2024-06-24", "2024-06-25", held),
        "night-post": ("", "", held),
    }


def test_a_place_that_does_not_answer_is_a_check_that_failed(tmp_path: Path) -> None:
    gone = Place(kind="feed", address="http://127.0.0.1:9/rss", outlet="The Courier")
    intake, found = take(tmp_path, gone)
    assert (found, intake.asking, intake.ledger.counts["quarantined"]) == ([], True, 1)
    assert [(check.answered, check.covered) for check in intake.checks] == [(False, [])]


def test_a_missing_file_is_refused_and_the_next_place_is_read(tmp_path: Path) -> None:
    missing = Place(kind="files", address=str(tmp_path / "none.txt"))
    intake, found = take(tmp_path, missing, write_records(tmp_path / "in.jsonl", [record(1)]))
    assert (len(found), intake.asking) == (1, False)
    assert refused(intake)[0]["item"].endswith("none.txt")


class Stopper:
    """A user who ends the run the nth time a stage is told."""

    def __init__(self, stage: str, after: int) -> None:
        self._stage, self._left = stage, after

    def tell(self, stage: str, done: int, total: int) -> None:
        """Count, and interrupt when it is time."""
        self._left -= stage == self._stage
        if stage == self._stage and self._left == 0:
            raise KeyboardInterrupt


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What nine records make when nobody interferes, and the records."""
    folder = tmp_path_factory.mktemp("whole")
    run(folder, [write_records(folder / "in.jsonl", map(record, range(9)))])
    return folder


@pytest.mark.parametrize(("stage", "after", "left"), [(READING, 2, 0), (COMPUTING, 4, 2)])
def test_a_run_ended_by_its_user_keeps_whole_batches_and_the_next_makes_it_good(
    tmp_path: Path, whole: Path, stage: str, after: int, left: int
) -> None:
    settings, store = make_settings(tmp_path, batch=2), Store(tmp_path / "store")
    place = Place(kind="records", address=str(whole / "in.jsonl"))
    with pytest.raises(KeyboardInterrupt):
        refresh(settings, [place], store=store, features=SMALL, progress=Stopper(stage, after))
    kept = store.snapshot() if store.versions() else None
    assert (0 if kept is None else len(kept.table("articles"))) == left
    assert kept is None or set(kept.table("runs")["status"]) == {"failed"}
    refresh(settings, [place], store=store, features=SMALL)
    assert_same(tmp_path, whole)


def test_the_lock_is_free_after_a_run_was_ended(tmp_path: Path) -> None:
    settings, store = make_settings(tmp_path), Store(tmp_path / "store")
    with pytest.raises(KeyboardInterrupt):
        refresh(settings, [], store=store, features=SMALL, progress=Stopper(READING, 1))
    with store.lock():
        assert store.versions() == []


def test_of_killed_runs_and_no_others_the_end_is_told() -> None:
    statuses = ["running", "complete", "partial", "failed", "running"]
    runs = make_rows("runs", *({"run_id": f"r{n}", "status": status} for n, status in enumerate(statuses)))
    assert close_killed(runs)[["run_id", "status"]].to_numpy().tolist() == [
        ["r0", "failed"],
        ["r4", "failed"],
    ]


def test_ledgers_count_the_time_of_what_fails_too(tmp_path: Path) -> None:
    ledger = Ledger(make_settings(tmp_path))
    for stage in ("read", "read", "parse"):
        with pytest.raises(ZeroDivisionError), ledger.timed(stage):
            raise ZeroDivisionError
    assert [stage for stage, _ in ledger.summarise(1).seconds] == ["read", "parse"]
