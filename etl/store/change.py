"""Change: what a commit asks for, worked out table by table against the version it builds on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from etl.errors import ContractBroken
from etl.schema import TABLES
from etl.store.delta import MONTH, in_months, is_monthly, month_of, read_rows
from etl.store.snapshot import Snapshot
from etl.table import Table

Rewritten = tuple[set[str], pd.DataFrame | None]


@dataclass(frozen=True)
class Change:
    """Rows to put in place of others, on top of `base` (none: an empty store)."""

    base: Snapshot | None
    upserts: Mapping[str, pd.DataFrame]
    replaced: Mapping[str, pd.DataFrame]
    deleted: frozenset[str]

    @cached_property
    def touched(self) -> frozenset[str]:
        """Articles that are replaced as a whole, or go."""
        given = [frame for frame in (self.upserts.get("articles"),) if frame is not None]
        return self.deleted.union(*(frame["article_id"] for frame in given))

    def pinned(self, name: str) -> int | None:
        """The Delta version of this table that the change builds on; none before the first commit."""
        return None if self.base is None else self.base.manifest.tables[name]

    def rewritten(self, table: Table) -> Rewritten:
        """The months to rewrite and the rows they hold from now on; no frame where the table stays."""
        return self._rewrite_months(table) if is_monthly(table) else (set(), self._rewrite_whole(table))

    def _rewrite_whole(self, table: Table) -> pd.DataFrame | None:
        """All rows of a table that is not parted by month, or none where it stays."""
        if table.name not in {*self.replaced, *self.upserts}:
            return None
        before = self._before(table)
        if table.name in self.replaced:
            after = table.conform(self.replaced[table.name])
        else:
            after = _put(before, table.conform(self.upserts[table.name]), list(table.key))
        return None if after.equals(before) else after

    def _rewrite_months(self, table: Table) -> Rewritten:
        """The months that lose or gain rows, and their rows."""
        if table.name in self.replaced:
            after = self._dated(table, table.conform(self.replaced[table.name]))
            return _differing_months(self._before(table), after)
        given = table.conform(self.upserts.get(table.name, table.empty()))
        if given.empty and not in_months(self._files(table), self._left_months):
            return set(), None
        given = self._dated(table, given)
        leaving = self.touched.union(given["article_id"])
        months = {*self._old_months.reindex(sorted(leaving)).dropna(), *given[MONTH]}
        before = self._before(table, months)
        kept = before[~before["article_id"].isin(leaving)]
        return _differing_months(before, _stack(kept, given).sort_values(list(table.key), ignore_index=True))

    def _dated(self, table: Table, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the month of their article."""
        if rows.empty:
            return rows.assign(**{MONTH: pd.Series(dtype="str")})
        months = rows["article_id"].map(self._new_months).astype("str")
        if months.isna().any():
            lost = rows.loc[months.isna(), "article_id"].iloc[0]
            raise ContractBroken(table.name, "article_id", f"{lost} is no article of this store")
        return rows.assign(**{MONTH: months})

    def _before(self, table: Table, months: set[str] | None = None) -> pd.DataFrame:
        """The rows that the table has now (in these months), with their month where it is parted."""
        files = self._files(table)
        if not is_monthly(table):
            return read_rows(files, table)
        return read_rows(files if months is None else in_months(files, months), table, (*table.names, MONTH))

    def _files(self, table: Table) -> list[str]:
        """The files of the table as it is now."""
        return [] if self.base is None else self.base.files[table.name]

    @cached_property
    def _old_months(self) -> pd.Series:
        """Month by article, before the change."""
        articles = TABLES["articles"]
        return read_rows(self._files(articles), articles, ["article_id", MONTH]).set_index("article_id")[
            MONTH
        ]

    @cached_property
    def _left_months(self) -> set[str]:
        """The months of the articles that are replaced or go."""
        return set(self._old_months.reindex(sorted(self.touched)).dropna())

    @cached_property
    def _new_months(self) -> pd.Series:
        """Month by article, after the change."""
        whole, given = self.replaced.get("articles"), self.upserts.get("articles")
        if whole is not None:
            return _months(whole)
        kept = self._old_months[~self._old_months.index.isin(self.touched)]
        coming = [] if given is None else [_months(given)]
        months: pd.Series = pd.concat([part for part in (kept, *coming) if len(part)] or [kept])
        return months


def _months(articles: pd.DataFrame) -> pd.Series:
    """Month by article."""
    conformed = TABLES["articles"].conform(articles)
    return month_of(conformed["published"]).set_axis(conformed["article_id"])


def _put(rows: pd.DataFrame, given: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """The rows, with those given in place of those that have the same key; sorted by it."""
    return _stack(rows, given).drop_duplicates(key, keep="last").sort_values(key, ignore_index=True)


def _stack(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """The rows of both, in the dtypes of both (an empty frame must not change them)."""
    filled = [frame for frame in (first, second) if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else first.reset_index(drop=True)


def _differing_months(before: pd.DataFrame, after: pd.DataFrame) -> Rewritten:
    """The months whose rows are not the same in both frames, and their rows in the second."""
    old, new, nothing = _by_month(before), _by_month(after), before.iloc[:0]
    months = {month for month in {*old, *new} if not old.get(month, nothing).equals(new.get(month, nothing))}
    return months, after[after[MONTH].isin(months)]


def _by_month(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each month, numbered from 0."""
    return {str(month): part.reset_index(drop=True) for month, part in rows.groupby(MONTH)}
