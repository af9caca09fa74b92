"""Voice: which characters stand inside quotation marks, and so are not the outlet's own words.

Ranges are half-open, disjoint and sorted; the marks themselves are excluded; of nested quotations the
outermost counts. No range crosses a blank line: a quotation over several paragraphs gives one range a
paragraph. Broken marks are survived, paragraph by paragraph:

- a closing mark without an opening one opens behind the label that begins its paragraph ("Quote:"), else
  where its sentence begins if a comma or an end of sentence stands before it, else it is passed over;
- an opening mark without a closing one runs to the end of its paragraph where it began the paragraph,
  followed a colon, or the next paragraph goes on quoting; else to the end of its sentence;
- a paragraph behind a label such as "Quote:" without any mark is a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from etl.transform.spans import split_paragraphs

MARK = re.compile(
    r"[\"＂“”„‟«»`'](?:(?<=[＂“”„‟«»])|(?<=`)`|(?<=')'|(?<=\")(?<![A-Za-z]\")"
    r"|(?<=\")(?!(?:t|s|re|ve|ll|d|m)\b))"  # isn"t: seen where apostrophes were lost
)
OPENERS, CLOSERS = frozenset(("“", "„", "‟", "«", "``")), frozenset(("”", "»", "''"))
CLOSED_BY = {
    '"': ('"', "”", "“", "''"), "＂": ("＂",), "“": ("”", '"', "“", "''"), "”": ("”",), "„": ("“", "”", '"'),
    "‟": ("”", '"'), "«": ("»",), "»": ("«", "»"), "``": ("''", '"', "”"), "''": ("''",),
}  # fmt: skip
BEFORE_OPENING = frozenset("([{—–-/‘':")
QUOTE_LABEL = re.compile(
    r"(?:quote|quotation|verbatim|word for word|цитата|пряма мова|дослівно|прямая речь|дословно|zitat|cita)"
    r"\b[^:.!?\n]{0,60}:\s*",
    re.IGNORECASE,
)
LABEL = re.compile(r"[^:.!?,\n]{1,60}:\s+")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
NO_OPENER = r"(?!(?:\d\ds?|em|tis|twas|cause|till?|bout|n|round)\b)"
SINGLE_OPENER = rf"[‘'‚](?<![^\s(\[—–/:]['‘‚]){NO_OPENER}"
SINGLE = re.compile(
    rf"{SINGLE_OPENER}(?=[\w“\"«])(?P<said>(?:(?![\s(][‘']\w)[^\n]){{1,400}}?)"
    r"(?:(?<=[^\ss])[’'‘](?!\w)|(?<=s)[’'‘](?!\w|\s[a-z]))"
)
SHORT_SINGLE = re.compile(rf"{SINGLE_OPENER}(?=\w)(?P<said>[^\n‘’'.!?]{{1,80}})(?<=\S)[’'](?!\w)")

Range = tuple[int, int]


class Mark(NamedTuple):
    """One quotation mark: its sign, where it stands, and which side of a quotation it can be."""

    start: int
    end: int
    sign: str
    side: Literal["open", "close", "either"]


class Paragraph(NamedTuple):
    """One paragraph of a text and the quotation marks in it."""

    text: str
    start: int
    end: int
    marks: tuple[Mark, ...]


def quoted_ranges(text: str) -> list[Range]:
    """The character ranges inside quotation marks, marks excluded, sorted and disjoint; empty for none."""
    paragraphs = [_read_paragraph(text, start, end) for start, end in split_paragraphs(text)]
    ranges: list[Range] = []
    left_open: tuple[Paragraph, Mark] | None = None
    for paragraph in paragraphs:
        goes_on = left_open is not None and _goes_on(paragraph)
        if left_open is not None:
            ranges.append(_end_unclosed(*left_open, goes_on=goes_on))
        found, unclosed = _pair_marks(paragraph, goes_on=goes_on)
        ranges += found
        left_open = None if unclosed is None else (paragraph, unclosed)
    if left_open is not None:
        ranges.append(_end_unclosed(*left_open, goes_on=False))
    return _unite(ranges + [m.span("said") for form in (SINGLE, SHORT_SINGLE) for m in form.finditer(text)])


def _read_paragraph(text: str, start: int, end: int) -> Paragraph:
    """A paragraph with its double quotation marks and guillemets."""
    return Paragraph(text, start, end, tuple(_read_marks(text, start, end)))


def _read_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Each mark with the side that its shape says, unless what stands beside it says otherwise."""
    for match in MARK.finditer(text, start, end):
        sign, before, after = (
            match.group(),
            text[match.start() - 1 : match.start()],
            text[match.end() : end][:1],
        )
        before = before if match.start() > start else ""
        opens = (before.isspace() or before in BEFORE_OPENING or not before) and not (
            after.isspace() or not after
        )
        closes = not before.isspace() and before != "" and not after.isalnum()
        yield Mark(match.start(), match.end(), sign, _tell_side(sign, opens=opens, closes=closes))


