"""Leading: the stories that most was published about, who carried them, and who was first where times can
tell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.filters import UNIT_NAMES, Filter, Order
from dashboard.queries.answer import Answer
from dashboard.queries.bulk import find_bulk
from dashboard.queries.selection import chosen_outlets, select_articles
from etl.store import Snapshot

SHOWN = 7
Carried = Literal["carried", "not_carried", "not_observed"]
WIDTHS = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "month": 31 * 86_400,
}  # seconds a time may mean
ORDERS: dict[Order, str] = {
    "texts": "count DESC, last DESC NULLS LAST, outlets DESC",
    "outlets": "outlets DESC, count DESC, last DESC NULLS LAST",
    "latest": "last DESC NULLS LAST, outlets DESC, count DESC",
}
UNKNOWN, TIE = "unknown", "tie"
WIDTH = " ".join(f"WHEN '{precision}' THEN {seconds}" for precision, seconds in WIDTHS.items())
REPORTS = f"""SELECT story_id, outlet, min(published) AS early, bool_or(published IS NULL) AS undated,
    min(published + to_seconds(CASE published_precision {WIDTH} END)) AS late
FROM chosen WHERE story_id = ANY(?) GROUP BY story_id, outlet"""
BY_DAY = """SELECT story_id, day, count(DISTINCT numbered) AS count FROM chosen
WHERE story_id = ANY(?) AND day IS NOT NULL GROUP BY story_id, day"""
WATCHED = """SELECT DISTINCT story_id, o.outlet
FROM (SELECT DISTINCT story_id, day FROM chosen WHERE story_id = ANY(?)) JOIN observations o USING (day)
WHERE status IN ('observed', 'partial')"""


def answer_leading(
    snapshot: Snapshot, chosen: Filter, *, most: int = SHOWN, fewest_outlets: int = 1, order: Order = "texts"
) -> Answer:
    """The stories with most in the chosen unit, largest first; or in another order, of enough outlets,
    more of them.

    One row a story: story_id, title, count, days (counts by day of the period, oldest first), carried
    (outlet to carried, not_carried or not_observed), first (an outlet, `tie` or `unknown`), lead (seconds to
    the second outlet; missing where nobody is named), outlets (how many carry it).
    """
    led = _rank(snapshot, chosen, most, fewest_outlets, order)
    if led.empty:
        return Answer(frame=pd.DataFrame({"story_id": []}), n=0, unit="stories")
    chosen_ones = (list(led["story_id"]),)
    titles = snapshot.sql("SELECT story_id, title FROM stories WHERE story_id = ANY(?)", chosen_ones)
    led = led.merge(titles, on="story_id", how="left", validate="1:1")
    reports = select_articles(snapshot, chosen, REPORTS, chosen_ones)
    by_story = {str(story): part for story, part in reports.groupby("story_id", observed=True)}
    firsts = [_tell_first(by_story[story]) for story in led["story_id"]]
    counts = select_articles(snapshot, chosen, BY_DAY, chosen_ones).set_index(["story_id", "day"])["count"]
    led["days"] = _list_days(counts, led["story_id"], _span(snapshot, chosen))
    led["carried"] = pd.Series(_list_carriers(snapshot, chosen, by_story, led["story_id"]), dtype="object")
    led["first"] = [first for first, _ in firsts]
    led["lead"] = pd.Series([lead for _, lead in firsts], dtype="float64")
    return Answer(
        frame=led[["story_id", "title", "count", "days", "carried", "first", "lead", "outlets"]],
        n=int(led["found"].iloc[0]),
        unit="stories",
        note=f"{len(led)} largest, by {UNIT_NAMES[chosen.unit]}",
    )


def lead_stories(snapshot: Snapshot, chosen: Filter) -> Answer:
    """The stories that led: of as many outlets as the filter asks for, where it leaves so many outlets.

    What one outlet alone files under one heading day after day ("In brief") leads nothing.
    """
    outlets = select_articles(snapshot, chosen, "SELECT count(DISTINCT outlet) AS n FROM chosen")["n"].iloc[0]
    fewest = min(chosen.fewest, max(1, int(outlets)))
    answer = answer_leading(snapshot, chosen, fewest_outlets=fewest)
    unit = answer.unit if fewest < 2 else f"stories in {fewest} outlets or more"
    return replace(answer, unit=unit)


def _rank(snapshot: Snapshot, chosen: Filter, most: int, fewest_outlets: int, order: Order) -> pd.DataFrame:
    """The first of the stories of enough outlets: story_id, count, outlets, last, found (how many there are)."""
    return select_articles(
        snapshot,
        chosen,
        f"""
        SELECT story_id, count(DISTINCT numbered) AS count, count(DISTINCT outlet) AS outlets,
            max(published) AS last, count(*) OVER () AS found
        FROM chosen WHERE story_id IS NOT NULL GROUP BY story_id HAVING count(DISTINCT outlet) >= ?
        ORDER BY {ORDERS[order]}, story_id LIMIT {most:d}""",
        (fewest_outlets,),
    )


def name_first(articles: pd.DataFrame) -> tuple[str, float | None]:
    """The outlet whose first article is surely the earliest, and its lead in seconds; else `tie` or
    `unknown`.

    A time is as wide as its precision: a day-exact time may mean any second of that day. An undated article
    of another outlet could be earlier than all others, so it makes the first mover unknown.
    """
    width = pd.to_timedelta(articles["published_precision"].map(WIDTHS), unit="s")
    times = articles.assign(early=articles["published"], late=articles["published"] + width)
    firsts = times.groupby("outlet", observed=True)[["early", "late"]].min().reset_index()
    return _tell_first(firsts.assign(undated=bool(articles["published"].isna().any())))


def _tell_first(reports: pd.DataFrame) -> tuple[str, float | None]:
    """As `name_first`; `reports` holds outlet, early, late (of its first article) and undated (it has such a one)."""
    if reports.empty or reports["undated"].any():
        return UNKNOWN, None
    (early, late, outlet), *others = sorted(
        zip(reports["early"], reports["late"], reports["outlet"], strict=True)
    )
    if not others:
        return outlet, None
    if late > others[0][0]:
        return TIE, None
    return outlet, float((others[0][0] - early).total_seconds())


def _span(snapshot: Snapshot, chosen: Filter) -> pd.DatetimeIndex:
    """All days from the first to the last of any story, of the bulk unless the filter names a period."""
    rows = select_articles(
        snapshot,
        chosen,
        "SELECT day, count(*) AS n FROM chosen WHERE story_id IS NOT NULL AND day IS NOT NULL GROUP BY day",
    )
    days = pd.DatetimeIndex(rows["day"])
    whole = (days.min(), days.max()) if len(days) and (chosen.start or chosen.end) else None
    bulk = whole or find_bulk(rows["n"].set_axis(days))
    return pd.DatetimeIndex([]) if bulk is None else pd.date_range(bulk[0], bulk[1], freq="D")


def _list_days(counts: pd.Series, stories: pd.Series, days: pd.DatetimeIndex) -> pd.Series:
    """The counts (by story and day) of each story on each of the days, oldest first."""
    row, column = (index.get_indexer(pd.Index(counts.index.get_level_values(level)))
                   for index, level in ((pd.Index(stories), "story_id"), (days, "day")))  # fmt: skip
    table = np.zeros((len(stories), len(days) + 1), dtype="int64")
    table[row, column] = counts  # the last column: days outside
    return pd.Series(table[:, :-1].tolist(), dtype="object")


def _list_carriers(
    snapshot: Snapshot, chosen: Filter, reports: dict[str, pd.DataFrame], stories: pd.Series
) -> list[dict[str, Carried]]:
    """Whether each outlet carried each story; not observed where it was watched on none of its days."""
    watched = select_articles(snapshot, chosen, WATCHED, (list(stories),))
    pairs = set(zip(watched["story_id"], watched["outlet"], strict=True))
    outlets = chosen_outlets(snapshot, chosen)
    if outlets is None:
        outlets = list(snapshot.sql("SELECT DISTINCT outlet FROM article_keys ORDER BY outlet")["outlet"])
    told = {story: set(part["outlet"]) for story, part in reports.items()}
    return [
        {
            outlet: "carried"
            if outlet in told[story]
            else "not_carried"
            if (story, outlet) in pairs
            else "not_observed"
            for outlet in outlets
        }
        for story in stories
    ]
