"""One flood in three papers, of which no configuration knows one: facts, dates and passages written by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.article import Article
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

BODIES = {
    "c1": ("The dam broke on Sunday.", "Twelve streets were flooded.", "The mayor blamed the weather."),
    "c2": ("The dam broke on Sunday.", "Schools stay closed."),
    "s1": ("The dam broke on Sunday.", "Twelve streets were flooded.", "Insurers count the cost."),
    "w1": ("Twelve streets were flooded.", "Help came late."),
}
FACTS = {"dam": BODIES["c1"][0], "streets": BODIES["c1"][1], "weather": BODIES["c1"][2],
         "schools": BODIES["c2"][1], "cost": BODIES["s1"][2], "late": BODIES["w1"][1]}  # fmt: skip
TIMES = {
    "w1": "2024-06-03T23:29",
    "c1": "2024-06-03T23:30",
    "s1": "2024-06-04T00:10",
    "c2": "2024-06-04T10:00",
}
PAPERS = {"c": "courier", "s": "signal", "w": "wire"}
DATES, PASSAGES = 14, 14
NAMERS = ("c1", "s1", "w1", "c2")


def make_papers() -> dict[str, Article]:
    """The four articles by name; all bear the same headline."""
    return {
        name: make_article(outlet=PAPERS[name[0]], item=name, title="Flood in the harbour", body=body,
                           published=TIMES[name])
        for name, body in BODIES.items()
    }  # fmt: skip


def fill_papers(folder: Path) -> Snapshot:
    """A store of the flood; `wire` has articles and no row of its own in `outlets`."""
    papers = make_papers()
    ids = {name: article.article_id for name, article in papers.items()}
    places = [(name, number) for name, body in BODIES.items() for number in range(1, len(body) + 1)]
    return make_store(
        folder,
        **make_article_rows(*papers.values()),
        outlets=make_rows("outlets", {"outlet": "courier", "name": "The Courier", "country": "GBR"},
                          {"outlet": "signal", "name": "Signal", "country": "DEU"}),
        stories=make_rows("stories", {"story_id": "flood", "title": "Flood", "articles": 4, "outlets": 3}),
        story_articles=make_rows("story_articles", *({"article_id": x, "story_id": "flood"} for x in ids.values())),
        sentences=make_rows("sentences", *(_sentence(papers[name], number) for name, number in places)),
        claims=make_rows("claims", *(_claim(papers[name], number) for name, number in places)),
        dates=make_rows("dates", *_dates(ids)),
        reuse=make_rows("reuse", *_passages(ids)),
    ).snapshot()  # fmt: skip


def _dates(ids: dict[str, str]) -> list[dict[str, object]]:
    """Fourteen days: the one numbered `at` is named by the first 1 + at % 4 of these articles."""
    return [
        {"article_id": ids[name], "start": at, "end": at + 1, "sentence": 1, "value": f"2024-05-{at + 1:02d}",
         "first_day": pd.Timestamp("2024-05-01") + pd.Timedelta(days=at), "granularity": "day", "anchor": "text"}
        for at in range(DATES)
        for name in NAMERS[: 1 + at % 4]
    ]  # fmt: skip


def _sentence(article: Article, number: int) -> dict[str, object]:
    start = article.text.index(article.body[number - 1])
    return {"article_id": article.article_id, "sentence": number, "start": start,
            "end": start + len(article.body[number - 1]), "role": "body"}  # fmt: skip


def _claim(article: Article, number: int) -> dict[str, object]:
    fact = next(name for name, words in FACTS.items() if words == article.body[number - 1])
    return {"story_id": "flood", "claim_id": fact, "article_id": article.article_id, "sentence": number}


def _passages(ids: dict[str, str]) -> list[dict[str, object]]:
    """Five characters from each of fourteen places, shared by c1 and s1; the first by c2 too."""
    pairs = [("c1", at) for at in range(PASSAGES)] + [("c2", 0)]
    rows = []
    for name, at in pairs:
        first, second = sorted((ids[name], ids["s1"]))
        span = {"start_a": at, "end_a": at + 5, "start_b": at, "end_b": at + 5}
        rows.append({"article_a": first, "article_b": second, "tokens": 8 + at} | span)
    return rows
