"""Sources: what kind of source each quotation rests on, and through whom it came.

The chain reads outlet <- intermediary <- source. In "Reuters reported ..., citing officials" the officials are the
source and Reuters is the intermediary; "according to the ministry" names the source where nobody else speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple

import pandas as pd

from etl.schema import QUOTES as TABLE
from etl.transform.antecedents import Named
from etl.transform.feature import Feature
from etl.transform.media import own_names, read_medium, read_own_names
from etl.transform.quotes.intermediaries import MASK, Around, find_intermediary, read_phrase
from etl.transform.quotes.kinds import Range, SourceKind, read_kind

FAR = 300  # characters between a speaker and a cue that belong together
CITING = re.compile(r"\b(?:citing|quoting)(?: from)? ")
HEAD = re.compile(r"(?:on|in|to|citing|quoting) [^.;]{2,80}?(?: that |$)")  # "wrote on Telegram that"
TAIL = re.compile(
    r"(?:(?:^|,? )(?:citing|quoting|according to|as (?:reported|quoted|cited|told) (?:by|to))|"
    r"(?:^|, )(?:as |the |as the )?[A-Z][^,;\"“”]{1,60}? (?:has )?(?:reported|reports|said|says|writes|wrote))"
    r"\b[^,;\"“”]*$"
)
NESTED = re.compile(
    r"(?P<who>[^,;:\"“”]{2,60}?) (?:has |have |had |also |later )?"
    r"(?:said|says|say|told|warned|claimed|announced|confirmed|denied|insisted|vowed)\b"
)
UNNAMED = re.compile(
    r"\bcondition of anonymity|\bcondition that \w+ not be (?:named|identified)|\bnot (?:to )?be (?:named|identified)|"
    r"\bdeclined to be (?:named|identified)|\brequest(?:ed|ing) anonymity|\bremain anonymous|\bspoke anonymously"
)


class Told(NamedTuple):
    """One quotation or statement as far as its source goes: where it stands, who says it, with which word."""

    start: int
    end: int
    speaker: Range | None = None
    cue: Range | None = None
    actor: str | None = None
    direct: bool = False


class Source(NamedTuple):
    """The kind of source, and the words for the intermediary; None where the text does not say, or has none."""

    kind: SourceKind | None = None
    via: Range | None = None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is known beside the words: sentences and mentions in order, the outlet's own names, names of media."""

    sentences: Sequence[Range] = ()
    mentions: Sequence[Named] = ()
    own: frozenset[str] = frozenset()
    media: tuple[str, ...] = ()


def find_sources(text: str, told: Sequence[Told], setting: Setting) -> list[Source]:
    """The source of each quotation of one English text, in their order."""
    masked, edges = mask_quotes(text, told), find_edges(told)
    return [_find_source(text, one, look_around(masked, one, edges, setting)) for one in told]


def mask_quotes(text: str, told: Sequence[Told]) -> str:
    """The text with a mask in place of every quotation and statement, as long as before.

    What stands at the edges of a reported statement and tells its way stays: ", citing officials".
    """
    letters = list(text)
    for one in told:
        words = "".join(letters[one.start : one.end])
        first, last = (0, len(words)) if one.direct else _trim(words)
        letters[one.start + first : one.start + last] = MASK * (last - first)
    return "".join(letters)


def _trim(words: str) -> Range:
    """Where in a reported statement the words at its edges that tell its way end and begin."""
    head, tail = HEAD.match(words), TAIL.search(words)
    return head.end() if head else 0, tail.start() if tail else len(words)


def _find_source(text: str, told: Told, around: Around | None) -> Source:
    """The source of one quotation, given what stands around its saying."""
    if around is None:
        return Source()
    kind = read_kind(text, told.speaker, around.mentions, told.actor) if told.speaker else None
    if kind == "institution" and (handed := _find_handed_on(text, told, around)):
        return handed
    unnamed = UNNAMED.search(around.text, around.start, around.end)
    return Source("anonymous" if unnamed and kind != "person" else kind, find_intermediary(around))


def _find_handed_on(text: str, told: Told, around: Around) -> Source | None:
    """The source that a medium cites or reports, the medium being the intermediary; None if it names none."""
    first, last = told.speaker or (0, 0)
    medium = read_medium(text, first, around.media)
    if medium is None or medium[1] > last:
        return None
    cites = CITING.search(around.text, around.start, around.end)
    nested = None if told.direct else NESTED.match(text, told.start, told.end)
    phrase = read_phrase(text, cites.end(), around.end) if cites else nested and nested.span("who")
    kind = read_kind(text, phrase, around.mentions) if phrase else None
    return Source(kind, medium) if kind or cites else None


class Edges(NamedTuple):
    """The edges of all sayings of a text, in order: where they begin, where they end, and up to where by then.

    `reach` is the latest end of a saying, or of the words it brings, among all that have ended so far.
    """

    begins: list[int]
    ends: list[int]
    reach: list[int]


def find_edges(told: Sequence[Told]) -> Edges:
    """The edges of these sayings; those of which neither speaker nor cue is known have none."""
    placed = [(anchor, one.end) for one in told if (anchor := _anchor(one))]
    ended = [(last, last) for (_, last), _ in placed] + [(max(last, end), end) for (_, last), end in placed]
    ends = sorted(ended)
    return Edges(
        sorted(first for (first, _), _ in placed),
        [end for end, _ in ends],
        list(accumulate((reached for _, reached in ends), max)),
    )


