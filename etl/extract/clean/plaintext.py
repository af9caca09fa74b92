"""Plain text: a page saved as text, with menu words, title, dateline, captions and appeals in its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from etl.article import Cut, Published
from etl.extract.clean.boilerplate import Piece, cut_boilerplate, cut_duplicates
from etl.extract.clean.cleaned import Cleaned, refuse_page, tidy_line
from etl.extract.clean.heads import Desk, cut_title_copies, find_subtitle, find_title, read_head, read_tail
from etl.extract.clean.languages import detect_language

LARGEST = 20_000_000
WIDEST_MARGIN = 100

_BULLET = re.compile(r"^\s*(?:[•‣▪▫◦●○■□►▶➤✓·∙⁃]|[*+–—-](?=\s))\s*")
_ENDED = re.compile(r"[.!?…:;]['\"”’»)\]]*$")


@dataclass(frozen=True, kw_only=True)
class _Page:
    """What one reading of the lines gave: head fields and the pieces that follow the title."""

    title: str = ""
    subtitle: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    published: Published = field(default_factory=Published)
    pieces: tuple[Piece, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Title, subtitle and body: what a second reading would start from."""
        body = (piece for piece in self.pieces if isinstance(piece, str))
        return tuple(line for line in (self.title, self.subtitle, *body) if line)


def clean_text(
    text: str, *, outlet: str, timezone: str, url: str = "", seen: datetime | None = None
) -> Cleaned:
    """The article in a page saved as plain text; cleaning its `text` again gives the same text.

    Labels such as "Quote:" stay in the body. Dates are read from lines that are datelines, never from prose.
    `seen` is when the page was read (default: now); dates more than two days later are refused.

    Raises:
        UnreadableInput: more than 20 million characters, binary, or no line of article.
    """
    check_text(text, url)
    desk = Desk(outlet=outlet, timezone=timezone, seen=seen)
    page = _read_page(split_lines(text), desk)
    while (again := _read_page(list(page.lines), desk)).lines != page.lines:
        page = _join_readings(page, again)
    body = tuple(piece for piece in page.pieces if isinstance(piece, str))
    if not body:
        raise refuse_page(
            url, "no paragraph of an article in the text", "check that the file holds the article"
        )
    return Cleaned(
        title=page.title,
        subtitle=page.subtitle,
        section=page.section,
        authors=page.authors,
        published=page.published,
        body=body,
        language=detect_language(page.title, body),
        cuts=tuple(piece for piece in page.pieces if isinstance(piece, Cut)),
    )


def check_text(text: str, item: str) -> None:
    """Refuses what is no text.

    Raises:
        UnreadableInput: more than 20 million characters, or binary.
    """
    if len(text) > LARGEST:
        raise refuse_page(item, f"{len(text):,} characters of text", "split the file into one article each")
    if sum(text.count(byte) for byte in "\x00\ufffd") > len(text) // 20 + 10:
        raise refuse_page(item, "binary content, not text", "save the page as UTF-8 text or as HTML")


def split_lines(text: str) -> list[str]:
    """The lines of a text that are not blank, without bullets; hard-wrapped lines joined again."""
    blocks = re.split(r"\n\s*\n", re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text))
    lines = [line for block in blocks for line in _unwrap(block.split("\n"))]
    return [bare for line in lines if (bare := _strip_bullet(tidy_line(line)))]


def _strip_bullet(line: str) -> str:
    while (bullet := _BULLET.match(line)) and bullet.end():
        line = line[bullet.end() :]
    return line


def _unwrap(block: list[str]) -> list[str]:
    """The block as given, or as one paragraph where a margin broke its lines."""
    lines = [line for line in block if line.strip()]
    widths = [len(line) for line in lines[:-1]]
    wrapped = (
        len(lines) >= 3
        and max(map(len, lines)) <= WIDEST_MARGIN
        and min(widths) >= 0.7 * max(widths) >= 35
        and sum(_ENDED.search(line.rstrip()) is not None for line in lines[:-1]) <= len(widths) // 2
        and not any(_BULLET.match(line) for line in lines[1:])
    )
    return [" ".join(lines)] if wrapped else lines


def _read_page(lines: list[str], desk: Desk) -> _Page:
    """One reading: title, then what is head, boilerplate, tail or double."""
    title, section, pieces = find_title(lines, desk)
    pieces = cut_boilerplate(cut_title_copies(pieces, title))
    head = read_head(pieces, desk)
    pieces, late = read_tail(list(head.pieces), desk)
    subtitle, pieces = find_subtitle(cut_duplicates(pieces), title)
    return _Page(
        title=title,
        subtitle=subtitle,
        section=section,
        authors=head.authors,
        published=head.published if head.published.at else late,
        pieces=tuple(pieces),
    )


def _join_readings(page: _Page, again: _Page) -> _Page:
    """The second reading with what only the first could see."""
    cuts = tuple(piece for piece in page.pieces if isinstance(piece, Cut))
    return replace(
        again,
        section=page.section or again.section,
        authors=page.authors or again.authors,
        published=page.published if page.published.at else again.published,
        pieces=(*cuts, *again.pieces),
    )
