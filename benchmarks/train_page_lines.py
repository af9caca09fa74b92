"""Trains the model of page lines: `python benchmarks/train_page_lines.py FILE.jsonl.gz...` writes weights.

Each file: JSON Lines with html, url, text (the article, by hand), optional outlet. With `--folds 8` it also
prints what the cut is worth by cross-validation over outlets. Nothing of the pages goes into the weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from etl.extract.clean.decode import decode_page, parse_page
from etl.extract.clean.linemodel import LEAST_PROBABLE, WEIGHTS
from etl.extract.clean.pages import extract_lines
from etl.extract.clean.surroundings import describe_lines, index_blocks

STRENGTH = 0.15
FEWEST_PAGES = 3
LONGEST_WEIGHED = 60


@dataclass(frozen=True)
class Page:
    """One labelled page: lines, their features, whether each is article, and how long it is in words."""

    outlet: str
    features: list[frozenset[str]]
    labels: list[bool]
    words: list[int]


def main() -> None:
    """Reads the files, prints the cross-validation if asked, and writes the weights."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("files", nargs="+", type=Path)
    asked.add_argument("--folds", type=int, default=0)
    asked.add_argument("--out", type=Path, default=WEIGHTS)
    given = asked.parse_args()
    pages = [page for file in given.files for page in read_pages(file)]
    if given.folds:
        print(cross_validate(pages, given.folds))
    weights = {"(intercept)": 0.0, **fit_weights(pages)}
    about = {
        "trained_on": sorted(file.name for file in given.files),
        "pages": len(pages),
        "strength": STRENGTH,
    }
    text = json.dumps({**about, "weights": weights}, indent=0, sort_keys=True, ensure_ascii=False)
    given.out.write_text(text + "\n", encoding="utf-8")


def read_pages(file: Path) -> list[Page]:
    """The labelled pages of one file."""
    with gzip.open(file, "rt", encoding="utf-8") as rows:
        return [read_page(json.loads(row)) for row in rows]


def read_page(row: dict[str, str]) -> Page:
    """One page with its lines labelled by the article's text."""
    tree = parse_page(decode_page(row["html"]))
    index = index_blocks(tree)
    lines = extract_lines(tree, row["url"])
    outlet = row.get("outlet") or urlsplit(row["url"]).netloc
    words = [len(re.findall(r"\w+", line)) for line in lines]
    return Page(
        outlet, describe_lines(lines, index), [is_article(line, row["text"]) for line in lines], words
    )


def is_article(line: str, text: str) -> bool:
    """Whether most runs of four words of the line stand in the text; a shorter line as a whole."""
    words, article = re.findall(r"\w+", line), " ".join(re.findall(r"\w+", text))
    size = min(4, len(words))
    runs = [" ".join(words[start : start + size]) for start in range(len(words) - size + 1)]
    return not words or sum(f" {run} " in f" {article} " for run in runs) > len(runs) / 2


def fit_weights(pages: list[Page]) -> dict[str, float]:
    """Log odds of each feature that at least three pages have, rounded."""
    spread = Counter(feature for page in pages for feature in set().union(*page.features))
    rows = [
        {feature: 1 for feature in sorted(features) if spread[feature] >= FEWEST_PAGES}
        for page in pages
        for features in page.features
    ]
    weights = np.sqrt([min(count, LONGEST_WEIGHED) + 2 for page in pages for count in page.words]) / 3
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=1_000)
    model.fit(vectorizer.fit_transform(rows), [label for page in pages for label in page.labels], weights)
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    kept = {str(name): round(float(weight), 3) for name, weight in named if abs(weight) >= 0.01}
    return {"(intercept)": round(float(model.intercept_[0]), 3), **kept}


def cross_validate(pages: list[Page], folds: int) -> str:
    """Words of false and of true lines that would be cut on outlets that were not learned from."""
    outlets = [page.outlet for page in pages]
    cut = Counter[bool]()
    total = Counter[bool]()
    for train, test in GroupKFold(folds).split(pages, groups=outlets):
        weights = fit_weights([pages[number] for number in train])
        for page in (pages[number] for number in test):
            for features, label, words in zip(page.features, page.labels, page.words, strict=True):
                score = weights["(intercept)"] + sum(weights.get(feature, 0.0) for feature in features)
                total[label] += words
                cut[label] += words * (1 / (1 + np.exp(-score)) < LEAST_PROBABLE)
    return f"cut of false words {cut[False] / total[False]:.3f}, of true words {cut[True] / total[True]:.4f}"


if __name__ == "__main__":
    main()
