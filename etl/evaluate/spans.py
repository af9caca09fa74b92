"""Spans: how well found stretches of text agree with labelled ones, for names and dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from etl.evaluate.lines import Row
from etl.evaluate.scores import Measure, count_measure, score_found, share

NAMED = {"person": "PER", "organisation": "ORG", "country": "LOC", "place": "LOC"}


class Span(NamedTuple):
    """A stretch of text with its type and, for a date, its value."""

    start: int
    end: int
    type: str
    value: str = ""


def measure_entities(labelled: Sequence[Row], found: Sequence[Row]) -> Measure:
    """Strict (same span and type) and overlap (same type, a character shared) F1 for PER, ORG and LOC."""
    counts = []
    for row, answer in zip(labelled, found, strict=True):
        gold, got = read_entities(row), read_entities(answer)
        exact, touching = match_spans(gold, got, _same_span), match_spans(gold, got, _same_type)
        counts.append((len(exact), len(touching), len(got), len(gold)))
    return count_measure(
        counts, lambda c: score_found("strict", c[0], c[2], c[3]) | score_found("overlap", c[1], c[2], c[3])
    )


def read_entities(row: Row) -> list[Span]:
    """The labelled `entities`, or the `mentions` of persons, organisations, countries and places."""
    if "entities" in row:
        return [Span(entity["start"], entity["end"], entity["type"]) for entity in row["entities"]]
    kinds = ((mention, NAMED.get(mention["kind"])) for mention in row["mentions"])
    return [Span(mention["start"], mention["end"], kind) for mention, kind in kinds if kind]


def measure_dates(labelled: Sequence[Row], found: Sequence[Row]) -> Measure:
    """TempEval-3: relaxed (overlap) and strict F1, and F1 of overlaps with the right type or value."""
    counts = [
        _count_dates(*([Span(d["start"], d["end"], d["type"], d["value"]) for d in r["dates"]] for r in pair))
        for pair in zip(labelled, found, strict=True)
    ]
    return count_measure(
        counts,
        lambda c: {
            **score_found("relaxed", c[0], c[4], c[5]),
            **score_found("strict", c[1], c[4], c[5]),
            **score_found("type", c[2], c[4], c[5]),
            **score_found("value", c[3], c[4], c[5]),
            "value_accuracy": share(c[3], c[0]),
        },
    )


def match_spans(
    labelled: Sequence[Span], found: Sequence[Span], fits: Callable[[Span, Span], bool]
) -> list[tuple[Span, Span]]:
    """Labelled and found spans matched one to one, each labelled one with the first free one that fits."""
    free = list(found)
    pairs = []
    for span in labelled:
        partner = next((other for other in free if fits(span, other)), None)
        if partner is not None:
            free.remove(partner)
            pairs.append((span, partner))
    return pairs


def touch(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def _count_dates(gold: list[Span], got: list[Span]) -> tuple[int, ...]:
    """Matched at all, with the same span, type, value; found; labelled."""
    pairs = match_spans(gold, got, touch)
    return (
        len(pairs),
        sum(one[:2] == other[:2] for one, other in pairs),
        sum(one.type == other.type for one, other in pairs),
        sum(one.value == other.value for one, other in pairs),
        len(got),
        len(gold),
    )


def _same_span(one: Span, other: Span) -> bool:
    """The same characters and type."""
    return one == other


def _same_type(one: Span, other: Span) -> bool:
    """A character shared, and the same type."""
    return one.type == other.type and touch(one, other)
