"""Copying: how much of an outlet's articles stood before in other outlets' articles of the same story."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.intervals import FEWEST, draw_sparse_means, percentile_interval
from dashboard.queries.leading import WIDTHS
from dashboard.queries.selection import key_articles, select_articles
from etl.store import Snapshot

PASSAGES = """WITH passages AS (
    SELECT article_a AS article_id, start_a AS start, end_a AS stop, article_b AS other FROM reuse
    WHERE NOT quoted UNION ALL
    SELECT article_b, start_b, end_b, article_a FROM reuse WHERE NOT quoted)
SELECT c.article, p.start::INTEGER AS start, p.stop::INTEGER AS stop, length(x.text)::INTEGER AS size,
    c.published, c.published_precision AS precision,
    o.published AS other_published, o.published_precision AS other_precision
FROM passages p JOIN article_keys c USING (article_id) JOIN article_keys o ON o.article_id = p.other
JOIN texts x ON x.article_id = p.article_id WHERE o.story_id = c.story_id AND o.outlet <> c.outlet"""


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
        "SELECT outlet, count(*) AS articles FROM chosen JOIN texts USING (article_id) GROUP BY outlet ORDER BY outlet",
    )
    copied = _share_copied(snapshot, chosen)
    rows = [
        _rate_outlet(str(outlet), int(count), copied[copied["outlet"] == outlet])
        for outlet, count in zip(articles["outlet"], articles["articles"], strict=True)
    ]
    frame = pd.DataFrame(rows)
    return Answer(
        frame=frame.sort_values(["copied", "outlet"], ascending=[False, True], ignore_index=True)
        if rows
        else frame,
        n=int(articles["articles"].sum()),
        unit="articles",
        interval="bootstrap 95 %, by article",
        note=f"Blank below {FEWEST} articles. An article outside of the store may have been earlier still",
    )


def _share_copied(snapshot: Snapshot, chosen: Filter) -> pd.DataFrame:
    """One row an article with a passage of another outlet's: outlet, copied, unsure (shares of its characters)."""
    key_articles(snapshot)
    snapshot.keep("passage_keys", PASSAGES)
    passages = select_articles(
        snapshot, chosen, "SELECT c.outlet, p.* FROM passage_keys p JOIN chosen c USING (article)"
    )
    of = passages.groupby("article")[["outlet", "size"]].first()
    surely, at_most = (
        measure_cover(passages[mask]).reindex(of.index, fill_value=0) / of["size"]
        for mask in _tell_order(passages)
    )
    return of[["outlet"]].assign(copied=surely, unsure=at_most - surely)


def measure_cover(spans: pd.DataFrame) -> pd.Series:
    """Characters that the spans (article, start, stop) cover together, by article; overlaps count once."""
    ordered = spans.sort_values(["article", "start", "stop"])
    reached = ordered.groupby("article", observed=True)["stop"].cummax()
    before = reached.groupby(ordered["article"], observed=True).shift(fill_value=0)
    fresh = ordered["stop"] - ordered["start"].where(ordered["start"] > before, before)
    return fresh.clip(lower=0).groupby(ordered["article"], observed=True).sum()


def _tell_order(passages: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Whether the other article is surely earlier; whether it may be. A time is as wide as its precision."""
    ends = {
        side: passages[f"{side}published"]
        + pd.to_timedelta(passages[f"{side}precision"].map(WIDTHS), unit="s")
        for side in ("", "other_")
    }
    return ends["other_"] <= passages["published"], ~(ends[""] <= passages["other_published"])


def _rate_outlet(outlet: str, articles: int, told: pd.DataFrame) -> dict[str, object]:
    """The row of one outlet with so many articles; `told` are those with a passage of another's."""
    copied, unsure = (np.sort(told[name].to_numpy(dtype="float64")) for name in ("copied", "unsure"))
    shares = copied[copied > 0]  # sorted: the articles come in no order
    row: dict[str, object] = {
        "outlet": outlet, "articles": articles, "copies": len(shares),
        "copied": None, "low": None, "high": None, "unsure": None,
    }  # fmt: skip
    if articles < FEWEST:
        return row
    low, high = percentile_interval(draw_sparse_means(shares, articles, stream=f"copied {outlet}"))
    return row | {
        "copied": float(shares.sum()) / articles, "low": low, "high": high,
        "unsure": float(unsure.sum()) / articles,
    }  # fmt: skip