def _tell_side(sign: str, *, opens: bool, closes: bool) -> Literal["open", "close", "either"]:
    """The side of a mark by its shape and by whether its neighbours let it open or close."""
    if opens == closes:
        return "open" if sign in OPENERS else "close" if sign in CLOSERS else "either"
    if opens:
        return "either" if sign in CLOSERS else "open"
    return "either" if sign in OPENERS else "close"


def _goes_on(paragraph: Paragraph) -> bool:
    """Whether a paragraph goes on with the quotation that the one before left open."""
    if not paragraph.marks:
        return False
    first = paragraph.marks[0]
    return first.side == "close" or (first.start == paragraph.start and first.side == "open")


def _pair_marks(paragraph: Paragraph, *, goes_on: bool) -> tuple[list[Range], Mark | None]:
    """The quotations of one paragraph, and the mark that it leaves open."""
    if not paragraph.marks:
        label = QUOTE_LABEL.match(paragraph.text, paragraph.start, paragraph.end)
        return ([(label.end(), paragraph.end)] if label else []), None
    ranges: list[Range] = []
    opened: Mark | None = None
    for mark in paragraph.marks:
        if opened is not None and mark.sign in CLOSED_BY[opened.sign] and mark.side != "open":
            ranges.append((opened.end, mark.start))
            opened = None
        elif opened is not None:
            if mark.side == "open" and mark.sign == opened.sign:  # the quotation before was never closed
                ranges.append((opened.end, min(mark.start, _sentence_end(paragraph, opened.end))))
                opened = mark
        elif mark.side != "close":
            opened = mark
        elif mark is paragraph.marks[0]:
            ranges.append((_open_orphan(paragraph, mark, goes_on=goes_on), mark.start))
    return ranges, opened


def _open_orphan(paragraph: Paragraph, mark: Mark, *, goes_on: bool) -> int:
    """Where a quotation opens whose first mark is a closing one; at the mark itself if it is none."""
    text, start = paragraph.text, paragraph.start
    if goes_on:
        return start
    if label := LABEL.match(text, start, mark.start):
        return label.end()
    if text[mark.start - 1] not in ",.!?…":
        return mark.start
    ends = [end.end() for end in SENTENCE_END.finditer(text, start, mark.start)]
    return ends[-1] if ends else start


def _end_unclosed(paragraph: Paragraph, mark: Mark, *, goes_on: bool) -> Range:
    """The range of a quotation that its paragraph never closed."""
    text = paragraph.text
    led_in = mark.start == paragraph.start or text[paragraph.start : mark.start].rstrip().endswith(":")
    return mark.end, paragraph.end if goes_on or led_in else _sentence_end(paragraph, mark.end)


def _sentence_end(paragraph: Paragraph, start: int) -> int:
    """Where the sentence ends that runs at `start`."""
    end = SENTENCE_END.search(paragraph.text, start, paragraph.end)
    return end.start() if end else paragraph.end


def _unite(ranges: list[Range]) -> list[Range]:
    """The same characters as sorted, disjoint, non-empty ranges."""
    kept: list[Range] = []
    for start, end in sorted(ranges):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        elif start < end:
            kept.append((start, end))
    return kept
