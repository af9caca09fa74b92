"""A small newsroom for the dashboard's tests: three outlets, ten weeks, gaps, a reprint, hostile texts, two versions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.store import Store
from tests.builders import make_article, make_article_rows, make_rows, make_store

OUTLETS = ("Harbour Post", "Kontinent", "Nordlys")
FIRST = pd.Timestamp("2024-05-01")
DAYS = 60
GAP = ("2024-06-18", "2024-06-19")
HOSTILE = '<script>alert("x")</script> =cmd|calc [link](http://evil) $5'
SAME = "The ministers of three states met and said that they would go on working together for a long time to come."


def fill_newsroom(folder: Path) -> Store:
    """A store of two versions: the second adds one article and changes nothing else."""
    articles = [article for day in range(DAYS) for article in _day(day)]
    ids = [article.article_id for article in articles]
    store = make_store(
        folder,
        **make_article_rows(*articles),
        outlets=make_rows("outlets", *(_outlet(name, c) for name, c in zip(OUTLETS, ("GBR", "DEU", "NOR"), strict=True))),
        observations=make_rows("observations", *_observations()),
        stories=make_rows("stories", {"story_id": "strike", "title": HOSTILE, "first": _time(4), "last": _time(9),
                                      "articles": 6, "outlets": 2}),
        story_articles=make_rows("story_articles", *({"article_id": x, "story_id": "strike"} for x in ids[12:18])),
        reprints=make_rows("reprints", *({"article_id": x, "reprint_id": "same", "level": "duplicate"} for x in ids[12:14])),
        quarantine=make_rows("quarantine", {"run_id": "run", "item": "feed#1", "source": "feed:Kontinent",
                                            "url": "https://kontinent.example/a", "stage": "extract",
                                            "reason": "the page is empty", "remedy": "look at the address"}),
        runs=make_rows("runs", {"run_id": "run", "status": "complete", "settings": "{}", "seconds": "{}", "read": 200,
                                "new": len(articles), "quarantined": 1}),
    )  # fmt: skip
    late = make_article(outlet="Nordlys", item="late", title="A late article", published="2024-06-29T20:00")
    rows = make_article_rows(late, run="second")
    store.commit(
        "second",
        upserts={
            **rows,
            "runs": make_rows(
                "runs",
                {"run_id": "second", "status": "complete", "settings": "{}", "seconds": "{}", "new": 1},
            ),
        },
    )
    return store


def _day(day: int) -> list:  # type: ignore[type-arg]  # of Article
    """Four articles a weekday, two at the weekend; twelve on one day; none in the gap."""
    date = FIRST + pd.Timedelta(days=day)
    if str(date.date()) in GAP:
        return []
    count = 12 if str(date.date()) == "2024-06-10" else 2 if date.day_of_week >= 5 else 4
    return [
        make_article(
            outlet=OUTLETS[(number + day) % 3 if number else 0], item=f"{day}/{number}", language="en",
            title=HOSTILE if (day, number) == (4, 0) else f"Story {number} of {date:%d %B}",
            body=(SAME, f"Word{number} was seen on day {day}."), published=f"{date:%Y-%m-%d}T{8 + number:02d}:30",
            url=f"https://example.org/{day}/{number}", snapshot=f"{day:02d}{number:02d}" * 16,
        )
        for number in range(count)
    ]  # fmt: skip


def _observations() -> list[dict[str, object]]:
    """All outlets observed on all days but the gap; Kontinent partial for a week."""
    rows: list[dict[str, object]] = []
    for day in range(DAYS):
        date = FIRST + pd.Timedelta(days=day)
        for outlet in OUTLETS:
            lost = str(date.date()) in GAP
            status = "failed" if lost else "partial" if outlet == "Kontinent" and day > 52 else "observed"
            rows.append(
                {"outlet": outlet, "day": date, "status": status, "checks": 4, "successes": 0 if lost else 4}
            )
    return rows


def _outlet(name: str, country: str) -> dict[str, object]:
    return {"outlet": name, "name": f"The {name}", "country": country, "languages": "en", "domains": "kontinent.example"
            if name == "Kontinent" else ""}  # fmt: skip


def _time(day: int) -> pd.Timestamp:
    return (FIRST + pd.Timedelta(days=day, hours=8)).tz_localize("UTC")
