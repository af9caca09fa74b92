"""Health: whether the numbers can be trusted today: days observed, newest article, quarantine, by outlet."""

from __future__ import annotations

import re

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.selection import chosen_outlets
from etl.store import Snapshot

SHOWN = 42  # days in a strip at most
STALE_HOURS = 24.0
WATCHED = pd.Timedelta(days=3)  # an outlet without an observation so long before the version is not watched


def answer_health(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet: outlet, statuses (one of o p f n a day, oldest first), whole, days, newest,
    age_hours, quarantined.

    `age_hours` counts from the newest article to when the store version was made; missing without a dated
    article.
    """
    outlets = chosen_outlets(snapshot, chosen)
    newest = _newest(snapshot, outlets)
    found = _observations(snapshot, outlets)
    days, recent = (_cut_period(found, period, newest["newest"].max()) for period in (chosen, Filter()))
    if newest.empty and days.empty:
        return Answer(frame=newest, n=0, unit="outlets")
    frame = pd.DataFrame({"outlet": sorted({*newest["outlet"], *days["outlet"]})})
    frame = frame.merge(newest, on="outlet", how="left", validate="1:1")
    strips = _strips(days, frame["outlet"])
    frame = frame.merge(strips, on="outlet", how="left", validate="1:1")
    made = snapshot.made.tz_convert("UTC").tz_localize(None)
    frame["age_hours"] = (made - frame["newest"]).dt.total_seconds() / 3600
    frame["watched"] = frame["outlet"].isin(recent.loc[recent["day"] > made - WATCHED, "outlet"])
    frame["quarantined"] = frame["outlet"].map(_quarantined(snapshot)).fillna(0).astype(int)
    return Answer(
        frame=frame,
        n=len(frame),
        unit="outlets",
        note=_note(snapshot, days),
        gaps=tuple(str(day.date()) for day in _lost_days(days)),
    )


def _observations(snapshot: Snapshot, outlets: list[str] | None) -> pd.DataFrame:
    """outlet, day, status of the chosen outlets."""
    found = snapshot.sql("SELECT outlet, day, status FROM observations ORDER BY outlet, day")
    found = found.assign(day=found["day"].astype("datetime64[us]"))
    return found if outlets is None else found[found["outlet"].isin(outlets)]


def _cut_period(found: pd.DataFrame, chosen: Filter, newest: pd.Timestamp) -> pd.DataFrame:
    """The observations of the chosen period (of the last six weeks where it is open).

    Old articles that were loaded today end with themselves: today's look would show six weeks of nothing.
    """
    last = pd.Timestamp(chosen.end) if chosen.end else found["day"].max()
    if not chosen.end and last - newest > pd.Timedelta(days=SHOWN):
        last = newest.normalize()
    first = last - pd.Timedelta(days=SHOWN - 1)
    if chosen.start:
        first = max(first, pd.Timestamp(chosen.start))
    return found[found["day"].between(first, last)]


def _newest(snapshot: Snapshot, outlets: list[str] | None) -> pd.DataFrame:
    """outlet, newest (time of its newest article, UTC), articles."""
    where, given = ("", []) if outlets is None else ("WHERE outlet = ANY(?::VARCHAR[])", [outlets])
    return snapshot.sql(
        f"""SELECT outlet, max(published) AS newest, count(*) AS articles
            FROM articles {where} GROUP BY outlet""",  # ours
        given,
    )


def _strips(days: pd.DataFrame, outlets: pd.Series) -> pd.DataFrame:
    """outlet, statuses, whole, days: the strip covers the same days for all; a day without a row was not
    watched.
    """
    if days.empty:
        return pd.DataFrame({"outlet": outlets, "statuses": "", "whole": 0, "days": 0, "first_day": pd.NaT})
    table = days.pivot(index="outlet", columns="day", values="status")
    span = pd.date_range(days["day"].min(), days["day"].max(), freq="D")
    table = table.reindex(index=list(outlets), columns=span, fill_value="not_watched").fillna("not_watched")
    letters = table.apply(lambda row: "".join(str(status)[0] for status in row), axis=1)
    return pd.DataFrame(
        {
            "outlet": letters.index,
            "statuses": letters.to_numpy(),
            "whole": (table == "observed").sum(axis=1).to_numpy(),
            "days": len(span),
            "first_day": span[0],
        }
    )


def _quarantined(snapshot: Snapshot) -> dict[str, int]:
    """How many inputs in quarantine came from each outlet: from its domains, or a source that bears its id."""
    held = snapshot.sql("SELECT DISTINCT item, lower(source) AS source, lower(url) AS url FROM quarantine")
    outlets = snapshot.sql("SELECT outlet, lower(domains) AS domains FROM outlets")
    counts = {}
    for outlet, domains in zip(outlets["outlet"], outlets["domains"], strict=True):
        named = held["source"].str.contains(rf"(?<![\w-]){re.escape(outlet.lower())}(?![\w-])")
        hosts = "|".join(re.escape(domain) for domain in domains.split("; ")) or "(?!)"
        hosted = (held["source"] + " " + held["url"]).str.contains(rf"//(?:[^/\s]*\.)?(?:{hosts})(?![\w.-])")
        counts[str(outlet)] = int(held.loc[named | hosted, "item"].nunique())
    return counts


def _lost_days(days: pd.DataFrame) -> list[pd.Timestamp]:
    """Days from the first to the last on which no outlet was observed even in part, or nobody looked at all."""
    seen = days["status"].isin(["observed", "partial"]).groupby(days["day"], observed=True).any()
    seen = seen.asfreq("D", fill_value=False)
    return list(seen.index[~seen])


def _note(snapshot: Snapshot, days: pd.DataFrame) -> str:
    """How many inputs lie in quarantine, and that there are no observations where there are none."""
    held = int(snapshot.sql("SELECT count(DISTINCT item) AS n FROM quarantine")["n"].iloc[0])
    told = f"{held} inputs in quarantine"
    return told if len(days) else f"{told}; no observations: these articles were loaded, not watched"
