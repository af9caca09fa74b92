"""Lexicons: the word lists of `data/lexicons`, CSV files that open with `#` lines on origin and licence."""

from __future__ import annotations

import csv
from functools import cache

from etl.settings import DATA

LEXICONS = DATA / "lexicons"


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one lexicon by column name; read once a process."""
    with (LEXICONS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def read_words(name: str, column: str, value: str) -> frozenset[str]:
    """The words of one lexicon whose `column` holds `value`."""
    return frozenset(row["word"] for row in read_lexicon(name) if row[column] == value)
