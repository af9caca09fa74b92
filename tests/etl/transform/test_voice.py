from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.voice import quoted_ranges


def read_quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_ranges(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "go home" and left.', ["go home"]),
        ("He said “go home” and left.", ["go home"]),
        ("Elle dit « rentrez » et part.", [" rentrez "]),
        ("Er sagte: „Geht heim“, und ging.", ["Geht heim"]),
        ("Er sagte: »Geht heim«, und ging.", ["Geht heim"]),
        ("``Go home,'' he said.", ["Go home,"]),
        ('"One," she said. "Two."', ["One,", "Two."]),
        ("“He called it ‘mad’ twice,” she said.", ["He called it ‘mad’ twice,"]),
        ("The minister called it ‘a disgrace’ on Monday.", ["a disgrace"]),
        ("Trump attacks 'fake news' reports", ["fake news"]),
        ("The players’ union and the workers’ party agreed.", []),
        ("It was the players' best in the '90s, Mr O'Neil said.", []),
        ("Rock 'n' roll wasn't dead.", []),
        ('A 6-foot-2" man left.', []),
        ('It isn"t so, and they won"t say it.', []),
        ("No marks at all.", []),
        ("", []),
    ],
)
def test_marks_of_many_kinds_are_paired(text: str, expected: list[str]) -> None:
    assert read_quoted(text) == expected


def test_a_closing_mark_without_opening_opens_at_the_label() -> None:
    assert read_quoted('Quote: The three countries condemn it."') == ["The three countries condemn it."]


def test_a_labelled_paragraph_without_marks_is_a_quotation() -> None:
    assert read_quoted("Quote from Smith: We shall see.\n\nHe left.") == ["We shall see."]
    assert read_quoted("Details: We shall see.") == []


def test_a_lost_opening_mark_opens_at_its_sentence() -> None:
    assert read_quoted('It rained. We go home," he said.') == ["We go home,"]


def test_a_stray_closing_mark_is_passed_over() -> None:
    assert read_quoted('The board is 12" wide. He said "yes" to it.') == ["yes"]


def test_a_quotation_over_two_paragraphs_is_two_ranges() -> None:
    text = "He said: “We go home.\n\n“We stay there,” and left."
    assert read_quoted(text) == ["We go home.", "We stay there,"]


def test_a_quotation_that_is_not_opened_again_still_goes_on() -> None:
    assert read_quoted('"We go home.\n\nWe stay there," he said.') == ["We go home.", "We stay there,"]


def test_an_unclosed_mark_ends_with_its_sentence() -> None:
    assert read_quoted('He said "we go home. Then he left.\n\nIt rained.') == ["we go home."]


def test_an_unclosed_mark_that_begins_a_paragraph_takes_all_of_it() -> None:
    assert read_quoted('"We go home. We stay there.\n\nIt rained.') == ["We go home. We stay there."]


def test_a_mark_opened_twice_is_closed_at_the_sentence_between() -> None:
    assert read_quoted('He said "yes. Later "no" was heard.') == ["yes.", "no"]


@given(st.text(alphabet="ab s.,:\n\"“”„«»‘’'`Q", max_size=80))
def test_ranges_are_sorted_disjoint_and_within_one_paragraph(text: str) -> None:
    ranges = quoted_ranges(text)
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))
    assert not any("\n\n" in text[start:end] for start, end in ranges)
