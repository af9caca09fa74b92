"""Said by: the actors who say each quotation, a row each; joint speakers have several."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from etl.schema import QUOTE_SPEAKERS as TABLE
from etl.transform.antecedents import Named
from etl.transform.feature import Feature
from etl.transform.quotes.speakers import name_speakers

Range = tuple[int, int]


def list_speakers(
    texts: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame
) -> pd.DataFrame:
    """Rows for the table `quote_speakers`; none for a quotation whose speaker's words stay open."""
    spans, named = spans_of(sentences), named_in(mentions)
    told = {str(article_id): rows for article_id, rows in quotes.groupby("article_id", observed=True)}
    rows = [
        row
        for article_id, text in zip(texts["article_id"], texts["text"], strict=True)
        if article_id in told
        for row in _speaker_rows(text, told[article_id], named.get(article_id, []), spans.get(article_id, []))
    ]
    return TABLE.conform(pd.DataFrame(rows)) if rows else TABLE.empty()


def _speaker_rows(
    text: str, quotes: pd.DataFrame, named: list[Named], sentences: list[Range]
) -> Iterator[dict[str, object]]:
    """The rows of one article."""
    places = [
        None if pd.isna(start) else (int(start), int(end))
        for start, end in zip(quotes["speaker_start"], quotes["speaker_end"], strict=True)
    ]
    said = name_speakers(text, places, named, sentences)
    spans = zip(quotes["article_id"], quotes["start"], quotes["end"], said, strict=True)
    for article_id, start, end, speakers in spans:
        for mention in speakers.named:
            yield {
                "article_id": article_id, "start": start, "end": end, "actor_id": mention.actor_id,
                "named_start": mention.start, "named_end": mention.end, "link": speakers.link,
            }  # fmt: skip


def spans_of(sentences: pd.DataFrame) -> dict[str, list[Range]]:
    """The sentences of each article in order."""
    spans: dict[str, list[Range]] = {}
    for article_id, start, end in sorted(
        zip(sentences["article_id"], sentences["start"], sentences["end"], strict=True)
    ):
        spans.setdefault(article_id, []).append((start, end))
    return spans


def named_in(mentions: pd.DataFrame) -> dict[str, list[Named]]:
    """The mentions of each article in order."""
    told = mentions.assign(
        label=mentions["label"].astype("object").where(mentions["label"].notna(), None),
        quoted=mentions["voice"].eq("quoted"),
    ).sort_values(["article_id", "start"], kind="stable")
    columns = ("article_id", "start", "end", "actor_id", "kind", "label", "quoted", "method")
    named: dict[str, list[Named]] = {}
    for article_id, *mention in zip(*(told[name] for name in columns), strict=True):
        named.setdefault(article_id, []).append(Named(*mention))
    return named


QUOTE_SPEAKERS = Feature(
    makes="quote_speakers",
    needs=("texts", "sentences", "mentions", "quotes"),
    compute=list_speakers,
    scope="article",
)
