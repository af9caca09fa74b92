"""Dated: the days that articles name, told apart by story, and the sentence that tells each of them best."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.overlap import number_stories
from dashboard.queries.selection import select_articles
from etl.store import Snapshot

LOCAL_DAY = (  # the day of publication where the outlet is; of a day without a time, that day itself
    "CAST(CASE WHEN c.published_precision IN ('second', 'minute', 'hour') THEN coalesce("
    "(c.published AT TIME ZONE 'UTC') AT TIME ZONE z.name, c.published) ELSE c.published END AS DATE)"
)
SHORTEST, LONGEST = 50, 270  # characters of a sentence that tells an event by itself, as the ETL judges
BEST = f"""n.role <> 'body', NOT (n."end" - n.start BETWEEN {SHORTEST} AND {LONGEST}), t.sentence,
    t.published NULLS LAST, t.article_id, t.place"""  # in the body, of telling length, early, in an early article


DAY_KEYS = f"""SELECT c.article, {LOCAL_DAY} AS told_on, CAST(d.first_day AS DATE) AS first_day, d.sentence,
    d.anchor = 'story' AS through_story, d.start AS place
FROM dates d JOIN article_keys c USING (article_id) LEFT JOIN outlets o USING (outlet)
LEFT JOIN pg_timezone_names() z ON z.name = o.timezone
WHERE d.granularity IN ('day', 'time') AND d.first_day IS NOT NULL"""
TOLD = """, told AS (
    SELECT c.article, c.article_id, c.month, c.outlet, c.language, c.published, c.story_id, c.numbered,
        d.told_on, d.first_day, d.sentence, d.through_story, d.place
    FROM chosen c JOIN day_keys d USING (article))"""
NAMED = """, credits AS (
        SELECT article, first_value(outlet) OVER (
            PARTITION BY reprint_id ORDER BY published NULLS LAST, article_id) AS credited
        FROM chosen JOIN (SELECT article, reprint_id FROM article_keys WHERE reprint_id IS NOT NULL) USING (article)),
    named AS (
        SELECT story, first_day, article, told_on, through_story, hash(coalesce(credited, outlet)) AS credited
        FROM told JOIN story_keys USING (article) LEFT JOIN credits USING (article) WHERE story_id IS NOT NULL),
    days AS MATERIALIZED (
        SELECT story, first_day, count(*) AS outlets FROM (SELECT DISTINCT story, first_day, credited FROM named)
        GROUP BY story, first_day)"""  # the outlet that counts for a text which several carry is the first of them


def select_days(
    snapshot: Snapshot, chosen: Filter, query: str, parameters: tuple[object, ...] = ()
) -> pd.DataFrame:
    """The answer to `query`, which reads from `told`: a row each day that an article of `chosen` names.

    `told_on` is the day of publication where the outlet is, `numbered` the number of what is counted, `place` where the
    day is named. What depends on the version alone is kept.
    """
    number_stories(snapshot)
    snapshot.keep("day_keys", DAY_KEYS)
    return select_articles(snapshot, chosen, TOLD + query, parameters)


def rank_events(snapshot: Snapshot, chosen: Filter, most: int) -> pd.DataFrame:
    """The days of stories that most outlets name, by day: at most so many, one row each, reprints once.

    Columns: as `rank_days`, with outlet, article_id, at, sentence (of the one that tells it best), found.
    """
    days = rank_days(snapshot, chosen, most)
    best = list_tellings(snapshot, chosen, days).drop_duplicates(["story_id", "first_day"])
    told = best[["story_id", "first_day", "outlet", "article_id", "month", "at", "end"]]
    ranked = days.drop(columns="found").merge(told, on=["story_id", "first_day"], validate="1:1")
    return quote_sentences(snapshot, ranked.assign(found=days["found"]))


def rank_days(snapshot: Snapshot, chosen: Filter, most: int) -> pd.DataFrame:
    """The days of stories that most outlets name, by day: at most so many, one row each, reprints once.

    Columns: story_id, first_day, value, outlets, articles, first_told and last_told (days of publication, where
    the outlet is), through_story (articles that are dated by their story), found (how many there are). Only of the
    foremost by outlets more is counted.
    """
    return select_days(
        snapshot,
        chosen,
        f"""{NAMED}, foremost AS (
            SELECT * FROM days WHERE outlets >= (
                SELECT min(outlets) FROM (SELECT outlets FROM days ORDER BY outlets DESC LIMIT {most:d}))),
        top AS (
            SELECT story, first_day, outlets, count(DISTINCT article) AS articles, min(told_on) AS first_told,
                max(told_on) AS last_told, count(DISTINCT article) FILTER (through_story) AS through_story
            FROM named JOIN foremost USING (story, first_day) GROUP BY story, first_day, outlets
            ORDER BY outlets DESC, articles DESC, first_day, story LIMIT {most:d})
        SELECT name AS story_id, first_day, strftime(first_day, '%Y-%m-%d') AS value, outlets, articles, first_told,
            last_told, through_story, (SELECT count(*) FROM days) AS found
        FROM top JOIN story_names USING (story) ORDER BY first_day, story_id""",
    )


def list_tellings(snapshot: Snapshot, chosen: Filter, days: pd.DataFrame) -> pd.DataFrame:
    """One row a sentence that names a day of its story, by story and day, the sentence that tells it best first.

    `days` holds story_id and first_day. Columns: these, outlet, told_on, published, article_id, month, at, end.
    """
    named = [days[name].drop_duplicates().tolist() for name in ("story_id", "first_day")]
    return select_days(
        snapshot,
        chosen,
        f"""SELECT t.story_id, t.first_day, t.outlet, t.told_on, t.published, t.article_id, t.month,
            n.start AS at, n."end"
        FROM told t JOIN sentences n ON n.article_id = t.article_id AND n.sentence = t.sentence
        WHERE t.story_id = ANY(?::VARCHAR[]) AND t.first_day = ANY(?::DATE[])
        ORDER BY t.story_id, t.first_day, {BEST}""",
        tuple(named),
    ).merge(days[["story_id", "first_day"]], on=["story_id", "first_day"], validate="m:1")


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
