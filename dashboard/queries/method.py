"""Method: sources, refreshes, quarantine, store versions and tables, as they stand in the store."""

from __future__ import annotations

import json

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.selection import chosen_outlets
from etl.schema import TABLES
from etl.store import Snapshot, Store

SHOWN = 50
FEATURES = {"judgements": "labels that people give in the app", "frames": "frames of sentences"}


def answer_sources(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet: outlet, country, language, family, kind, articles, undated, first, last, days,
    lost.
    """
    outlets = chosen_outlets(snapshot, chosen)
    where, given = ("", []) if outlets is None else ("WHERE o.outlet = ANY(?::VARCHAR[])", [outlets])
    frame = snapshot.sql(
        f"""SELECT outlet, min(country) AS country, min(language) AS language, min(family) AS family,
               min(kind) AS kind,
               sum(articles) AS articles, sum(undated) AS undated, min(first) AS first, max(last) AS last,
               sum(days) AS days, sum(lost) AS lost
        FROM (SELECT outlet, country, languages AS language, family, kind, 0 AS articles, 0 AS undated,
                     NULL AS first, NULL AS last, 0 AS days, 0 AS lost FROM outlets
              UNION ALL BY NAME
              SELECT outlet, count(*) AS articles, count(*) FILTER (published IS NULL) AS undated,
                     min(published) AS first, max(published) AS last FROM articles GROUP BY outlet
              UNION ALL BY NAME
              SELECT outlet, count(*) FILTER (status IN ('observed', 'partial')) AS days,
                     count(*) FILTER (status = 'failed') AS lost FROM observations GROUP BY outlet) o
        {where} GROUP BY outlet ORDER BY sum(articles) DESC NULLS LAST, outlet""",  # ours
        given,
    )
    numbers = {
        name: frame[name].fillna(0).astype("int64") for name in ("articles", "undated", "days", "lost")
    }
    return Answer(frame=frame.assign(**numbers), n=int(numbers["articles"].sum()), unit="articles")


def answer_runs(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a refresh, newest first: started, status, read, new, changed, unchanged, quarantined,
    seconds (sum), version.
    """
    frame = snapshot.sql(
        """
        SELECT run_id, started, finished, status, code_version, read, new, changed, unchanged, quarantined,
        seconds, settings
        FROM runs ORDER BY started DESC, run_id LIMIT ?""",
        [SHOWN],
    )
    frame = frame.assign(seconds=[_sum_seconds(text) for text in frame["seconds"]])
    return Answer(frame=frame, n=len(frame), unit="refreshes")


def answer_quarantine(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a reason: reason, remedy, stage, source, inputs (count), item and url of one of them; most
    frequent first.
    """
    frame = snapshot.sql(
        """
        SELECT reason, remedy, stage, source, count(DISTINCT item) AS inputs, min(item) AS item, min(url)
        AS url
        FROM quarantine GROUP BY ALL ORDER BY inputs DESC, reason, source LIMIT ?""",
        [SHOWN],
    )
    return Answer(frame=frame, n=int(frame["inputs"].sum()), unit="inputs")


def answer_versions(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a store version, newest first: version, made, run_id."""
    store = Store(snapshot.folder)
    opened = [store.snapshot(version) for version in reversed(store.versions()[-SHOWN:])]
    frame = pd.DataFrame([{"version": s.version, "made": s.made, "run_id": s.run} for s in opened])
    return Answer(frame=frame, n=len(frame), unit="versions")


def answer_tables(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a table of the contract: table, one_row, key, rows."""
    rows = {name: int(snapshot.sql(f'SELECT count(*) AS n FROM "{name}"')["n"].iloc[0]) for name in TABLES}
    frame = pd.DataFrame(
        [
            {"table": t.name, "one_row": t.one_row, "key": ", ".join(t.key), "rows": rows[t.name]}
            for t in TABLES.values()
        ]
    )
    return Answer(frame=frame, n=int(frame["rows"].sum()), unit="rows")


def answer_dictionary(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a column of the contract: table, column, type, meaning, unit, values, optional."""
    frame = pd.DataFrame(
        [
            {
                "table": t.name,
                "column": c.name,
                "type": c.dtype,
                "meaning": c.meaning,
                "unit": c.unit,
                "values": ", ".join(c.values),
                "optional": c.optional,
            }
            for t in TABLES.values()
            for c in t.columns
        ]
    )
    return Answer(frame=frame, n=len(frame), unit="columns")


def _sum_seconds(text: str) -> float:
    """The wall time of a refresh over its stages; missing where it was not told."""
    try:
        told = json.loads(text)
    except ValueError:
        return float("nan")
    times = (
        [value for value in told.values() if isinstance(value, int | float)] if isinstance(told, dict) else []
    )
    return float(sum(times)) if times else float("nan")
