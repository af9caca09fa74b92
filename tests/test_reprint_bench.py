"""The reprint bench makes what it says: edits of known strength, known groups, the same for a seed."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from benchmarks.reprint_bench import Source, choose_strangers
from benchmarks.reprint_edits import (
    EDITS,
    Desk,
    count_words,
    cut_sentences,
    mix,
    respell,
    rewrite,
    scan,
    truncate,
)
from tests.invented_news import invent_sources, small_bench

SOURCES = invent_sources(3, 30)
TEXT, OTHER = SOURCES[0].body, SOURCES[1].body


def desk(seed: int = 1) -> Desk:
    own = (f"{sentence.strip()} " for source in SOURCES[2:] for sentence in cut_sentences(source.body))
    words = sorted(re.findall(r"[a-z]+", OTHER))
    return Desk(chance=random.Random(seed), own=own, wire=[TEXT, OTHER], words=words)  # noqa: S311  # a bench


def share_of(text: str, source: str) -> float:
    """Share of the text's runs of three words that the source has."""
    runs = [tuple(text.split()[place : place + 3]) for place in range(count_words(text) - 2)]
    known = {tuple(source.split()[place : place + 3]) for place in range(count_words(source) - 2)}
    return sum(run in known for run in runs) / len(runs)


def test_sentences_together_are_the_text() -> None:
    text = 'One said: "Two." Three!\n\nFour 5.5 six'
    assert "".join(cut_sentences(text)) == text
    assert [part.strip() for part in cut_sentences(text)] == ['One said: "Two."', "Three!", "Four 5.5 six"]


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_the_same_for_a_seed_and_changes_the_text(name: str) -> None:
    assert EDITS[name](TEXT, desk(), 0.5) == EDITS[name](TEXT, desk(), 0.5) != TEXT


def test_respelling_changes_listed_words_only() -> None:
    told = {respell("Labour and labor, a Centre or harbor", desk(seed), 0.0) for seed in range(9)}
    assert told == {"Labour and labour, a Centre or harbour", "Labor and labor, a Center or harbor"}


@pytest.mark.parametrize(("strength", "share"), [(0.0, 0.75), (1.0, 0.3)])
def test_a_truncated_text_is_the_beginning_of_it(strength: float, share: float) -> None:
    short = truncate(TEXT, desk(), strength)
    assert TEXT.startswith(short)
    assert share <= count_words(short) / count_words(TEXT) < share + 22 / count_words(TEXT)


@pytest.mark.parametrize("seed", range(5))
def test_half_of_a_mix_is_its_wire_and_a_fifth_another(seed: int) -> None:
    mixed = mix(TEXT, desk(seed), 0.5)
    assert 0.35 < share_of(mixed, TEXT) < 0.6
    assert 0.1 < share_of(mixed, OTHER) < 0.35


@pytest.mark.parametrize(("edit", "weak", "strong"), [(rewrite, 0.75, 0.45), (scan, 0.75, 0.4)])
def test_the_stronger_the_edit_the_less_is_left(edit: object, weak: float, strong: float) -> None:
    shares = [share_of(edit(TEXT, desk(), strength), TEXT) for strength in (0.0, 1.0)]  # type: ignore[operator]
    assert shares[0] > weak > strong
    assert strong - 0.15 < shares[1] < weak


def test_near_copies_among_the_sources_are_left_out() -> None:
    near = Source("Other", "Another title", TEXT.replace(" a ", " one "))
    assert choose_strangers([SOURCES[0], SOURCES[1], near]) == SOURCES[:2]


def test_a_bench_is_the_same_for_a_seed_and_its_groups_have_one_original() -> None:
    rows = small_bench(4)
    assert rows == small_bench(4) != small_bench(5)
    groups = Counter(row["reprint"] for row in rows)
    originals = Counter(row["reprint"] for row in rows if row["edit"] == "none")
    assert set(originals.values()) == {1} and set(originals) == set(groups)
    assert 25 <= sum(size > 1 for size in groups.values()) <= 40
    assert {row["edit"] for row in rows} == {*EDITS, "none", "two edits"}
