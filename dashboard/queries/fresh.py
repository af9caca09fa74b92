"""Fresh: the stories that begin within the filter's days, and those in which outlets come to be at odds."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.conflicts import select_conflicts
from dashboard.queries.selection import select_articles
from etl.store import Snapshot

PAIR = ["claim_id", "kind", "left_article", "right_article"]


def list_fresh_stories(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a story whose first article of all lies within the filter's days, and which the filter touches.

    Columns: story_id, title, first, last (days), articles (in the chosen unit, of the filter), outlets (of the
    filter; at least `chosen.fewest`). Those of most outlets first. Undated articles begin nothing.
    """
    return select_articles(
        snapshot,
        chosen,
        """, touched AS (
            SELECT story_id, count(DISTINCT numbered) AS articles, count(DISTINCT outlet) AS outlets,
                max(day) AS last
            FROM chosen WHERE story_id IS NOT NULL GROUP BY story_id),
        begun AS (
            SELECT s.story_id, CAST(min(a.published) AS DATE) AS first
            FROM story_articles s JOIN articles a USING (article_id) GROUP BY s.story_id)
        SELECT story_id, title, begun.first, touched.last, touched.articles, touched.outlets
        FROM touched JOIN begun USING (story_id) JOIN stories USING (story_id)
        WHERE touched.outlets >= ? AND begun.first >= ? AND begun.first <= ?
        ORDER BY touched.outlets DESC, touched.articles DESC, story_id""",
        (chosen.fewest, chosen.start or date.min, chosen.end or date.max),
    )


def list_fresh_conflicts(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a fact and kind of conflict on which the chosen outlets came to be at odds within the filter's days.

    Columns: those of `list_conflicts`, and story_id, title, first (the day of the later of the two articles with
    which it began). Who joins either side later begins nothing. Updates are no conflicts, and modality is too often
    misread to wake anybody.
    """
    told = _list_beginnings(snapshot, chosen.narrow(start=None, end=None))
    days = pd.DatetimeIndex(told["first"]).date
    begun = told[(days >= (chosen.start or date.min)) & (days <= (chosen.end or date.max))]
    parts = [
        select_conflicts(snapshot, chosen.narrow(story=story, start=None, end=None)).merge(pairs, on=PAIR)
        for story, pairs in begun.groupby("story_id")
    ]
    found = pd.concat(parts, ignore_index=True) if parts else begun.iloc[:0]
    return found.drop_duplicates(["claim_id", "kind"], ignore_index=True)


def _list_beginnings(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """story_id, title, claim_id, kind, left_article, right_article, first: the two articles that first were at odds.

    Several rows where several did on one day; an article without a day counts as no later than the other.
    """
    return select_articles(
        snapshot,
        chosen,
        """, odds AS (
            SELECT DISTINCT k.story_id, s.title, k.claim_id, k.kind, k.article_a AS left_article,
                k.article_b AS right_article, greatest(a.day, b.day) AS first
            FROM conflicts k JOIN chosen a ON a.article_id = k.article_a JOIN chosen b ON b.article_id = k.article_b
            JOIN stories s ON s.story_id = k.story_id
            WHERE k.kind IN ('number', 'date', 'name') AND coalesce(a.day, b.day) IS NOT NULL)
        SELECT * FROM odds
        QUALIFY first = min(first) OVER (PARTITION BY story_id, claim_id, kind) ORDER BY ALL""",
    )
