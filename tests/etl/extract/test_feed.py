"""Feeds and pages: fetched over real sockets; nothing hostile comes through, nothing is lost."""

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.article import Article, Raw
from etl.errors import FetchFailed, FetchRefused, UnreadableInput, UnusableInput
from etl.extract import parse_raw, place_for, read_place
from etl.extract.entries import plain_text, read_entries
from etl.extract.fetch import Fetcher
from etl.extract.outlets import Outlet
from etl.extract.source import Place
from etl.settings import Settings
from tests.servers import Answer, serve_answers

FEEDS = Path(__file__).resolve().parents[4] / "shared" / "data" / "feeds"
OUTLETS = {"courier": Outlet(outlet="courier", name="The Courier", timezone="Europe/Kyiv")}
PROSE = "The harbour of Varnmouth reopened on Monday after the storm, and the first ships left at dawn. " * 8
PAGE = f"""<html lang=en><head><title>Harbour reopens</title></head>
<body><article><h1>Harbour reopens</h1><p>{PROSE}</p>"""
DATE = "<pubDate>Mon, 24 Jun 2024 07:18:09 +0300</pubDate>"
ITEM = "<item><title>{title}</title><link>{link}</link>{date}{more}</item>"


def rss(*items):
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    return f"{head}<channel><title>C</title>{''.join(items)}</channel></rss>".encode()


def item(link, title="T", more=""):
    return ITEM.format(link=link, title=title, date=DATE, more=more)


def full(html):
    return f"<content:encoded><![CDATA[{html}]]></content:encoded>"


def load(answers, path="/feed", kind="feed"):
    """All that a place on a server with these answers gives: articles and problems, in order."""
    with serve_answers(answers) as server:
        settings = Settings(private_hosts=(server.host,), pause=0, timeout=5)
        with Fetcher(settings) as fetcher:
            place = Place(kind=kind, address=server.base + path, outlet="courier")
            raws = list(read_place(place, fetcher))
    return [one for raw in raws for one in (parse_raw(raw, OUTLETS) if isinstance(raw, Raw) else [raw])]


def test_each_entry_is_read_from_its_own_page():
    feed = Answer(rss(item("/a?utm_source=rss"), item("/b"), item("/a")))
    one, two = load({"/feed": feed, "/a": Answer(PAGE.encode()), "/b": Answer(PAGE.encode())})
    assert one.url.endswith("/a") and two.url.endswith("/b")
    assert (
        one.title == "Harbour reopens" and one.outlet == "courier" and one.source.startswith("feed http://")
    )


def test_the_time_of_the_feed_serves_where_the_page_tells_none():
    (article,) = load({"/feed": Answer(rss(item("/a"))), "/a": Answer(PAGE.encode())})
    assert article.published.at == datetime(2024, 6, 24, 4, 18, 9, tzinfo=UTC)
    assert (article.published.precision, article.published.origin) == ("second", "feed")


def test_an_absurd_time_in_a_feed_is_noted_and_the_article_kept():
    feed = rss(item("/a")).replace(b"24 Jun 2024 07:18:09 +0300", b"14 Oct 1980 07:18:09 +0300")
    problem, article = load({"/feed": Answer(feed), "/a": Answer(PAGE.encode())})
    assert "absurd" in problem.reason and problem.item.endswith("/a@published")
    assert article.published.at is None


def test_the_time_of_the_page_goes_first():
    page = PAGE.replace(
        "</head>", '<meta property="article:published_time" content="2024-06-23T10:00:00Z"></head>'
    )
    (article,) = load({"/feed": Answer(rss(item("/a"))), "/a": Answer(page.encode())})
    assert (article.published.at.day, article.published.origin) == (23, "metadata")


def test_a_whole_text_in_the_feed_serves_when_the_page_cannot_be_had():
    more = full(f"<p>{PROSE}</p><script>alert(1)</script>")
    (article,) = load({"/feed": Answer(rss(item("/gone", "Reopens", more)))})
    assert (
        article.title == "Reopens" and article.words == len(PROSE.split()) and article.url.endswith("/gone")
    )
    assert "alert" not in article.text and article.published.origin == "feed"


def test_a_whole_text_in_the_feed_serves_when_the_page_holds_none():
    wall = Answer(b"<html><body></body></html>")
    (article,) = load({"/feed": Answer(rss(item("/a", "Reopens", full(f"<p>{PROSE}</p>")))), "/a": wall})
    assert article.words == len(PROSE.split())


def test_a_teaser_is_no_article():
    (problem,) = load({"/feed": Answer(rss(item("/gone", "T", full("<p>Read on.</p>"))))})
    assert isinstance(problem, FetchFailed) and "404" in problem.reason and problem.item.endswith("/gone")


