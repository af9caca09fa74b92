"""Quotes: what is quoted or reported, by whom, with which word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.cues import cue_forms, cue_stance
from tests.etl.transform.newsdesk import mention, quote, read_seed

HEAD = "Talks\n\n"
PIECES = ('"', "“", "”", "said", "he", "Putin", ",", ".", "\n\n", "that", "according to",
          "Quote:", "We will go home now",
          "told",
          "Merkel added", "the statement read", "who", ":", " and ", "'")  # fmt: skip


def only(text):
    quotes = quote(HEAD + text)
    assert len(quotes) == 1, quotes[["words", "speaker"]]
    return quotes.iloc[0]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ('"We will not leave this harbour today," Merkel said.', "Merkel", "said"),
        ('"We will not leave this harbour today," said Angela Merkel.', "Angela Merkel", "said"),
        ('"We will not leave this harbour today," said the minister.', "the minister", "said"),
        ('Merkel said: "We will not leave this harbour today."', "Merkel", "said"),
        ('"We will not leave this harbour today," the statement said.', "the statement", "said"),
        ("“We will not leave this harbour today,” Trump and Abe said.", "Trump and Abe", "said"),
        ('Merkel: "We will not leave this harbour today."', "Merkel", ":"),
    ],
)
def test_a_direct_quotation_has_its_speaker_and_cue(text, speaker, cue):
    row = only(text)
    assert (row["kind"], row["speaker"], row["cue"]) == ("direct", speaker, cue)
    assert row["words"].startswith("We will not leave")


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Merkel said that the talks had failed.", "the talks had failed", "Merkel"),
        ("According to Merkel, the talks had failed badly.", "the talks had failed badly", "Merkel"),
        ("The talks had failed, Merkel said.", "The talks had failed", "Merkel"),
        (
            "The talks had failed badly, according to the ministry.",
            "The talks had failed badly",
            "the ministry",
        ),
        ("Merkel, the German chancellor, said the talks had failed.", "the talks had failed", "Merkel"),
    ],
)
def test_a_reported_statement_is_indirect(text, words, speaker):
    row = only(text)
    assert (row["kind"], row["words"], row["speaker"]) == ("indirect", words, speaker)


def test_a_partial_quotation_makes_its_clause_mixed():
    row = only('Putin also stated that it would be "a very big mistake" to go.')
    assert (row["kind"], row["words"]) == ("mixed", 'it would be "a very big mistake" to go')


def test_a_scare_quote_is_no_quotation():
    assert quote(HEAD + 'The so-called "new order" has begun in the harbour.').empty


def test_a_second_quotation_of_the_paragraph_goes_on_with_the_speaker():
    quotes = quote(
        HEAD + '"We will not leave this harbour," Merkel said. "There is nothing else for us to do now."'
    )
    assert quotes["speaker"].tolist() == ["Merkel", "Merkel"]


def test_a_labelled_quotation_takes_its_speaker_from_the_source():
    text = (
        'Source: a joint statement by two countries\n\nQuote: We condemn the attack in the strongest terms."'
    )
    row = quote(HEAD + text).iloc[-1]
    assert (row["kind"], row["speaker"], row["cue"]) == (
        "direct",
        "a joint statement by two countries",
        "Quote",
    )


def test_a_pronoun_speaks_for_the_last_person():
    text = HEAD + 'Merkel flew home. "We will not leave this harbour today," she said.'
    merkel = mention(text).set_index("surface").at["Merkel", "actor_id"]
    assert quote(text)["actor_id"].tolist() == [merkel]


def test_joint_speakers_are_no_single_actor():
    assert (
        quote(HEAD + '"We will not leave this harbour today," Trump and Putin said.')["actor_id"].isna().all()
    )


def test_cues_have_a_stance():
    assert [cue_stance(cue) for cue in ("said", "has claimed", "pointed out", "Quote:")] == [
        "neutral", "distancing", "endorsing", "neutral",
    ]  # fmt: skip
    assert {cue.stance for cue in cue_forms().values()} == {"neutral", "endorsing", "distancing"}


def test_other_languages_give_quotations_without_speakers():
    quotes = quote("Rede\n\n„Wir werden den Hafen heute nicht verlassen“, sagte Merkel.", language="de")
    assert quotes["words"].tolist() == ["Wir werden den Hafen heute nicht verlassen"]
    assert quotes["speaker"].isna().all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_quotes_lie_in_the_text_and_do_not_overlap(text):
    quotes = quote(text)
    assert (quotes["words"].str.len() == quotes["end"] - quotes["start"]).all()
    assert (quotes["start"].to_numpy()[1:] >= quotes["end"].to_numpy()[:-1]).all()
    spoken = quotes.dropna(subset=["speaker"])
    assert all(text[row.speaker_start : row.speaker_end] == row.speaker for row in spoken.itertuples())


@pytest.mark.parametrize("number", [0, 1])
def test_both_seeds_quote_the_statement(number):
    direct = quote(read_seed(number)).query("kind == 'direct'")
    ironclad = direct[direct["words"].str.contains("remain ironclad")]
    assert ironclad["speaker"].tolist() == ["the statement"]
    assert ironclad["words"].str.startswith("The US commitments").all()
