"""Entries: what a feed says about its articles, sanitised: plain text and http(s) links, nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

import fastfeedparser
import feedparser
import nh3

from etl.errors import UnreadableInput
from etl.extract.addresses import link_from
from etl.extract.decoding import HALF, refuse_binary

BLOCK_EDGE = re.compile(
    r"</?(?:p|br|li|ul|ol|div|h[1-6]|td|th|tr|blockquote|section|article)\b", re.IGNORECASE
)
FULL_WORDS = 100
MIDNIGHT = re.compile(r"T00:00:00(\+00:00|Z)$")
SEVERAL_AUTHORS = re.compile(rb"</(?:\w+:)?(author|creator)>\s*<(?:\w+:)?\1\b")
HALF_REFERENCE = re.compile(  # D800 to DFFF, of which the forgiving parser dies
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));?"
)
REMEDY = "open the feed in a browser, and give its right address"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One article as its feed announces it. All fields may be empty; `content` is safe HTML."""

    link: str = ""
    name: str = ""
    title: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    content: str = ""

    @cached_property
    def is_full(self) -> bool:
        """Whether the feed carries the whole article rather than its first lines: 100 words and more."""
        return len(plain_text(self.content).split()) >= FULL_WORDS


def read_entries(content: bytes, item: str, base: str = "") -> tuple[Entry, ...]:
    """The entries of an RSS, Atom or JSON feed in its order; relative links are resolved against `base`.

    Raises:
        UnreadableInput: empty, binary, or nothing that a feed parser understands.
    """
    refuse_binary(content, item)
    content = HALF_REFERENCE.sub(b"&#xFFFD;", content)
    several = SEVERAL_AUTHORS.search(content) is not None  # of an entry's authors the fast parser reads one
    feed = (several and _parse_forgiving(content)) or _parse_fast(content) or _parse_forgiving(content)
    if feed is None:
        raise UnreadableInput(item, "malformed feed: neither RSS, Atom nor JSON feed", REMEDY)
    home = base or link_from("", _text_of(feed.get("feed"), "link"))
    return tuple(_read_entry(entry, home) for entry in feed.get("entries") or ())


def plain_text(markup: str) -> str:
    """The words of a piece of HTML on one line, without its tags and scripts."""
    return " ".join(unescape(nh3.clean(BLOCK_EDGE.sub(r" \g<0>", markup), tags=set())).split())


def _parse_fast(content: bytes) -> Mapping[str, Any] | None:
    """The feed by the fast parser; none where it refuses."""
    try:
        parsed: Mapping[str, Any] = fastfeedparser.parse(content)
    except ValueError:
        return None
    return parsed


def _parse_forgiving(content: bytes) -> Mapping[str, Any] | None:
    """The feed by the parser that forgives; none where it finds none either. Bytes in a stream ask nobody."""
    parse: Callable[..., Mapping[str, Any]] = vars(feedparser)["parse"]  # it ships no types
    try:
        parsed = parse(io.BytesIO(content), sanitize_html=False)
    except UnicodeError:
        return None
    return parsed if parsed.get("entries") or parsed.get("version") else None


def _read_entry(entry: Mapping[str, Any], base: str) -> Entry:
    """One entry, sanitised."""
    link = link_from(base, _text_of(entry, "link")) or _find_link(entry.get("links"), base)
    categories = (plain_text(_text_of(tag, "term")) for tag in _listed(entry.get("tags")))
    return Entry(
        link=link,
        name=plain_text(_text_of(entry, "id")),
        title=plain_text(_text_of(entry, "title")),
        published=_read_written(_text_of(entry, "published") or _text_of(entry, "updated")),
        authors=_read_authors(entry),
        section=next((category for category in categories if category), ""),
        content=_read_content(entry),
    )


def _read_written(written: str) -> str:
    """The time as the feed tells it; midnight to the second is how feeds write a day without a time."""
    return MIDNIGHT.sub("", written.strip())


def _read_authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the authors, once each."""
    names = [plain_text(_text_of(author, "name")) for author in _listed(entry.get("authors"))]
    alone = plain_text(_text_of(entry, "author"))
    return tuple(dict.fromkeys(name for name in names or [alone] if name and "@" not in name))


def _read_content(entry: Mapping[str, Any]) -> str:
    """The longest text that the entry carries, as safe HTML."""
    pieces = [_text_of(piece, "value") for piece in _listed(entry.get("content"))]
    pieces += [_text_of(entry, "description"), _text_of(entry, "summary")]
    return str(nh3.clean(max(pieces, key=len)))


def _find_link(links: object, base: str) -> str:
    """The first link of an entry that leads to its page."""
    pages = (link for link in _listed(links) if _text_of(link, "rel") in ("", "alternate"))
    found = (link_from(base, _text_of(link, "href")) for link in pages)
    return next((link for link in found if link), "")


def _listed(value: object) -> Iterable[object]:
    """The list itself, or nothing where there is none."""
    return value if isinstance(value, list | tuple) else ()


def _text_of(record: object, key: str) -> str:
    """The text under a key; empty where there is none or it is no text."""
    value = record.get(key) if isinstance(record, Mapping) else None
    return HALF.sub("\ufffd", value) if isinstance(value, str) else ""
