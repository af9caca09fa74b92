"""Web pages become articles: the body alone, metadata as the page tells it, hostile pages refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import UnreadableInput
from etl.extract.clean import Cleaned, clean_page, clean_text
from etl.extract.clean.decode import decode_page

SEEN = datetime(2026, 1, 1, tzinfo=UTC)
PARAGRAPHS = (
    "The harbour council agreed on Thursday to rebuild the northern pier after two winters of storms.",
    "Engineers expect the work to take eighteen months, and the mayor said that the town would not borrow.",
    "Fishing crews have used the southern quay since January, ferries have gone from the next town along.",
    "A first contract for the foundations is to be let before the end of the summer, the council said.",
)
HEAD = "<title>Council votes to rebuild pier | The Harbour Post</title>"


def page(head: str = HEAD, body: str = "", *, heading: str = "Council votes to rebuild pier") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<html lang='en'><head><meta charset='utf-8'>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{heading}</h1>{text}{body}</article><footer>About us</footer></body></html>"
    )


def clean(html: bytes | str, *, timezone: str = "") -> Cleaned:
    return clean_page(
        html, url="https://post.example/pier", outlet="The Harbour Post", timezone=timezone, seen=SEEN
    )


def linked(**fields: str) -> str:
    written = ", ".join(f'"{key}": {value}' for key, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {written}}}</script>'


def test_the_body_is_the_paragraphs_of_the_article() -> None:
    assert clean(page()).body == PARAGRAPHS


def test_promotion_inside_the_article_is_cut_and_recorded() -> None:
    cleaned = clean(page(body="<p>Read also: Ferry fares to rise in autumn</p>"))
    assert cleaned.body == PARAGRAPHS
    assert "Ferry fares" in " ".join(cut.text for cut in cleaned.cuts)


def test_the_outlet_is_no_part_of_the_title() -> None:
    assert clean(page(heading="")).title == "Council votes to rebuild pier"


def test_the_headline_of_json_ld_comes_first() -> None:
    assert (
        clean(page(HEAD + linked(headline='"Pier to be rebuilt &amp; widened"'))).title
        == "Pier to be rebuilt & widened"
    )


def test_a_site_name_behind_og_title_gives_way_to_the_heading() -> None:
    head = "<meta property='og:title' content='Council votes to rebuild pier - Post.example'>"
    assert clean(page(head)).title == "Council votes to rebuild pier"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('{"@type": "Person", "name": "Jane Miller"}', ("Jane Miller",)),
        ('[{"name": "Jane Miller"}, {"name": "Tom Reed"}]', ("Jane Miller", "Tom Reed")),
        ('{"givenName": "Jane", "familyName": "Miller"}', ("Jane Miller",)),
        ('"By Jane Miller and Tom Reed"', ("Jane Miller", "Tom Reed")),
        ('{"name": "Jane Miller, Political Correspondent"}', ("Jane Miller",)),
        ('[{"name": "The Harbour Post"}, {"name": "Jane Miller"}]', ("Jane Miller",)),
        ('{"name": "The Harbour Post"}', ("The Harbour Post",)),
        ('{"name": "dpa"}', ("dpa",)),
        ('"https://post.example/jane"', ()),
    ],
)  # fmt: skip
def test_authors_are_read_from_json_ld(author: str, names: tuple[str, ...]) -> None:
    assert clean(page(HEAD + linked(author=author))).authors == names


def test_authors_are_read_from_meta_and_from_the_byline() -> None:
    assert clean(page("<meta name='author' content='Jane Miller'>")).authors == ("Jane Miller",)
    assert clean(page(body="<div class='byline'>By Tom Reed</div>")).authors == ("Tom Reed",)


@pytest.mark.parametrize(
    ("head", "at", "precision"),
    [
        (linked(datePublished='"2024-06-06T17:12:33+03:00"'),
         datetime(2024, 6, 6, 14, 12, 33, tzinfo=UTC), "second"),
        (linked(datePublished='"2024-06-06T17:12Z"'), datetime(2024, 6, 6, 17, 12, tzinfo=UTC), "minute"),
        (linked(datePublished='"2024-06-06"'), datetime(2024, 6, 6, tzinfo=UTC), "day"),
        (linked(datePublished='"2024-06-06T17:12"'), datetime(2024, 6, 6, 14, 12, tzinfo=UTC), "minute"),
        ("<meta property='article:published_time' content='2024-06-06T17:12:33Z'>",
         datetime(2024, 6, 6, 17, 12, 33, tzinfo=UTC), "second"),
        ("<meta name='date' content='6 June 2024'>", datetime(2024, 6, 6, tzinfo=UTC), "day"),
        (linked(datePublished='"1970-01-01T00:00:00Z"'), None, "none"),
        (linked(datePublished='"0001-01-01T00:00:00+03:00"'), None, "none"),
        (linked(datePublished='"9999-12-31T23:59:59-03:00"'), None, "none"),
        (linked(datePublished='"2031-06-06"'), None, "none"),
        (linked(datePublished='"2024-13-45"'), None, "none"),
        (linked(datePublished='"soon"'), None, "none"),
    ],
)  # fmt: skip
def test_publication_is_read_from_metadata(head: str, at: datetime | None, precision: str) -> None:
    published = clean(page(head), timezone="Europe/Kyiv").published
    assert (published.at, published.precision) == (at, precision)


def test_publication_is_read_from_the_time_element() -> None:
    stamped = page(body="<time datetime='2024-06-06T17:12:00Z'>Thursday</time>")
    assert clean(stamped).published.at == datetime(2024, 6, 6, 17, 12, tzinfo=UTC)


def test_publication_is_read_from_an_element_that_is_a_dateline() -> None:
    published = clean(
        page(body="<span class='post-date'>6 June 2024, 17:12</span>"), timezone="Europe/Kyiv"
    ).published
    assert published.at == datetime(2024, 6, 6, 14, 12, tzinfo=UTC)
    assert published.origin == "dateline"


def test_a_day_in_the_address_is_the_last_resort() -> None:
    published = clean_page(page(), url="https://post.example/2024/06/06/pier", outlet="", seen=SEEN).published
    assert published.at == datetime(2024, 6, 6, tzinfo=UTC)
    assert published.origin == "url"


def test_dates_in_prose_are_not_the_publication() -> None:
    assert (
        clean(
            page(body="<p>On 6 June 2024 the council met for the first time since the storm.</p>")
        ).published.at
        is None
    )


def test_the_language_is_that_of_the_text_not_of_the_markup() -> None:
    assert clean(page().replace("lang='en'", "lang='uk'")).language == "en"


def test_the_section_is_what_the_page_names() -> None:
    assert clean(page("<meta property='article:section' content='Town'>")).section == "Town"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16", "koi8-u"])
def test_a_wrongly_declared_encoding_is_found_out(encoding: str) -> None:
    paragraph = "Рада міста погодила відбудову причалу після двох зим зі штормами, що закрили порт."
    html = page().replace(PARAGRAPHS[0], paragraph).replace(PARAGRAPHS[1], paragraph[:60] + " і човнів.")
    assert paragraph in clean(html.encode(encoding)).body


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf8() -> None:
    html = page().replace("utf-8", "iso-8859-1").replace("Fishing crews", "“Fischer” – Größe")
    assert "“Fischer” – Größe" in " ".join(clean(html.encode("cp1252")).body)


def test_null_bytes_and_broken_json_ld_do_no_harm() -> None:
    html = page(HEAD + "<script type='application/ld+json'>{\"@type\": </script>").replace(
        "harbour", "har\x00bour", 1
    )
    assert clean(html).body == PARAGRAPHS


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty page"),
        (b"  \n\x00\x00", "empty page"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (bytes(range(256)).replace(b"<", b"") * 20 + b"\x00" * 999, "binary data"),
        (b"<p>" + b"a" * 50_000_000, "50.0 MB"),
        (b"<div>" * 5_000 + b"text", "nested"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no paragraph"),
        (b"<!-- nothing -->", "no HTML"),
    ],
)  # fmt: skip
def test_a_hostile_page_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason) as refusal:
        clean(content)
    assert refusal.value.remedy


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_a_refusal(content: bytes) -> None:
    try:
        clean(content)
    except UnreadableInput as refusal:
        assert refusal.reason


def test_a_clean_page_is_a_clean_text() -> None:
    cleaned = clean(page(body="<p>Support us</p>"))
    again = clean_text(cleaned.text, outlet="The Harbour Post", timezone="", seen=SEEN)
    assert again.text == cleaned.text


def test_the_same_page_gives_the_same_article() -> None:
    assert clean(page()) == clean(page())


@pytest.mark.parametrize("letters", ["\x01\x02\xff", "a\ufffd"])
def test_a_page_given_as_text_may_be_binary_too(letters: str) -> None:
    with pytest.raises(UnreadableInput, match="binary data, not a web page"):
        decode_page(letters * 100)
    assert decode_page(f"{letters}<p>A stray one, as the world is.</p>").endswith("is.</p>")
