"""Opened: the articles behind a number, newest first, and the rows that prove it."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.selection import ALL_COLUMNS, select_articles
from etl.store import Snapshot


def list_articles(snapshot: Snapshot, chosen: Filter, limit: int = 50) -> pd.DataFrame:
    """One row an article: article_id, outlet, title, published, published_precision, language, url, words,
    n (all).
    """
    return select_articles(
        snapshot,
        chosen,
        """
        SELECT article_id, outlet, title, published, published_precision, language, url, words, count(*)
        OVER () AS n
        FROM chosen ORDER BY published DESC NULLS LAST, outlet, article_id LIMIT ?""",
        (limit,),
        source=ALL_COLUMNS,
    )


def list_evidence(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """Everything a second person needs to check a number: ids, addresses, times, hashes, store version."""
    rows = select_articles(
        snapshot,
        chosen,
        """
        SELECT article_id, outlet, title, published, published_precision, published_origin, language, url,
        story_id,
               counted, revision, snapshot, run_id
        FROM chosen ORDER BY published NULLS LAST, outlet, article_id""",
        source=ALL_COLUMNS,
    )
    return rows.assign(store_version=snapshot.version)


def find_article(snapshot: Snapshot, article: str) -> pd.DataFrame:
    """The one row of `list_articles` for this article; empty where there is none."""
    return snapshot.sql(
        """
        SELECT article_id, outlet, title, published, published_precision, language, url, words, 1 AS n
        FROM articles WHERE article_id = ?""",
        (article,),
    )
