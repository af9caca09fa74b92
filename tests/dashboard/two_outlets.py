"""One story in two outlets, with every table filled by hand: what the Story page is tested on."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.store import Store
from tests.builders import make_article, make_article_rows, make_rows, make_store

POST = (
    "The union said on Monday that the strike will go on.",
    '"We will not sign a bad programme while our members are on the quay and in the yards," he said.',
    "Only the Post writes about the ferry.",
)
KONTINENT = (
    "The strike will go on, the union said on Monday.",
    '"We will not sign a bad program while our members are on the quay and in the yards," he claimed.',
    "Kontinent alone counts the costs.",
)
SPEECH = "Friends, thank you.\n\nWe will not sign a bad programme while our members are on the quay."
CLAIMS = {("Post", 1): "go-on", ("Kontinent", 1): "go-on", ("Post", 2): "sign", ("Kontinent", 2): "sign"}
SHARED = {"Post": POST[1][1:85], "Kontinent": KONTINENT[1][1:83]}


def fill_two_outlets(folder: Path, *, kontinent_dated: bool = True, precision: str = "minute") -> Store:
    """A store with one story of one article in each outlet; Kontinent's may lack its time."""
    post = make_article(
        outlet="Post", item="p", title="Strike goes on", body=POST, published="2024-06-24T07:18"
    )
    other = make_article(
        outlet="Kontinent", item="k", title="Strike goes on", body=KONTINENT, published="2024-06-24T09:00"
    )
    tables = make_article_rows(post, other)
    articles = tables["articles"].assign(published_precision=precision)
    if not kontinent_dated:
        undated = articles["outlet"] == "Kontinent"
        articles.loc[undated, ["published_precision", "published_origin"]] = "none"
        articles["published"] = articles["published"].mask(undated)
    ids = {"Post": post.article_id, "Kontinent": other.article_id}
    texts = {"Post": post.text, "Kontinent": other.text}
    return make_store(
        folder,
        articles=articles,
        texts=tables["texts"],
        outlets=_outlets(),
        **_story(ids),
        **_spans(ids, texts),
    )


def _outlets() -> pd.DataFrame:
    return make_rows(
        "outlets",
        {"outlet": "Post", "name": "The Post", "country": "GBR", "timezone": "Europe/London"},
        {"outlet": "Kontinent", "name": "Kontinent", "country": "DEU"},
    )


