"""Log: what became of stories between two versions of the store.

A story is named after its first article, so it has another name once an earlier one is found; it is merged or
split when later articles tell what belongs together. Versions of the store keep all of that: nothing is noted.
"""

from __future__ import annotations

import pandas as pd


def trace_stories(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """One row a story and another one that holds articles of it now, from two tables `story_articles`.

    Columns: story_id (as it was), became (renamed, merged or split), into (a story of now), articles (moved).
    """
    moved = before[["article_id", "story_id"]].merge(
        after[["article_id", "story_id"]].rename(columns={"story_id": "into"}),
        on="article_id",
        validate="one_to_one",
    )
    flows = moved.groupby(["story_id", "into"], as_index=False, observed=True).size()
    parts = flows.groupby("story_id")["into"].transform("size")
    sources = flows.groupby("into")["story_id"].transform("size")
    became = pd.Series("renamed", index=flows.index).mask(sources > 1, "merged").mask(parts > 1, "split")
    told = flows.assign(became=became).rename(columns={"size": "articles"})
    changed = told[told["story_id"].ne(told["into"])]
    return changed[["story_id", "became", "into", "articles"]].reset_index(drop=True)
