"""Pages: how well extracted articles agree with labelled ones: body, title, authors, date."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from etl.evaluate.lines import Row
from etl.evaluate.scores import Measure, f_score, share

WORD = re.compile(r"\w+", re.UNICODE)
SHINGLE = 4
BODY = ("precision", "recall")
FACTS = ("title", "authors", "date")


def measure_extraction(labelled: Sequence[Row], found: Sequence[Row]) -> Measure:
    """Body on 4-word shingles, mean over pages; title, authors, day right, of the pages that label them."""
    body = np.array([compare_bodies(row, answer) for row, answer in zip(labelled, found, strict=True)])
    facts = np.array([compare_facts(row, answer) for row, answer in zip(labelled, found, strict=True)])

    def measure(documents: np.ndarray[tuple[int], np.dtype[np.int64]]) -> dict[str, float]:
        precision, recall = body[documents].mean(axis=0)
        scores = {"body_precision": precision, "body_recall": recall, "body_f1": f_score(precision, recall)}
        for place, fact in enumerate(FACTS):
            if not np.isnan(facts[:, place]).all():
                known = facts[documents, place]
                scores[f"{fact}_exact"] = share(np.nansum(known), int(np.count_nonzero(~np.isnan(known))))
        return {name: float(score) for name, score in scores.items()}

    return measure


def compare_bodies(labelled: Row, found: Row) -> tuple[float, float]:
    """Precision and recall of the 4-word shingles of the body; both 1 where neither has words."""
    gold, got = (count_shingles(row.get("text") or "") for row in (labelled, found))
    shared = sum((gold & got).values())
    if not gold and not got:
        return 1.0, 1.0
    return share(shared, got.total()), share(shared, gold.total())


def count_shingles(text: str) -> Counter[tuple[str, ...]]:
    """How often each run of 4 words stands in a text; a shorter text is one run."""
    words = WORD.findall(text)
    runs = max(1, len(words) - SHINGLE + 1) if words else 0
    return Counter(tuple(words[place : place + SHINGLE]) for place in range(runs))


def compare_facts(labelled: Row, found: Row) -> tuple[float, ...]:
    """1 for right, 0 for wrong, missing where not labelled: title, set of authors, day of publication."""
    gold = (
        _fold(labelled.get("title")),
        _fold_all(labelled.get("authors")),
        _read_day(labelled.get("published")),
    )
    got = (_fold(found.get("title")), _fold_all(found.get("authors")), _read_day(found.get("published")))
    return tuple(float(one == other) if one else float("nan") for one, other in zip(gold, got, strict=True))


def _fold(text: object) -> str:
    """The text in composed form with single blanks and straight quotation marks."""
    composed = unicodedata.normalize("NFKC", str(text or ""))
    return " ".join(re.sub("[“”„«»]", '"', re.sub("[‘’]", "'", composed)).split())


def _fold_all(names: object) -> frozenset[str]:
    """The names as a set, without regard to capitals."""
    return frozenset(_fold(name).casefold() for name in names) if isinstance(names, list) else frozenset()


def _read_day(time: object) -> str:
    """The day of a time in UTC; as it is written where that is no time; empty for none."""
    try:
        told = datetime.fromisoformat(str(time))
    except ValueError:
        return str(time)[:10] if time else ""
    return (told.astimezone(UTC) if told.tzinfo else told).date().isoformat()
