"""Labelled: which titles and descriptions each outlet sets beside one actor, how often, and from when to when."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.selection import VOICED, select_articles
from etl.store import Snapshot

MOST_LABELS = 10
MOST_SENTENCES = 6  # of a label in an outlet: the first ones by day
NAMED = """, named AS MATERIALIZED (
            SELECT m.actor_id, c.outlet, c.day, m.article_id, m.start, m.sentence, m.label,
                lower(regexp_replace(m.label, '^[Tt]he ', '')) AS folded
            FROM mentions m JOIN chosen c USING (article_id) WHERE {voiced}),
        meant AS (
            SELECT actor_id FROM named JOIN actors USING (actor_id)
            WHERE label IS NOT NULL AND actor_id = coalesce(nullif(?, ''), actor_id) GROUP BY actor_id
            ORDER BY count(DISTINCT outlet) DESC, count(*) DESC, actor_id LIMIT 1),
        own AS (SELECT n.*, count(*) OVER (PARTITION BY n.outlet) AS n FROM named n SEMI JOIN meant USING (actor_id)),
        top AS (
            SELECT folded, count(*) AS used, mode(label ORDER BY label) AS label FROM own WHERE label IS NOT NULL
            GROUP BY folded ORDER BY used DESC, folded LIMIT {most})"""


def list_labels(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a label, outlet and sentence that holds it; the most used label first, the earliest sentence first.

    Columns: actor_id, actor, label, outlet, times, n (all mentions of the actor by the outlet), first_day,
    last_day (missing where no article is dated), day, article_id, at, sentence. Of the filter's actor, else of
    the one whom most outlets label.
    """
    rows = select_articles(
        snapshot,
        chosen,
        f"""{NAMED.format(voiced=VOICED[chosen.voice], most=MOST_LABELS)}
        SELECT o.actor_id, a.name AS actor, t.label, o.outlet, count(*) OVER used AS times, o.n,
            min(o.day) OVER used AS first_day, max(o.day) OVER used AS last_day, o.day, o.article_id, o.start AS at,
            coalesce(substring(x.text, s.start + 1, s.end - s.start), t.label) AS sentence,
            (SELECT count(*) FROM own WHERE label IS NOT NULL) AS labelled, (SELECT count(*) FROM own) AS every,
            (SELECT count(DISTINCT folded) FROM own WHERE label IS NOT NULL) AS labels
        FROM own o JOIN top t USING (folded) JOIN actors a USING (actor_id)
        LEFT JOIN sentences s ON s.article_id = o.article_id AND s.sentence = o.sentence
        LEFT JOIN texts x ON x.article_id = o.article_id
        WINDOW used AS (PARTITION BY t.folded, o.outlet)
        QUALIFY row_number() OVER (PARTITION BY t.folded, o.outlet ORDER BY o.day NULLS LAST, o.article_id, o.start)
            <= {MOST_SENTENCES}
        ORDER BY t.used DESC, t.folded, o.outlet, o.day NULLS LAST, o.article_id, o.start""",
        (chosen.actor,),
    )
    frame = rows.drop(columns=["labelled", "every", "labels"])
    if rows.empty:
        return Answer(frame=frame, n=0, unit="mentions with a label")
    first = rows.iloc[0]
    return Answer(
        frame=frame,
        n=int(first["labelled"]),
        unit="mentions with a label",
        verdict=f"{first['actor']}: {first['labelled']} of {first['every']} mentions carry a label.",
        note=_tell_left(rows),
    )


def _tell_left(rows: pd.DataFrame) -> str:
    """How many of the labels are shown, and how many sentences of each."""
    shown, labels = rows["label"].nunique(), int(rows["labels"].iloc[0])
    return f"{shown} of {labels} labels; up to {MOST_SENTENCES} sentences of each in an outlet, the earliest"
