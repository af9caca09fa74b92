"""Leading: the stories that most was published about, who carried them, and who was first where times can
tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

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
    articles = select_articles(
        snapshot,
        chosen,
        """
        SELECT story_id, outlet, day, published, published_precision, counted FROM chosen
        WHERE story_id = ANY(?)""",
        (list(led["story_id"]),),
    )
    titles = snapshot.sql(
        "SELECT story_id, title FROM stories WHERE story_id = ANY(?)", [list(led["story_id"])]
    )
    led = led.merge(titles, on="story_id", how="left", validate="1:1")
    observed = _observed(snapshot)
    outlets = chosen_outlets(snapshot, chosen)
    if outlets is None:
        outlets = list(snapshot.sql("SELECT DISTINCT outlet FROM articles ORDER BY outlet")["outlet"])
    by_story = dict(list(articles.groupby("story_id", observed=True)))
    parts = [by_story[story] for story in led["story_id"]]
    days = _span(snapshot, chosen)
    firsts = [name_first(part) for part in parts]
    led["days"] = [_count_days(part, days) for part in parts]
    led["carried"] = pd.Series([_carriers(part, outlets, observed) for part in parts], dtype="object")
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
        SELECT story_id, count(DISTINCT counted) AS count, count(DISTINCT outlet) AS outlets,
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
    if articles["published"].isna().any() or articles.empty:
        return UNKNOWN, None
    width = pd.to_timedelta(articles["published_precision"].map(WIDTHS), unit="s")
    times = articles.assign(early=articles["published"], late=articles["published"] + width)
    firsts = times.groupby("outlet", observed=True)[["early", "late"]].min().sort_values(["early", "late"])
    if len(firsts) < 2:
        return (str(firsts.index[0]), None)
    ahead, next_early = firsts.iloc[0], firsts["early"].iloc[1:].min()
    if ahead["late"] > next_early:
        return TIE, None
    return str(firsts.index[0]), float((next_early - ahead["early"]).total_seconds())


def _observed(snapshot: Snapshot) -> set[tuple[str, pd.Timestamp]]:
    """Outlet and day for which a zero counts."""
    seen = snapshot.sql("SELECT outlet, day FROM observations WHERE status IN ('observed', 'partial')")
    return set(zip(seen["outlet"], pd.to_datetime(seen["day"]), strict=True))


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


def _count_days(articles: pd.DataFrame, days: pd.DatetimeIndex) -> list[int]:
    """Counts by day, oldest first."""
    known = articles.dropna(subset=["day"]).drop_duplicates(["day", "counted"])
    return [int(count) for count in known["day"].value_counts().reindex(days, fill_value=0)]


def _carriers(
    articles: pd.DataFrame, outlets: Sequence[str], observed: set[tuple[str, pd.Timestamp]]
) -> dict[str, Carried]:
    """Whether each outlet carried the story; not observed where it was watched on none of its days."""
    told, days = set(articles["outlet"]), list(pd.to_datetime(articles["day"].dropna().unique()))
    watched = {outlet: any((outlet, day) in observed for day in days) for outlet in outlets}
    return {
        outlet: "carried" if outlet in told else "not_carried" if watched[outlet] else "not_observed"
        for outlet in outlets
    }
