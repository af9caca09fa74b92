"""Tone: how positive and how opinionated the wording of each English sentence is, and by which words.

Two instruments: TextBlob's lexicon (polarity -1 to 1, subjectivity 0 to 1, with the number of hits), and
counts of positive, negative and active words in the form of GDELT, from `data/lexicons/tone.csv`. They
read wording, not stance: "the attack was condemned" is negative whoever is meant. Sentences in other
languages get no row: unknown is not neutral.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

import pandas as pd
from textblob._text import RE_EMOTICONS
from textblob.en import Sentiment, sentiment

from etl.schema import TABLES
from etl.transform.feature import Feature
from etl.transform.lexicon import read_words
from etl.transform.spans import slice_spans

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
LANGUAGES = ("en",)


class Tone(NamedTuple):
    """TextBlob's tone of one text; None, None where it holds no word of the lexicon."""

    polarity: float | None
    subjectivity: float | None
    hits: int


class WordCounts(NamedTuple):
    """Words of one text in the tonal lexicon, and all its words."""

    positive: int
    negative: int
    active: int
    words: int


class PlainLexicon(dict[str, dict[str | None, list[float]]]):
    """TextBlob's lexicon as a plain dictionary, with what its rules ask of it: same answers, sooner."""

    def __init__(self) -> None:
        super().__init__(sentiment)
        self.labeler, self.modifier = sentiment.labeler, sentiment.modifier
        self.modifiers, self.negations = sentiment.modifiers, sentiment.negations


Assessment = tuple[list[str], float, float, str | None]
ASSESS: Callable[..., list[Assessment]] = Sentiment.assessments


def measure_tone(articles: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `tones`, one an English sentence."""
    english = articles.loc[articles["language"].isin(LANGUAGES), ["article_id"]]
    known = sentences.merge(english, on="article_id", validate="many_to_one")
    if known.empty:
        return TABLES["tones"].empty()
    wording = slice_spans(known, texts)
    tones = pd.DataFrame([rate_text(text) for text in wording]).astype(
        {"polarity": float, "subjectivity": float}
    )
    counts = pd.DataFrame([count_tone_words(text) for text in wording])
    return known[["article_id", "sentence"]].assign(
        textblob_polarity=tones["polarity"],
        textblob_subjectivity=tones["subjectivity"],
        textblob_hits=tones["hits"],
        positive_words=counts["positive"],
        negative_words=counts["negative"],
        active_words=counts["active"],
        words=counts["words"],
    )


def rate_text(text: str) -> Tone:
    """TextBlob's polarity and subjectivity of a text, equal to `TextBlob(text).sentiment`, and its hits."""
    lexicon, found = _plain_lexicon(), assess_text(text)
    if not found:
        return Tone(None, None, 0)
    hits = sum(sum(word in lexicon for word in chunk) or 1 for chunk, *_ in found)
    return Tone(
        sum(p for _, p, _, _ in found) / len(found), sum(s for _, _, s, _ in found) / len(found), hits
    )


@lru_cache(maxsize=1 << 12)  # the words behind a tone are asked for right after the tone
def assess_text(text: str) -> tuple[Assessment, ...]:
    """TextBlob's assessments in order: the words (with what modifies them), polarity, subjectivity, label."""
    tokens = " ".join(piece if piece.isalpha() else _split_piece(piece) for piece in text.split())
    joined = RE_EMOTICONS.sub(lambda found: found[1].replace(" ", "") + found[2], tokens)  # ": )" is ":)"
    return tuple(ASSESS(_plain_lexicon(), [(token, None) for token in joined.lower().split()]))


def find_tone_words(text: str) -> list[tuple[int, int, int]]:
    """Start, end and sign (1 positive, -1 negative) of each word of a text that is in the tonal lexicon."""
    positive, negative, _ = _tone_words()
    words = ((match, match.group().lower()) for match in WORD.finditer(text))
    signs = ((match, (word in positive) - (word in negative)) for match, word in words)
    return [(match.start(), match.end(), sign) for match, sign in signs if sign]


def count_tone_words(text: str) -> WordCounts:
    """Positive, negative and active words of a text by the tonal lexicon; a word may be active and either."""
    words = WORD.findall(text.lower())
    positive, negative, active = (sum(map(listed.__contains__, words)) for listed in _tone_words())
    return WordCounts(positive, negative, active, len(words))


@cache
def _tone_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The positive, negative and active words."""
    return (
        read_words("tone", "polarity", "1"),
        read_words("tone", "polarity", "-1"),
        read_words("tone", "active", "1"),
    )


@cache
def _plain_lexicon() -> PlainLexicon:
    """TextBlob's own lexicon, loaded once a process."""
    return PlainLexicon()


@lru_cache(maxsize=1 << 16)
def _split_piece(piece: str) -> str:
    """TextBlob's tokens of what stands between two blanks; across a blank it sees nothing but emoticons."""
    return " ".join(sentiment.tokenizer(piece))


TONES = Feature(
    makes="tones", needs=("articles", "texts", "sentences"), compute=measure_tone, scope="article"
)
