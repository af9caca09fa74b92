"""Ledger: what a run read, made and could not use, as rows of `runs` and `quarantine` and as a summary."""

from __future__ import annotations

import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Literal

import pandas as pd

from etl.article import content_id
from etl.errors import UnusableInput
from etl.schema import TABLES
from etl.settings import Settings

Status = Literal["running", "complete", "partial", "failed"]
COUNTED = ("read", "new", "changed", "unchanged", "quarantined")


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """How a run ended: counts of inputs, reasons for quarantine by how often they occur, seconds by stage.

    `unmodified` counts feeds and pages of which the server said that they are as they were, and sent nothing.
    """

    run_id: str
    status: Status
    version: int
    read: int
    new: int
    changed: int
    unchanged: int
    quarantined: int
    unmodified: int = 0
    reasons: tuple[tuple[str, int], ...]
    seconds: tuple[tuple[str, float], ...]


class Ledger:
    """The books of one run; counts are of inputs, not of batches."""

    def __init__(self, settings: Settings) -> None:
        self.started = datetime.now(UTC)
        self.run_id = content_id(self.started.isoformat(), str(os.getpid()))
        self.counts: Counter[str] = Counter()
        self._told = settings.model_dump_json()
        self._refused: list[dict[str, str]] = []
        self._items: Counter[str] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def refuse(
        self, problem: UnusableInput, stage: str, *, source: str = "", url: str = "", snapshot: str = ""
    ) -> None:
        """Put one input into quarantine; an item that fails twice gets two rows."""
        self.counts["quarantined"] += 1
        row = {"item": self._name_item(problem.item), "stage": stage}
        told = {"reason": problem.reason, "remedy": problem.remedy}
        where = {"run_id": self.run_id, "source": source, "url": url, "snapshot": snapshot}
        self._refused.append(row | told | where)

    def _name_item(self, item: str) -> str:
        """The item, numbered where it was refused before; no other item has that name."""
        name = item
        while name in self._items:
            self._items[item] += 1
            name = f"{item} ({self._items[item]})"
        self._items[name] = 1
        return name

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count the wall time of what happens inside to this stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[stage] += time.perf_counter() - begun

    def rows(self, status: Status) -> dict[str, pd.DataFrame]:
        """The run's rows of `runs` and `quarantine` as they stand now."""
        run = {
            "run_id": self.run_id,
            "started": pd.Timestamp(self.started),
            "finished": None if status == "running" else pd.Timestamp.now("UTC"),
            "status": status,
            "code_version": version("newsprism"),
            "settings": self._told,
            "seconds": json.dumps({stage: round(spent, 3) for stage, spent in self._seconds.items()}),
        } | {name: self.counts[name] for name in COUNTED}
        refused = pd.DataFrame(self._refused, columns=list(TABLES["quarantine"].names))
        return {"runs": pd.DataFrame([run]), "quarantine": refused}

    @property
    def status(self) -> Status:
        """How a run ends that came to its end."""
        return "partial" if self.counts["quarantined"] else "complete"

    def summarise(self, store_version: int) -> RunSummary:
        """The run in one record."""
        reasons = Counter(row["reason"] for row in self._refused).most_common()
        return RunSummary(
            run_id=self.run_id,
            status=self.status,
            unmodified=self.counts["unmodified"],
            version=store_version,
            reasons=tuple(reasons),
            seconds=tuple(self._seconds.items()),
            **{name: self.counts[name] for name in COUNTED},
        )


def close_killed(runs: pd.DataFrame) -> pd.DataFrame:
    """Rows of runs that were killed before they could say so: they failed."""
    return runs[runs["status"] == "running"].assign(status="failed")
