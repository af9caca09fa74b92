"""Terminal: progress while a refresh runs, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from etl.pipeline import RunSummary

QUARANTINED = 3  # exit status of a refresh that could not use all its inputs


class TerminalProgress:
    """A bar on stderr, so that stdout holds the answer alone."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("reading", total=None)

    def tell(self, stage: str, done: int, total: int) -> None:
        """Move the bar."""
        self._bar.update(self._task, description=stage, completed=done, total=total or None)


@contextmanager
def show_progress() -> Iterator[TerminalProgress]:
    """A progress bar for as long as this lasts; nothing where stderr is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        yield TerminalProgress(bar)


def tell_summary(*summaries: RunSummary) -> None:
    """Say how each refresh went; leave with status 3 where inputs are in quarantine."""
    for summary in summaries:
        counts = ", ".join(f"{getattr(summary, name):,} {name}" for name in ("new", "changed", "unchanged"))
        typer.echo(f"{summary.read:,} read: {counts}, {summary.quarantined:,} quarantined")
        if summary.unmodified:
            typer.echo(f"{summary.unmodified:,} feeds and pages not modified: their servers sent nothing")
        for reason, times in summary.reasons[:10]:
            typer.echo(f"  {times:>6,} x {reason}")
        spent = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in summary.seconds)
        typer.echo(f"store version {summary.version}, run {summary.run_id} ({spent})")
    if any(summary.status == "partial" for summary in summaries):
        raise typer.Exit(QUARANTINED)


def tell_trouble(error: Exception) -> str:
    """What went wrong and what to do; of the system's own errors (a full disk, no rights) also where."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}; name another place, or make it one that can be used"
    return str(error)
