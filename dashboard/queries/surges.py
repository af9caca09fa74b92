"""Surges: spans of days on which more was published than the same outlets' past lets expect."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.baseline import Panel, expect_counts
from dashboard.queries.bursts import list_bursts
from dashboard.queries.risen import BEFORE
from dashboard.queries.selection import select_articles
from dashboard.queries.watched import watch_outlets
from etl.store import Snapshot

ACQUAINTED = 14  # observed days before an outlet's counts enter: what it usually publishes must be known
COLUMNS = ["surge", "met", "due", "ratio", "ratio_low", "ratio_high", "q"]
SUBJECT = {"actor": "", "beside": "", "words": ""}  # what a filter asks about, beside where and when


def mark_surges(snapshot: Snapshot, chosen: Filter, days: pd.DatetimeIndex) -> pd.DataFrame:
    """A row a day (index): surge (number, missing outside of any), met, due, ratio, ratio_low, ratio_high, q.

    `met` and `due` are what was counted and expected over the whole surge, in the chosen unit. What names an actor
    or words is held against all that was published in the same outlets; else each outlet against its own past, so
    that outlets which come or go are no surge. A story begins from nothing: it is held against nothing.
    """
    marked = pd.DataFrame(index=days, columns=COLUMNS, dtype="float64")
    if not len(days) or chosen.story:
        return marked
    read = pd.date_range(days[0] - BEFORE if chosen.start else days[0], days[-1], freq="D")
    subject = chosen.narrow(**SUBJECT) != chosen
    panel = (_panel_of_subject if subject else _panel_of_outlets)(snapshot, chosen, read)
    found = list_bursts(panel, expect_counts(panel), since=len(read) - len(days))
    for number, burst in enumerate(found.itertuples()):
        told = (number, burst.observed, burst.expected, burst.ratio, burst.low, burst.high, burst.q)
        spanned = (days >= read[int(str(burst.first))]) & (days <= read[int(str(burst.last))])
        marked.loc[spanned] = np.array(told)
    return marked


def _panel_of_subject(snapshot: Snapshot, chosen: Filter, days: pd.DatetimeIndex) -> Panel:
    """One series: what the filter chooses out of all that it would choose of any subject."""
    counts, every = (
        _count(snapshot, asked, days, "'' AS outlet").sum(axis=1).to_numpy()[:, None]
        for asked in (chosen, chosen.narrow(**SUBJECT))
    )
    return Panel(counts=counts, exposure=every, weekdays=days.day_of_week.to_numpy())


def _panel_of_outlets(snapshot: Snapshot, chosen: Filter, days: pd.DatetimeIndex) -> Panel:
    """One series: what known outlets published, out of what each of them would usually publish on such a day."""
    counts = _count(snapshot, chosen, days, "outlet")
    watched = watch_outlets(snapshot, counts)
    weekdays = days.day_of_week.to_numpy()
    outlets = Panel(counts=counts.to_numpy(), exposure=watched.to_numpy(dtype="float64"), weekdays=weekdays)
    usual = expect_counts(outlets, history=ACQUAINTED)
    met, due = (
        np.where(usual.known, part, 0.0).sum(axis=1, keepdims=True) for part in (outlets.counts, usual.mean)
    )
    return replace(outlets, counts=met, exposure=due)


def _count(snapshot: Snapshot, chosen: Filter, days: pd.DatetimeIndex, outlet: str) -> pd.DataFrame:
    """Counts in the chosen unit: a row a day, a column an outlet."""
    read = chosen.narrow(start=days[0].date(), end=days[-1].date())
    rows = select_articles(
        snapshot,
        read,
        f"SELECT {outlet}, day, count(DISTINCT numbered) AS count FROM chosen WHERE day IS NOT NULL GROUP BY ALL",
    )
    table = rows.pivot(index="day", columns="outlet", values="count")
    table.index = pd.DatetimeIndex(table.index)
    return table.reindex(days).fillna(0.0).sort_index(axis=1).astype("float64")
