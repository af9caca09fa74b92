"""Sayings: every way in which English brings in what someone says, one or two sentences each, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.quotes.contents import Quote
from etl.transform.quotes.excerpts import shorten_quotes
from etl.transform.quotes.sayings import find_sayings
from etl.transform.quotes.trees import calm_titles, parse_sentences, subject_of
from etl.transform.quotes.turns import find_turns
from etl.transform.voice import quoted_ranges
from tests.etl.transform.test_speakers import read_text

OPENING = "The council of Brill met in the old town hall last week.\n\n"
LONG = "We will rebuild the pier before the storms return"

REPORTED = [
    ("The mayor denied that the pier had been sold.", "The mayor", "denied", "the pier had been sold"),
    ("Ann Lee urged the council to close the pier.", "Ann Lee", "urged", "the council to close the pier"),
    ("Ann Lee promised to close the old pier.", "Ann Lee", "promised", "to close the old pier"),
    ("Ann Lee praised the new harbour law.", "Ann Lee", "praised", "the new harbour law"),
    ("Ann Lee talked about the new harbour law.", "Ann Lee", "talked", "about the new harbour law"),
    ("Ann Lee objected to the new harbour law.", "Ann Lee", "objected", "to the new harbour law"),
    ("The plan was criticised by Ann Lee.", "Ann Lee", "criticised", "The plan was criticised"),
    ("The poll showed that voters trusted the mayor.", "The poll", "showed", "voters trusted the mayor"),
    ("The mayor met people saying the pact was dead.", "people", "saying", "the pact was dead"),
    ("Ann Lee wants to close the old pier.", "Ann Lee", "wants", "to close the old pier"),
    ("Ann Lee, who runs the port, warned that storms would come.", "Ann Lee", "warned", "storms would come"),
    ("The storms, Ann Lee said, would return soon.", "Ann Lee", "said", "The storms"),
    ("She told the council of Brill that storms would come.", "She", "told", "storms would come"),
    ("Norway, Poland, and Spain said the pact was dead.", "Norway, Poland, and Spain", "said",
     "the pact was dead"),
    ("• Ann Lee said the pact was dead.", "Ann Lee", "said", "the pact was dead"),
    ("Ann Lee was quoted by the Gazette as saying that the pier was safe.", "Ann Lee", "saying",
     "the pier was safe"),
    ("The Gazette cited the mayor as telling voters that the pier was safe.", "the mayor", "telling",
     "the pier was safe"),
    ("The Gazette quoted her as saying the pier was safe.", "her", "saying", "the pier was safe"),
    ("A clerk, quoted by the Gazette as saying the pier was safe, left.", "A clerk", "saying",
     "the pier was safe"),
    ("Ann Lee said the talks had failed, Reuters reported.", "Ann Lee", "said", "the talks had failed"),
    ("The talks had failed, Ann Lee said, Reuters reported.", "Ann Lee", "said", "The talks had failed"),
    ("Speaking on Sky News, Ann Lee said the pier was safe.", "Ann Lee", "said", "the pier was safe"),
    ("BRILL, June 24 (Wire) — Norway said the pact was dead.", "Norway", "said", "the pact was dead"),
]  # fmt: skip
BESIDE = [
    (f'"{LONG}," an angry mayor retaliated.', "an angry mayor"),
    (f'"{LONG}," Ann Lee went on.', "Ann Lee"),
    (f'The mayor of Brill shot back, "{LONG}."', "The mayor of Brill"),
    (f'The ministry released a short statement:\n\n"{LONG}."', "The ministry"),
    (f'"{LONG}," said Ann Lee, who runs the harbour of Brill.', "Ann Lee"),
    (f'From the report: "{LONG}."', "the report"),
    (f'"{LONG}," the Gazette quoted Ann Lee as saying.', "Ann Lee"),
    (f'"{LONG}," Ann Lee was quoted as saying by the Gazette.', "Ann Lee"),
    (f'"{LONG}," Ann Lee said, Reuters reported.', "Ann Lee"),
    (f'"{LONG}," Ann Lee wrote on Telegram.', "Ann Lee"),
    (f'"{LONG}," Ann Lee joked to an aide.', "Ann Lee"),
]
SILENT = [
    "The pier was closed on Monday.",
    "Ann Lee spoke on Monday.",
    "The pier is said to be old.",
    "The bridge appeared in the fog.",
    "Ann Lee told the council.",
]


@pytest.mark.parametrize(("text", "speaker", "cue", "words"), REPORTED)
def test_a_statement_has_its_speaker_its_cue_and_its_words(
    text: str, speaker: str, cue: str, words: str
) -> None:
    told = read_text(OPENING + text)
    assert (speaker, cue, words) == read_parts(OPENING + text, told[0])


@pytest.mark.parametrize(("text", "speaker"), BESIDE)
def test_any_verb_beside_a_quotation_brings_it_in(text: str, speaker: str) -> None:
    (only,) = read_text(OPENING + text)
    assert only.speaker is not None
    assert (OPENING + text)[slice(*only.speaker)] == speaker


@pytest.mark.parametrize("text", SILENT)
def test_a_sentence_in_which_nothing_is_said_gives_no_statement(text: str) -> None:
    assert read_text(OPENING + text) == []


def test_what_seems_or_is_expected_has_no_speaker() -> None:
    for text in ("The pier seems to be safe again.", "The pier is expected to reopen in May."):
        (only,) = read_text(OPENING + text)
        assert only.speaker is None
        assert (OPENING + text)[only.start : only.end] == text.rstrip(".")


def test_a_statement_between_its_two_halves_gives_both_with_one_speaker() -> None:
    text = "The pier of Brill, Ann Lee said, was built in the spring."
    told = read_text(text)
    assert {quote.speaker for quote in told} == {(19, 26)}
    assert text[told[0].start : told[0].end] == "The pier of Brill"


def test_a_quotation_between_cue_and_object_belongs_to_the_statement() -> None:
    text = 'The three states condemn "in the strongest terms" the sale of arms.'
    (only,) = read_text(OPENING + text)
    assert (OPENING + text)[only.start : only.end] == '"in the strongest terms" the sale of arms'
    assert only.kind == "mixed"


def test_the_mark_that_closes_a_quotation_is_kept_with_its_opening_one() -> None:
    (only,) = read_text('They called the promise to the two allies "ironclad."')
    assert only.end == len('They called the promise to the two allies "ironclad."')


def test_a_headline_speaks_for_someone_whom_the_article_names() -> None:
    told = "Ann Lee: The old pier must go.\n\nThe mayor, Ann Lee, held a speech."
    assert [(told[slice(*who)], told[slice(*said)]) for who, said in find_turns(told)] == [
        ("Ann Lee", "The old pier must go")
    ]
    assert find_turns("Wood over Stone: The old pier must go.\n\nThe mayor spoke.") == []
    assert find_turns("Photo: The old pier of Brill.\n\nThe mayor has a Photo.") == []


def test_a_dialogue_needs_two_turns_of_one_speaker() -> None:
    lines = "LEE: The old pier must go now.\n\nRAY: Nobody wants that here."
    assert find_turns(lines) == []
    assert len(find_turns(lines + "\n\nLEE: I hear that every year.")) == 2


def test_a_long_quotation_is_parsed_as_a_short_clause_and_found_again() -> None:
    text = f'"{LONG}," Ann Lee said.'
    excerpt = shorten_quotes(text, (0, len(text)), quoted_ranges(text))
    assert len(excerpt.words) < len(text)
    assert excerpt.words.endswith(" Ann Lee said.")
    place = excerpt.words.index("Ann")
    assert text[excerpt.places[place] :].startswith("Ann Lee")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(['"', "Go home now, all of you", ",", " said Ann.", "“", "” ", "\n"]), max_size=9
    )
)
def test_places_of_an_excerpt_rise_and_end_with_the_sentence(pieces: list[str]) -> None:
    text = "".join(pieces)
    excerpt = shorten_quotes(text, (0, len(text)), quoted_ranges(text))
    assert len(excerpt.places) == len(excerpt.words) + 1
    assert list(excerpt.places) == sorted(excerpt.places)
    assert excerpt.places[-1] == len(text)


def test_sayings_inside_quotation_marks_are_left_to_the_speaker() -> None:
    text = '"He said the pier was safe," Ann Lee said.'
    quoted = quoted_ranges(text)
    assert [text[slice(*s.cue)] for s in find_sayings(text, [(0, len(text))], quoted)] == ["said"]


def test_a_headline_with_capitals_is_read_with_its_verbs_small() -> None:
    words = frozenset(("claims", "says"))
    assert calm_titles("Mayor Claims Old Pier Is Safe", words) == "Mayor claims Old Pier Is Safe"
    assert calm_titles("The mayor of Brill Claims nothing", words) == "The mayor of Brill Claims nothing"


def test_a_subject_is_found_through_the_verbs_on_which_a_verb_hangs() -> None:
    (tree,) = parse_sentences(["The mayor rose and wanted to say that it rained."], frozenset())
    say = next(token for token in tree if token.text == "say")
    subject = subject_of(say)
    assert subject is not None
    assert subject.text == "mayor"


def read_parts(text: str, quote: Quote) -> tuple[str | None, str | None, str]:
    speaker = text[slice(*quote.speaker)] if quote.speaker else None
    return speaker, text[slice(*quote.cue)] if quote.cue else None, text[quote.start : quote.end]
