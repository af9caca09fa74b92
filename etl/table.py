"""Table and Column: how a frame is described once, and how it is made to conform."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import pyarrow as pa

from etl.errors import ContractBroken

ARROW_TYPES = {
    "str": pa.string(),
    "int64": pa.int64(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "boolean": pa.bool_(),
    "datetime64[us, UTC]": pa.timestamp("us", tz="UTC"),
    "datetime64[us]": pa.date32(),  # a calendar day; kept as a date, read as midnight
}
# pandas' nullable types know pd.NA, and refuse to cut 3.5 to 3, where the plain ones do not
SAFE_CASTS = {"int64": "Int64", "float64": "Float64"}


@dataclass(frozen=True)
class Column:
    """One column: its pandas dtype, what it means, in which unit, between which bounds or values.

    `optional` columns may hold missing values; `volatile` ones depend on when a refresh ran, so two
    refreshes of the same input may differ in them and in nothing else.
    """

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    bounds: tuple[float, float] | None = None
    values: tuple[str, ...] = ()
    optional: bool = False
    volatile: bool = False


@dataclass(frozen=True)
class Table:
    """One table of the contract: what a row is, which columns are the key, and all columns in order."""

    name: str
    one_row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...] = field(repr=False)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def arrow(self) -> pa.Schema:
        """The schema on disk."""
        return pa.schema([pa.field(c.name, ARROW_TYPES[c.dtype], nullable=c.optional) for c in self.columns])

    def empty(self) -> pd.DataFrame:
        """No rows, all columns, the right dtypes."""
        return self._empty.copy(deep=False)

    @cached_property
    def _empty(self) -> pd.DataFrame:
        """Built once: under copy-on-write nobody can change it through a copy."""
        return pd.DataFrame({c.name: pd.Series(dtype=c.dtype) for c in self.columns})

    def conform(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The same rows with exactly these columns and dtypes, sorted by the key.

        Missing optional columns are added as missing values; other columns are dropped.

        Raises:
            ContractBroken: a column or a value is missing, has another type, or leaves its bounds, or the
                key is not unique.
        """
        if frame.empty:
            return self.empty()
        made = pd.DataFrame({c.name: self._cast(frame, c) for c in self.columns}, index=frame.index)
        for column in self.columns:
            self._check(made[column.name], column)
        if made.duplicated(list(self.key)).any():
            twice = made.loc[made.duplicated(list(self.key)), list(self.key)].iloc[0].to_dict()
            raise ContractBroken(self.name, ", ".join(self.key), f"the key is not unique: {twice}")
        return made.sort_values(list(self.key), kind="stable", ignore_index=True)

    def _cast(self, frame: pd.DataFrame, column: Column) -> pd.Series:
        """The column in its dtype; floats that are no whole numbers never pass as integers."""
        if column.name not in frame:
            if not column.optional:
                raise ContractBroken(self.name, column.name, "the column is missing")
            return pd.Series(None, index=frame.index, dtype=column.dtype)
        given = frame[column.name]
        if given.dtype == column.dtype:
            return given
        try:
            safe = pd.api.types.pandas_dtype(SAFE_CASTS.get(column.dtype, column.dtype))
            return given.astype(safe).astype(pd.api.types.pandas_dtype(column.dtype))
        except (TypeError, ValueError) as error:
            raise ContractBroken(self.name, column.name, f"not {column.dtype}: {error}") from error

    def _check(self, series: pd.Series, column: Column) -> None:
        """Refuse missing values, and values outside the column's bounds or its closed set."""
        if not column.optional and series.isna().any():
            raise ContractBroken(self.name, column.name, f"{int(series.isna().sum())} values are missing")
        if column.bounds is None and not column.values:
            return
        known = series.dropna()
        if column.bounds is not None and not known.between(*column.bounds).all():
            odd = known[~known.between(*column.bounds)].iloc[0]
            raise ContractBroken(self.name, column.name, f"{odd} lies outside {column.bounds}")
        if column.values and not known.isin(column.values).all():
            odd = known[~known.isin(column.values)].iloc[0]
            raise ContractBroken(self.name, column.name, f"{odd!r} is none of {', '.join(column.values)}")
