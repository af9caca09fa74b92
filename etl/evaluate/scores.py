"""Scores: measures with a bootstrap interval over documents, and the small sums they are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Documents = npt.NDArray[np.int64]
Counts = Sequence[Sequence[float]] | npt.NDArray[np.float64]
Measure = Callable[[Documents], dict[str, float]]

RESAMPLES, SEED, TAILS = 500, 20240624, (2.5, 97.5)


def bootstrap_scores(measure: Measure, documents: int) -> pd.DataFrame:
    """One row a metric: metric, value, low, high (95 % percentile bootstrap over documents, seeded), n.

    `measure` scores any choice of document numbers; n is the number of documents.
    """
    generator = np.random.default_rng(SEED)
    values = measure(np.arange(documents))
    drawn = pd.DataFrame(
        [measure(generator.integers(0, documents, documents)) for _ in range(RESAMPLES)], columns=list(values)
    )
    low, high = np.nanpercentile(drawn.to_numpy(dtype=float), TAILS, axis=0)
    return pd.DataFrame(
        {"metric": list(values), "value": list(values.values()), "low": low, "high": high, "n": documents}
    )


def count_measure(counts: Counts, score: Callable[[npt.NDArray[np.float64]], dict[str, float]]) -> Measure:
    """A measure that depends only on the sums of some counts of each document."""
    table = np.array(counts, dtype=float)
    return lambda documents: score(table[documents].sum(axis=0))


def score_found(name: str, right: float, found: float, labelled: float) -> dict[str, float]:
    """Precision, recall and F1 from counts: right of those found, right of those labelled."""
    return name_scores(name, share(right, found), share(right, labelled))


def name_scores(name: str, precision: float, recall: float) -> dict[str, float]:
    """Precision, recall and their F1 under their names."""
    both = f_score(precision, recall)
    return {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": both}


def f_score(precision: float, recall: float) -> float:
    """The harmonic mean of precision and recall; 0 where both are."""
    return share(2 * precision * recall, precision + recall)


def share(part: float, whole: float) -> float:
    """Part of a whole; 0 of nothing."""
    return float(part / whole) if whole else 0.0
