"""Selection: the articles that a filter chooses, as a relation that every other query begins with."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from etl.store import Snapshot

COUNTED = {
    "articles": "a.article_id",
    "texts": "coalesce(a.reprint_id, a.article_id)",
    "families": "coalesce(o.family, a.outlet) || ':' || coalesce(a.reprint_id, a.article_id)",
}
KEYS = """SELECT row_number() OVER ()::INTEGER AS article, a.article_id, a.outlet, a.language, a.month, a.published,
    CAST(a.published AS DATE) AS day, a.published_precision, a.words, a.revision, r.reprint_id, s.story_id
    FROM articles a LEFT JOIN (SELECT * FROM reprints WHERE level = 'duplicate') r USING (article_id)
    LEFT JOIN story_articles s USING (article_id)"""
NARROW = "article_keys"  # what a filter asks about, and few columns more; a number for each article
ALL_COLUMNS = """(SELECT * FROM articles JOIN (SELECT article, article_id, day, reprint_id, story_id FROM article_keys)
    USING (article_id))"""
VOICED = {"all": "true", "outlet": "m.voice IN ('outlet', 'headline')", "quoted": "m.voice = 'quoted'"}
MOST_FOUND = 100_000  # articles that a search may choose


def select_articles(
    snapshot: Snapshot,
    chosen: Filter,
    query: str,
    parameters: tuple[object, ...] = (),
    *,
    source: str = NARROW,
) -> pd.DataFrame:
    """The answer to `query`, which reads from `chosen` (see `chosen_articles`) as from a table.

    This is how every query of the dashboard begins: it alone knows how the search words choose articles. With
    `source=ALL_COLUMNS` it may read all columns of `articles`, which takes longer.
    """
    key_articles(snapshot)
    found = search_articles(snapshot, chosen.words) if chosen.words else None
    clause, given = chosen_articles(chosen, found, source)
    return snapshot.sql(clause + query, (*given, *parameters))


def key_articles(snapshot: Snapshot) -> None:
    """Keep the table `article_keys`: made at the first call of a version, read by every query after it."""
    snapshot.keep(NARROW, KEYS)


def chosen_outlets(snapshot: Snapshot, chosen: Filter) -> list[str] | None:
    """Ids of the outlets that the filter's outlets and countries leave; none where it names neither."""
    if not chosen.countries:
        return list(chosen.outlets) or None
    found = snapshot.sql(
        "SELECT outlet FROM outlets WHERE country = ANY(?) ORDER BY outlet", [list(chosen.countries)]
    )
    return [outlet for outlet in found["outlet"] if not chosen.outlets or outlet in chosen.outlets]


def search_articles(snapshot: Snapshot, words: str) -> tuple[str, ...]:
    """Ids of the articles that hold these words, best first; at most 100,000."""
    return tuple(snapshot.search(words, limit=MOST_FOUND)["article_id"])


def chosen_articles(
    chosen: Filter, found: tuple[str, ...] | None = None, source: str = NARROW
) -> tuple[str, list[object]]:
    """A `WITH` clause that defines `chosen`, and its parameters.

    One row an article: the columns of the source, among them `day` (UTC, missing where undated) and `story_id`;
    `country` of the outlet and `counted` (what is counted in the chosen unit) with its number `numbered`, for
    `count(DISTINCT numbered)`: numbers are counted several times as fast as texts.
    Undated articles are kept unless the filter names a period. `found` holds the ids that the search words
    choose; a filter with words and without them would be answered wrongly, so it is refused, as is one with a mark
    whose articles are not held.
    """
    if chosen.words and found is None:
        raise ValueError("a filter with search words needs the articles found; use select_articles")
    if chosen.behind and chosen.held is None:
        raise ValueError("a filter with a mark needs the articles behind it; use hold_articles")
    conditions, parameters = _conditions(chosen, found)
    where = " AND ".join(conditions) or "true"
    return (
        f"""WITH chosen AS (
        SELECT a.* EXCLUDE (reprint_id), o.country, {COUNTED[chosen.unit]} AS counted, {_number(chosen)} AS numbered
        FROM {source} a LEFT JOIN outlets o USING (outlet) WHERE {where})
        """,
        parameters,
    )  # every part is ours; values go in as parameters


def _number(chosen: Filter) -> str:
    """What names a unit by a number."""
    return "a.article" if chosen.unit == "articles" else f"hash({COUNTED[chosen.unit]})"


def _conditions(chosen: Filter, found: tuple[str, ...] | None) -> tuple[list[str], list[object]]:
    """SQL conditions and their parameters, one a field that the user set."""
    named = f"a.article_id IN (SELECT m.article_id FROM mentions m WHERE m.actor_id = ? AND {VOICED[chosen.voice]})"
    given: list[tuple[str, object]] = [
        ("a.day >= ?", chosen.start),
        ("a.day <= ?", chosen.end),
        ("a.outlet = ANY(?)", list(chosen.outlets)),
        ("a.language = ANY(?)", list(chosen.languages)),
        ("o.country = ANY(?)", list(chosen.countries)),
        ("a.story_id = ?", chosen.story),
        (named, chosen.actor),
        (named, chosen.beside),
    ]
    used = [(condition, value) for condition, value in given if value]
    listed = [ids for ids in (found, chosen.held) if ids is not None]
    used += [("a.article_id = ANY(?::VARCHAR[])", list(ids)) for ids in listed]
    return [condition for condition, _ in used], [value for _, value in used]
