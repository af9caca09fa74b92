"""Whole: whether a demonstration newsroom already holds all that this version of the program would load."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from etl.store import Store

MARK = "whole.json"


def is_whole(store: Path, corpus: str) -> bool:
    """True where this corpus was loaded to its end by this version, and nothing was loaded since."""
    try:
        told = json.loads((store / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(told == _describe(store, corpus))


def mark_whole(store: Path, corpus: str) -> None:
    """Note beside the tables that this corpus is loaded to its end."""
    (store / MARK).write_text(json.dumps(_describe(store, corpus)), encoding="utf-8")


def sum_folder(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files of a folder: the checksum of a corpus of many files."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _describe(store: Path, corpus: str) -> dict[str, object]:
    """What must be the same for a newsroom to count as whole."""
    versions = Store(store).versions() if store.is_dir() else ()
    return {"corpus": corpus, "program": version("newsprism"), "version": max(versions, default=0)}
