"""The bounds of quotations: how near a saying stands, how long a quotation is, from sayings given by hand."""

from __future__ import annotations

import pytest

from etl.transform.quotes.contents import find_quotes
from etl.transform.quotes.sayings import Saying
from etl.transform.voice import quoted_ranges

SEVEN = "We will mend the old pier today"


def span_of(text: str, words: str) -> tuple[int, int]:
    """Where these words stand last."""
    start = text.rindex(words)
    return start, start + len(words)


def say(
    text: str, *contents: str, cue: str = "said", within: str = "Ann said", speaks: bool = True
) -> Saying:
    """Ann's saying, in a sentence of these words."""
    return Saying(
        speaker=span_of(text, "Ann"),
        cue=span_of(text, cue),
        contents=tuple(span_of(text, words) for words in contents),
        sentence=span_of(text, within),
        speaks=speaks,
    )


def tell(text: str, *sayings: Saying) -> list[tuple[str, str, bool]]:
    """Words and kind of each quotation, and whether it has a speaker."""
    found = find_quotes(text, quoted_ranges(text), sayings)
    return [(text[one.start : one.end], one.kind, one.speaker is not None) for one in found]


@pytest.mark.parametrize(("gap", "near"), [(1, True), (4, True), (5, False)])
def test_a_saying_behind_stands_within_five_characters(gap: int, near: bool) -> None:
    text = f'It rained.\n\n"{SEVEN},"{" " * gap}Ann said.'
    assert tell(text, say(text)) == [(f"{SEVEN},", "direct", near)]


@pytest.mark.parametrize("between", [".” ", "…” ", ",”\n"])
def test_a_saying_behind_a_full_stop_or_a_line_is_another_ones(between: str) -> None:
    text = f"It rained.\n\n“{SEVEN}{between}Ann said."
    assert [speaks for _, _, speaks in tell(text, say(text))] == [False]


@pytest.mark.parametrize(("filler", "near"), [(0, True), (89, True), (90, False)])
def test_a_saying_before_stands_within_ninety_characters(filler: int, near: bool) -> None:
    text = f'Ann said {"x" * filler}: "{SEVEN}."'
    assert tell(text, say(text)) == [(f"{SEVEN}.", "direct", near)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (SEVEN, [(SEVEN, "direct", True)]),
        ("We will mend the pier today", [("We will mend the pier today", "mixed", True)]),
        ("we will mend the old pier today", [("we will mend the old pier today", "mixed", True)]),
        ("(We will mend the old pier today", [("(We will mend the old pier today", "direct", True)]),
        ("a great success", [("a great success", "mixed", True)]),
        ("great success", []),
    ],
)
def test_seven_words_are_a_sentence_and_two_are_no_quotation(
    words: str, told: list[tuple[str, str, bool]]
) -> None:
    text = f"It was “{words}” Ann said."
    assert tell(text, say(text)) == told


def test_a_part_of_a_sentence_that_nobody_says_is_no_quotation() -> None:
    assert tell("It was “a very great success” at last.") == []
    assert tell(f"It was “{SEVEN}” at last.") == [(SEVEN, "direct", False)]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("the pier fell", "indirect"),
        ("the “old” pier fell", "mixed"),
        ("so", None),
        ("“the pier fell”", None),
    ],
)
def test_a_report_has_two_words_and_some_of_them_unquoted(told: str, kind: str | None) -> None:
    text = f"Ann said {told} again."
    found = [one for one in tell(text, say(text, told)) if one[0] == told]
    assert found == ([(told, kind, True)] if kind else [])


def test_a_report_ends_behind_the_mark_that_closes_a_quotation_begun_in_it() -> None:
    text = "Ann said the pier was “a shame for us.” It rained."
    saying = Saying(speaker=(0, 3), cue=(4, 8), contents=((9, text.index(" for us")),), sentence=(0, 39))
    assert tell(text, saying) == [("the pier was “a shame for us.”", "mixed", True)]


@pytest.mark.parametrize(
    ("topic", "told"), [("on the stairs", 1), ("at least twice", 2), ("that it rained", 2)]
)
def test_where_or_to_whom_a_quotation_was_spoken_is_no_statement(topic: str, told: int) -> None:
    text = f'"{SEVEN}," Ann said {topic}.'
    assert len(tell(text, say(text, topic, within=f"Ann said {topic}"))) == told


