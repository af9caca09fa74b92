"""Two outlets of twelve articles each, with mentions, frames and quotations, to test shares and tones on."""

from __future__ import annotations

from pathlib import Path

from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

TONES = {"Post": 0.8, "Kontinent": 0.1}  # positive probability towards the union; the negative one is 0.2
CUES = {"Post": ("said", "neutral"), "Kontinent": ("claimed", "distancing")}
EACH = 12


def fill_toned(folder: Path) -> Snapshot:
    """Every article names the union; the Post's every second one the port too. Of each a story of its own."""
    articles = {
        (outlet, n): make_article(
            outlet=outlet, item=f"{outlet}{n}", title="", body=(f"The union <b>{n}</b> strikes in port.",)
        )
        for outlet in TONES
        for n in range(EACH)
    }
    ids = {key: article.article_id for key, article in articles.items()}
    sentence = {"sentence": 1, "start": 0, "role": "body"}
    ends = {key: len(article.text) for key, article in articles.items()}
    union = [
        _mention(ids[key], "union", 4) | {"tone_positive": TONES[key[0]], "tone_negative": 0.2} for key in ids
    ]
    port = [_mention(ids[key], "port", 20) for key in ids if key[0] == "Post" and key[1] % 2 == 0]
    return make_store(
        folder,
        **make_article_rows(*articles.values()),
        sentences=make_rows(
            "sentences", *({"article_id": ids[key], "end": ends[key]} | sentence for key in ids)
        ),
        actors=make_rows(
            "actors", *({"actor_id": x, "name": f"<i>{x}</i>", "kind": "group"} for x in ("union", "port"))
        ),
        mentions=make_rows("mentions", *union, *port),
        frames=make_rows("frames", *(_frame(ids[key]) for key in ids if key[0] == "Kontinent")),
        quotes=make_rows("quotes", *(_quote(ids[key], *CUES[key[0]], key[1]) for key in ids)),
        stories=make_rows(
            "stories", *({"story_id": x, "title": x, "articles": 1, "outlets": 1} for x in ids.values())
        ),
        story_articles=make_rows("story_articles", *({"article_id": x, "story_id": x} for x in ids.values())),
    ).snapshot()


def _mention(article: str, actor: str, start: int) -> dict[str, object]:
    return {"article_id": article, "actor_id": actor, "start": start, "end": start + len(actor),
            "sentence": 1, "surface": actor, "kind": "group", "voice": "outlet"}  # fmt: skip


def _frame(article: str) -> dict[str, object]:
    return {"article_id": article, "sentence": 1, "frame": "human_interest", "scheme": "generic",
            "score": 0.9, "evidence_start": 4, "evidence_end": 9}  # fmt: skip


def _quote(article: str, cue: str, cue_class: str, number: int) -> dict[str, object]:
    """A quotation; every fourth one is that of a pronoun, which is nobody."""
    return {"article_id": article, "start": 0, "end": 3, "kind": "direct", "cue": cue, "cue_class": cue_class,
            "speaker": "He" if number % 4 == 0 else ("the Boss", "The Boss")[number % 2]}  # fmt: skip
