"""Linear text models: hashed words, TF-IDF and logistic weights in one small file that numpy alone can read.

Features are strings; each is hashed (CRC-32) to a column, so that a model needs no vocabulary and a worker
no training library. Everything is deterministic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import sparse

from etl.settings import DATA

Array = npt.NDArray[np.float64]
MODELS = DATA / "models"


@dataclass(frozen=True, eq=False)
class LinearModel:
    """A classifier: idf (columns), weights (columns x labels), bias and threshold (labels)."""

    labels: tuple[str, ...]
    idf: Array
    weights: Array
    bias: Array
    threshold: Array

    def score(self, documents: Sequence[Sequence[str]]) -> Array:
        """Logits, one row a document, one column a label."""
        features = weigh_terms(count_terms(documents, len(self.idf)), self.idf)
        return np.asarray(features @ self.weights) + self.bias

    def weigh(self, features: Sequence[str], label: int) -> Array:
        """What each single feature adds to the logit of a label, before a document's length is taken out."""
        columns = [hash_term(feature, len(self.idf)) for feature in features]
        return self.idf[columns] * self.weights[columns, label]


@cache
def read_model(name: str) -> LinearModel:
    """A model of `data/models`, read once a process."""
    with np.load(MODELS / f"{name}.npz", allow_pickle=False) as file:
        numbers = {key: file[key].astype(np.float64) for key in ("idf", "weights", "bias", "threshold")}
        return LinearModel(labels=tuple(str(label) for label in file["labels"]), **numbers)


def write_model(name: str, model: LinearModel) -> None:
    """Write a model in half precision; the caller measures what it then reads back."""
    half = {key: getattr(model, key).astype(np.float16) for key in ("idf", "weights", "bias", "threshold")}
    MODELS.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(MODELS / f"{name}.npz", allow_pickle=False, labels=np.array(model.labels), **half)


@lru_cache(maxsize=1 << 17)
def hash_term(term: str, columns: int) -> int:
    """The column of a feature."""
    return crc32(term.encode()) % columns


def count_terms(documents: Sequence[Iterable[str]], columns: int) -> sparse.csr_matrix:
    """How often each hashed feature occurs in each document."""
    counted = [Counter(hash_term(term, columns) for term in document) for document in documents]
    index = np.array([column for counts in counted for column in counts], dtype=np.int64)
    values = np.array([count for counts in counted for count in counts.values()], dtype=np.float64)
    bounds = np.cumsum([0, *(len(counts) for counts in counted)])
    return sparse.csr_matrix((values, index, bounds), shape=(len(documents), columns))


def weigh_terms(counts: sparse.csr_matrix, idf: Array) -> sparse.csr_matrix:
    """TF-IDF with logarithmic counts, each row of length 1."""
    weighed = counts.copy()
    weighed.data = (1 + np.log(weighed.data)) * idf[weighed.indices]
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.where(lengths == 0, 1, lengths)) @ weighed)


def learn_idf(counts: sparse.csr_matrix, fewest: int = 1) -> Array:
    """Smoothed inverse document frequency; 0 for features of fewer documents."""
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.where(frequency >= fewest, np.log((1 + counts.shape[0]) / (1 + frequency)) + 1, 0.0)


def share_softmax(logits: Array) -> Array:
    """Probabilities that sum to 1 in each row."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def squash(logits: Array) -> Array:
    """The logistic function: a probability for each logit by itself."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -50, 50))))
