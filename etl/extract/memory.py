"""Memory: what each address sent last, so that its server need not send again what did not change.

The bytes are kept beside the marks that the server gave them (ETag, Last-Modified). An answer "not modified"
means these very bytes, and they go the way of all bytes. So nothing that is remembered here can make an article
be missed: not after a kill, not in a new store, not where its page was of no use. Deleting the folder costs
traffic and nothing else.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import time
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from etl.article import content_id

FOLDER = "answers"
WEEK = 7 * 86_400.0  # seconds; servers that say "not modified" for ever are asked in full once a week
SETTLED = (
    60  # seconds; what changed in the minute before may change again within its second (RFC 9110, 8.8.2.2)
)
PLAIN = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,998}[\x21-\x7e])?")  # what can be sent back as it came


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What an address sent last: the bytes unpacked, their media type, and the marks to ask with."""

    content: bytes
    media: str
    etag: str
    modified: str

    @property
    def headers(self) -> dict[str, str]:
        """The header fields that ask for the bytes only if they are others by now."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: mark for name, mark in told.items() if mark}


class Memory:
    """The answers in a folder, one file an address; a damaged file is as good as none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: defaultdict[str, set[Path]] = defaultdict(set)

    def recall(self, url: str, limit: int) -> Remembered | None:
        """What this address sent within the last week; none where that is more than `limit` bytes."""
        path = self._path(url)
        try:
            packed = path.read_bytes() if _is_fresh(path) else b""
            head, _, content = gzip.decompress(packed).partition(b"\n")
            told = json.loads(head)
            marks = {name: _read_mark(told[name]) for name in ("etag", "modified")}
        except (OSError, EOFError, ValueError, TypeError, KeyError, zlib.error):
            return None
        if told["url"] != url or len(content) > limit or not any(marks.values()):
            return None
        self._kept[_hash(content)].add(path)
        return Remembered(content=content, media=str(told["media"]), **marks)

    def keep(self, url: str, content: bytes, headers: Mapping[str, str]) -> None:
        """Remember what an address just sent, in place of what it sent before; nothing where it gave no marks.

        Written aside and renamed, so that a kill leaves the old answer or the new one.
        """
        path, marks = self._path(url), read_marks(headers)
        if not marks:
            path.unlink(missing_ok=True)
            return
        told = {"url": url, "media": headers.get("content-type", ""), "etag": "", "modified": ""} | marks
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.write_bytes(gzip.compress(json.dumps(told).encode() + b"\n" + content, 6, mtime=0))
        fresh.replace(path)
        self._kept[_hash(content)].add(path)

    def forget(self, content: bytes) -> None:
        """Ask in full next time for what came as these bytes in this run: they were of no use."""
        for path in self._kept.pop(_hash(content), ()):
            path.unlink(missing_ok=True)

    def drop_old(self) -> None:
        """Drop what is older than a week: most of it are pages that no feed names any more."""
        for path in self._folder.glob("*"):
            if not _is_fresh(path):
                path.unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        """The file of an address."""
        return self._folder / f"{content_id(url)}.gz"


def read_marks(headers: Mapping[str, str]) -> dict[str, str]:
    """ETag and Last-Modified of an answer, as far as they can be relied on; none where it must not be kept."""
    if "no-store" in headers.get("cache-control", "").lower():
        return {}
    etag, modified = _read_mark(headers.get("etag")), _read_mark(headers.get("last-modified"))
    settled = bool(etag) or _is_settled(modified, headers.get("date", ""))
    marks = {"etag": etag, "modified": modified if settled else ""}
    return {name: mark for name, mark in marks.items() if mark}


def _is_settled(modified: str, sent: str) -> bool:
    """Whether the last change lay a minute back when this was sent, so that a later one shows in its time."""
    try:
        return (parsedate_to_datetime(sent) - parsedate_to_datetime(modified)).total_seconds() >= SETTLED
    except (TypeError, ValueError):
        return False


def _is_fresh(path: Path) -> bool:
    """Whether a file is less than a week old; one that is gone, or from a clock far ahead, is not."""
    try:
        return abs(time.time() - path.stat().st_mtime) < WEEK
    except FileNotFoundError:
        return False


def _read_mark(value: object) -> str:
    """A mark that can be sent back in a header as it came; else empty."""
    stripped = value.strip() if isinstance(value, str) else ""
    return stripped if PLAIN.fullmatch(stripped) else ""


def _hash(content: bytes) -> str:
    """The sha256 of bytes, in hex."""
    return hashlib.sha256(content).hexdigest()
