"""Tables as files: CSV that no spreadsheet runs as a program, JSON Lines, Parquet."""

from __future__ import annotations

import io

import pandas as pd

DANGEROUS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # full-width ones count in East Asia


def write_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 CSV with a header; a text that a spreadsheet would run as a formula gets an apostrophe before
    it.
    """
    return neutralise(frame).to_csv(index=False, lineterminator="\n").encode("utf-8")


def write_jsonl(frame: pd.DataFrame) -> bytes:
    """One JSON object a row; times in ISO 8601."""
    if frame.empty:
        return b""
    text = frame.to_json(orient="records", lines=True, date_format="iso", force_ascii=False)
    return str(text).encode("utf-8")


def write_parquet(frame: pd.DataFrame) -> bytes:
    """Parquet with the frame's dtypes."""
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


def neutralise(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows; texts and column names that begin like a formula begin with an apostrophe."""
    texts = {name: _defuse(frame[name]) for name in frame.columns if _holds_text(frame[name])}
    return frame.assign(**texts).rename(columns={name: _defuse_one(str(name)) for name in frame.columns})


def _holds_text(column: pd.Series) -> bool:
    kind = column.dtype.categories.dtype if isinstance(column.dtype, pd.CategoricalDtype) else column.dtype
    return bool(pd.api.types.is_string_dtype(kind) or pd.api.types.is_object_dtype(kind))


def _defuse(column: pd.Series) -> pd.Series:
    return column.map(lambda value: _defuse_one(value) if isinstance(value, str) else value)


def _defuse_one(text: str) -> str:
    """An apostrophe before a formula; a lone carriage return becomes a line feed, which alone is quoted."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if text.startswith(DANGEROUS) else plain
