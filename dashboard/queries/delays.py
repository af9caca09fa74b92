"""Delays: how long after the first report each outlet has a story, where times can tell and it was observed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.baseline import Bools
from dashboard.queries.compared import share_languages
from dashboard.queries.intervals import FEWEST, Floats
from dashboard.queries.leading import WIDTHS
from dashboard.queries.selection import chosen_outlets, select_articles
from dashboard.queries.survival import estimate_curve, find_time, read_curve
from dashboard.queries.watched import find_ends, watch_days
from etl.store import Snapshot

HOURS = (0.0, 0.5, 1.0, 2.0, 4.0, 6.0, 12.0, 18.0, 24.0, 36.0, 48.0, 72.0, 96.0, 120.0, 144.0, 168.0)
WIDTH = " ".join(f"WHEN '{precision}' THEN {seconds}" for precision, seconds in WIDTHS.items())
OWN = "NOT coalesce(r.level = 'duplicate' AND NOT r.earliest, false)"  # a reprint is nobody's own text
TIMED = f""", touched AS (SELECT DISTINCT story_id FROM chosen WHERE story_id IS NOT NULL)
SELECT a.story_id, a.outlet, min(epoch(a.published)) / 3600 AS early,
    min(epoch(a.published) + CASE a.published_precision {WIDTH} END) / 3600 AS late,
    bool_or(a.published IS NULL) AS undated
FROM article_keys a SEMI JOIN touched USING (story_id)
LEFT JOIN reprints r USING (article_id)
WHERE {{own}} GROUP BY a.story_id, a.outlet ORDER BY a.story_id, a.outlet"""
FIRSTS = """SELECT DISTINCT ON (a.story_id) a.article_id FROM article_keys a LEFT JOIN reprints r USING (article_id)
WHERE {own} AND a.outlet = ? AND a.story_id = ANY(?::VARCHAR[]) ORDER BY a.story_id, a.published, a.article_id"""
CURVE = ["least", "most", "low", "high"]


def measure_delays(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet, the one that has half of the stories soonest first.

    Columns: outlet, stories (that two outlets or more carry, while it was observed), carried (of these), first,
    tie, later (of these: surely first, perhaps first, surely later), unknown (carried ones with an article without
    time), unobserved (carried ones that began while nobody observed it), foreign (not carried, in languages that it
    does not write), unseen (not carried, began while nobody observed it; neither is a zero); curve: for each of
    HOURS [hour, least, most, low, high], the share that it has by then (0 to 1), between the slowest and the
    fastest that the times allow, and their interval; median_least, median_most, median_low, median_high (hours
    until half; infinite where not reached). Curve and medians are missing below ten stories. The first is sought in
    all outlets and days of the store.
    """
    pairs = time_pairs(snapshot, chosen)
    outlets = chosen_outlets(snapshot, chosen) or sorted(pairs["outlet"].unique())
    known = pairs[~pairs["unknown"]]
    followed = follow_stories(known, watch_days(snapshot))
    watched = followed[followed["happened"] | _compare(snapshot, followed)]
    rows = [
        _tell_outlet(outlet, pairs, watched[watched["outlet"] == outlet])
        | _count_gaps(outlet, known, followed, len(watched[watched["outlet"] == outlet]))
        for outlet in outlets
    ]
    frame = pd.DataFrame([row for row in rows if row["carried"] or row["stories"]])
    order = ["median_most", "median_least", "outlet"]
    return Answer(
        frame=frame.sort_values(order, ignore_index=True) if len(frame) else frame,
        n=known["story_id"].nunique() if len(frame) else 0,
        unit="dated stories in two outlets or more",
        interval="Kaplan-Meier with Greenwood's variance, 95 %",
        verdict=_tell_firsts(known) if len(frame) else "",
        note=f"Blank below {FEWEST} stories; {pairs.loc[pairs['unknown'], 'story_id'].nunique()} stories left out: "
        "an article has no time",
    )


