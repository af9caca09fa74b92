"""Cleaned: what cleaning makes of one page, and the refusal of a page that holds no article."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from etl.article import PARAGRAPH_BREAK, Cut, Published
from etl.errors import UnreadableInput

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe]")


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """One article as clean paragraphs with what the page said about it; `cuts` in page order."""

    title: str
    body: tuple[str, ...]
    language: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    published: Published = field(default_factory=Published)
    section: str = ""
    cuts: tuple[Cut, ...] = ()

    @property
    def text(self) -> str:
        """Title, subtitle and body, parted by blank lines; cleaning this as plain text changes nothing."""
        return PARAGRAPH_BREAK.join(part for part in (self.title, self.subtitle, *self.body) if part)


def tidy_line(line: str) -> str:
    """The line without control and invisible characters, with single blanks, in composed Unicode form."""
    visible = _INVISIBLE.sub("", line)
    printable = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in visible)
    return " ".join(unicodedata.normalize("NFC", printable).split())


def refuse_page(item: str, reason: str, remedy: str) -> UnreadableInput:
    """The error for a page that cannot be cleaned; an item without a name is called "page"."""
    return UnreadableInput(item or "page", reason, remedy)
