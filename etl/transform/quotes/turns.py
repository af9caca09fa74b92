"""Turns: who is named in front of a colon and says what follows, in a headline or line by line."""

from __future__ import annotations

import re
from collections import Counter

Range = tuple[int, int]

HEADLINE = re.compile(
    r"\s*(?P<who>[A-Z][^:.!?\n\"“”‘]{1,50}?):[ \t]+(?P<said>(?=[^\s\"“”‘'])[^\n]{10,}?)[ .\t]*(?=\n|$)"
)
LINE = re.compile(
    r"(?:^|\n)[\"“]?(?P<who>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}):[ \t]+(?P<said>(?=[^\s\"“”«])[^\n]{12,})"
)
LABEL = re.compile(r"\s*(?:(?:More )?[Dd]etails|Background|Update[ds]?|Context|Previously|For reference):\s+")
SOURCES = frozenset(("poll", "report", "study", "survey", "sources", "source", "officials", "official", "police",
                     "newspaper", "experts", "analysts", "agency", "ministry"))  # fmt: skip
NO_SPEAKERS = frozenset(
    ("source", "quote", "photo", "details", "background", "update", "image", "video", "note")
)
LONGEST, OFTEN = 5, 2  # words of who speaks in a headline; lines of one speaker in a dialogue


def skip_label(text: str, start: int, end: int) -> int:
    """Where a sentence begins behind a label such as "Details:", which is nobody who speaks."""
    label = LABEL.match(text, start, end)
    return label.end() if label else start


def find_turns(text: str) -> list[tuple[Range, Range]]:
    """Speaker and words of each turn without quotation marks, in order."""
    headline = HEADLINE.match(text)
    turns = [headline] if headline and _is_speaker(text, headline) else []
    lines = [line for line in LINE.finditer(text) if line["who"].lower() not in NO_SPEAKERS]
    often = Counter(line["who"] for line in lines)
    turns += [line for line in lines if often[line["who"]] >= OFTEN]
    return sorted({(turn.span("who"), turn.span("said")) for turn in turns})


def _is_speaker(text: str, headline: re.Match[str]) -> bool:
    """Whether the words before the colon name a source, or someone whom the article names too."""
    words = headline["who"].split()
    if words[0].lower() in NO_SPEAKERS:
        return False
    if len(words) > LONGEST or not words[-1][0].isupper():
        return words[-1].lower() in SOURCES
    named = rf"(?:[a-z,]|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.) (?:[A-Z][\w.-]*\s)*{re.escape(words[-1])}\b"
    return words[-1].lower() in SOURCES or re.search(named, text[headline.end() :]) is not None
