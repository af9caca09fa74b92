"""What stands inside quotation marks, case by case: the expected stretches are copied out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.voice import quoted_ranges

CLEAN = [
    ('The mayor said "the bridge is safe" again.', ["the bridge is safe"]),
    ("The mayor said “the bridge is safe” again.", ["the bridge is safe"]),
    ("The mayor said ‘the bridge is safe’ again.", ["the bridge is safe"]),
    ("The mayor said 'the bridge is safe' again.", ["the bridge is safe"]),
    ("Die Bürgermeisterin sagte „die Brücke ist sicher“ und ging.", ["die Brücke ist sicher"]),
    ("Die Bürgermeisterin sagte »die Brücke ist sicher« und ging.", ["die Brücke ist sicher"]),
    ("La alcaldesa dijo «el puente es seguro» y se fue.", ["el puente es seguro"]),
    ("Мерка сказала: «Міст безпечний», і пішла.", ["Міст безпечний"]),
    ("Мерка сказала: „Міст безпечний”, і пішла.", ["Міст безпечний"]),
    ("``The bridge is safe,'' the mayor said.", ["The bridge is safe,"]),
    ("“Safe,” she said, “and sound.”", ["Safe,", "and sound."]),
    ("(“Safe,” she said.)", ["Safe,"]),
    ("The “safe”—so called—bridge fell.", ["safe"]),
    ("“One.” “Two.” “Three.”", ["One.", "Two.", "Three."]),
    ("“She told me ‘never again’ and left,” he said.", ["She told me ‘never again’ and left,"]),
    ("«He said “no” to us», they wrote.", ["He said “no” to us"]),
    ("“Is it safe?” he asked. “Yes!” she cried.", ["Is it safe?", "Yes!"]),
]
NO_QUOTATION = [
    "The teachers' union and the drivers' union met.",
    "It's the mayor's bridge, isn't it?",
    "The '70s bridge and the '80s tunnel.",
    "Fish ’n’ chips for the Smiths’ table.",
    'A 40" screen hangs there.',
    "He is 6' tall.",
    "The bridge, the mayor said, is safe.",
    "Details: the bridge is safe.",
    "Don't, won't, can't.",
]
BROKEN = [
    ("The mayor said “the bridge is safe. Then she left.", ["the bridge is safe."]),
    ("The mayor said: “The bridge is safe. It will stand.", ["The bridge is safe. It will stand."]),
    ("“The bridge is safe. It will stand.", ["The bridge is safe. It will stand."]),
    ("It rained. The bridge is safe,” the mayor said.", ["The bridge is safe,"]),
    ("Quote: The bridge is safe.”", ["The bridge is safe."]),
    ("Quote: The bridge is safe.", ["The bridge is safe."]),
    ("Цитата: Міст безпечний.", ["Міст безпечний."]),
    ("“The bridge is safe\", she said.", ["The bridge is safe"]),
    ("\"The bridge is safe”, she said.", ["The bridge is safe"]),
    ("“The bridge is safe“, she said.", ["The bridge is safe"]),
    ("She said “safe. Later “sound” was heard.", ["safe.", "sound"]),
    ("“First part.\n\n“Second part,” she said.", ["First part.", "Second part,"]),
    ("“First.\n\n“Second.\n\n“Third,” she said.", ["First.", "Second.", "Third,"]),
    ("She said “yes.\n\nIt rained.\n\nHe said “no” too.", ["yes.", "no"]),
    ("“”", []),
    ("\"", []),
    ("She said “” and left.", []),
]  # fmt: skip


def read(text: str) -> list[str]:
    return [text[start:end] for start, end in quoted_ranges(text)]


@pytest.mark.parametrize(("text", "expected"), CLEAN)
def test_marks_of_every_kind_bound_a_quotation(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", NO_QUOTATION)
def test_apostrophes_inches_and_commas_bound_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_broken_marks_cost_no_more_than_their_paragraph(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@given(st.permutations([case for case in CLEAN if "''" not in case[0]]), st.integers(1, 6))
def test_paragraphs_with_paired_marks_do_not_disturb_each_other(
    cases: list[tuple[str, list[str]]], count: int
) -> None:
    chosen = cases[:count]
    whole = "\n\n".join(text for text, _ in chosen)
    assert read(whole) == [words for _, expected in chosen for words in expected]


@given(st.sampled_from([text for text, _ in BROKEN]), st.sampled_from(CLEAN))
def test_a_broken_paragraph_leaves_the_one_after_the_next_alone(
    broken: str, case: tuple[str, list[str]]
) -> None:
    text, expected = case
    found = read(f"{broken}\n\nNothing was quoted here.\n\n{text}")
    assert found[len(found) - len(expected) :] == expected


@given(st.text(alphabet="ab .,", min_size=1, max_size=30).filter(str.strip))
def test_what_is_put_between_marks_comes_back(words: str) -> None:
    words = f"a{words}a"
    for first, last in ("“”", '""', "«»", "„“"):
        assert read(f"She said {first}{words}{last} twice.") == [words]
