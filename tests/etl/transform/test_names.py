"""Names: the recogniser's spans, its own decoder against spaCy's, and shouting headlines."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.names import PIPELINE, UNUSED, calm_capitals, decode_names, read_names

NEWS = (
    "Angela Merkel met Emmanuel Macron in Berlin on Monday, the Associated Press reported.",
    "The World Bank lent $300 million to Kenya; the Kenya Airways deal, signed in Nairobi, was apart.",
    "  Two lines\nof New York City Council\n\nand Bank of America Merrill Lynch shares fell 3.2% in 2016.",
    "Ban Ki-moon",
)


@pytest.fixture(scope="module")
def stock():
    return spacy.load(PIPELINE, exclude=UNUSED)


def spacy_spans(nlp, text):
    return [(span.start, span.end - 1, span.label_) for span in nlp(text).ents]


@pytest.mark.parametrize("text", NEWS)
def test_names_are_those_of_spacys_own_decoder(stock, text):
    assert decode_names([stock.make_doc(text)])[0] == spacy_spans(stock, text)


def test_lines_decoded_together_are_as_if_decoded_alone(stock):
    docs = [stock.make_doc(text) for text in NEWS]
    assert decode_names(docs) == [spacy_spans(stock, text) for text in NEWS]


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("Paris Kim US's .,\n\"’-Bank of 3é"), min_size=1, max_size=60).filter(
        str.strip
    )
)
def test_any_line_is_decoded_as_spacy_does(text):
    nlp = spacy_pipeline()
    assert decode_names([nlp.make_doc(text)])[0] == spacy_spans(nlp, text)


def spacy_pipeline(kept=[]):  # noqa: B006  # loaded once for all examples
    if not kept:
        kept.append(spacy.load(PIPELINE, exclude=UNUSED))
    return kept[0]


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
