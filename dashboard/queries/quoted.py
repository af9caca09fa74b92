"""Quoted: how each outlet shares its quotations out among the speakers."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.actors import AGREED, MOST_SPEAKERS, key_speakers
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, wilson_interval
from dashboard.queries.selection import select_articles
from etl.store import Snapshot


def share_speakers(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a speaker and outlet, the speaker most quoted by all outlets first.

    Columns: speaker, outlet, quotes, n (the outlet's quotations with a speaker), share, low, high (0 to 1; missing
    below ten quotations), article_id, at (the first such quotation; missing where there is none). A reprinted
    quotation counts once an outlet where the chosen unit counts reprints once, one of several speakers for each.
    """
    key_speakers(snapshot)
    rows = select_articles(
        snapshot,
        chosen,
        f"""{AGREED},
        top AS (
            SELECT who, count(*) AS quotes FROM agreed JOIN sayer_keys USING (sayers) GROUP BY who
            ORDER BY quotes DESC, who LIMIT {MOST_SPEAKERS}),
        named AS (SELECT p.who, min(p.speaker) AS speaker FROM speaker_keys p SEMI JOIN top USING (who)
            SEMI JOIN chosen USING (article) GROUP BY p.who),
        heard AS (SELECT one, outlet, article_id, start FROM said WHERE sayers IS NOT NULL),
        known AS (
            SELECT h.one, k.who, h.outlet, min((h.article_id, h.start)) AS first
            FROM heard h JOIN agreed USING (one) JOIN sayer_keys k USING (sayers) SEMI JOIN top t ON t.who = k.who
            GROUP BY h.one, k.who, h.outlet),
        papers AS (SELECT outlet, count(DISTINCT one) AS n FROM heard GROUP BY outlet)
        SELECT d.speaker, p.outlet, count(k.one) AS quotes, p.n, min(k.first)[1] AS article_id,
            min(k.first)[2]::BIGINT AS at, (SELECT count(*) FROM agreed) AS everything,
            (SELECT count(DISTINCT one) FROM said) AS said
        FROM top t CROSS JOIN papers p JOIN named d USING (who)
        LEFT JOIN known k ON k.who = t.who AND k.outlet = p.outlet
        GROUP BY t.who, d.speaker, p.outlet, p.n, t.quotes ORDER BY t.quotes DESC, t.who, p.outlet""",
    )
    known, said = (int(rows[name].iloc[0]) if len(rows) else 0 for name in ("everything", "said"))
    return Answer(
        frame=share_out(rows.drop(columns=["everything", "said"])),
        n=known,
        unit="quotations with a speaker",
        interval="Wilson 95 %",
        note=f"{said - known} more with an open speaker; one of several speakers counts for each; "
        f"blank below {FEWEST} quotations of an outlet",
    )


def list_quoting(snapshot: Snapshot, chosen: Filter, row: tuple[str, ...]) -> list[str]:
    """Articles with a quotation that counts for the speaker; `row` names the speaker, and the outlet where one is
    meant.
    """
    key_speakers(snapshot)
    outlet = row[1] if len(row) > 1 else None
    found = select_articles(
        snapshot,
        chosen,
        f"""{AGREED} SELECT s.article_id FROM said s JOIN agreed a USING (one) JOIN sayer_keys k ON k.sayers = a.sayers
        WHERE s.sayers IS NOT NULL AND (?::VARCHAR IS NULL OR s.outlet = ?) AND k.who IN (
            SELECT who FROM speaker_keys WHERE lower(speaker) = lower(?))""",
        (outlet, outlet, row[0]),
    )
    return list(found["article_id"])


def share_out(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with share, low and high of `quotes` in the outlet's `n`, where that is enough."""
    low, high = wilson_interval(rows["quotes"], rows["n"])
    enough = rows["n"] >= FEWEST
    shares = {"share": (rows["quotes"] / rows["n"]).where(enough), "low": low.where(enough)}
    return rows.assign(**shares, high=high.where(enough))
