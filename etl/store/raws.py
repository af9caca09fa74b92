"""Raws: the bytes as they came, kept by their sha256, with all that is needed to parse them again.

`ab/ab12….gz` holds the bytes, `ab/ab12….<item>.json` who gave them under which name. A file is written aside
and renamed, the bytes before their description, so that a killed refresh leaves nothing half-written.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from etl.article import Raw, content_id
from etl.errors import UnreadableInput, UnusableInput
from etl.store.manifest import replace_file


def keep_raw(folder: Path, raw: Raw) -> Path:
    """Keep these bytes under this name; once is enough. The path of the bytes."""
    snapshot = raw.snapshot
    packed = raw_path(folder, snapshot)
    if not packed.exists():
        packed.parent.mkdir(parents=True, exist_ok=True)
        fresh = packed.with_name(f".{packed.name}.{os.getpid()}")
        fresh.write_bytes(gzip.compress(raw.content, 6, mtime=0))
        fresh.replace(packed)
    told = packed.with_name(f"{snapshot}.{content_id(raw.source, raw.item, raw.outlet)}.json")
    if not told.exists():
        known = asdict(replace(raw, content=b"")) | {"seen": raw.seen.isoformat(), "snapshot": snapshot}
        replace_file(told, json.dumps(known | {"content": ""}, ensure_ascii=False))
    return packed


def drop_raws(folder: Path, item: str) -> int:
    """Forget all bytes that came under this name, damaged or whole; how many. They go with their last name."""
    named = [path for path in folder.glob("??/*.json") if _name_in(path) == item]
    for path in named:
        path.unlink(missing_ok=True)
        packed = raw_path(folder, path.name.split(".")[0])
        if not any(packed.parent.glob(f"{packed.stem}.*.json")):
            packed.unlink(missing_ok=True)
    return len(named)


def read_raws(folder: Path) -> Iterator[Raw | UnusableInput]:
    """All that was kept, in the order in which it was seen; damaged files are named."""
    described: list[tuple[Path, Raw]] = []
    for path in sorted(folder.glob("??/*.json")):
        try:
            described.append((path, _describe(path)))
        except (ValueError, KeyError, TypeError) as error:
            yield UnreadableInput(str(path), f"its description is damaged ({error})", "delete the file")
    for path, raw in sorted(described, key=lambda pair: (pair[1].seen, pair[1].item, pair[0].name)):
        try:
            yield replace(raw, content=_unpack(raw_path(folder, path.name.split(".")[0])))
        except (OSError, EOFError, zlib.error) as error:
            yield UnreadableInput(raw.item, f"its kept bytes are damaged ({error})", "fetch it again")


def raw_path(folder: Path, snapshot: str) -> Path:
    """Where bytes of this sha256 are kept."""
    return folder / snapshot[:2] / f"{snapshot}.gz"


def _unpack(path: Path) -> bytes:
    """The bytes of a kept file.

    Raises:
        EOFError: the file was cut to nothing.
    """
    packed = path.read_bytes()
    if not packed:
        raise EOFError("the file is empty")
    return gzip.decompress(packed)


def _name_in(path: Path) -> str | None:
    """The name that a description gives; none where it is damaged."""
    try:
        return _describe(path).item
    except (ValueError, KeyError, TypeError):
        return None


def _describe(path: Path) -> Raw:
    """The raw without its bytes."""
    known = json.loads(path.read_text(encoding="utf-8"))
    known.pop("snapshot")
    hint = tuple((str(name), str(value)) for name, value in known["hint"])
    return Raw(**(known | {"content": b"", "seen": datetime.fromisoformat(known["seen"]), "hint": hint}))
