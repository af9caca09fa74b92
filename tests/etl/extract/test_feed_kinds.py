"""One story in every kind of feed, and hostile feeds: nothing but words and web links comes out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import UnreadableInput
from etl.extract.entries import Entry, plain_text, read_entries

LINK = "https://news.example/pier"
TITLE = "Pier reopens"
RSS_HEAD = "<title>N</title><link>https://news.example/</link><description>d</description>"
EVIL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<object data='data:text/html;base64,PHNjcmlwdD4='></object>",
    "<form action='https://evil.example'><input name=p></form>",
    "<p onclick=alert(1)>x</p>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
)


def rss(items: str, version: str = "2.0", head: str = RSS_HEAD) -> bytes:
    """A feed of these items."""
    content = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    opening = f'<rss version="{version}" {content} xmlns:dc="http://purl.org/dc/elements/1.1/">'
    return f'<?xml version="1.0"?>{opening}<channel>{head}{items}</channel></rss>'.encode()


def rdf(items: str) -> bytes:
    """An RSS 1.0 feed."""
    return (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="https://news.example/">{RSS_HEAD}</channel>{items}</rdf:RDF>'
    ).encode()


def atom(entries: str) -> bytes:
    """An Atom feed."""
    head = "<title>N</title><id>urn:n</id><updated>2024-06-24T04:18:00Z</updated>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'.encode()


def json_feed(*items: dict[str, object]) -> bytes:
    """A JSON feed."""
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": list(items)}
    return json.dumps(told).encode()


PLAIN = f"<item><title>{TITLE}</title><link>{LINK}</link></item>"
KINDS = {
    "RSS 0.91": rss(PLAIN, "0.91"),
    "RSS 0.92": rss(PLAIN, "0.92"),
    "RSS 1.0": rdf(f'<item rdf:about="{LINK}"><title>{TITLE}</title><link>{LINK}</link></item>'),
    "RSS 2.0": rss(PLAIN),
    "Atom": atom(f'<entry><id>1</id><title>{TITLE}</title><link href="{LINK}"/></entry>'),
    "JSON": json_feed({"id": "1", "title": TITLE, "url": LINK}),
    "RSS without a declaration": rss(PLAIN).partition(b"?>")[2],
    "RSS behind blank lines": b"\n\n " + rss(PLAIN),
    "RSS behind a byte order mark": b"\xef\xbb\xbf" + rss(PLAIN),
    "RSS without channel end": rss(PLAIN).replace(b"</channel></rss>", b""),
    "RSS with a bare ampersand": rss(PLAIN, head="<title>A & B</title>"),
}


def read(content: bytes, base: str = "") -> tuple[Entry, ...]:
    """The entries of a feed of this test."""
    return read_entries(content, "feed", base)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_feed_tells_the_story_and_where_it_stands(kind: str) -> None:
    assert [(entry.title, entry.link) for entry in read(KINDS[kind])] == [(TITLE, LINK)]


@pytest.mark.parametrize(
    ("content", "authors"),
    [
        (rss(PLAIN.replace("</item>", "<dc:creator>Ann Lee</dc:creator></item>")), ("Ann Lee",)),
        (rss(PLAIN.replace("</item>", "<author>desk@news.example</author></item>")), ()),
        (
            atom(
                f'<entry><id>1</id><title>{TITLE}</title><link href="{LINK}"/>'
                "<author><name>Ann Lee</name></author><author><name>Tom Reed</name></author></entry>"
            ),
            ("Ann Lee", "Tom Reed"),
        ),
        (
            rss(
                PLAIN.replace(
                    "</item>", "<dc:creator>Ann Lee</dc:creator>\n<dc:creator>Tom Reed</dc:creator></item>"
                )
            ),
            ("Ann Lee", "Tom Reed"),
        ),
        (
            json_feed({"id": "1", "title": TITLE, "url": LINK, "authors": [{"name": "Ann Lee"}]}),
            ("Ann Lee",),
        ),
        (rss(PLAIN), ()),
    ],
)
def test_authors_are_names_and_no_addresses(content: bytes, authors: tuple[str, ...]) -> None:
    assert read(content)[0].authors == authors


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Mon, 24 Jun 2024 07:18:09 +0300", "04:18:09"),
        ("2024-06-24T04:18:09Z", "04:18:09"),
        ("Mon, 24 Jun 2024 04:18:09 GMT", "04:18:09"),
    ],
)
def test_a_time_is_the_same_in_every_form(written: str, told: str) -> None:
    entry = read(rss(PLAIN.replace("</item>", f"<pubDate>{written}</pubDate></item>")))[0]
    assert entry.published.startswith("2024-06-24T") and told in entry.published


def test_an_entry_that_was_only_updated_has_the_time_of_its_update() -> None:
    dated = f"<updated>2024-06-24T04:18:00Z</updated><link href='{LINK}'/>"
    entries = read(atom(f"<entry><id>1</id><title>{TITLE}</title>{dated}</entry>"))
    assert entries[0].published.startswith("2024-06-24T04:18:00")


def test_the_page_of_an_atom_entry_is_its_alternate_link() -> None:
    links = (
        '<link rel="self" href="https://news.example/self"/>'
        '<link rel="enclosure" href="https://news.example/a.mp3"/>'
        f'<link rel="alternate" href="{LINK}"/>'
    )
    assert read(atom(f"<entry><id>1</id><title>{TITLE}</title>{links}</entry>"))[0].link == LINK


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/pier", LINK), ("pier", LINK), ("//news.example/pier", LINK), (f"{LINK}?utm_source=rss", LINK),
        (f"  {LINK}\n", LINK), (f"{LINK}#top", LINK), ("javascript:alert(1)", ""), ("data:text/html,x", ""),
        ("file:///etc/passwd", ""), ("vbscript:x", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_link_leads_to_a_page_of_the_web_or_nowhere(link: str, expected: str) -> None:
    item = f"<item><title>{TITLE}</title><link>{link}</link></item>"
    assert read(rss(item), "https://news.example/rss")[0].link == expected


@pytest.mark.parametrize("evil", EVIL)
def test_no_field_carries_what_a_browser_would_run(evil: str) -> None:
    wrapped = f"<![CDATA[{TITLE} {evil}]]>"
    item = (
        f"<item><title>{wrapped}</title><link>{LINK}</link><dc:creator>{wrapped}</dc:creator>"
        f"<category>{wrapped}</category><description>{wrapped}</description>"
        f"<content:encoded>{wrapped}</content:encoded></item>"
    )
    entry = read(rss(item))[0]
    assert entry.title.startswith(TITLE) and "<" not in entry.title + entry.section + "".join(entry.authors)
    for danger in ("<script", "onerror", "onload", "onclick", "javascript:", "<iframe", "<object", "<form"):
        assert danger not in entry.content.lower()


@pytest.mark.parametrize("evil", EVIL)
def test_entities_do_not_bring_back_what_was_taken_out(evil: str) -> None:
    escaped = evil.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    entry = read(rss(PLAIN.replace("</item>", f"<description>{escaped}</description></item>")))[0]
    for danger in ("<script", "<iframe", "<svg", "<object", "onerror=", "onclick="):
        assert danger not in entry.content.lower()


def test_an_entity_of_the_document_is_not_read_from_the_disk() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    content = rss(PLAIN.replace(TITLE, "A &x; B"))
    try:
        entries = read(bomb.encode() + content.partition(b"?>")[2])
    except UnreadableInput:
        return
    assert all("root:" not in entry.title + entry.content for entry in entries)


def test_entities_that_grow_do_not_fill_the_memory() -> None:
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "lol">{grown}]>'.encode()
    content = bomb + rss(PLAIN.replace(TITLE, "&e8;")).partition(b"?>")[2]
    try:
        entries = read(content)
    except UnreadableInput:
        return
    assert all(len(entry.title) < 10_000 for entry in entries)


@pytest.mark.parametrize(
    "content",
    [b"<html><body>No feed</body></html>", b"plain words", b'{"title": "no feed"}', b"[]", b"{", b"<rss",
     b"%PDF-1.7", b"\x00\x01\x02", b"", b"   \n"],
)  # fmt: skip
def test_what_is_no_feed_is_refused_by_name(content: bytes) -> None:
    try:
        assert read(content) == ()
    except UnreadableInput as problem:
        assert problem.item == "feed" and problem.remedy
    else:
        pytest.fail("it must say that it is no feed")


@pytest.mark.parametrize(("words", "full"), [(0, False), (1, False), (99, False), (100, True), (400, True)])
def test_a_hundred_words_are_a_whole_text(words: int, full: bool) -> None:
    assert Entry(content=f"<p>{'word ' * words}</p>").is_full is full


def test_the_longest_of_the_texts_of_an_entry_is_taken() -> None:
    whole = "<content:encoded><![CDATA[<p>The whole long text.</p>]]></content:encoded>"
    item = PLAIN.replace("</item>", f"<description>Short.</description>{whole}</item>")
    assert read(rss(item))[0].content == "<p>The whole long text.</p>"


def test_the_section_is_the_first_category_with_words() -> None:
    categories = "".join(f"<category>{name}</category>" for name in (" ", "Sea", "Sky"))
    assert read(rss(PLAIN.replace("</item>", f"{categories}</item>")))[0].section == "Sea"


@given(st.lists(st.integers(0, 99), max_size=6))
def test_entries_come_in_the_order_of_the_feed_none_lost(numbers: list[int]) -> None:
    items = [f"<item><title>T{n}</title><link>{LINK}/{n}</link></item>" for n in numbers]
    assert [entry.title for entry in read(rss("".join(items)))] == [f"T{n}" for n in numbers]


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40))
def test_any_title_comes_out_as_its_words(title: str) -> None:
    entry = read(json_feed({"id": "1", "title": title.replace("<", "").replace("&", ""), "url": LINK}))[0]
    assert entry.title == " ".join(title.replace("<", "").replace("&", "").split())


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_raise_anything_else(content: bytes) -> None:
    try:
        entries = read(b"<rss><channel>" + content)
    except UnreadableInput:
        return
    assert all("<script" not in entry.content for entry in entries)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("A &amp;amp; B", "A &amp; B"),
        ("&lt;b&gt;x&lt;/b&gt;", "<b>x</b>"),
        ("  a \n b ", "a b"),
        ("a<!-- c -->b", "ab"),
        ("<i>a</i>b", "ab"),
        ("<style>p{}</style>x", "x"),
        ("", ""),
    ],
)
def test_plain_text_is_what_a_reader_would_see(markup: str, words: str) -> None:
    assert plain_text(markup) == words


@pytest.mark.parametrize("markup", ["<p>One</p><p>two</p>", "One<br>two", "<li>One</li><li>two</li>"])
def test_blocks_part_words(markup: str) -> None:
    assert plain_text(markup) == "One two"


def test_a_hundred_lines_are_a_whole_text_too() -> None:
    assert Entry(content="<p>word</p>" * 100).is_full
