"""Changes: what this store version holds that the one before did not."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from etl.errors import StoreError
from etl.store import Snapshot, Store

LISTED = 3


def answer_changes(snapshot: Snapshot, chosen: Filter) -> Answer:
    """One row a kind of change: what, count, told (in words), article_id and story_id (of its first example).

    Compared with the store version before this one, over the whole store: a refresh knows no filter.
    """
    before = _version_before(snapshot)
    if before is None:
        return Answer(
            frame=pd.DataFrame({"what": []}), n=0, unit="changes", note="first version of this store"
        )
    months = snapshot.months_since(before, "articles")
    now, then = (_articles(one, months) for one in (snapshot, before))
    fresh = now[~_are_among(now["article_id"], then["article_id"])]
    gone = then[~_are_among(then["article_id"], now["article_id"])]
    both = now.merge(then, on="article_id", suffixes=("", "_then"), validate="1:1")
    revised = both[both["revision"] > both["revision_then"]]
    rows = [
        _row("New articles", fresh, _by_outlet(fresh)),
        _stories(snapshot, before),
        _growth(snapshot, before),
        _row("Revised", revised, _headlines(revised)),
        _row("Gone", gone, "no longer in the store" if len(gone) else "nothing"),
        _quarantined(snapshot, before),
    ]
    return Answer(
        frame=pd.DataFrame(rows),
        n=len(fresh) + len(revised) + len(gone),
        unit="articles",
        note=f"versions {before.version} → {snapshot.version}; the whole store, whatever the filter",
    )


def _version_before(snapshot: Snapshot) -> Snapshot | None:
    """The store version before this one, where there is one that can still be read."""
    earlier = [version for version in Store(snapshot.folder).versions() if version < snapshot.version]
    try:
        return _open(str(snapshot.folder), earlier[-1]) if earlier else None
    except StoreError:
        return None


@lru_cache(maxsize=4)
def _open(folder: str, version: int) -> Snapshot:
    return Store(Path(folder)).snapshot(version)


def _articles(snapshot: Snapshot, months: list[str]) -> pd.DataFrame:
    """Those of the months in which anything differs: a refresh touches few of them."""
    return snapshot.sql(
        "SELECT article_id, outlet, title, revision, published FROM articles WHERE month = ANY(?::VARCHAR[]) "
        "ORDER BY published DESC, article_id",
        (months,),
    )


def _are_among(ids: pd.Series, others: pd.Series) -> pd.Series:
    """Which of the ids are among the others; pandas looks objects up fifteen times as fast as its own texts."""
    return ids.astype("object").isin(others.astype("object"))


def _row(what: str, articles: pd.DataFrame, told: str) -> dict[str, object]:
    """One kind of change of articles."""
    example = str(articles["article_id"].iloc[0]) if len(articles) else ""
    return {"what": what, "count": len(articles), "told": told, "article_id": example, "story_id": ""}


def _by_outlet(articles: pd.DataFrame) -> str:
    """Where the new articles come from, most first."""
    counts = articles["outlet"].value_counts()
    told = [f"{outlet} {count}" for outlet, count in counts.head(LISTED).items()]
    return " · ".join(told + ([f"{len(counts) - LISTED} more"] if len(counts) > LISTED else [])) or "nothing"


def _headlines(revised: pd.DataFrame) -> str:
    """A headline that was changed, as it was and as it is."""
    changed = revised[revised["title"] != revised["title_then"]]
    if changed.empty:
        return "no headline changed" if len(revised) else "nothing"
    first = changed.iloc[0]
    return f"{first['outlet']}: “{first['title_then']}” → “{first['title']}”"


def _stories(snapshot: Snapshot, before: Snapshot) -> dict[str, object]:
    """Stories that are new, the largest named; none of their articles was in a story before, under any name."""
    known = before.sql("SELECT story_id FROM stories")["story_id"]
    stories = snapshot.sql(
        "SELECT story_id, title, articles FROM stories WHERE merged_into IS NULL ORDER BY articles "
        "DESC, story_id"
    )
    named = stories[~_are_among(stories["story_id"], known)]
    renamed = _list_renamed(snapshot, before, list(named["story_id"]))
    fresh = named[~_are_among(named["story_id"], renamed)]
    told = f"largest: {fresh['title'].iloc[0]}" if len(fresh) else "nothing"
    story = str(fresh["story_id"].iloc[0]) if len(fresh) else ""
    return {"what": "New stories", "count": len(fresh), "told": told, "article_id": "", "story_id": story}


def _list_renamed(snapshot: Snapshot, before: Snapshot, stories: list[str]) -> pd.Series:
    """Those of the stories that hold an article of a story of before: they were renamed, merged or split."""
    now = snapshot.sql(
        "SELECT article_id, story_id FROM story_articles WHERE story_id = ANY(?::VARCHAR[])", (stories,)
    )
    then = before.sql(
        "SELECT article_id FROM story_articles WHERE article_id = ANY(?::VARCHAR[])",
        (list(now["article_id"]),),
    )
    return now["story_id"][_are_among(now["article_id"], then["article_id"])]


def _growth(snapshot: Snapshot, before: Snapshot) -> dict[str, object]:
    """The story that grew most, beside what is in it now and was there before, under whatever names."""
    query = "SELECT story_id, title, articles, merged_into FROM stories ORDER BY story_id"
    now, then = snapshot.sql(query), before.sql(query)
    gone = now.dropna(subset="merged_into")
    led = dict(zip(gone["story_id"], gone["merged_into"], strict=True))
    then = then[then["merged_into"].isna()]
    held = then["articles"].groupby(then["story_id"].map(lambda name: led.get(name, name))).sum()
    both = now[now["merged_into"].isna()].merge(held.rename("articles_then"), on="story_id", validate="1:1")
    grown = both[both["articles"] > both["articles_then"]]
    if grown.empty:
        return {"what": "Grew most", "count": 0, "told": "nothing", "article_id": "", "story_id": ""}
    most = grown.assign(more=grown["articles"] - grown["articles_then"]).nlargest(1, "more").iloc[0]
    told = f"{most['title']}: {most['articles_then']} → {most['articles']} articles"
    return {
        "what": "Grew most",
        "count": len(grown),
        "told": told,
        "article_id": "",
        "story_id": most["story_id"],
    }


def _quarantined(snapshot: Snapshot, before: Snapshot) -> dict[str, object]:
    """Inputs that the refreshes in between could not use, with the most frequent reason."""
    query = "SELECT run_id, item, reason FROM quarantine ORDER BY reason, run_id, item"
    now, then = snapshot.sql(query), before.sql(query)
    known = set(zip(then["run_id"], then["item"], strict=True))
    fresh = now[[pair not in known for pair in zip(now["run_id"], now["item"], strict=True)]]
    told = f"most often: {fresh['reason'].value_counts().index[0]}" if len(fresh) else "nothing"
    return {"what": "Quarantined", "count": len(fresh), "told": told, "article_id": "", "story_id": ""}
