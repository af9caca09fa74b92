"""doctor: whether everything is in order that NewsPrism needs, and what to do where it is not."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import typer

from etl.errors import EmptyStore, NewsPrismError
from etl.settings import Settings, read_settings

LEAST_FREE = 1_000_000_000  # bytes
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
Finding = tuple[bool, str]


def examine() -> None:
    """Examine settings, outlets, stores, disk, browser. Exit status: 0 all in order, 1 something is not."""
    settings = read_settings()
    sound = True
    for name, (is_right, told) in findings(settings):
        sound = sound and is_right
        typer.echo(f"{'ok  ' if is_right else 'FAIL'}  {name}: {told}")
    if not sound:
        raise typer.Exit(1)


def findings(settings: Settings) -> Iterator[tuple[str, Finding]]:
    """Each thing examined: its name, whether it is in order, and what was found or is to be done."""
    from etl.extract.outlets import read_outlets  # late: help must come at once

    yield "python", (True, f"{platform.python_version()} with {os.cpu_count()} processors")
    yield "outlets", _try(lambda: f"{len(read_outlets(settings.outlets))} outlets in {settings.outlets}")
    yield "actors", _try(lambda: _describe_rulings(settings.actors))
    yield "stories", _try(lambda: _describe_decisions(settings.stories))
    for name, folder in settings.newsrooms.items():
        yield f"store {name}", _try(lambda folder=folder: _describe_store(folder))  # type: ignore[misc]
    yield "disk", _examine_disk(settings.store)
    yield "browser for PNG and SVG", _find_browser()


def _describe_rulings(file: Path) -> str:
    """How much was decided about actors, in which file."""
    from etl.transform.rulings import BLOCKS, read_rulings

    rulings = read_rulings(file)
    counts = ", ".join(f"{sum(1 for _ in rulings.of(block))} [[{block}]]" for block in BLOCKS)
    return f"{counts} in {file}" if file.exists() else f"nothing decided; write {file} to join or split names"


def _describe_decisions(file: Path) -> str:
    """How much was decided about stories, in which file."""
    from etl.transform.stories.rulings import KINDS, read_story_rulings

    rulings = read_story_rulings(file)
    counts = ", ".join(f"{sum(1 for _ in rulings.of(kind))} [[{kind}]]" for kind in KINDS)
    return (
        f"{counts} in {file}" if file.exists() else "nothing decided; `newsprism stories` merges and splits"
    )


def _describe_store(folder: Path) -> str:
    """Version, articles and index of a store; all its tables are opened."""
    from etl.store import Store
    from etl.store.search import indexed_version

    try:
        snapshot = Store(folder).snapshot()
    except EmptyStore as empty:
        return str(empty)
    rows = {name: len(snapshot.table(name)) for name in snapshot.files}
    runs = snapshot.table("runs").sort_values("started")
    indexed = indexed_version(folder)
    index = "search index up to date" if indexed == snapshot.version else f"search index at {indexed}"
    last = f"last run {runs['status'].iloc[-1]}" if len(runs) else "no run"
    return f"version {snapshot.version}, {rows['articles']:,} articles, {index}, {last}, {folder}"


def _try(describe: Callable[[], str]) -> Finding:
    """What was found, or the error with its remedy."""
    try:
        return True, describe()
    except NewsPrismError as error:
        return False, str(error)


def _examine_disk(folder: Path) -> Finding:
    """Free space where the store lies, or will lie."""
    there = next(parent for parent in (folder, *folder.resolve().parents) if parent.exists())
    free = shutil.disk_usage(there).free
    told = f"{free / 1e9:.1f} GB free at {there}"
    return free >= LEAST_FREE, told if free >= LEAST_FREE else f"{told}; make room, or set NEWSPRISM_STORE"


def _find_browser() -> Finding:
    """The browser that draws figures as PNG and SVG."""
    found = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), "")
    if found and Path(found).exists():
        return True, found
    told = f"none at {found}" if found else "none"
    return False, f"{told}; install chromium (Debian: apt-get install chromium) or set BROWSER_PATH"
