"""Decoding: from the bytes of a page, whatever they claim to be, to text and to a tree of elements."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from etl.extract.clean.cleaned import refuse_page

LARGEST = 10_000_000
DEEPEST = 200
SAMPLE = 100_000
FEW_BROKEN = 0.002

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
          "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
          "euc-kr": "cp949"}  # fmt: skip
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY = {b"%PDF": "a PDF", b"PK\x03\x04": "a zip archive", b"\x89PNG": "a picture", b"GIF8": "a picture",
           b"\xff\xd8\xff": "a picture", b"\x1f\x8b": "gzip data", b"RIFF": "media",
           b"\x7fELF": "a program"}  # fmt: skip
NO_LETTERS = "".join(map(chr, range(1, 9))) + "\ufffd"  # of which a page holds a stray one at most


def decode_page(content: bytes | str, item: str = "") -> str:
    """The page as text: by its byte order mark, as UTF-8, by its declared encoding, else by its letters.

    Raises:
        UnreadableInput: empty, over 10 MB, or binary.
    """
    if len(content) > LARGEST:
        size = f"{len(content) / 1e6:.1f} MB, more than the {LARGEST / 1e6:.0f} MB an article page may have"
        raise refuse_page(item, size, "save the article alone, or cut the file into pages")
    text = _check_page(content, item) if isinstance(content, str) else _decode_bytes(content, item)
    if not text.strip("\x00 \t\r\n"):
        raise refuse_page(item, "empty page", "fetch it again, or remove it from the folder")
    return text.replace("\x00", "")


def _check_page(text: str, item: str) -> str:
    """A page that was given as text, unless that was made of something else."""
    begun = text[:SAMPLE]
    if sum(map(begun.count, NO_LETTERS)) > len(begun) // 20 + 10:
        raise refuse_page(item, "binary data, not a web page", "give the page as HTML or plain text")
    return text


def parse_page(text: str, item: str = "") -> HtmlElement:
    """The page as a tree of elements.

    Raises:
        UnreadableInput: no element can be read, or elements are nested deeper than a page has reason to.
    """
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=_build_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise refuse_page(item, f"no HTML: {error}", "check that the file is a web page") from error
    if tree.xpath(f"boolean(//*[count(ancestor::*) > {DEEPEST}])"):
        reason = f"elements nested more than {DEEPEST} deep"
        raise refuse_page(item, reason, "the page is broken or hostile; leave it out")
    return tree


def _build_parser() -> HTMLParser:
    """A parser without comments, whose tails trafilatura loses (measured: a point of recall)."""
    return HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)


def _decode_bytes(content: bytes, item: str) -> str:
    kind = next((kind for magic, kind in _BINARY.items() if content.startswith(magic)), "")
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    if kind or (not marked and content[:SAMPLE].count(0) > len(content[:SAMPLE]) // 100 + 10):
        raise refuse_page(
            item, f"{kind or 'binary data'}, not a web page", "give the page as HTML or plain text"
        )
    if marked:
        return content.decode(marked, "replace").removeprefix("\ufeff")
    return _decode_utf8(content) or _decode_declared(content) or _decode_guessed(content)


def _decode_utf8(content: bytes) -> str:
    """The text if it is UTF-8 but for a few broken bytes, else nothing."""
    text = content.decode("utf-8", "replace")
    wide = sum(letter > "\x7f" for letter in text)
    broken = text.count("\ufffd")
    return text if broken == 0 or broken <= min(FEW_BROKEN * len(text), 0.1 * wide) else ""


def _decode_declared(content: bytes) -> str:
    declared = _DECLARED.search(content[:SAMPLE])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    try:
        return content.decode(_WIDER.get(name, name)) if name and "utf" not in name else ""
    except (UnicodeDecodeError, LookupError):
        return ""


def _decode_guessed(content: bytes) -> str:
    best = from_bytes(content[:SAMPLE]).best()
    return content.decode(best.encoding if best else "utf-8", "replace")
