"""Selection: the articles that a filter chooses, as a relation that every other query begins with."""

from __future__ import annotations

from dashboard.filters import Filter

COUNTED = {
    "articles": "a.article_id",
    "texts": "coalesce(r.reprint_id, a.article_id)",
    "families": "coalesce(o.family, a.outlet) || ':' || coalesce(r.reprint_id, a.article_id)",
}


def chosen_articles(chosen: Filter) -> tuple[str, list[object]]:
    """A `WITH` clause that defines `chosen`, and its parameters.

    One row an article: all columns of `articles`, `day` (UTC, missing where undated), `country` of the outlet,
    `counted` (what `count(DISTINCT counted)` counts in the chosen unit) and `story_id`.
    Undated articles are kept unless the filter names a period.
    """
    conditions, parameters = _conditions(chosen)
    where = " AND ".join(conditions) or "true"
    return f"""WITH chosen AS (
        SELECT a.*, CAST(a.published AS DATE) AS day, o.country, s.story_id, {COUNTED[chosen.unit]} AS counted
        FROM articles a
        LEFT JOIN outlets o USING (outlet)
        LEFT JOIN (SELECT * FROM reprints WHERE level = 'duplicate') r USING (article_id)
        LEFT JOIN story_articles s USING (article_id)
        WHERE {where})
        """, parameters  # noqa: S608  # every part is ours; values go in as parameters


def _conditions(chosen: Filter) -> tuple[list[str], list[object]]:
    """SQL conditions and their parameters, one a field that the user set."""
    given: list[tuple[str, object]] = [
        ("CAST(a.published AS DATE) >= ?", chosen.start),
        ("CAST(a.published AS DATE) <= ?", chosen.end),
        ("a.outlet = ANY(?)", list(chosen.outlets)),
        ("a.language = ANY(?)", list(chosen.languages)),
        ("o.country = ANY(?)", list(chosen.countries)),
        ("s.story_id = ?", chosen.story),
        ("a.article_id IN (SELECT article_id FROM mentions WHERE actor_id = ?)", chosen.actor),
    ]
    used = [(condition, value) for condition, value in given if value]
    return [condition for condition, _ in used], [value for _, value in used]
