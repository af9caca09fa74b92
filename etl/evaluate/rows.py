"""Rows: records of articles as the tables `articles` and `texts`, text taken as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd

from etl.errors import UnreadableInput
from etl.evaluate.lines import Row
from etl.extract.clean.languages import detect_language
from etl.schema import TABLES

DAY_LENGTH, MINUTE_LENGTH = len("2024-06-24"), len("2024-06-24T07:18")
OPTIONAL_TEXTS = ("title", "published_at", "outlet", "language", "url")


def check_record(row: Row) -> None:
    """Refuse a record that is no article.

    Raises:
        UnreadableInput: no text, or a field of another type, or a time that is none.
    """
    name = str(row.get("id"))
    if not isinstance(row.get("text"), str):
        raise UnreadableInput(name, "no text", "give each article as id and text")
    for field in OPTIONAL_TEXTS:
        if row.get(field) is not None and not isinstance(row[field], str):
            raise UnreadableInput(name, f"{field} is no text", "write it in quotation marks or leave it out")
    if row.get("published_at") and read_time(row) is None:
        raise UnreadableInput(name, "published_at is no time", "write it as 2024-06-24T07:18:00+03:00")


def read_time(row: Row) -> datetime | None:
    """The time of publication in UTC (without a zone it is read as UTC); none for none or what is no time."""
    try:
        told = datetime.fromisoformat(row.get("published_at") or "")
    except ValueError:
        return None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def make_tables(rows: Sequence[Row]) -> dict[str, pd.DataFrame]:
    """The tables of these records, numbered in order as their `article_id`; the other tables are empty.

    A title counts as headline only where the text begins with it, because every offset points into the text.
    """
    ids = [f"{number:08d}" for number in range(len(rows))]
    texts = pd.DataFrame({"article_id": ids, "text": [row["text"] for row in rows]})
    texts["body_start"] = [len(_headline(row)) for row in rows]
    articles = pd.DataFrame(
        {
            "article_id": ids,
            "outlet": [row.get("outlet") or f"unknown {number}" for number, row in enumerate(rows)],
            "language": [row.get("language") or _detect(row) for row in rows],
            "url": [row.get("url") or "" for row in rows],
            "title": [_headline(row) for row in rows],
            "published": pd.Series([read_time(row) for row in rows], dtype="datetime64[us, UTC]"),
            "published_precision": [_read_precision(row) for row in rows],
            "subtitle": "",
        }
    )
    empty = {name: table.empty() for name, table in TABLES.items()}
    return empty | {"articles": articles, "texts": texts}


def _headline(row: Row) -> str:
    """The title if the text begins with it, else none."""
    title = row.get("title") or ""
    return title if row["text"].startswith(title) else ""


def _detect(row: Row) -> str:
    """The language of the record's words."""
    return detect_language(row.get("title") or "", (row["text"],))


def _read_precision(row: Row) -> str:
    """How exact the time is as written."""
    written = row.get("published_at") or ""
    if not written:
        return "none"
    return "day" if len(written) <= DAY_LENGTH else "minute" if len(written) <= MINUTE_LENGTH else "second"
