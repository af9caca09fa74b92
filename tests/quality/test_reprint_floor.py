"""Reprints may not get worse: a small bench of invented articles, beside a plain way to find them.

The bench of real articles (benchmarks/reprints.py) needs a package index; this one needs nothing.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from sklearn.metrics import adjusted_rand_score

from benchmarks.reprint_rivals import join_plainly
from benchmarks.reprints import OURS, join_reprints, score, tell_edits
from etl.evaluate.clusterings import number_labels
from tests.invented_news import small_bench

FLOOR = {"f1": 0.98, "precision": 0.98, "recall": 0.97, "ari": 0.98}
SEEDS = (5, 6)


@cache
def grouped(seed: int) -> tuple[list[dict[str, str]], list[object]]:
    rows = small_bench(seed)
    return rows, list(join_reprints(rows))


@pytest.mark.parametrize("seed", SEEDS)
def test_edited_copies_are_found_and_nothing_else(seed: int) -> None:
    rows, groups = grouped(seed)
    measured = score(seed, OURS, rows, groups, 0.0)._asdict()
    assert {name: measured[name] for name, floor in FLOOR.items() if measured[name] < floor} == {}


def test_a_plain_way_joins_what_only_shares_blocks_and_statements() -> None:
    """Else the bench would tempt nobody, and the floor above would say little."""
    rows, groups = grouped(SEEDS[0])
    known = number_labels([row["reprint"] for row in rows])
    plain = join_plainly([row["outlet"] for row in rows], [row["text"] for row in rows])
    ours = adjusted_rand_score(known, number_labels(groups))
    assert adjusted_rand_score(known, plain) < ours - 0.05


def test_every_kind_of_edit_is_found() -> None:
    told = tell_edits(*grouped(SEEDS[0]))
    assert dict(zip(told["edit"], told["copies"], strict=True)) == Counter(
        row["edit"] for row in grouped(SEEDS[0])[0] if row["edit"] != "none"
    )
    assert (told["found"] >= 0.8).all()
