"""The command `newsprism`: everything that the ETL can do, and `serve`, `export` and `alerts`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from etl.__main__ import app
from etl.commands.terminal import tell_trouble
from etl.errors import ExportFailed, NewsPrismError
from etl.settings import read_settings

if TYPE_CHECKING:  # imported late: help must come at once
    from etl.store import Snapshot

APP = Path(__file__).with_name("app.py")
# A child reads from a pipe that nobody writes to: when we are gone, even killed, the pipe ends, and so does it
FOLLOW = """
import _thread, os, signal, sys, threading, time

signal.signal(signal.SIGINT, signal.default_int_handler)

def follow():
    os.read(0, 1)
    _thread.interrupt_main()
    time.sleep(8)
    os._exit(1)

threading.Thread(target=follow, daemon=True).start()
"""
FILL = f"""{FOLLOW}
from etl.__main__ import app, run_app

try:
    run_app(app)
except KeyboardInterrupt:
    sys.exit(130)
"""
# Streamlit takes a folder `pages` for its own until app.py has run once: a first visit to /story would miss us
LAUNCH = f"""{FOLLOW}
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.cli import main

PagesManager.uses_pages_directory = False
main(prog_name="streamlit")
"""
WAIT = 10  # seconds that a child process has to end by itself
errors = Console(stderr=True)


class ChartFormat(StrEnum):
    """Endings that a chart or a table can be written with; not every kind has all of them."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"
    HTML = "html"
    CSV = "csv"
    PARQUET = "parquet"
    JSONL = "jsonl"
    EVIDENCE = "evidence"


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="port on this machine")] = 8501,
    address: Annotated[
        str,
        typer.Option(help="interface to listen on; another one only behind a proxy that asks for a password"),
    ] = "127.0.0.1",
    demo: Annotated[
        bool, typer.Option(help="fill the sample and the news newsroom in the background")
    ] = False,
) -> None:
    """Show the dashboard in the browser until Ctrl-C; with --demo it fills while you look."""
    errors.print(f"NewsPrism: [bold]http://{address}:{port}[/bold]  (Ctrl-C ends it)")
    for ended in (signal.SIGTERM, signal.SIGINT):  # a service manager ends us like Ctrl-C
        signal.signal(ended, signal.default_int_handler)
    ending = Event()
    children = [_start_dashboard(address, port)]
    if demo:
        Thread(target=_fill_demos, args=(children, ending), daemon=True).start()
    try:
        raise typer.Exit(children[0].wait())
    except KeyboardInterrupt:
        errors.print("NewsPrism: ending")
    finally:
        ending.set()
        for child in children:
            _end(child)


