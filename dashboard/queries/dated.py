"""Dated: the days that articles name, told apart by story, and the sentence that tells each of them best."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.selection import select_articles
from etl.store import Snapshot

LOCAL_DAY = (  # the day of publication where the outlet is; of a day without a time, that day itself
    "CAST(CASE WHEN c.published_precision IN ('second', 'minute', 'hour') THEN coalesce("
    "(c.published AT TIME ZONE 'UTC') AT TIME ZONE z.name, c.published) ELSE c.published END AS DATE)"
)
SHORTEST, LONGEST = 50, 270  # characters of a sentence that tells an event by itself, as the ETL judges
BEST = f"""n.role <> 'body', NOT (n."end" - n.start BETWEEN {SHORTEST} AND {LONGEST}), t.sentence,
    t.published NULLS LAST, t.article_id, t.place"""  # in the body, of telling length, early, in an early article


def tell_days(of: str = "true") -> str:
    """SQL that follows `chosen`: `members`, its articles (those of which `of` is true), and `told`, each day named.

    `told_on` is the day of publication where the outlet is; `credited` the outlet that counts for a text which
    several carry: the first of them.
    """
    return f""", members AS (
        SELECT c.article_id, c.month, c.outlet, c.language, c.published, c.published_precision, c.story_id, c.counted,
            {LOCAL_DAY} AS told_on,
            first_value(c.outlet) OVER (PARTITION BY coalesce(r.reprint_id, c.article_id)
                ORDER BY c.published NULLS LAST, c.article_id) AS credited
        FROM chosen c LEFT JOIN outlets o USING (outlet) LEFT JOIN pg_timezone_names() z ON z.name = o.timezone
        LEFT JOIN (SELECT * FROM reprints WHERE level = 'duplicate') r USING (article_id)
        WHERE {of}),
    told AS MATERIALIZED (
        SELECT m.*, CAST(d.first_day AS DATE) AS first_day, d.sentence, d.anchor, d.start AS place
        FROM members m JOIN dates d USING (article_id)
        WHERE d.granularity IN ('day', 'time') AND d.first_day IS NOT NULL)"""


def rank_events(snapshot: Snapshot, chosen: Filter, most: int) -> pd.DataFrame:
    """The days of stories that most outlets name, by day: at most so many, one row each, reprints once.

    Columns: story_id, first_day, value, outlets, articles, first_told and last_told (days of publication, where
    the outlet is), through_story (articles that are dated by their story), outlet, article_id, at, sentence (of
    the one that tells it best), found (how many there are).
    """
    ranked = select_articles(
        snapshot,
        chosen,
        f"""{tell_days()},
        events AS (
            SELECT story_id, first_day, count(DISTINCT credited) AS outlets, count(DISTINCT article_id) AS articles,
                min(told_on) AS first_told, max(told_on) AS last_told,
                count(DISTINCT article_id) FILTER (anchor = 'story') AS through_story
            FROM told WHERE story_id IS NOT NULL GROUP BY story_id, first_day),
        top AS (
            SELECT *, count(*) OVER () AS found FROM events
            ORDER BY outlets DESC, articles DESC, first_day, story_id LIMIT {most:d})
        SELECT DISTINCT ON (e.first_day, e.story_id) e.story_id, e.first_day,
            strftime(e.first_day, '%Y-%m-%d') AS value, e.outlets, e.articles, e.first_told, e.last_told,
            e.through_story, t.outlet, t.article_id, t.month, n.start AS at, n."end", e.found
        FROM top e JOIN told t USING (story_id, first_day)
        JOIN sentences n ON n.article_id = t.article_id AND n.sentence = t.sentence
        ORDER BY e.first_day, e.story_id, {BEST}""",
    )
    return quote_sentences(snapshot, ranked)


def quote_sentences(snapshot: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `sentence`, the words from `at` to `end` of their articles, in place of `end` and `month`.

    Only the months and articles named are read, for the texts are most of a store.
    """
    found = snapshot.sql(
        "SELECT article_id, text FROM texts WHERE month = ANY(?::VARCHAR[]) AND article_id = ANY(?::VARCHAR[])",
        (sorted(set(rows["month"])), sorted(set(rows["article_id"]))),
    )
    told = rows.merge(found, on="article_id", validate="many_to_one")
    spans = zip(told["text"], told["at"], told["end"], strict=True)
    words = pd.Series([text[at:end] for text, at, end in spans], index=told.index, dtype="str")
    return told.drop(columns=["text", "end", "month"]).assign(sentence=words)
