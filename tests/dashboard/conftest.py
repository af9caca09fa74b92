"""Fixtures of the dashboard's tests: one small newsroom for all of them, read only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.export.worker import close_worker
from etl.store import Snapshot, Store
from tests.dashboard.small_newsroom import fill_newsroom

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small newsroom's store."""
    return fill_newsroom(tmp_path_factory.mktemp("room") / "own")


@pytest.fixture(scope="session")
def snapshot(newsroom: Store) -> Snapshot:
    """Its newest version."""
    return newsroom.snapshot()


@pytest.fixture
def open_app(newsroom: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., AppTest]:
    """Open the app on the small newsroom with these parameters in the address, on this page."""
    monkeypatch.setenv("NEWSPRISM_STORE", str(newsroom.folder))
    monkeypatch.setenv("NEWSPRISM_DEMOS", str(tmp_path / "demos"))

    def opened(**query: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return opened


@pytest.fixture(scope="session", autouse=True)
def _browser_ends() -> Iterator[None]:
    """The browser that draws images ends with the tests."""
    yield
    close_worker()
