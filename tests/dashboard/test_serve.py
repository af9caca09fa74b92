"""The command serve as people run it: it answers, it fills, and it leaves nothing behind, however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.pipeline.whole import mark_whole, sum_folder
from etl.settings import DATA
from etl.store import Store
from tests.dashboard.small_newsroom import fill_newsroom

PATIENCE = 120.0  # seconds; a loaded machine is slow
Serve = Callable[..., "Served"]


class Served:
    """A running `newsprism serve` and what it said."""

    def __init__(self, port: int, log: Path, process: subprocess.Popen[bytes]) -> None:
        self.port, self.log, self.process = port, log, process

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=5):
                return True
        except OSError:
            return False

    def says(self, words: str) -> bool:
        return words in self.log.read_text(encoding="utf-8")


def wait_until(happened: Callable[[], bool]) -> bool:
    """Whether it happened in time."""
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of demonstrations whose sample is loaded already."""
    folder = tmp_path_factory.mktemp("demos")
    fill_newsroom(folder / "sample")
    mark_whole(folder / "sample", sum_folder(DATA / "sample"))
    return folder


@pytest.fixture
def serve(newsroom: Store, demos: Path, tmp_path: Path) -> Iterator[Serve]:
    """Start `newsprism serve` without a package index in reach; ended after the test."""
    started: list[Served] = []

    def start(*options: str) -> Served:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        given = {"NEWSPRISM_STORE": str(newsroom.folder), "NEWSPRISM_DEMOS": str(demos),
                 "PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_RETRIES": "0", "COLUMNS": "200"}  # fmt: skip
        log = tmp_path / "log"
        with log.open("wb") as told:
            process = subprocess.Popen(
                [sys.executable, "-m", "dashboard", "serve", "--port", str(port), *options],
                env={**os.environ, **given}, stdout=told, stderr=told,
            )  # fmt: skip
        started.append(Served(port, log, process))
        return started[-1]

    yield start
    for served in started:
        served.process.kill()
        served.process.wait()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_answers_and_leaves_nothing_behind(serve: Serve, ending: signal.Signals) -> None:
    served = serve()
    assert wait_until(served.answers)
    served.process.send_signal(ending)
    served.process.wait(PATIENCE)
    assert wait_until(lambda: not served.answers())
    assert not served.says("Fatal")


def test_a_filled_sample_is_passed_over_and_news_out_of_reach_is_told(serve: Serve) -> None:
    served = serve("--demo")
    assert wait_until(lambda: served.says("news could not be loaded; the dashboard goes on without it"))
    assert served.says("sample: all loaded already, nothing to do")
    assert served.says("check the connection to the package index")
    assert wait_until(served.answers)
