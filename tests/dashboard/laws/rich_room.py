"""A newsroom of seventy-five articles made by rule, as frames and as a store: laws compare both.

Five outlets: two of one family, one without a country, one that no configuration knows. Undated articles,
reprints within and across families, two languages, three stories of which one is told by one outlet alone.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from dashboard.filters import Filter
from etl.article import Article, Published
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

OUTLETS = ("Anchor", "Beacon", "Comet", "Drift", "Echo")
COUNTRY = {"Anchor": "GBR", "Beacon": "GBR", "Comet": "DEU"}
FAMILY = {"Anchor": "North", "Beacon": "North"}
NUMBERS = range(75)
UNDATED = (7, 18, 31)
REPRINTS = {0: "wire", 1: "wire", 24: "wire", 10: "note", 15: "note", 20: "again", 25: "again"}
PARTIAL = {30: "bits", 31: "bits"}
STORIES = {"harbour": (0, 1, 2, 3, 10, 15), "election": (5, 6, 8, 9, 11, 26), "alone": (22, 27)}
ACTORS = {"a0": "Ann Lee", "a1": "Port Union", "a2": "Norland"}
CUES = (("said", "neutral"), ("claimed", "distancing"), ("confirmed", "endorsing"), ("told", "neutral"))
FIRST = pd.Timestamp("2024-06-03", tz="UTC")

FILTERS = {
    "all": Filter(),
    "from": Filter(start=date(2024, 6, 8)),
    "until": Filter(end=date(2024, 6, 9)),
    "one day": Filter(start=date(2024, 6, 5), end=date(2024, 6, 5)),
    "backwards": Filter(start=date(2024, 6, 9), end=date(2024, 6, 5)),
    "one outlet": Filter(outlets=("Comet",)),
    "unconfigured outlet": Filter(outlets=("Echo",)),
    "two outlets": Filter(outlets=("Anchor", "Drift")),
    "unknown outlet": Filter(outlets=("Nobody", "O'Brien; DROP TABLE articles")),
    "english": Filter(languages=("en",)),
    "two languages": Filter(languages=("de", "en")),
    "german country": Filter(countries=("DEU",)),
    "two countries": Filter(countries=("DEU", "GBR")),
    "story": Filter(story="harbour"),
    "story of one": Filter(story="alone"),
    "actor": Filter(actor="a1"),
    "unknown actor": Filter(actor="'"),
    "words": Filter(words="storm"),
    "absent words": Filter(words="zeppelin"),
    "texts": Filter(unit="texts"),
    "families": Filter(unit="families"),
    "own voice": Filter(voice="outlet"),
    "quoted voice": Filter(voice="quoted"),
    "much at once": Filter(
        start=date(2024, 6, 3), outlets=("Anchor", "Beacon", "Comet"), languages=("en",), unit="families"
    ),
    "words of a story": Filter(words="storm", story="harbour", unit="texts", voice="quoted"),
}


def make_number(number: int) -> Article:
    """The article of this number: five outlets in turn, four a day, every fifth of them German."""
    at = FIRST + pd.Timedelta(days=number // 4, hours=number % 4, minutes=number)
    dated = Published(at=at.to_pydatetime(), precision="minute", origin="metadata")
    subject = "storm" if number % 3 == 0 else "calm"
    return make_article(
        outlet=OUTLETS[number % 5],
        item=f"room/{number}",
        title=f"Notice {number:02d}",
        body=(
            f"The {subject} reached Norland port.",
            f'"We stay with number {number}," she told us.',
            "Nobody had counted the good ships.",
        ),
        language="de" if number % 7 == 4 else "en",
        published=Published(at=None, precision="none", origin="none") if number in UNDATED else dated,
        url=f"https://example.org/{number}",
    )


@cache
def articles() -> tuple[Article, ...]:
    """All articles, by number."""
    return tuple(make_number(number) for number in NUMBERS)


def id_of(number: int) -> str:
    """The id of the article of this number."""
    return articles()[number].article_id


@cache
def tables() -> dict[str, pd.DataFrame]:
    """Every table of the room; do not change them."""
    groups = [(n, g, "duplicate") for n, g in REPRINTS.items()] + [
        (n, g, "partial") for n, g in PARTIAL.items()
    ]
    return {
        **make_article_rows(*articles()),
        "outlets": make_rows("outlets", *(_outlet(name) for name in OUTLETS if name != "Echo")),
        "observations": make_rows("observations", *_observations()),
        "reprints": make_rows(
            "reprints", *({"article_id": id_of(n), "reprint_id": g, "level": level} for n, g, level in groups)
        ),
        "stories": make_rows("stories", *(_story(name) for name in STORIES)),
        "story_articles": make_rows(
            "story_articles",
            *({"article_id": id_of(n), "story_id": name} for name in STORIES for n in STORIES[name]),
        ),
        "actors": make_rows(
            "actors", *({"actor_id": x, "name": name, "kind": "group"} for x, name in ACTORS.items())
        ),
        **{name: make_rows(name, *rows) for name, rows in _spans().items()},
    }


@cache
def frame_of(table: str) -> pd.DataFrame:
    """A table of the room with the outlet, day and voice class that its rows stand in."""
    rows = tables()[table]
    return rows.merge(told()[["article_id", "number"]], on="article_id", validate="m:1")


@cache
def told() -> pd.DataFrame:
    """One row an article with all that a filter or a unit can ask for, by hand and not by SQL."""
    rows = []
    for number, article in enumerate(articles()):
        group = REPRINTS.get(number, article.article_id)
        family = FAMILY.get(article.outlet, article.outlet)
        rows.append(
            {
                "number": number, "article_id": article.article_id, "outlet": article.outlet,
                "language": article.language, "country": COUNTRY.get(article.outlet, ""),
                "day": article.published.at.date() if article.published.at else None,
                "at": article.published.at, "text": article.text,
                "story": next((name for name, held in STORIES.items() if number in held), ""),
                "articles": article.article_id, "texts": group, "families": f"{family}:{group}",
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def choose(chosen: Filter) -> pd.DataFrame:
    """The articles that a filter chooses, one field after the other; `counted` is what its unit counts."""
    rows = told()
    if chosen.start:
        rows = rows[[day is not None and day >= chosen.start for day in rows["day"]]]
    if chosen.end:
        rows = rows[[day is not None and day <= chosen.end for day in rows["day"]]]
    lists = {"outlet": chosen.outlets, "language": chosen.languages, "country": chosen.countries}
    for column, wanted in lists.items():
        rows = rows[rows[column].isin(wanted)] if wanted else rows
    if chosen.story:
        rows = rows[rows["story"] == chosen.story]
    if chosen.actor:
        mentions = tables()["mentions"]
        rows = rows[rows["article_id"].isin(mentions.loc[mentions["actor_id"] == chosen.actor, "article_id"])]
    if chosen.words:
        rows = rows[rows["text"].str.contains(chosen.words, case=False, regex=False)]
    return rows.assign(counted=rows[chosen.unit])


def choose_rows(table: str, chosen: Filter) -> pd.DataFrame:
    """The rows of a table in chosen articles and the chosen voice, with what is known of their article."""
    rows = tables()[table].merge(choose(chosen), on="article_id", validate="m:1")
    if chosen.voice == "all":
        return rows
    if "voice" in rows:
        return rows[(rows["voice"] == "quoted") == (chosen.voice == "quoted")]
    return rows[(rows["sentence"] == 2) == (chosen.voice == "quoted")]


def open_room(folder: Path) -> Snapshot:
    """The room as a store."""
    return make_store(folder, **tables()).snapshot()


def _outlet(name: str) -> dict[str, object]:
    return {"outlet": name, "name": f"The {name}", "country": COUNTRY.get(name), "family": FAMILY.get(name),
            "languages": "en", "timezone": "Europe/London"}  # fmt: skip


def _story(name: str) -> dict[str, object]:
    held = STORIES[name]
    return {"story_id": name, "title": f"Of the {name}", "articles": len(held),
            "outlets": len({number % 5 for number in held})}  # fmt: skip


def _observations() -> list[dict[str, object]]:
    """Anchor and Comet on all of twenty-two days; both failed on one after the last article."""
    days = [FIRST.tz_localize(None) + pd.Timedelta(days=number) for number in range(22)]
    return [
        {"outlet": outlet, "day": day, "status": "failed" if place == 20 else "observed"}
        for outlet in ("Anchor", "Comet")
        for place, day in enumerate(days)
    ]


def _spans() -> dict[str, list[dict[str, object]]]:
    """Sentences and what was found in them, by rules of the article's number."""
    rows: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("sentences", "tones", "tone_words", "mentions", "quotes", "frames")
    }
    for number, article in enumerate(articles()):
        lines = (article.title, *article.body)
        for sentence, line in enumerate(lines):
            start = article.text.index(line)
            place = {
                "article_id": article.article_id,
                "sentence": sentence,
                "start": start,
                "end": start + len(line),
            }
            role = "body" if sentence else "headline"
            rows["sentences"].append(place | {"role": role, "quoted": float(sentence == 2)})
            rows["tones"].append(_tone(number, sentence, article.article_id))
            rows["tone_words"] += _tone_word(number, place)
            rows["mentions"] += _mention(number, place)
            rows["quotes"] += _quote(number, place)
            rows["frames"] += _frame(number, place)
    return rows


