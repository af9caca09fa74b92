"""Stance: whether the wording of a sentence is negative, neutral or positive towards one mention in it.

A small linear model over the words of the sentence, the words left and right of the target and their
distance; the target itself is masked, so that no name carries a tone. Trained by benchmarks/train_stance.py
on NewsMTSC (Hamborg & Donnay 2021, MIT): United States political news in English. See data/models/stance.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from etl.transform.lexicon import read_words
from etl.transform.linear import Array, read_model, share_softmax

LABELS = ("negative", "neutral", "positive")
TOKEN = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
WINDOW, NEAR, PREFIX = 8, 3, 5  # words beside the target, words with their place, letters of a stem
MASK = "§"
NEGATIONS = frozenset(("not", "no", "never", "n't", "without", "nor"))


def judge_targets(sentences: Sequence[str], spans: Sequence[tuple[int, int]]) -> Array:
    """Probabilities of negative, neutral, positive: one row a sentence and target span in it."""
    model = read_model("stance")
    if not sentences:
        return share_softmax(model.bias[None, :])[:0]
    documents = [describe_target(text, *span) for text, span in zip(sentences, spans, strict=True)]
    return share_softmax(model.score(documents))


def describe_target(text: str, start: int, end: int) -> list[str]:
    """The features of one target: words, windows, places, pairs, stems and tone words around the mask."""
    left = TOKEN.findall(text[:start].lower())
    right = TOKEN.findall(text[end:].lower())
    words = [*left, MASK, *right]
    near_left, near_right = left[-WINDOW:], right[:WINDOW]
    return [
        *(f"s:{word}" for word in words),
        *(f"p:{word[:PREFIX]}" for word in words if len(word) > PREFIX),
        *(f"l:{word}" for word in near_left),
        *(f"r:{word}" for word in near_right),
        *(f"n:{one} {two}" for one, two in pairwise([*near_left, MASK, *near_right])),
        *(f"l{place}:{word}" for place, word in enumerate(left[: -NEAR - 1 : -1])),
        *(f"r{place}:{word}" for place, word in enumerate(right[:NEAR])),
        f"ll:{'|'.join(left[-2:])}",
        f"rr:{'|'.join(right[:2])}",
        *_describe_tone("l", left[::-1]),
        *_describe_tone("r", right),
    ]


def _describe_tone(side: str, words: Sequence[str]) -> Iterator[str]:
    """Tone words of one side by sign, distance (near, middle, far) and negation; `words` lead away."""
    signs = _signs()
    for place, word in enumerate(words):
        if sign := signs.get(word):
            before = words[max(0, place - 3) : place] if side == "r" else words[place + 1 : place + 4]
            negated = "!" if any(w in NEGATIONS or w.endswith("n't") for w in before) else ""
            yield f"x:{side}{sign}{(place >= NEAR) + (place >= WINDOW)}{negated}"
            yield f"x:{sign}{negated}"


@cache
def _signs() -> dict[str, str]:
    """+ or - by word of the tonal lexicon."""
    return {
        word: sign
        for sign, mark in (("+", "1"), ("-", "-1"))
        for word in read_words("tone", "polarity", mark)
    }
