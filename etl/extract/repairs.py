"""Repairs: punctuation that a wrong decoding broke, mended where only one reading is possible.

The corpus was UTF-8 read as a Chinese code page: a typographic mark became `"` and the blank behind it `?`
(`"?`), or the letter behind it U+FFFD; a no-break space became `-`. Which mark it was follows from where it
stands. A lost letter or digit is never guessed: what stays broken is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CLEAR = "?.0123456789"  # what stands behind no mark that a word follows
REACH = 400  # characters in which the partner of a quotation mark is looked for
LEFT = re.compile(r"\"\?(?=\S)|\ufffd+|(?<=[A-Za-z])\?(?=[a-z])")
SPOILT = re.compile(r'(?<!\?)"\?(?=\S|$)')
NEVER_OWNED = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "because", "but", "by", "can", "could", "did", "do",
    "for", "from", "had", "has", "have", "he", "i", "if", "in", "is", "it", "may", "must", "not",
    "of", "on", "or", "said", "says", "she", "should", "so", "than", "that", "the", "then", "they",
    "this", "to", "was", "we", "were", "when", "where", "which", "while", "who", "will", "with",
    "would", "you",
})  # fmt: skip
OPENERS = frozenset(" \t\n([{—–-'")

# Each needs its neighbours only; in this order.
LOCAL = (
    (re.compile(r"(?<=\b[A-Z])\"\ufffd(?=[A-Z])"), "'"),  # O"�Neill
    (re.compile(r"(?<=[A-Za-z])\"\ufffd(?=(?:t|s|re|ve|ll|d|m)\b)", re.IGNORECASE), "'"),  # CAN"�T
    (re.compile(r"(?<![A-Za-z])\"\ufffd(?=[\w\[(])"), '"'),  # said. "�We
    (re.compile(r"(?<=[A-Za-z])\"(?=(?:t|s|re|ve|ll|d|m)\b)"), "'"),  # didn"t
    (re.compile(r"(?<=[A-Za-z])\"{1,2}\?(?=s\b)"), "'"),  # word""?s
    (re.compile(r"\b(we|you|they)'r\b(?!')", re.IGNORECASE), r"\1're"),  # they'r
    (re.compile(r"(?<=[.,!?])\"\"(?=\w)"), '" "'),  # baby parts.""Everyone
    (re.compile(r"(?<=\s)\"\"(?=[\w?])|(?<=[\w.,!?])\"\"(?=\s|$)"), '"'),  # said: ""Flybe
    (re.compile(r"(?<=[.,!?%)\]'])\"\?-?(?=[\w\"$(\[@#\ufffd]|$)"), '" '),  # a game,"?he
    (re.compile(r"(?<=[.,;:!?])-(?=\s|$)"), ""),  # week.- Dives
    (re.compile(r"(?<=[.,;:!?])-(?=[A-Za-z\"'(])"), " "),  # UK.-The
    (re.compile(r"(?<=[.,!?]\")-(?=\w)"), " "),  # needed,"-said
)


@dataclass(frozen=True)
class Repaired:
    """A mended text, how many places were mended and how many stayed broken."""

    text: str
    mended: int
    left: int


def repair_text(text: str) -> Repaired:
    """All repairs, and a count of what stays: marks of unknown kind, lost letters and digits."""
    mended, count = repair_quotes(text)
    return Repaired(mended, count, len(LEFT.findall(mended)))


def repair_quotes(text: str) -> tuple[str, int]:
    """The text with its marks mended where their place leaves one reading, and how many were mended."""
    total = 0
    for pattern, replacement in LOCAL:
        text, count = pattern.subn(replacement, text)
        total += count
    text, count = _mend_spoilt(text)
    return text, total + count


def _mend_spoilt(text: str) -> tuple[str, int]:
    """Each `"?` as the mark that its surroundings ask for; kept where they do not."""
    done, position, count = "", 0, 0
    for match in SPOILT.finditer(text):
        done += text[position : match.start()]
        mark = _read_mark(done, text[match.end() : match.end() + REACH])
        done, position, count = done + (mark or match.group()), match.end(), count + bool(mark)
    return done + text[position:], count


def _read_mark(before: str, after: str) -> str:
    """What `"?` was between these: a dash, an apostrophe or a closing mark with its blank; empty: unclear."""
    if not before or after[:1] in CLEAR:  # nothing behind it, or what no word begins with
        return ""
    inside, closes = _is_inside(before), _closes_next(after)
    if before[-1].isspace():
        return "— " if inside or not closes else ""
    if not before[-1].isalnum() or not after[0].isalpha():
        return '" ' if inside else ""
    return _read_between_words(before, after, closing=inside and not closes, inside=inside)


def _read_between_words(before: str, after: str, *, closing: bool, inside: bool) -> str:
    """The same, directly behind a letter or digit and directly before a letter."""
    owns = before[-1] == "s" and not _goes_on(after)
    if closing or (inside and not owns):
        return '" '
    return "' " if owns else _read_opening_dash(before)


def _goes_on(after: str) -> bool:
    """Whether the next word cannot be what a possessive owns."""
    return after.partition(" ")[0].strip(",.;:").lower() in NEVER_OWNED


def _read_opening_dash(before: str) -> str:
    """A dash behind the place in capitals with which a report opens; empty for anything else."""
    return " — " if len(before) < 40 and before.isupper() else ""


def _is_inside(before: str) -> bool:
    """Whether the last quotation mark before this place opened a quotation."""
    tail = before[-REACH:]
    last = tail.rfind('"')
    return last >= 0 and _opens(tail, last)


def _closes_next(after: str) -> bool:
    """Whether the next quotation mark closes one."""
    first = after.find('"')
    return first > 0 and not after[first - 1].isspace() and not _opens(after, first)


def _opens(text: str, place: int) -> bool:
    """Whether a straight mark stands where one opens: blank, bracket or nothing before it, no blank after."""
    follows = text[place + 1 : place + 2]
    return (place == 0 or text[place - 1] in OPENERS) and not follows.isspace() and follows != "?"
