"""Parts: which actors act in their clauses and which are acted upon, and passives that name nobody who did it."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, wilson_interval
from dashboard.queries.selection import VOICED, select_articles
from etl.store import Snapshot

MOST_ACTORS, MOST_UNDONE, MOST_SENTENCES = 20, 6, 2
# One mention at the same place of a reprint is the same where the chosen unit counts reprints once
READ = """, read AS MATERIALIZED (
        SELECT m.actor_id, m.part, m.agentless, m.start, m."end", m.sentence, c.article_id, c.outlet, c.published,
            c.counted || ':' || (s.start - t.body_start)::VARCHAR AS place
        FROM mentions m JOIN chosen c USING (article_id) JOIN texts t USING (article_id)
        JOIN sentences s ON s.article_id = m.article_id AND s.sentence = m.sentence WHERE {voiced}
        QUALIFY row_number() OVER (
            PARTITION BY c.counted, m.start - t.body_start, m.actor_id ORDER BY c.article_id) = 1)"""


def share_acting(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an actor with ten clauses or more, most clauses first.

    Columns: actor_id, actor, kind, agents, patients (mentions), n (both), share (agents of n), low, high (0 to 1),
    mentions (all of the actor's), read (those whose sentence was read), all_share (share over all actors).
    """
    rows = select_articles(
        snapshot,
        chosen,
        f"""{READ.format(voiced=VOICED[chosen.voice])}
        SELECT r.actor_id, a.name AS actor, a.kind, count(*) FILTER (r.part = 'agent') AS agents,
            count(*) FILTER (r.part = 'patient') AS patients, count(*) AS mentions, count(r.part) AS read
        FROM read r JOIN actors a USING (actor_id) GROUP BY r.actor_id, a.name, a.kind
        ORDER BY agents + patients DESC, r.actor_id""",
    )
    n = rows["agents"] + rows["patients"]
    low, high = wilson_interval(rows["agents"], n)
    shares = rows.assign(n=n, share=rows["agents"] / n.where(n > 0), low=low, high=high)
    shares = shares.assign(all_share=rows["agents"].sum() / max(1, n.sum()))
    return Answer(
        frame=shares[n >= FEWEST].head(MOST_ACTORS).reset_index(drop=True),
        n=int(n.sum()),
        unit="mentions that act or are acted upon",
        interval="Wilson 95 %",
        note=_tell_read(rows, int((n.between(1, FEWEST - 1)).sum())),
    )


def list_passives(snapshot: Snapshot, chosen: Filter) -> Answer:
    """Up to two sentences an actor, the newest, of the actors with most passives that name nobody who did it.

    Columns: actor_id, actor, agentless, passives (sentences with a passive whose subject is the actor), outlet,
    before, mention, after (parts of the sentence), article_id, at.
    """
    rows = select_articles(
        snapshot,
        chosen,
        f"""{READ.format(voiced=VOICED[chosen.voice])},
        counted AS (
            SELECT actor_id, count(DISTINCT place) FILTER (agentless) AS agentless, count(DISTINCT place) AS passives,
                (SELECT count(DISTINCT place) FROM read WHERE agentless) AS everything,
                (SELECT count(DISTINCT place) FROM read WHERE agentless IS NOT NULL) AS all_passives
            FROM read WHERE agentless IS NOT NULL GROUP BY actor_id),
        top AS (
            SELECT * FROM counted JOIN actors USING (actor_id) WHERE agentless > 0
            ORDER BY agentless DESC, actor_id LIMIT {MOST_UNDONE})
        SELECT p.actor_id, p.name AS actor, p.agentless, p.passives, r.outlet,
            substring(x.text, s.start + 1, r.start - s.start) AS before,
            substring(x.text, r.start + 1, r."end" - r.start) AS mention,
            substring(x.text, r."end" + 1, s."end" - r."end") AS after,
            r.article_id, r.start AS at, p.everything, p.all_passives
        FROM top p JOIN read r USING (actor_id) JOIN texts x ON x.article_id = r.article_id
        JOIN sentences s ON s.article_id = r.article_id AND s.sentence = r.sentence
        WHERE r.agentless
        QUALIFY row_number() OVER (
            PARTITION BY p.actor_id ORDER BY r.published DESC NULLS LAST, r.article_id, r.start) <= {MOST_SENTENCES}
        ORDER BY p.agentless DESC, p.actor_id, r.published DESC NULLS LAST, r.article_id, r.start""",
    )
    if rows.empty:
        return Answer(frame=rows, n=0, unit="sentences")
    passives = int(rows["all_passives"].iloc[0])
    return Answer(
        frame=rows.drop(columns=["everything", "all_passives"]),
        n=int(rows["everything"].iloc[0]),
        unit="sentences",
        note=f"Of {passives} with an actor as the subject of a passive",
    )


def _tell_read(rows: pd.DataFrame, few: int) -> str:
    """How many mentions were read, and how many actors are left out."""
    left_out = f"; left out: {few} with fewer than {FEWEST} clauses" if few else ""
    return f"Part read in {int(rows['read'].sum())} of {int(rows['mentions'].sum())} mentions{left_out}"
