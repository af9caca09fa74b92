"""Lock: one refresh at a time in one store; the second one learns who holds it, and leaves."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import StoreBusy
from etl.store.manifest import replace_file

OWNER = "lock.txt"


@contextmanager
def hold_lock(lock: FileLock, folder: Path) -> Iterator[None]:
    """Hold the store; the operating system frees it when its owner dies. May be nested by its owner.

    Raises:
        StoreBusy: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreBusy(str(folder), read_owner(folder)) from error
    try:
        if lock.lock_counter == 1:
            replace_file(folder / OWNER, f"process {os.getpid()} on {socket.gethostname()}")
        yield
    finally:
        lock.release()


def make_lock(folder: Path) -> FileLock:
    """The lock of the store in this folder, not held yet."""
    return FileLock(folder / ".lock")


def read_owner(folder: Path) -> str:
    """Who holds the lock, and for how long: 'process 7 on host (since 12 s)'."""
    try:
        age = max(0, time.time() - (folder / OWNER).stat().st_mtime)
        return f"{(folder / OWNER).read_text(encoding='utf-8')} (since {age:.0f} s)"
    except FileNotFoundError:
        return "another process"
