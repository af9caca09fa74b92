"""Heads: the lines above and below the prose of a page: title, subtitle, byline, dateline, rubric."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from etl.article import Cut, Published
from etl.extract.clean.boilerplate import Piece, cut_line, find_rule, fold
from etl.extract.clean.bylines import clean_authors, is_name, names_office, read_byline, strip_place
from etl.extract.clean.datelines import is_publication_label, is_update, read_dateline

LONGEST_TITLE = 220
LONGEST_SUBTITLE = 320
PROSE_WORDS = 25
HEAD_LINES = 15
TAIL_LINES = 4

_FULL_STOP = re.compile(r"(?:(?<![.…])\.|。)['\"”’»)\]]*$")
_PARTS = re.compile(r"\s*[|•·]\s*|\s+/\s+|\s+[–—-]\s+")
_MARKUP = re.compile(r"^(?:#{1,6}\s+|(?:title|headline)\s*:\s*)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What is known about a page from outside: its outlet, the outlet's IANA zone, when it was seen."""

    outlet: str = ""
    timezone: str = ""
    seen: datetime | None = None


@dataclass(frozen=True)
class Head:
    """The pieces of a page after its head lines were cut, and what they said."""

    pieces: tuple[Piece, ...]
    authors: tuple[str, ...] = ()
    published: Published = field(default_factory=Published)


def is_prose(line: str) -> bool:
    """Whether the line is a paragraph of the article rather than a line of its head."""
    words = len(line.split())
    return words > PROSE_WORDS or (words >= 9 and _FULL_STOP.search(line) is not None)


def is_headline(line: str) -> bool:
    """Whether the line may be a title: short, of words, and not a sentence that ends in a full stop."""
    return (
        len(line) <= LONGEST_TITLE
        and _FULL_STOP.search(line) is None
        and not line.endswith((":", ",", ";"))
        and any(letter.isalpha() for letter in line)
    )


def find_title(lines: list[str], desk: Desk) -> tuple[str, str, list[Piece]]:
    """Title and rubric (empty where there is none) and the pieces without them."""
    shown = [index for index, line in enumerate(lines[:HEAD_LINES]) if not _is_furniture(line, desk)]
    if not shown or not is_headline(lines[shown[0]]):
        return "", "", list(lines)
    first, second = shown[0], shown[1] if len(shown) > 1 else shown[0]
    rubric = second > first and _is_rubric(lines[first], lines[second])
    at = second if rubric else first
    line = _MARKUP.sub("", lines[at])
    title = strip_outlet(line, desk.outlet)
    suffix = [Cut("navigation", line[len(title) :].strip(), "name of the outlet")] if title != line else []
    pieces: list[Piece] = [*lines[:at], *suffix, *lines[at + 1 :]]
    if rubric:
        pieces[first] = Cut("navigation", lines[first], "rubric above the title")
    section = lines[first] if rubric and not _names_outlet(lines[first], desk) else ""
    return title, section, pieces


def strip_outlet(title: str, outlet: str) -> str:
    """The title without the outlet's name behind a bar or a dash."""
    parted = re.match(r"(?P<title>.+\S)\s+[|–—·:-]+\s+(?P<name>[^|–—·]+)$", title)
    if parted and outlet and fold(parted["name"]).replace(" ", "") == fold(outlet).replace(" ", ""):
        return parted["title"]
    return title


def cut_title_copies(pieces: list[Piece], title: str) -> list[Piece]:
    """The pieces with repeated titles cut, also where a caption, a credit or a dateline hangs on them."""
    kept: list[Piece] = []
    for piece in pieces:
        rest = _text_behind(piece, title) if isinstance(piece, str) and title else None
        if isinstance(piece, Cut) and piece.role == "promotion" and fold(piece.text) == fold(title):
            kept.append(Cut("duplicate", piece.text, "title again"))
            continue
        if rest is None:
            kept.append(piece)
            continue
        kept.append(Cut("duplicate", str(piece)[: len(str(piece)) - len(rest)].rstrip(), "title again"))
        kept.extend(cut_line(rest) if rest else [])
    return kept


def read_head(pieces: list[Piece], desk: Desk) -> Head:
    """The pieces with bylines and datelines above the first prose cut, and the names and time they gave."""
    end = _find_prose(pieces)
    kept: list[Piece] = []
    names: dict[str, None] = {}
    published, only_update = Published(), False
    for index, piece in enumerate(pieces[:end]):
        near = _tells_byline(kept[-1:]) or (index + 1 < end and _is_dateline(pieces[index + 1], desk))
        cuts, found, moment = _read_head_line(piece, desk, beside_date=near)
        kept.extend(cuts)
        names.update(dict.fromkeys(found))
        if not published.at or (only_update and moment.at):
            published, only_update = moment, isinstance(piece, str) and is_update(piece)
    return Head((*kept, *pieces[end:]), tuple(names), published)


def read_tail(pieces: list[Piece], desk: Desk) -> tuple[list[Piece], Published]:
    """The pieces with datelines among the last lines cut; a time only where it is labelled as publication."""
    texts = [index for index, piece in enumerate(pieces) if isinstance(piece, str)][-TAIL_LINES:]
    kept, published = list(pieces), Published()
    for index in reversed(texts):
        line = str(pieces[index])
        moment = read_dateline(line, timezone=desk.timezone, seen=desk.seen)
        if moment is None:
            break
        kept[index] = Cut("dateline", line, "dateline at the end")
        published = moment if is_publication_label(line) else published
    return kept, published


