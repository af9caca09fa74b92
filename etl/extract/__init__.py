"""Extract: from a place (a file, a feed, a page) to raw bytes, and from the bytes to Articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from etl.article import Article, Raw
from etl.errors import UnusableInput
from etl.extract.feed import FEED
from etl.extract.fetch import Fetcher
from etl.extract.files import FILES, kind_of, list_files
from etl.extract.newsarticles import NEWSARTICLES
from etl.extract.outlets import Outlet
from etl.extract.records import RECORDS, SUFFIXES
from etl.extract.source import Place, Source
from etl.extract.webpage import WEBPAGE

SOURCES: tuple[Source, ...] = (FILES, RECORDS, FEED, WEBPAGE, NEWSARTICLES)

FEED_SUFFIXES = (".xml", ".rss", ".atom", ".rdf")
FEED_WORDS = frozenset({"rss", "feed", "feeds", "atom", "rdf", "xml"})

__all__ = ["SOURCES", "Place", "Source", "parse_raw", "place_for", "read_place", "watched_places"]


def place_for(argument: str, outlet: str = "", columns: tuple[tuple[str, str], ...] = ()) -> Place:
    """The place that a path or an address means; an address is a feed where its path says so."""
    given = argument.strip()
    if given.casefold().startswith(("http://", "https://")):
        words = re.split(r"[/?&=.-]", given.casefold().partition("//")[2].partition("/")[2])
        is_feed = not FEED_WORDS.isdisjoint(words)
        return Place(kind="feed" if is_feed else "webpage", address=given, outlet=outlet)
    suffix = kind_of(given)
    if Path(given).expanduser().is_dir():
        return Place(kind="files", address=given, outlet=outlet, columns=columns)
    kind = "records" if suffix in SUFFIXES else "feed" if suffix in FEED_SUFFIXES else "files"
    return Place(kind=kind, address=given, outlet=outlet, columns=columns)


def watched_places(outlets: Mapping[str, Outlet]) -> list[Place]:
    """The feeds and pages of all outlets that are watched, in the order of the outlet file."""
    return [
        Place(kind=kind, address=address, outlet=outlet.outlet)
        for outlet in outlets.values()
        if outlet.watch
        for kind, addresses in (("feed", outlet.feeds), ("webpage", outlet.pages))
        for address in addresses
    ]


def read_place(place: Place, fetcher: Fetcher) -> Iterator[Raw | UnusableInput]:
    """What is at a place, as raw bytes; a folder may hold several kinds of files."""
    for part in _parts_of(place):
        yield from _source_of(part.kind).read(part, fetcher)


def parse_raw(raw: Raw, outlets: Mapping[str, Outlet]) -> Iterator[Article | UnusableInput]:
    """The articles in raw bytes, also in those kept from an earlier refresh; asks nobody."""
    yield from _source_of(raw.source.partition(" ")[0]).parse(raw, outlets)


def _source_of(kind: str) -> Source:
    """The source of a kind."""
    return next(source for source in SOURCES if source.kind == kind)


def _parts_of(place: Place) -> Iterator[Place]:
    """The place itself; of a folder each file as the place that its name says."""
    path = Path(place.address).expanduser()
    if place.kind != "files" or not path.is_dir():
        yield place
        return
    for file in list_files(path):
        yield place_for(str(file), place.outlet, place.columns)
