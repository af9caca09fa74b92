"""Captions: what stands under the pictures of a page, put on record as cut, with the credit apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from etl.article import Cut
from etl.extract.clean.boilerplate import Piece, fold, part_credit
from etl.extract.clean.cleaned import tidy_line

LONGEST_CAPTION = 600
_CREDITED = (
    ".//*[contains(@class,'credit') or contains(@class,'copyright') or contains(@class,'source') "
    "or contains(@itemprop,'copyrightHolder')]"
)


def read_captions(tree: HtmlElement) -> list[Cut]:
    """Caption and credit of each `figcaption` of the page, in page order; the same words once."""
    told: dict[str, Cut] = {}
    for element in tree.iter("figcaption"):
        for cut in _read_caption(element):
            told.setdefault(fold(cut.text), cut)
    return list(told.values())


def add_captions(pieces: Sequence[Piece], captions: Sequence[Cut]) -> list[Piece]:
    """The pieces behind those captions that are not among them yet, in whole or in part."""
    known = [fold(piece if isinstance(piece, str) else piece.text) for piece in pieces]
    return [*(cut for cut in captions if not any(fold(cut.text) in words for words in known)), *pieces]


def _read_caption(element: HtmlElement) -> Iterator[Cut]:
    """The caption without its credit, then the credit; either may be missing."""
    whole = tidy_line(element.text_content())
    credits = [tidy_line(marked.text_content()) for marked in element.xpath(_CREDITED)]
    credit = next((line for line in credits if line and whole.endswith(line)), "")
    if not fold(whole) or len(whole) > LONGEST_CAPTION:
        return
    caption, written = part_credit(whole.removesuffix(credit).strip())
    if caption:
        yield Cut("caption", caption, "caption of a picture")
    if written or credit:
        yield Cut("credit", f"{written} {credit}".strip(), "caption of a picture")
