"""Compared: which outlets write in a language of which stories, so that not carrying one says something."""

from __future__ import annotations

import pandas as pd

from dashboard.queries.selection import key_articles
from etl.store import Snapshot

SPOKEN = """SELECT DISTINCT outlet, language FROM (
    SELECT outlet, unnest(string_split(languages, '; ')) AS language FROM outlets WHERE languages <> ''
    UNION ALL SELECT outlet, language FROM article_keys)"""
TOLD = "SELECT DISTINCT story_id, language FROM article_keys WHERE story_id = ANY(?::VARCHAR[])"


def share_languages(snapshot: Snapshot, stories: list[str]) -> pd.DataFrame:
    """Whether an outlet writes in a language of a story: a row a story, a column an outlet.

    An outlet writes in the languages that it is configured with and in those of its articles. Where none is known of
    the story or of the outlet, the two are compared.
    """
    key_articles(snapshot)
    spoken, told = snapshot.sql(SPOKEN), snapshot.sql(TOLD, (stories,))
    known = sorted({*spoken["language"], *told["language"]} - {"und"})
    one = pd.crosstab(told["story_id"], told["language"]).reindex(columns=known, fill_value=0)
    other = pd.crosstab(spoken["outlet"], spoken["language"]).reindex(columns=known, fill_value=0)
    unknown = (one.sum(axis=1) == 0).to_numpy()[:, None] | (other.sum(axis=1) == 0).to_numpy()
    shared = one.to_numpy() @ other.to_numpy().T > 0
    return pd.DataFrame(shared | unknown, index=one.index, columns=other.index)
