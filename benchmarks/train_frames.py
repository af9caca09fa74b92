"""Train data/models/frames.npz: `python benchmarks/train_frames.py ARTICLES.jsonl`.

Rows: text, frames (a list of names; "resolution" is our "responsibility"), as narrative-framing has them.
The model learns from whole articles and judges whole articles; sentences are its evidence. All figures are
from 5-fold cross-validation by article, thresholds chosen on the other half of the articles; they go into the
model card.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, fbeta_score, precision_score, recall_score
from sklearn.model_selection import KFold

from etl.transform.frames import FRAME_NAMES, describe_words, read_words_of
from etl.transform.linear import MODELS, LinearModel, count_terms, learn_idf, squash, weigh_terms, write_model

COLUMNS, STRENGTH, FEWEST, MOST, FOLDS = 1 << 15, 5.0, 4, 0.5, 5
SAME = {"resolution": "responsibility"}
CARD = """\
# frames: five generic frames in a sentence

- Answers: probability that a sentence carries conflict, human_interest, economic, morality, responsibility
  (Semetko & Valkenburg 2000; "resolution" in the data is our responsibility).
- Form: five logistic regressions (C = {strength}) on hashed TF-IDF of content words and six-letter stems
  ({columns} columns, half precision), learned from whole articles. Made by `benchmarks/train_frames.py`.
- Data: narrative-framing, {articles} English news articles about CLIMATE CHANGE ONLY, frames by article
  (Frermann et al. 2023; annotations MIT). Weights: Apache-2.0.
- Measured by {folds}-fold cross-validation by article, thresholds chosen on the other half of the articles:
  macro-F1 {whole:.3f} (mean over frames of the F1 of presence), {both:.3f} (mean of presence and absence).
  As used, with thresholds chosen for precision (F0.5): macro-F1 {used:.3f}, by frame:

| frame | articles with it | precision | recall | F1 |
|---|---|---|---|---|
{rows}

- Limits: one topic; few articles with human_interest or morality; which sentence carries a
  frame was never checked against labels. On other topics it is a hint and no measurement.
"""


def train_model(texts: list[str], labels: np.ndarray) -> LinearModel:
    counts = count_terms([describe_words(read_words_of(text)) for text in texts], COLUMNS)
    idf = learn_idf(counts, FEWEST)
    idf[np.bincount(counts.indices, minlength=COLUMNS) > MOST * len(texts)] = 0
    features = weigh_terms(counts, idf)
    learner = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300)
    fitted = [
        learner.fit(features, column) and (learner.coef_[0].copy(), learner.intercept_[0])
        for column in labels.T
    ]
    weights, bias = np.stack([w for w, _ in fitted], axis=1), np.array([b for _, b in fitted])
    return LinearModel(FRAME_NAMES, idf, weights, bias, np.full(len(FRAME_NAMES), 0.5))


def cross_validate(texts: list[str], labels: np.ndarray) -> np.ndarray:
    scores = np.zeros(labels.shape)
    for train, test in KFold(FOLDS, shuffle=True, random_state=0).split(texts):
        model = train_model([texts[i] for i in train], labels[train])
        scores[test] = squash(model.score([describe_words(read_words_of(texts[i])) for i in test]))
    return scores


def choose_threshold(truth: np.ndarray, scores: np.ndarray, beta: float) -> float:
    tried = np.quantile(scores, np.linspace(0.05, 0.95, 37))
    return float(max(tried, key=lambda t: fbeta_score(truth, scores > t, beta=beta, zero_division=0)))


def judge_halves(truth: np.ndarray, scores: np.ndarray, beta: float) -> np.ndarray:
    """Presence of each frame by thresholds that were chosen on the other half of the articles."""
    half = np.arange(len(truth)) % 2 == 0
    judged = np.zeros(truth.shape, dtype=bool)
    for label in range(truth.shape[1]):
        for side in (half, ~half):
            cut = choose_threshold(truth[~side, label], scores[~side, label], beta)
            judged[side, label] = scores[side, label] > cut
    return judged


def main(path: Path) -> str:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    named = [{SAME.get(name, name) for name in row["frames"]} for row in rows]
    texts, labels = [row["text"] for row in rows], np.array([[f in n for f in FRAME_NAMES] for n in named])
    scores = cross_validate(texts, labels)
    by_whole, used = judge_halves(labels, scores, 1), judge_halves(labels, scores, 0.5)
    model = train_model(texts, labels)
    places = range(len(FRAME_NAMES))
    model.threshold[:] = [choose_threshold(labels[:, j], scores[:, j], 0.5) for j in places]
    write_model("frames", model)
    figures = zip(
        FRAME_NAMES,
        labels.sum(axis=0),
        precision_score(labels, used, average=None, zero_division=0),
        recall_score(labels, used, average=None),
        f1_score(labels, used, average=None),
        strict=True,
    )
    card = CARD.format(
        strength=STRENGTH,
        columns=COLUMNS,
        articles=len(rows),
        folds=FOLDS,
        whole=f1_score(labels, by_whole, average="macro"),
        both=np.mean([f1_score(labels[:, j], by_whole[:, j], average="macro") for j in places]),
        used=f1_score(labels, used, average="macro"),
        rows="\n".join(f"| {name} | {n} | {p:.2f} | {r:.2f} | {f:.2f} |" for name, n, p, r, f in figures),
    )
    (MODELS / "frames.md").write_text(card, encoding="utf-8")
    return card


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
