"""Genders: whether a text or a first name tells that a person is called "she" or "he"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from etl.transform.lexicon import read_lexicon

ADDRESS = re.compile(
    r"\b(?:(?P<f>Mrs|Ms|Miss|Lady|Dame|Madame|Queen|Princess)|(?P<m>Mr|Sir|Lord|King|Prince))\.? $"
)
TITLE = re.compile(
    r"\b(?:(?P<f>\w*woman|actress|queen|princess|mother|wife|daughter|widow|sister)|"
    r"(?P<m>\w*(?<!wo)man|actor|king|prince|father|husband|son|brother|pope|pontiff))\b"
)


def tell_gender(text: str, mentions: Iterable[tuple[int, int, str | None]]) -> str | None:
    """ "f" or "m" by the addresses, titles and first names at these mentions (start, end, label) of one person.

    None where they tell nothing, or tell both.
    """
    told = {
        gender
        for start, end, label in mentions
        for gender in (
            _match(ADDRESS, text[max(0, start - 12) : start]),
            _match(TITLE, (label or "").lower()),
            _of_first_name(text[start:end]),
        )
        if gender
    }
    return told.pop() if len(told) == 1 else None


def _match(pattern: re.Pattern[str], words: str) -> str | None:
    """The gender that a pattern finds in these words."""
    match = pattern.search(words)
    return match.lastgroup if match else None


def _of_first_name(name: str) -> str | None:
    """The gender of the first of two names or more."""
    first, _, rest = name.partition(" ")
    return _first_names().get(first) if rest else None


@cache
def _first_names() -> dict[str, str]:
    """The listed first names with their gender."""
    return {name: row["gender"] for row in read_lexicon("first_names") for name in row["names"].split()}
