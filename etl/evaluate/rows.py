"""Rows: records of articles as the tables `articles` and `texts`, text taken as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from etl.errors import UnreadableInput
from etl.evaluate.lines import Row
from etl.extract.clean.languages import detect_language
from etl.schema import TABLES

DAY_LENGTH, MINUTE_LENGTH = len("2024-06-24"), len("2024-06-24T07:18")
YEARS = range(1700, 2200)  # pandas can count nanoseconds in them; 0001 and 9999 stand for "unknown"
OPTIONAL_TEXTS = ("title", "published_at", "published", "outlet", "language", "url")
CODE = re.compile("[a-z]{2,3}")  # of a language: ISO 639
Zones = Mapping[str, str]  # IANA time zone by the key or name of an outlet


def check_record(row: Row) -> None:
    """Refuse a record that is no article.

    Raises:
        UnreadableInput: no text, a field of another type, a time that is none, a target outside the text.
    """
    name = str(row.get("id"))
    if not isinstance(row.get("text"), str):
        raise UnreadableInput(name, "no text", "give each article as id and text")
    check_texts(row, OPTIONAL_TEXTS)
    if _written_time(row) and read_time(row) is None:
        reason = f"published_at {_written_time(row)!r} is no time from {YEARS[0]} to {YEARS[-1]}"
        raise UnreadableInput(name, reason, "write it as 2024-06-24T07:18:00+03:00, or leave it out")
    _check_targets(row, name)


def check_texts(row: Row, fields: Sequence[str]) -> None:
    """Refuse a record in which one of these fields is there, but no text.

    Raises:
        UnreadableInput: one is.
    """
    for field in fields:
        if row.get(field) is not None and not isinstance(row[field], str):
            reason = f"{field} is no text"
            raise UnreadableInput(str(row.get("id")), reason, "write it in quotation marks or leave it out")


def read_time(row: Row, zones: Zones | None = None) -> datetime | None:
    """The time of `published_at` (or `published`) in UTC; none for none, for what is no time or of no such year.

    A time without a zone is read in that of its outlet (UTC where none is known), a day alone as its midnight
    in UTC.
    """
    written = _written_time(row)
    try:
        told = datetime.fromisoformat(written)
        zone = ZoneInfo((zones or {}).get(row.get("outlet") or "") or "UTC")
        local = told if told.tzinfo else told.replace(tzinfo=UTC if len(written) <= DAY_LENGTH else zone)
        return local.astimezone(UTC) if local.year in YEARS else None
    except (ValueError, OverflowError):
        return None


def make_tables(rows: Sequence[Row], zones: Zones | None = None) -> dict[str, pd.DataFrame]:
    """The tables of these records, numbered in order as their `article_id`; the other tables are empty.

    `outlets` has those of `zones`. A title counts as headline only where the text begins with it, because
    every offset points into the text.
    """
    ids = [f"{number:08d}" for number in range(len(rows))]
    texts = pd.DataFrame({"article_id": ids, "text": [row["text"] for row in rows]})
    texts["body_start"] = [len(_headline(row)) for row in rows]
    articles = pd.DataFrame(
        {
            "article_id": ids,
            "outlet": [row.get("outlet") or f"unknown {number}" for number, row in enumerate(rows)],
            "language": [_read_language(row) or _detect(row) for row in rows],
            "url": [row.get("url") or "" for row in rows],
            "title": [_headline(row) for row in rows],
            "published": pd.Series([read_time(row, zones) for row in rows], dtype="datetime64[us, UTC]"),
            "published_precision": [_read_precision(row) for row in rows],
            "subtitle": "",
        }
    )
    empty = {name: table.empty() for name, table in TABLES.items()}
    known = zones or {}
    outlets = pd.DataFrame({"outlet": list(known), "name": list(known), "timezone": list(known.values())})
    outlets = outlets.assign(domains="")
    return empty | {"articles": articles, "texts": texts, "outlets": outlets}


def _written_time(row: Row) -> str:
    """The time of publication as the record has it, under the name of either `annotate` or `extract`."""
    return row.get("published_at") or row.get("published") or ""


def _check_targets(row: Row, name: str) -> None:
    """Refuse targets that are no stretches of the text, named by their place in the list."""
    targets, length = row.get("targets"), len(row["text"])
    if targets is not None and not isinstance(targets, list):
        raise UnreadableInput(name, "targets is no list", "write it as [{start, end}]")
    for place, target in enumerate(targets or ()):
        start, end = (_read_offset(target, side) for side in ("start", "end"))
        if start is None or end is None:
            raise UnreadableInput(name, f"targets[{place}] lacks start or end", "give both as whole numbers")
        if not 0 <= start < end <= length:
            reason = f"targets[{place}] ({start} to {end}) is outside the text of {length} characters"
            raise UnreadableInput(name, reason, "give half-open character offsets into the text")


def _read_offset(target: object, side: str) -> int | None:
    """The start or end of a target; none where it is no whole number (JSON's true and false are none)."""
    value = target.get(side) if isinstance(target, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _headline(row: Row) -> str:
    """The title if the text begins with it, else none."""
    title = row.get("title") or ""
    return title if row["text"].startswith(title) else ""


def _read_language(row: Row) -> str:
    """The language as given: en for EN, en-US or en_GB; empty for none and for what is no code, which is detected."""
    code = re.split("[-_]", row.get("language") or "")[0].strip().lower()
    return code if CODE.fullmatch(code) else ""


def _detect(row: Row) -> str:
    """The language of the record's words."""
    return detect_language(row.get("title") or "", (row["text"],))


def _read_precision(row: Row) -> str:
    """How exact the time is as written."""
    written = _written_time(row)
    if not written:
        return "none"
    return "day" if len(written) <= DAY_LENGTH else "minute" if len(written) <= MINUTE_LENGTH else "second"
