"""Compared: which outlets write in a language of which stories, so that not carrying one says something."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.queries.overlap import number_stories
from etl.store import Snapshot

Floats = npt.NDArray[np.float32]
LANGUAGES = {
    "outlet_languages": """SELECT DISTINCT outlet AS who, language FROM (
        SELECT outlet, unnest(string_split(languages, '; ')) AS language FROM outlets WHERE languages <> ''
        UNION ALL SELECT outlet, language FROM article_keys) ORDER BY ALL""",
    "story_languages": """SELECT DISTINCT story AS who, language FROM article_keys JOIN story_keys USING (article)
        WHERE story_id IS NOT NULL ORDER BY ALL""",
}


def share_languages(snapshot: Snapshot) -> pd.DataFrame:
    """Whether an outlet writes in a language of a story: a row a story (its number), a column an outlet.

    An outlet writes in the languages that it is configured with and in those of its articles. Where none is known of
    the story or of the outlet, the two are compared.
    """
    number_stories(snapshot)
    spoken, told = (_list_languages(snapshot, table) for table in LANGUAGES)
    known = sorted({*spoken["language"], *told["language"]} - {"und"})
    (outlets, other), (stories, one) = (_spread(rows, known) for rows in (spoken, told))
    silent, mute = (part.sum(axis=1, keepdims=True) == 0 for part in (one, other))
    return pd.DataFrame((one @ other.T > 0) | silent | mute.T, index=stories, columns=outlets)


def _list_languages(snapshot: Snapshot, table: str) -> pd.DataFrame:
    """who, language: the table of these, made at the first call."""
    snapshot.keep(table, LANGUAGES[table])
    return snapshot.sql(f"FROM {table}")


def _spread(rows: pd.DataFrame, known: list[str]) -> tuple[pd.Index, Floats]:
    """Who there is, and 1 in the columns of their languages, a row each."""
    codes, who = pd.factorize(rows["who"])
    at = pd.Index([*known, "und"]).get_indexer(pd.Index(rows["language"]))
    table = np.zeros((len(who), len(known) + 1), dtype="float32")
    table[codes, at] = 1
    return pd.Index(who), table[:, :-1]
