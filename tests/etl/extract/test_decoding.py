"""Decoding: nothing is guessed, and what is refused says how to mend it."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import UnreadableInput
from etl.extract.decoding import decode_page, decode_text, unpack_gzip

UKRAINIAN = "Президент прибув до столиці на переговори про безпеку"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read(encoding):
    assert decode_text(UKRAINIAN.encode(encoding), "a") == UKRAINIAN


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"words\x00\x01\x02", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (UKRAINIAN.encode("cp1251"), "not UTF-8"),
        (b"caf\xe9", "not UTF-8"),
    ],
)
def test_other_bytes_are_refused_with_a_remedy(content, reason):
    with pytest.raises(UnreadableInput, match=reason) as refusal:
        decode_text(content, "a.txt")
    assert refusal.value.remedy and refusal.value.item == "a.txt"


def test_the_remedy_names_a_likely_encoding():
    with pytest.raises(UnreadableInput) as refusal:
        decode_text((UKRAINIAN * 20).encode("cp1251"), "a.txt")
    assert "iconv -f " in refusal.value.remedy


@pytest.mark.parametrize(
    ("head", "encoding"),
    [('<meta charset="windows-1251">', "cp1251"),
     ('<?xml version="1.0" encoding="koi8-u"?>', "koi8-u"),
     ("<meta charset=utf-16>", "utf-8"), ("<meta charset=hex>", "utf-8"),
     ("<meta charset=klingon>", "utf-8")],
)  # fmt: skip
def test_a_page_is_read_as_it_declares(head, encoding):
    assert UKRAINIAN in decode_page((head + UKRAINIAN).encode(encoding), "a")


def test_the_media_type_goes_before_the_page():
    assert "é" in decode_page(b"<meta charset=utf-8>caf\xe9", "a", "text/html; charset=iso-8859-1")


def test_a_page_that_declares_a_wrong_encoding_is_refused():
    with pytest.raises(UnreadableInput, match="not in utf-8"):
        decode_page(b"<meta charset=utf-8>" + UKRAINIAN.encode("cp1251"), "a")


def test_one_broken_character_in_a_page_is_forgiven():
    assert decode_page(b"<p>" + b"word " * 99 + b"\xff</p>", "a").count("\ufffd") == 1


@given(st.binary(max_size=300))
def test_gzip_comes_back(content):
    packed = gzip.compress(content)
    assert unpack_gzip(packed, "a", 300) == content
    assert unpack_gzip(packed + packed, "a", 600) == content * 2


def test_a_truncated_gzip_is_refused():
    for packed in (gzip.compress(b"words " * 500)[:-12], gzip.compress(b"words " * 500)[:20]):
        with pytest.raises(UnreadableInput, match="cut short") as refusal:
            unpack_gzip(packed, "a.gz", 10_000)
        assert "download it again" in refusal.value.remedy


def test_a_broken_or_too_large_gzip_is_refused():
    with pytest.raises(UnreadableInput, match="broken"):
        unpack_gzip(b"\x1f\x8b\x08\x00 nonsense in here", "a.gz", 99)
    with pytest.raises(UnreadableInput, match="more than 99 bytes"):
        unpack_gzip(gzip.compress(b"0" * 1000), "a.gz", 99)


def test_plain_bytes_pass():
    assert unpack_gzip(b"plain", "a", 3) == b"plain"
