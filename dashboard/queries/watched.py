"""Watched: on which days each outlet was observed, so that what it did not publish on them counts as a zero."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.queries.baseline import Bools
from dashboard.queries.selection import key_articles
from etl.store import Snapshot

DAYS = "SELECT outlet, day, count(*) AS count FROM article_keys WHERE day IS NOT NULL GROUP BY ALL"
Places = npt.NDArray[np.int64]


def watch_days(snapshot: Snapshot) -> pd.DataFrame:
    """Whether each outlet with dated articles was observed: a row a day from the first to the last, a column an outlet.

    Over the whole store, whatever a filter chooses; without rows where no article is dated.
    """
    key_articles(snapshot)
    snapshot.keep("outlet_days", DAYS)
    rows = snapshot.sql("FROM outlet_days")
    table = rows.pivot(index="day", columns="outlet", values="count")
    table.index = pd.DatetimeIndex(table.index)
    days = pd.date_range(table.index.min(), table.index.max(), freq="D") if len(table) else table.index
    return watch_outlets(snapshot, table.reindex(days).fillna(0.0).sort_index(axis=1).astype("float64"))


def watch_outlets(snapshot: Snapshot, counts: pd.DataFrame) -> pd.DataFrame:
    """Whether each outlet was observed on each day, in the shape of the counts (a row a day, a column an outlet).

    An outlet without any observation (files loaded by hand) counts as watched from its first to its last article,
    on days on which anybody published.
    """
    seen = snapshot.sql(
        "SELECT outlet, day, true AS seen FROM observations WHERE status IN ('observed', 'partial') "
        "AND outlet = ANY(?::VARCHAR[])",
        [list(counts.columns)],
    )
    table = seen.pivot(index="day", columns="outlet", values="seen")
    table.index = pd.DatetimeIndex(table.index)
    observed = table.reindex(index=counts.index, columns=counts.columns).notna()
    published = counts > 0
    between = published.cummax() & published[::-1].cummax()[::-1]
    loaded = between & ~counts.columns.isin(table.columns) & (counts.sum(axis=1) > 0).to_numpy()[:, None]
    return observed | published | loaded


def find_ends(watched: Bools) -> Places:
    """For each row of a column the first row from it on that is not marked; the number of rows where all are."""
    rows = np.arange(len(watched))[:, None]
    stops = np.where(watched, len(watched), rows)
    ends: Places = np.minimum.accumulate(stops[::-1], axis=0)[::-1]
    return ends
