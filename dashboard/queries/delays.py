"""Delays: how long after the first report each outlet has a story, where times can tell and it was observed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.baseline import Bools
from dashboard.queries.compared import share_languages
from dashboard.queries.intervals import FEWEST, Floats
from dashboard.queries.leading import WIDTH
from dashboard.queries.overlap import number_stories
from dashboard.queries.selection import chosen_outlets, select_articles
from dashboard.queries.survival import estimate_curve, find_time, read_curve
from dashboard.queries.watched import find_ends, watch_days
from etl.store import Snapshot

HOURS = (0.0, 0.5, 1.0, 2.0, 4.0, 6.0, 12.0, 18.0, 24.0, 36.0, 48.0, 72.0, 96.0, 120.0, 144.0, 168.0)
REPRINTS = "(SELECT article_id FROM reprints WHERE level = 'duplicate' AND NOT earliest)"  # nobody's own text
OTHERS = "CASE WHEN {0} = {1}[1] THEN {1}[2] ELSE {1}[1] END"  # the least but its own
REPORTS = f"""WITH firsts AS (
    SELECT story, outlet, min(epoch(published)) / 3600 AS early,
        min(epoch(published) + CASE published_precision {WIDTH} END) / 3600 AS late,
        bool_or(published IS NULL) AS undated
    FROM article_keys JOIN story_keys USING (article) WHERE story_id IS NOT NULL AND {{own}} GROUP BY story, outlet),
stories AS (
    SELECT story, count(*) AS outlets, min(early, 2) AS earliest, min(late, 2) AS latest, bool_or(undated) AS unknown
    FROM firsts GROUP BY story HAVING count(*) > 1)
SELECT story, outlet, early, late, early - {OTHERS.format("late", "latest")} AS low,
    late - {OTHERS.format("early", "earliest")} AS high, unknown, outlets
FROM firsts JOIN stories USING (story)"""
TIMED = """SELECT * EXCLUDE (outlets) FROM {kept} WHERE outlets >= ? AND story IN (
    SELECT story FROM chosen JOIN story_keys USING (article) WHERE story_id IS NOT NULL) ORDER BY story, outlet"""
FIRSTS = """SELECT DISTINCT ON (story) article_id FROM article_keys JOIN story_keys USING (article)
WHERE story_id IS NOT NULL AND {own} AND outlet = ? AND story = ANY(?) ORDER BY story, published, article_id"""
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
    starts, watched = _start_stories(pairs), watch_days(snapshot)
    shared = share_languages(snapshot).reindex(starts.index)
    own = {str(outlet): told for outlet, told in pairs.groupby("outlet")}
    rows = [
        _tell_outlet(outlet, own.get(outlet, pairs.head(0)), starts, watched[outlet], shared[outlet])
        for outlet in chosen_outlets(snapshot, chosen) or sorted(own)
        if outlet in watched
    ]
    frame = pd.DataFrame([row for row in rows if row["carried"] or row["stories"]])
    order = ["median_most", "median_least", "outlet"]
    return Answer(
        frame=frame.sort_values(order, ignore_index=True) if len(frame) else frame,
        n=len(starts) if len(frame) else 0,
        unit="dated stories in two outlets or more",
        interval="Kaplan-Meier with Greenwood's variance, 95 %",
        verdict=_tell_firsts(pairs, len(starts)) if len(frame) else "",
        note=f"Blank below {FEWEST} stories; {pairs.loc[pairs['unknown'], 'story'].nunique()} stories left out: "
        "an article has no time",
    )


def list_counted(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """The outlet's first article of each story that counts as carried; `row` holds the outlet alone."""
    pairs, watched = time_pairs(snapshot, chosen), watch_days(snapshot)
    if row[0] not in watched:
        return []
    own = pairs[(pairs["outlet"] == row[0]) & ~pairs["unknown"]]
    rows = follow_stories(_start_stories(pairs), own, watched[row[0]])
    counted = rows.index[rows["happened"]].tolist()
    return list(snapshot.sql(FIRSTS.format(own=_name_own(chosen)), (row[0], counted))["article_id"])


