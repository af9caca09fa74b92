"""Tone words: which words gave a sentence its TextBlob tone, so that a difference can be explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from etl.schema import TABLES
from etl.transform.feature import Feature
from etl.transform.spans import slice_spans
from etl.transform.tone import LANGUAGES, assess_text


def find_tone_words(articles: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `tone_words`, one a word of an English sentence that is in TextBlob's lexicon."""
    english = articles.loc[articles["language"].isin(LANGUAGES), ["article_id"]]
    known = sentences.merge(english, on="article_id", validate="many_to_one")
    places = zip(
        known["article_id"], known["sentence"], known["start"], slice_spans(known, texts), strict=True
    )
    rows = [
        (article_id, first + start, first + end, sentence, word, polarity)
        for article_id, sentence, first, text in places
        for start, end, word, polarity in locate_words(text)
    ]
    return (
        pd.DataFrame(rows, columns=list(TABLES["tone_words"].names)) if rows else TABLES["tone_words"].empty()
    )


def locate_words(text: str) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, word and polarity of each assessed word of a sentence, in order.

    A word whose letters TextBlob's tokenizer changed cannot be located and is left out.
    """
    lowered, place = text.lower(), 0
    if len(lowered) != len(text):  # a few letters grow in lower case; offsets would drift
        return
    for chunk, polarity, _, _ in assess_text(text):
        start, end = _locate_chunk(lowered, chunk, place)
        if start >= 0:
            yield start, end, " ".join(chunk), polarity
            place = end


def _locate_chunk(lowered: str, chunk: list[str], place: int) -> tuple[int, int]:
    """Where the chunk's words stand, from `place` on; (-1, -1) where one is missing."""
    start, end = -1, place
    for word in chunk:
        edges = (r"(?<!\w)" if word[0].isalnum() else "", r"(?!\w)" if word[-1].isalnum() else "")
        found = re.compile(re.escape(word).join(edges)).search(lowered, end)
        if found is None:
            return -1, -1
        start, end = found.start() if start < 0 else start, found.end()
    return start, end


TONE_WORDS = Feature(
    makes="tone_words", needs=("articles", "texts", "sentences"), compute=find_tone_words, scope="article"
)
