"""Sources: what kind of source each outlet's quotations rest on, and those of nobody named."""

from __future__ import annotations

from dashboard.filters import Filter
from dashboard.queries.actors import ONE_QUOTE
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST
from dashboard.queries.labels import VIA
from dashboard.queries.quoted import share_out
from dashboard.queries.selection import select_articles
from etl.schema import SOURCE_TYPES
from etl.store import Snapshot

MOST_LISTED = 12
CLAUSE = 5  # words; shorter pieces are listed last


def share_sources(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a kind of source and outlet: persons, institutions, documents, anonymous ones.

    Columns: source_type, outlet, quotes, n (the outlet's quotations whose kind of source is known), share, low,
    high (0 to 1; missing below ten quotations), article_id, at (the first such quotation; missing where there is
    none). A reprinted quotation counts once an outlet where the chosen unit counts reprints once.
    """
    rows = select_articles(
        snapshot,
        chosen,
        f""", said AS (
            SELECT {ONE_QUOTE} AS one, c.outlet, min(q.source_type) AS source_type,
                min((c.article_id, q.start)) FILTER (q.source_type IS NOT NULL) AS first
            FROM quotes q JOIN chosen c USING (article_id) JOIN texts t USING (article_id)
            GROUP BY one, c.outlet),
        papers AS (SELECT outlet, count(source_type) AS n FROM said GROUP BY outlet HAVING n > 0)
        SELECT k.source_type, p.outlet, count(s.one) AS quotes, p.n, min(s.first)[1] AS article_id,
            min(s.first)[2] AS at, (SELECT count(DISTINCT one) FROM said WHERE source_type IS NOT NULL) AS known,
            (SELECT count(DISTINCT one) FROM said) AS everything
        FROM (SELECT unnest(?) AS source_type) k CROSS JOIN papers p
        LEFT JOIN said s ON s.source_type = k.source_type AND s.outlet = p.outlet
        GROUP BY k.source_type, p.outlet, p.n ORDER BY list_position(?, k.source_type), p.outlet""",
        (list(SOURCE_TYPES), list(SOURCE_TYPES)),
    )
    known = int(rows["known"].iloc[0]) if len(rows) else 0
    more = int(rows["everything"].iloc[0]) - known if len(rows) else 0
    return Answer(
        frame=share_out(rows.drop(columns=["known", "everything"])),
        n=known,
        unit="quotations with a known kind of source",
        interval="Wilson 95 %",
        note=f"Kind open in {more} more; blank below {FEWEST} quotations of an outlet",
    )


def list_unnamed(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a quotation of nobody named, the outlets in turn, each with its newest first; twelve at most.

    Columns: outlet, speaker (the words for the source), via (the intermediary, or missing), quote, article_id, at.
    """
    rows = select_articles(
        snapshot,
        chosen,
        f""", unnamed AS (
            SELECT DISTINCT ON (one) {ONE_QUOTE} AS one, c.outlet, c.published, q.speaker, {VIA} AS via,
                substring(t.text, q.start + 1, q.end - q.start) AS quote, q.article_id, q.start AS at
            FROM quotes q JOIN chosen c USING (article_id) JOIN texts t USING (article_id)
            WHERE q.source_type = 'anonymous' ORDER BY one, c.outlet, q.article_id)
        SELECT * EXCLUDE (one, published), count(*) OVER () AS n FROM unnamed
        ORDER BY row_number() OVER (PARTITION BY outlet
            ORDER BY len(string_split(quote, ' ')) < {CLAUSE}, published DESC NULLS LAST, article_id, "at"),
            outlet LIMIT {MOST_LISTED}""",
    )
    n = int(rows["n"].iloc[0]) if len(rows) else 0
    return Answer(
        frame=rows.drop(columns="n"),
        n=n,
        unit="quotations of nobody named",
        note=f"{len(rows)} listed, the outlets in turn",
    )
