"""Who says it: sayings around quotations, one way of writing a row, with the speaker told by hand."""

from __future__ import annotations

import re

import pytest

from etl.transform.antecedents import Named
from etl.transform.quotes import read_quotes
from etl.transform.quotes.contents import Quote
from etl.transform.quotes.speakers import name_speakers
from etl.transform.sentences import split_sentences
from etl.transform.spans import split_paragraphs

SAID = '"We will rebuild the pier before the storms return'


def read_text(text: str) -> list[Quote]:
    spans = [piece for start, end in split_paragraphs(text) for piece in split_sentences(text, start, end)]
    return read_quotes(text, spans)


def tell_speakers(text: str) -> list[str | None]:
    return [text[slice(*quote.speaker)] if quote.speaker else None for quote in read_text(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f'{SAID}," Ann Lee said.', "Ann Lee"),
        (f'{SAID}," said Ann Lee.', "Ann Lee"),
        (f'{SAID}," said the mayor.', "the mayor"),
        (f'{SAID}," the mayor of Varnmouth said on Monday.', "the mayor of Varnmouth"),
        (f'{SAID}," she added.', "she"),
        (f'{SAID}," Ann Lee, the mayor, told reporters.', "Ann Lee"),
        (f'{SAID}," his mother, Ann Lee, told the Courier on Monday.', "his mother, Ann Lee"),
        (f'{SAID}," the town\'s mayor, Ann Lee, said.', "the town's mayor, Ann Lee"),
        (f'Ann Lee said: {SAID}."', "Ann Lee"),
        (f'Ann Lee told the Courier on Monday: {SAID}."', "Ann Lee"),
        (f'According to Ann Lee, {SAID}."', "Ann Lee"),
        (f'{SAID}."\n— Ann Lee', "Ann Lee"),
        (f'{SAID}." ― Ann Lee.', "Ann Lee"),
        (f'{SAID}." – Ann van der Lee\n\nThe mayor left.', "Ann van der Lee"),
        (f"Ann Lee: {SAID}.\"", "Ann Lee"),
        (f'Source: Ann Lee on Facebook\n\nQuote: {SAID}."', "Ann Lee"),
        ('Source: the joint statement\n\nQuote: The allies "condemn the growing trade in arms".',
         "the joint statement"),
        ("Ann Lee said on Monday that the pier would be rebuilt.", "Ann Lee"),
        ("Ann Lee on Monday said that the pier would be rebuilt.", "Ann Lee"),
        ("Norway, Poland and South Korea on Monday condemned the sale of arms.",
         "Norway, Poland and South Korea"),
        ("Late on Monday, Norway and Poland said they would help the port.", "Norway and Poland"),
        ("The three states emphasised that the pier would be rebuilt.", "The three states"),
        ("Ann Lee later also repeatedly said that the pier would be rebuilt.", "Ann Lee"),
        ("Britain's closest friends have turned on the port, accusing it of greed and of bad faith.",
         "Britain's closest friends"),
    ],
)  # fmt: skip
def test_the_speaker_is_found(text: str, speaker: str) -> None:
    assert tell_speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    "text",
    [
        f'{SAID}."\n\nThe storms were worse.',
        f'The crowd sang. {SAID}."',
        'It was a "mistake" of style.',
        "Washington's pledge to its allies came late.",
    ],
)
def test_what_nobody_says_has_no_speaker(text: str) -> None:
    assert all(speaker is None for speaker in tell_speakers(text))


def test_the_saying_of_the_next_paragraph_is_another_one() -> None:
    text = f'In one letter, Ann Lee said: {SAID}."\n\nBob Ray said that he agreed with her.'
    assert tell_speakers(text) == ["Ann Lee", "Bob Ray"]


def test_a_quotation_goes_on_with_its_speaker() -> None:
    opened = f'{SAID}," Ann Lee said. "Nobody else will do it for us this year."'
    text = f'{opened}\n\n"That is what we promised them in the spring."'
    assert tell_speakers(text) == ["Ann Lee"] * 3


def test_one_signature_a_quotation() -> None:
    text = f'{SAID}." ― Ann Lee\n\n{SAID}." ― Bob Ray'
    assert tell_speakers(text) == ["Ann Lee", "Bob Ray"]


SCENE = (
    "Ann Lee arrived at noon. NATO's Bob Ray met her. Bob Ray and NATO agreed. They left.\n\n"
    "She said no. Bob Ray spoke.\n\nIt rained.\n\nHe said no."
)
KINDS = {"Ann Lee": "person", "NATO": "organisation", "Bob Ray": "person"}
NAMED = sorted(
    Named(match.start(), match.end(), name, kind)
    for name, kind in KINDS.items()
    for match in re.finditer(name, SCENE)
)


@pytest.mark.parametrize(
    ("words", "actors", "link"),
    [
        ("Ann Lee", ["Ann Lee"], "name"),
        ("NATO's Bob Ray", ["Bob Ray"], "name"),
        ("NATO", ["NATO"], "name"),
        ("Bob Ray and NATO", ["Bob Ray", "NATO"], "name"),
        ("She", ["Ann Lee"], "pronoun"),
        ("They", [], "pronoun"),
        ("He", [], "pronoun"),
    ],
)
def test_a_speaker_is_linked_to_the_actors_meant(words: str, actors: list[str], link: str) -> None:
    start = SCENE.index(words)
    (found,) = name_speakers(SCENE, [(start, start + len(words))], NAMED)
    assert ([mention.actor_id for mention in found.named], found.link) == (actors, link)


def test_without_a_speaker_nobody_is_meant() -> None:
    assert name_speakers(SCENE, [None], NAMED)[0].named == ()


def test_they_go_on_with_the_speakers_before() -> None:
    places = [(SCENE.index(words), SCENE.index(words) + len(words)) for words in ("Bob Ray and NATO", "They")]
    spans = [(start, end) for start, end in split_sentences(SCENE, 0, len(SCENE))]
    joint, they = name_speakers(SCENE, places, NAMED, spans)
    assert joint.named == they.named and len(they.named) == 2
    assert (joint.sole, they.link) == (None, "pronoun")
