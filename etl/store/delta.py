"""Delta tables: how the rows of one contract table lie on disk, are read at a version and replaced.

Tables whose key opens with the article are parted by the month of publication, so that a refresh rewrites
the months that it touches and no others.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError

from etl.errors import ContractBroken, StoreError
from etl.table import Table

MONTH = "month"
UNDATED = "undated"
PARQUET = WriterProperties(compression="ZSTD", max_row_group_size=60_000)
PARTS = ds.partitioning(pa.schema([pa.field(MONTH, pa.string())]), flavor="hive")
ROW_ORDER = {"mentions": ["actor_id", "article_id", "start"]}  # one actor over all time reads few row groups


def is_monthly(table: Table) -> bool:
    """Whether the table is parted by the month of its article."""
    return table.key[0] == "article_id"


def month_of(published: pd.Series) -> pd.Series:
    """The part that an article lies in: YYYY-MM of its publication time (UTC), or `undated`."""
    months: pd.Series = published.dt.strftime("%Y-%m").fillna(UNDATED).astype("str")
    return months


def list_files(folder: Path, table: Table, version: int) -> list[str]:
    """The Parquet files of one version of a table.

    Raises:
        StoreError: the version is gone, or another program wrote what plain Parquet readers cannot see.
    """
    path = folder / table.name
    entry = path / "_delta_log" / f"{version:020}.json"
    written = entry.stat().st_mtime_ns if entry.exists() else 0  # old entries give way to checkpoints
    if written and not version:  # a table is made without rows: its log need not be read
        return []
    return list(_list_written(path, version, written))


def read_rows(files: list[str], table: Table, columns: Collection[str] | None = None) -> pd.DataFrame:
    """The rows of these files in the contract's dtypes and order of the key (as far as it was asked for).

    `month` may be asked for like a column of the table.
    """
    asked = [c for c in table.columns if columns is None or c.name in columns]
    names = [c.name for c in asked] + ([MONTH] if columns is not None and MONTH in columns else [])
    key = [name for name in table.key if name in names]
    if not files:
        return table.empty().assign(month=pd.Series(dtype="str"))[names]
    rows = ds.dataset(files, schema=_schema(table), partitioning=PARTS, format="parquet").to_table(
        columns=names
    )
    frame = rows.to_pandas(date_as_object=False).astype({c.name: c.dtype for c in asked})
    return frame.sort_values(key, kind="stable", ignore_index=True) if key else frame


def in_months(files: list[str], months: Collection[str]) -> list[str]:
    """Those of the files that lie in these months."""
    return [file for file in files if _month_of(file) in months]


def list_months(files: Collection[str]) -> list[str]:
    """The months that these files of a monthly table lie in."""
    return sorted({_month_of(file) for file in files})


def replace_rows(
    folder: Path, table: Table, rows: pd.DataFrame, *, pinned: int | None, months: Collection[str] = ()
) -> int:
    """Replace the rows of these months (of the whole table, where it is not parted); the new Delta version.

    `rows` conform to the table, and carry `month` where it is parted. The rest of the table is that of the
    pinned version: what a killed writer left behind it is undone first.
    """
    delta = open_pinned(folder, table, pinned)
    listed = ", ".join(f"'{month}'" for month in sorted(months))
    write_deltalake(
        delta,
        _arrow_rows(table, rows),
        mode="overwrite",
        predicate=f"{MONTH} IN ({listed})" if is_monthly(table) else None,
        writer_properties=PARQUET,
    )
    return delta.version()


def open_pinned(folder: Path, table: Table, pinned: int | None) -> DeltaTable:
    """The table to write to, in the state of its pinned version; made empty where it does not exist."""
    path = folder / table.name
    parts = [MONTH] if is_monthly(table) else None
    known = DeltaTable.is_deltatable(str(path))
    delta = DeltaTable(path) if known else DeltaTable.create(path, _schema(table), partition_by=parts)
    if delta.version() != (pinned or 0):
        delta.restore(pinned or 0)
    return delta


def _month_of(file: str) -> str:
    """The month that the file lies in."""
    return file.rsplit(f"/{MONTH}=", 1)[-1].split("/")[0]


@lru_cache(maxsize=1024)
def _list_written(path: Path, version: int, written: int) -> tuple[str, ...]:
    """The files of one version of a table, which never change; `written` tells a table made anew in its place."""
    try:
        pinned = DeltaTable(path, version=version)
    except (DeltaError, OSError) as error:
        raise StoreError(f"{path} has no version {version}: {error}") from error
    if pinned.protocol().reader_features:
        raise StoreError(f"{path} needs {pinned.protocol().reader_features}; rewrite it without")
    paths = pinned.get_add_actions()["path"].to_pylist()  # addresses of odd folders come percent-encoded
    return tuple(sorted(str(path / file) for file in paths))


def _schema(table: Table) -> pa.Schema:
    """The schema on disk, with the month where the table is parted."""
    return (
        table.arrow.append(pa.field(MONTH, pa.string(), nullable=False)) if is_monthly(table) else table.arrow
    )


def _arrow_rows(table: Table, rows: pd.DataFrame) -> pa.Table:
    """The rows in the schema on disk; a value that would lose something is refused."""
    order = ROW_ORDER.get(table.name, list(table.key))
    for column in table.columns:
        if column.dtype == "datetime64[us]" and not _whole_days(rows[column.name]):
            raise ContractBroken(table.name, column.name, "a day must not carry a time")
    try:
        return pa.Table.from_pandas(
            rows.sort_values(order, kind="stable"), schema=_schema(table), preserve_index=False, safe=True
        )
    except pa.ArrowInvalid as error:
        raise ContractBroken(table.name, "one of its columns", str(error)) from error


def _whole_days(days: pd.Series) -> bool:
    """Whether all of them are midnights; Arrow's safe cast to a date would drop the time in silence."""
    known = days.dropna()
    return bool((known == known.dt.normalize()).all())
