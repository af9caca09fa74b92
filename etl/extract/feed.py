"""Feed: the articles that an RSS, Atom or JSON feed announces, each read from its own page."""

from __future__ import annotations

import html
import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from etl.article import Article, Raw
from etl.errors import UnreadableInput, UnusableInput
from etl.extract.addresses import public_url
from etl.extract.decoding import unpack_gzip
from etl.extract.entries import Entry, read_entries
from etl.extract.fetch import Fetched, Fetcher
from etl.extract.outlets import Outlet
from etl.extract.source import Place, Source
from etl.extract.webpage import fetch_page, parse_webpage

logger = logging.getLogger(__name__)

FEED_MEDIA = "text/html; charset=utf-8; origin=feed"


def read_feed(place: Place, fetcher: Fetcher) -> Iterator[Raw | UnusableInput]:
    """The page of each entry; the entry's own text where it is whole and its page cannot be had."""
    try:
        feed = _load_feed(place, fetcher)
        entries = _read_entries(feed, place, fetcher)
    except UnusableInput as problem:
        yield type(problem)(place.shown, problem.reason, problem.remedy)
        return
    logger.info("%s: %d entries", place.shown, len(entries))
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        name = entry.link or f"{place.shown}#{entry.name or number}"
        if name not in seen:
            seen.add(name)
            yield _read_page(replace(entry, name=name), place, fetcher)


def parse_feed_page(raw: Raw, outlets: Mapping[str, Outlet]) -> Iterator[Article | UnusableInput]:
    """The article of the entry's page; of the entry's whole text where the page holds none."""
    content = dict(raw.hint).get("content", "")
    found = list(parse_webpage(raw, outlets))
    if content and not any(isinstance(one, Article) for one in found):
        found = list(parse_webpage(replace(raw, content=content.encode(), media=FEED_MEDIA), outlets))
    yield from (replace(one, snapshot=raw.snapshot) if isinstance(one, Article) else one for one in found)


def _read_entries(feed: Fetched, place: Place, fetcher: Fetcher) -> tuple[Entry, ...]:
    """The entries of the feed; where it has none it is asked for in full next time.

    Raises:
        UnreadableInput: it is no feed.
    """
    entries: tuple[Entry, ...] = ()
    try:
        entries = read_entries(feed.content, place.shown, feed.url)
    finally:
        if not entries:
            fetcher.forget(feed.content)
    return entries


def _load_feed(place: Place, fetcher: Fetcher) -> Fetched:
    """The bytes of the feed, from the network or from a file."""
    if place.is_address:
        return fetcher.fetch(place.address)
    file, limit = Path(place.address).expanduser(), fetcher.settings.max_bytes
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= limit else b""
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror})"
        raise UnreadableInput(place.shown, reason, "check the path and its permissions") from error
    if size > limit:
        raise UnreadableInput(place.shown, f"{size:,} bytes, more than {limit:,}", "raise `max_bytes`")
    unpacked = unpack_gzip(content, place.shown, limit)
    return Fetched(url="", content=unpacked, media="", seen=datetime.now(UTC))


def _read_page(entry: Entry, place: Place, fetcher: Fetcher) -> Raw | UnusableInput:
    """The page of one entry with what the feed says about it."""
    hint, item = _hint_of(entry), public_url(entry.link) if entry.link else entry.name
    try:
        if not entry.link:
            raise UnreadableInput(item, "an entry without a link", "ask the publisher to mend the feed")
        return replace(fetch_page(entry.link, place, fetcher), hint=hint)
    except UnusableInput as problem:
        if not entry.is_full:
            return type(problem)(item, problem.reason, problem.remedy)
        logger.info("%s: %s; taken from the feed", item, problem.reason)
        return Raw(
            content=_page_of(entry).encode(),
            item=item,
            source=place.name,
            seen=datetime.now(UTC),
            url=entry.link,
            outlet=place.outlet,
            media=FEED_MEDIA,
            hint=hint,
        )


def _hint_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """What the feed says, for the parser: never instead of the page, only where the page is silent."""
    told = {
        "title": entry.title,
        "published": entry.published,
        "authors": "; ".join(entry.authors),
        "section": entry.section,
        "content": _page_of(entry) if entry.is_full else "",
    }
    return tuple((key, value) for key, value in told.items() if value)


def _page_of(entry: Entry) -> str:
    """The entry's whole text as a page of its own."""
    title = html.escape(entry.title)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{entry.content}</article></body></html>"
    )


FEED = Source(kind="feed", read=read_feed, parse=parse_feed_page)
