"""Two outlets that write nothing but attacks: every text that a chart may show breaks out if it can."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
SCRIPT = "javascript:alert(3)"
PAIR = ("Good <b>Post</b>", 'Evil" onmouseover="alert(4)')


def open_hostile(folder: Path) -> Snapshot:
    """A store with one story in both outlets, each found thing named after an attack."""
    articles = [
        make_article(outlet=outlet, item=outlet, title=ATTACK, body=(f"{ATTACK} attack number {place}.",),
                     url=SCRIPT, section=ATTACK, published=f"2024-06-24T0{place}:00")
        for place, outlet in enumerate(PAIR)
    ]  # fmt: skip
    spans = {name: make_rows(name, *(row for a in articles for row in _found(a.article_id, a.text, name)))
             for name in ("sentences", "tones", "mentions", "quotes", "frames", "claims", "dates")}  # fmt: skip
    both = sorted(article.article_id for article in articles)
    return make_store(
        folder,
        **make_article_rows(*articles),
        **spans,
        outlets=make_rows("outlets", *({"outlet": x, "name": f"{x} {ATTACK}", "country": ATTACK,
                                        "timezone": "Europe/London", "family": ATTACK} for x in PAIR)),
        stories=make_rows("stories", {"story_id": ATTACK, "title": ATTACK, "articles": 2, "outlets": 2}),
        story_articles=make_rows(
            "story_articles", *({"article_id": x, "story_id": ATTACK}
                                                      for x in both)),
        actors=make_rows("actors", {"actor_id": ATTACK, "name": ATTACK, "kind": "person"}),
        events=make_rows("events", {"story_id": ATTACK, "value": ATTACK,
                                    "first_day": pd.Timestamp("2024-06-24"),
                        "sentence_article": both[0], "sentence": 1, "outlets": 2, "articles": 2}),
        conflicts=make_rows("conflicts", {
            "story_id": ATTACK, "claim_id": ATTACK, "kind": "number",
            **{f"{name}_{side}": value for side, article in zip("ab", articles, strict=True)
               for name, value in (("article", article.article_id), ("start", article.text.rindex(ATTACK) + 2),
                                   ("end", article.text.rindex(ATTACK) + 9))}}),
        reuse=make_rows("reuse", {"article_a": both[0], "start_a": 0, "end_a": 40,
                                  "article_b": both[1], "start_b": 0, "end_b": 40, "tokens": 9}),
        primaries=make_rows("primaries", {"primary_id": ATTACK, "name": ATTACK, "url": SCRIPT, "language": "en",
                                          "text": f"{ATTACK}\n\n{ATTACK}"}),
        primary_quotes=make_rows("primary_quotes", *(
            {"article_id": x, "start": _found(x, articles[0].text, "quotes")[0]["start"], "primary_id": ATTACK,
             "primary_end": 20, "passage_end": len(ATTACK), "run_end": 20, "tokens": 4} for x in both)),
        quarantine=make_rows("quarantine", {"item": ATTACK, "source": ATTACK, "url": SCRIPT,
                                            "stage": "extract", "reason": ATTACK, "remedy": ATTACK}),
        runs=make_rows("runs", {"run_id": ATTACK, "settings": ATTACK, "seconds": ATTACK,
                        "code_version": ATTACK,
                                "status": "failed"}),
    ).snapshot()  # fmt: skip


def _found(article_id: str, text: str, table: str) -> list[dict[str, object]]:
    """The rows of one article: its one sentence and everything in it."""
    start, end = text.rindex(ATTACK), len(text)
    sentence = {"article_id": article_id, "sentence": 1, "start": start, "end": end}
    tone = {"textblob_polarity": -0.5, "words": 6, "negative_words": 1}
    extra: dict[str, dict[str, object]] = {
        "sentences": {"role": "body"},
        "tones": tone,
        "mentions": {"actor_id": ATTACK, "surface": ATTACK, "label": ATTACK, "voice": "outlet"},
        "quotes": {"kind": "direct", "speaker": ATTACK, "cue": ATTACK, "cue_class": "neutral"},
        "frames": {"frame": ATTACK, "score": 0.9, "evidence_start": start, "evidence_end": start + 9},
        "claims": {"story_id": ATTACK, "claim_id": ATTACK},
        "dates": {
            "surface": ATTACK,
            "value": ATTACK,
            "first_day": pd.Timestamp("2024-06-24"),
            "granularity": "day",
        },
    }
    known = set(make_rows(table).columns)
    return [{key: value for key, value in (sentence | extra[table]).items() if key in known}]
