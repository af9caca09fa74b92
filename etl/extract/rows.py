"""Rows: the rows of a JSON, JSON Lines, CSV or Parquet file as texts by column name, each with its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl.errors import UnreadableInput
from etl.extract.decoding import decode_text, load_json

Row = dict[str, Any]
LONGEST_FIELD = 20_000_000
DELIMITERS = ",;\t|"
LIST_KEYS = ("articles", "items", "data", "results", "records", "rows", "documents", "docs")


def read_rows(content: bytes, item: str, suffix: str) -> Iterator[tuple[int, Row | UnreadableInput]]:
    """Each row under its number from 1; a broken one as the reason why it cannot be used.

    Raises:
        UnreadableInput: the file as a whole is empty, binary, in another encoding or not of its kind.
    """
    if suffix == ".parquet":
        return _read_parquet(content, item)
    text = decode_text(content, item)
    if suffix in (".csv", ".tsv"):
        return _read_csv(text, item)
    if suffix == ".json":
        return _read_json(text, item)
    return _read_lines(text, item)


def field_text(value: object) -> str:
    """A value as text: a list joined by '; ', a time in ISO 8601, nothing for a missing one."""
    if value is None or value != value:  # not a number
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(part for part in map(field_text, value) if part)
    if isinstance(value, Mapping):
        return field_text(value.get("name") or value.get("title") or value.get("value"))
    return str(value).strip()


def _read_lines(text: str, item: str) -> Iterator[tuple[int, Row | UnreadableInput]]:
    """JSON Lines: blank lines are passed over but counted, so that a number is a line of the file."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = load_json(line)
        except (ValueError, RecursionError):
            yield (
                number,
                UnreadableInput(f"{item}#{number}", "the line is no JSON", "mend or remove the line"),
            )
        else:
            yield number, _check_row(row, item, number)


def _read_json(text: str, item: str) -> Iterator[tuple[int, Row | UnreadableInput]]:
    """A list of objects, or an object that holds one under a usual name, or one article."""
    try:
        whole = load_json(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(
            item, f"no JSON ({error})", "write it again; one object a line is .jsonl"
        ) from error
    return ((number, _check_row(row, item, number)) for number, row in enumerate(_find_list(whole), 1))


def _find_list(whole: object) -> list[object]:
    """The rows in a JSON document."""
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict):
        for key in LIST_KEYS:
            if isinstance(whole.get(key), list):
                return list(whole[key])
    return [whole]


def _check_row(row: object, item: str, number: int) -> Row | UnreadableInput:
    """The row when it is an object."""
    if isinstance(row, dict):
        return row
    return UnreadableInput(f"{item}#{number}", "the row is no object", "write it as {column: value}")


def _read_csv(text: str, item: str) -> Iterator[tuple[int, Row | UnreadableInput]]:
    """CSV with a header, parted by whatever of comma, semicolon, tab and bar its header holds most of."""
    header = text.lstrip("\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names: list[str] = []
    number = 0
    while True:
        number += 1 if names else 0
        try:
            cells = _next_cells(lines)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, UnreadableInput(f"{item}#{number}", f"the row is broken ({error})", "mend the row")
            continue
        if not names:
            names = [name.strip() for name in cells]
        elif cells:
            yield number, _name_cells(names, cells, item, number)


def _next_cells(lines: Iterator[list[str]]) -> list[str]:
    """The next row, however long its cells; the limit is one for the whole process, so it is put back."""
    before = csv.field_size_limit(LONGEST_FIELD)  # it cuts at 131,072 characters, less than a long article
    try:
        return next(lines)
    finally:
        csv.field_size_limit(before)


def _name_cells(names: list[str], cells: list[str], item: str, number: int) -> Row | UnreadableInput:
    """The cells by column; refused where their number is another than the header's."""
    if len(cells) == len(names):
        return dict(zip(names, cells, strict=True))
    reason = f"{len(cells)} cells where the header has {len(names)}"
    return UnreadableInput(f"{item}#{number}", reason, "quote cells that hold the separator or a line break")


def _read_parquet(content: bytes, item: str) -> Iterator[tuple[int, Row | UnreadableInput]]:
    """Parquet, whatever its columns."""
    try:
        rows: list[Row] = pq.read_table(io.BytesIO(content)).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise UnreadableInput(item, "no Parquet file, or cut short", "write or download it again") from error
    return iter(enumerate(rows, 1))
