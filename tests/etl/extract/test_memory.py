"""Memory: what did not change is not sent again; nothing that is remembered can hide anything."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import FetchFailed, FetchRefused
from etl.extract.fetch import Fetched, Fetcher
from etl.extract.memory import WEEK, Memory, read_marks
from etl.settings import Settings
from tests.servers import Answer, WebServer, serve_answers

URL = "https://courier.example/a"
MONDAY = "Mon, 24 Jun 2024 07:18:09 GMT"
LATER = "Mon, 24 Jun 2024 07:19:09 GMT"  # a minute
MARKED = Answer(b"<p>old</p>", headers={"ETag": '"one"', "Content-Type": "text/html; charset=x"})
CHANGED = Answer(b"<p>new</p>", headers={"ETag": '"two"'})


@contextmanager
def asking(server: WebServer, folder: Path, **given: object) -> Iterator[Fetcher]:
    """The fetcher of one more refresh."""
    settings = Settings(private_hosts=(server.host,), pause=0.0, timeout=3.0, **given)  # type: ignore[arg-type]
    with Fetcher(settings, memory=Memory(folder), sleep=lambda _: None) as fetcher:
        yield fetcher


def ask(server: WebServer, folder: Path, path: str = "/a", **given: object) -> Fetched:
    """What one more refresh is given at this path."""
    with asking(server, folder, **given) as fetcher:
        return fetcher.fetch(server.base + path)


@pytest.mark.parametrize("mark", [{"ETag": 'W/"1-gzip"'}, {"Last-Modified": MONDAY}])
def test_what_did_not_change_is_sent_once_and_is_the_same_bytes_twice(
    tmp_path: Path, mark: dict[str, str]
) -> None:
    with serve_answers({"/a": Answer(b"<p>old</p>", headers={"Content-Type": "text/x", **mark})}) as server:
        first, again = ask(server, tmp_path), ask(server, tmp_path)
    assert server.sent.count("/a") == 1 and server.asked.count("/a") == 2
    assert (first.unmodified, again.unmodified) == (False, True)
    assert (again.content, again.media, again.url) == (b"<p>old</p>", "text/x", first.url)


def test_what_changed_is_sent_and_counts_as_sent(tmp_path: Path) -> None:
    with serve_answers({"/a": [MARKED, CHANGED]}) as server:
        pages = [ask(server, tmp_path) for _ in range(3)]
    assert [page.content for page in pages] == [b"<p>old</p>", b"<p>new</p>", b"<p>new</p>"]
    assert [page.unmodified for page in pages] == [False, False, True]


def test_without_a_memory_or_after_its_deletion_all_is_sent(tmp_path: Path) -> None:
    with serve_answers({"/a": MARKED}) as server:
        ask(server, tmp_path)
        next(tmp_path.iterdir()).unlink()
        ask(server, tmp_path)
        with Fetcher(Settings(private_hosts=(server.host,), pause=0)) as fetcher:
            fetcher.fetch(server.base + "/a")
    assert server.sent.count("/a") == 3


def test_a_fetcher_counts_what_was_not_modified_and_not_the_rules_of_robots(tmp_path: Path) -> None:
    rules = Answer(b"User-agent: *\nDisallow: /b", headers={"ETag": '"r"'})
    with serve_answers({"/a": MARKED, "/c": CHANGED, "/robots.txt": rules}) as server:
        ask(server, tmp_path)
        with asking(server, tmp_path) as fetcher:
            fetcher.fetch(server.base + "/a")
            fetcher.fetch(server.base + "/c")
            with pytest.raises(FetchRefused, match=r"robots\.txt"):
                fetcher.fetch(server.base + "/b")
    assert fetcher.unmodified == 1 and server.sent == ["/robots.txt", "/a", "/c"]


def test_the_page_behind_a_redirect_is_remembered_and_the_redirect_is_not(tmp_path: Path) -> None:
    hops = [Answer(status=302, headers={"Location": f"/{name}", "ETag": '"h"'}) for name in "bc"]
    with serve_answers({"/a": [hops[0], *hops], "/b": MARKED, "/c": CHANGED}) as server:
        pages = [ask(server, tmp_path) for _ in range(3)]
    assert [page.url.removeprefix(server.base) for page in pages] == ["/b", "/b", "/c"]
    assert [page.unmodified for page in pages] == [False, True, False]


def test_trouble_is_not_remembered_and_does_not_make_forget(tmp_path: Path) -> None:
    broken = Answer(b"sorry", 500, {"ETag": '"one"'})
    with serve_answers({"/a": [MARKED, broken, broken, broken, MARKED]}) as server:
        ask(server, tmp_path)
        with pytest.raises(FetchFailed, match="500"):
            ask(server, tmp_path)
        assert ask(server, tmp_path).content == b"<p>old</p>"
    assert server.sent.count("/a") == 4


def test_nobody_who_was_not_asked_may_say_not_modified(tmp_path: Path) -> None:
    with serve_answers({"/a": Answer(status=304)}) as server, pytest.raises(FetchFailed, match="304"):
        ask(server, tmp_path)


def test_the_limit_on_bytes_holds_for_what_is_remembered(tmp_path: Path) -> None:
    with serve_answers({"/a": Answer(b"x" * 1_001, headers={"ETag": '"one"'})}) as server:
        ask(server, tmp_path)
        with pytest.raises(FetchFailed, match="more than 1,000 bytes"):
            ask(server, tmp_path, max_bytes=1_000)


def test_what_nobody_could_use_is_asked_in_full_again(tmp_path: Path) -> None:
    with serve_answers({"/a": MARKED, "/b": MARKED, "/c": CHANGED}) as server:
        for _ in range(2):
            with asking(server, tmp_path) as fetcher:
                for path in ("/a", "/b", "/c"):
                    page = fetcher.fetch(server.base + path)
                fetcher.forget(MARKED.body)
    assert server.sent == ["/robots.txt", "/a", "/b", "/c", "/robots.txt", "/a", "/b"]
    assert page.unmodified


def test_what_was_of_use_once_and_is_no_more_is_asked_in_full_again(tmp_path: Path) -> None:
    with serve_answers({"/a": MARKED}) as server:
        ask(server, tmp_path)
        with asking(server, tmp_path) as fetcher:
            fetcher.forget(fetcher.fetch(server.base + "/a").content)
        assert not ask(server, tmp_path).unmodified


def remember(folder: Path, content: bytes = b"words", **headers: str) -> Path:
    """The file of an address that sent this."""
    Memory(folder).keep(URL, content, {"etag": '"one"', **headers})
    (file,) = folder.iterdir()
    return file


@pytest.mark.parametrize("cut", [0, 1, 9, 30, -1])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, cut: int) -> None:
    file = remember(tmp_path)
    assert Memory(tmp_path).recall(URL, 99)
    file.write_bytes(file.read_bytes()[:cut])
    assert Memory(tmp_path).recall(URL, 99) is None


def test_the_file_of_another_address_says_nothing(tmp_path: Path) -> None:
    content = remember(tmp_path).read_bytes()
    Memory(tmp_path).keep(URL + "b", b"other", {"etag": '"b"'})
    for file in tmp_path.iterdir():
        file.write_bytes(content)
    assert Memory(tmp_path).recall(URL, 99) and Memory(tmp_path).recall(URL + "b", 99) is None


@pytest.mark.parametrize(("age", "kept"), [(WEEK - 60, True), (WEEK, False), (-WEEK - 60, False)])
def test_after_a_week_an_address_is_asked_in_full_and_its_file_dropped(
    tmp_path: Path, age: float, kept: bool
) -> None:
    file, then = remember(tmp_path), time.time() - age
    os.utime(file, (then, then))
    assert (Memory(tmp_path).recall(URL, 99) is not None) is kept
    Memory(tmp_path).drop_old()
    assert file.exists() is kept


def test_an_answer_without_marks_takes_the_place_of_one_with_them(tmp_path: Path) -> None:
    file = remember(tmp_path)
    Memory(tmp_path).keep(URL, b"newer", {})
    assert not file.exists()


@pytest.mark.parametrize(
    ("headers", "marks"),
    [
        ({"etag": ' "a" ', "last-modified": MONDAY}, {"etag": '"a"', "modified": MONDAY}),
        ({"last-modified": MONDAY, "date": LATER}, {"modified": MONDAY}),
        ({"last-modified": MONDAY, "date": LATER.replace("19:09", "19:08")}, {}),
        ({"last-modified": MONDAY}, {}),
        ({"last-modified": "yesterday", "date": LATER}, {}),
        ({"etag": '"a"', "cache-control": "private, No-Store"}, {}),
        ({"etag": '"caf\xe9"'}, {}),
        ({"etag": '"' + "a" * 1_000 + '"'}, {}),
        ({"etag": " "}, {}),
    ],
)
def test_only_marks_that_can_be_relied_on_are_read(headers: dict[str, str], marks: dict[str, str]) -> None:
    assert read_marks(headers) == marks


@given(st.binary(max_size=60), st.text("\"W/ab-1 {}:,'\\", min_size=1, max_size=9).map(lambda t: f'"{t}"'))
def test_bytes_and_marks_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, etag: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "law"
    Memory(folder).keep(URL, content, {"etag": etag, "content-type": "text/html"})
    told = Memory(folder).recall(URL, len(content))
    assert told and (told.content, told.media) == (content, "text/html")
    assert told.headers == {"If-None-Match": etag}