@app.command()
def export(
    chart: Annotated[str, typer.Argument(help="slug of a chart; see the method page")] = "",
    *,
    table: Annotated[str, typer.Option(help="a table of the store instead of a chart")] = "",
    chosen: Annotated[
        str, typer.Option("--filter", help="what stands after ? in a permalink, newsroom and version too")
    ] = "",
    format: Annotated[ChartFormat | None, typer.Option(help="default: the ending of the file")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="file to write")],
    room: Annotated[
        str, typer.Option(help="newsroom: own, news or sample; default: the first with articles")
    ] = "",
    version: Annotated[int | None, typer.Option(help="store version; default: the newest")] = None,
) -> None:
    """Write a chart, the rows behind it, or a table of the store to a file."""
    from dashboard.export.command import export_chart, export_table, read_permalink  # late: all charts

    kind = str(format or output.suffix.lstrip("."))
    wanted, named, as_of = read_permalink(chosen)
    held = find_room(room or named)
    snapshot = open_room(held, as_of if version is None else version)
    if table and wanted.to_query():
        raise ExportFailed("a table is written whole; leave out --filter, or name a chart")
    made = (
        export_table(snapshot, table, kind)
        if table
        else export_chart(snapshot, chart, wanted, kind, room=held)
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(made)
    _tell(f"{output}: {len(made)} bytes from store version {snapshot.version}")


@app.command()
def alerts(
    *,
    room: Annotated[
        str, typer.Option(help="newsroom: own, news or sample; default: the first with articles")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show what is found, tell nobody")] = False,
) -> None:
    """Tell the places of data/alerts.toml what its watches find in the newest days; each thing once.

    Run it after a refresh. Status 1: a place did not take its alerts; they are tried again the next time.
    """
    from dashboard.alerts import find_alerts, read_told, read_watches, tell_places  # late, as above

    settings, room = read_settings(), find_room(room)  # the links name it: another may be the first tomorrow
    snapshot = open_room(room)
    watches = read_watches(settings.alerts)
    if not watches:
        _tell(f"nothing is watched: write a [[watch]] block into {settings.alerts}; see the README")
    told, failed = read_told(snapshot.folder), []
    for watch in watches:
        found = find_alerts(snapshot, watch)
        for alert in found:
            typer.echo(f"{watch.name} · {alert.kind} · {alert.title} · {alert.sentence}")
        if not dry_run:
            taken, refused = tell_places(snapshot, watch, found, told, room=room, settings=settings)
            _tell(f"{watch.name}: {len(found)} found, {taken} told")
            failed += refused
    for error in failed:
        _tell(str(error))
    raise typer.Exit(1 if failed else 0)


def open_room(room: str, version: int | None = None) -> Snapshot:
    """The newsroom's store version; without a name the first newsroom that has one.

    Raises:
        ExportFailed: there is no such newsroom.
        EmptyStore: nothing was loaded yet.
    """
    from etl.store import Store

    return Store(read_settings().newsrooms[find_room(room)]).snapshot(version)


def find_room(room: str) -> str:
    """The newsroom of this name; without a name the first that has a version, else your own.

    Raises:
        ExportFailed: there is no such newsroom.
    """
    from etl.store import Store

    rooms = read_settings().newsrooms
    if room and room not in rooms:
        raise ExportFailed(f"no newsroom {room}; there are {', '.join(rooms)}")
    filled = (name for name, folder in rooms.items() if folder.is_dir() and Store(folder).versions())
    return room or next(filled, "own")


def main() -> None:
    """Run a command; an error that the user can mend is printed as one line, with status 1."""
    try:
        app()
    except (NewsPrismError, OSError) as error:
        told = escape(tell_trouble(error))
        errors.print(f"[red]error[/red] {told}", highlight=False, soft_wrap=True)
        raise SystemExit(1) from error


def _tell(line: str) -> None:
    """One line on stderr as it is, however long and whatever brackets stand in it."""
    errors.print(line, markup=False, highlight=False, soft_wrap=True)


def _start_dashboard(address: str, port: int) -> subprocess.Popen[bytes]:
    """Streamlit in a process of its own; it finds .streamlit/config.toml beside the code."""
    given = {"server.headless": "true", "server.address": address, "server.port": port}
    options = [text for name, value in given.items() for text in (f"--{name}", str(value))]
    return _start_child(LAUNCH, "run", str(APP), *options, "--browser.gatherUsageStats", "false")


def _start_child(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A process that ends when we end, however we end."""
    return subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", program, *arguments],
        cwd=APP.parents[1],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
    )


def _fill_demos(children: list[subprocess.Popen[bytes]], ending: Event) -> None:
    """The sample first, because it is there at once; then real news. Their progress stands in this
    terminal.
    """
    for name in ("sample", "news"):
        if not ending.is_set():
            child = _start_child(FILL, "demo", name, "--unless-whole")
            children.append(child)
            if child.wait() == 1 and not ending.is_set():
                errors.print(f"NewsPrism: {name} could not be loaded; the dashboard goes on without it")


def _end(child: subprocess.Popen[bytes]) -> None:
    """Let it end by itself (a refresh keeps its committed batches), and make it end where it does not."""
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(WAIT)
    except subprocess.TimeoutExpired:
        child.kill()


if __name__ == "__main__":
    main()
