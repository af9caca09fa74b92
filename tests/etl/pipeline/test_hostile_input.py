"""Hostile input: what no file can hold, or what would end a line of ours, costs nothing but itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from etl.article import Article
from etl.errors import UnusableInput
from etl.extract import Place, place_for, read_place
from etl.extract.clean import clean_page
from etl.extract.decoding import load_json
from etl.extract.entries import read_entries
from etl.extract.fetch import Fetcher
from etl.pipeline.compare import compare_articles
from etl.pipeline.intake import Intake
from etl.pipeline.ledger import Ledger
from etl.pipeline.observe import Check, keep_checks, read_checks
from tests.etl.pipeline_room import make_settings, record, write_records

ODD = os.fsdecode(b"b\xff.txt")  # a file name in no encoding
PROSE = "The harbour reopened on Monday after the storm, and all the ships left at dawn as they always do."


def take(folder: Path, *places: Place) -> tuple[Intake, dict[str, Article]]:
    """The intake after these places, and the articles by their title."""
    settings = make_settings(folder)
    intake = Intake({}, Ledger(settings), settings.snapshots)
    with Fetcher(settings) as fetcher:
        found = [one for some in intake.read_places(places, fetcher) for one in some]
    compared = compare_articles(found, None, "run")
    for frame in (*compared.tables.values(), intake.ledger.rows("running")["quarantine"]):
        frame.to_csv().encode()  # what cannot be written is told here
    return intake, {one.article.title: one.article for one in found}


@pytest.mark.parametrize("field", ["title", "text", "url", "outlet", "authors", "section", "id", "subtitle"])
def test_half_a_character_in_any_field_costs_no_article(tmp_path: Path, field: str) -> None:
    broken = record(1) | {field: f"{record(1).get(field, 'Words')} \ud83d here"}
    intake, found = take(tmp_path, write_records(tmp_path / "in.jsonl", [broken, record(2)]))
    assert (len(found), intake.ledger.counts["quarantined"]) == (2, 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'["\ud83d\ude00"]', ["😀"]),
        (r'["a\ud83d", "\uDE00b"]', ["a\ufffd", "\ufffdb"]),
        (r'{"\uD800": "\ude00\ud83d"}', {"\ufffd": "\ufffd\ufffd"}),
        (r'["\\ud83d"]', ["\\ud83d"]),
        (r"[1, 1.5, null]", [1, 1.5, None]),
    ],
)
def test_pairs_stay_characters_and_halves_become_the_mark_of_replacement(text: str, value: object) -> None:
    assert load_json(text) == value


def test_only_where_it_is_asked_for_a_string_may_hold_a_line_break() -> None:
    assert load_json('["a\nb"]', strict=False) == ["a\nb"]
    with pytest.raises(ValueError, match="Invalid control character"):
        load_json('["a\nb"]')


def test_half_a_character_in_what_a_page_says_of_itself_is_replaced() -> None:
    told = r'{"@type": "NewsArticle", "headline": "Pier \ud800 opens", "datePublished": "2024-06-24", '
    told += r'"articleSection": "\udc00Town", "author": {"name": "Ann \ud83dLee"}}'
    script = f'<script type="application/ld+json">{told}</script>'
    page = f"<html><head>{script}</head><body><article><h1>Pier</h1>{f'<p>{PROSE}</p>' * 5}</article></body>"
    cleaned = clean_page(page, url="", outlet="Courier")
    assert (cleaned.section, cleaned.authors) == ("\ufffdTown", ("Ann \ufffdLee",))
    assert cleaned.title == "Pier \ufffd opens"


def test_files_whose_names_no_encoding_reads_are_articles_of_their_own(tmp_path: Path) -> None:
    folder = tmp_path / "in" / os.fsdecode(b"caf\xe9")
    folder.mkdir(parents=True)
    for name in (ODD, os.fsdecode(b"b\xfe.txt")):
        (folder / name).write_text(f"Pier {len(list(folder.iterdir()))}\n\n{PROSE}\n", encoding="utf-8")
    intake, found = take(tmp_path, Place(kind="files", address=str(tmp_path / "in"), outlet="Courier"))
    assert {title: one.item.rpartition("in/")[2] for title, one in found.items()} == {
        "Pier 0": r"caf\udce9/b\udcff.txt", "Pier 1": r"caf\udce9/b\udcfe.txt",
    }  # fmt: skip
    assert len({one.article_id for one in found.values()}) == 2
    assert intake.ledger.counts["quarantined"] == 0


def test_a_missing_file_of_an_odd_name_is_named_so_that_it_can_be_told(tmp_path: Path) -> None:
    with Fetcher(make_settings(tmp_path)) as fetcher:
        (problem,) = read_place(place_for(str(tmp_path / ODD)), fetcher)
    assert isinstance(problem, UnusableInput)
    assert (problem.item, problem.reason) == (f"{tmp_path}/b\\udcff.txt", "no such file or folder")


RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{}</channel></rss>'
ITEM = "<item><title>Pier {} opens</title><link>https://a.example/1</link></item>"


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        ("&#xD800;", "Pier \ufffd opens"), ("&#xdfff;", "Pier \ufffd opens"), ("&#X00D83d;", "Pier \ufffd opens"),
        ("&#55296;", "Pier \ufffd opens"), ("&#57343;", "Pier \ufffd opens"), ("&#56320;", "Pier \ufffd opens"),
        ("&#55295;", "Pier \ud7ff opens"), ("&#xE000;", "Pier \ue000 opens"), ("&#x1F600;", "Pier 😀 opens"),
    ],
)  # fmt: skip
def test_references_to_half_characters_in_a_feed_cost_no_entry(reference: str, title: str) -> None:
    for tail in ("", "<item><title>Broken"):  # what is not closed is left to the parser that forgives
        entries = read_entries(RSS.format(ITEM.format(reference) + tail).encode(), "feed")
        assert (entries[0].title, entries[0].link) == (title, "https://a.example/1")


def test_half_characters_in_a_feed_of_json_cost_no_entry() -> None:
    item = r'{"id": "1\ud800", "url": "https://a.example/\udc00", "title": "Pier \ud83d", "content_text": "\ud800 so"}'
    feed = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{item}]}}'
    (entry,) = read_entries(feed.encode(), "feed")
    assert (entry.name, entry.title, entry.content) == ("1\ufffd", "Pier \ufffd", "\ufffd so")
    assert entry.link == "https://a.example/%EF%BF%BD"


def test_a_feed_in_utf_16_that_no_parser_survives_is_refused() -> None:
    with pytest.raises(UnusableInput, match="malformed feed"):
        read_entries(RSS.format(ITEM.format("&#xD800;")).encode("utf-16"), "feed")


def check(place: str) -> Check:
    return Check(place=place, outlet="courier", asked="2024-06-24T08:00:00+00:00", answered=True)


@pytest.mark.parametrize(
    "place", ["files a\u2028b", "files a\x85b", "files a\x1cb}", "files {\r\n}", "files \ud800"]
)
def test_no_name_of_a_place_breaks_the_log_of_checks(tmp_path: Path, place: str) -> None:
    keep_checks(tmp_path, [check(place), check("files c")])
    assert [told.place for told in read_checks(tmp_path)] == [place, "files c"]


@pytest.mark.parametrize("left", ['{"place": "fi', '{"place": "files a}', "", '{"place": "files old"'])
def test_checks_noted_behind_a_line_that_a_kill_cut_are_read(tmp_path: Path, left: str) -> None:
    keep_checks(tmp_path, [check("files first")])
    log = tmp_path / "checks.jsonl"
    log.write_text(f"{log.read_text(encoding='utf-8')}\n{left}", encoding="utf-8")
    keep_checks(tmp_path, [check("files last")])
    assert [told.place for told in read_checks(tmp_path)] == ["files first", "files last"]


def test_a_log_of_an_older_version_is_read_on(tmp_path: Path) -> None:
    (tmp_path / "checks.jsonl").write_text(json.dumps(vars(check("files old"))) + "\n", encoding="utf-8")
    keep_checks(tmp_path, [check("files new")])
    assert [told.place for told in read_checks(tmp_path)] == ["files old", "files new"]
