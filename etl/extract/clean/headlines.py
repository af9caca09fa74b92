"""Headlines: title, subtitle, section and authors of a page, each agreed between its metadata and what it shows."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from etl.extract.clean.boilerplate import fold
from etl.extract.clean.bylines import clean_authors, is_name
from etl.extract.clean.cleaned import tidy_line
from etl.extract.clean.heads import strip_outlet
from etl.extract.clean.metadata import Metadata, text_of

_BYLINE = "//*[@rel='author' or contains(@itemprop,'author') or contains(@class,'byline') or contains(@class,'author')]"
_SUFFIX = re.compile(r"(?P<title>.{12,}\S)\s+(?:[|–—·»-]|::)\s+(?P<name>[^|–—·»]{2,60})$")


def read_title(tree: HtmlElement, metadata: Metadata, *, outlet: str = "") -> str:
    """The headline: of h1, og:title, JSON-LD and title element the one that the others support; empty if none."""
    shown = [tidy_line(h1.text_content()) for h1 in tree.iter("h1")]
    linked = [tidy_line(text_of(value)) for value in metadata.linked("headline")[:1]]
    social = [metadata.meta("og:title"), metadata.meta("twitter:title", "title", "dc.title")]
    page = [tidy_line(element.text_content()) for element in tree.xpath("//head/title | //title")[:1]]
    site = metadata.meta("og:site_name")
    told = [_strip_site(title, outlet, site) for title in (*social, *linked, *page) if title]
    agreed = [h1 for h1 in shown if h1 and any(fold(h1) == fold(title) for title in told)]
    return next((title for title in (*agreed, *told, *shown) if title), "")


def read_authors(tree: HtmlElement, metadata: Metadata, *, outlet: str = "") -> tuple[str, ...]:
    """The names of those who wrote it: JSON-LD first, then meta, then byline elements; empty if nobody is named."""
    site = metadata.meta("og:site_name")
    linked = [text_of(author) for author in metadata.linked("author")]
    metas = [
        metadata.meta(name) for name in ("author", "article:author", "parsely-author", "dc.creator", "byl")
    ]
    for written in (linked, metas):
        names = clean_authors([name for name in written if name and fold(name) != fold(site)], outlet=outlet)
        if names:
            return names
    shown = [tidy_line(element.text_content()) for element in tree.xpath(_BYLINE)[:6]]
    names = clean_authors([line for line in shown if len(line) < 100], outlet=outlet)
    return tuple(name for name in names if is_name(name))


def read_section(metadata: Metadata) -> str:
    """The rubric that the page names, or empty."""
    linked = [text_of(value) for value in metadata.linked("articleSection")]
    return next((name for name in (*linked, metadata.meta("article:section", "section")) if name), "")


def _strip_site(title: str, outlet: str, site: str) -> str:
    stripped = strip_outlet(strip_outlet(tidy_line(title), outlet), site)
    parted = _SUFFIX.match(stripped)
    return parted["title"] if parted and fold(parted["name"]) in (fold(outlet), fold(site)) else stripped
