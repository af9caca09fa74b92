"""Files: one file, one article, or the reason why not."""

import gzip
import re
from pathlib import Path

import pytest

from etl.article import Article, Raw
from etl.errors import UnusableInput
from etl.extract import parse_raw, place_for, read_place
from etl.extract.fetch import Fetcher
from etl.extract.files import name_file, read_file, split_front_matter, strip_markdown
from etl.extract.outlets import Outlet
from etl.extract.source import Place
from etl.settings import DATA, Settings

PROSE = (
    "The harbour of Varnmouth reopened on Monday after the storm, and the first ships left at dawn, "
    "officials said. Two ferries were damaged while they lay at anchor, and repairs will last all week."
    "\n\nThe mayor said that the town would pay for new lights along the pier, which failed in the night."
)
TITLE = "Harbour reopens after the storm"
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE.split("\n\n"))
HTML = f"""<html lang="en"><head><title>{TITLE}</title>
<link rel="canonical" href="https://courier.example/harbour"></head>
<body><article><h1>{TITLE}</h1>{PARAGRAPHS}</article></body></html>"""
OUTLETS = {"courier": Outlet(outlet="courier", name="The Courier", domains=("courier.example",))}


def load(path, outlet="", **changes):
    """All that a path gives: articles and problems, in order."""
    with Fetcher(Settings(**changes)) as fetcher:
        raws = list(read_place(place_for(str(path), outlet), fetcher))
    return [one for raw in raws for one in (parse_raw(raw, OUTLETS) if isinstance(raw, Raw) else [raw])]


def load_one(path, **changes):
    (one,) = load(path, **changes)
    return one


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_file_is_an_article_of_the_given_outlet(tmp_path):
    article = load_one(write(tmp_path, "a.txt", f"{TITLE}\n\n{PROSE}"), outlet="the courier")
    assert (article.title, article.outlet, len(article.body)) == (TITLE, "courier", 2)
    assert article.item.endswith("a.txt") and article.source.startswith("files ")


def test_a_page_tells_its_outlet_by_its_own_address(tmp_path):
    article = load_one(write(tmp_path, "a.html", HTML))
    assert (article.title, article.outlet) == (TITLE, "courier")
    assert article.url == "https://courier.example/harbour" and len(article.body) == 2


def test_markdown_with_front_matter_tells_everything(tmp_path):
    head = "---\ntitle: The [new] pier\ndate: 2024-06-24\nauthor: Ann Lee\noutlet: The Courier\n"
    head += "url: https://courier.example/pier?utm_source=x\nsubtitle: A view\nsection: Town\n---\n"
    article = load_one(write(tmp_path, "a.md", head + PROSE.replace("mayor", "**mayor**")))
    assert (article.title, article.subtitle, article.section) == ("The [new] pier", "A view", "Town")
    assert (article.outlet, article.authors) == ("courier", ("Ann Lee",))
    assert article.url == "https://courier.example/pier" and "The mayor said" in article.body[1]
    assert (article.published.precision, article.published.origin) == ("day", "file")


def test_an_absurd_date_in_front_matter_is_noted_and_the_article_kept(tmp_path):
    problem, article = load(write(tmp_path, "a.md", f"---\ntitle: {TITLE}\ndate: 1066-10-14\n---\n{PROSE}"))
    assert "absurd or unreadable date '1066-10-14'" in problem.reason and problem.item.endswith(
        "a.md@published"
    )
    assert isinstance(article, Article) and article.published.at is None and "undated" in problem.remedy


def test_a_folder_is_read_sorted_with_all_its_kinds(tmp_path):
    write(tmp_path, "b/two.txt", f"{TITLE}\n\n{PROSE}")
    write(tmp_path, "a.html", HTML)
    write(tmp_path, "rows.csv", f'title,text\nRow,"{PROSE}"\n')
    write(tmp_path, ".hidden/no.txt", PROSE)
    write(tmp_path, "packed.txt.gz", gzip.compress(f"{TITLE}\n\n{PROSE}".encode()))
    found = load(tmp_path, outlet="courier")
    names = [one.item.rpartition("/")[2] for one in found]
    assert names == ["a.html", "two.txt", "packed.txt.gz", "rows.csv#1"]
    assert all(isinstance(one, Article) for one in found)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.html", b"  \n", "empty"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("cyrillic.txt", "Президент прибув до столиці".encode("cp1251"), "not UTF-8"),
        ("cut.txt.gz", gzip.compress(PROSE.encode())[:-20], "cut short"),
        ("bare.html", b"<html><body></body></html>", "."),
        ("report.docx", b"PK\x03\x04", r"\.docx is no kind"),
        ("noname", b"text", "without suffix"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_what_to_do(tmp_path, name, content, reason):
    problem = load_one(write(tmp_path, name, content))
    assert isinstance(problem, UnusableInput) and problem.item.endswith(name) and problem.remedy
    assert re.search(reason, problem.reason)


def test_a_page_of_fifty_megabytes_is_not_even_read(tmp_path):
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    problem = load_one(path)
    assert problem.reason == "50,000,000 bytes, more than 10,000,000" and "max_bytes" in problem.remedy


def test_a_bomb_in_a_gzip_file_is_refused(tmp_path):
    problem = load_one(write(tmp_path, "bomb.txt.gz", gzip.compress(b"0" * 20_000_000)))
    assert "when unpacked" in problem.reason


def test_a_path_that_is_not_there_is_named(tmp_path):
    problem = load_one(tmp_path / "none")
    assert problem.reason == "no such file or folder" and problem.item == str(tmp_path / "none")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that nobody can read")
def test_a_file_that_cannot_be_read_is_named():
    (problem,) = read_file(Path("/proc/self/mem"), Place(kind="files", address="x"), limit=1000)
    assert "cannot be read" in problem.reason and problem.item == "/proc/self/mem"


def test_the_same_file_keeps_its_id_however_it_is_named(tmp_path, monkeypatch):
    path = write(tmp_path, "a.txt", f"{TITLE}\n\n{PROSE}")
    monkeypatch.chdir(tmp_path)
    assert load_one("a.txt").article_id == load_one(path).article_id == load_one(tmp_path).article_id


def test_markdown_leaves_words_only():
    marked = "## Head\n\n> *Quoted* [words](https://a.example) ![alt](x.png)\n"
    marked += "\n---\n```\ncode\n```\nsnake_case_name"
    assert strip_markdown(marked).split() == ["Head", "Quoted", "words", "snake_case_name"]


def test_text_without_front_matter_stays():
    assert split_front_matter("Title: x\n---\n") == ({}, "Title: x\n---\n")


def test_a_file_of_the_data_folder_is_named_from_there():
    assert name_file(DATA / "sample" / "README.md") == "sample/README.md"
    assert name_file(Path("/elsewhere/a.txt")) == "/elsewhere/a.txt"
