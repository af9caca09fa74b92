"""Original texts: read with the care of any source, kept apart from articles, forgotten when asked."""

from pathlib import Path

import pytest

from etl.errors import FetchRefused, UnreadableInput, UnusableInput
from etl.extract.fetch import Fetcher
from etl.extract.primaries import (
    keep_primary,
    list_primaries,
    parse_primary,
    primaries_folder,
    read_primary,
    remove_primary,
)
from etl.settings import Settings
from etl.store.raws import read_raws
from tests.servers import Answer, serve_answers

SPOKEN = (
    "Words to the council\n\nThe harbour is the heart of this town, and we will defend it until the winter ends.\n\n"
    "Nobody asked the fishermen what they had lost when the yards were sold in the spring of last year.\n"
)
PAGE = "<html lang='en'><head><title>Words to the council</title></head><body><article><h1>Words to the council</h1>{}</article></body></html>"


@pytest.fixture
def fetcher():
    with Fetcher(Settings(pause=0)) as one:
        yield one


@pytest.fixture
def folder(tmp_path) -> Path:
    return primaries_folder(tmp_path / "raws")


def write(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_a_text_is_kept_and_listed_with_what_the_user_says(tmp_path, folder, fetcher):
    raw = read_primary(
        write(tmp_path / "a.txt", SPOKEN),
        fetcher,
        name="The speech",
        published="2024-06-24",
        language="en-GB",
    )
    keep_primary(folder, raw)
    (primary,), problems = list_primaries(folder)
    assert (primary.name, primary.language, primary.url, problems) == ("The speech", "en", "", [])
    assert primary.published.precision == "day" and primary.published.at.isoformat().startswith("2024-06-24")
    assert primary.text == SPOKEN.strip()


def test_without_a_name_the_title_counts_and_the_language_is_found(tmp_path, folder, fetcher):
    primary = keep_primary(folder, read_primary(write(tmp_path / "a.txt", SPOKEN), fetcher))
    assert (primary.name, primary.language, primary.published.precision) == (
        "Words to the council",
        "en",
        "none",
    )


def test_markdown_tells_its_title_and_day(tmp_path, folder, fetcher):
    told = f"---\ntitle: As spoken\ndate: 2024-06-10\n---\n\n{SPOKEN.split(chr(10), 2)[2]}"
    primary = keep_primary(folder, read_primary(write(tmp_path / "a.md", told), fetcher))
    assert (primary.name, primary.published.precision) == ("As spoken", "day")
    assert primary.text.startswith("As spoken\n\nThe harbour")


def test_kept_twice_is_kept_once_and_a_new_text_takes_the_place_of_the_old(tmp_path, folder, fetcher):
    path = write(tmp_path / "a.txt", SPOKEN)
    for name in ("First", "Second"):
        first = keep_primary(folder, read_primary(path, fetcher, name=name))
    assert [one.name for one in list_primaries(folder)[0]] == ["Second"]
    write(tmp_path / "a.txt", SPOKEN.replace("winter", "summer"))
    second = keep_primary(folder, read_primary(path, fetcher))
    assert second.primary_id != first.primary_id
    assert [one.primary_id for one in list_primaries(folder)[0]] == [second.primary_id]
    assert len(list(folder.rglob("*.gz"))) == 1


def test_the_same_words_from_two_places_are_one_original(tmp_path, folder, fetcher):
    for name in ("a.txt", "b.txt"):
        keep_primary(folder, read_primary(write(tmp_path / name, SPOKEN), fetcher, name=name))
    assert [one.name for one in list_primaries(folder)[0]] == ["a.txt"]
    assert len(remove_primary(folder, list_primaries(folder)[0][0].primary_id)) == 2
    assert list_primaries(folder) == ([], [])
    assert not list(folder.rglob("*.gz"))


def test_no_refresh_takes_it_for_an_article(tmp_path, folder, fetcher):
    keep_primary(folder, read_primary(write(tmp_path / "a.txt", SPOKEN), fetcher))
    assert list(read_raws(tmp_path / "raws")) == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", "", "the file is empty"),
        ("a.txt", b"%PDF-1.7 \x00\x01", "binary content"),
        ("a.txt", "Höhe".encode("cp1252") * 20, "not UTF-8"),
        ("a.pdf", SPOKEN, ".pdf is no text"),
        ("speech", SPOKEN, "a file without suffix is no text"),
        ("a.html", "<html><body></body></html>", "no "),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_a_remedy_and_nothing_is_kept(
    tmp_path, folder, fetcher, name, content, reason
):
    with pytest.raises(UnusableInput, match=reason) as refused:
        keep_primary(folder, read_primary(write(tmp_path / name, content), fetcher))
    assert refused.value.remedy
    assert not folder.exists()


def test_a_folder_and_a_missing_file_are_named(tmp_path, fetcher):
    for path, reason in ((tmp_path, "a folder"), (tmp_path / "none.txt", "no such file")):
        with pytest.raises(UnreadableInput, match=reason):
            read_primary(str(path), fetcher)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/a", "http://10.0.0.1/a", "http://[::1]/a", "HTTP://localhost/a"]
)
def test_a_private_address_is_never_asked(fetcher, address):
    with pytest.raises(FetchRefused):
        read_primary(address, fetcher)


def test_a_page_and_a_plain_text_are_read_from_an_address(folder):
    paragraphs = "".join(f"<p>{part}</p>" for part in SPOKEN.strip().split("\n\n")[1:])
    pages = {"/page": Answer(PAGE.format(paragraphs).encode()),
             "/text": Answer(SPOKEN.encode(), headers={"Content-Type": "text/plain; charset=utf-8"})}  # fmt: skip
    with serve_answers(pages) as server, Fetcher(Settings(pause=0, private_hosts=(server.host,))) as fetcher:
        found = [keep_primary(folder, read_primary(f"{server.base}{path}", fetcher)) for path in pages]
    assert {primary.text for primary in found} == {SPOKEN.strip()}
    assert [primary.url.rpartition("/")[2] for primary in found] == ["page", "text"]


@pytest.mark.parametrize(
    ("said", "reason"), [({"published": "soon"}, "date"), ({"language": "Martian"}, "code")]
)
def test_a_day_or_language_that_cannot_be_read_is_refused(tmp_path, fetcher, said, reason):
    with pytest.raises(UnreadableInput, match=reason):
        parse_primary(read_primary(write(tmp_path / "a.txt", SPOKEN), fetcher, **said))


def test_what_is_not_there_cannot_be_removed(folder):
    with pytest.raises(UnreadableInput, match="sources list"):
        remove_primary(folder, "Nothing")


def test_a_damaged_one_is_named_and_can_be_removed_by_its_path(tmp_path, folder, fetcher):
    path = write(tmp_path / "a.txt", SPOKEN)
    keep_primary(folder, read_primary(path, fetcher))
    next(folder.rglob("*.gz")).write_bytes(b"")
    primaries, problems = list_primaries(folder)
    assert not primaries and "damaged" in problems[0].reason
    assert remove_primary(folder, path) == (path,)
    assert list_primaries(folder) == ([], []) and not list(folder.rglob("*.gz"))


def test_a_damaged_one_is_mended_by_adding_it_again(tmp_path, folder, fetcher):
    path = write(tmp_path / "a.txt", SPOKEN)
    keep_primary(folder, read_primary(path, fetcher))
    next(folder.rglob("*.gz")).write_bytes(b"")
    kept = keep_primary(folder, read_primary(path, fetcher))
    assert list_primaries(folder) == ([kept], [])
