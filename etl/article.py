"""Article: what every source yields, whatever it was read from. Ids are content hashes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Precision = Literal["second", "minute", "hour", "day", "month", "none"]
Origin = Literal["metadata", "feed", "dateline", "url", "file", "none"]
CutRole = Literal[
    "navigation", "byline", "dateline", "caption", "credit", "label", "promotion", "appeal", "duplicate"
]
PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, kw_only=True)
class Published:
    """When an article appeared: a UTC time, how exact it is and where it was read."""

    at: datetime | None = None
    precision: Precision = "none"
    origin: Origin = "none"


@dataclass(frozen=True)
class Cut:
    """A piece of the page that is not body, and the rule that said so."""

    role: CutRole
    text: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Raw:
    """Bytes as they came, before anyone understood them; kept, so that everything can be computed again.

    `item` is the source's own name for it (address, path, or path#row); `outlet` is given or empty;
    `seen` is when it was read, UTC; `hint` is published time, title or such from a feed entry.
    """

    content: bytes
    item: str
    source: str
    seen: datetime
    url: str = ""
    outlet: str = ""
    media: str = ""
    hint: tuple[tuple[str, str], ...] = ()

    @property
    def snapshot(self) -> str:
        """The sha256 of the bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article as one outlet published it. `body` holds clean paragraphs, `cuts` what was taken away."""

    outlet: str
    item: str
    title: str
    body: tuple[str, ...]
    language: str = ""
    url: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    published: Published = Published()
    cuts: tuple[Cut, ...] = ()
    snapshot: str = ""
    source: str = ""

    @property
    def article_id(self) -> str:
        """Stable while outlet and address (or, without one, the source's own name for it) stay."""
        return content_id(self.outlet, self.url or self.item)

    @property
    def text(self) -> str:
        """Headline, subtitle and body, parted by blank lines: what all spans point into."""
        return PARAGRAPH_BREAK.join(part for part in (self.title, self.subtitle, *self.body) if part)

    @property
    def words(self) -> int:
        """Words of the body, parted by white space."""
        return sum(len(paragraph.split()) for paragraph in self.body)


def content_id(*parts: str) -> str:
    """A stable id of these parts: 16 hex characters; two of 10**6 rows collide once in 37 million tries."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
