"""Manifest: which version of each Delta table makes one version of the store. Written last, in one step.

Readers follow `current.json`; `versions/000041.json` keeps the older ones, so that a reader can go back.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.errors import EmptyStore, StoreError
from etl.schema import TABLES

CURRENT = "current.json"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One store version: its number, the run and time that made it, and the Delta version of each table."""

    version: int
    run: str
    made: str
    tables: Mapping[str, int]
    contract: str


def contract_mark() -> str:
    """A mark of all tables and columns of the contract; a store of another contract must be made again."""
    told = {name: [(c.name, c.dtype, c.optional) for c in table.columns] for name, table in TABLES.items()}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def read_manifest(folder: Path, version: int | None = None) -> Manifest:
    """The current manifest, or that of an older version.

    Raises:
        EmptyStore: nothing was committed yet.
        StoreError: there is no such version, or the store was made by another version of NewsPrism.
    """
    current = _read(folder / CURRENT)
    if current is None:
        raise EmptyStore(str(folder))
    if version is None or version == current.version:
        return _of_this_contract(folder, current)
    older = _read(_kept(folder, version)) if version < current.version else None
    if older is None:
        raise StoreError(f"{folder} has no version {version}; its newest is {current.version}")
    return _of_this_contract(folder, older)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Publish this version: from the last rename on, and not before, readers see it."""
    for path in (_kept(folder, manifest.version), folder / CURRENT):
        replace_file(path, json.dumps(asdict(manifest), indent=1))


def list_versions(folder: Path) -> list[int]:
    """The numbers of all versions that were published, oldest first."""
    current = _read(folder / CURRENT)
    kept = sorted(int(path.stem) for path in (folder / "versions").glob("*.json"))
    return [] if current is None else [version for version in kept if version <= current.version]


def replace_file(path: Path, text: str) -> None:
    """Write a file so that it is either the old or the new one, whatever happens meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _kept(folder: Path, version: int) -> Path:
    """Where the manifest of this version is kept."""
    return folder / "versions" / f"{version:06d}.json"


def _read(path: Path) -> Manifest | None:
    """The manifest in this file; none where there is no file."""
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise StoreError(
            f"{path} is damaged ({error}); restore it from {path.parent / 'versions'}"
        ) from error


def _of_this_contract(folder: Path, manifest: Manifest) -> Manifest:
    """The manifest, if its tables have today's columns."""
    if manifest.contract == contract_mark():
        return manifest
    remedy = "delete that folder and run `newsprism refresh --from-snapshots`"
    raise StoreError(f"{folder} was written by another version of NewsPrism; {remedy}")
