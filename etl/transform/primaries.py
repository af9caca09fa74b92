"""Primaries: which words of an original text each quotation repeats, run by run, with their place in both.

A story is about an original text where one of its quotations repeats at least five telling runs of three
words of it. Of such a story a quotation comes from the original where it is copied or retells it by the rules
that join quotations to utterances (utterances.py), or where it is a phrase of three or four words, two of them
no function words, that stands in it as it is. Of a quotation that stands partly inside quotation marks only
that part is compared, and each part beside an ellipsis by itself. Texts in another language are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property

import numpy as np
import pandas as pd

from etl.schema import TABLES
from etl.transform.feature import Feature
from etl.transform.sentences import split_sentences
from etl.transform.shingles import Hashes, Mask, Numbers, Tokens, hash_shingles, read_tokens
from etl.transform.spans import split_paragraphs
from etl.transform.utterances import (
    CONTAINED,
    RETOLD,
    RUN,
    SHORTEST,
    TELLING,
    TELLING_PHRASE,
    mark_telling,
)
from etl.transform.vectors import read_stop_words
from etl.transform.voice import quoted_ranges

ELLIPSIS = re.compile(r"\.{3}|…")
REACH, ASIDE = 2, 10  # the original is searched beside a run for so many times the words left, and these more
LEAST = 2  # words of a run beside a longer one
UNDETERMINED = "und"
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class _Original:
    """One original text: its row, its words and where its sentences stand."""

    row: dict[str, object]
    words: Tokens

    @property
    def text(self) -> str:
        """The text as it stands."""
        return str(self.row["text"])

    @cached_property
    def matcher(self) -> SequenceMatcher[int]:
        """Finds words of others in this text."""
        return SequenceMatcher(None, [], self.words.codes.tolist(), autojunk=False)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences in order; together they hold every word."""
        language = str(self.row["language"])
        return [
            sentence
            for start, end in split_paragraphs(self.text)
            for sentence in split_sentences(self.text, start, end, language)
        ]

    def passage(self, start: int, end: int) -> Span:
        """The whole sentences that hold these characters."""
        held = [(a, b) for a, b in self.sentences if a < end and start < b]
        return min(a for a, _ in held), max(b for _, b in held)


def align_primaries(
    quotes: pd.DataFrame,
    texts: pd.DataFrame,
    articles: pd.DataFrame,
    story_articles: pd.DataFrame,
    primaries: pd.DataFrame,
) -> pd.DataFrame:
    """Rows for the table `primary_quotes`; none for a quotation that repeats no original text."""
    if quotes.empty or primaries.empty:
        return TABLES["primary_quotes"].empty()
    pieces = _cut_pieces(quotes, texts, articles, story_articles)
    tokens = read_tokens(tuple(pieces["words"]))
    rows: list[dict[str, object]] = []
    for row in primaries.sort_values("primary_id").to_dict("records"):
        original = _Original(
            row={str(name): value for name, value in row.items()}, words=read_tokens((row["text"],))
        )
        for place in np.flatnonzero(_choose_pieces(pieces, tokens, original)):
            piece = pieces.iloc[place]
            rows += _align_piece(piece, tokens.pick(np.array([place])), original)
    if not rows:
        return TABLES["primary_quotes"].empty()
    found = pd.DataFrame(rows).sort_values(
        ["article_id", "start", "primary_id", "primary_start", "run_start"]
    )
    return found.drop_duplicates(list(TABLES["primary_quotes"].key))


def _cut_pieces(
    quotes: pd.DataFrame, texts: pd.DataFrame, articles: pd.DataFrame, story_articles: pd.DataFrame
) -> pd.DataFrame:
    """One row a piece of a quotation: article_id, start and end (of the quotation), at, words, story, language."""
    text_of = dict(zip(texts["article_id"], texts["text"], strict=True))
    said = quotes.sort_values(["article_id", "start"])
    rows = [
        (article, start, last, at, text_of[article][at:end])
        for article, start, last, kind in zip(
            said["article_id"], said["start"], said["end"], said["kind"], strict=True
        )
        for at, end in _list_pieces(text_of[article][start:last], start, kind)
    ]
    pieces = pd.DataFrame(rows, columns=["article_id", "start", "end", "at", "words"])
    told = pieces.merge(articles[["article_id", "language"]], on="article_id", validate="many_to_one")
    joined = told.merge(
        story_articles[["article_id", "story_id"]], on="article_id", how="left", validate="many_to_one"
    )
    return joined.assign(story=joined["story_id"].fillna(joined["article_id"]))


