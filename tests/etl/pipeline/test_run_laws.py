"""A refresh over its whole course: what is postponed, what a killed run leaves, what it tells and books."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.commands.terminal import tell_summary
from etl.errors import UnusableInput
from etl.pipeline import refresh
from etl.pipeline.compare import count_changes
from etl.pipeline.ledger import Ledger, RunSummary
from etl.pipeline.progress import COMPUTING, GROUPING, READING, ProgressFile
from etl.schema import TABLES
from etl.settings import Settings
from etl.store import Store
from tests.etl.pipeline_room import SMALL, make_settings, record, run, write_records

WORDS = st.lists(st.sampled_from(["sea", "pier", "storm", "crew"]), max_size=8)


class Heard:
    """Remembers all that it is told; may end the run at a stage as a user would."""

    def __init__(self, store: Path, stop_after: int | None = None) -> None:
        self.told: list[tuple[str, int, int]] = []
        self.files: list[dict[str, object]] = []
        self._store, self._stop_after = store, stop_after

    def tell(self, stage: str, done: int, total: int) -> None:
        """Write it down, with what the file says at that moment."""
        self.told.append((stage, done, total))
        self.files.append(json.loads((self._store / "progress.json").read_text(encoding="utf-8")))
        if stage == GROUPING and [s for s, _, _ in self.told].count(GROUPING) == self._stop_after:
            raise KeyboardInterrupt


def listen(folder: Path, count: int, *, batch: int, stop_after: int | None = None) -> Heard:
    """Refresh so many records; what was told."""
    place = write_records(folder / "in.jsonl", map(record, range(count)))
    settings = make_settings(folder, batch=batch)
    heard = Heard(settings.store, stop_after)
    refresh(settings, [place], store=Store(settings.store), features=SMALL, progress=heard)
    return heard


def test_windows_of_versions_in_between_name_only_articles_that_are_there(tmp_path: Path) -> None:
    listen(tmp_path, 9, batch=2)
    store = Store(tmp_path / "store")
    grouped = []
    for version in store.versions():
        snapshot = store.snapshot(version)
        articles = set(snapshot.table("articles")["article_id"])
        assert set(snapshot.table("sentences")["article_id"]) == articles
        assert set(snapshot.table("story_articles")["article_id"]) <= articles
        grouped.append((len(articles), len(snapshot.table("story_articles"))))
    assert grouped == [(2, 2), (4, 4), (6, 4), (8, 8), (9, 8), (9, 9)]


def test_a_run_ended_between_a_postponed_batch_and_the_end_is_made_good(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        listen(tmp_path / "ended", 9, batch=2, stop_after=4)
    left = Store(tmp_path / "ended" / "store").snapshot()
    assert (len(left.table("articles")), len(left.table("story_articles"))) == (6, 4)
    assert left.table("runs")["status"].tolist() == ["failed"]
    listen(tmp_path / "ended", 9, batch=2)
    again = Store(tmp_path / "ended" / "store").snapshot()
    assert sorted(again.table("runs")["status"]) == ["complete", "failed"]
    assert len(again.table("story_articles")) == 9


def test_a_changed_article_is_grouped_at_once(tmp_path: Path) -> None:
    listen(tmp_path, 6, batch=6)
    moved = write_records(tmp_path / "new.jsonl", [record(0, published="2024-08-01T08:00:00Z")])
    run(tmp_path, [moved])
    store = Store(tmp_path / "store")
    stories = [store.snapshot(v).table("story_articles")["story_id"].tolist() for v in store.versions()[-2:]]
    assert all("2024-08-01" in days for days in stories)


def test_workers_that_die_with_two_batches_under_way_lose_one_article(tmp_path: Path) -> None:
    rows = [record(n, text="This is venom.\n\nMore.") if n == 3 else record(n) for n in range(8)]
    summary = run(tmp_path, [write_records(tmp_path / "in.jsonl", rows)], workers=2, batch=4)
    assert (summary.read, summary.new, summary.quarantined) == (8, 8, 1)
    snapshot = Store(tmp_path / "store").snapshot()
    assert sorted(snapshot.table("articles")["url"]) == [
        f"https://courier.example/{n}" for n in range(8) if n != 3
    ]
    assert snapshot.table("quarantine")[["stage", "url"]].to_numpy().tolist() == [
        ["transform", "https://courier.example/3"]
    ]


@pytest.mark.parametrize("batch", [3, 20])
def test_progress_goes_forward_and_ends_with_done(tmp_path: Path, batch: int) -> None:
    heard = listen(tmp_path, 7, batch=batch)
    stages = list(dict.fromkeys(stage for stage, _, _ in heard.told))
    assert stages == [READING, COMPUTING, GROUPING, "done"]
    for column in (1, 2):
        counted = [told[column] for told in heard.told]
        assert counted == sorted(counted)
    assert heard.told[-1] == ("done", 7, 7)
    assert all(file["estimate"] is None or float(str(file["estimate"])) >= 0 for file in heard.files)
    assert heard.files[-1] == {"stage": "done", "done": 7, "total": 7, "estimate": 0.0}


@pytest.mark.parametrize(
    ("told", "estimate"),
    [
        ([(0.0, READING, 0, 0)], None),
        ([(0.0, READING, 0, 9)], None),
        ([(0.0, COMPUTING, 0, 10), (4.0, COMPUTING, 2, 10)], 16.0),
        ([(0.0, COMPUTING, 5, 10), (4.0, COMPUTING, 7, 10)], 6.0),
        ([(0.0, COMPUTING, 5, 10), (4.0, GROUPING, 10, 10)], 0.0),
        ([(0.0, COMPUTING, 0, 10), (0.1, COMPUTING, 9, 10)], None),
    ],
)
def test_the_estimate_goes_by_the_pace_since_the_first_features(
    tmp_path: Path, told: list[tuple[float, str, int, int]], estimate: float | None
) -> None:
    clock = iter([at for at, _, _, _ in told])
    progress = ProgressFile(tmp_path, lambda: next(clock))
    for _, stage, done, total in told:
        progress.tell(stage, done, total)
    assert json.loads((tmp_path / "progress.json").read_text())["estimate"] == estimate


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("a b c", "a b c", (0, 0)), ("", "a b", (2, 0)), ("a b", "", (0, 2)), ("a b c", "a x c", (1, 1)),
        ("a b", "b a", (1, 1)), ("a a a", "a", (0, 2)), ("a\n\nb", "a b", (0, 0)), ("a b", "a b c d", (2, 0)),
    ],
)  # fmt: skip
def test_words_added_and_removed_as_counted_by_hand(
    before: str, after: str, changes: tuple[int, int]
) -> None:
    assert count_changes(before, after) == changes


def test_words_repeated_without_end_are_counted_at_once() -> None:
    wall = "so " * 30_000
    assert count_changes(f"{wall}it began", f"{wall}so it ended today") == (3, 1)
    assert count_changes("one two " * 999, "two one " * 999) == (1, 1)


@given(WORDS, WORDS)
def test_what_was_added_less_what_was_removed_is_the_growth(old: list[str], new: list[str]) -> None:
    added, removed = count_changes(" ".join(old), " ".join(new))
    assert added - removed == len(new) - len(old)
    assert 0 <= added <= len(new) and 0 <= removed <= len(old)


def test_revisions_tell_each_change_by_its_words(tmp_path: Path) -> None:
    texts = ["Ships left.\n\nAll well.", "Ships left at dawn.\n\nAll well.", "All well here."]
    for text in texts:
        run(tmp_path, [write_records(tmp_path / "in.jsonl", [record(1, text=text)])])
    rows = Store(tmp_path / "store").snapshot().table("revisions")
    assert rows[["revision", "words_added", "words_removed"]].to_numpy().tolist() == [
        [0, 0, 0], [1, 3, 1], [2, 2, 5],
    ]  # fmt: skip


def test_the_ledger_books_each_refusal_under_a_key_of_its_own() -> None:
    ledger = Ledger(Settings())
    for reason in ("cold", "cold", "wet"):
        ledger.refuse(UnusableInput("page", reason, "mend it"), "extract", source="s")
    ledger.counts.update({"read": 5, "new": 2})
    rows = {name: TABLES[name].conform(frame) for name, frame in ledger.rows("partial").items()}
    assert rows["quarantine"]["item"].tolist() == ["page", "page (2)", "page (3)"]
    assert rows["runs"][["read", "new", "quarantined"]].to_numpy().tolist() == [[5, 2, 3]]
    assert ledger.summarise(7).reasons == (("cold", 2), ("wet", 1))
    assert (ledger.status, ledger.summarise(7).version) == ("partial", 7)


def test_no_name_that_an_input_gives_itself_is_that_of_another_refusal() -> None:
    ledger = Ledger(Settings())
    for item in ("a", "a", "a (2)", "a (2)", "a", "a (2) (2)"):
        ledger.refuse(UnusableInput(item, "cold", "mend it"), "extract")
    rows = TABLES["quarantine"].conform(ledger.rows("partial")["quarantine"])
    assert sorted(rows["item"]) == ["a", "a (2)", "a (2) (2)", "a (2) (2) (2)", "a (2) (3)", "a (3)"]


@pytest.mark.parametrize("status", ["running", "complete", "partial", "failed"])
def test_only_a_run_that_ended_has_an_end(status: str) -> None:
    row = TABLES["runs"].conform(Ledger(Settings()).rows(status)["runs"]).iloc[0]  # type: ignore[arg-type]
    assert (row["status"], bool(row["finished"] is not None and row["finished"] == row["finished"])) == (
        status, status != "running",
    )  # fmt: skip


def test_the_summary_is_told_in_words_and_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    summary = RunSummary(
        run_id="r1", status="complete", version=3, read=1234, new=1000, changed=200, unchanged=34,
        quarantined=0, unmodified=1035, reasons=(), seconds=(("read", 1.26),),
    )  # fmt: skip
    tell_summary(summary)
    assert capsys.readouterr().out.splitlines() == [
        "1,234 read: 1,000 new, 200 changed, 34 unchanged, 0 quarantined",
        "1,035 feeds and pages not modified: their servers sent nothing",
        "store version 3, run r1 (read 1.3 s)",
    ]
