"""The store: one Delta table a contract table, one version over all of them, read as pandas or by DuckDB."""

from etl.store.snapshot import Snapshot
from etl.store.store import Store

__all__ = ["Snapshot", "Store"]
