"""Volume: how much was published a day and by whom; days that nobody observed are gaps, not zeros."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.answer import Answer
from dashboard.queries.bulk import find_bulk
from dashboard.queries.intervals import wilson_interval
from dashboard.queries.selection import chosen_outlets, select_articles
from dashboard.queries.surges import mark_surges
from etl.store import Snapshot

FEWEST = 3  # usual articles below which a multiple of them says nothing
EARLIER, WEEKS = 4, 8  # same weekdays that a usual range needs, and looks back at


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The key figures of a choice of articles. `inflation` is articles for each unique text.

    `first` to `last` are the days of the bulk; `stray` articles lie on days outside of them.
    """

    articles: int
    texts: int
    outlets: int
    languages: int
    shared_stories: int
    gap_days: int
    first: date | None
    last: date | None
    stray: int = 0

    @property
    def inflation(self) -> float | None:
        """Articles for each unique text; none without texts."""
        return self.articles / self.texts if self.texts else None


def count_figures(snapshot: Snapshot, chosen: Filter) -> Figures:
    """The key figures of the overview, whatever the counting unit."""
    row = select_articles(
        snapshot,
        chosen.narrow(unit="texts"),
        """
        SELECT count(*) AS articles, count(DISTINCT numbered) AS texts, count(DISTINCT outlet) AS outlets,
               count(DISTINCT language) AS languages,
               (SELECT count(*) FROM (SELECT story_id FROM chosen WHERE story_id IS NOT NULL
                                      GROUP BY story_id HAVING count(DISTINCT outlet) >= 2)) AS shared
        FROM chosen""",
    ).iloc[0]
    days, stray = count_bulk(snapshot, chosen.narrow(unit="articles"))
    dated = days.loc[days["count"] > 0, "day"]
    return Figures(
        articles=int(row["articles"]),
        texts=int(row["texts"]),
        outlets=int(row["outlets"]),
        languages=int(row["languages"]),
        shared_stories=int(row["shared"]),
        gap_days=int(days["gap"].sum()),
        first=_day(dated.min()),
        last=_day(dated.max()),
        stray=stray,
    )


def count_bulk(snapshot: Snapshot, chosen: Filter) -> tuple[pd.DataFrame, int]:
    """The rows of `count_days` in the bulk of the days, and what is counted outside of it.

    A period that the filter names is shown whole.
    """
    days = count_days(snapshot, chosen)
    bulk = None if chosen.start or chosen.end else find_bulk(days.set_index("day")["count"])
    if bulk is None:
        return days, 0
    inside = days["day"].between(*bulk)
    return days[inside].reset_index(drop=True), int(days.loc[~inside, "count"].sum())


