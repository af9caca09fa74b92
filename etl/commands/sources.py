"""sources: which outlets are watched, whether their feeds answer, and how to add one."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.errors import UnusableInput
from etl.settings import read_settings

SOURCES_APP = typer.Typer(help="The outlets that are watched.", no_args_is_help=True)


@SOURCES_APP.command("list")
def list_sources() -> None:
    """The outlets of the outlet file with their feeds, one a line, parted by tabs."""
    from etl.extract.outlets import read_outlets  # late, here and below: help must come at once

    for outlet in read_outlets(read_settings().outlets).values():
        addresses = " ".join((*outlet.feeds, *outlet.pages)) or "no feed"
        typer.echo("\t".join((outlet.outlet, outlet.name, outlet.country or "-", addresses)))


@SOURCES_APP.command("add")
def add_source(
    feed: Annotated[str, typer.Argument(help="Address of its feed.")],
    *,
    name: Annotated[str, typer.Option(help="Name as readers know it.")],
    country: Annotated[str, typer.Option(help="ISO 3166 alpha-3 code.")] = "",
    timezone: Annotated[str, typer.Option(help="IANA name, such as Europe/Kyiv.")] = "",
) -> None:
    """Append an outlet to the outlet file; it is checked first."""
    from etl.extract.addresses import host_of, registrable_domain
    from etl.extract.outlets import Outlet, add_outlet, slug

    settings = read_settings()
    domain = registrable_domain(host_of(feed))
    domains = (domain,) if domain else ()
    outlet = Outlet(
        outlet=slug(name), name=name, country=country, timezone=timezone, domains=domains, feeds=(feed,)
    )
    add_outlet(settings.outlets, outlet)
    typer.echo(f"[{outlet.outlet}] added to {settings.outlets}; `newsprism refresh` will read it")


@SOURCES_APP.command("check")
def check_sources() -> None:
    """Ask each feed once, without its articles. Exit status: 0 all answer, 3 some do not."""
    from etl.extract import watched_places
    from etl.extract.entries import read_entries
    from etl.extract.fetch import Fetcher
    from etl.extract.outlets import read_outlets

    settings = read_settings()
    silent = 0
    with Fetcher(settings) as fetcher:
        for place in watched_places(read_outlets(settings.outlets)):
            try:
                fetched = fetcher.fetch(place.address)
                entries = (
                    read_entries(fetched.content, place.shown, fetched.url) if place.kind == "feed" else ()
                )
                told = (
                    f"{len(entries)} entries" if place.kind == "feed" else f"{len(fetched.content):,} bytes"
                )
            except UnusableInput as problem:
                silent += 1
                told = f"{problem.reason}; {problem.remedy}"
            typer.echo("\t".join((place.outlet, place.shown, told)))
    if silent:
        raise typer.Exit(3)