@pytest.mark.parametrize(
    ("between", "speaks"),
    [(" It rained. ", True), ("\n\n", True), ("\n\nIt rained.\n\n", False), ("\n\nIt rained. ", False)],
)
def test_a_quotation_goes_on_in_its_paragraph_or_at_the_head_of_the_next(between: str, speaks: bool) -> None:
    text = f'Ann said: "{SEVEN}."{between}"{SEVEN} at last."'
    assert tell(text, say(text)) == [(f"{SEVEN}.", "direct", True), (f"{SEVEN} at last.", "direct", speaks)]


def test_overlapping_reports_give_one_row_and_the_longer_wins() -> None:
    text = "Ann said the pier fell and the town wept."
    sayings = say(text, "the pier fell"), say(text, "the pier fell and the town wept")
    assert tell(text, *sayings) == tell(text, *sayings[::-1]) == [
        ("the pier fell and the town wept", "indirect", True)
    ]  # fmt: skip


def told_by(text: str, *sayings: tuple[str, str, str, bool]) -> list[str]:
    """Who says each quotation, of these sayings: speaker, cue, sentence, whether it is spoken."""
    made = [
        Saying(speaker=span_of(text, who), cue=span_of(text, cue), contents=(), sentence=span_of(text, within),
               speaks=speaks)
        for who, cue, within, speaks in sayings
    ]  # fmt: skip
    found = find_quotes(text, quoted_ranges(text), made)
    return [text[slice(*one.speaker)] if one.speaker else "" for one in found]


def test_of_two_sayings_in_front_the_nearer_brings_a_quotation_in() -> None:
    text = f'Ann hoped it, Bob said: "{SEVEN}."'
    ann, bob = ("Ann", "hoped", "Ann hoped", True), ("Bob", "said", "Bob said", True)
    assert told_by(text, ann, bob) == ["Bob"]


@pytest.mark.parametrize(
    ("within", "who"),
    [(f'{SEVEN}" was what with joy Ann said', "Ann"), ('" was what with joy Ann said', "")],
)
def test_a_saying_further_off_counts_in_the_sentence_in_which_the_quotation_begins(
    within: str, who: str
) -> None:
    text = f'It rained.\n\n"{SEVEN}" was what with joy Ann said.'
    assert told_by(text, ("Ann", "said", within, True)) == [who]


def test_what_is_spoken_comes_before_what_is_only_thought() -> None:
    around = f'"{SEVEN}" is what for long Bob hoped and Ann spoke of'
    assert told_by(around, ("Bob", "hoped", around, False), ("Ann", "spoke", around, True)) == ["Ann"]
    earlier = f'Ann spoke while Bob hoped so. "{SEVEN}."'
    within = "Ann spoke while Bob hoped so."
    assert told_by(earlier, ("Ann", "spoke", within, True), ("Bob", "hoped", within, False)) == ["Ann"]


@pytest.mark.parametrize(
    ("between", "who"), [(" ", "Ann"), ("  ", "Ann"), ("   ", ""), ("\n\n", ""), ("\n", "Ann")]
)
def test_a_quoted_sentence_is_by_who_spoke_in_the_sentence_before_it(between: str, who: str) -> None:
    text = f'Ann said it rained.{between}"{SEVEN}."'
    assert told_by(text, ("Ann", "said", "Ann said it rained.", True)) == [who]


@pytest.mark.parametrize(
    ("told", "kept"),
    [("it fell", True), ("a “abcdefg hijklmno”", True), ("a“abcdefg hijklmno”", False)],
    ids=["two words", "four fifths quoted", "more than four fifths"],
)
def test_a_report_may_be_quoted_for_four_fifths(told: str, kept: bool) -> None:
    text = f"Ann said {told} again."
    assert any(words == told for words, _, _ in tell(text, say(text, told))) is kept


@pytest.mark.parametrize(
    ("front", "behind", "joined"), [(1, 1, True), (2, 2, True), (3, 1, False), (1, 3, False)]
)
def test_a_quotation_between_verb_and_object_is_part_of_the_report(
    front: int, behind: int, joined: bool
) -> None:
    text = f"Ann condemned{' ' * front}“in strong terms”{' ' * behind}the sale of arms again."
    saying = say(text, "the sale of arms", cue="condemned", within=text)
    first, *_ = (words for words, kind, _ in tell(text, saying) if words.endswith("the sale of arms"))
    assert first == (f"“in strong terms”{' ' * behind}the sale of arms" if joined else "the sale of arms")