def count_days(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a day between the first and the last: day, count (missing in a gap), gap, observed, outlets.

    A gap is a day on which observations exist for none of the chosen outlets, or all of them failed.
    Without any observations (files loaded by hand) a day without articles is a gap too: nobody watched.
    """
    counts = select_articles(
        snapshot,
        chosen,
        """
        SELECT day, count(DISTINCT numbered) AS count FROM chosen WHERE day IS NOT NULL GROUP BY day ORDER
        BY day""",
    )
    watched = _watched(snapshot, chosen)
    edges = [*counts["day"], *_edges(chosen)]
    if not edges:
        return pd.DataFrame({"day": [], "count": [], "gap": [], "observed": [], "outlets": []})
    days = pd.DataFrame({"day": pd.date_range(min(edges), max(edges), freq="D").astype("datetime64[us]")})
    counts = counts.assign(day=counts["day"].astype("datetime64[us]"))
    made = days.merge(counts, on="day", how="left", validate="1:1").merge(
        watched, on="day", how="left", validate="1:1"
    )
    observed = made["observed"].fillna(0).astype(int)
    gap = made["count"].isna() & (observed == 0)
    count = made["count"].fillna(0).where(~gap)
    return made.assign(count=count, gap=gap, observed=observed, outlets=made["outlets"].fillna(0).astype(int))


def answer_volume(snapshot: Snapshot, chosen: Filter) -> Answer:
    """Counts a day with the usual range of the weekday.

    day, count (missing in a gap), gap, observed and outlets (counts), low, high (missing without four
    earlier same
    weekdays), above (the count lies over the range), times (count over the median of those weekdays; missing below 3);
    and for days of a surge its number and measures (see `mark_surges`).
    """
    days, stray = count_bulk(snapshot, chosen)
    if days.empty or days["count"].fillna(0).sum() == 0:
        return Answer(frame=days.iloc[0:0], n=0, unit=UNIT_NAMES[chosen.unit])
    frame = days.join(usual_range(days))
    frame["above"] = frame["count"] > frame["high"]
    frame = frame.join(mark_surges(snapshot, chosen, pd.DatetimeIndex(frame["day"])), on="day")
    gaps = tuple(str(day.date()) for day in frame.loc[frame["gap"], "day"])
    whole = int((~frame["gap"]).sum())
    ranged = frame["low"].notna().any()
    return Answer(
        frame=frame,
        n=int(frame["count"].sum()),
        unit=UNIT_NAMES[chosen.unit],
        gaps=gaps,
        interval="usual range: median ± 2 robust deviations of the weekday"
        if ranged
        else "no usual range: fewer than four earlier same weekdays",
        note=f"{whole} of {len(frame)} days" + _tell_stray(stray),
    )


def answer_voice(snapshot: Snapshot, chosen: Filter) -> Answer:
    """Share of voice by outlet: outlet, count, share (0 to 1), low, high (Wilson, 95 %); largest first."""
    frame = select_articles(
        snapshot,
        chosen,
        """
        SELECT outlet, count(DISTINCT numbered) AS count FROM chosen GROUP BY outlet ORDER BY count DESC,
        outlet""",
    )
    total = int(frame["count"].sum())
    low, high = wilson_interval(frame["count"], pd.Series(total, index=frame.index))
    frame = frame.assign(share=frame["count"] / max(1, total), low=low, high=high)
    return Answer(
        frame=frame,
        n=total,
        unit=UNIT_NAMES[chosen.unit],
        interval="Wilson interval, 95 %",
        note="a text that several outlets carry counts once for each" if chosen.unit != "articles" else "",
    )


def usual_range(days: pd.DataFrame) -> pd.DataFrame:
    """low, high, times: median ± 2 robust standard deviations (1.4826 MAD, at least Poisson's).

    Of the same weekday in the eight weeks before; missing below four.
    """
    weeks = [days["count"].shift(7 * week) for week in range(1, WEEKS + 1)]  # there is a row for every day
    earlier = pd.concat(weeks, axis=1)
    middle = earlier.median(axis=1).where(earlier.notna().sum(axis=1) >= EARLIER)
    away = earlier.sub(middle, axis=0).abs().median(axis=1)
    spread = np.maximum(1.4826 * away, np.sqrt(middle.clip(lower=1)))
    times = (days["count"] / middle).where(middle >= FEWEST)
    return pd.DataFrame(
        {"low": (middle - 2 * spread).clip(lower=0), "high": middle + 2 * spread, "times": times}
    )


def _watched(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a day with observations of the chosen outlets: day, observed (outlets seen), outlets (all)."""
    outlets = chosen_outlets(snapshot, chosen)
    where, given = ("", []) if outlets is None else ("WHERE outlet = ANY(?::VARCHAR[])", [outlets])
    found = snapshot.sql(
        f"""SELECT day, count(*) FILTER (status IN ('observed', 'partial')) AS observed, count(*) AS outlets
            FROM observations {where} GROUP BY day""",  # ours
        given,
    )
    return found.assign(day=found["day"].astype("datetime64[us]"))


def _tell_stray(stray: int) -> str:
    """What is not drawn, and how to see it."""
    return f"; {stray} more far from these days, drawn once a period is chosen" if stray else ""


def _edges(chosen: Filter) -> list[pd.Timestamp]:
    """The first and last day of the filter, where both are given; an open side ends with the articles."""
    return [pd.Timestamp(chosen.start), pd.Timestamp(chosen.end)] if chosen.start and chosen.end else []


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()  # type: ignore[arg-type, call-overload]