def time_pairs(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row an outlet of a story that the filter touches and enough outlets carry.

    Columns: story (its number in `story_names`), outlet, early, late (of its first article: hours since 1970 that it
    may mean), low, high (the least and the most hours after the story's first), unknown (an article of the story has
    no time). Where reprints count once, only an outlet's own text counts. What depends on the version alone is kept.
    """
    number_stories(snapshot)
    kept = "reports" if chosen.unit == "articles" else "own_reports"
    snapshot.keep(kept, REPORTS.format(own=_name_own(chosen)))
    told = select_articles(snapshot, chosen, TIMED.format(kept=kept), (chosen.fewest,))
    return told.assign(low=told["low"].clip(lower=0), high=told["high"].clip(lower=0))


def follow_stories(starts: pd.DataFrame, own: pd.DataFrame, watched: pd.Series) -> pd.DataFrame:
    """One row a story that began while an outlet was observed, followed to the first day on which it was not.

    `starts` holds early and late of each story (index), `own` the outlet's rows of `time_pairs`, `watched` a row a
    day. Columns: happened (it carried the story within these days), low, high (hours until it did, or for which it
    was watched).
    """
    seen = watched.to_numpy()
    first = watched.index[0].timestamp() / 3600 if len(watched) else 0.0
    began = ((starts["early"] - first) // 24).to_numpy(dtype="int64")
    stop = first + 24.0 * find_ends(seen[:, None])[began, 0]
    carried = own[own["early"].to_numpy() < stop[starts.index.get_indexer(pd.Index(own["story"]))]]
    at = starts.index.get_indexer(pd.Index(carried["story"]))
    happened = np.zeros(len(starts), dtype=bool)
    happened[at] = True
    low, high = (np.maximum(stop - starts[edge].to_numpy(), 0.0) for edge in ("late", "early"))
    low[at], high[at] = carried["low"], carried["high"]
    rows = {"happened": happened, "low": low, "high": high}
    return pd.DataFrame({name: part[seen[began]] for name, part in rows.items()}, starts.index[seen[began]])


def _name_own(chosen: Filter) -> str:
    """The SQL condition of articles that count as an outlet's report: where reprints count once, they do not."""
    return "true" if chosen.unit == "articles" else f"article_id NOT IN {REPRINTS}"


def _start_stories(pairs: pd.DataFrame) -> pd.DataFrame:
    """early, late: hours since 1970 at which each story (index) may have begun; none of unknown times."""
    return pairs[~pairs["unknown"]].groupby("story")[["early", "late"]].min()


def _tell_outlet(
    outlet: str, own: pd.DataFrame, starts: pd.DataFrame, watched: pd.Series, shared: pd.Series
) -> dict[str, object]:
    """The row of one outlet; `own` are its pairs, `shared` whether it writes in a language of each story."""
    known = own[~own["unknown"]]
    followed = follow_stories(starts, known, watched)
    compared = followed[followed["happened"] | shared[followed.index]]
    met = compared[compared["happened"]]
    counts = {
        "outlet": outlet, "stories": len(compared), "carried": len(met),
        "first": int((met["high"] == 0).sum()), "tie": int(((met["low"] == 0) & (met["high"] > 0)).sum()),
        "later": int((met["low"] > 0).sum()), "unknown": len(own) - len(known),
        "unobserved": len(known) - len(met),
    }  # fmt: skip
    blank = dict.fromkeys(["curve", *(f"median_{side}" for side in CURVE)])
    unseen = len(starts) - len(followed) - int((~known["story"].isin(followed.index)).sum())
    gaps = {"foreign": len(followed) - len(compared), "unseen": unseen}
    return counts | (blank if len(compared) < FEWEST else _reach(compared)) | gaps


def _reach(watched: pd.DataFrame) -> dict[str, object]:
    """The curve and the medians of one outlet, around the slowest and the fastest that the times allow."""
    at, happened = np.array(HOURS), watched["happened"].to_numpy(dtype=bool)
    slow, fast = (_cut(watched[side].to_numpy("float64"), happened, at) for side in ("high", "low"))
    one, other = (read_curve(curve, at) for curve in (slow, fast))
    points = np.array([
        at, np.minimum(one["share"], other["share"]), np.maximum(one["share"], other["share"]),
        np.minimum(one["low"], other["low"]), np.maximum(one["high"], other["high"]),
    ])  # fmt: skip
    middle = [find_time(curve, "share") for curve in (slow, fast)]
    around = [find_time(curve, edge) for curve in (slow, fast) for edge in ("low", "high")]
    edges = (min(middle), max(middle), min(around), max(around))
    medians = {f"median_{side}": hours for side, hours in zip(CURVE, edges, strict=True)}
    return {"curve": points.T.tolist(), **medians}


def _cut(hours: Floats, happened: Bools, at: Floats) -> pd.DataFrame:
    """The curve up to the last of the hours."""
    curve = estimate_curve(hours, happened, at)
    return curve.head(int((curve["time"] <= at[-1]).sum()))


def _tell_firsts(pairs: pd.DataFrame, stories: int) -> str:
    """How often the times name a first."""
    named = pairs.loc[~pairs["unknown"] & (pairs["high"] == 0), "story"].nunique()
    return f"The times name a first in {named} of {stories} stories; in {stories - named} two or more may be first."
