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


def told(text):
    quotes = quote(HEAD + text)
    return list(zip(quotes["kind"], quotes["words"], quotes["speaker"].fillna("?"), strict=True))


@pytest.mark.parametrize(
    "text",
    [
        'It was late. "It hurts," Merkel said.',
        'It was late. "It hurts!" Merkel said.',
        'It was late. Merkel said, "It hurts."',
    ],
)
def test_a_short_sentence_beside_its_saying_is_direct(text):
    assert [(kind, words.rstrip(",.!"), who) for kind, words, who in told(text)] == [
        ("direct", "It hurts", "Merkel")
    ]


def test_a_title_in_quotation_marks_is_nothing_that_is_said():
    assert [kind for kind, *_ in told('The song "What Was I Made For" won, said Merkel.')] == ["mixed"]


def test_a_quotation_goes_on_behind_its_saying_however_short():
    assert told('It was late. "It takes ten years," Merkel said on Monday. "Perhaps more." They left.') == [
        ("direct", "It takes ten years,", "Merkel"),
        ("direct", "Perhaps more.", "Merkel"),
    ]
    assert len(told('It was late. "It takes ten years," Merkel said. They read "Perhaps".')) == 1


def test_paragraphs_of_one_quotation_have_one_speaker_named_behind_the_last():
    text = 'Merkel came.\n\n"We lost all.\n\n"We stay.\n\n"We rebuild," Ann Lee said.'
    assert told(text) == [
        ("direct", words, "Ann Lee") for words in ("We lost all.", "We stay.", "We rebuild,")
    ]


def test_paragraphs_of_one_quotation_have_one_speaker_named_before_the_first():
    text = 'Ann Lee said: "We lost all.\n\n"We stay.\n\n"We rebuild." Merkel declined to comment.'
    assert [who for kind, _, who in told(text) if kind == "direct"] == ["Ann Lee"] * 3


def test_a_closed_quotation_gives_its_speaker_to_no_paragraph_before_it():
    text = '"We have lost all that we ever had."\n\n"We rebuild," Ann Lee said.'
    assert [who for *_, who in told(text)] == ["?", "Ann Lee"]


def test_the_label_of_a_quotation_may_name_its_speaker():
    text = 'Source: Interfax\n\nQuote from Ann Lee: "We will never trade it."'
    assert told(text)[-1] == ("direct", "We will never trade it.", "Ann Lee")


@pytest.mark.parametrize("label", ["Details", "More details", "Background", "Update"])
def test_a_label_at_the_head_of_a_line_speaks_nothing(label):
    assert told(f"{label}: Merkel added that Kyiv would consult its partners.") == [
        ("indirect", "Kyiv would consult its partners", "Merkel")
    ]


def test_on_which_condition_a_source_spoke_is_nothing_that_it_said():
    text = "According to an official who spoke on condition of anonymity, the plan would be unveiled in May."
    assert told(text) == [("indirect", "the plan would be unveiled in May", "an official")]


def test_for_whom_somebody_speaks_is_nothing_that_is_said():
    assert [
        words for _, words, _ in told("Ann Lee, speaking for the islands, said that it was too late.")
    ] == ["it was too late"]