def _tone(number: int, sentence: int, article_id: str) -> dict[str, object]:
    polarity = None if (number + sentence) % 5 == 0 else ((7 * number + 3 * sentence) % 11 - 5) / 10
    return {"article_id": article_id, "sentence": sentence, "textblob_polarity": polarity, "words": 10,
            "positive_words": number % 3, "negative_words": (number + sentence) % 2}  # fmt: skip


def _tone_word(number: int, place: dict[str, object]) -> list[dict[str, object]]:
    word, polarity = (("good", 0.7), ("bad", -0.7), ("fair", 0.4))[(number + int(str(place["sentence"]))) % 3]
    return [place | {"word": word, "polarity": polarity}] if place["sentence"] else []


def _mention(number: int, place: dict[str, object]) -> list[dict[str, object]]:
    """One in each of the first two body sentences, one in every fourth headline."""
    who = {0: 0 if number % 4 == 0 else None, 1: number % 3, 2: (number + 1) % 3}.get(
        int(str(place["sentence"]))
    )
    if who is None:
        return []
    tone = None if number % 6 == 5 else (number % 5) / 10
    voice = ("headline", "outlet", "quoted")[int(str(place["sentence"]))]
    row = {"actor_id": f"a{who}", "surface": ("Lee", "Union", "Norland")[who], "voice": voice,
           "kind": "group", "label": ("minister", "union", None)[number % 3],
           "tone_positive": tone, "tone_negative": None if tone is None else 0.2,
           "tone_neutral": None if tone is None else 0.8 - tone}  # fmt: skip
    part = ("agent", "patient", None, "patient", "other", "agent", "agent")[number % 7]
    passive = (True, False, None)[number % 3] if part == "patient" else None
    return [place | row | {"part": part, "agentless": passive}]


