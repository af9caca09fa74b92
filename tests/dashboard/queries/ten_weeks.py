"""Ten weeks of three outlets made by rule: Ann's two bursts, Bo who never changes, a long story, an outlet that comes.

Post publishes six notices a day and Wire four; from day 45 on Late publishes ten. Nobody was observed on four days.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

FIRST = pd.Timestamp("2024-03-04")  # a Monday
DAYS, COMES, GAP = 75, 45, range(35, 39)
ANN_MORE = {50: 7, 51: 8, 52: 7, 70: 9}  # texts that name Ann on these days; else one, as many as Bo
FLOOD = range(62, 65)  # Post publishes eighteen more a day
AGAIN = range(66, 69)  # the long story, one text a day else, has six


def day_of(number: int) -> pd.Timestamp:
    """The day of this number, from 0."""
    return FIRST + pd.Timedelta(days=number)


def outlets_of(day: int) -> Iterator[str]:
    """The outlet of each notice of the day."""
    if day in GAP:
        return
    yield from (
        ["Post"] * 6
        + ["Wire"] * 4
        + ["Late"] * (10 if day >= COMES else 0)
        + ["Post"] * (18 * (day in FLOOD))
    )


def open_weeks(folder: Path) -> Snapshot:
    """The ten weeks as a store."""
    made = [
        (day, place, make_article(
            outlet=outlet, item=f"{day}/{place}", title=f"Notice {day} {place}", body=(f"Text {day} of {place}.",),
            published=f"{day_of(day):%Y-%m-%d}T{place // 2:02d}:30",
        ))
        for day in range(DAYS) for place, outlet in enumerate(outlets_of(day))
    ]  # fmt: skip
    named = [(article.article_id, who) for day, place, article in made for who in names_of(day, place)]
    held = [a.article_id for day, place, a in made if place < (6 if day in AGAIN else 1)]
    return make_store(
        folder,
        **make_article_rows(*(article for _, _, article in made)),
        actors=make_rows(
            "actors", *({"actor_id": x, "name": f"{x.title()} <b>Lee</b>"} for x in ("ann", "bo"))
        ),
        mentions=make_rows(
            "mentions", *({"article_id": x, "start": 5 * (who == "bo"), "actor_id": who} for x, who in named)
        ),
        stories=make_rows(
            "stories", {"story_id": "long", "title": "The long story", "articles": 9, "outlets": 2}
        ),
        story_articles=make_rows("story_articles", *({"article_id": x, "story_id": "long"} for x in held)),
        observations=make_rows("observations", *_observations()),
    ).snapshot()


def names_of(day: int, place: int) -> Iterator[str]:
    """Who is named in this notice of the day."""
    if place < ANN_MORE.get(day, 1):
        yield "ann"
    if place == 1:
        yield "bo"


def _observations() -> Iterator[dict[str, object]]:
    """Post and Wire are watched on every day but the gap, Late from its first."""
    for day in range(DAYS):
        for outlet in ("Post", "Wire", *(["Late"] if day >= COMES else [])):
            yield {"outlet": outlet, "day": day_of(day), "status": "failed" if day in GAP else "observed"}