def test_entries_that_lead_inside_or_nowhere_are_refused():
    links = ["http://169.254.169.254/", "javascript:alert(1)", "file:///etc/passwd"]
    found = load({"/feed": Answer(rss(*(item(link, f"T{n}") for n, link in enumerate(links))))})
    assert [type(one) for one in found] == [FetchRefused, UnreadableInput, UnreadableInput]
    assert found[1].reason == "an entry without a link" and all(one.remedy for one in found)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body>Not found</body></html>", "malformed feed"),
        (b"{}", "malformed feed"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00", "binary"),
    ],
)
def test_a_feed_that_is_none_says_so_under_the_name_of_its_place(body, reason):
    with serve_answers({"/feed?key=s3cret": Answer(body)}) as server:
        place = Place(kind="feed", address=f"{server.base}/feed?key=s3cret")
        fetcher = Fetcher(Settings(private_hosts=(server.host,), pause=0))
        with fetcher:
            (problem,) = read_place(place, fetcher)
    assert reason in problem.reason and problem.remedy and problem.item == place.shown
    assert "s3cret" not in str(problem) + place.name


def test_a_feed_that_is_cut_short_gives_the_entries_it_holds():
    whole = rss(item("/a"), item("/b"))
    article, problem = load(
        {"/feed": Answer(whole[: whole.index(b"/b</link>")]), "/a": Answer(PAGE.encode())}
    )
    assert isinstance(article, Article) and isinstance(problem, UnusableInput) and problem.remedy


def test_an_empty_feed_is_no_failure():
    assert load({"/feed": Answer(rss())}) == []


def test_a_json_feed_is_read():
    entry = {"id": "1", "url": "/a", "title": "T", "date_published": "2024-06-24T07:18:09+03:00"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": [entry]}
    (article,) = load({"/feed": Answer(json.dumps(feed).encode()), "/a": Answer(PAGE.encode())})
    assert article.published.at == datetime(2024, 6, 24, 4, 18, 9, tzinfo=UTC)


def test_a_feed_file_is_read_and_its_limits_kept(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item("", "Reopens", full(f"<p>{PROSE}</p>"))))
    with Fetcher(Settings()) as fetcher:
        (raw,) = read_place(place_for(str(path), "courier"), fetcher)
    (article,) = parse_raw(raw, OUTLETS)
    assert article.title == "Reopens" and article.item.endswith("feed.xml#1")
    with Fetcher(Settings(max_bytes=1000)) as fetcher:
        (large,) = read_place(place_for(str(path)), fetcher)
        (none,) = read_place(place_for(str(tmp_path / "none.xml")), fetcher)
    assert "more than 1,000" in large.reason and "cannot be read" in none.reason


def test_a_feed_never_reads_files_for_its_author(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    for entry in read_entries(doctype + rss(item("https://a.example/", "&x;")), "feed"):
        assert "s3cret" not in repr(entry)


def test_titles_are_plain_text():
    title = "&lt;script&gt;alert(1)&lt;/script&gt;A &amp;amp; &lt;b&gt;B&lt;/b&gt;"
    (entry,) = read_entries(rss(item("https://a.example/1", title)), "feed")
    assert entry.title == "A & B"


def test_a_day_without_a_time_is_not_read_as_midnight():
    feed = rss(item("/a")).replace(b"07:18:09 +0300", b"00:00:00 GMT")
    assert read_entries(feed, "feed")[0].published == "2024-06-24"


@given(st.text())
def test_plain_text_holds_no_script(text):
    assert "<script" not in plain_text(f"<script>{text}</script>").replace(text, "")


def test_a_web_page_is_an_article():
    (article,) = load({"/a": Answer(PAGE.encode())}, "/a", "webpage")
    assert article.title == "Harbour reopens" and article.source.startswith("webpage http://")


def test_a_redirected_page_has_the_address_it_ended_at():
    hop = Answer(status=301, headers={"Location": "/new?utm_source=x"})
    (article,) = load({"/a": hop, "/new?utm_source=x": Answer(PAGE.encode())}, "/a", "webpage")
    assert article.url.endswith("/new")


@pytest.mark.parametrize(("page", "reason"), [(Answer(b"no", 410), "410"), (Answer(b"\x00\x01"), "binary")])
def test_a_page_that_cannot_be_used_is_named(page, reason):
    (problem,) = load({"/a": page}, "/a", "webpage")
    assert isinstance(problem, UnusableInput) and reason in problem.reason and problem.item.endswith("/a")


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds for development are not beside the repository")
@pytest.mark.parametrize(("name", "refused"), [("real_feeds_dev", 0), ("feedparser_corpus", 8)])
def test_real_and_broken_feeds_never_raise_nor_smuggle(name, refused):
    bad = 0
    with zipfile.ZipFile(io.BytesIO((FEEDS / f"{name}.zip").read_bytes())) as archive:
        for member in archive.namelist()[:: 1 if refused else 4]:
            try:
                entries = read_entries(archive.read(member), member, "https://base.example/feed")
            except UnreadableInput:
                bad += 1
            else:
                assert all(entry.link == "" or entry.link.startswith("http") for entry in entries)
                assert not any("<script" in entry.content or "javascript:" in entry.link for entry in entries)
    assert bad <= refused


def test_articles_are_the_same_whenever_they_are_parsed():
    raw = Raw(content=PAGE.encode(), item="a", source="webpage a", seen=datetime(2024, 6, 25, tzinfo=UTC))
    assert list(parse_raw(raw, OUTLETS)) == list(parse_raw(raw, OUTLETS))
    assert isinstance(next(parse_raw(raw, OUTLETS)), Article)
