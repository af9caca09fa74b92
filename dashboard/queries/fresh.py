"""Fresh: the stories that begin within the filter's days, and those in which outlets come to be at odds."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.conflicts import list_conflicts
from dashboard.queries.selection import select_articles
from etl.store import Snapshot


def list_fresh_stories(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row a story whose first article of all lies within the filter's days, and which the filter touches.

    Columns: story_id, title, first, last (days), articles (in the chosen unit, of the filter), outlets (of the
    filter; at least `chosen.fewest`). Those of most outlets first. Undated articles begin nothing.
    """
    return select_articles(
        snapshot,
        chosen,
        """, touched AS (
            SELECT story_id, count(DISTINCT counted) AS articles, count(DISTINCT outlet) AS outlets,
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
    """One row a fact and kind of conflict whose later article lies within the filter's days and is chosen.

    Columns: those of `list_conflicts`, and story_id, title, first (the day of the later article). Updates are no
    conflicts, and modality is too often misread to wake anybody.
    """
    told = select_articles(
        snapshot,
        chosen,
        """SELECT k.story_id, s.title, k.article_a, k.article_b, max(c.day) AS first
        FROM conflicts k JOIN chosen c ON c.article_id IN (k.article_a, k.article_b)
        JOIN stories s ON s.story_id = k.story_id
        WHERE k.kind IN ('number', 'date', 'name') AND c.day IS NOT NULL GROUP BY ALL ORDER BY ALL""",
    )
    parts = [
        list_conflicts(snapshot, chosen.narrow(story=story, start=None, end=None))
        .frame.merge(pairs, left_on=["left_article", "right_article"], right_on=["article_a", "article_b"])
        .query("kind in ('number', 'date', 'name')")
        for story, pairs in told.groupby("story_id")
    ]
    found = pd.concat(parts, ignore_index=True) if parts else told.iloc[:0].assign(claim_id="", kind="")
    return found.drop_duplicates(["claim_id", "kind"], ignore_index=True)
