"""Who says it: sayings around quotations, one way of writing a row, with the speaker told by hand."""

from __future__ import annotations

import pytest

from etl.transform.quotes import read_quotes
from etl.transform.quotes.contents import Quote
from etl.transform.quotes.speakers import Named, link_speaker
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


PEOPLE = [
    Named(0, 7, "ann", "person"),
    Named(20, 24, "nato", "organisation"),
    Named(27, 38, "stol", "person"),
]
TEXT = "Ann Lee arrived at  NATO's Stoltenberg. She said no. Ann Lee and NATO agreed. They left."


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Ann Lee", "ann"),
        ("NATO's Stoltenberg", "stol"),
        ("NATO", "nato"),
        ("She", "stol"),
        ("They", None),
        ("Ann Lee arrived at  NATO's Stoltenberg", None),
    ],
)
def test_a_speaker_is_linked_to_the_actor_meant(words: str, actor: str | None) -> None:
    start = TEXT.index(words)
    assert link_speaker(TEXT, (start, start + len(words)), PEOPLE) == actor


def test_without_a_speaker_nobody_is_meant() -> None:
    assert link_speaker(TEXT, None, PEOPLE) is None


def test_a_pronoun_does_not_reach_back_beyond_the_paragraph_before() -> None:
    text = "Ann Lee came.\n\nIt rained.\n\nShe said no."
    start = text.index("She")
    assert link_speaker(text, (start, start + 3), [Named(0, 7, "ann", "person")]) is None
