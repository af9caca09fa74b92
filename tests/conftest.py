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
    r"laws|_road|_bench|_cases|every_chart|test_pages|test_pipeline|test_kill|sample_fetched|test_serve|seeds|"
    r"/quality/|/browser/|/golden/|/pipeline/|/store/|/charts/(?!test_reader)|"
    r"test_(formats|filters|layers|bar|card|focus|address|claims|copied_words|reprints|stories|story|story_log|"
    r"primaries|quotes|own_name|actors|bursts|watch|quoted|clause_facts|odd_days|published_values|survival|skew|"
    r"compare_quotes|primary|overlap|compared|intervals|three_papers|by_hand|clusterings)\.py"
)
TRACER = pytest.StashKey[Coverage]()
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


def pytest_xdist_setupnodes() -> None:
    """The process that hands the tests out runs none: it is not traced."""
    stop_tracing()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Between the tests nothing is traced."""
    if tracer := stop_tracing():
        session.config.stash[TRACER] = tracer


def stop_tracing() -> Coverage | None:
    """The tracer that ran, if any. In a worker a second one runs beneath it, which would go on in its place."""
    newest = running = Coverage.current()
    while running:
        running.stop()
        running = Coverage.current()
    return newest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Tracing doubles the time that a test takes: none is traced where others cover the same lines already, and
    no examples of a law.
    """
    law = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    tracer = None if law or AGAIN.search(item.nodeid) else item.config.stash.get(TRACER, None)
    if tracer:
        tracer.start()
    try:
        return (yield)
    finally:
        if tracer:
            tracer.stop()