def _list_pieces(said: str, start: int, kind: str) -> Iterator[Span]:
    """The parts of a quotation that stand as they were said, with no ellipsis inside."""
    for first, last in [(0, len(said))] if kind == "direct" else quoted_ranges(said):
        edges = [first, *(edge for cut in ELLIPSIS.finditer(said, first, last) for edge in cut.span()), last]
        yield from ((start + a, start + b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def _choose_pieces(pieces: pd.DataFrame, tokens: Tokens, original: _Original) -> Mask:
    """True for the pieces of quotations that come from the original text; a quotation is judged as a whole."""
    whole = pieces.groupby(["article_id", "start"], observed=True).ngroup().to_numpy()
    runs, places = hash_shingles(tokens, RUN)
    held = np.isin(runs, hash_shingles(original.words, RUN)[0])
    telling = mark_telling(tokens)[places]

    def count(kept: Mask, words: Numbers = places) -> Numbers:
        return np.bincount(whole[tokens.texts[words[kept]]], minlength=len(whole))[whole]

    size, shared = count(np.ones(len(runs), dtype=np.bool_)), count(held)
    tells, retells = count(telling), count(held & telling)
    plain = ~np.isin(tokens.codes, read_stop_words("en"))
    copied = (size >= SHORTEST) & (shared >= CONTAINED * size)
    retold = (retells >= TELLING) & (retells >= RETOLD * tells)
    phrase = (size > 0) & (size < SHORTEST) & (shared == size)
    phrase &= count(plain, np.arange(len(plain))) >= TELLING_PHRASE
    comparable = _may_compare(pieces["language"], str(original.row["language"]))
    anchored = comparable & (copied | retold) & (retells >= TELLING)
    about = pieces["story"].isin(pieces.loc[anchored, "story"]).to_numpy()
    chosen: Mask = comparable & about & (copied | retold | phrase)
    return chosen


def _may_compare(languages: pd.Series, language: str) -> Mask:
    """True where both are in one language, or one is not known."""
    if language == UNDETERMINED:
        return np.ones(len(languages), dtype=np.bool_)
    same: Mask = languages.isin([language, UNDETERMINED]).to_numpy()
    return same


def _align_piece(piece: pd.Series, words: Tokens, original: _Original) -> Iterator[dict[str, object]]:
    """One row a run of words that the piece and the original text have in the same order."""
    for match in _match_runs(words.codes, original):
        first, last = match.b, match.b + match.size - 1
        start, end = int(original.words.starts[first]), int(original.words.ends[last])
        passage = original.passage(start, end)
        yield {
            "article_id": piece["article_id"],
            "start": piece["start"],
            "end": piece["end"],
            "primary_id": original.row["primary_id"],
            "primary_start": start,
            "primary_end": end,
            "run_start": piece["at"] + int(words.starts[match.a]),
            "run_end": piece["at"] + int(words.ends[match.a + match.size - 1]),
            "passage_start": passage[0],
            "passage_end": passage[1],
            "tokens": match.size,
        }


def _match_runs(codes: Hashes, original: _Original) -> list[Match]:
    """The longest run of words in both, then the longest ones before and after it, in order.

    Beside a run only the words nearby are searched: the original may say the same somewhere else again.
    """
    matcher = original.matcher
    matcher.set_seq1(codes.tolist())
    telling = ~np.isin(codes, read_stop_words("en"))
    found: list[Match] = []
    waiting = [(0, len(codes), 0, len(original.words.codes), RUN)]
    while waiting:
        first, last, low, high, least = waiting.pop()
        match = matcher.find_longest_match(first, last, low, high)
        if match.size < least or not (match.size >= RUN or telling[match.a : match.a + match.size].any()):
            continue
        found.append(match)
        after, beyond = match.a + match.size, match.b + match.size
        left, right = REACH * (match.a - first) + ASIDE, REACH * (last - after) + ASIDE
        waiting += [
            (first, match.a, max(low, match.b - left), match.b, LEAST),
            (after, last, beyond, min(high, beyond + right), LEAST),
        ]
    return sorted(found, key=lambda match: match.a)


PRIMARY_QUOTES = Feature(
    makes="primary_quotes",
    needs=("quotes", "texts", "articles", "story_articles", "primaries"),
    compute=align_primaries,
    scope="window",
)
