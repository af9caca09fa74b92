"""Bulk: the days that a filter is about; a stray article of another year must not stretch every time axis."""

from __future__ import annotations

import pandas as pd

FAR = pd.Timedelta(days=28)  # longest pause within the bulk
STRAY = 0.01  # share of all articles that may lie before the bulk, and after it


def find_bulk(counts: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """First and last day of the bulk of these counts by day; none where all of them are 0 or missing.

    Left out: runs of days at either edge, a pause of more than 28 days away from the rest, that hold at most
    1 % of the articles together.
    """
    known = counts[counts > 0].sort_index()
    if known.empty:
        return None
    days = known.index.to_series()
    run = (days.diff() > FAR).cumsum()
    sums = known.groupby(run).sum()
    least = STRAY * sums.sum()
    kept = sums.index[(sums.cumsum() > least) & (sums[::-1].cumsum()[::-1] > least)]
    return days[run == kept[0]].iloc[0], days[run == kept[-1]].iloc[-1]
