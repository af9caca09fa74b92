"""Diversity: rarefaction by counting all samples, and what an outlet's row rests on."""

from __future__ import annotations

from itertools import combinations
from math import exp, log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from dashboard.filters import Filter
from dashboard.queries.diversity import FEWEST_QUOTES, _spread_counts, compare_sources, rarefy
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

SPEAKERS = {
    "Post": [f"Speaker {n}" for n in range(24)],
    "Wire": ["Ann Lee"] * 20 + ["Bo Ek"] * 10,
    "Sun": ["Ann Lee"],
}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=4), st.integers(1, 9))
def test_rarefied_are_the_means_over_all_samples(counts: list[int], size: int) -> None:
    quotes = [speaker for speaker, count in enumerate(counts) for _ in range(count)]
    samples = list(combinations(quotes, min(size, len(quotes))))
    if not quotes:
        assert rarefy(np.array(counts), size) == (0, 0)
        return
    variety = np.mean([len(set(sample)) for sample in samples])
    entropy = np.mean([-sum(sample.count(x) / len(sample) * log(sample.count(x) / len(sample)) for x in set(sample))
                       for sample in samples])  # fmt: skip
    assert rarefy(np.array(counts), size) == pytest.approx((variety, exp(entropy)))


def test_the_whole_is_what_was_counted() -> None:
    variety, effective = rarefy(np.array([5, 5, 5, 5]), 20)
    assert (variety, effective) == (pytest.approx(4), pytest.approx(4))


def test_many_quotations_do_not_overflow() -> None:
    variety, effective = rarefy(np.array([5000] + [1] * 3000), 400)
    assert 1 < effective < variety < 400


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Post quotes 24 once, Wire one twenty times and another ten times, Sun one; ten quotations an article."""
    made, quotes = [], []
    for outlet, speakers in SPEAKERS.items():
        for number, who in enumerate(speakers):
            article = make_article(outlet=outlet, item=f"{outlet}{number // 10}")
            made += [article] if number % 10 == 0 else []
            quotes.append({"article_id": article.article_id, "start": 10 * (number % 10), "end": 10 * (number % 10) + 5,
                           "speaker": who, "actor_id": who, "kind": "direct"})  # fmt: skip
    names = {who for speakers in SPEAKERS.values() for who in speakers}
    spoken = ({"article_id": q["article_id"], "start": q["start"], "end": q["end"], "actor_id": q["actor_id"],
               "link": "name"} for q in quotes)  # fmt: skip
    return make_store(
        tmp_path_factory.mktemp("diversity"),
        **make_article_rows(*made),
        quotes=make_rows("quotes", *quotes),
        quote_speakers=make_rows("quote_speakers", *spoken),
        actors=make_rows(
            "actors", *({"actor_id": who, "name": who, "kind": "person"} for who in sorted(names))
        ),
    ).snapshot()


def test_all_are_brought_down_to_nine_tenths_of_the_smallest(papers: Snapshot) -> None:
    rows = compare_sources(papers, Filter()).frame.set_index("outlet").to_dict("index")
    assert {outlet: (row["quotes"], row["speakers"]) for outlet, row in rows.items()} == {
        "Post": (24, 24), "Wire": (30, 2), "Sun": (1, 1),
    }  # fmt: skip
    assert rows["Post"]["size"] == 21
    assert rows["Post"]["variety"] == pytest.approx(21) and rows["Post"]["effective"] == pytest.approx(21)
    assert rows["Wire"]["variety"] == pytest.approx(2, abs=1e-4)


def test_below_twenty_quotations_nothing_is_compared(papers: Snapshot) -> None:
    sun = compare_sources(papers, Filter()).frame.set_index("outlet").to_dict("index")["Sun"]
    assert sun["quotes"] < FEWEST_QUOTES and np.isnan(sun["variety"])


def test_the_interval_holds_the_estimate_and_evenness_is_shannons(papers: Snapshot) -> None:
    wire = compare_sources(papers, Filter()).frame.set_index("outlet").to_dict("index")["Wire"]
    entropy = -(2 / 3 * log(2 / 3) + 1 / 3 * log(1 / 3))
    assert wire["evenness"] == pytest.approx(entropy / log(2))
    assert 1 <= wire["effective_low"] < wire["effective"] < wire["effective_high"]


@pytest.mark.parametrize("total", [7, 8, 15, 16, 1000])
def test_the_chance_to_meet_a_speaker_is_the_hypergeometric_one_of_any_total(total: int) -> None:
    """Also where the number of quotations is, or just misses, a power of two."""
    counts = np.array([1, 2, total - 3])
    for drawn in (1, 5, total - 1):
        met = sum(1 - hypergeom.pmf(0, total, count, drawn) for count in counts)
        assert rarefy(counts, drawn)[0] == pytest.approx(met, rel=1e-9)


def test_quotations_are_spread_by_part_and_speaker_in_the_order_of_their_numbers() -> None:
    rows = pd.DataFrame({"part": [9, 2, 9, 9], "who": [4, 4, 1, 4], "count": [1, 2, 3, 5]})
    assert _spread_counts(rows).tolist() == [[0, 2], [3, 6]]
    turned = rows.iloc[::-1].assign(outlet="any")
    assert _spread_counts(turned).tolist() == _spread_counts(rows).tolist()
