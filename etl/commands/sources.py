"""sources: which outlets are watched, whether their feeds answer, how to add one; and the original texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from etl.errors import UnusableInput
from etl.settings import Settings, read_settings

if TYPE_CHECKING:  # the commands import late what brings libraries along: help must come at once
    from etl.extract.primaries import Primary

SOURCES_APP = typer.Typer(
    help="The outlets that are watched, and the original texts that they quote.", no_args_is_help=True
)


@SOURCES_APP.command("list")
def list_sources() -> None:
    """The outlets with their feeds, then the original texts, one a line, parted by tabs."""
    from etl.extract.outlets import read_outlets  # late, here and below: help must come at once
    from etl.extract.primaries import list_primaries, primaries_folder

    settings = read_settings()
    for outlet in read_outlets(settings.outlets).values():
        addresses = " ".join((*outlet.feeds, *outlet.pages)) or "no feed"
        typer.echo("\t".join((outlet.outlet, outlet.name, outlet.country or "-", addresses)))
    primaries, problems = list_primaries(primaries_folder(settings.snapshots))
    for primary in primaries:
        typer.echo("\t".join((f"primary:{primary.primary_id}", primary.name, primary.language, primary.item)))
    for problem in problems:
        typer.echo("\t".join(("primary:damaged", problem.item, "-", f"{problem.reason}; {problem.remedy}")))


@SOURCES_APP.command("add")
def add_source(
    feed: Annotated[str, typer.Argument(help="Address of its feed.")] = "",
    *,
    primary: Annotated[
        str, typer.Option(help="Instead of a feed: file or address of an original text that outlets quote.")
    ] = "",
    name: Annotated[str, typer.Option(help="Name as readers know it.")] = "",
    country: Annotated[str, typer.Option(help="ISO 3166 alpha-3 code of the outlet.")] = "",
    timezone: Annotated[str, typer.Option(help="IANA name of the outlet's zone, such as Europe/Kyiv.")] = "",
    published: Annotated[str, typer.Option(help="Day of the original text, such as 2024-06-24.")] = "",
    language: Annotated[str, typer.Option(help="ISO 639-1 code of the original text.")] = "",
) -> None:
    """Append an outlet to the outlet file; or keep an original text and compare quotations with it.

    Exit status: 0 added, 1 it cannot be used, 2 called wrongly.
    """
    if bool(feed) == bool(primary):
        raise typer.BadParameter("give the address of a feed, or --primary and a file or address")
    if primary:
        _add_primary(primary, name=name, published=published, language=language)
        return
    if not name.strip():
        raise typer.BadParameter("--name: a feed needs the name of its outlet")
    _add_outlet(feed, name=name, country=country, timezone=timezone)


@SOURCES_APP.command("remove")
def remove_source(
    wanted: Annotated[str, typer.Argument(help="Id, name, path or address of an original text.")],
) -> None:
    """Forget an original text. (An outlet is removed by deleting its block in the outlet file.)"""
    from etl.extract.primaries import primaries_folder, remove_primary

    settings = read_settings()
    removed = remove_primary(primaries_folder(settings.snapshots), wanted)
    typer.echo(f"removed: {', '.join(removed)}")
    _take_in(settings)


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


def _add_outlet(feed: str, *, name: str, country: str, timezone: str) -> None:
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


def _add_primary(address: str, *, name: str, published: str, language: str) -> None:
    """Keep an original text; say what was read, and which quotations repeat it."""
    from etl.extract.fetch import Fetcher
    from etl.extract.primaries import keep_primary, primaries_folder, read_primary

    settings = read_settings()
    with Fetcher(settings) as fetcher:
        raw = read_primary(address, fetcher, name=name, published=published, language=language)
    primary = keep_primary(primaries_folder(settings.snapshots), raw)
    words = len(primary.text.split())
    typer.echo(f"{primary.name}: {words:,} words, language {primary.language}, id {primary.primary_id}")
    if _take_in(settings):
        typer.echo(_tell_repeated(settings, primary))


def _take_in(settings: Settings) -> bool:
    """Compare the quotations that the store holds with the original texts as they are now; false without a store.

    Raises:
        StoreBusy: a refresh is under way; the next one will do it.
    """
    from etl.store import Store

    store = Store(settings.store)
    if not store.versions():
        typer.echo("no articles yet: `newsprism refresh` will compare their quotations")
        return False
    from etl.pipeline import refresh

    refresh(settings, (), store=store)
    return True


def _tell_repeated(settings: Settings, primary: Primary) -> str:
    """How many quotations of how many outlets repeat the text; and which articles could not be compared."""
    from etl.store import Store

    snapshot = Store(settings.store).snapshot()
    found = snapshot.sql(
        """SELECT count(DISTINCT (q.article_id, q.start)) AS quotations, count(DISTINCT a.outlet) AS outlets
        FROM primary_quotes q JOIN articles a USING (article_id) WHERE q.primary_id = ?""",
        [primary.primary_id],
    ).iloc[0]
    others = snapshot.sql(
        "SELECT count(*) AS n FROM articles WHERE language NOT IN (?, 'und')", [primary.language]
    )
    told = f"repeated by {_count(found['quotations'], 'quotation')} of {_count(found['outlets'], 'outlet')}"
    foreign = int(others["n"].iloc[0]) if primary.language != "und" else 0
    return f"{told}; not compared, for another language: {_count(foreign, 'article')}" if foreign else told


def _count(number: int, word: str) -> str:
    """1 outlet, 2 outlets."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
