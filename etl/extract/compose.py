"""Compose: an Article from what cleaning found on the page and what its source knew already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlsplit

from etl.article import Article, Origin, Published, Raw
from etl.errors import UnreadableInput, UnusableInput
from etl.extract.addresses import canonical_url
from etl.extract.clean.cleaned import Cleaned
from etl.extract.outlets import Outlet, find_outlet
from etl.extract.times import read_time

CANONICAL = re.compile(
    r"<link\b(?=[^>]*\brel\s*=\s*[\"']?canonical\b)[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.I
)
OPEN_GRAPH = re.compile(
    r"<meta\b(?=[^>]*\bproperty\s*=\s*[\"']?og:url\b)[^>]*\bcontent\s*=\s*[\"']?([^\"'\s>]+)", re.I
)
HEAD = 200_000
DATE_REMEDY = "write it as 2024-06-24T07:18:00+03:00"


def find_owner(raw: Raw, outlets: Mapping[str, Outlet]) -> Outlet:
    """The outlet that a raw document names, else that of its address."""
    return find_outlet(outlets, name=raw.outlet, url=raw.url)


def compose_article(
    raw: Raw, cleaned: Cleaned, outlet: Outlet, *, published: Published | None = None
) -> Article:
    """The article of one raw document; what the page does not say is taken from the source's hint."""
    hint = dict(raw.hint)
    authors = tuple(name for name in hint.get("authors", "").split("; ") if name)
    return Article(
        outlet=outlet.outlet,
        item=raw.item,
        url=raw.url,
        title=cleaned.title or hint.get("title", ""),
        subtitle=cleaned.subtitle,
        body=cleaned.body,
        authors=cleaned.authors or authors,
        section=cleaned.section or hint.get("section", ""),
        published=cleaned.published if cleaned.published.at else published or Published(),
        language=cleaned.language,
        cuts=cleaned.cuts,
        snapshot=raw.snapshot,
        source=raw.source,
    )


def read_published(raw: Raw, written: str, outlet: Outlet, *, origin: Origin) -> Published | UnusableInput:
    """The time that a source wrote down, empty where it wrote none, or why it cannot be used."""
    if not written.strip():
        return Published()
    published = read_time(written, timezone=outlet.timezone, origin=origin, seen=raw.seen)
    if published is not None:
        return published
    reason = f"absurd or unreadable date {written.strip()[:60]!r}"
    return UnreadableInput(f"{raw.item}@published", reason, f"the article is kept undated; {DATE_REMEDY}")


def page_address(html: str) -> str:
    """The address that a saved page gives itself, canonical; empty where it gives none but a front page."""
    match = CANONICAL.search(html, 0, HEAD) or OPEN_GRAPH.search(html, 0, HEAD)
    claimed = canonical_url(unescape(match[1])) if match else ""
    return claimed if urlsplit(claimed).path.strip("/") else ""
