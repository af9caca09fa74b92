"""What stands out beyond the names that all of a story's sentences share, and what is then said to be left out."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from etl.article import Article
from etl.schema import TABLES
from etl.transform.claims import align_claims
from etl.transform.claims.concepts import Concepts
from etl.transform.claims.echoes import list_echoes
from etl.transform.claims.likeness import compare_sentences
from etl.transform.shingles import code_words
from tests.etl.transform.retold import make_needs, make_tables, tell

STATES = "Avaria, Belmora and Corvia"
MEETING = (
    f"{STATES} condemned the test of a missile over the strait.",
    f"{STATES} agreed to share radar pictures from every island.",
    f"{STATES} will hold a naval exercise in the autumn.",
)
TRADE = (
    f"{STATES} lowered tariffs on timber by a quarter.",
    f"{STATES} invited four other governments to the talks.",
    f"{STATES} condemned the missile test above the strait.",
)


def compare(*sentences: tuple[str, str], meant: list[tuple[float, float]] | None = None) -> pd.DataFrame:
    """The pairs of sentences, each an outlet and its words; every word a concept of weight 1.

    `meant` is what each sentence means; nothing is known of it otherwise.
    """
    words = [(place, word) for place, (_, told) in enumerate(sentences) for word in told.split()]
    told = pd.DataFrame(
        {
            "story_id": "story",
            "outlet": [outlet for outlet, _ in sentences],
            "old": False,
            "utterance": None,
            "language": "en",
        }
    )
    concepts = Concepts(
        codes=code_words(word for _, word in words),
        weights=np.ones(len(words)),
        sentences=np.array([place for place, _ in words]),
        places=np.arange(len(words)),
    )
    meanings = np.zeros((len(sentences), 2)) if meant is None else np.array(meant, dtype=float)
    return compare_sentences(told, concepts, meanings).set_index(["row", "column"])


def cells_of(*articles: Article) -> tuple[pd.Series, pd.DataFrame]:
    """The claim of each (outlet, sentence), and the echoes by claim and outlet, of articles of one story."""
    needs = make_needs(*make_tables(*articles))
    claims = TABLES["claims"].conform(align_claims(*needs))
    outlets = claims["article_id"].map(needs[0].set_index("article_id")["outlet"])
    echoes = TABLES["echoes"].conform(list_echoes(*needs))
    return (
        claims.set_index([outlets.rename("outlet"), "sentence"])["claim_id"],
        echoes.set_index(["claim_id", "outlet"])["reason"],
    )


def test_what_all_sentences_share_counts_nothing() -> None:
    """By hand: "accord" stands in all four, each other word in one: cosine 1 / (1 + r r), r = 1 + ln(5 / 2)."""
    pairs = compare(("A", "accord one"), ("A", "accord two"), ("B", "accord three"), ("B", "accord four"))
    cosine = 1 / (1 + (1 + math.log(5 / 2)) ** 2)
    whole = 0.5 * cosine + 0.3 * cosine + 0.025
    assert pairs["value"].tolist() == pytest.approx([whole] * 8)
    assert pairs["beyond"].tolist() == pytest.approx([0] * 8)


def test_the_pair_that_shares_more_stands_out_more_than_it_is_alike() -> None:
    pairs = compare(
        ("A", "accord signed night"), ("A", "accord two"), ("B", "accord signed night"), ("B", "accord four")
    )
    plain, telling = pairs.loc[(1, 3)], pairs.loc[(0, 2)]
    assert telling["value"] == 1
    assert telling["beyond"] > 0.4
    assert plain["beyond"] < 0.01


def test_what_is_usual_is_taken_off_alike_in_both_directions() -> None:
    pairs = compare(("A", "accord one"), ("B", "accord one x y"), ("B", "accord z"), ("C", "accord two"))
    for (row, column), pair in pairs.iterrows():
        assert pairs.loc[(column, row), "beyond"] == pytest.approx(pair["beyond"])
        assert pair["beyond"] < pair["value"]


@pytest.mark.parametrize("others", [0, 1, 4])
def test_what_is_usual_is_a_mean_over_the_sentences_of_one_other_outlet(others: int) -> None:
    """By hand: .5 + .3 + 2 x .025 to the one sentence of B and 0 to its other; B's sees the one of A alone."""
    pairs = compare(("A", "accord one"), ("B", "accord one"), ("B", "bridge"), *[("C", "accord")] * others)
    same = pairs.loc[(0, 1)]
    assert same["value"] == 1
    assert same["value"] - same["beyond"] == pytest.approx((0.85 / 2 + 0.85) / 2)


def test_half_of_likeness_is_what_both_mean() -> None:
    """By hand: no word in common, and directions at 60 degrees from each other."""
    pairs = compare(("A", "ill"), ("B", "sick"), meant=[(1, 0), (0.5, math.sqrt(0.75))])
    assert pairs["value"].tolist() == pytest.approx([0.5 * 0.5] * 2)


def test_where_nothing_is_known_of_what_one_means_words_are_all() -> None:
    pairs = compare(("A", "accord one"), ("B", "accord two"), meant=[(1, 0), (0, 0)])
    assert pairs["value"].tolist() == compare(("A", "accord one"), ("B", "accord two"))["value"].tolist()


def test_what_all_sentences_mean_counts_nothing_beyond() -> None:
    alike = [(1.0, 0.0)] * 4
    pairs = compare(("A", "one"), ("A", "two"), ("B", "three"), ("B", "four"), meant=alike)
    assert pairs["value"].tolist() == pytest.approx([0.5] * 8)
    assert pairs["beyond"].tolist() == pytest.approx([0] * 8)


def test_opposite_meanings_are_not_alike_at_all() -> None:
    assert compare(("A", "one"), ("B", "two"), meant=[(1, 0), (-1, 0)]).empty


def test_the_same_names_alone_do_not_make_an_outlet_unsure() -> None:
    claims, echoes = cells_of(tell("A", *MEETING), tell("B", *TRADE))
    assert claims[("A", 1)] == claims[("B", 3)]
    assert (claims[("A", 2)], "B") not in echoes.index
    assert (claims[("B", 1)], "A") not in echoes.index


def test_a_heading_between_paragraphs_is_nothing_that_can_be_left_out() -> None:
    heading = "Radar, tariffs, timber and the autumn exercise"
    claims, echoes = cells_of(tell("A", heading, *MEETING), tell("B", TRADE[2], "Nobody else was asked."))
    assert echoes[(claims[("A", 1)], "B")] == "brief"
    assert (claims[("A", 3)], "B") not in echoes.index


@pytest.mark.parametrize("end", [".", "!", "?”", "….", '."', ".)", "。"])
def test_a_sentence_may_end_in_many_ways(end: str) -> None:
    strange = f"Divers photographed coral gardens beneath frozen northern lakes{end}"
    claims, echoes = cells_of(tell("A", strange, *MEETING), tell("B", *TRADE))
    assert (claims[("A", 1)], "B") not in echoes.index
