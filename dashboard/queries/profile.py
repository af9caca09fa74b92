"""Profile: what each outlet publishes: how much, in which languages, how exactly dated, how often changed, its gaps."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.bulk import find_bulk
from dashboard.queries.intervals import FEWEST, wilson_interval
from dashboard.queries.selection import select_articles
from etl.store import Snapshot


def profile_outlets(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet, the one with most articles first.

    Columns: outlet, articles, languages ("en 40, es 12"), words, words_low, words_high (quartiles of the length of a
    text), minute, day, undated (articles whose time is known to the hour or better, to the day or month, not at all),
    revised (articles that changed after they were first read), share, low, high (of all; 0 to 1; missing below ten),
    versions (an article), changed (words added and removed by a new version, on average; missing without one),
    observed, partial, gaps (days of its own period), longest (days in a row without any observation).
    Articles are counted whatever the unit: a revision is of one article.
    """
    rows = _count_articles(snapshot, chosen)
    if rows.empty:
        return Answer(frame=rows, n=0, unit="articles")
    low, high = wilson_interval(rows["revised"], rows["articles"])
    shares = pd.DataFrame({"share": rows["revised"] / rows["articles"], "low": low, "high": high})
    rows = rows.join(shares.mask(rows["articles"] < FEWEST))
    frame = rows.merge(_count_gaps(snapshot, chosen), on="outlet", how="left", validate="1:1")
    return Answer(
        frame=frame,
        n=int(frame["articles"].sum()),
        unit="articles",
        interval="Wilson 95 %",
        note=f"Share blank below {FEWEST} articles. Changes are seen only where an article was read again",
    )


def _count_articles(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """The columns that come from articles and their versions."""
    return select_articles(
        snapshot,
        chosen,
        """, spoken AS (
            SELECT outlet, string_agg(language || ' ' || n, ', ' ORDER BY n DESC, language) AS languages
            FROM (SELECT outlet, language, count(*) AS n FROM chosen GROUP BY ALL) GROUP BY outlet),
        altered AS (
            SELECT outlet, avg(words_added + words_removed) AS changed
            FROM revisions r JOIN chosen c USING (article_id) WHERE r.revision > 0 GROUP BY outlet)
        SELECT outlet, count(*) AS articles, any_value(languages) AS languages, median(words) AS words,
            quantile_cont(words, 0.25) AS words_low, quantile_cont(words, 0.75) AS words_high,
            count(published) FILTER (published_precision IN ('second', 'minute', 'hour')) AS "minute",
            count(published) FILTER (published_precision IN ('day', 'month')) AS "day",
            count(*) FILTER (published IS NULL) AS undated,
            count(*) FILTER (revision > 0) AS revised, avg(revision + 1) AS versions, any_value(changed) AS changed
        FROM chosen LEFT JOIN spoken USING (outlet) LEFT JOIN altered USING (outlet)
        GROUP BY outlet ORDER BY articles DESC, outlet""",
    )


def _count_gaps(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """outlet, observed, partial, gaps, longest: days from its first to its last article of the filter."""
    spans = select_articles(
        snapshot,
        chosen,
        "SELECT outlet, day, count(*) AS n FROM chosen WHERE day IS NOT NULL GROUP BY ALL ORDER BY ALL",
    )
    seen = snapshot.sql(
        "SELECT outlet, day, status FROM observations WHERE status IN ('observed', 'partial')"
    )
    known = {
        outlet: part.set_index("day")["status"] for outlet, part in seen.groupby("outlet", observed=True)
    }
    rows = [
        _gaps_of(str(outlet), part.set_index("day")["n"], known.get(outlet, pd.Series(dtype="str")), chosen)
        for outlet, part in spans.groupby("outlet", observed=True)
    ]
    return pd.DataFrame(rows, columns=["outlet", "observed", "partial", "gaps", "longest"])


def _gaps_of(outlet: str, counts: pd.Series, known: pd.Series, chosen: Filter) -> dict[str, object]:
    """The row of one outlet; without any observation (files loaded by hand) nothing can be said."""
    none: dict[str, object] = dict.fromkeys(["observed", "partial", "gaps", "longest"])
    counts.index = pd.DatetimeIndex(counts.index)
    bulk = find_bulk(counts)
    if known.empty or bulk is None:
        return {"outlet": outlet} | none
    first = pd.Timestamp(chosen.start) if chosen.start else bulk[0]
    last = pd.Timestamp(chosen.end) if chosen.end else bulk[1]
    days = pd.date_range(first, last, freq="D")
    known.index = pd.DatetimeIndex(known.index)
    status = known.reindex(days)
    lost = status.isna()
    runs = lost.groupby((~lost).cumsum()).sum()
    return {
        "outlet": outlet, "observed": int((status == "observed").sum()), "partial": int((status == "partial").sum()),
        "gaps": int(lost.sum()), "longest": int(runs.max()) if len(runs) else 0,
    }  # fmt: skip
