"""Actors: who is named, who is quoted, and in what tone each outlet writes towards them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, Floats, draw_means, percentile_interval, wilson_interval
from dashboard.queries.labels import NAMED_SPEAKER, SPOKEN
from dashboard.queries.selection import VOICED, select_articles
from etl.store import Snapshot

MOST_ACTORS, MOST_SPEAKERS = 20, 15
ONE_QUOTE = "c.counted || ':' || (q.start - t.body_start)::VARCHAR"  # the same place of a reprint is the same
SAID = f""", said AS (
            SELECT {ONE_QUOTE} AS one, {NAMED_SPEAKER} AS speaker, a.actor_id, q.speaker IS NOT NULL AS told,
                c.outlet, c.article_id, q.start
            FROM {SPOKEN})"""
AGREED = f"""{SAID}, agreed AS (
            SELECT one, unnest(sayers) AS who FROM (
                SELECT one, list_sort(list_distinct(list(lower(speaker)))) AS sayers
                FROM said WHERE speaker IS NOT NULL GROUP BY one, article_id, start)
            GROUP BY one, sayers
            QUALIFY row_number() OVER (PARTITION BY one ORDER BY count(*) DESC, sayers) = 1)"""


def share_mentions(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an actor, most widely named first.

    Columns: actor_id, actor, kind, country, counted (in the chosen unit), mentions, n, and share, low, high
    (of all that is counted in the filter, 0 to 1).
    """
    rows = select_articles(
        snapshot,
        chosen,
        f"""SELECT m.actor_id, a.name AS actor, a.kind, a.country, count(DISTINCT c.counted) AS counted,
            count(*) AS mentions, (SELECT count(DISTINCT counted) FROM chosen) AS n
        FROM mentions m JOIN chosen c USING (article_id) JOIN actors a USING (actor_id)
        WHERE {VOICED[chosen.voice]} GROUP BY m.actor_id, a.name, a.kind, a.country
        ORDER BY counted DESC, mentions DESC, m.actor_id LIMIT {MOST_ACTORS}""",
    )
    n = 0 if rows.empty else int(rows["n"].iloc[0])
    low, high = wilson_interval(rows["counted"], rows["n"])
    shares = rows.assign(share=rows["counted"] / rows["n"], low=low, high=high)
    return Answer(
        frame=shares,
        n=n,
        unit=UNIT_NAMES[chosen.unit],
        interval="Wilson 95 %",
        note=f"{len(rows)} most widely named",
    )


def share_quotes(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a speaker, most quoted first: speaker, actor_id (or none), quotes, outlets, share, low, high.

    Shares are 0 to 1, of the quotations with a known speaker; one of several speakers counts for each of them. A
    reprinted quotation counts once where the chosen unit counts reprints once: for the speakers whom most copies
    name, of equals the first by name. Words that name nobody ("the report", "officials") leave the speaker open.
    """
    rows = select_articles(
        snapshot,
        chosen,
        f"""{AGREED}
        SELECT min(speaker) AS speaker, min(actor_id) AS actor_id, count(DISTINCT one) AS quotes,
            count(DISTINCT outlet) AS outlets
        FROM said JOIN agreed USING (one) WHERE lower(speaker) = who
        GROUP BY who ORDER BY quotes DESC, speaker LIMIT {MOST_SPEAKERS}""",
    )
    everyone = select_articles(
        snapshot,
        chosen,
        f"""{AGREED}
        SELECT count(*) FILTER (known) AS known, count(*) FILTER (NOT known) AS open,
            count(*) FILTER (told AND NOT known) AS meant, count(*) FILTER (sayers > 1) AS joint
        FROM (SELECT one, bool_or(speaker IS NOT NULL) AS known, bool_or(told) AS told FROM said GROUP BY one)
        LEFT JOIN (SELECT one, count(*) AS sayers FROM agreed GROUP BY one) USING (one)""",
    ).iloc[0]
    known = pd.Series(int(everyone["known"]), index=rows.index)
    low, high = wilson_interval(rows["quotes"], known)
    return Answer(
        frame=rows.assign(share=rows["quotes"] / known, low=low, high=high),
        n=int(everyone["known"]),
        unit="quotations with a speaker",
        interval="Wilson 95 %",
        note=_tell_open(everyone),
    )


def _tell_open(everyone: pd.Series) -> str:
    """How many quotations have no known speaker, how many of these have words for one, how many have several."""
    left, meant, joint = (int(everyone[name]) for name in ("open", "meant", "joint"))
    described = f" ({meant} by words that name nobody)" if meant else ""
    several = f"; {joint} of several speakers, counted for each" if joint else ""
    return f"{left} more with an open speaker{described}{several}"


def tone_towards(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an actor and outlet: actor_id, actor, outlet, tone, low, high, n (mentions), articles.

    Tone is the mean of positive minus negative probability (-1 to 1); missing below ten mentions.
    """
    mentions = select_articles(
        snapshot,
        chosen,
        f""", read AS (
            SELECT m.actor_id, c.outlet, c.article, c.article_id, m.start,
                m.tone_positive - m.tone_negative AS tone
            FROM mentions m JOIN chosen c USING (article_id)
            WHERE m.tone_positive IS NOT NULL AND {VOICED[chosen.voice]}),
        top AS (
            SELECT actor_id, count(*) AS known FROM read GROUP BY actor_id
            ORDER BY known DESC, actor_id LIMIT {MOST_ACTORS})
        SELECT r.actor_id, a.name AS actor, r.outlet, r.article, r.tone
        FROM read r JOIN top t USING (actor_id) JOIN actors a USING (actor_id)
        ORDER BY t.known DESC, r.actor_id, r.outlet, r.article_id, r.start""",
    )
    if mentions.empty:
        return Answer(frame=mentions, n=0, unit="mentions")
    rows = _estimate_pairs(mentions)
    estimated = rows.groupby("actor_id", observed=True)["tone"].transform("count") > 0
    few = rows.loc[~estimated, "actor_id"].nunique()
    return Answer(
        frame=rows[estimated].reset_index(drop=True),
        n=len(mentions),
        unit="mentions",
        interval="95 %, bootstrap over articles (over mentions below five articles)",
        note=f"Blank below {FEWEST} mentions" + (f"; left out: {few} with too few anywhere" if few else ""),
    )


def _estimate_pairs(mentions: pd.DataFrame) -> pd.DataFrame:
    """One row an actor and outlet, of which the mentions stand one after the other."""
    first = np.flatnonzero(~mentions.duplicated(["actor_id", "outlet"]))
    pairs = mentions.iloc[first][["actor_id", "actor", "outlet"]].reset_index(drop=True)
    streams = (pairs["actor_id"] + " " + pairs["outlet"]).tolist()
    parts = (np.split(mentions[name].to_numpy(), first[1:]) for name in ("tone", "article"))
    estimates = [_estimate(*part) for part in zip(*parts, streams, strict=True)]
    return pd.concat([pairs, pd.DataFrame(estimates)], axis=1)


def _estimate(tones: Floats, articles: npt.NDArray[np.int64], stream: str) -> dict[str, float]:
    """The tone of one outlet towards one actor, with its interval."""
    counts = {"n": len(tones), "articles": len(np.unique(articles))}
    if len(tones) < FEWEST:
        return {"tone": np.nan, "low": np.nan, "high": np.nan, **counts}
    low, high = percentile_interval(draw_means(tones, articles, stream=stream))
    return {"tone": float(tones.mean()), "low": low, "high": high, **counts}
