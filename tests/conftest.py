"""What every test may use: the profile of property tests and the option that renews golden files."""

from __future__ import annotations

import pytest
from hypothesis import settings

# A busy machine must not fail a law: no deadline. Examples are drawn anew on each run; failures print how to
# repeat them.
settings.register_profile("newsprism", deadline=None, print_blob=True)
settings.load_profile("newsprism")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write golden files anew; read the diff")
