"""Standfirsts: the line under the headline that a page shows outside the body, and bodies kept in scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement, fragments_fromstring

from etl.extract.clean.boilerplate import Piece, find_rule
from etl.extract.clean.cleaned import tidy_line
from etl.extract.clean.heads import is_headline, is_prose
from etl.extract.clean.metadata import Metadata, text_of
from etl.extract.clean.surroundings import Surroundings, line_key
from etl.extract.decoding import load_json

FEWEST_WORDS, MOST_WORDS = 5, 80
SHORTEST_BODY = 500

_NAMED = (
    "//*[self::p or self::h2 or self::div or self::span][contains(@class,'standfirst') "
    "or contains(@class,'subtitle') or contains(@class,'subheadline') or contains(@class,'sub-headline') "
    "or contains(concat(' ',@class,' '),' dek ') or contains(concat(' ',@class,' '),' deck ') "
    "or contains(@class,'article-lead') or contains(@class,'article__lead') "
    "or contains(@itemprop,'description')]"
)
_ESCAPED_HTML = re.compile(r'"((?:[^"\\]|\\.)*?(?:\\u003c|<)p[ \\>](?:[^"\\]|\\.)*)"')
_CUT_OFF = ("...", "…", "[…]")


def read_standfirst(tree: HtmlElement, metadata: Metadata, index: dict[str, Surroundings]) -> tuple[str, ...]:
    """What may stand under the headline: descriptions that the page also shows, then elements named so."""
    described = [text_of(value) for value in metadata.linked("description")[:1]]
    described += [metadata.meta(name) for name in ("og:description", "description", "twitter:description")]
    shown = [tidy_line(line) for line in described if line and line_key(line) in index]
    named = [tidy_line(element.text_content()) for element in tree.xpath(_NAMED)[:3]]
    return tuple(line for line in (*shown, *named) if _is_standfirst(line))


def choose_subtitle(candidates: Iterable[str], title: str, lines: Iterable[str]) -> str:
    """The first candidate that neither the title nor the body already holds; empty if there is none."""
    held = " ".join(line_key(line) for line in (title, *lines))
    return next((line for line in candidates if line_key(line) not in held), "")


def find_standfirst(pieces: list[Piece], candidates: Iterable[str]) -> tuple[str, list[Piece]]:
    """The first line of the body where it is a candidate in the form of a headline, and the other pieces.

    An opening paragraph that a description repeats ends in a full stop and stays in the body.
    """
    texts = [index for index, piece in enumerate(pieces) if isinstance(piece, str)]
    first = str(pieces[texts[0]]) if len(texts) > 1 else ""
    if is_prose(first) or not is_headline(first) or line_key(first) not in map(line_key, candidates):
        return "", pieces
    return first, [*pieces[: texts[0]], *pieces[texts[0] + 1 :]]


def read_script_body(tree: HtmlElement) -> list[str]:
    """The paragraphs of the longest HTML text inside a script: pages that are put together in the browser."""
    scripts = [script for script in tree.xpath("//script/text()") if "u003cp" in script or '"<p' in script]
    texts = [text for script in scripts for text in _ESCAPED_HTML.findall(script)]
    longest = max(texts, key=len, default="")
    if len(longest) < SHORTEST_BODY:
        return []
    return _read_paragraphs(longest)


def _read_paragraphs(escaped: str) -> list[str]:
    try:
        parts = fragments_fromstring(str(load_json(f'"{escaped}"', strict=False)))
    except ValueError:
        return []
    elements = [part for part in parts if not isinstance(part, str)]
    blocks = [block for part in elements for block in part.iter("p", "h2", "h3", "h4", "li", "blockquote")]
    return [line for block in blocks if (line := tidy_line(block.text_content()))]


def _is_standfirst(line: str) -> bool:
    words = len(line.split())
    long = words >= FEWEST_WORDS or len(line) >= 6 * FEWEST_WORDS
    return long and words <= MOST_WORDS and not line.endswith(_CUT_OFF) and find_rule(line) is None
