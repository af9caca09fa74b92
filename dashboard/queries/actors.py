"""Actors: who is named, who is quoted, and in what tone each outlet writes towards them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.filters import UNIT_NAMES, Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, Floats, draw_means, percentile_interval, wilson_interval
from dashboard.queries.labels import NAMED_SPEAKER, SPOKEN
from dashboard.queries.selection import VOICED, key_articles, select_articles
from etl.store import Snapshot

MOST_ACTORS, MOST_SPEAKERS = 20, 15
ONE_QUOTE = "c.counted || ':' || (q.start - t.body_start)::VARCHAR"  # the same place of a reprint is the same
NAMED = f"""WITH chosen AS (FROM article_keys),
        said AS (SELECT c.article, q.start, q.start - t.body_start AS place, {NAMED_SPEAKER} AS speaker,
            a.actor_id, q.speaker IS NOT NULL AS told FROM {SPOKEN})"""
SPEECH_KEYS = {
    "speaker_keys": f"""{NAMED}, known AS (
            SELECT article, start, speaker, actor_id FROM said WHERE speaker IS NOT NULL),
        names AS (SELECT one, row_number() OVER (ORDER BY one)::INTEGER AS who
            FROM (SELECT DISTINCT lower(speaker) AS one FROM known))
        SELECT k.article, k.start::INTEGER AS start, k.speaker, k.actor_id, n.who
        FROM known k JOIN names n ON n.one = lower(k.speaker)""",
    "quote_sayers": """WITH each AS (
            SELECT article, start, list_sort(list_distinct(list(who))) AS whos
            FROM speaker_keys GROUP BY article, start),
        sets AS (SELECT whos, row_number() OVER (ORDER BY whos)::INTEGER AS sayers
            FROM (SELECT DISTINCT whos FROM each))
        SELECT article, start, sayers, whos FROM each JOIN sets USING (whos)""",
    "sayer_keys": "SELECT sayers, unnest(whos) AS who FROM (SELECT DISTINCT sayers, whos FROM quote_sayers)",
    "quote_keys": f"""{NAMED} SELECT q.article, q.start::INTEGER AS start, q.place::INTEGER AS place, k.sayers, q.told
        FROM (SELECT DISTINCT article, start, place, told FROM said) q
        LEFT JOIN quote_sayers k ON k.article = q.article AND k.start = q.start""",
}
AGREED = """, said AS MATERIALIZED (
            SELECT hash(c.counted, q.place) AS one, q.article, q.start, q.sayers, q.told, c.outlet, c.article_id
            FROM quote_keys q JOIN chosen c USING (article)),
        agreed AS MATERIALIZED (
            SELECT one, arg_max(sayers, copies * 4294967296 - sayers) AS sayers FROM (
                SELECT one, sayers, count(*) AS copies FROM said WHERE sayers IS NOT NULL GROUP BY one, sayers)
            GROUP BY one)"""  # of equals the first by name


def share_mentions(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an actor, most widely named first.

    Columns: actor_id, actor, kind, country, counted (in the chosen unit), mentions, n, and share, low, high
    (of all that is counted in the filter, 0 to 1).
    """
    rows = select_articles(
        snapshot,
        chosen,
        f"""SELECT m.actor_id, a.name AS actor, a.kind, a.country, count(DISTINCT c.numbered) AS counted,
            count(*) AS mentions, (SELECT count(DISTINCT numbered) FROM chosen) AS n
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
    key_speakers(snapshot)
    rows = select_articles(
        snapshot,
        chosen,
        f"""{AGREED},
        top AS (
            SELECT who, count(*) AS quotes FROM agreed JOIN sayer_keys USING (sayers) GROUP BY who
            QUALIFY rank() OVER (ORDER BY quotes DESC) <= {MOST_SPEAKERS}),
        theirs AS MATERIALIZED (
            SELECT s.article, s.start, s.outlet, t.who, t.quotes
            FROM said s JOIN agreed a USING (one) JOIN sayer_keys k ON k.sayers = a.sayers JOIN top t USING (who))
        SELECT min(p.speaker) AS speaker, min(p.actor_id) AS actor_id, any_value(t.quotes) AS quotes,
            count(DISTINCT t.outlet) AS outlets
        FROM theirs t JOIN speaker_keys p USING (article, start, who)
        GROUP BY t.who ORDER BY quotes DESC, speaker LIMIT {MOST_SPEAKERS}""",
    )
    everyone = select_articles(
        snapshot,
        chosen,
        f"""{AGREED}
        SELECT count(*) FILTER (known) AS known, count(*) FILTER (NOT known) AS open,
            count(*) FILTER (told AND NOT known) AS meant,
            (SELECT count(*) FROM agreed SEMI JOIN (
                SELECT sayers FROM sayer_keys GROUP BY sayers HAVING count(*) > 1) USING (sayers)) AS joint
        FROM (SELECT bool_or(sayers IS NOT NULL) AS known, bool_or(told) AS told FROM said GROUP BY one)""",
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


def key_speakers(snapshot: Snapshot) -> None:
    """Keep who says what, as numbers in the order of the names; made at the first call, for `AGREED`.

    `quote_keys` holds a row a quotation, `speaker_keys` one for each of its speakers; `sayers` is the number of a set
    of speakers, which `sayer_keys` holds; `who` that of a speaker's name in lower case.
    """
    key_articles(snapshot)
    for table, query in SPEECH_KEYS.items():
        snapshot.keep(table, query)


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
