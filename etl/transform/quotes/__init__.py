"""Quotes: what is quoted or reported, who says it, and with which word."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from etl.schema import QUOTES as TABLE
from etl.transform.antecedents import Named
from etl.transform.cues import cue_stance
from etl.transform.feature import Feature
from etl.transform.quotes.contents import Quote, find_quotes
from etl.transform.quotes.excerpts import Range
from etl.transform.quotes.saidby import named_in, spans_of
from etl.transform.quotes.sayings import find_sayings
from etl.transform.quotes.speakers import name_speakers
from etl.transform.quotes.turns import skip_label
from etl.transform.voice import quoted_ranges


def read_quotes(text: str, sentences: list[Range], *, reported: bool = True) -> list[Quote]:
    """Quotations and, in English, reported statements of one text, given its sentences."""
    quoted = quoted_ranges(text)
    told = [(skip_label(text, start, end), end) for start, end in sentences]
    return find_quotes(text, quoted, find_sayings(text, told, quoted) if reported else [])


def extract_quotes(
    articles: pd.DataFrame, texts: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """Rows for the table `quotes`; in other languages than English only quotations, without their speakers.

    `utterance_id` is missing: whether two outlets quote one utterance depends on other articles.
    """
    languages = dict(zip(articles["article_id"], articles["language"], strict=True))
    spans, named = spans_of(sentences), named_in(mentions)
    rows = [
        row
        for article_id, text in zip(texts["article_id"], texts["text"], strict=True)
        for row in _quote_rows(
            article_id,
            text,
            read_quotes(text, spans.get(article_id, []), reported=languages.get(article_id) == "en"),
            named.get(article_id, []),
            spans.get(article_id, []),
        )
    ]
    return TABLE.conform(pd.DataFrame(rows)) if rows else TABLE.empty()


def _quote_rows(
    article_id: str, text: str, quotes: list[Quote], named: list[Named], sentences: list[Range]
) -> Iterator[dict[str, object]]:
    """The rows of one article; of joint speakers none is the row's actor, they stand in `quote_speakers`."""
    said = name_speakers(text, [quote.speaker for quote in quotes], named, sentences)
    for quote, speakers in zip(quotes, said, strict=True):
        speaker_start, speaker_end = quote.speaker or (pd.NA, pd.NA)
        cue = text[slice(*quote.cue)].strip() if quote.cue else None
        yield {
            "article_id": article_id,
            "start": quote.start,
            "end": quote.end,
            "kind": quote.kind,
            "speaker_start": speaker_start,
            "speaker_end": speaker_end,
            "speaker": text[slice(*quote.speaker)] if quote.speaker else pd.NA,
            "actor_id": speakers.sole or pd.NA,
            "cue": cue or pd.NA,
            "cue_class": cue_stance(cue) if cue else pd.NA,
        }


QUOTES = Feature(
    makes="quotes",
    needs=("articles", "texts", "sentences", "mentions"),
    compute=extract_quotes,
    scope="article",
)
