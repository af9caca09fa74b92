"""Goldens: what the machine makes of whole pages, read by a person and kept; a difference is shown as a diff.

`make golden` writes them anew. Read `git diff tests/golden` line by line before committing it: each changed
line is a claim that the machine has become better.
"""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def compare_golden(name: str, answer: Any, *, update: bool, folder: Path = FOLDER) -> str:
    """The lines in which an answer differs from the golden file of this name; empty where it does not."""
    file = folder / f"{name}.json"
    told = write_golden(answer)
    if update:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(told, encoding="utf-8")
    known = file.read_text(encoding="utf-8") if file.exists() else ""
    return "\n".join(
        difflib.unified_diff(known.splitlines(), told.splitlines(), "golden", "now", lineterm="")
    )


def write_golden(answer: Any) -> str:
    """The answer as JSON to read: one key a line, each row of a list on a line of its own."""
    if not isinstance(answer, dict):
        return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
    return (
        "{\n"
        + ",\n".join(f" {json.dumps(key)}: {_write_value(value)}" for key, value in answer.items())
        + "\n}\n"
    )


def _write_value(value: Any) -> str:
    """A value on one line; a list with one line a row."""
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value) + "\n ]"
