"""Find: what the charts of the dashboard say about the newest days, as alerts.

An alert rests on the query behind a chart, so that the number in a mail is the number on the page that it links to.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from textwrap import shorten
from typing import Any

import pandas as pd

from dashboard.alerts.alert import Alert
from dashboard.alerts.watches import Watch
from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.behind import hold_articles
from dashboard.queries.fresh import list_fresh_conflicts, list_fresh_stories
from dashboard.queries.newsroom import read_newsroom
from dashboard.queries.risen import list_risen
from dashboard.queries.skew import find_blind_spots
from dashboard.theme import (
    write_chance,
    write_count,
    write_counted,
    write_day,
    write_number,
    write_period,
)
from etl.store import Snapshot

Finder = Callable[[Snapshot, str, Filter], Iterator[Alert]]
LONGEST = 240  # characters of a sentence
RIPE = timedelta(days=3)  # after so many days whoever carries a story has it; before, nobody is called blind


def find_alerts(snapshot: Snapshot, watch: Watch) -> tuple[Alert, ...]:
    """What happened in the newest days of the store, kind by kind as the watch names them.

    The newest day is that of the newest article which is not dated after the refresh.
    """
    newest = _newest_day(snapshot)
    if newest is None:
        return ()
    days = {"start": newest - timedelta(days=watch.days - 1), "end": newest}
    chosen = hold_articles(snapshot, watch.chosen).narrow(**days)
    return tuple(alert for kind in watch.when for alert in FINDERS[kind](snapshot, watch.name, chosen))


def find_bursts(snapshot: Snapshot, watch: str, chosen: Filter) -> Iterator[Alert]:
    """Actors and stories that are covered far above their usual level (see the chart "risen")."""
    for row in list_risen(snapshot, chosen).frame.to_dict("records"):
        yield Alert(
            watch=watch,
            kind="burst",
            subject=f"{row['kind']}:{row['id']}",
            title=f"{row['name']}: more coverage than usual",
            sentence=_tell_burst(row, chosen),
            first=_day(row["first"]),
            last=_day(row["last"]),
            page="",
            opens=chosen.narrow(actor=row["actor_id"], beside=row["beside_id"], story=row["story_id"]),
        )


def find_stories(snapshot: Snapshot, watch: str, chosen: Filter) -> Iterator[Alert]:
    """Stories that begin, once enough outlets have them."""
    for row in list_fresh_stories(snapshot, chosen).to_dict("records"):
        told = f"{write_count(row['articles'])} {UNIT_NAMES[chosen.unit]} of {write_counted(row['outlets'], 'outlet')}"
        yield Alert(
            watch=watch,
            kind="story",
            subject=row["story_id"],
            title=row["title"],
            sentence=f"A new story: {told} since {write_day(_day(row['first']))}.",
            first=_day(row["first"]),
            last=_day(row["last"]),
            page="story",
            opens=chosen.narrow(story=row["story_id"], start=None, end=None),
        )


def find_conflicts(snapshot: Snapshot, watch: str, chosen: Filter) -> Iterator[Alert]:
    """Facts that a new article may tell otherwise than another outlet; shown side by side, never judged."""
    names = dict(read_newsroom(snapshot).names)
    for row in list_fresh_conflicts(snapshot, chosen).to_dict("records"):
        first = _day(row["first"])
        sides = (f"{names[row[f'{side}_outlet']]}: “{_clip(row[side])}”" for side in ("left", "right"))
        yield Alert(
            watch=watch,
            kind="conflict",
            subject=f"{row['story_id']}:{row['kind']}:{row['left_article']}:{row['left_at']}",
            title=f"Perhaps at odds ({row['kind']}): {row['title']}",
            sentence=" ".join(sides),
            first=first,
            last=first,
            page="story",
            opens=chosen.narrow(story=row["story_id"], start=None, end=None),
        )


def find_blind(snapshot: Snapshot, watch: str, chosen: Filter) -> Iterator[Alert]:
    """Stories that hardly anybody of a group of outlets carries, once they are three days old."""
    begin, end = chosen.start or date.min, chosen.end or date.max
    ripe = chosen.narrow(start=begin - RIPE, end=end - RIPE)
    born = list_fresh_stories(snapshot, ripe.narrow(outlets=(), countries=(), languages=(), fewest=1))
    days = {row["story_id"]: _day(row["first"]) for row in born.to_dict("records")}
    found = find_blind_spots(snapshot, chosen.narrow(start=begin - RIPE)).frame
    for row in found.to_dict("records"):
        if row["state"] == "blind" and row["story_id"] in days:
            first = days[row["story_id"]]
            yield Alert(
                watch=watch,
                kind="blind spot",
                subject=f"{row['story_id']}:{row['group']}",
                title=f"{row['group']}: hardly any word of “{row['title']}”",
                sentence=_tell_blind(row),
                first=first,
                last=max(first, end),
                page="stories",
                opens=chosen.narrow(story=row["story_id"], start=None, end=None),
            )


FINDERS: dict[str, Finder] = {
    "burst": find_bursts,
    "story": find_stories,
    "conflict": find_conflicts,
    "blind spot": find_blind,
}


def _tell_burst(row: dict[Hashable, Any], chosen: Filter) -> str:
    """How much, how much is usual, how sure."""
    low, high = (write_number(row[name], 1) for name in ("low", "high"))
    return (
        f"{write_count(row['observed'])} {UNIT_NAMES[chosen.unit]} on "
        f"{write_period(row['first'], row['last'])}, {write_number(row['ratio'], 1)} times the usual "
        f"[{low}, {high}], {write_chance(row['q'])}."
    )


def _tell_blind(row: dict[Hashable, Any]) -> str:
    """Who carries it, of whom."""
    return (
        f"{row['carried']:.0f} of {row['observed']:.0f} observed outlets carry it, elsewhere "
        f"{row['rest_carried']:.0f} of {row['rest_observed']:.0f}; log odds {row['skew']:.1f} "
        f"[{row['skew_low']:.1f}, {row['skew_high']:.1f}]."
    )


def _clip(sentence: str) -> str:
    """As much of a sentence as a mail should hold."""
    return shorten(sentence, LONGEST, placeholder=" …")


def _newest_day(snapshot: Snapshot) -> date | None:
    """The day of the newest article; days after the refresh are typing errors of publishers."""
    newsroom = read_newsroom(snapshot)
    return min(newsroom.last, snapshot.made.date()) if newsroom.last else None


def _day(moment: object) -> date:
    """A calendar day."""
    return pd.Timestamp(moment).date()  # type: ignore[arg-type]  # a column of days
