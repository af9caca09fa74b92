"""Fixtures of the browser tests: the dashboard on the small newsroom, and Debian's Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, sync_playwright

from dashboard.export.worker import find_browser
from etl.errors import ExportFailed
from tests.dashboard.small_newsroom import fill_newsroom

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the dashboard of the small newsroom is served."""
    folder = tmp_path_factory.mktemp("served")
    fill_newsroom(folder / "own")
    port = _free_port()
    given = {**os.environ, "NEWSPRISM_STORE": str(folder / "own"), "NEWSPRISM_DEMOS": str(folder / "demos")}
    command = [Path(sys.executable).with_name("newsprism"), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL) as server:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as it is installed here."""
    try:
        path = find_browser()
    except ExportFailed as missing:
        pytest.skip(str(missing))
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(url: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own server
                return
        except URLError:
            time.sleep(0.5)
    pytest.fail(f"{url} did not answer within a minute")
