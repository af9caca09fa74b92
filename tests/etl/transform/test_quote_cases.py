"""Who says what, case by case, without the recogniser of names: expected rows are written by hand."""

from __future__ import annotations

import re

import pytest

from etl.schema import TABLES
from etl.transform.antecedents import Named
from etl.transform.cues import USES, begins_cue, cue_forms, cue_stance, cue_words, phrases_by_first
from etl.transform.quotes import extract_quotes, read_quotes
from etl.transform.quotes.speakers import name_speakers
from etl.transform.sentences import find_sentences
from tests.builders import make_rows

WE = "We will rebuild the old bridge by next summer"
LATER = "Nobody will have to pay for it but the state"

# text, words, kind, speaker, cue
DIRECT = [
    (f"“{WE},” Ines Holt said.", WE + ",", "direct", "Ines Holt", "said"),
    (f"“{WE},” said Ines Holt.", WE + ",", "direct", "Ines Holt", "said"),
    (f"“{WE},” the mayor said on Monday.", WE + ",", "direct", "the mayor", "said"),
    (f"“{WE},” said the mayor.", WE + ",", "direct", "the mayor", "said"),
    (f"“{WE},” she added.", WE + ",", "direct", "she", "added"),
    (f"Ines Holt said: “{WE}.”", WE + ".", "direct", "Ines Holt", "said"),
    (f"Ines Holt told reporters: “{WE}.”", WE + ".", "direct", "Ines Holt", "told"),
    (f"Ines Holt claimed: “{WE}.”", WE + ".", "direct", "Ines Holt", "claimed"),
    (f"“{WE},” Ines Holt and Mark Reed said.", WE + ",", "direct", "Ines Holt and Mark Reed", "said"),
    (f"“{WE},” the two mayors said.", WE + ",", "direct", "the two mayors", "said"),
    (f"“{WE},” Ines Holt, the mayor of Brill, said.", WE + ",", "direct", "Ines Holt", "said"),
    (f"Ines Holt: “{WE}.”", WE + ".", "direct", "Ines Holt", ":"),
    (f"“{WE}.” — Ines Holt", WE + ".", "direct", "Ines Holt", None),
    (f"\"{WE},\" the statement said.", WE + ",", "direct", "the statement", "said"),
    (f"“{WE},” the ministry wrote.", WE + ",", "direct", "the ministry", "wrote"),
    (f"“{WE}!” shouted Mark Reed.", WE + "!", "direct", "Mark Reed", "shouted"),
    (f"“{WE}?” asked Mark Reed.", WE + "?", "direct", "Mark Reed", "asked"),
    (f"According to Ines Holt, “{WE}.”", WE + ".", "direct", "Ines Holt", "According to"),
    (f"“{WE}.”", WE + ".", "direct", None, None),
]  # fmt: skip
REPORTED = [
    ("Ines Holt said the bridge was safe.", "the bridge was safe", "Ines Holt"),
    ("Ines Holt said that the bridge was safe.", "the bridge was safe", "Ines Holt"),
    ("Ines Holt said on Monday that the bridge was safe.", "the bridge was safe", "Ines Holt"),
    ("Ines Holt told reporters that the bridge was safe.", "the bridge was safe", "Ines Holt"),
    ("Ines Holt claimed the bridge was safe.", "the bridge was safe", "Ines Holt"),
    ("The bridge was safe, Ines Holt said.", "The bridge was safe", "Ines Holt"),
    ("The bridge was safe, said Ines Holt.", "The bridge was safe", "Ines Holt"),
    ("The bridge was safe, the mayor added.", "The bridge was safe", "the mayor"),
    ("The bridge was safe, according to Ines Holt.", "The bridge was safe", "Ines Holt"),
    ("According to the mayor, the bridge was safe.", "the bridge was safe", "the mayor"),
    ("Officials said the bridge was safe.", "the bridge was safe", "Officials"),
    ("Ines Holt and Mark Reed said the bridge was safe.", "the bridge was safe", "Ines Holt and Mark Reed"),
    ("Ines Holt has said the bridge was safe.", "the bridge was safe", "Ines Holt"),
    ("But Ines Holt later said the bridge was safe.", "the bridge was safe", "Ines Holt"),
    ("The police said that two men had been seen.", "two men had been seen", "The police"),
]
NONE = [
    "The bridge stood there for a hundred years.",
    "The so-called “new era” began in Brill.",
    "He drove the “Red Arrow” to Brill.",
    "There is much to be said for it.",
    "The book, said to be old, was sold.",
    "",
]
STANCES = [
    ("said", "neutral"), ("told", "neutral"), ("added", "neutral"), ("According to", "neutral"),
    ("claimed", "distancing"), ("claims", "distancing"), ("alleged", "distancing"),
    ("insisted", "distancing"), ("pointed out", "endorsing"), ("had pointed out", "endorsing"),
    ("revealed", "endorsing"), ("Quote:", "neutral"), ("never heard of", "neutral"),
]  # fmt: skip


def read(text: str, *, reported: bool = True):
    rows = TABLES["sentences"]
    articles = make_rows("articles", {"article_id": "a", "language": "en"})
    texts = make_rows("texts", {"article_id": "a", "text": text})
    spans = rows.conform(find_sentences(articles, texts))
    quotes = read_quotes(text, list(zip(spans["start"], spans["end"], strict=True)), reported=reported)
    return [
        (
            text[one.start : one.end],
            one.kind,
            text[slice(*one.speaker)] if one.speaker else None,
            text[slice(*one.cue)].strip() if one.cue else None,
        )
        for one in quotes
    ]


