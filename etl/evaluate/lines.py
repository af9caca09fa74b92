"""Lines: JSON Lines in and out, one record a line; a line that cannot be read is named by its number."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from etl.errors import EvaluationError

Row = dict[str, Any]


def open_lines(file: str) -> Iterator[str]:
    """The lines of a file, of a gzipped file, or of standard input for "-".

    Raises:
        EvaluationError: there is no such file, or it is not UTF-8 text.
    """
    try:
        if file == "-":
            yield from sys.stdin
        elif file.endswith(".gz"):
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                yield from lines
        else:
            with Path(file).open(encoding="utf-8") as lines:
                yield from lines
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{file}: {error}; give a JSON Lines file in UTF-8, .gz or not") from error


def read_rows(lines: Iterable[str]) -> Iterator[Row]:
    """One record a line, in order; empty lines are passed over.

    A line that is no JSON object gives `{"id": None, "error": what is wrong}` with the number of the line.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_row(line, number)


def require_rows(file: str, fields: tuple[str, ...]) -> list[Row]:
    """All records of a file, each with an `id` and these fields.

    Raises:
        EvaluationError: a line is no record or lacks a field, an id stands twice, or the file holds none.
    """
    rows = list(read_rows(open_lines(file)))
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if set(row) == {"id", "error"}:
            raise EvaluationError(f"{file}: {row['error']}")
        missing = [field for field in ("id", *fields) if field not in row]
        if missing:
            raise EvaluationError(
                f"{file}, record {number}: no field {', '.join(missing)}; "
                f"every record needs id, {', '.join(fields)}"
            )
        if row["id"] in seen:
            raise EvaluationError(f"{file}, record {number}: id {row['id']!r} stands twice; make ids unique")
        seen.add(row["id"])
    if not rows:
        raise EvaluationError(f"{file}: no records; give one JSON object a line")
    return rows


def write_row(row: Row) -> str:
    """The record as one line of JSON, without the line's end."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False)


def _read_row(line: str, number: int) -> Row:
    """The record of a line, or what is wrong with it."""
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        return {"id": None, "error": f"line {number}: no JSON ({error}); write one object a line"}
    if not isinstance(row, dict):
        return {"id": None, "error": f"line {number}: no JSON object; write one object a line"}
    return row
