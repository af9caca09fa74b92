"""Who is meant by words for a speaker, from names given by hand: what a pronoun, a list or a paper may mean."""

from __future__ import annotations

import re

import pytest

from etl.transform.antecedents import Named
from etl.transform.quotes.speakers import Speakers, name_speakers
from etl.transform.sentences import split_sentences
from etl.transform.spans import split_paragraphs

KINDS = {
    "Bob Ray": "person", "Carl Fox": "person", "Ann Lee": "person", "Eve Orr": "person",
    "NATO": "organisation", "Oslo Bank": "organisation", "Treasury": "organisation",
    "Norway": "country", "Poland": "country", "Spain": "country", "Brill": "place",
}  # fmt: skip
RAIN = "It rained. "


def find_speakers(marked: str, labels: dict[str, str] | None = None) -> list[Speakers]:
    """Who speaks at each place between braces."""
    text, places = "", []
    for piece in re.split(r"(\{[^}]*\})", marked):
        words = piece.strip("{}")
        places += [(len(text), len(text) + len(words))] if piece.startswith("{") else []
        text += words
    named = [
        Named(found.start(), found.end(), name, kind, (labels or {}).get(name))
        for name, kind in KINDS.items()
        for found in re.finditer(name, text)
    ]
    spans = [span for start, end in split_paragraphs(text) for span in split_sentences(text, start, end)]
    return name_speakers(text, places, sorted(named), spans)


def tell(marked: str, **labels: str) -> list[str]:
    """The actors at the last place between braces."""
    by_name = {name.replace("_", " "): label for name, label in labels.items()}
    return [mention.actor_id for mention in find_speakers(marked, by_name)[-1].named]


@pytest.mark.parametrize(
    ("marked", "actors"),
    [
        (f"{{Bob Ray}} told Carl Fox. {RAIN * 3}{{He}} left.", ["Bob Ray"]),
        (f"{{Bob Ray}} told Carl Fox. {RAIN * 4}{{He}} left.", []),
        ("{Bob Ray} told Carl Fox. Carl Fox nodded. {He} left.", ["Carl Fox"]),
        ("{Bob Ray} told Carl Fox. Bob Ray nodded. {He} left.", ["Bob Ray"]),
        ("{Mr Bob Ray} told Carl Fox. Ms Ann Lee nodded. {He} left.", ["Bob Ray"]),
        ("{Mr Bob Ray} told Carl Fox.\n\n{He} left.", ["Bob Ray"]),
        ("{Mr Bob Ray} told Carl Fox.\n\nIt rained.\n\n{He} left.", []),
        ("{Bob Ray and Carl Fox} spoke. {He} left.", []),
        ("{Bob Ray} told Carl Fox. {I} left.", []),
    ],
)
def test_he_is_who_spoke_last_for_four_sentences_unless_another_is_named(
    marked: str, actors: list[str]
) -> None:
    assert tell(marked) == actors


@pytest.mark.parametrize(
    ("marked", "actors"),
    [
        ("{NATO} agreed. {It} left.", ["NATO"]),
        ("{Norway} agreed. {It} left.", ["Norway"]),
        ("{Bob Ray} agreed. {It} left.", []),
        (f"{{NATO}} agreed. {RAIN}{{It}} left.", []),
        ("{NATO} agreed, as Norway did, and {it} left.", ["NATO"]),
        ("{NATO} agreed. The Norway of old fell, {it} said.", []),
        ("{NATO} agreed. Norway fell, {it} said.", []),
        ("{NATO} agreed. So Norway fell, {it} said.", ["NATO"]),
        ("{NATO} agreed. NATO fell, {it} said.", ["NATO"]),
        ("{NATO and Norway} agreed. {It} left.", []),
    ],
)
def test_it_is_the_body_that_spoke_in_the_sentence_before(marked: str, actors: list[str]) -> None:
    assert tell(marked) == actors


@pytest.mark.parametrize(
    ("marked", "actors"),
    [
        ("{Norway and Poland} agreed. {They} left.", ["Norway", "Poland"]),
        (f"{{Norway and Poland}} agreed. {RAIN}{{They}} left.", []),
        ("{NATO} agreed. {They} left.", []),
    ],
)
def test_they_are_several_who_spoke_together_in_the_sentence_before(marked: str, actors: list[str]) -> None:
    assert tell(marked) == actors


