"""Frames: which of five generic frames the wording of a sentence carries, and the words that carry it most.

Conflict, human interest, economic, morality, responsibility (Semetko & Valkenburg 2000), by a linear model
that benchmarks/train_frames.py trained on 336 articles of ONE topic, climate news in English
(narrative-framing, Frermann et al. 2023, MIT). On other topics it is a hint and no measurement; the scheme's
name says so. Whether an article carries a frame is judged on all its words, with thresholds that favour
precision; the sentences named are those where the same weights find it most. See data/models/frames.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from etl.schema import TABLES
from etl.transform.feature import Feature
from etl.transform.lexicon import read_words
from etl.transform.linear import Array, LinearModel, read_model, squash
from etl.transform.spans import slice_spans

SCHEME = "generic (climate-trained)"
FRAME_NAMES = ("conflict", "human_interest", "economic", "morality", "responsibility")
LANGUAGES = ("en",)
TOKEN = re.compile(r"[A-Za-z][A-Za-z'’\-]+")
PREFIX, FEWEST_WORDS = 6, 4  # letters of a stem; content words of a sentence
GAP, SURE = 0.4, 0.6  # cost of a word in a run, as share of the strongest; probability


class Word(NamedTuple):
    """One content word of a sentence and its place in it."""

    form: str
    start: int
    end: int


def find_frames(articles: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Rows for the table `frames`: in articles that carry a frame, the sentences that carry it most."""
    english = articles.loc[articles["language"].isin(LANGUAGES), ["article_id"]]
    known = sentences.merge(english, on="article_id", validate="many_to_one")
    model = read_model("frames")
    words = [read_words_of(text) for text in slice_spans(known, texts)]
    scores = score_sentences(words, model)
    whole = score_articles(known["article_id"], words, model)
    chosen = choose_sentences(known["article_id"], scores, whole, model)
    rows = [
        (place, model.labels[label], scores[place, label], *find_evidence(words[place], model, label))
        for place, label in chosen
    ]
    if not rows:
        return TABLES["frames"].empty()
    made = pd.DataFrame(rows, columns=["place", "frame", "score", "evidence_start", "evidence_end"])
    place = known.iloc[made["place"].to_numpy()].reset_index(drop=True)
    return made.assign(
        article_id=place["article_id"],
        sentence=place["sentence"],
        scheme=SCHEME,
        evidence_start=made["evidence_start"] + place["start"],
        evidence_end=made["evidence_end"] + place["start"],
    )


def choose_sentences(
    article: pd.Series, scores: Array, whole: Array, model: LinearModel
) -> list[tuple[int, int]]:
    """Row and label of each sentence to name: its article carries the frame, and it is sure or strongest."""
    strongest = pd.DataFrame(scores).groupby(article.to_numpy(), observed=True).transform("max").to_numpy()
    kept = (whole > model.threshold) & (scores > 0) & ((scores >= SURE) | (scores == strongest))
    return [(int(place), int(label)) for place, label in np.argwhere(kept)]


def score_articles(article: pd.Series, words: Sequence[Sequence[Word]], model: LinearModel) -> Array:
    """Probability of each frame in the whole article, repeated for each of its sentences."""
    codes, ids = pd.factorize(article)
    documents: list[list[str]] = [[] for _ in ids]
    for code, sentence in zip(codes, words, strict=True):
        documents[code] += describe_words(sentence)
    scores = squash(model.score(documents)) if documents else np.zeros((0, len(model.labels)))
    return np.asarray(scores[codes])


def score_sentences(words: Sequence[Sequence[Word]], model: LinearModel) -> Array:
    """Probability of each frame, one row a sentence; 0 for sentences of too few content words."""
    if not words:
        return np.zeros((0, len(model.labels)))
    scores = squash(model.score([describe_words(sentence) for sentence in words]))
    enough = np.array([len(sentence) >= FEWEST_WORDS for sentence in words])
    return np.asarray(scores * enough[:, None])


def read_words_of(text: str) -> list[Word]:
    """The content words of a text, lower case, with their places."""
    stop = read_words("stopwords", "language", "en")
    words = (Word(match.group().lower(), *match.span()) for match in TOKEN.finditer(text))
    return [word for word in words if word.form not in stop]


def describe_words(words: Sequence[Word]) -> list[str]:
    """The features of a sentence or article: its content words and the stems of longer ones."""
    return [feature for word in words for feature in _features(word)]


def find_evidence(words: Sequence[Word], model: LinearModel, label: int) -> tuple[int, int]:
    """The run of words that adds most to a frame: start of its first, end of its last."""
    worth = np.array([model.weigh(list(_features(word)), label).sum() for word in words])
    first, last = _best_run(worth - GAP * max(worth.max(), 0.0))
    return words[first].start, words[last].end


def _features(word: Word) -> Iterator[str]:
    """A word, and its stem if it is long."""
    yield word.form
    if len(word.form) > PREFIX:
        yield f"p:{word.form[:PREFIX]}"


def _best_run(worth: Array) -> tuple[int, int]:
    """First and last of the run with the largest sum (Kadane); of the largest value if all are negative."""
    best, first, last = -np.inf, 0, 0
    total, begin = 0.0, 0
    for index, value in enumerate(worth):
        if total <= 0:
            total, begin = 0.0, index
        total += value
        if total > best:
            best, first, last = total, begin, index
    return first, last


FRAMES = Feature(
    makes="frames", needs=("articles", "texts", "sentences"), compute=find_frames, scope="article"
)
