"""Mentions: every place where an article names an actor, with its label, its voice and its sentence."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import pandas as pd

from etl.schema import MENTIONS as TABLE
from etl.transform.actors.find import find_names
from etl.transform.actors.resolve import Meant, resolve_names
from etl.transform.actors.ruled import rule_mentions
from etl.transform.feature import Feature
from etl.transform.media import one_word, read_own_names
from etl.transform.rulings import Rulings
from etl.transform.stance import judge_targets
from etl.transform.voice import quoted_ranges

TONES = ("tone_negative", "tone_neutral", "tone_positive")


class _Sentences(NamedTuple):
    """Where the sentences of one article begin, their numbers and roles."""

    starts: list[int]
    numbers: list[int]
    roles: list[str]


class _Desk(NamedTuple):
    """Who published an article, in which language, and what that outlet calls itself."""

    outlet: str
    language: str
    own: frozenset[str]


NO_DESK = _Desk("", "und", frozenset())


def find_mentions(
    articles: pd.DataFrame,
    texts: pd.DataFrame,
    sentences: pd.DataFrame,
    outlets: pd.DataFrame | None = None,
    *,
    rulings: Rulings | None = None,
) -> pd.DataFrame:
    """Rows for the table `mentions`; none for an article in an unknown language.

    Without `outlets` nobody is known to speak of itself; `rulings` are what a person decided about actors.
    """
    desks = _read_desks(articles, outlets)
    places = _read_sentences(sentences)
    rows = [
        row
        for article_id, text in zip(texts["article_id"], texts["text"], strict=True)
        for row in _mention_rows(
            article_id, text, desks.get(article_id, NO_DESK), places.get(article_id), rulings
        )
    ]
    return TABLE.conform(_add_tone(pd.DataFrame(rows), articles, texts, sentences)) if rows else TABLE.empty()


def _add_tone(
    mentions: pd.DataFrame, articles: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    """The mentions with the tone of their sentence towards them; missing in other languages than English."""
    english = articles.loc[articles["language"] == "en", "article_id"]
    placed = mentions[mentions["article_id"].isin(english)].merge(
        sentences[["article_id", "sentence", "start", "end"]],
        on=["article_id", "sentence"], suffixes=("", "_of"), validate="many_to_one",
    ).merge(texts[["article_id", "text"]], on="article_id", validate="many_to_one")  # fmt: skip
    columns = (placed[name] for name in ("text", "start_of", "end_of", "start", "end"))
    cases = [(text[first:last], (start - first, end - first)) for text, first, last, start, end in
             zip(*columns, strict=True)]  # fmt: skip
    judged = pd.DataFrame(
        judge_targets([sentence for sentence, _ in cases], [span for _, span in cases]), columns=list(TONES)
    )
    judged[["article_id", "start"]] = placed[["article_id", "start"]]
    return mentions.merge(judged, on=["article_id", "start"], how="left", validate="one_to_one")


def _mention_rows(
    article_id: str, text: str, desk: _Desk, sentences: _Sentences | None, rulings: Rulings | None
) -> list[dict[str, object]]:
    """The mentions of one article."""
    quoted = quoted_ranges(text)
    found = resolve_names(text, find_names(text, desk.language))
    known = desk.language != "und"
    ruled = rule_mentions(text, found, rulings, desk.outlet) if rulings and known else found
    return [
        {
            "article_id": article_id, "start": meant.start, "end": meant.end,
            "sentence": sentence, "actor_id": meant.actor_id, "surface": text[meant.start : meant.end],
            "kind": meant.kind, "label": meant.label, "metonym": meant.metonym,
            "voice": _read_voice(meant, role, quoted), "method": meant.method,
        }
        for meant in ruled
        if not _names_itself(text[meant.start : meant.end], meant.kind, desk)
        for sentence, role in (_locate(meant.start, sentences),)
    ]  # fmt: skip


def _read_desks(articles: pd.DataFrame, outlets: pd.DataFrame | None) -> dict[str, _Desk]:
    """What is known beforehand of each article."""
    own = {} if outlets is None else read_own_names(outlets)
    columns = (articles[name] for name in ("article_id", "outlet", "language"))
    return {
        article_id: _Desk(outlet, language, own.get(outlet, frozenset()))
        for article_id, outlet, language in zip(*columns, strict=True)
    }


def _names_itself(surface: str, kind: str, desk: _Desk) -> bool:
    """Whether an outlet speaks of itself, and so of no actor of its news."""
    return kind not in ("country", "person") and one_word(surface) in desk.own


def _locate(start: int, sentences: _Sentences | None) -> tuple[int, str]:
    """Number and role of the sentence at a place; the headline's where the article has no sentences."""
    if sentences is None:
        return 0, "headline"
    place = max(0, bisect_right(sentences.starts, start) - 1)
    return sentences.numbers[place], sentences.roles[place]


def _read_voice(meant: Meant, role: str, quoted: list[tuple[int, int]]) -> str:
    """Whose words a mention stands in."""
    if any(start <= meant.start < end for start, end in quoted):
        return "quoted"
    return role if role in ("headline", "caption") else "outlet"


def _read_sentences(sentences: pd.DataFrame) -> dict[str, _Sentences]:
    """The sentences of each article in order."""
    ordered = sentences.sort_values(["article_id", "start"], kind="stable")
    return {
        str(article_id): _Sentences(rows["start"].tolist(), rows["sentence"].tolist(), rows["role"].tolist())
        for article_id, rows in ordered.groupby("article_id", observed=True)
    }


MENTIONS = Feature(
    makes="mentions",
    needs=("articles", "texts", "sentences", "outlets"),
    compute=find_mentions,
    scope="article",
)