@pytest.mark.parametrize(
    ("marked", "actors"),
    [
        ("Norway fell. Bob Ray, {who} saw it, left.", ["Bob Ray"]),
        ("Bob Ray of Brill, {who} saw it, left.", []),
        ("Some in Norway, {who} fear it, left.", []),
        ("Norway, {who} fear it, left.", ["Norway"]),
        ("Bob Ray, a baker from Brill, {who} saw it, left.", ["Bob Ray"]),
        ("Bob Ray, 41, {who} saw it, left.", ["Bob Ray"]),
        ("Bob Ray, aged 41, {who} saw it, left.", ["Bob Ray"]),
        ("Bob Ray. A baker, {who} saw it, left.", []),
        ("Bob Ray, a baker; a clerk, {who} saw it, left.", []),
    ],
)
def test_who_is_the_one_right_before_it_or_before_an_aside(marked: str, actors: list[str]) -> None:
    assert tell(marked) == actors


@pytest.mark.parametrize(
    ("marked", "actors"),
    [
        ("{Norway, Poland and Spain} agreed.", ["Norway", "Poland", "Spain"]),
        ("{Norway, Poland, Spain} agreed.", ["Norway", "Poland", "Spain"]),
        ("{Bob Ray, Carl Fox} agreed.", ["Bob Ray"]),
        ("{Bob Ray as well as Carl Fox} agreed.", ["Bob Ray", "Carl Fox"]),
        ("{Bob Ray in Norway} agreed.", ["Bob Ray"]),
        ("{critics of Norway and Poland} agreed.", []),
        ("{critics of Norway and Bob Ray} agreed.", ["Bob Ray"]),
        ("some of {Norway and Poland} agreed.", []),
        ("{the government of Norway} agreed.", ["Norway"]),
        ("{the fishermen of Norway} agreed.", []),
        ("{a spokesman for NATO} agreed.", ["NATO"]),
        ("{a spokesman for Bob Ray} agreed.", []),
        ("{Norway's foreign ministry} agreed.", ["Norway"]),
        ("{Norway's very old foreign ministry} agreed.", []),
        ("{Norway's fishermen} agreed.", []),
        ("{Norway later} agreed.", ["Norway"]),
        ("{Norway fishermen} agreed.", []),
        ("{NATO's Bob Ray} agreed.", ["Bob Ray"]),
        ("{NATO chief Bob Ray} agreed.", ["Bob Ray"]),
    ],
)
def test_a_name_speaks_unless_it_is_a_place_or_an_owner(marked: str, actors: list[str]) -> None:
    assert tell(marked) == actors


@pytest.mark.parametrize(
    ("marked", "actors"),
    [
        ("{Treasury Secretary Ann Lee} spoke.", ["Ann Lee"]),
        ("{Treasury and Ann Lee} spoke.", ["Treasury", "Ann Lee"]),
        ("{the Treasury and Treasury Secretary Ann Lee} spoke.", ["Treasury", "Ann Lee"]),
    ],
)
def test_a_name_in_the_title_of_another_does_not_speak(marked: str, actors: list[str]) -> None:
    assert tell(marked, Ann_Lee="Treasury Secretary") == actors


PAPER = "{Norway and Poland} agreed in a joint statement. {Spain} fell. "


@pytest.mark.parametrize(
    ("marked", "actors"),
    [
        (PAPER + "{The statement} said so.", ["Norway", "Poland"]),
        (PAPER + "{The joint statement's authors} said so.", ["Norway", "Poland"]),
        (PAPER + "{The authors of the statement} said so.", ["Norway", "Poland"]),
        (PAPER + "{The document} said so.", ["Norway", "Poland"]),
        (PAPER + "{The letter} said so.", []),
        (PAPER + "{A statement} said so.", []),
        (PAPER + "{The statement of Brill} said so.", []),
        (PAPER + "{Spain} said so in a statement. {The statement} said so.", []),
        (PAPER + "{Spain} wrote in its letter. {The letter} said so.", ["Spain"]),
        (PAPER + "{Spain} wrote in its letter. {The document} said so.", []),
        (PAPER + "{Poland and Norway} agreed in a statement. {The statement} said so.", ["Norway", "Poland"]),
        ("Norway and Poland met. {A statement by two countries} said so.", ["Norway", "Poland"]),
        ("Norway and Poland met. {A statement by three countries} said so.", []),
        ("{The statement} said so. {Spain} agreed in a statement.", ["Spain"]),
    ],
)
def test_a_paper_speaks_for_those_who_alone_issued_it(marked: str, actors: list[str]) -> None:
    assert tell(marked) == actors


def test_how_the_speaker_was_told_is_noted_and_joint_speakers_have_no_sole_one() -> None:
    told = find_speakers(PAPER + "{The statement} said so. {They} left. {Nobody} saw it.")
    assert [one.link for one in told] == ["name", "name", "description", "pronoun", "description"]
    assert [one.sole for one in told] == [None, "Spain", None, None, None]
    assert [len(one.named) for one in told] == [2, 1, 2, 2, 0]
