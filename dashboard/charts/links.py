"""Links: how Markup charts point at the reader and at other pages; the screen turns them into addresses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup


def read_link(article_id: object, at: Any, inside: object) -> Markup:
    """A link to an article in the reader, at a character; `inside` is escaped unless it is Markup."""
    query = urlencode({"article": article_id, "at": int(at)})  # a column with gaps holds places as floats
    return Markup('<a class="read" href="page:articles?{}">{}</a>').format(query, inside)


def story_link(story_id: str, inside: object) -> Markup:
    """A link to the page of a story."""
    return Markup('<a href="page:story?story={}">{}</a>').format(story_id, inside)
