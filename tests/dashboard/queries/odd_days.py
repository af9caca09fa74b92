"""Six outlets in three time zones, of odd precisions and with odd gaps: every number was written down by hand.

kyiv (Europe/Kyiv) publishes on Friday night, york (America/New_York) on Saturday morning UTC; bare and annal have no
row in `outlets` and no observation; desk published ten days ago and is asked to this day.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from etl.article import Article, Published
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

Row = dict[str, object]
NOW = pd.Timestamp.now("UTC").floor("s")
FRIDAY, SATURDAY = "2024-06-28T21:30", "2024-06-29T03:30"
TIMES = {  # name: time (UTC), to the minute where nothing else is said
    **{f"kyiv{n}": FRIDAY for n in range(8)},
    "kyiv8": "2024-06-26T06:00 hour", "kyiv9": "2024-06-24T00:00 day", "kyiv10": "2024-06-24T06:15",
    "kyiv11": "2024-06-01T00:00 month",
    **{f"york{n}": SATURDAY for n in range(9)},
    **{f"bare{n}": "2024-06-28T10:00" if n < 5 else "2024-06-24T10:00" for n in range(10)},
    "annal0": "2024-01-03T12:00", "annal1": "2024-03-04T12:00", "annal2": "2024-03-05T12:00",
    "annal3": "2024-03-05T13:00", "desk0": "2024-06-29T12:00",
    "desk2": "2024-06-27T12:00",
    "desk1": f"{NOW - pd.Timedelta(days=10):%Y-%m-%dT%H:%M}",
}  # fmt: skip
LANGUAGES = {f"kyiv{n}": "uk" if n % 2 else "ru" for n in range(12)} | {"annal3": "de"}
REPRINTS = {  # one text known to the day and to the minute; one of Monday that comes again on Friday
    "kyiv9": "twin", "kyiv10": "twin", "bare5": "again", "bare0": "again",
}  # fmt: skip
STORIES = {
    "ash": ("bare5", "kyiv8"),
    "elm": ("bare6", "york1"),
    "oak": ("kyiv0", "york0"),
    "fir": ("york2", "desk0"),
}
LOOKS = (("kyiv", 24, "observed"), ("kyiv", 25, "partial"), ("kyiv", 26, "failed"), ("york", 29, "failed"))
CHANGES = {
    "bare0": 10,
    "bare5": 4,
    "bare6": 5,
    "york0": 1,
    "york1": 1,
    "york2": 1,
}  # words added by a second version
NAMED = {  # days that a text names
    "annal0": ("2024-01-01", "2024-01-03", "2024-01-05", "2023-12-03", "2023-12-02"),
    "annal1": ("2024-03-04",), "annal2": ("2024-04-05", "2024-04-06"),
}  # fmt: skip
SAID = (("york0", "direct", "both"), ("kyiv0", "indirect", "both"), ("kyiv0", "indirect", "alone"))
MENTIONED = (("york0", "Lee", "Dr"), ("york1", "Dr Lee", "dr"), ("bare0", "Lee", None))


def write(name: str) -> Article:
    """The article of this name."""
    moment, _, precision = TIMES[name].partition(" ")
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    published = Published(at=at, precision=precision or "minute", origin="metadata")
    return make_article(
        outlet=name.rstrip("0123456789"), item=name, published=published, language=LANGUAGES.get(name, "en")
    )


ARTICLES = {name: write(name) for name in TIMES}
IDS = {name: article.article_id for name, article in ARTICLES.items()}


def open_days(folder: Path) -> Snapshot:
    """The six outlets as a store."""
    rows = make_article_rows(*ARTICLES.values())
    changed = rows["articles"]["article_id"].isin([IDS[name] for name in CHANGES])
    rows["articles"].loc[changed, "revision"] = 1
    return make_store(
        folder,
        **rows,
        outlets=make_rows("outlets", {"outlet": "kyiv", "timezone": "Europe/Kyiv", "country": "UKR"},
                          {"outlet": "york", "timezone": "America/New_York", "country": "USA"}),
        observations=make_rows("observations", *_looks()),
        reprints=make_rows("reprints", *({"article_id": IDS[name], "reprint_id": text} for name, text in REPRINTS.items())),
        revisions=make_rows("revisions", *({"article_id": IDS[name], "revision": version, "words_added": version * words}
                                           for name, words in CHANGES.items() for version in (0, 1))),
        stories=make_rows("stories", *({"story_id": name, "title": name} for name in STORIES)),
        story_articles=make_rows("story_articles", *({"article_id": IDS[name], "story_id": story}
                                                     for story, names in STORIES.items() for name in names)),
        dates=make_rows("dates", *({"article_id": IDS[name], "start": place, "end": place + 1, "granularity": "day",
                                    "first_day": pd.Timestamp(day), "anchor": "published"}
                                   for name, days in NAMED.items() for place, day in enumerate(days))),
        quotes=make_rows("quotes", *({"article_id": IDS[name], "start": place, "end": place + 3, "kind": kind,
                                      "utterance_id": utterance} for place, (name, kind, utterance) in enumerate(SAID))),
        actors=make_rows("actors", {"actor_id": "lee", "name": "Ann Lee"}),
        mentions=make_rows("mentions", *({"article_id": IDS[name], "start": 9, "actor_id": "lee", "surface": surface,
                                          "label": label} for name, surface, label in MENTIONED)),
    ).snapshot()  # fmt: skip


def _looks() -> list[Row]:
    """The looks of June, and one at desk two days ago."""
    past = [
        {"outlet": outlet, "day": pd.Timestamp(2024, 6, day), "status": status}
        for outlet, day, status in LOOKS
    ]
    last = NOW.tz_localize(None).normalize() - pd.Timedelta(days=2)
    return [*past, {"outlet": "desk", "day": last, "status": "observed"}]
