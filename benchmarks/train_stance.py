"""Train data/models/stance.npz: `python benchmarks/train_stance.py TRAIN.jsonl TEST.jsonl`.

Rows: id, text, start, end, label (negative, neutral, positive), as NewsMTSC has them. Prints macro-F1 and
accuracy on TEST for the weights as they were written, and writes the model card beside them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from etl.transform.linear import (
    MODELS,
    LinearModel,
    count_terms,
    learn_idf,
    read_model,
    weigh_terms,
    write_model,
)
from etl.transform.stance import LABELS, describe_target, judge_targets

COLUMNS, STRENGTH = 1 << 18, 2.0
CARD = """\
# stance: tone towards one mention

- Answers: probability that a sentence's wording is negative, neutral or positive towards one target in it.
- Form: multinomial logistic regression (C = {strength}, classes weighted equally) on hashed TF-IDF features
  ({columns} columns, half precision); the target is masked. Made by `benchmarks/train_stance.py`.
- Data: NewsMTSC, training split, {train} targets (Hamborg & Donnay 2021; MIT licence): sentences of United
  States political news, mostly 2014-2020. Weights: Apache-2.0.
- Measured on NewsMTSC devtest-mt, {test} targets never seen in training: macro-F1 {f1:.3f}, accuracy
accuracy
  {accuracy:.3f}; F1 {by_label}.
  Where the largest probability exceeds .6 ({share:.0%} of the
  targets): accuracy {sure:.3f}.
- Limits: English only; one sentence at a time; other domains than politics are not measured; irony, and
  tone that rests on knowledge of the world, are missed.
"""


def read_rows(path: Path) -> tuple[list[str], list[tuple[int, int]], np.ndarray]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    spans = [(row["start"], row["end"]) for row in rows]
    return [row["text"] for row in rows], spans, np.array([LABELS.index(row["label"]) for row in rows])


def train_model(path: Path) -> int:
    texts, spans, labels = read_rows(path)
    counts = count_terms(
        [describe_target(text, *span) for text, span in zip(texts, spans, strict=True)], COLUMNS
    )
    idf = learn_idf(counts)
    learner = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300, tol=1e-3)
    learner.fit(weigh_terms(counts, idf), labels)
    model = LinearModel(LABELS, idf, learner.coef_.T, learner.intercept_, np.zeros(len(LABELS)))
    write_model("stance", model)
    return len(labels)


def write_card(train: int, test: Path) -> str:
    read_model.cache_clear()
    texts, spans, labels = read_rows(test)
    shares = judge_targets(texts, spans)
    guessed, sure = shares.argmax(axis=1), shares.max(axis=1) > 0.6
    scores = f1_score(labels, guessed, average=None)
    card = CARD.format(
        strength=STRENGTH,
        columns=COLUMNS,
        train=train,
        test=len(labels),
        f1=scores.mean(),
        accuracy=accuracy_score(labels, guessed),
        by_label=", ".join(f"{label} {score:.3f}" for label, score in zip(LABELS, scores, strict=True)),
        share=sure.mean(),
        sure=accuracy_score(labels[sure], guessed[sure]),
    )
    (MODELS / "stance.md").write_text(card, encoding="utf-8")
    return card


if __name__ == "__main__":
    print(write_card(train_model(Path(sys.argv[1])), Path(sys.argv[2])))
