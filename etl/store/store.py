"""Store: commits that change all tables together, and snapshots of any version.

A commit writes new Delta versions of the tables that change and then, in one rename, a manifest of the
versions that belong together. Killed before that rename, it has changed nothing that a reader follows; the
next commit starts from the versions of the manifest, not from what was left behind.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from etl.schema import TABLES
from etl.store.change import Change
from etl.store.delta import is_monthly, open_pinned, replace_rows
from etl.store.lock import hold_lock, make_lock
from etl.store.manifest import Manifest, contract_mark, list_versions, read_manifest, write_manifest
from etl.store.search import update_index
from etl.store.snapshot import Snapshot

Tables = Mapping[str, pd.DataFrame]
KEPT_HOURS = 168  # readers hold no version longer than a week

logger = logging.getLogger(__name__)


class Store:
    """The tables of the contract in one folder. Reading needs no lock; writing holds it."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._lock = make_lock(self.folder)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other writers out for a while.

        Raises:
            StoreBusy: another refresh holds the store.
        """
        with hold_lock(self._lock, self.folder):
            yield

    def snapshot(self, version: int | None = None) -> Snapshot:
        """The newest version of the store, or an older one.

        Raises:
            EmptyStore: nothing was committed yet.
            StoreError: there is no such version.
        """
        return Snapshot(self.folder, read_manifest(self.folder, version))

    def versions(self) -> list[int]:
        """The numbers of all versions, oldest first; none in an empty store."""
        return list_versions(self.folder)

    def commit(
        self,
        run: str,
        *,
        upserts: Tables | None = None,
        replaced: Tables | None = None,
        deleted: Collection[str] = (),
    ) -> int:
        """Change all tables together, or none; the store version that holds the change.

        `upserts`: an article in `upserts["articles"]` is replaced as a whole: its rows in every table that
        is keyed by the article go, those in `upserts` come. Rows of a keyed table alone replace that table's
        rows of the articles that they name; other tables are replaced row by row by their key.
        `replaced`: tables given whole. `deleted`: articles that go, with all that is keyed by them.
        A table that stays equal keeps its Delta version; a commit that changes nothing makes no version.

        Raises:
            ContractBroken: a frame does not conform, or rows name an article that is not there.
            StoreBusy: another refresh holds the store.
        """
        with self.lock():
            base = self.snapshot() if self.versions() else None
            change = Change(base, upserts or {}, replaced or {}, frozenset(deleted))
            versions = {name: self._write(name, change) for name in TABLES}
            if base is not None and versions == base.manifest.tables:
                return base.version
            manifest = _next_manifest(base, run, versions)
            write_manifest(self.folder, manifest)
            update_index(self.folder, manifest, None if "articles" in change.replaced else change.touched)
            logger.info("store version %d: %d articles touched", manifest.version, len(change.touched))
            return manifest.version

    def tidy(self) -> int:
        """Remove the files of versions older than a week; how many went."""
        with self.lock():
            tables = self.snapshot().manifest.tables
            opened = [open_pinned(self.folder, TABLES[name], pinned) for name, pinned in tables.items()]
            return sum(len(table.vacuum(retention_hours=KEPT_HOURS, dry_run=False)) for table in opened)

    def _write(self, name: str, change: Change) -> int:
        """Write what changes in this table; its Delta version then."""
        table, pinned = TABLES[name], change.pinned(name)
        months, rows = change.rewritten(table)
        if rows is not None and (months or not is_monthly(table)):
            return replace_rows(self.folder, table, rows, pinned=pinned, months=months)
        return open_pinned(self.folder, table, None).version() if pinned is None else pinned


def _next_manifest(base: Snapshot | None, run: str, versions: dict[str, int]) -> Manifest:
    """The manifest of the version after `base`."""
    return Manifest(
        version=1 if base is None else base.version + 1,
        run=run,
        made=datetime.now(UTC).isoformat(timespec="microseconds"),
        tables=versions,
        contract=contract_mark(),
    )
