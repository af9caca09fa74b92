"""Decoding: bytes to text without guessing; what cannot be told for sure is refused with a remedy."""

from __future__ import annotations

import codecs
import json
import re
import zlib

from charset_normalizer import from_bytes

from etl.errors import UnreadableInput

GZIP = b"\x1f\x8b"
GZIP_WINDOW = 16 + zlib.MAX_WBITS
BINARY_STARTS = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x7fELF", b"PAR1", b"Rar!",
    b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"ID3", b"OggS", b"MZ\x90",
)  # fmt: skip
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    # Markup without a mark (XML 1.0, appendix F).
    (b"<\x00\x00\x00", "utf-32-le"), (b"\x00\x00\x00<", "utf-32-be"), (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)  # fmt: skip
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
HALF = re.compile("[\ud800-\udfff]")  # of a pair that is one character in UTF-16; alone no UTF-8 can hold it
ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
HEAD = 2048  # HTML asks for the declaration in the first 1,024 bytes; XML for the first line
BROKEN_SHARE = 0.001  # of the characters of a page: a cut or two, as browsers forgive


def unpack_gzip(content: bytes, item: str, limit: int) -> bytes:
    """What a gzip file holds, or the bytes themselves when they are not packed.

    Raises:
        UnreadableInput: broken, cut short, or more than `limit` bytes when unpacked.
    """
    unpacked = bytearray()
    while content.startswith(GZIP):
        member = zlib.decompressobj(GZIP_WINDOW)
        try:
            unpacked += member.decompress(content, limit + 1 - len(unpacked))
        except zlib.error as error:
            raise UnreadableInput(item, "the gzip file is broken", "pack or download it again") from error
        if len(unpacked) > limit:
            raise UnreadableInput(
                item, f"more than {limit:,} bytes when unpacked", "split it, or raise `max_bytes`"
            )
        if not member.eof:
            raise UnreadableInput(item, "the gzip file is cut short", "pack or download it again")
        content = member.unused_data
        if not content.startswith(GZIP):
            return bytes(unpacked)
    return content


def load_json(text: str, *, strict: bool = True) -> object:
    """The value of a JSON text, half characters as the replacement character; `strict` as in `json.loads`.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deep.
    """
    value: object = json.loads(text, strict=strict)
    if ESCAPED_HALF.search(text):
        value = json.loads(HALF.sub("\ufffd", json.dumps(value, ensure_ascii=False)))
    return value


def decode_text(content: bytes, item: str) -> str:
    """Text that is UTF-8, or UTF-16 or UTF-32 with a byte order mark.

    Raises:
        UnreadableInput: empty, binary, or in another encoding.
    """
    refuse_binary(content, item)
    try:
        return content.decode(_marked_encoding(content) or "utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInput(item, "the text is not UTF-8", _suggest_encoding(content)) from error


def decode_page(content: bytes, item: str, media: str = "") -> str:
    """HTML or XML in the encoding that its byte order mark, its media type or its head declares, else UTF-8.

    Raises:
        UnreadableInput: empty, binary, or not in that encoding.
    """
    refuse_binary(content, item)
    encoding = (
        _marked_encoding(content) or _declared_encoding(media.encode()) or _declared_encoding(content[:HEAD])
    )
    text = content.decode(encoding or "utf-8", "replace")
    if text.count("\ufffd") > max(2, BROKEN_SHARE * len(text)):
        raise UnreadableInput(item, f"the page is not in {encoding or 'UTF-8'}", _suggest_encoding(content))
    return text


def refuse_binary(content: bytes, item: str) -> None:
    """Let only bytes pass that may be text.

    Raises:
        UnreadableInput: no bytes, blanks only, or the bytes of another kind of file.
    """
    if not content.strip():
        raise UnreadableInput(item, "the file is empty", "write or download it again")
    unmarked = _marked_encoding(content) is None
    if content.startswith(BINARY_STARTS) or (unmarked and b"\x00" in content[:HEAD]):
        raise UnreadableInput(item, "binary content, not text", "save the article as UTF-8 text or HTML")


def _marked_encoding(content: bytes) -> str | None:
    """The encoding that a byte order mark tells, or none."""
    return next((encoding for mark, encoding in MARKS if content.startswith(mark)), None)


def _declared_encoding(head: bytes) -> str | None:
    """The encoding that a head declares, as browsers understand it; none where there is no such codec."""
    declared = DECLARED.search(head)
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        return "cp1252"
    if name.startswith("utf-"):
        return "utf-8"  # it was read as ASCII up to here, so it is neither UTF-16 nor UTF-32
    try:
        "a".encode(name)
    except (LookupError, UnicodeError):
        return None
    return name


def _suggest_encoding(content: bytes) -> str:
    """The remedy: which encoding it may be, and how to change that."""
    likely = from_bytes(content[:50_000]).best()
    if likely is None:
        return "save it as UTF-8"
    return f"it may be {likely.encoding}: convert it with `iconv -f {likely.encoding} -t UTF-8`"
