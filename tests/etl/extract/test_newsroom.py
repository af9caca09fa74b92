"""The newsroom server: files of invented outlets over a loopback socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from etl.extract.newsroom import NewsroomTransport, edition_file, newsroom_hosts, serve_newsroom


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "kite/feed.xml": "<rss/>",
        "kite/a.html": "<p>first</p>",
        "kite/a.v2.html": "<p>second</p>",
        "kite/b.txt": "plain – text",
        "kite/logo.bin": "\x00",
        "owl/feed.xml": "<feed/>",
        "notes/readme.txt": "no outlet",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[httpx.Client]:
    with serve_newsroom(folder) as base, httpx.Client(transport=NewsroomTransport(base)) as asker:
        yield asker


def test_an_outlet_is_asked_by_its_own_host_and_the_answer_keeps_it(client: httpx.Client) -> None:
    answer = client.get("https://kite.example/feed.xml")
    assert (answer.status_code, answer.text) == (200, "<rss/>")
    assert str(answer.url) == "https://kite.example/feed.xml"
    assert answer.headers["content-type"] == "application/xml"


def test_the_same_file_has_a_plain_loopback_address(folder: Path) -> None:
    with serve_newsroom(folder) as base, httpx.Client() as plain:
        assert base.startswith("http://127.0.0.1:")
        assert plain.get(f"{base}/kite/a.html").text == "<p>first</p>"


def test_pages_declare_their_own_charset_and_text_files_are_utf8(client: httpx.Client) -> None:
    assert client.get("https://kite.example/a.html").headers["content-type"] == "text/html"
    assert client.get("https://kite.example/b.txt").text == "plain – text"
    assert client.get("https://kite.example/logo.bin").headers["content-type"] == "application/octet-stream"


def test_the_second_edition_serves_the_revised_page(folder: Path) -> None:
    with serve_newsroom(folder, edition=2) as base, httpx.Client(transport=NewsroomTransport(base)) as asker:
        assert asker.get("https://kite.example/a.html").text == "<p>second</p>"
        assert asker.get("https://kite.example/b.txt").text == "plain – text"


def test_unchanged_bytes_are_not_sent_again(client: httpx.Client) -> None:
    tag = client.get("https://kite.example/a.html").headers["etag"]
    again = client.get("https://kite.example/a.html", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_revised_page_has_another_tag(folder: Path) -> None:
    tags = set()
    for edition in (1, 2):
        with serve_newsroom(folder, edition=edition) as base, httpx.Client() as plain:
            tags.add(plain.head(f"{base}/kite/a.html").headers["etag"])
    assert len(tags) == 2


def test_head_tells_the_length_and_sends_nothing(client: httpx.Client) -> None:
    answer = client.head("https://kite.example/a.html")
    assert (answer.headers["content-length"], answer.content) == ("12", b"")


@pytest.mark.parametrize("path", ["missing.html", "a.v2.html", "", "%2e%2e/%2e%2e/etc/passwd"])
def test_what_is_not_published_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(f"https://kite.example/{path}").status_code == 404


def test_no_path_leads_out_of_the_folder(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    assert edition_file(folder, "/../secret.txt", 1) is None


def test_queries_do_not_hide_a_page(client: httpx.Client) -> None:
    assert client.get("https://kite.example/a.html?utm_source=feed").text == "<p>first</p>"


def test_foreign_hosts_are_refused_before_anything_is_sent(client: httpx.Client) -> None:
    with pytest.raises(httpx.ConnectError, match=r"news\.invalid is no outlet"):
        client.get("https://news.invalid/feed.xml")


def test_only_folders_with_a_feed_are_outlets(folder: Path) -> None:
    assert newsroom_hosts(folder, "http://127.0.0.1:9") == {
        "kite.example": "http://127.0.0.1:9/kite",
        "owl.example": "http://127.0.0.1:9/owl",
    }