@pytest.mark.parametrize(("text", "words", "kind", "speaker", "cue"), DIRECT)
def test_a_quotation_names_its_words_its_speaker_and_its_cue(
    text: str, words: str, kind: str, speaker: str | None, cue: str | None
) -> None:
    assert read(f"The council met.\n\n{text}\n\nIt rained.") == [(words, kind, speaker, cue)]


@pytest.mark.parametrize(("text", "words", "speaker"), REPORTED)
def test_a_report_names_the_clause_and_who_said_it(text: str, words: str, speaker: str) -> None:
    (row,) = read(f"The council met.\n\n{text}\n\nIt rained.")
    assert row[:3] == (words, "indirect", speaker)


@pytest.mark.parametrize("text", [text for text, *_ in REPORTED])
def test_reports_are_left_out_where_the_language_is_not_known(text: str) -> None:
    assert read(text, reported=False) == []


@pytest.mark.parametrize("text", NONE)
def test_what_nobody_says_is_no_quotation(text: str) -> None:
    assert read(text) == []


def test_one_saying_may_hold_two_stretches() -> None:
    assert read(f"“{WE},” Ines Holt said. “{LATER}.”") == [
        (WE + ",", "direct", "Ines Holt", "said"),
        (LATER + ".", "direct", "Ines Holt", "said"),
    ]


def test_two_speakers_of_one_paragraph_keep_their_words() -> None:
    told = read(f"“{WE},” Ines Holt said. “{LATER},” Mark Reed replied.")
    assert [(words, speaker) for words, _, speaker, _ in told] == [
        (WE + ",", "Ines Holt"),
        (LATER + ",", "Mark Reed"),
    ]


def test_a_quotation_over_two_paragraphs_keeps_its_speaker() -> None:
    told = read(f"Ines Holt said: “{WE}.\n\n“{LATER}.”")
    assert [(words, speaker) for words, _, speaker, _ in told] == [
        (WE + ".", "Ines Holt"),
        (LATER + ".", "Ines Holt"),
    ]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert read(f"Ines Holt said: “{WE}.\n\nIt rained in Brill all day.") == [
        (WE + ".", "direct", "Ines Holt", "said")
    ]


def test_a_partial_quotation_is_part_of_its_clause() -> None:
    assert read("Ines Holt said the bridge was “a shame for us all” and ugly.") == [
        ("the bridge was “a shame for us all” and ugly", "mixed", "Ines Holt", "said")
    ]


def test_source_and_quote_labels_belong_together() -> None:
    told = read(f"Source: Ines Holt on her page\n\nQuote: “{WE}.”")
    assert told == [(WE + ".", "direct", "Ines Holt", "Quote")]


@pytest.mark.parametrize(("cue", "stance"), STANCES)
def test_a_cue_has_the_stance_of_its_verb(cue: str, stance: str) -> None:
    assert cue_stance(cue) == stance


def test_every_cue_has_a_use_and_every_phrase_is_found_by_its_first_word() -> None:
    assert {use for cue in cue_forms().values() for use in cue.uses} == set(USES)
    assert all(cue.uses for cue in cue_forms().values())
    phrases = {form for forms in phrases_by_first().values() for form in forms}
    assert phrases == {form for form in cue_forms() if " " in form}
    assert {form.split()[0] for form in phrases} <= cue_words()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("said", True),
        ("According to", True),
        ("in the words of", True),
        ("in the end", False),
        ("pier", False),
    ],
)
def test_a_cue_begins_with_its_whole_phrase(text: str, found: bool) -> None:
    assert begins_cue(text, 0, text.split()[0].lower()) is found


SCENE = "Ines Holt of Brill met Mark Reed. Residents of Brill said so. Brill's mayor, Mark Reed, and Ines Holt left."
NAMES = {"Ines Holt": "person", "Brill": "place", "Mark Reed": "person"}
NAMED = sorted(
    Named(match.start(), match.end(), name, kind)
    for name, kind in NAMES.items()
    for match in re.finditer(name, SCENE)
)


@pytest.mark.parametrize(
    ("words", "actors"),
    [
        ("Ines Holt", ["Ines Holt"]),
        ("Ines Holt of Brill", ["Ines Holt"]),
        ("Residents of Brill", []),
        ("Brill's mayor, Mark Reed", ["Mark Reed"]),
        ("Brill's mayor", []),
        ("Brill's mayor, Mark Reed, and Ines Holt", ["Mark Reed", "Ines Holt"]),
        ("met", []),
    ],
)
def test_a_speaker_is_who_is_named_in_it_and_no_place_or_owner(words: str, actors: list[str]) -> None:
    start = SCENE.index(words)
    (found,) = name_speakers(SCENE, [(start, start + len(words))], NAMED)
    assert [mention.actor_id for mention in found.named] == actors


def test_rows_carry_the_actor_the_class_and_nothing_of_other_articles() -> None:
    text = f"Ines Holt claimed: “{WE}.”"
    articles = make_rows("articles", *({"article_id": x, "language": "en"} for x in "ab"))
    texts = make_rows("texts", *({"article_id": x, "text": text} for x in "ab"))
    sentences = TABLES["sentences"].conform(find_sentences(articles, texts))
    mentions = make_rows(
        "mentions", {"article_id": "a", "start": 0, "end": 9, "actor_id": "holt", "kind": "person"}
    )
    rows = extract_quotes(articles, texts, sentences, mentions).set_index("article_id")
    assert rows["cue_class"].to_list() == ["distancing", "distancing"]
    assert rows.loc["a", "actor_id"] == "holt"
    assert rows["actor_id"].isna().to_list() == [False, True]
    assert rows["speaker_end"].to_list() == [9, 9]
