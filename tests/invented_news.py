"""Invented news for the reprint bench: articles of sentences drawn by chance from the sample newsroom's words."""

from __future__ import annotations

import random
import re
from pathlib import Path

from benchmarks.reprint_bench import Source, build_bench
from benchmarks.reprint_edits import SPELLINGS

TEXTS = Path(__file__).resolve().parents[1] / "data" / "sample" / "texts"
SMALL = {"statements": 12, "notes": 5, "speakers": 6, "carriers": 8}
OUTLETS = ("Morning Gull", "Evening Tern", "Harbour Crier")


def invent_sources(seed: int, count: int) -> list[Source]:
    """So many articles of 120 to 300 words; no two share a run of words but by chance."""
    chance = random.Random(seed)  # noqa: S311  # a bench, no secret
    words = sorted(re.findall(r"[a-z]{2,}", " ".join(file.read_text("utf-8") for file in TEXTS.glob("*/*"))))
    words += [spelling for pair in SPELLINGS for spelling in pair if "-" not in spelling] * 2
    return [_invent_article(chance, words) for _ in range(count)]


def small_bench(seed: int) -> list[dict[str, str]]:
    """A bench of some 300 invented articles."""
    return build_bench(invent_sources(seed, 260), seed, **SMALL)


def _invent_article(chance: random.Random, words: list[str]) -> Source:
    title, *body = (_invent_sentence(chance, words) for _ in range(chance.randint(8, 18)))
    return Source(chance.choice(OUTLETS), title.strip(". "), " ".join(body))


def _invent_sentence(chance: random.Random, words: list[str]) -> str:
    return f"{' '.join(chance.choices(words, k=chance.randint(10, 22))).capitalize()}."
