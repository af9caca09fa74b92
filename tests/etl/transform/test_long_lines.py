"""Long lines: what a hostile text repeats without end is read in a time that grows with its length alone."""

from __future__ import annotations

from time import process_time

import pytest

from etl.extract.clean import clean_text
from etl.transform.actors.credits import credit_ranges
from etl.transform.actors.metonyms import find_metonyms
from etl.transform.quotes import read_quotes
from etl.transform.quotes.sayings import JOINT, NAMED_BEFORE
from etl.transform.quotes.sources import Setting, Told, find_sources
from tests.etl.transform.test_quote_cases import read

PATIENCE = 3.0  # seconds of processor time; a reading that goes back over all it has read takes minutes
WALLS = ("A", "A.", "A-", "Aa, ", "Aa ", "Aa and ", "“", "“a ” ", "'a ", "(", "— ", "on the ", "photo by ")


@pytest.mark.parametrize("wall", WALLS)
def test_no_wall_of_letters_marks_or_names_holds_a_reader_up(wall: str) -> None:
    text, begun = wall * (20_000 // len(wall)), process_time()
    for reader in (JOINT.findall, NAMED_BEFORE.search, credit_ranges, find_metonyms):
        reader(text)
    find_sources(text, [Told(0, 5, (6, 8), (9, 10))], Setting(sentences=[(0, len(text))]))
    read_quotes(text, [], reported=False)
    clean_text(f"Pier opens\n\n{text}", outlet="Courier", timezone="", url="")
    assert process_time() - begun < PATIENCE


def test_a_text_of_thousands_of_statements_is_traced_in_time() -> None:
    line = "Ann Lee told Reuters that it rains. "
    text, starts, begun = line * 2_000, range(0, 2_000 * len(line), len(line)), process_time()
    told = [Told(at + 21, at + 34, (at, at + 7), (at + 8, at + 12)) for at in starts]
    sources = find_sources(text, told, Setting(sentences=[(at, at + 35) for at in starts]))
    assert [source.via for source in sources] == [(at + 13, at + 20) for at in starts]
    assert process_time() - begun < PATIENCE


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Ann Lee", "Bob Ray"], "Ann Lee and Bob Ray"),
        (["Norway", "Poland", "Spain", "Chad"], "Norway, Poland, Spain and Chad"),
        ([f"Land{n:02}" for n in range(30)], "Land00, Land01"),
    ],
)
def test_all_names_of_an_enumeration_are_its_speaker(names: list[str], told: str) -> None:
    joined = f"{', '.join(names[:-1])} and {names[-1]}"
    (row,) = read(f"The council met.\n\n{joined} said that the bridge was safe.")
    assert row[2] == joined and joined.startswith(told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mr. O'Brien, Jean-Luc and Ann Lee", "Mr. O'Brien, Jean-Luc and Ann Lee"),
        ("the Hague, Bonn and Oslo", "the Hague, Bonn and Oslo"),
        ("talks of Hague, Bonn and Oslo", "Hague, Bonn and Oslo"),
        (f"A{'a' * 40}, Bonn and Oslo", f"A{'a' * 40}, Bonn and Oslo"),
        ("Hague, Bonn, Oslo agree now", "Hague, Bonn, Oslo"),
    ],
)
def test_names_of_an_enumeration_are_read_whole(text: str, found: str) -> None:
    match = JOINT.search(text)
    assert match is not None and match.group() == found
