"""Titles: the headline that stands for a story is the one most like its other headlines (the medoid), and whose
words the openings of its articles confirm; without the labels and names that outlets put around headlines."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from etl.transform.shingles import read_tokens
from etl.transform.vectors import weigh_words

OPENING = 400  # characters of a body that confirm a headline: who did what stands there
CONFIRMED = 0.4  # weight of that beside the likeness to other headlines; on 36 own lines ROUGE-1 .51 -> .55
SHOUTED = 1.0  # what a headline in capitals loses: it is taken only where there is no other
ACRONYM = 8  # characters up to which capitals are a name: "OPEC+"
LABEL = re.compile(
    r"^\W*(?:watch|video|live|live updates?|exclusive|breaking(?: news)?|analysis|opinion|comment|update[sd]?|"
    r"photos?|in pictures|factbox|explainer|press review)\W*(?:[:|]|\s[–—-])\s+",
    re.IGNORECASE,
)
MEDIUM = re.compile(r"\s*(?:[\[(](?i:video|photos?|live|updated?|audio)[\])]|(?<=\w)\s(?:VIDEO|PHOTOS?))\s*$")
NAME = re.compile(r"^(?P<title>.{12,}?\S)\s+(?P<mark>[|–—-])\s+(?P<name>[^|–—]{2,40})$")
Scores = npt.NDArray[np.float64]


def choose_headlines(members: pd.DataFrame) -> pd.Series:
    """The headline of each story by `story_id`, as `title`; of equals the earlier row; empty for none.

    A story of several languages has one in the language of most of its headlines. Takes rows in order of
    publication with story_id, language and title, and may take outlet and opening.
    """
    outlets = members["outlet"] if "outlet" in members else pd.Series("", index=members.index)
    cleaned = [clean_headline(title, outlet) for title, outlet in zip(members["title"], outlets, strict=True)]
    titled = members.assign(title=cleaned)
    titled = titled[titled["title"].ne("")]
    scores = [
        _score_headlines(part, str(language)) for language, part in titled.groupby("language", observed=True)
    ]
    alike = titled.groupby(["story_id", "language"], observed=True)["title"].transform("size")
    ranked = titled.assign(score=pd.concat(scores) if scores else pd.Series(dtype="float64"), alike=alike)
    best = ranked.sort_values(["alike", "score"], ascending=False, kind="stable").drop_duplicates("story_id")
    titles = best.set_index("story_id")["title"]
    return titles.reindex(members["story_id"].unique(), fill_value="").rename("title")


def clean_headline(title: str, outlet: str = "") -> str:
    """The headline without "Watch:", "[VIDEO]" and the outlet's name or site behind it; never less than words."""
    tidy = " ".join(title.split())
    bare = MEDIUM.sub("", LABEL.sub("", tidy)).strip()
    named = NAME.match(bare)
    if named and (named["mark"] == "|" or _fold(named["name"]) == _fold(outlet)):
        bare = named["title"]
    return bare if re.search(r"\w", bare) else tidy


def _score_headlines(members: pd.DataFrame, language: str) -> pd.Series:
    """How well each headline stands for its story, with the index of `members`."""
    story = pd.factorize(members["story_id"])[0]
    shouted = members["title"].str.isupper().to_numpy() & (members["title"].str.len() > ACRONYM).to_numpy()
    scores = _compare_headlines(members, story, language) - SHOUTED * shouted
    if "opening" in members:
        scores = scores + CONFIRMED * _confirm_headlines(members, story, language)
    return pd.Series(scores.round(9), index=members.index)


def _compare_headlines(members: pd.DataFrame, story: npt.NDArray[np.int64], language: str) -> Scores:
    """Mean likeness of each headline to those of its story, itself included."""
    words = weigh_words(read_tokens(tuple(members["title"])), language)
    return _mean_by_story(words, words, story)


def _confirm_headlines(members: pd.DataFrame, story: npt.NDArray[np.int64], language: str) -> Scores:
    """The share of each headline's weight that stands in an opening of its story, as a mean over these."""
    count = len(members)
    both = weigh_words(read_tokens((*members["title"], *members["opening"])), language, once=True)
    titles, openings = both[:count], both[count:]
    openings.data = np.ones_like(openings.data)
    weights = np.asarray(titles.sum(axis=1)).ravel()
    return _mean_by_story(titles, openings, story) / np.where(weights > 0, weights, 1.0)


def _mean_by_story(rows: csr_matrix, others: csr_matrix, story: npt.NDArray[np.int64]) -> Scores:
    """The product of each row with the mean of the other kind of rows in its story."""
    sizes = np.bincount(story)
    membership = csr_matrix((1 / sizes[story], (story, np.arange(len(story)))))
    product = rows.multiply((membership @ others)[story]).sum(axis=1)
    return np.asarray(product, dtype=np.float64).ravel()


def _fold(name: str) -> str:
    """A name as it is compared: letters and digits in lower case."""
    return re.sub(r"[\W_]", "", name.casefold())
