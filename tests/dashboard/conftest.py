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

OVERVIEW = """
from dashboard.pages.overview import OVERVIEW
from dashboard.screen.shell import open_shell
from etl.settings import read_settings

if open_shell(read_settings(), OVERVIEW.slug):
    OVERVIEW.draw()
"""


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small newsroom's store."""
    return fill_newsroom(tmp_path_factory.mktemp("room") / "own")


@pytest.fixture(scope="session")
def snapshot(newsroom: Store) -> Snapshot:
    """Its newest version."""
    return newsroom.snapshot()


@pytest.fixture
def settled(newsroom: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings that name the small newsroom and no demonstration."""
    monkeypatch.setenv("NEWSPRISM_STORE", str(newsroom.folder))
    monkeypatch.setenv("NEWSPRISM_DEMOS", str(tmp_path / "demos"))


@pytest.fixture
def open_app(settled: None) -> Callable[..., AppTest]:
    """Open the overview with these parameters; without the navigation, which AppTest loses on its second run."""
    return lambda **query: _run(AppTest.from_string(OVERVIEW, default_timeout=60), query)


@pytest.fixture
def whole_app(settled: None) -> AppTest:
    """The app as a user starts it, navigation and all; good for one run."""
    return AppTest.from_file(str(APP), default_timeout=60).run()


@pytest.fixture
def open_script(settled: None) -> Callable[..., AppTest]:
    """Run a script with these parameters in the address."""
    return lambda script, **query: _run(AppTest.from_string(script, default_timeout=60), query)


@pytest.fixture(scope="session", autouse=True)
def _browser_ends() -> Iterator[None]:
    """The browser that draws images ends with the tests."""
    yield
    close_worker()


def _run(app: AppTest, query: dict[str, str]) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()