def look_around(masked: str, told: Told, edges: Edges, setting: Setting) -> Around | None:
    """The words of its sentence around a quotation's saying, as far as the sayings before and behind."""
    anchor = _anchor(told)
    if anchor is None:
        return None
    start, end = _sentence_of(anchor[0], setting.sentences) or anchor
    before, behind = bisect_right(edges.ends, anchor[0]), bisect_left(edges.begins, anchor[1])
    return Around(
        text=masked,
        start=max(start, edges.reach[before - 1]) if before else start,
        end=min([max(end, anchor[1]), *edges.begins[behind : behind + 1]]),
        speaker=told.speaker,
        cue=told.cue,
        mentions=setting.mentions,
        own=setting.own,
        media=setting.media,
    )


def _sentence_of(place: int, sentences: Sequence[Range]) -> Range | None:
    """The sentence around a place; None between sentences."""
    last = bisect_right(sentences, place, key=itemgetter(0)) - 1
    return sentences[last] if last >= 0 and place < sentences[last][1] else None


def _anchor(told: Told) -> Range | None:
    """Where speaker and cue stand; the speaker alone where the cue is another line's."""
    if told.speaker is None or told.cue is None:
        return told.speaker or told.cue
    start, end = min(told.speaker[0], told.cue[0]), max(told.speaker[1], told.cue[1])
    return (start, end) if end - start <= FAR else told.speaker


def trace_quotes(
    articles: pd.DataFrame,
    texts: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    outlets: pd.DataFrame,
    quotes: pd.DataFrame,
) -> pd.DataFrame:
    """The table `quotes` with the source and the intermediary of each; none in other languages than English."""
    settings = _read_settings(articles, sentences, mentions, outlets)
    words = dict(zip(texts["article_id"], texts["text"], strict=True))
    rows = [
        row
        for article_id, said in quotes.groupby("article_id", observed=True)
        if (setting := settings.get(str(article_id)))
        for row in _trace_article(str(article_id), words[article_id], said, setting)
    ]
    columns = ["article_id", "start", "source_type", "via_start", "via_end", "via", "via_id"]
    found = pd.DataFrame(rows, columns=columns)
    kept = quotes.drop(columns=columns[2:])
    return TABLE.conform(kept.merge(found, on=columns[:2], how="left", validate="one_to_one"))


def _trace_article(
    article_id: str, text: str, quotes: pd.DataFrame, setting: Setting
) -> Iterator[dict[str, object]]:
    """What is added to the quotations of one article."""
    rows = quotes.sort_values("start").to_dict("records")
    masked = mask_quotes(text, [Told(int(row["start"]), int(row["end"]), direct=True) for row in rows])
    told = [_read_told(masked, row, setting.sentences) for row in rows]
    for one, source in zip(told, find_sources(text, told, setting), strict=True):
        start, end = source.via or (pd.NA, pd.NA)
        yield {
            "article_id": article_id,
            "start": one.start,
            "source_type": source.kind or pd.NA,
            "via_start": start,
            "via_end": end,
            "via": text[slice(*source.via)] if source.via else pd.NA,
            "via_id": _link_via(source.via, setting.mentions) or pd.NA,
        }


def _read_told(masked: str, row: Mapping[Any, Any], sentences: Sequence[Range]) -> Told:
    """A row of `quotes`; its cue is looked up in the sentence of the speaker, else beside the words."""
    start, end = int(row["start"]), int(row["end"])
    speaker = (int(row["speaker_start"]), int(row["speaker_end"])) if pd.notna(row["speaker_start"]) else None
    actor = str(row["actor_id"]) if pd.notna(row["actor_id"]) else None
    cue = None
    if pd.notna(row["cue"]):
        around = (max(0, start - FAR), end + FAR)
        sentence = _sentence_of(speaker[0], sentences) if speaker else None
        cue = _place_cue(masked, str(row["cue"]), speaker or (start, end), sentence or around)
    return Told(start, end, speaker, cue, actor, row["kind"] == "direct")


def _place_cue(masked: str, cue: str, beside: Range, around: Range) -> Range | None:
    """Where a cue stands nearest to these words, in a stretch of the text and outside of what is quoted."""
    found = re.compile(rf"(?<!\w){re.escape(cue)}(?!\w)").finditer(masked, *around)
    outside = [match.span() for match in found if match.end() <= beside[0] or match.start() >= beside[1]]
    return min(outside, key=lambda place: max(place[0] - beside[1], beside[0] - place[1]), default=None)


def _link_via(via: Range | None, mentions: Sequence[Named]) -> str | None:
    """The actor named in the words for an intermediary, if it is one alone."""
    inside = {m.actor_id for m in mentions if via and via[0] < m.end and m.start < via[1]}
    return inside.pop() if len(inside) == 1 else None


def _read_settings(
    articles: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame, outlets: pd.DataFrame
) -> dict[str, Setting]:
    """What is known beside the words of each English article."""
    own = read_own_names(outlets)
    spans = _group_rows(sentences, ("start", "end"))
    named = _group_rows(mentions, ("start", "end", "actor_id", "kind"))
    english = articles[articles["language"] == "en"]
    return {
        article_id: Setting(
            sentences=spans.get(article_id, []),
            mentions=[Named(*mention) for mention in named.get(article_id, [])],
            own=own.get(outlet) or own_names(outlet, outlet, ""),
            media=tuple(sorted(outlets["name"])),
        )
        for article_id, outlet in zip(english["article_id"], english["outlet"], strict=True)
    }


def _group_rows(frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    """These columns of the rows of each article, in order."""
    grouped: dict[str, list[tuple[Any, ...]]] = {}
    values = (frame[name].tolist() for name in ("article_id", *columns))
    for article_id, *row in sorted(zip(*values, strict=True)):
        grouped.setdefault(article_id, []).append(tuple(row))
    return grouped


CHAINS = Feature(
    makes="quotes",
    needs=("articles", "texts", "sentences", "mentions", "outlets", "quotes"),
    compute=trace_quotes,
    scope="article",
    completes=True,
)
