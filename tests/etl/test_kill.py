"""A refresh that is killed at any moment, and a reader that watches: nothing torn, nothing lost."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from pathlib import Path

import pytest

from etl.errors import EmptyStore
from etl.extract import Place
from etl.store import Store
from tests.etl.pipeline_room import assert_same, record, run, write_records

KILLS = 20
ARTICLES = 24
FORKS = multiprocessing.get_context("forkserver")  # children begin at once, with everything imported
FORKS.set_forkserver_preload(["tests.etl.pipeline_room"])


def watch_versions(folder: Path, stop: threading.Event, seen: list[tuple[int, int]], torn: list[str]) -> None:
    """Read the newest version again and again: each article has its text, its lines and its story."""
    while not stop.is_set():
        try:
            snapshot = Store(folder).snapshot()
        except EmptyStore:
            time.sleep(0.01)
            continue
        ids = [
            set(snapshot.table(name)["article_id"])
            for name in ("articles", "texts", "sentences", "story_articles")
        ]
        if any(other != ids[0] for other in ids):
            torn.append(f"version {snapshot.version}: {[len(other) for other in ids]}")
        seen.append((snapshot.version, len(ids[0])))


def refresh_in_twos(folder: Path, place: Place) -> None:
    """What the child does."""
    run(folder, [place], batch=2)


def kill_after(folder: Path, place: Place, wait: float) -> None:
    """Start a refresh and end it with SIGKILL so long after it began."""
    child = FORKS.Process(target=refresh_in_twos, args=(folder, place))
    child.start()
    child.join(wait)
    child.kill()
    child.join()


@pytest.mark.slow
def test_killed_at_random_moments_and_run_again_it_makes_the_same_tables(tmp_path: Path) -> None:
    place = write_records(tmp_path / "in.jsonl", map(record, range(ARTICLES)))
    chosen = random.Random(20240624)  # noqa: S311  # moments, not secrets
    stop, seen, torn = threading.Event(), [], []
    reader = threading.Thread(target=watch_versions, args=(tmp_path / "killed" / "store", stop, seen, torn))
    reader.start()
    try:
        for _ in range(KILLS):
            kill_after(tmp_path / "killed", place, chosen.uniform(0.1, 2.0))
        run(tmp_path / "killed", [place], batch=2)
    finally:
        stop.set()
        reader.join()
    run(tmp_path / "whole", [place])
    assert torn == []
    assert seen == sorted(seen)
    assert_same(tmp_path / "whole", tmp_path / "killed")
    statuses = Store(tmp_path / "killed" / "store").snapshot().table("runs")["status"]
    assert "running" not in set(statuses)
