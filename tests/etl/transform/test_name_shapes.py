"""Shapes of names: legal forms, first and last words, and one kind for the same words of one text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.actors.shapes import agree_labels, shape_name
from etl.transform.names import Name
from tests.etl.transform.newsdesk import mention


def shaped(text, surface, label):
    start = text.index(surface)
    name = shape_name(text, Name(start, start + len(surface), label))
    return text[name.start : name.end], name.label


@pytest.mark.parametrize(
    ("text", "surface", "label", "whole", "meant"),
    [
        ("Farrow Peak, Inc. sued.", "Farrow Peak", "PERSON", "Farrow Peak, Inc.", "ORG"),
        ("Harlan Brothers LLC paid.", "Harlan Brothers", "LOC", "Harlan Brothers LLC", "ORG"),
        ("Harlan Ltds are many.", "Harlan", "PERSON", "Harlan", "PERSON"),
        (
            "The Anna Kovar Foundation paid.",
            "Anna Kovar Foundation",
            "PERSON",
            "Anna Kovar Foundation",
            "ORG",
        ),
        ("Foundation told him.", "Foundation", "PERSON", "Foundation", "PERSON"),
        ("The Brill Film Festival opened.", "Brill Film Festival", "ORG", "Brill Film Festival", "EVENT"),
        ("The Kingdom of Bavaria fell.", "Kingdom of Bavaria", "ORG", "Kingdom of Bavaria", "LOC"),
        ("The State of Oregon sued.", "State of Oregon", "ORG", "State of Oregon", "LOC"),
        ("The Department of State sued.", "Department of State", "ORG", "Department of State", "ORG"),
        ("The West Bank was calm.", "West Bank", "LOC", "West Bank", "LOC"),
        ("The Civil War Society met.", "Civil War Society", "LOC", "Civil War Society", "ORG"),
        ("It rained, and Kyiv slept.", "Kyiv", "PERSON", "Kyiv", "LOC"),
        ("Paris Holt sang.", "Paris Holt", "PERSON", "Paris Holt", "PERSON"),
        ("Ann met Sofia.", "Sofia", "PERSON", "Sofia", "PERSON"),
        ("Berlin lost to Oslo.", "Oslo", "ORG", "Oslo", "ORG"),
        ("The Clean Air Act Party", "Clean Air Act Party", "LAW", "Clean Air Act Party", "LAW"),
    ],
)
def test_the_words_of_a_name_tell_its_kind_and_its_end(text, surface, label, whole, meant):
    assert shaped(text, surface, label) == (whole, meant)


def labels_of(told):
    """What becomes of the labels told for names, given as (words, label) in the order of the text."""
    text, names = "", []
    for words, label in told:
        names.append(Name(len(text), len(text) + len(words), label))
        text += words + " "
    return [name.label for name in agree_labels(text, names)]


def test_one_odd_reading_among_four_is_mended():
    assert labels_of([("Tesk", "ORG")] * 3 + [("Tesk", "PERSON")]) == ["ORG"] * 4


def test_a_close_vote_changes_nothing():
    close = [("Tesk", "ORG"), ("Tesk", "ORG"), ("Tesk", "PERSON")]
    assert labels_of(close) == ["ORG", "ORG", "PERSON"]


def test_other_words_have_no_vote():
    told = [("Tesk", "ORG")] * 3 + [("Tesk Hall", "LOC")]
    assert labels_of(told)[-1] == "LOC"


def test_no_vote_makes_or_unmakes_a_group():
    groups = [("Greens", "NORP")] * 4 + [("Greens", "ORG")]
    assert labels_of(groups)[-1] == "ORG"
    assert labels_of([("Greens", "ORG")] * 4 + [("Greens", "NORP")])[-1] == "NORP"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A", "B"]), st.sampled_from(["ORG", "PERSON", "LOC", "NORP"]))))
def test_a_second_vote_changes_nothing(told):
    once = labels_of(told)
    assert labels_of([(words, label) for (words, _), label in zip(told, once, strict=True)]) == once


def test_a_festival_is_nobody_and_a_company_is_none_of_its_founders():
    found = mention("News\n\nBerlin Film Festival jurors praised Harlan Brothers Holdings, Inc. on Monday.")
    told = dict(zip(found["surface"], found["kind"], strict=True))
    assert told == {"Harlan Brothers Holdings, Inc.": "organisation"}


def test_a_capital_is_a_person_where_the_text_names_one_by_it():
    found = mention(
        "News\n\nMr Jack London wrote novels. Critics praised him, and readers liked London for it."
    )
    assert set(found["kind"]) == {"person"} and found["actor_id"].nunique() == 1
