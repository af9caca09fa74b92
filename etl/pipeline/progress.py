"""Progress: how far a refresh has come, for the terminal and for the dashboard."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from etl.store.manifest import replace_file

FILE = "progress.json"
EVERY = 0.5  # seconds between two writes
READING, COMPUTING, GROUPING = "reading", "computing features", "grouping and saving"


class Progress(Protocol):
    """Whoever wants to know how far it is."""

    def tell(self, stage: str, done: int, total: int) -> None:
        """So many of so many inputs are through, and this is what happens now; the total may still grow."""


class ProgressFile:
    """`progress.json` in the store: stage (in the end `done` or `failed`), done, total, estimate (s).

    The estimate goes by the pace since the first features were asked for: before that, nothing is known.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = folder / FILE
        self._clock = clock
        self._started: float | None = None
        self._skipped = 0
        self._written = float("-inf")
        self._stage = ""

    def tell(self, stage: str, done: int, total: int) -> None:
        """Write it down, at most twice a second unless the stage is another."""
        now = self._clock()
        if self._started is None and stage == COMPUTING:
            self._started, self._skipped = now, done
        if stage == self._stage and now - self._written < EVERY:
            return
        self._stage, self._written = stage, now
        told = {"stage": stage, "done": done, "total": total, "estimate": self._estimate(now, done, total)}
        replace_file(self._path, json.dumps(told))

    def _estimate(self, now: float, done: int, total: int) -> float | None:
        """Seconds that the rest will take, at the pace so far; none before there is a pace."""
        if done >= total > 0:
            return 0.0
        if self._started is None or done <= self._skipped:
            return None
        return (now - self._started) / (done - self._skipped) * (total - done)


class Telling:
    """Tells several listeners."""

    def __init__(self, *listeners: Progress | None) -> None:
        self._listeners = [listener for listener in listeners if listener is not None]

    def tell(self, stage: str, done: int, total: int) -> None:
        """Pass it on."""
        for listener in self._listeners:
            listener.tell(stage, done, total)