def list_counted(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """The outlet's first article of each story that counts as carried; `row` holds the outlet alone."""
    pairs = time_pairs(snapshot, chosen)
    watched = follow_stories(pairs[~pairs["unknown"]], watch_days(snapshot))
    counted = watched.loc[watched["happened"] & (watched["outlet"] == row[0]), "story_id"]
    own = "true" if chosen.unit == "articles" else OWN
    return list(snapshot.sql(FIRSTS.format(own=own), (row[0], list(counted)))["article_id"])


def time_pairs(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row an outlet of a story that the filter touches and enough outlets carry.

    Columns: story_id, outlet, early, late (of its first article: hours since 1970 that it may mean), low, high (the
    least and the most hours after the story's first), unknown (an article of the story has no time). Where reprints
    count once, only an outlet's own text counts.
    """
    own = "true" if chosen.unit == "articles" else OWN
    told = select_articles(snapshot, chosen, TIMED.format(own=own))
    carried = told.groupby("story_id")["outlet"].transform("count")
    told = told[carried >= max(2, chosen.fewest)].reset_index(drop=True)
    return told.assign(
        low=(told["early"] - _least_of_others(told["late"], told["story_id"])).clip(lower=0),
        high=(told["late"] - _least_of_others(told["early"], told["story_id"])).clip(lower=0),
        unknown=told.groupby("story_id")["undated"].transform("any").astype(bool),
    )


def follow_stories(pairs: pd.DataFrame, watched: pd.DataFrame) -> pd.DataFrame:
    """One row a story and outlet that was observed on the story's first day, from there to the first day it was not.

    `pairs` as of `time_pairs`, all with times; `watched` a row a day, a column an outlet. Columns: story_id, outlet,
    happened (it carried the story within these days), low, high (hours until it did, or for which it was watched).
    """
    starts = pairs.groupby("story_id").agg(early=("early", "min"), late=("late", "min"))
    seen = watched.to_numpy()
    first = watched.index[0].timestamp() / 3600 if len(watched) else 0.0
    began = ((starts["early"] - first) // 24).to_numpy(dtype="int64")
    story, outlet = np.nonzero(seen[began])
    stop = first + 24.0 * find_ends(seen)[began[story], outlet]
    rows = starts.iloc[story].reset_index().assign(outlet=watched.columns[outlet], stop=stop)
    told = pairs[["story_id", "outlet", "low", "high"]].assign(at=pairs["early"])
    rows = rows.merge(told, on=["story_id", "outlet"], how="left", validate="1:1")
    happened = rows["at"] < rows["stop"]
    return rows[["story_id", "outlet"]].assign(
        happened=happened,
        low=rows["low"].where(happened, (rows["stop"] - rows["late"]).clip(lower=0)),
        high=rows["high"].where(happened, (rows["stop"] - rows["early"]).clip(lower=0)),
    )


def _compare(snapshot: Snapshot, followed: pd.DataFrame) -> pd.Series:
    """Whether the outlet of each row writes in a language of its story."""
    shared = share_languages(snapshot, list(followed["story_id"].unique()))
    story, outlet = (pd.Index(followed[name]) for name in ("story_id", "outlet"))
    places = shared.index.get_indexer(story), shared.columns.get_indexer(outlet)
    return pd.Series(shared.to_numpy(dtype=bool)[places], index=followed.index)


def _count_gaps(outlet: str, known: pd.DataFrame, followed: pd.DataFrame, compared: int) -> dict[str, int]:
    """foreign, unseen: stories of which nothing can be said of this outlet."""
    seen = followed.loc[followed["outlet"] == outlet, "story_id"]
    own = known.loc[known["outlet"] == outlet, "story_id"]
    return {"foreign": len(seen) - compared, "unseen": len(set(known["story_id"]) - {*seen, *own})}


def _least_of_others(hours: pd.Series, story: pd.Series) -> pd.Series:
    """The smallest of the other outlets of the story; missing where there is no other."""
    place = hours.groupby(story).rank(method="first")
    least, second = (hours.where(place == at).groupby(story).transform("min") for at in (1, 2))
    return least.where(place != 1, second)


def _tell_outlet(outlet: str, pairs: pd.DataFrame, watched: pd.DataFrame) -> dict[str, object]:
    """The row of one outlet."""
    own = pairs[pairs["outlet"] == outlet]
    met = watched[watched["happened"]]
    known = int((~own["unknown"]).sum())
    counts = {
        "outlet": outlet, "stories": len(watched), "carried": len(met),
        "first": int((met["high"] == 0).sum()), "tie": int(((met["low"] == 0) & (met["high"] > 0)).sum()),
        "later": int((met["low"] > 0).sum()), "unknown": len(own) - known, "unobserved": known - len(met),
    }  # fmt: skip
    if len(watched) < FEWEST:
        return counts | dict.fromkeys(["curve", *(f"median_{side}" for side in CURVE)])
    return counts | _reach(watched)


def _reach(watched: pd.DataFrame) -> dict[str, object]:
    """The curve and the medians of one outlet, around the slowest and the fastest that the times allow."""
    at, happened = np.array(HOURS), watched["happened"].to_numpy(dtype=bool)
    slow, fast = (_cut(watched[side].to_numpy("float64"), happened, at) for side in ("high", "low"))
    one, other = (read_curve(curve, at) for curve in (slow, fast))
    shares = {
        "least": np.minimum(one["share"], other["share"]), "most": np.maximum(one["share"], other["share"]),
        "low": np.minimum(one["low"], other["low"]), "high": np.maximum(one["high"], other["high"]),
    }  # fmt: skip
    middle = [find_time(curve, "share") for curve in (slow, fast)]
    around = [find_time(curve, edge) for curve in (slow, fast) for edge in ("low", "high")]
    edges = (min(middle), max(middle), min(around), max(around))
    medians = {f"median_{side}": hours for side, hours in zip(CURVE, edges, strict=True)}
    return {"curve": pd.DataFrame(shares).reset_index().to_numpy().tolist(), **medians}


def _cut(hours: Floats, happened: Bools, at: Floats) -> pd.DataFrame:
    """The curve up to the last of the hours."""
    curve = estimate_curve(hours, happened, at)
    return curve.head(int((curve["time"] <= at[-1]).sum()))


def _tell_firsts(pairs: pd.DataFrame) -> str:
    """How often the times name a first, and who is it most often."""
    stories = pairs["story_id"].nunique()
    firsts = pairs.loc[pairs["high"] == 0].drop_duplicates("story_id")["outlet"].value_counts()
    named = int(firsts.sum())
    return f"The times name a first in {named} of {stories} stories; in {stories - named} two or more may be first."
