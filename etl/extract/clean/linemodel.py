"""Line model: which lines extracted from a page are not article, by a linear model of their markup.

The weights (data/models/page_lines.json) come from benchmarks/train_page_lines.py and name features in words.
"""

from __future__ import annotations

import json
import math
from functools import cache

from etl.article import Cut, CutRole
from etl.extract.clean.boilerplate import Piece, find_rule
from etl.extract.clean.heads import is_prose
from etl.extract.clean.surroundings import Surroundings, describe_lines
from etl.settings import DATA

WEIGHTS = DATA / "models" / "page_lines.json"
LEAST_PROBABLE = 0.25
LEAST_PROBABLE_PROSE = 0.1
LEAST_KEPT = 0.75

_ROLES: tuple[tuple[CutRole, tuple[str, ...]], ...] = (
    ("caption", ("<figcaption>", "<figure>", "caption", "image", "photo", "picture", "gallery")),
    ("byline", ("author", "bio", "byline")),
    ("navigation", ("<nav>", "<header>", "<footer>", "breadcrumb", "menu", "tags", "share")),
)


def cut_false_lines(lines: list[str], index: dict[str, Surroundings]) -> list[Piece]:
    """The lines with those cut that hardly are article; all stay if too much of the text would go."""
    described = describe_lines(lines, index)
    kept = [is_kept(line, features) for line, features in zip(lines, described, strict=True)]
    length = sum(len(line) for line, keep in zip(lines, kept, strict=True) if keep)
    if length < LEAST_KEPT * sum(map(len, lines)):
        return list(lines)
    return [
        line if keep else Cut(_name_role(line, features), line, "model of page lines")
        for line, features, keep in zip(lines, described, kept, strict=True)
    ]


def is_kept(line: str, features: frozenset[str]) -> bool:
    """Whether the line is probable enough to stay; prose is given more benefit of doubt."""
    least = LEAST_PROBABLE_PROSE if is_prose(line) else LEAST_PROBABLE
    return estimate_article(features) >= least


def estimate_article(features: frozenset[str]) -> float:
    """The probability, 0 to 1, that a line with these features is article."""
    weights = read_weights()
    score = weights["(intercept)"] + math.fsum(weights.get(feature, 0.0) for feature in features)
    return 1 / (1 + math.exp(-score))


@cache
def read_weights() -> dict[str, float]:
    """The weight of each feature, log odds."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return weights


def _name_role(line: str, features: frozenset[str]) -> CutRole:
    """The role that the lexicon or the markup tells, else promotion."""
    rule = find_rule(line)
    if rule:
        return rule.role
    near = {feature.removeprefix("near:") for feature in features if feature.startswith("near:")}
    return next((role for role, words in _ROLES if near & set(words)), "promotion")
