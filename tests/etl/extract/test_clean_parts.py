"""The parts of page cleaning on their own: bylines, boilerplate, languages, model of lines, standfirsts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring

from etl.article import Cut
from etl.extract.clean.boilerplate import cut_boilerplate, cut_duplicates, read_rules
from etl.extract.clean.bylines import clean_authors, is_name, read_byline
from etl.extract.clean.headlines import read_title
from etl.extract.clean.heads import strip_outlet
from etl.extract.clean.languages import detect_language, read_code
from etl.extract.clean.linemodel import cut_false_lines, estimate_article, read_weights
from etl.extract.clean.metadata import Metadata, read_metadata, text_of
from etl.extract.clean.standfirsts import choose_subtitle, read_script_body, read_standfirst
from etl.extract.clean.surroundings import describe_lines, index_blocks

SENTENCE = "The harbour council agreed on Thursday to rebuild the northern pier after the storms."


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Miller", ("Jane Miller",)),
        ("By JANE MILLER and TOM REED", ("Jane Miller", "Tom Reed")),
        ("By Jane Miller, CNN", ("Jane Miller",)),
        ("By Jane Miller in Whitby and Tom Reed in London", ("Jane Miller",)),
        ("Written by: Olena Petrenko", ("Olena Petrenko",)),
        ("Von Max Mustermann", ("Max Mustermann",)),
        ("By BBC News", ()),
        ("By Monday the water had gone.", None),
        ("by the sea", None),
        ("Jane Miller", None),
    ],
)
def test_a_byline_gives_its_names(line: str, names: tuple[str, ...] | None) -> None:
    found = read_byline(line)
    assert found is names if names is None else found is not None and found[: len(names)] == names


def test_names_lose_offices_and_places_and_come_once() -> None:
    written = ["Jane Miller, Political Correspondent", "By Jane Miller", "Doe, John", "Tom Reed (Reuters)"]
    assert clean_authors(written) == ("Jane Miller", "John Doe", "Tom Reed")


@pytest.mark.parametrize(
    "words", ["Jane", "Jane 2nd Miller", "the harbour", "Editorial Staff", "a@b.example Jane"]
)
def test_these_are_no_names(words: str) -> None:
    assert not is_name(words)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Read also: Ferry fares to rise", "promotion"),
        ("Читайте також: Пором знову ходить", "promotion"),
        ("Sign up for our newsletter and never miss a story", "promotion"),
        ("Support our journalism", "appeal"),
        ("Stock photo: Getty Images", "credit"),
        ("The pier in March [Tom Reed/Reuters]", "caption"),
        ("Photo: the mayor of the town on the pier, 3 March", "caption"),
        ("Facebook Twitter Telegram", "navigation"),
        ("(Reporting by Jane Miller; Editing by Tom Reed)", "byline"),
        ("© 2024 The Harbour Post", "label"),
        ("ua en ru", "navigation"),
    ],
)
def test_boilerplate_is_cut_under_its_role(line: str, role: str) -> None:
    cuts = [piece for piece in cut_boilerplate([line]) if isinstance(piece, Cut)]
    assert cuts[0].role == role
    assert line.startswith(cuts[0].text)


@pytest.mark.parametrize(
    "line",
    [
        SENTENCE,
        "Watch the pier from the southern quay and you see what the storms did to it.",
        "Support for the council has fallen since the storms.",
        "Quote: We will rebuild the pier.",
        "Source: a statement of the council",
        "He was, as the agency reported (citing the mayor), not there.",
        "Home is where the harbour is, said the oldest of the crews.",
        "Subscribers to the ferry service will be paid back.",
    ],
)
def test_sentences_that_only_look_like_boilerplate_stay(line: str) -> None:
    assert cut_boilerplate([line]) == [line]


def test_every_rule_has_a_name_of_its_own() -> None:
    names = [rule.name for rule in read_rules()]
    assert len(set(names)) == len(names) >= 10


def test_only_long_paragraphs_count_as_doubles() -> None:
    pieces = cut_duplicates([SENTENCE, "No.", "No.", SENTENCE])
    assert pieces[:3] == [SENTENCE, "No.", "No."]
    assert pieces[3] == Cut("duplicate", SENTENCE, "same paragraph again")


@given(st.lists(st.text(max_size=60), max_size=8))
def test_cutting_boilerplate_twice_cuts_nothing_more(lines: list[str]) -> None:
    once = cut_boilerplate(list(lines))
    assert cut_boilerplate(once) == once


def test_the_language_is_that_of_the_words() -> None:
    assert detect_language("", (SENTENCE,), declared="uk") == "en"
    assert detect_language("Рада міста погодила відбудову північного причалу після штормів", ()) == "uk"


def test_too_few_letters_leave_the_word_of_the_page() -> None:
    assert detect_language("Pier", (), declared="de-AT") == "de"
    assert detect_language("Pier", ()) == "und"
    assert [read_code(tag) for tag in ("en_US", "english", "")] == ["en", "und", "und"]


def test_an_outlet_behind_a_bar_is_stripped_and_other_words_stay() -> None:
    assert strip_outlet("Pier rebuilt | The Harbour Post", "The Harbour Post") == "Pier rebuilt"
    assert strip_outlet("Pier rebuilt - and widened", "The Harbour Post") == "Pier rebuilt - and widened"


def tree_of(body: str, head: str = "") -> HtmlElement:
    return document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")


def test_a_page_without_any_title_has_none() -> None:
    tree = tree_of("<p>text</p>")
    assert read_title(tree, read_metadata(tree)) == ""


def test_metadata_is_found_in_graphs_and_broken_json_is_passed_over() -> None:
    graph = '{"@graph": [{"@type": ["NewsArticle"], "headline": "Pier", "author": {"@id": "#1"}},]}'
    people = '{"@id": "#1", "@type": "Person", "name": "Jane Miller"}'
    scripts = "".join(
        f"<script type='application/ld+json'>{text}</script>" for text in (graph, people, "{broken")
    )
    metadata = read_metadata(tree_of("", scripts))
    assert metadata.linked("headline") == ["Pier"]
    assert metadata.people == {"#1": "Jane Miller"}


def test_the_text_of_a_linked_value_is_its_name_or_first_part() -> None:
    assert [text_of(value) for value in ({"name": "A &amp; B"}, ["x", "y"], [], 3)] == ["A & B", "x", "", ""]


RELATED = (
    "<aside class='related-links promo'><ul>"
    "<li><a href='/x'>Ferry fares to rise in autumn</a></li></ul></aside>"
)


def test_linked_lines_of_an_aside_are_less_article_than_prose() -> None:
    tree = tree_of(f"<article><p>{SENTENCE}</p><p>{SENTENCE[::-1]}</p></article>{RELATED}")
    lines = [SENTENCE, SENTENCE[::-1], "Ferry fares to rise in autumn"]
    described = describe_lines(lines, index_blocks(tree))
    assert estimate_article(described[2]) < estimate_article(described[0])
    assert "linked 4" in described[2]


def test_lines_are_never_cut_down_to_a_rest() -> None:
    lines = ["Ferry fares to rise in autumn"]
    assert cut_false_lines(lines, index_blocks(tree_of(RELATED))) == lines


def test_the_weights_name_their_features() -> None:
    assert len(read_weights()) > 100
    assert "(intercept)" in read_weights()


def test_a_description_that_the_page_shows_is_the_subtitle() -> None:
    head = f"<meta property='og:description' content='{SENTENCE}'>"
    tree = tree_of(f"<h2>{SENTENCE}</h2><p>Body.</p>", head)
    candidates = read_standfirst(tree, read_metadata(tree), index_blocks(tree))
    assert choose_subtitle(candidates, "Pier", ["Body."]) == SENTENCE
    assert choose_subtitle(candidates, "Pier", [SENTENCE]) == ""


def test_a_description_that_the_page_does_not_show_is_none() -> None:
    tree = tree_of("<p>Body.</p>", f"<meta name='description' content='{SENTENCE}'>")
    assert read_standfirst(tree, read_metadata(tree), index_blocks(tree)) == ()


def test_a_body_that_waits_in_a_script_is_read() -> None:
    escaped = "".join(
        f'\\u003cp class=\\"x\\"\\u003e{SENTENCE} {number}\\u003c/p\\u003e' for number in range(8)
    )
    lines = read_script_body(tree_of(f'<script>{{"body": "{escaped}"}}</script>'))
    assert lines == [f"{SENTENCE} {number}" for number in range(8)]


def test_scripts_without_an_article_give_no_lines() -> None:
    assert read_script_body(tree_of('<script>{"a": "\\u003cp\\u003eshort\\u003c/p\\u003e"}</script>')) == []
    assert Metadata((), {}, {}).meta("og:title") == ""
