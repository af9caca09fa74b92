"""refresh: read files, folders, feeds and pages into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.commands.terminal import show_progress, tell_summary
from etl.settings import Settings, read_settings

if TYPE_CHECKING:  # the commands import late what brings libraries along: help must come at once
    from etl.extract import Place

Columns = tuple[tuple[str, str], ...]


def refresh_store(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders or addresses, each as PATH or PATH=OUTLET; none: all watched feeds."
        ),
    ] = None,
    *,
    outlet: Annotated[str, typer.Option(help="Outlet of all paths that name none.")] = "",
    store: Annotated[Path | None, typer.Option(help="Folder of the store.")] = None,
    columns: Annotated[str, typer.Option(help="Columns of records: title=headline,text=body.")] = "",
    from_snapshots: Annotated[bool, typer.Option(help="Read the kept bytes instead of any path.")] = False,
    recompute: Annotated[
        bool, typer.Option(help="After an upgrade: compute all kept articles anew, from the kept bytes.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that compute features.")] = None,
) -> None:
    """Load articles: only what is new or changed is computed; may be stopped and run again at any time.

    Exit status: 0 complete, 1 failed, 2 called wrongly, 3 complete but for inputs that are in quarantine.
    """
    from etl.pipeline import refresh
    from etl.store import Store

    kept = from_snapshots or recompute
    if paths and kept:
        raise typer.BadParameter("--from-snapshots and --recompute read the kept bytes: give no paths")
    given = {name: value for name, value in (("store", store), ("workers", workers)) if value is not None}
    settings = read_settings(**given)
    mapping = read_columns(columns)
    places = None if kept else find_places(settings, paths or [], outlet, mapping)
    with show_progress() as progress:
        summary = refresh(
            settings, places, store=Store(settings.store), progress=progress, recompute=recompute
        )
    tell_summary(summary)


def find_places(settings: Settings, paths: list[str], outlet: str, columns: Columns) -> list[Place]:
    """The places that the arguments mean; without arguments the feeds and pages of the outlet file."""
    from etl.extract import place_for, watched_places
    from etl.extract.outlets import read_outlets

    if not paths:
        return watched_places(read_outlets(settings.outlets))
    return [place_for(path, named or outlet, columns) for path, named in map(split_outlet, paths)]


def split_outlet(argument: str) -> tuple[str, str]:
    """Path and outlet of `PATH=OUTLET`; an address, or a path that exists as it stands, names no outlet."""
    path, sign, outlet = argument.rpartition("=")
    if (
        not sign
        or argument.casefold().startswith(("http://", "https://"))
        or Path(argument).expanduser().exists()
    ):
        return argument, ""
    return path, outlet.strip()


def read_columns(given: str) -> Columns:
    """The pairs of `title=headline,text=body`.

    Raises:
        BadParameter: a part has no equals sign.
    """
    pairs = [part.partition("=") for part in given.split(",") if part.strip()]
    if any(not sign or not column.strip() for _, sign, column in pairs):
        raise typer.BadParameter(f"--columns {given}: write title=headline,text=body")
    return tuple((name.strip(), column.strip()) for name, _, column in pairs)
