"""Spans: small verbs on frames whose rows hold `article_id, start, end`, half-open offsets into the text."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """The range of each paragraph, without the white space around it; blank lines part paragraphs."""
    breaks = [match.span() for match in BLANK_LINE.finditer(text)]
    starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)]
    trimmed = (trim_span(text, start, end) for start, end in zip(starts, ends, strict=True))
    return [(start, end) for start, end in trimmed if start < end]


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its sides; empty, at its end, for nothing else."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def slice_spans(spans: pd.DataFrame, texts: pd.DataFrame) -> pd.Series:
    """The words of each span, in the order and with the index of `spans`; missing for an unknown article."""
    text_of = dict(zip(texts["article_id"], texts["text"], strict=True))
    rows = zip(spans["article_id"], spans["start"], spans["end"], strict=True)
    words = [text_of[article][start:end] if article in text_of else pd.NA for article, start, end in rows]
    return pd.Series(words, index=spans.index, dtype="str", name="surface")


def sentence_at(spans: pd.DataFrame, sentences: pd.DataFrame) -> pd.Series:
    """Number of the sentence in which each span starts, with the index of `spans`.

    A span between two sentences belongs to the one before it, a span before the first to the first;
    missing (`Int64`) where the article has no sentences.
    """
    ordered = sentences.sort_values(["article_id", "start"], kind="stable")
    ids = pd.Index(ordered["article_id"].unique())
    width = 1 + max((int(frame["start"].max()) for frame in (spans, ordered) if len(frame)), default=0)
    starts = ids.get_indexer(ordered["article_id"]) * width + ordered["start"].to_numpy(dtype="int64")
    article = ids.get_indexer(spans["article_id"])
    wanted = article * width + spans["start"].to_numpy(dtype="int64")
    first = np.searchsorted(starts, article * width, side="left")
    found = np.maximum(np.searchsorted(starts, wanted, side="right") - 1, first)
    numbers = pd.array(ordered["sentence"].to_numpy(dtype="int64")[found[article >= 0]], dtype="Int64")
    answer = pd.Series(pd.NA, index=spans.index, dtype="Int64", name="sentence")
    answer.iloc[np.flatnonzero(article >= 0)] = numbers
    return answer