def _quote(number: int, place: dict[str, object]) -> list[dict[str, object]]:
    """One in each even article: of an actor, of a speaker in changing case, or of nobody named."""
    if place["sentence"] != 2 or number % 2:
        return []
    cue, cue_class = CUES[number // 2 % 4]
    speaker, actor = (("ann lee", "a0"), ("Bo Ek", None), ("BO EK", None), (None, None))[number // 2 % 4]
    quote = {key: value for key, value in place.items() if key != "sentence"}
    kind = ("direct", "mixed", "indirect")[number % 3]
    return [quote | {"kind": kind, "speaker": speaker, "actor_id": actor,
                     "cue": cue.title() if number % 8 == 0 else cue, "cue_class": cue_class}]  # fmt: skip


def _frame(number: int, place: dict[str, object]) -> list[dict[str, object]]:
    """Economy in the own words of every third article, conflict in the quotation of every fourth."""
    start = int(str(place["start"]))
    evidence = {"evidence_start": start + 4, "evidence_end": start + 9, "score": (25 + number) / 100}
    kept = {"article_id": place["article_id"], "sentence": place["sentence"]} | evidence
    economy = [kept | {"frame": "economy"}] if place["sentence"] == 1 and number % 3 == 0 else []
    conflict = [kept | {"frame": "conflict"}] if place["sentence"] == 2 and number % 4 == 1 else []
    return economy + conflict
