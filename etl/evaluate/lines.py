"""Lines: JSON Lines in and out, one record a line; a line that cannot be read is named by its number."""

from __future__ import annotations

import gzip
import io
import json
import math
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from etl.errors import EvaluationError

Row = dict[str, Any]
GZIP = b"\x1f\x8b"  # the first bytes of whatever is gzipped
HALF = re.compile("[\ud800-\udfff]")  # half of a pair that UTF-16 writes one character with


def open_lines(file: str) -> Iterator[bytes]:
    """The lines of a file, or of standard input for "-"; unpacked where they are gzipped.

    Raises:
        EvaluationError: there is no such file, or it breaks off.
    """
    try:
        with _open_bytes(file) as lines:
            yield from _unpack(lines)
    except (OSError, EOFError, zlib.error) as error:
        raise EvaluationError(f"{file}: {error}; give a JSON Lines file in UTF-8, .gz or not") from error


def read_rows(lines: Iterable[str | bytes]) -> Iterator[Row]:
    """One record a line, in order; empty lines are passed over.

    A line that is no JSON object gives `{"id": None, "error": what is wrong}` with the number of the line.
    Numbers that are none are read as null, half characters as the replacement character.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_row(line, number)


def take_batches(rows: Iterable[Row], size: int | None = None) -> Iterator[list[Row]]:
    """The records in batches of this size, or in one; those read before the input breaks off come first.

    Raises:
        EvaluationError: the input broke off.
    """
    waiting, broken = iter(rows), None
    while broken is None:
        batch: list[Row] = []
        try:
            for row in islice(waiting, size):
                batch.append(row)  # noqa: PERF402  # what came before an error is kept
        except EvaluationError as error:
            broken = error
        if not batch:
            break
        yield batch
    if broken is not None:
        raise broken


def require_rows(file: str, fields: tuple[str, ...]) -> list[Row]:
    """All records of a file, each with an `id` and these fields.

    Raises:
        EvaluationError: a line is no record or lacks a field, an id stands twice, or the file holds none.
    """
    rows = list(read_rows(open_lines(file)))
    seen: set[str | float] = set()
    for number, row in enumerate(rows, start=1):
        if set(row) == {"id", "error"}:
            raise EvaluationError(f"{file}: {row['error']}")
        missing = [field for field in ("id", *fields) if field not in row]
        if missing:
            raise EvaluationError(
                f"{file}, record {number}: no field {', '.join(missing)}; "
                f"every record needs id, {', '.join(fields)}"
            )
        if not isinstance(row["id"], str | int | float):
            raise EvaluationError(f"{file}, record {number}: id {row['id']!r} is neither text nor a number")
        if row["id"] in seen:
            raise EvaluationError(f"{file}, record {number}: id {row['id']!r} stands twice; make ids unique")
        seen.add(row["id"])
    if not rows:
        raise EvaluationError(f"{file}: no records; give one JSON object a line")
    return rows


def write_row(row: Row) -> str:
    """The record as one line of JSON, without the line's end."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False)


def _open_bytes(file: str) -> IO[bytes]:
    """A file or standard input, to be read as bytes.

    Raises:
        EvaluationError: standard input is closed.
    """
    if file != "-":
        return Path(file).open("rb")
    if sys.stdin is None:
        raise EvaluationError("standard input is closed; name a file, or pipe JSON Lines in")
    return sys.stdin.buffer


def _unpack(lines: IO[bytes]) -> Iterable[bytes]:
    """The lines themselves, or what is gzipped in them."""
    gzipped = isinstance(lines, io.BufferedReader) and lines.peek(len(GZIP)).startswith(GZIP)
    return gzip.open(lines) if gzipped else lines


def _read_row(line: str | bytes, number: int) -> Row:
    """The record of a line, or what is wrong with it."""
    try:
        told = line if isinstance(line, str) else line.decode("utf-8-sig")
        row = json.loads(told, parse_float=_read_number, parse_constant=_read_number)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"line {number}: no JSON ({error}); write one object a line, in UTF-8"}
    if not isinstance(row, dict):
        return {"id": None, "error": f"line {number}: no JSON object; write one object a line"}
    return _mend_halves(row) if "\\u" in told else row


def _read_number(written: str) -> float | None:
    """A number; none for what JSON knows no number for, such as NaN."""
    number = float(written)
    return number if math.isfinite(number) else None


def _mend_halves(row: Row) -> Row:
    """The record with a replacement character for each half character, so that every offset stays."""
    written = json.dumps(row, ensure_ascii=False)
    mended: Row = json.loads(HALF.sub("\ufffd", written)) if HALF.search(written) else row
    return mended
