"""The rich room as a store, once for all modules that take its answers by another road."""

from __future__ import annotations

import pytest

from etl.store import Snapshot
from tests.dashboard.laws.rich_room import open_room
from tests.dashboard.queries.ten_weeks import open_weeks


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_room(tmp_path_factory.mktemp("rich"))


@pytest.fixture(scope="session")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_weeks(tmp_path_factory.mktemp("weeks"))
