"""A large collection for measuring stories: real articles retold, so that each has look-alikes and strangers."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from etl.extract.newsarticles import fetch_corpus
from etl.settings import DATA

SENTENCE = re.compile(r"(?<=[.!?])\s+")
OWN = 0.6  # share of an article's sentences that a retelling keeps; the others are those of a stranger
DAYS = 60
FIRST = pd.Timestamp("2017-01-01", tz="UTC")


def read_corpus() -> pd.DataFrame:
    """The articles of NewsArticles: title, text, day (missing where it is none)."""
    corpus = pd.read_csv(fetch_corpus(DATA / "demo" / "cache"), encoding_errors="replace").fillna("")
    days = pd.to_datetime(corpus["publish_date"].str.strip(), errors="coerce", format="mixed", utc=True)
    return pd.DataFrame(
        {"title": corpus["title"].astype("str"), "text": corpus["text"].astype("str"), "day": days}
    )


def retell(corpus: pd.DataFrame, count: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `articles` and `texts` of so many retellings within 60 days."""
    chance = np.random.default_rng(seed)
    told = [SENTENCE.split(text) for text in corpus["text"]]
    titles = corpus["title"].tolist()
    texts = [
        _mix(told[number % len(told)], told[chance.integers(len(told))], chance) for number in range(count)
    ]
    ids = [f"{number:08d}" for number in range(count)]
    minutes = pd.to_timedelta(np.sort(chance.integers(0, DAYS * 24 * 60, count)), unit="min")
    articles = pd.DataFrame({
        "article_id": ids,
        "title": [titles[number % len(told)] for number in range(count)],
        "language": "en",
        "published": FIRST + minutes,
    })  # fmt: skip
    return articles, pd.DataFrame({"article_id": ids, "text": texts, "body_start": 0})


def _mix(own: list[str], strange: list[str], chance: np.random.Generator) -> str:
    """An article of some sentences of one text and some of another."""
    kept = [sentence for sentence in own if chance.random() < OWN]
    return " ".join([*kept, *(sentence for sentence in strange if chance.random() > OWN)]) or own[0]
