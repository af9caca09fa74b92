"""Names: the recogniser's spans, its own decoder against spaCy's, and shouting headlines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.names import calm_capitals, decode_names, read_names
from etl.transform.recogniser import read_recogniser

NEWS = (
    "Angela Merkel met Emmanuel Macron in Berlin on Monday, the Associated Press reported.",
    "The World Bank lent $300 million to Kenya; the Kenya Airways deal, signed in Nairobi, was apart.",
    "  Two lines\nof New York City Council\n\nand Bank of America Merrill Lynch shares fell 3.2% in 2016.",
    "Ban Ki-moon",
)


def spacy_spans(nlp, text):
    return [(span.start, span.end - 1, span.label_) for span in nlp(text).ents]


@pytest.mark.parametrize("text", NEWS)
def test_names_are_those_of_spacys_own_decoder(text):
    nlp = read_recogniser()
    assert decode_names([nlp.make_doc(text)])[0] == spacy_spans(nlp, text)


def test_lines_decoded_together_are_as_if_decoded_alone():
    nlp = read_recogniser()
    docs = [nlp.make_doc(text) for text in NEWS]
    assert decode_names(docs) == [spacy_spans(nlp, text) for text in NEWS]


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("Paris Kim US's .,\n\"’-Bank of 3é"), min_size=1, max_size=60).filter(
        str.strip
    )
)
def test_any_line_is_decoded_as_spacy_does(text):
    nlp = read_recogniser()
    assert decode_names([nlp.make_doc(text)])[0] == spacy_spans(nlp, text)


def named(text, language="en"):
    return {(text[name.start : name.end], name.label) for name in read_names(text, language)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Angela Merkel met Emmanuel Macron.", "PERSON"),
        ("A spokesman of the European Commission declined to comment.", "ORG"),
        ("Flooding closed the road between Lagos and Ibadan.", "LOC"),
    ],
)
def test_people_bodies_and_places_are_told_apart(text, label):
    assert {found for _, found in named(text)} == {label}


def test_blanks_between_all_words_make_no_difference_to_the_kinds():
    apart = "Nigel Farage , leader of the Brexit Party , spoke in Strasbourg ."
    assert named(apart) == named("Nigel Farage, leader of the Brexit Party, spoke in Strasbourg.")


def test_no_recogniser_reads_a_language_that_has_none():
    assert read_names("Ursula von der Leyen besökte Stockholm.", "sv") == []


def plug_in(monkeypatch, names):
    monkeypatch.setattr("etl.transform.names.find_reader", lambda language: lambda line: names)


def test_a_plugged_in_recogniser_reads_line_by_line(monkeypatch):
    plug_in(monkeypatch, [(0, 4, "PER")])
    assert [(name.start, name.end, name.label) for name in read_names("Anna\n\nBert", "sv")] == [
        (0, 4, "PERSON"), (6, 10, "PERSON"),
    ]  # fmt: skip


def test_of_a_plugged_in_recognisers_names_none_overlap_or_leave_the_line(monkeypatch):
    plug_in(monkeypatch, [(3, 99, "ORG"), (2, 5, "ORG"), (0, 4, "LOC"), (4, 4, "LOC")])
    assert [(name.start, name.end) for name in read_names("Anna Bo", "sv")] == [(0, 4)]


def test_no_name_runs_over_a_line_break():
    text = "He met Vladimir\nPutin and Kim\n\nJong Un."
    assert all("\n" not in text[name.start : name.end] for name in read_names(text))


def test_a_text_without_letters_has_no_names():
    assert read_names("") == read_names("\n\n ... —\n") == []


def test_a_shouting_headline_is_calmed_and_keeps_its_length():
    shouted = "PUTIN AND MERKEL MEET IN THE US"
    assert calm_capitals(shouted) == "Putin and Merkel Meet in the US"
    assert calm_capitals("Putin visits the UAE") == "Putin visits the UAE"


@given(st.text())
def test_calming_never_moves_a_character(text):
    calm = calm_capitals(text)
    assert len(calm) == len(text)
    assert calm_capitals(calm) == calm or len(calm_capitals(calm)) == len(text)
