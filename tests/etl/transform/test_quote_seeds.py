"""The two reference articles: every statement with its speaker, as a person read them beforehand."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from tests.etl.transform.newsdesk import quote, read_seed

THREE = "US, South Korea, Japan"
STATES = "United States, South Korea, and Japan"
# first words, length, kind, speaker, cue
GOLD = {
    0: [
        ("deepening North Korea-Russia", 49, "indirect", THREE, "condemn"),
        ("deepening North Korea-Russia", 101, "indirect", THREE, "condemn"),
        ('"in the strongest possible terms"', 206, "mixed", f"the representatives of the {STATES}", "condemn"),
        ("in addition to prolonging", 211, "indirect", "The statement", "emphasizes"),
        ("The development of the partnership", 303, "indirect", "the document's authors", "noted"),
        ("their intention to further", 163, "indirect", f"the {STATES}", "reaffirmed"),
        ("The US commitments", 260, "direct", "the statement", "reads"),
        ("he could not rule out", 125, "indirect", "he", "stated"),
        ("the possibility of changing", 155, "mixed", "The dictator", "considering"),
        ("Putin's statement a direct threat", 97, "indirect", "The Institute for the Study of War",
         "considers"),
        ("it is very unlikely", 75, "indirect", "analysts", "believe"),
        ('it would be "a very big mistake"', 85, "mixed", "Putin", "stated"),
        ("to consider this possibility", 90, "indirect", "Seoul", "promised"),
    ],
    1: [
        ("military cooperation between", 51, "indirect", "US, South Korea and Japan", "condemn"),
        ("military cooperation between", 51, "indirect", "US, South Korea and Japan", "condemn"),
        ("the deepening military cooperation", 142, "indirect", "The United States, South Korea and Japan",
         "condemned"),
        ("The United States, ROK, and Japan", 364, "direct", "a joint statement by three countries", "Quote"),
        ('the development of a "partnership"', 503, "mixed", "The statement", "emphasised"),
        ("their intent to continue", 197, "indirect", "The three countries", "reaffirmed"),
        ("The US commitments", 234, "direct", "the statement", "said"),
        ("the agreement between Russia", 174, "indirect", "NATO Secretary General Jens Stoltenberg", "said"),
        ("Putin's meeting with Kim Jong Un", 139, "indirect", "The Biden administration", "said"),
    ],
}  # fmt: skip


@cache
def quoted_seed(number: int) -> pd.DataFrame:
    return quote(read_seed(number))


@pytest.mark.parametrize("number", [0, 1])
def test_everyone_who_speaks_in_the_reference_articles_is_found_and_nobody_else(number: int) -> None:
    rows = quoted_seed(number)
    told = list(zip(rows["kind"], rows["speaker"], rows["cue"], strict=True))
    assert told == [entry[2:] for entry in GOLD[number]]


@pytest.mark.parametrize("number", [0, 1])
def test_statements_of_the_reference_articles_begin_and_end_where_a_reader_would_cut(number: int) -> None:
    for words, (opening, length, *_) in zip(quoted_seed(number)["words"], GOLD[number], strict=True):
        assert words.startswith(opening)
        assert abs(len(words) - length) <= 2


def test_a_quotation_without_its_opening_mark_is_whole() -> None:
    row = quoted_seed(1).query("cue == 'Quote'").iloc[0]
    assert (row["kind"], row["end"] - row["start"]) == ("direct", 364)
