"""Quotations: how well found quotations and their speakers agree with labelled ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from etl.evaluate.lines import Row
from etl.evaluate.scores import Measure, count_measure, score_found
from etl.transform.voice import quoted_ranges

LIKE_ENOUGH = 0.5  # intersection over union of characters
Counts = tuple[int, int, int, int]


class Quote(NamedTuple):
    """A quotation as the characters of its content and of its speaker's mention."""

    content: frozenset[int]
    speaker: frozenset[int]


def measure_quotes(labelled: Sequence[Row], found: Sequence[Row]) -> Measure:
    """F1 of quotations at IoU .5: found at all, with the right speaker, and both for direct ones alone.

    A quotation is direct where most of it stands inside quotation marks.
    """
    counts = []
    for row, answer in zip(labelled, found, strict=True):
        marked = {place for start, end in quoted_ranges(row["text"]) for place in range(start - 1, end + 1)}
        gold, got = read_quotes(row), read_quotes(answer)
        direct = [
            [q for q in quotes if len(q.content & marked) * 2 > len(q.content)] for quotes in (gold, got)
        ]
        counts.append((*count_quotes(gold, got), *count_quotes(*direct)))
    return count_measure(
        counts,
        lambda c: {
            **score_found("quotes", c[0], c[2], c[3]),
            **score_found("with_speaker", c[1], c[2], c[3]),
            **score_found("direct", c[4], c[6], c[7]),
            **score_found("direct_with_speaker", c[5], c[6], c[7]),
        },
    )


def read_quotes(row: Row) -> list[Quote]:
    """The labelled quotations (lists of spans), or those of `annotate` (start, end, speaker_start ...).

    One saying may bring in several stretches ('"Yes," she said. "Now."'). Labels count them as one quotation
    of several spans, the rows of `annotate` stand one a stretch: those with the same cue of the same mention
    of a speaker are one here.
    """
    grouped: dict[object, list[Row]] = {}
    for place, quote in enumerate(row["quotes"]):
        grouped.setdefault(_name_saying(quote, place), []).append(quote)
    return [_join_quotes(pieces) for pieces in grouped.values()]


def count_quotes(gold: list[Quote], got: list[Quote]) -> Counts:
    """Matched, matched with the right speaker, found, labelled; the best matches first, one to one.

    A speaker is right where the two mentions share a character, or where both texts name none.
    """
    pairs = [
        (likeness(one.content, other.content), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(got)
    ]
    taken_gold: set[int] = set()
    taken_got: set[int] = set()
    right = 0
    for value, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if value < LIKE_ENOUGH or i in taken_gold or j in taken_got:
            continue
        taken_gold.add(i)
        taken_got.add(j)
        one, other = gold[i].speaker, got[j].speaker
        right += bool(one & other) or not (one or other)
    return len(taken_gold), right, len(got), len(gold)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Intersection over union of two sets of characters; 0 where both are empty."""
    return len(one & other) / max(1, len(one | other))


def _name_saying(quote: Row, place: int) -> object:
    """What the stretches of one saying share; a quotation without a speaker stands alone."""
    if quote.get("speaker_start") is None:
        return place
    return quote["speaker_start"], quote["speaker_end"], quote.get("cue")


def _join_quotes(pieces: Sequence[Row]) -> Quote:
    """One quotation of either format: a labelled one, or the stretches of one saying."""
    first = pieces[0]
    if "content" in first:
        return Quote(_cover(first["content"]), _cover(first.get("speaker") or []))
    speaker = [] if first.get("speaker_start") is None else [(first["speaker_start"], first["speaker_end"])]
    return Quote(_cover([(piece["start"], piece["end"]) for piece in pieces]), _cover(speaker))


def _cover(spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """The characters that these spans cover."""
    return frozenset(place for start, end in spans for place in range(start, end))
