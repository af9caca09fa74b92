"""A refresh that is killed at any moment, and a reader that watches: nothing torn, nothing lost."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from etl.errors import EmptyStore
from etl.extract import Place, place_for
from etl.pipeline import refresh
from etl.pipeline.workers import PRELOADED
from etl.schema import TABLES
from etl.settings import DATA
from etl.store import Store
from etl.transform.features import FEATURES
from tests.etl.pipeline_room import assert_same, make_settings, record, run, write_records

SMALL_KILLS, REAL_KILLS = 20, 2  # the real features take seconds to load in each child
ARTICLES = 4
SAMPLE = sorted((DATA / "sample" / "harbour-post").rglob("*.html"))[:6]
KEYED = [name for name, table in TABLES.items() if table.key[0] == "article_id" and name != "articles"]
FORKS = multiprocessing.get_context("forkserver")  # children begin at once, with what takes long to import
FORKS.set_forkserver_preload(list(PRELOADED))
Refresh = Callable[[Path, list[Place]], None]


@dataclass
class Watched:
    """What a reader saw: version and number of articles each time, and what did not fit together."""

    seen: list[tuple[int, int]] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)


def look(folder: Path, watched: Watched) -> None:
    """Read the newest version: each article has its text, no row is of one that is not there."""
    snapshot = Store(folder).snapshot()
    ids = set(snapshot.table("articles", ["article_id"])["article_id"])
    rows = {name: set(snapshot.table(name, ["article_id"])["article_id"]) for name in KEYED}
    if rows["texts"] != ids or rows["sentences"] != ids or any(row - ids for row in rows.values()):
        watched.torn.append(f"version {snapshot.version}: { {name: len(row) for name, row in rows.items()} }")
    watched.seen.append((snapshot.version, len(ids)))


@contextmanager
def watch_versions(folder: Path) -> Iterator[Watched]:
    """A reader that looks again and again meanwhile."""
    watched, stop = Watched(), threading.Event()

    def keep_looking() -> None:
        while not stop.wait(0.1):
            try:
                look(folder, watched)
            except EmptyStore:
                continue
            except Exception as error:  # noqa: BLE001  # whatever a reader meets is what the test is about
                watched.torn.append(repr(error))

    reader = threading.Thread(target=keep_looking)
    reader.start()
    try:
        yield watched
    finally:
        stop.set()
        reader.join()


def refresh_in_twos(folder: Path, places: list[Place]) -> None:
    """A refresh with the small features."""
    run(folder, places, batch=2)


def refresh_for_real(folder: Path, places: list[Place]) -> None:
    """A refresh with all features of the house."""
    settings = make_settings(folder, batch=3)
    refresh(settings, places, store=Store(settings.store), features=FEATURES)


def run_child(act: Refresh, folder: Path, places: list[Place], wait: float | None = None) -> None:
    """Refresh in a process of its own, and end it with SIGKILL so long after it began."""
    child = FORKS.Process(target=act, args=(folder, places))
    child.start()
    child.join(wait)
    child.kill()
    child.join()


def kill_again_and_again(act: Refresh, folder: Path, places: list[Place], kills: int) -> Watched:
    """An undisturbed refresh in `whole`; in `killed` one that is killed so often, and at last left alone.

    The moments are spread over as long as the undisturbed one took, however busy the machine is.
    """
    run_child(act, folder / "warm", places)
    began = time.monotonic()
    run_child(act, folder / "whole", places)
    lasted = time.monotonic() - began
    chosen = random.Random(20240624)  # noqa: S311  # moments, not secrets
    with watch_versions(folder / "killed" / "store") as watched:
        for number in range(kills):
            run_child(act, folder / "killed", places, lasted * (number + chosen.random()) / kills)
        run_child(act, folder / "killed", places)
    return watched


def assert_unharmed(folder: Path, watched: Watched) -> None:
    """Nothing seen was torn, versions only grew, and the tables are those of the undisturbed refresh."""
    assert watched.torn == []
    assert watched.seen
    assert watched.seen == sorted(watched.seen)
    assert_same(folder / "whole", folder / "killed")
    statuses = Store(folder / "killed" / "store").snapshot().table("runs")["status"]
    assert "running" not in set(statuses)


@pytest.mark.slow
def test_killed_at_random_moments_and_run_again_it_makes_the_same_tables(tmp_path: Path) -> None:
    places = [write_records(tmp_path / "in.jsonl", map(record, range(ARTICLES)))]
    assert_unharmed(tmp_path, kill_again_and_again(refresh_in_twos, tmp_path, places, SMALL_KILLS))


@pytest.mark.slow
def test_with_all_features_it_makes_the_same_tables_too(tmp_path: Path) -> None:
    places = [place_for(str(path), "The Harbour Post") for path in SAMPLE]
    assert len(places) == 6
    assert_unharmed(tmp_path, kill_again_and_again(refresh_for_real, tmp_path, places, REAL_KILLS))
