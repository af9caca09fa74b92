"""How the tests run: the profile of property tests, golden files made anew, how many at once, what is traced."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage
from hypothesis import settings

# A busy machine must not fail a law: no deadline. The same commit gives the same verdict: examples follow from
# the test. HYPOTHESIS_PROFILE=thorough draws many more, anew on each run; failures print how to repeat them.
settings.register_profile("newsprism", deadline=None, print_blob=True, max_examples=20, derandomize=True)
settings.register_profile("thorough", deadline=None, print_blob=True, max_examples=500)
AGAIN = re.compile(
    r"laws|_road|_bench|every_chart|test_pages|test_pipeline|test_kill|sample_fetched|test_serve|test_names|"
    r"test_formats|test_card|copied_words|test_claims\.|seeds|/quality/|/browser/|/golden/|/pipeline/|/store/"
)
YOURS = ("store", "demos", "snapshots", "actors", "stories", "alerts", "settings")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "newsprism"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write golden files anew; read the diff")


def pytest_configure() -> None:
    """What you have loaded and decided in this copy of the project is nothing to the tests."""
    nowhere = Path(tempfile.gettempdir(), f"newsprism-tests-{os.getpid()}")
    os.environ |= {f"NEWSPRISM_{name.upper()}": str(nowhere / name) for name in YOURS}


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: many tests wait for a browser, a server or a refresh in another process."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Untraced where others cover the same lines already, so too the examples of a law: tracing doubles
    the time that a test takes.
    """
    law = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    tracer = Coverage.current() if law or AGAIN.search(item.nodeid) else None
    if tracer:
        tracer.stop()
    try:
        return (yield)
    finally:
        if tracer:
            tracer.start()