def find_subtitle(pieces: list[Piece], title: str) -> tuple[str, list[Piece]]:
    """The line right under the title when it is short, like a headline, and prose follows; else empty."""
    texts = [index for index, piece in enumerate(pieces) if isinstance(piece, str)]
    if not title or len(texts) < 2:
        return "", pieces
    line, following = str(pieces[texts[0]]), str(pieces[texts[1]])
    apart = len(line.split()) >= 6 and is_headline(line) and not line.endswith(("?", "!", "”", '"', "»"))
    if apart and len(line) <= LONGEST_SUBTITLE and is_prose(following):
        return line, [piece for index, piece in enumerate(pieces) if index != texts[0]]
    return "", pieces


def _is_furniture(line: str, desk: Desk) -> bool:
    """Whether a line above the title cannot be the title."""
    return (
        find_rule(line) is not None
        or _is_dateline(line, desk)
        or fold(line) == fold(desk.outlet)
        or read_byline(line, outlet=desk.outlet) is not None
    )


def _names_outlet(line: str, desk: Desk) -> bool:
    """Whether a line is about the outlet itself ("Support The Courier")."""
    return bool(desk.outlet) and fold(desk.outlet) in fold(line)


def _is_rubric(line: str, following: str) -> bool:
    """One to three words above a longer line that is like a headline."""
    return (
        len(line.split()) <= 3
        and len(following.split()) >= 5
        and is_headline(following)
        and not is_prose(following)
    )


def _text_behind(line: str, title: str) -> str | None:
    """What stands behind the title in a line that begins with it, if that is nothing or no article."""
    if fold(line) == fold(title):
        return ""
    if not line.casefold().startswith(title.casefold()):
        return None
    rest = line[len(title) :].strip()
    return rest if find_rule(rest) else None


def _find_prose(pieces: list[Piece]) -> int:
    """Where the first prose stands, or the number of pieces."""
    found = (index for index, piece in enumerate(pieces) if isinstance(piece, str) and is_prose(piece))
    return next(found, len(pieces))


def _tells_byline(pieces: list[Piece]) -> bool:
    return any(isinstance(piece, Cut) and piece.role in ("dateline", "byline") for piece in pieces)


def _is_dateline(piece: Piece, desk: Desk) -> bool:
    return isinstance(piece, str) and read_dateline(piece, timezone=desk.timezone, seen=desk.seen) is not None


def _read_head_line(
    piece: Piece, desk: Desk, *, beside_date: bool
) -> tuple[list[Piece], tuple[str, ...], Published]:
    """One line of the head: cut where it is outlet, dateline, byline, or both in one line."""
    if isinstance(piece, Cut):
        return [piece], (), Published()
    if fold(piece) == fold(desk.outlet):
        return [Cut("navigation", piece, "name of the outlet")], (), Published()
    moment = read_dateline(piece, timezone=desk.timezone, seen=desk.seen)
    if moment is not None:
        return [Cut("dateline", piece, "dateline above the text")], (), moment
    names = _read_names(piece, desk, beside_date=beside_date)
    if names is not None:
        return [Cut("byline", piece, "byline above the text")], names, Published()
    return _read_mixed_line(piece, desk)


def _read_names(line: str, desk: Desk, *, beside_date: bool) -> tuple[str, ...] | None:
    """The names of a byline; beside a dateline a bare name or a name with its office will do."""
    names = read_byline(line, outlet=desk.outlet)
    if names is not None or len(line) > 100 or _FULL_STOP.search(line):
        return names
    first, _, rest = line.partition(",")
    first = strip_place(first) if beside_date else first
    if is_name(first) and (names_office(rest) if rest else beside_date):
        return clean_authors([first], outlet=desk.outlet)
    return () if beside_date and names_office(line) and len(line.split()) <= 6 else None


def _read_mixed_line(line: str, desk: Desk) -> tuple[list[Piece], tuple[str, ...], Published]:
    """A line with byline, dateline and rubric side by side: each part becomes a cut; else the line stays."""
    parts = _split_mixed(line, desk)
    cuts: list[Piece] = []
    names: tuple[str, ...] = ()
    published = Published()
    for part in parts:
        moment = read_dateline(part, timezone=desk.timezone, seen=desk.seen)
        own = fold(part) == fold(desk.outlet)
        found = None if moment or own else _read_names(part, desk, beside_date=True)
        role = Cut(
            "dateline" if moment else "navigation" if found is None else "byline", part, "head line in parts"
        )
        cuts.append(role)
        names += found or ()
        published = published if published.at else moment or Published()
    return (cuts, names, published) if cuts else ([line], (), Published())


def _split_mixed(line: str, desk: Desk) -> list[str]:
    """The parts of a line of which one is a dateline and the others are a few words each; else none."""
    if len(line) > LONGEST_TITLE or not any(letter.isdigit() for letter in line):
        return []
    parts = [part for part in _PARTS.split(line) if part]
    if any(_is_dateline(part, desk) for part in parts) and all(
        len(part.split()) <= 5 or _is_dateline(part, desk) for part in parts
    ):
        return parts
    for gap in re.finditer(r"[\s,]+", line):
        before, after = line[: gap.start()], line[gap.end() :]
        if read_byline(before, outlet=desk.outlet) is not None and _is_dateline(after, desk):
            return [before, after]
    return []
