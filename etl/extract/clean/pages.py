"""Web pages: from the HTML of one article to its clean text, by trafilatura and by rules over its lines."""

from __future__ import annotations

from datetime import datetime

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from etl.article import Cut
from etl.extract.clean.boilerplate import Piece, cut_boilerplate, cut_duplicates
from etl.extract.clean.captions import add_captions, read_captions
from etl.extract.clean.cleaned import Cleaned, refuse_page, tidy_line
from etl.extract.clean.decode import decode_page, parse_page
from etl.extract.clean.headlines import read_authors, read_section, read_title
from etl.extract.clean.heads import Desk, cut_title_copies, read_head
from etl.extract.clean.languages import detect_language
from etl.extract.clean.linemodel import cut_false_lines
from etl.extract.clean.metadata import read_metadata
from etl.extract.clean.publication import read_published
from etl.extract.clean.standfirsts import (
    choose_subtitle,
    find_standfirst,
    read_script_body,
    read_standfirst,
)
from etl.extract.clean.surroundings import index_blocks


def clean_page(
    html: bytes | str, *, url: str, outlet: str, timezone: str = "", seen: datetime | None = None
) -> Cleaned:
    """The article on a web page; times without a zone are read in the outlet's `timezone` (IANA; empty: UTC).

    `seen` is when the page was read (default: now); dates more than two days later are refused.

    Raises:
        UnreadableInput: empty, over 10 MB, binary, nested without end, or without a paragraph of article.
    """
    tree = parse_page(decode_page(html, url), url)
    desk = Desk(outlet=outlet, timezone=timezone, seen=seen)
    metadata = read_metadata(tree)
    title = read_title(tree, metadata, outlet=outlet)
    authors = read_authors(tree, metadata, outlet=outlet)
    published = read_published(tree, metadata, desk, url=url)
    index = index_blocks(tree)
    standfirsts, captions = read_standfirst(tree, metadata, index), read_captions(tree)
    pieces = _clean_lines(cut_false_lines(extract_lines(tree, url), index), title, desk)
    subtitle, pieces = find_standfirst(pieces, standfirsts)
    body = tuple(piece for piece in pieces if isinstance(piece, str))
    if not any(letter.isalnum() for line in body for letter in line):
        raise refuse_page(
            url, "no paragraph of an article on the page", "check that it is an article, not a list"
        )
    return Cleaned(
        title=title,
        subtitle=subtitle or choose_subtitle(standfirsts, title, body),
        authors=authors,
        published=published,
        section=read_section(metadata),
        language=detect_language(title, body, declared=tree.get("lang") or ""),
        body=body,
        cuts=tuple(piece for piece in add_captions(pieces, captions) if isinstance(piece, Cut)),
    )


def extract_lines(tree: HtmlElement, url: str = "") -> list[str]:
    """The lines that trafilatura takes for the article; else those kept in a script. The tree is used up."""
    kept_in_script = read_script_body(tree)
    document = bare_extraction(tree, url=url or None, include_comments=False)
    text = "" if document is None or isinstance(document, dict) else document.text
    lines = [line for raw in (text or "").split("\n") if (line := tidy_line(raw.lstrip("- ")))]
    return lines or kept_in_script


def _clean_lines(pieces: list[Piece], title: str, desk: Desk) -> list[Piece]:
    """The lines with title, head, boilerplate and copies cut, until nothing more is to cut."""
    while True:
        cleaner = cut_boilerplate(cut_title_copies(pieces, title))
        cleaner = cut_duplicates(list(read_head(cleaner, desk).pieces))
        if cleaner == pieces:
            return pieces
        pieces = cleaner
