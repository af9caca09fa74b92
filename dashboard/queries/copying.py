"""Copying: how much of an outlet's articles stood before in other outlets' articles of the same story."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, draw_means, percentile_interval
from dashboard.queries.leading import WIDTHS
from dashboard.queries.selection import select_articles
from etl.store import Snapshot

PASSAGES = """, passages AS (
    SELECT article_a AS article_id, start_a AS start, end_a AS stop, article_b AS other FROM reuse
    WHERE NOT quoted UNION ALL
    SELECT article_b, start_b, end_b, article_a FROM reuse WHERE NOT quoted)
SELECT c.article_id, p.start, p.stop, c.published, c.published_precision AS precision,
    o.published AS other_published, o.published_precision AS other_precision
FROM chosen c JOIN passages p USING (article_id) JOIN articles o ON o.article_id = p.other
JOIN story_articles s ON s.article_id = p.other
WHERE s.story_id = c.story_id AND o.outlet <> c.outlet"""


def rate_copying(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row an outlet, the one that copies most first.

    Columns: outlet, articles, copies (articles with any copied passage), copied (mean share of an article's
    characters that stood in surely earlier articles of its story, by other outlets), low, high, unsure (mean
    share that stands in articles of which the times cannot tell whether they were earlier); shares are 0 to 1,
    missing below ten articles. Passages inside quotation marks of both are nobody's copy. Articles are
    counted whatever the unit: a reprint is what is measured here.
    """
    articles = select_articles(
        snapshot,
        chosen,
        """SELECT article_id, outlet, length(x.text) AS size FROM chosen JOIN texts x USING (article_id)
        ORDER BY article_id""",
    )
    passages = select_articles(snapshot, chosen, PASSAGES)
    before, maybe = _tell_order(passages)
    size = articles.set_index("article_id")["size"]
    surely, at_most = (
        measure_cover(passages[mask]).reindex(size.index, fill_value=0) / size for mask in (before, maybe)
    )
    told = articles.assign(copied=surely.to_numpy(), unsure=(at_most - surely).to_numpy())
    rows = [_rate_outlet(str(outlet), own) for outlet, own in told.groupby("outlet", observed=True)]
    frame = pd.DataFrame(rows)
    return Answer(
        frame=frame.sort_values(["copied", "outlet"], ascending=[False, True], ignore_index=True)
        if rows
        else frame,
        n=len(articles),
        unit="articles",
        interval="bootstrap 95 %, by article",
        note=f"Blank below {FEWEST} articles. An article outside of the store may have been earlier still",
    )


def measure_cover(spans: pd.DataFrame) -> pd.Series:
    """Characters that the spans (article_id, start, stop) cover together, by article; overlaps count once."""
    ordered = spans.sort_values(["article_id", "start", "stop"])
    reached = ordered.groupby("article_id", observed=True)["stop"].cummax()
    before = reached.groupby(ordered["article_id"], observed=True).shift(fill_value=0)
    fresh = ordered["stop"] - ordered["start"].where(ordered["start"] > before, before)
    return fresh.clip(lower=0).groupby(ordered["article_id"], observed=True).sum()


def _tell_order(passages: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Whether the other article is surely earlier; whether it may be. A time is as wide as its precision."""
    ends = {
        side: passages[f"{side}published"]
        + pd.to_timedelta(passages[f"{side}precision"].map(WIDTHS), unit="s")
        for side in ("", "other_")
    }
    return ends["other_"] <= passages["published"], ~(ends[""] <= passages["other_published"])


def _rate_outlet(outlet: str, articles: pd.DataFrame) -> dict[str, object]:
    """The row of one outlet."""
    row: dict[str, object] = {
        "outlet": outlet, "articles": len(articles), "copies": int((articles["copied"] > 0).sum()),
        "copied": None, "low": None, "high": None, "unsure": None,
    }  # fmt: skip
    if len(articles) < FEWEST:
        return row
    shares = articles["copied"].to_numpy(dtype=float)
    low, high = percentile_interval(
        draw_means(shares, articles["article_id"].to_numpy(dtype=object), stream=f"copied {outlet}")
    )
    return row | {
        "copied": float(shares.mean()), "low": low, "high": high, "unsure": float(articles["unsure"].mean()),
    }  # fmt: skip
