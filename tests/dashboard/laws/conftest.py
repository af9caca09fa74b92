"""The room of the laws as a store, and every filter that a law is tried under."""

from __future__ import annotations

import pytest

from dashboard.filters import Filter
from etl.store import Snapshot
from tests.dashboard.laws.rich_room import FILTERS, open_room


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_room(tmp_path_factory.mktemp("laws"))


@pytest.fixture(params=FILTERS, scope="module")
def chosen(request: pytest.FixtureRequest) -> Filter:
    return FILTERS[request.param]
