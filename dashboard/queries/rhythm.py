"""Rhythm: at which hours of which weekdays each outlet publishes, by the clock of the place where it stands."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, wilson_interval
from dashboard.queries.selection import select_articles
from etl.store import Snapshot

HOURS, WEEKDAYS = 24, 7
CLOCKED = ("second", "minute", "hour")  # precisions that tell the hour
WEEKEND = 5  # the first of its days, counted from Monday


def clock_outlets(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet, the one with most known hours first.

    Columns: outlet, zone (UTC where the outlet has none), n (in the chosen unit, published at a known hour), unknown
    (those without one), hours (counts of 7 times 24 hours from Monday 0:00 on), weekday and hour (of the highest of
    them; missing below ten), share, low, high (of what is published at the weekend, 0 to 1; missing below ten).
    """
    rows = select_articles(
        snapshot,
        chosen,
        f"""SELECT c.outlet, coalesce(o.timezone, 'UTC') AS zone, counted,
            min(published) FILTER (published_precision IN {CLOCKED}) AS published
        FROM chosen c LEFT JOIN outlets o USING (outlet) GROUP BY c.outlet, zone, counted ORDER BY ALL""",
    )
    told = [_tell_outlet(part) for _, part in rows.groupby("outlet", observed=True)]
    frame = pd.DataFrame(told)
    n = int(rows["published"].count())
    if not n:
        return Answer(frame=frame.iloc[0:0], n=0, unit=UNIT_NAMES[chosen.unit])
    low, high = wilson_interval(frame["weekend"], frame["n"])
    shares = pd.DataFrame({"share": frame["weekend"] / frame["n"], "low": low, "high": high})
    frame = frame.drop(columns="weekend").join(shares.mask(frame["n"] < FEWEST))
    return Answer(
        frame=frame.sort_values(["n", "outlet"], ascending=[False, True], ignore_index=True),
        n=n,
        unit=f"{UNIT_NAMES[chosen.unit]} with a known hour",
        interval="share at the weekend: Wilson 95 %",
        note=f"{len(rows) - n} more are known to the day at best; blank below {FEWEST}",
    )


def count_hours(times: pd.Series, zone: str) -> list[int]:
    """How many of the times (UTC, without a zone) fall in each of the 168 hours of a week in this zone, from Monday."""
    local = pd.DatetimeIndex(times).tz_localize("UTC").tz_convert(zone)
    places = local.day_of_week.to_numpy() * HOURS + local.hour.to_numpy()
    return [int(count) for count in np.bincount(places, minlength=HOURS * WEEKDAYS)]


def _tell_outlet(rows: pd.DataFrame) -> dict[str, object]:
    """The row of one outlet; `weekend` counts what is published on Saturdays and Sundays."""
    zone, known = str(rows["zone"].iloc[0]), rows.dropna(subset="published")
    hours = count_hours(known["published"], zone)
    top = int(np.argmax(hours)) if len(known) >= FEWEST else None
    return {
        "outlet": str(rows["outlet"].iloc[0]), "zone": zone, "n": len(known), "unknown": len(rows) - len(known),
        "hours": hours, "weekday": None if top is None else top // HOURS,
        "hour": None if top is None else top % HOURS, "weekend": sum(hours[WEEKEND * HOURS :]),
    }  # fmt: skip
