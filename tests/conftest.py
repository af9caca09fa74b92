"""What every test may use: the profile of property tests and the option that renews golden files."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A busy machine must not fail a law: no deadline. The same commit gives the same verdict: examples follow from
# the test. HYPOTHESIS_PROFILE=thorough draws many more, anew on each run; failures print how to repeat them.
settings.register_profile("newsprism", deadline=None, print_blob=True, max_examples=40, derandomize=True)
settings.register_profile("thorough", deadline=None, print_blob=True, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "newsprism"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write golden files anew; read the diff")
