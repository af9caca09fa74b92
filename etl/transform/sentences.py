"""Sentences: where each one begins and ends, by rules; the headline is sentence 0 whatever it holds.

Works on any script with sentence marks; knows abbreviations of English, Spanish, German, Ukrainian and
Russian. A blank line always ends a sentence. Spans exclude the white space around a sentence; together they
cover everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from etl.schema import TABLES
from etl.transform.feature import Feature
from etl.transform.lexicon import read_words
from etl.transform.spans import split_paragraphs, trim_span
from etl.transform.voice import quoted_ranges

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
CLOSING = r"[\"'’”»“›)\]]*"
# A mark and what closes behind it, then white space, a CJK mark, or a lost blank ("was signed.Support us").
END = re.compile(
    r"[.!?…؟।。！？\n](?:(?<=\n)|(?<=[。！？])[。！？”」』）]*"
    rf"|[.!?…؟।]*{CLOSING}(?=\s)"
    rf"|(?<=[a-zа-яіїє]{{3}}[.!?]){CLOSING}(?=[A-ZА-ЯІЇЄ“][a-zа-яіїє]+\s))"
)
TITLES, COUNTED, PERHAPS, STARTERS, MONTHS = (
    read_words("sentence_ends", "rule", rule) for rule in ("title", "counted", "perhaps", "starter", "month")
)
SAID = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+|the\s+){1,4}(?:said|says|asked|asks|added|wrote|told|tweeted|shouted|replied|cried)\b"
)
BULLET = re.compile(r"[•‣▪●◦*–—-]\s")
WIDEST_WRAP, SHORT_LINE = 100, 0.6  # characters; share of the widest line

Range = tuple[int, int]


class Split(NamedTuple):
    """What is needed to judge one possible end: the text, its bounds, the end, its language."""

    text: str
    start: int
    end: int
    bound: int
    language: str


def find_sentences(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `sentences`; an article without a headline is numbered from 1."""
    known = texts.merge(articles[["article_id", "title", "language"]], on="article_id", validate="one_to_one")
    rows = [
        (article, *row)
        for article, text, body, title, language in zip(
            *(known[name] for name in ("article_id", "text", "body_start", "title", "language")), strict=True
        )
        for row in _read_article(text, body, title, language)
    ]
    names = ["article_id", "sentence", "start", "end", "paragraph", "role", "quoted"]
    return pd.DataFrame(rows, columns=names) if rows else TABLES["sentences"].empty()


def split_sentences(text: str, start: int, end: int, language: str = "en") -> list[Range]:
    """The ranges of the sentences of one paragraph, [start, end) of a text, less white space."""
    ranges: list[Range] = []
    wrapped = _is_wrapped(text, start, end)
    for match in END.finditer(text, start, end):
        if match.end() <= start:
            continue
        newline = match.group() == "\n"
        split = Split(text, start, match.end(), end, language)
        if _ends_line(split, wrapped=wrapped) if newline else _ends_sentence(split, match.start()):
            ranges.append((start, match.end()))
            start = match.end()
    return [r for r in (trim_span(text, *r) for r in [*ranges, (start, end)]) if r[0] < r[1]]


def _read_article(
    text: str, body_start: int, title: str, language: str
) -> Iterator[tuple[int, int, int, int, str, float]]:
    """Number, start, end, paragraph, role and quoted share of each sentence of one article."""
    quoted = quoted_ranges(text)
    headline = _headline_end(text, title)
    if headline:
        yield 0, *trim_span(text, 0, headline), 0, "headline", _share_quoted(text, (0, headline), quoted)
    number = 0
    for paragraph, (start, end) in enumerate(split_paragraphs(text)):
        for piece in split_sentences(text, max(start, headline), end, language):
            number += 1
            role = "body" if piece[0] >= body_start else "subtitle"
            yield number, *piece, paragraph, role, _share_quoted(text, piece, quoted)


