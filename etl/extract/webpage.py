"""Webpage: one article at one address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from etl.article import Article, Raw
from etl.errors import UnusableInput
from etl.extract.addresses import canonical_url, public_url
from etl.extract.clean import clean_page
from etl.extract.compose import compose_article, find_owner, read_published
from etl.extract.decoding import decode_page
from etl.extract.fetch import Fetcher
from etl.extract.outlets import Outlet
from etl.extract.source import Place, Source


def read_webpage(place: Place, fetcher: Fetcher) -> Iterator[Raw | UnusableInput]:
    """The bytes of the page, or why it could not be had."""
    try:
        yield fetch_page(place.address, place, fetcher)
    except UnusableInput as problem:
        yield type(problem)(place.shown, problem.reason, problem.remedy)


def fetch_page(address: str, place: Place, fetcher: Fetcher) -> Raw:
    """The page under the address at which its redirects ended.

    Raises:
        FetchRefused, FetchFailed: as the fetcher says.
    """
    fetched = fetcher.fetch(address)
    url = canonical_url(fetched.url)
    return Raw(
        content=fetched.content,
        item=public_url(url),
        source=place.name,
        seen=fetched.seen,
        url=url,
        outlet=place.outlet,
        media=fetched.media,
    )


def parse_webpage(raw: Raw, outlets: Mapping[str, Outlet]) -> Iterator[Article | UnusableInput]:
    """The article of the page; where the page tells no time, the one that a feed told, to the second."""
    outlet = find_owner(raw, outlets)
    hint = dict(raw.hint)
    try:
        html = decode_page(raw.content, raw.item, raw.media)
        cleaned = clean_page(html, url=raw.url, outlet=outlet.name, timezone=outlet.timezone, seen=raw.seen)
    except UnusableInput as problem:
        yield type(problem)(raw.item, problem.reason, problem.remedy)
        return
    article = compose_article(raw, cleaned, outlet)
    told = read_published(raw, hint.get("published", ""), outlet, origin="feed")
    if isinstance(told, UnusableInput):
        yield told
    elif article.published.at is None:
        article = replace(article, published=told)
    yield article


WEBPAGE = Source(kind="webpage", read=read_webpage, parse=parse_webpage)
