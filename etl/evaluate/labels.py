"""Labels: how well found labels agree with given ones, for tone and frames."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from etl.evaluate.lines import Row
from etl.evaluate.scores import Measure, count_measure, score_found, share

STANCES = ("negative", "neutral", "positive")
OTHER_NAMES = {"resolution": "responsibility"}  # who is to solve it: one frame, two names in the field


def measure_tone(labelled: Sequence[Row], found: Sequence[Row]) -> Measure:
    """Accuracy and macro-F1 over negative, neutral and positive, with the F1 of each."""
    return measure_choices([row["label"] for row in labelled], [read_stance(row) for row in found], STANCES)


def measure_choices(labelled: Sequence[str], found: Sequence[str], choices: Sequence[str]) -> Measure:
    """Accuracy, macro-F1 and F1 by choice, where each item has exactly one.

    Raises:
        ValueError: a label is none of the choices.
    """
    if strange := sorted({str(label) for label in (*labelled, *found)} - set(choices)):
        raise ValueError(f"label {strange[0]!r} is none of {', '.join(choices)}")
    confusion = np.zeros((len(labelled), len(choices), len(choices)))
    for place, (gold, got) in enumerate(zip(labelled, found, strict=True)):
        confusion[place, choices.index(gold), choices.index(got)] = 1
    return lambda documents: _score_choices(confusion[documents].sum(axis=0), choices)


def read_stance(row: Row) -> str:
    """The `label` of a prediction, or the likeliest of its negative, neutral and positive."""
    chances = row["targets"][0] if row.get("targets") else row
    return str(row["label"]) if "label" in row else max(STANCES, key=lambda stance: float(chances[stance]))


def measure_frames(labelled: Sequence[Row], found: Sequence[Row]) -> Measure:
    """Macro-F1 over the frames that the labels know, with the F1 of each; an article may have several."""
    gold, got = [read_frames(row) for row in labelled], [read_frames(row) for row in found]
    names = sorted(set().union(*gold))
    counts = [
        [n for name in names for n in (name in a and name in b, name in b, name in a)]
        for a, b in zip(gold, got, strict=True)
    ]
    return count_measure(counts, lambda sums: _score_frames(sums, names))


def read_frames(row: Row) -> set[str]:
    """The frames of an article: names as labelled, or the rows of `annotate`; one name a frame."""
    named = (frame if isinstance(frame, str) else str(frame["frame"]) for frame in row["frames"])
    return {OTHER_NAMES.get(name, name) for name in named}


def _score_choices(confusion: npt.NDArray[np.float64], choices: Sequence[str]) -> dict[str, float]:
    """Accuracy, macro-F1 and F1 by choice from a table of labelled by found."""
    right, found, labelled = np.diag(confusion), confusion.sum(axis=0), confusion.sum(axis=1)
    scores = [share(2 * r, f + g) for r, f, g in zip(right, found, labelled, strict=True)]
    by_choice = {f"{choice}_f1": score for choice, score in zip(choices, scores, strict=True)}
    return {"accuracy": share(right.sum(), confusion.sum()), "macro_f1": float(np.mean(scores)), **by_choice}


def _score_frames(sums: npt.NDArray[np.float64], names: Sequence[str]) -> dict[str, float]:
    """Macro-F1 and F1 by frame from right, found and labelled of each."""
    scores = {
        f"{name}_f1": score_found(name, *sums[3 * place : 3 * place + 3])[f"{name}_f1"]
        for place, name in enumerate(names)
    }
    return {"macro_f1": float(np.mean(list(scores.values()))), **scores}