def _headline_end(text: str, title: str) -> int:
    """Where the headline that opens a text ends; 0 where the text does not open with its title."""
    opens = title.strip() and text.startswith(title) and not text[len(title) : len(title) + 1].isalnum()
    return len(title) if opens else 0


def _ends_sentence(split: Split, mark: int) -> bool:
    """Whether the marks at `mark`, with what closes behind them, end a sentence."""
    text, after = split.text, split.text[split.end : split.bound].lstrip()[:60]
    if not after or text[mark] in "。！？":
        return True
    first = after[0]
    if first.islower() or first in ",;:.!?…)":
        return False
    marks = text[mark : split.end]
    if marks[0] == "." and not marks.startswith(".."):
        return _ends_at_period(split, mark, after)
    return not (marks[0] in "!?" and marks[-1] in "\"'’”»" and SAID.match(after))


def _ends_at_period(split: Split, mark: int, after: str) -> bool:
    """Whether one period ends a sentence, by the word before it and the words after it."""
    token = _word_before(split, mark)
    word = token.lower()
    if word in TITLES or (word in COUNTED and after[0].isdigit()):
        return False
    if word.isdigit() and (_is_alone(split, mark) or _is_ordinal(word, after, split.language)):
        return False
    return not _is_shortened(token) or _opens_sentence(after)


def _is_shortened(token: str) -> bool:
    """Whether a word with a period may be an abbreviation: known, an initial, letters parted by periods."""
    word = token.lower()
    return word in PERHAPS or (len(word) == 1 and token.isupper()) or ("." in word and len(word) < 9)


def _word_before(split: Split, mark: int) -> str:
    """The characters before a mark back to white space, without brackets and quotation marks."""
    begin = max(split.start, mark - 24)
    pieces = split.text[begin:mark].split()
    return pieces[-1].lstrip("([\"'“‘«„—–") if pieces and not split.text[mark - 1].isspace() else ""


def _is_alone(split: Split, mark: int) -> bool:
    """Whether only one word stands between the sentence's beginning and a mark, as the number of a list."""
    return len(split.text[split.start : mark].split()) == 1


def _is_ordinal(word: str, after: str, language: str) -> bool:
    """Whether a number with a period is an ordinal, as in German: "24. Juni"."""
    name = after.split()[0].rstrip(".,;:").lower()
    return len(word) <= 2 and (language == "de" or name in MONTHS)


def _opens_sentence(after: str) -> bool:
    """Whether the next word seldom stands in a name, so that an abbreviation before it ends its sentence."""
    first = WORD.search(after)
    return after[0] in '"“«„‘' or (first is not None and first.group().lower() in STARTERS)


def _is_wrapped(text: str, start: int, end: int) -> bool:
    """Whether the lines of a paragraph were broken to a width, so that a newline means nothing."""
    return max(map(len, text[start:end].split("\n"))) <= WIDEST_WRAP


def _ends_line(split: Split, *, wrapped: bool) -> bool:
    """Whether a newline ends a sentence: a line of a list, or one that ends long before the width."""
    after = split.text[split.end : split.bound].lstrip()
    if not wrapped or BULLET.match(after):
        return True
    line = split.text[split.text.rfind("\n", split.start, split.end - 1) + 1 : split.end - 1]
    width = max(map(len, split.text[split.start : split.bound].split("\n")))
    return len(line) < SHORT_LINE * width and not after[:1].islower()


def _share_quoted(text: str, sentence: Range, quoted: Sequence[Range]) -> float:
    """Share of the words of a sentence that begin inside quotation marks; 0 for a sentence without words."""
    start, end = sentence
    inside = [(max(a, start), min(b, end)) for a, b in quoted if a < end and b > start]
    words = len(WORD.findall(text, start, end)) if inside else 0
    return min(1.0, sum(len(WORD.findall(text, a, b)) for a, b in inside) / words) if words else 0.0


SENTENCES = Feature(makes="sentences", needs=("articles", "texts"), compute=find_sentences, scope="article")
