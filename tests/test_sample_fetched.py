"""The sample newsroom through the real fetcher: what gold.csv says comes out, only loopback is asked."""

from __future__ import annotations

import csv
import socket
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from etl.article import Article
from etl.errors import UnusableInput
from etl.extract import Place, parse_raw, read_place, watched_places
from etl.extract.fetch import Fetcher
from etl.extract.newsroom import NewsroomTransport, serve_newsroom
from etl.extract.outlets import Outlet, read_outlets
from etl.settings import read_settings

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
GOLD = list(csv.DictReader((SAMPLE / "gold.csv").read_text("utf-8").splitlines()))
_asked: set[str] = set()


def _note_connection(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[0], socket.socket):
        address = arguments[1]
        _asked.add(str(address[0]) if isinstance(address, tuple) else str(address))
    elif event == "socket.getaddrinfo":
        _asked.add(str(arguments[0]))


@dataclass(frozen=True)
class Visit:
    """What one visit to all outlets gave."""

    articles: tuple[Article, ...]
    problems: tuple[UnusableInput, ...]
    hosts: frozenset[str]

    def find(self, part: str) -> Article:
        return next(one for one in self.articles if part in one.url or part in one.item)


def visit_newsroom(edition: int) -> Visit:
    outlets = read_outlets(SAMPLE / "outlets.toml")
    texts = [Place(kind="files", address=str(f), outlet=f.name) for f in sorted((SAMPLE / "texts").iterdir())]
    places = [*watched_places(outlets), *texts]
    _asked.clear()
    with (
        serve_newsroom(SAMPLE, edition=edition) as base,
        Fetcher(read_settings(pause=0.0), transport=NewsroomTransport(base)) as fetcher,
    ):
        found = [one for place in places for one in read_articles(place, fetcher, outlets)]
    articles = tuple(one for one in found if isinstance(one, Article))
    return Visit(articles, tuple(one for one in found if isinstance(one, UnusableInput)), frozenset(_asked))


def read_articles(
    place: Place, fetcher: Fetcher, outlets: dict[str, Outlet]
) -> Iterator[Article | UnusableInput]:
    for raw in read_place(place, fetcher):
        if isinstance(raw, UnusableInput):
            yield raw
        else:
            yield from parse_raw(raw, outlets)


@pytest.fixture(scope="module")
def first() -> Visit:
    sys.addaudithook(_note_connection)
    return visit_newsroom(1)


@pytest.fixture(scope="module")
def second() -> Visit:
    return visit_newsroom(2)


def describe(one: Article) -> tuple[str, ...]:
    at = one.published.at.strftime("%Y-%m-%dT%H:%M:%SZ") if one.published.at else ""
    return one.outlet, one.url or Path(one.item).name, at, one.published.precision, one.language


def test_every_article_is_found_with_its_time_and_language(first: Visit) -> None:
    columns = ("published", "precision", "language")
    gold = {(r["outlet"], r["url"] or Path(r["file"]).name, *(r[c] for c in columns)) for r in GOLD}
    assert {describe(one) for one in first.articles} == gold
    assert len(first.articles) == len(GOLD)


def test_only_the_loopback_server_is_asked(first: Visit) -> None:
    assert first.hosts == {"127.0.0.1"}


def test_what_cannot_be_used_is_named_with_a_remedy(first: Visit) -> None:
    items = sorted(urlsplit(problem.item).path for problem in first.problems)
    assert items == ["/es/2024/06/21/aforo-playas-verano.html", "/feed.xml", "/sports/feed.xml"]
    assert all(problem.reason and problem.remedy for problem in first.problems)


def test_nothing_of_the_hostile_entry_reaches_an_article(first: Visit) -> None:
    assert not any("javascript:" in one.url or "cruise" in one.title for one in first.articles)


def test_every_article_is_between_a_hundred_and_350_words(first: Visit) -> None:
    assert [one.title for one in first.articles if not 100 <= one.words <= 350] == []


def test_the_second_edition_revises_one_page_and_keeps_its_id(first: Visit, second: Visit) -> None:
    before = {one.article_id: one.snapshot for one in first.articles}
    after = {one.article_id: one.snapshot for one in second.articles}
    revised = first.find("fjordvern-data-theft")
    assert before.keys() == after.keys()
    assert {one for one in before if before[one] != after[one]} == {revised.article_id}
    assert "1.4 million" in revised.title
    assert "1.9 million" in second.find("fjordvern-data-theft").title


def test_an_old_encoding_that_is_declared_is_read_right(first: Visit) -> None:
    assert "»Sundvik«" in first.find("faehren-ostsee-regeln").text


def test_headlines_may_look_like_formulas(first: Visit) -> None:
    assert sorted(one.title[:5] for one in first.articles if one.title[0] in "=+-@") == ["+5 pe", "=SUM("]


def test_some_quotation_marks_do_not_close(first: Visit) -> None:
    gdynia = first.find("three-allies-condemn-arms-trade").body
    assert [paragraph.count('"') % 2 for paragraph in gdynia if 'remain ironclad"' in paragraph] == [1]
    varnmouth = first.find("varnmouth-strike-day-one").body
    assert any(paragraph.count("“") > paragraph.count("”") for paragraph in varnmouth)


def test_labels_open_paragraphs(first: Visit) -> None:
    body = first.find("three-allies-condemn-arms-trade").body
    assert {"Source", "Quote", "Details"} <= {paragraph.partition(":")[0] for paragraph in body}


def test_captions_and_credits_stay_out_of_the_body(first: Visit) -> None:
    credits = ("Getty Images", "Agencia Litoral", "Imagebund", "Meridian Pictures", "Alfie Brand")
    bodies = [paragraph for one in first.articles for paragraph in one.body]
    assert [paragraph for paragraph in bodies if any(credit in paragraph for credit in credits)] == []


@pytest.mark.parametrize(
    ("outlet", "verb"),
    [
        ("harbour-post", "insisted"),
        ("kontinent", "pointed out"),
        ("kurier-zatoki", "emphasised"),
        ("la-ribera", "recalled"),
        ("nordlys", "according to"),
    ],
)
def test_each_outlet_has_its_own_verbs(first: Visit, outlet: str, verb: str) -> None:
    uses: Counter[str] = Counter()
    for article in first.articles:
        uses[article.outlet] += article.text.count(verb)
    assert uses.most_common(1)[0][0] == outlet
