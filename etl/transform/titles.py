"""Titles: the headline that stands for a story is the one most like its other headlines (the medoid)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from etl.transform.shingles import read_tokens
from etl.transform.vectors import weigh_words


def choose_headlines(members: pd.DataFrame) -> pd.Series:
    """The medoid headline of each story by `story_id`, as `title`; of equals the earlier row; empty for none.

    Takes rows in order of publication with story_id, language and title.
    """
    titled = members[members["title"].str.strip().ne("")]
    scores = [
        _score_headlines(part, str(language)) for language, part in titled.groupby("language", observed=True)
    ]
    ranked = titled.assign(score=pd.concat(scores) if scores else pd.Series(dtype="float64"))
    best = ranked.sort_values("score", ascending=False, kind="stable").drop_duplicates("story_id")
    titles = best.set_index("story_id")["title"]
    return titles.reindex(members["story_id"].unique(), fill_value="").rename("title")


def _score_headlines(members: pd.DataFrame, language: str) -> pd.Series:
    """How much each headline is like all headlines of its story together, with the index of `members`."""
    words = weigh_words(read_tokens(tuple(members["title"])), language)
    story = pd.factorize(members["story_id"])[0]
    membership = csr_matrix((np.ones(len(story)), (story, np.arange(len(story)))))
    together = (membership @ words)[story]
    return pd.Series(words.multiply(together).sum(axis=1).A1.round(9), index=members.index)
