"""Log: what became of stories between two versions of the store.

A story is named after its first article, so it has another name once an earlier one is found; it is merged or
split when later articles tell what belongs together. Versions of the store keep all of that; noted is only where
the articles of a name that is gone are now, so that a link to it leads on.
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


def lead_on(before: pd.DataFrame, articles_before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Rows for `stories` that lead from each name that is gone to the story that holds most of its articles now.

    `before` is `stories` as it was, `articles_before` and `after` are `story_articles` as it was and is. Names
    that were gone already follow their story; one whose articles are all gone leads nowhere and has no row. The
    other columns stay as they were.
    """
    moves = trace_stories(articles_before, after).sort_values(["articles", "into"], ascending=[False, True])
    into = moves.drop_duplicates("story_id").set_index("story_id")["into"]
    named = set(after["story_id"])
    gone = before[~before["story_id"].isin(named)]
    last = gone["merged_into"].where(gone["merged_into"].notna(), gone["story_id"])
    led = gone.assign(merged_into=last.map(into).where(~last.isin(named), last))
    return led[led["merged_into"].notna()]
