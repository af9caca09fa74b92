"""A store in three versions: what came, what was rewritten, what went, what could not be used."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.store import Store
from tests.builders import make_article, make_article_rows, make_rows, make_store

TOLD = {
    "a": ("post", "Ferry late", "2024-06-01T08:00"), "b": ("post", "Bridge shut", "2024-06-02T08:00"),
    "c": ("globe", "Lost dog", "2024-06-03T08:00"), "d": ("globe", "Ferry sunk", "2024-06-04T08:00"),
    "e": ("globe", "Ferry raised", "2024-06-05T08:00"), "f": ("post", "Crew safe", "2024-06-06T08:00"),
    "g": ("star", "Ferry found", "2024-06-07T08:00"), "h": ("echo", "Ferry again", "2024-06-08T08:00"),
}  # fmt: skip
PAPERS = {
    name: make_article(outlet=outlet, item=name, title=title, published=at)
    for name, (outlet, title, at) in TOLD.items()
}
REFUSED = (("one", "no text"), ("two", "no date"), ("three", "no text"), ("four", "not HTML"))


def fill_editions(folder: Path) -> Store:
    """Version 1: a, b, c. Version 2: a has a new headline, c is gone, d to h are new. Version 3: b has a new body."""
    store = make_store(
        folder,
        **rows("a", "b", "c"),
        stories=_stories(ferry=2, bridge=1),
        quarantine=_refused("first", REFUSED[:1]),
        runs=make_rows(
            "runs", {"run_id": "first", "status": "complete", "seconds": '{"extract": 1.5, "load": 2}'}
        ),
    )
    fresh = rows("a", "d", "e", "f", "g", "h")
    store.commit(
        "second",
        upserts=fresh | {
            "articles": rewritten(fresh["articles"], "a", title="Ferry very late"),
            "stories": _stories(ferry=6, bridge=2, port=4, old=9),
            "quarantine": _refused("second", REFUSED),
            "runs": make_rows("runs", {"run_id": "second", "status": "partial", "seconds": "lost",
                                       "started": pd.Timestamp("2024-06-26", tz="UTC")}),
        },
        deleted=[PAPERS["c"].article_id],
    )  # fmt: skip
    again = rows("b")
    store.commit("third", upserts=again | {"articles": rewritten(again["articles"], "b")})
    return store


def rows(*names: str) -> dict[str, pd.DataFrame]:
    """The rows of these articles."""
    return make_article_rows(*(PAPERS[name] for name in names))


def rewritten(articles: pd.DataFrame, name: str, **changes: object) -> pd.DataFrame:
    """The same rows, this article in its second version."""
    own = articles["article_id"] == PAPERS[name].article_id
    for column, value in (changes | {"revision": 1}).items():
        articles.loc[own, column] = value
    return articles


def _stories(**sizes: int) -> pd.DataFrame:
    """Stories of these sizes; `old` went over into `ferry`."""
    return make_rows("stories", *({"story_id": name, "title": f"The {name}", "articles": size, "outlets": 1,
                                   "merged_into": "ferry" if name == "old" else None}
                                  for name, size in sizes.items()))  # fmt: skip


def _refused(run: str, items: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    return make_rows("quarantine", *({"run_id": run, "item": item, "reason": reason, "remedy": "look at it",
                                      "stage": "extract", "source": "files /in", "url": f"https://x.example/{item}"}
                                     for item, reason in items))  # fmt: skip