def _story(ids: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The story, its articles, its facts and its one date."""
    numbered = [(outlet, number) for outlet in ids for number in (1, 2, 3)]
    claims = [
        {
            "story_id": "strike",
            "claim_id": CLAIMS.get(key, f"{key[0]} alone"),
            "article_id": ids[key[0]],
            "sentence": key[1],
        }
        for key in numbered
    ]
    event = {
        "story_id": "strike",
        "first_day": pd.Timestamp("2024-06-24"),
        "value": "2024-06-24",
        "outlets": 2,
    }
    return {
        "stories": make_rows(
            "stories", {"story_id": "strike", "title": "Strike goes on", "articles": 2, "outlets": 2}
        ),
        "story_articles": make_rows(
            "story_articles", *({"article_id": x, "story_id": "strike"} for x in ids.values())
        ),
        "claims": make_rows("claims", *claims),
        "events": make_rows(
            "events", event | {"sentence_article": ids["Post"], "sentence": 1, "articles": 2}
        ),
    }


def _spans(ids: dict[str, str], texts: dict[str, str]) -> dict[str, pd.DataFrame]:
    """Sentences, tones, mentions, quotations and the shared passage, found in the texts by their words."""
    sentences, tones, mentions, quotes, dates = [], [], [], [], []
    for outlet, body in (("Post", POST), ("Kontinent", KONTINENT)):
        text, article_id = texts[outlet], ids[outlet]
        for number, words in enumerate(body, start=1):
            start = text.index(words)
            place = {"article_id": article_id, "sentence": number}
            sentences.append(
                place
                | {"start": start, "end": start + len(words), "role": "body", "quoted": float(number == 2)}
            )
            tones.append(
                place
                | {"textblob_polarity": 0.1 * number, "textblob_hits": 1, "words": 10, "negative_words": 1}
            )
        union = text.index("union")
        mentions.append(
            {
                "article_id": article_id,
                "start": union,
                "end": union + 5,
                "surface": "union",
                "sentence": 1,
                "actor_id": "union",
                "kind": "group",
                "voice": "outlet",
                "label": "the dockers'",
            }
        )
        monday = {"start": text.index("Monday"), "end": text.index("Monday") + 6, "surface": "Monday"}
        day = {"value": "2024-06-24", "first_day": pd.Timestamp("2024-06-24"), "granularity": "day"}
        dates.append(
            {"article_id": article_id, "sentence": 1, "type": "DATE", "anchor": "published"} | monday | day
        )
        quote = text.index("We will")
        cue = "said" if outlet == "Post" else "claimed"
        quotes.append({"article_id": article_id, "start": quote, "end": quote + 20, "kind": "direct",
                       "speaker": "the leader",
                       "cue": cue, "cue_class": "neutral" if cue == "said" else "distancing"})  # fmt: skip
    actor = {"actor_id": "union", "name": "Dockers' Union", "kind": "organisation"}
    return {
        "sentences": make_rows("sentences", *sentences), "tones": make_rows("tones", *tones),
        "mentions": make_rows("mentions", *mentions), "dates": make_rows("dates", *dates), "quotes": make_rows("quotes", *quotes),
        **_original(ids, texts), **_at_odds(ids, texts), "actors": make_rows("actors", actor), "reuse": make_rows("reuse", _passage(ids, texts)),
    }  # fmt: skip


def _at_odds(ids: dict[str, str], texts: dict[str, str]) -> dict[str, pd.DataFrame]:
    """Post says what Kontinent claims, and Kontinent may tell of the ferry."""
    sides = zip("ab", ("Post", "Kontinent"), ("said.", "claimed."), strict=True)
    words = {
        f"{name}_{side}": value
        for side, outlet, word in sides
        for name, value in (
            ("article", ids[outlet]),
            ("start", texts[outlet].index(word)),
            ("end", texts[outlet].index(word) + len(word) - 1),
        )
    }
    echo = {"article_id": ids["Kontinent"], "sentence": 3, "similarity": 0.2, "reason": "alike"}
    named = {"story_id": "strike", "claim_id": "sign", "kind": "modality"}
    return {
        "conflicts": make_rows("conflicts", named | words),
        "echoes": make_rows(
            "echoes", {"story_id": "strike", "claim_id": "Post alone", "outlet": "Kontinent"} | echo
        ),
    }


def _original(ids: dict[str, str], texts: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The words as spoken, which both quote: one sentence of two paragraphs."""
    runs = [
        {"article_id": ids[outlet], "start": texts[outlet].index("We will"), "primary_id": "speech",
         "end": texts[outlet].index("We will") + 20,
         "primary_start": SPEECH.index("We will"), "primary_end": SPEECH.index("We will") + 18,
         "run_start": texts[outlet].index("We will"), "run_end": texts[outlet].index("We will") + 18,
         "passage_start": SPEECH.index("We will"), "passage_end": len(SPEECH), "tokens": 5}
        for outlet in ids
    ]  # fmt: skip
    speech = {"primary_id": "speech", "name": "The leader's speech", "language": "en", "text": SPEECH,
              "published": pd.Timestamp("2024-06-24", tz="UTC"), "published_precision": "day"}  # fmt: skip
    return {
        "primaries": make_rows("primaries", speech),
        "primary_quotes": make_rows("primary_quotes", *runs),
    }


def _passage(ids: dict[str, str], texts: dict[str, str]) -> dict[str, object]:
    """The shared passage, with the smaller id first."""
    first, second = sorted(ids, key=lambda outlet: ids[outlet])
    row: dict[str, object] = {"tokens": 17, "quoted": True}
    for side, outlet in (("a", first), ("b", second)):
        start = texts[outlet].index(SHARED[outlet])
        row |= {
            f"article_{side}": ids[outlet],
            f"start_{side}": start,
            f"end_{side}": start + len(SHARED[outlet]),
        }
    return row
