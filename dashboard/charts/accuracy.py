"""Accuracy: how often the labels that a chart counts are right, as measured on texts that people labelled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

QUALITY = Path(__file__).parents[2] / "benchmarks" / "quality.json"
Row = Mapping[str, object]


class Measured(NamedTuple):
    """What of a task's figures speaks for a chart: the labels in words, the task, the file, and the metrics."""

    what: str
    task: str
    file: str
    metric: str


QUOTATIONS = Measured("quotations and statements", "quotes", "polnear_dev.jsonl", "quotes")
SPEAKERS = Measured("quotations with their speaker", "quotes", "polnear_dev.jsonl", "with_speaker")
NAMES = Measured("names", "entities", "crossner_politics_dev.jsonl", "strict")
STANCES = Measured("judgements", "tone", "newsmtsc_devtest_mt.jsonl", "accuracy")
PAIRS = Measured("sentences said to tell one fact (invented stories)", "claims", "held.jsonl", "pairs")
LEFT_OUT = Measured("facts said to be left out", "claims", "held.jsonl", "left_out")
DATED = Measured("dates with their value", "dates", "timebank.jsonl", "value")
GROUPED = Measured("pairs of articles put into one story", "stories", "ecbplus.jsonl", "pairwise")
BEHIND: dict[str, tuple[Measured, ...]] = {
    "Quotes": (QUOTATIONS, SPEAKERS),
    "Sources": (SPEAKERS,),
    "Reporting verbs": (QUOTATIONS,),
    "Media salience": (NAMES,),
    "Labels": (NAMES,),
    "Co-mentions": (NAMES,),
    "Agents and patients": (NAMES,),
    "Tone towards an actor": (STANCES,),
    "Fact coverage": (PAIRS, LEFT_OUT),
    "Gatekeeping": (GROUPED,),
    "Timeline": (DATED,),
}


def tell_accuracy(measure: str, rows: Sequence[Row]) -> str:
    """How right the labels behind a measure are, with n and 95 % intervals; "" where nothing was measured."""
    told = [_tell(one, rows) for one in BEHIND.get(measure, ())]
    return "; ".join(part for part in told if part)


def read_quality(path: Path = QUALITY) -> list[dict[str, object]]:
    """The rows of the quality file, `{"rows": [...]}` or a list; none where there is no readable file."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    rows = told.get("rows", []) if isinstance(told, dict) else told
    return [row for row in rows if isinstance(row, dict)]


@cache
def known_quality() -> tuple[dict[str, object], ...]:
    """The rows of the file that is committed, read once a process."""
    return tuple(read_quality())


def _tell(measured: Measured, rows: Sequence[Row]) -> str:
    """One kind of label: how many of those found are right, how many of all are found; or how many are right."""
    known = {
        str(row["measure"]): row
        for row in rows
        if (row.get("task"), row.get("data")) == (measured.task, measured.file) and "measure" in row
    }
    shares = (
        (known.get(f"{measured.metric}_precision"), "right of those found"),
        (known.get(f"{measured.metric}_recall"), "found of all"),
        (known.get(measured.metric), "right"),
    )
    parts = [f"{_write_share(row)} {words}" for row, words in shares if row]
    if not parts:
        return ""
    row = next(iter(known.values()))
    return f"{measured.what}: {', '.join(parts)} (n = {row.get('n')} {_plural(str(row.get('unit')))})"


def _plural(unit: str) -> str:
    """More than one of a unit: articles, stories."""
    return f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"


def _write_share(row: Row) -> str:
    """A share in per cent with its interval: "81 % [79, 83]"."""
    value, low, high = (round(100 * float(str(row[name]))) for name in ("value", "low", "high"))
    return f"{value} % [{low}, {high}]"
