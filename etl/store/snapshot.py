"""Snapshot: one version of the store to read from, whatever a refresh writes meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

import duckdb
import pandas as pd

from etl.schema import TABLES
from etl.store.delta import MONTH, is_monthly, list_files, list_months, read_rows
from etl.store.manifest import Manifest
from etl.store.search import catch_up, open_searcher
from etl.table import Column, Table

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
KEEPING = Lock()  # two threads that make the same table at once would be in each other's way
SQL_TYPES = {
    "str": "VARCHAR",
    "int64": "BIGINT",
    "Int64": "BIGINT",
    "float64": "DOUBLE",
    "boolean": "BOOLEAN",
    "datetime64[us, UTC]": "TIMESTAMP",
    "datetime64[us]": "DATE",
}


@dataclass(frozen=True)
class Snapshot:
    """One store version: as pandas tables, by SQL, by words. May be shared by threads."""

    folder: Path
    manifest: Manifest

    @property
    def version(self) -> int:
        """The number of the store version; grows with every commit."""
        return self.manifest.version

    @property
    def made(self) -> pd.Timestamp:
        """When it was committed, UTC."""
        return pd.Timestamp(self.manifest.made)

    @property
    def run(self) -> str:
        """The refresh that committed it."""
        return self.manifest.run

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table of the contract, or some of its columns, in the contract's dtypes, sorted by its key."""
        return read_rows(self.files[name], TABLES[name], columns)

    def sql(self, query: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """The answer of DuckDB over views named like the tables; times are naive UTC.

        Views of tables that are keyed by the article also have `month` (YYYY-MM of publication, or
        `undated`): naming it in a condition leaves the other months unread.
        """
        with self._database.cursor() as cursor:  # a cursor each: threads do not wait for another's answer
            return cursor.execute(query, list(parameters)).df()

    def keep(self, name: str, query: str) -> None:
        """Keep the answer to `query` as a table of this name, which `sql` can read then; made at the first call.

        For what depends on the version alone and not on a filter. It stays in memory as long as the snapshot, so
        that its columns must be few and narrow.
        """
        with KEEPING, self._database.cursor() as cursor:
            if name not in self._kept:  # else the database would plan the query only to find the table there
                cursor.execute(f'CREATE TABLE "{name}" AS {query}')
                self._kept.add(name)

    def search(self, words: str, limit: int = 1000) -> pd.DataFrame:
        """Articles that the words find, best first: article_id, score (BM25). Bad syntax is read leniently.

        Boolean (`kim AND NOT putin`), phrases (`"ironclad support"`), fields (`title:`, `outlet:`,
        `language:`, `day:[2024-06-01 TO 2024-06-30]`). Several words: all of them.
        """
        catch_up(self.folder, self.version)
        hits = open_searcher(self.folder).find(words, limit)
        known = self._ids if len(hits) else hits["article_id"]
        return hits[hits["article_id"].isin(known)].reset_index(drop=True)

    def months_since(self, other: Snapshot, name: str) -> list[str]:
        """The months in which this table lies in other files than in another version: all others hold equal rows."""
        return list_months(set(self.files[name]) ^ set(other.files[name]))

    @cached_property
    def files(self) -> dict[str, list[str]]:
        """The Parquet files of each table in this version."""
        return {name: list_files(self.folder, TABLES[name], at) for name, at in self.manifest.tables.items()}

    @cached_property
    def _ids(self) -> pd.Series:
        """The articles of this version."""
        return self.table("articles", ["article_id"])["article_id"]

    @cached_property
    def _kept(self) -> set[str]:
        """The names of the tables that are kept."""
        return set()

    @cached_property
    def _database(self) -> duckdb.DuckDBPyConnection:
        """A database in memory whose views are the tables of this version."""
        database = duckdb.connect(":memory:", config=OFFLINE)
        for name, files in self.files.items():
            database.execute(f'CREATE VIEW "{name}" AS {_view(TABLES[name], files)}')
        return database


def _view(table: Table, files: list[str]) -> str:
    """The query behind a view: the contract's columns and types; no rows where there are no files."""
    parted = [f"CAST({MONTH} AS VARCHAR) AS {MONTH}"] if is_monthly(table) else []
    if not files:
        blanks = [f'CAST(NULL AS {SQL_TYPES[c.dtype]}) AS "{c.name}"' for c in table.columns]
        return f"SELECT {', '.join(blanks + [f'NULL AS {MONTH}'] * len(parted))} WHERE false"
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    columns = ", ".join([_viewed(column) for column in table.columns] + parted)
    source = f"read_parquet([{listed}], hive_partitioning = true, hive_types_autocast = false)"
    return f"SELECT {columns} FROM {source}"  # noqa: S608  # names are the contract's, files are Delta's


def _viewed(column: Column) -> str:
    """The column in a view; times lose their zone, because pandas cannot take it over without a warning."""
    if SQL_TYPES[column.dtype] == "TIMESTAMP":
        return f'"{column.name}" AT TIME ZONE \'UTC\' AS "{column.name}"'
    return f'"{column.name}"'
