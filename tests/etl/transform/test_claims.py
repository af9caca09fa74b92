from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.article import Article
from etl.schema import TABLES
from etl.transform.claims import align_claims
from etl.transform.claims.told import NEEDS
from etl.transform.spans import slice_spans
from tests.etl.transform.retold import BUDGET, FERRY, SEEDS, make_needs, make_tables, read_seeds, tell

RETOLD = (
    "Early on Sunday a ferry carrying ninety passengers ran aground off the northern island.",
    "A first report within fourteen days was promised by the transport ministry.",
    "Meteorologists had warned of fog.",
)


def claims_of(*articles: Article, apart: bool = False) -> pd.DataFrame:
    """The claims of articles of one story (or of a story each), with the words of the sentences."""
    known, texts = make_tables(*articles)
    story = known["article_id"] if apart else "story"
    needs = make_needs(
        known, texts, story_articles=known[["article_id"]].assign(story_id=story, similarity=1.0)
    )
    found, sentences = TABLES["claims"].conform(align_claims(*needs)), needs[NEEDS.index("sentences")]
    told = found.merge(sentences, on=["article_id", "sentence"], validate="one_to_one")
    return told.assign(words=slice_spans(told, texts))


def said_together(claims: pd.DataFrame) -> set[frozenset[str]]:
    parts = (frozenset(part["words"]) for _, part in claims.groupby("claim_id"))
    return {part for part in parts if len(part) > 1}


def test_sentences_that_say_the_same_are_one_claim() -> None:
    claims = claims_of(tell("A", *FERRY), tell("B", *RETOLD))
    assert said_together(claims) == {frozenset({FERRY[0], RETOLD[0]}), frozenset({FERRY[4], RETOLD[1]})}


def test_a_sentence_alone_is_a_claim_of_its_own() -> None:
    claims = claims_of(tell("A", *FERRY), tell("B", *RETOLD)).set_index("words")
    assert claims["claim_id"].value_counts()[claims.loc[RETOLD[2], "claim_id"]] == 1
    assert claims.loc[RETOLD[2], "similarity"] < 0.2


def test_one_outlet_alone_makes_no_claims() -> None:
    assert claims_of(tell("A", *FERRY, title="One"), tell("A", *RETOLD, title="Two")).empty
    assert claims_of(tell("A", *FERRY), tell("B", *FERRY), apart=True).empty


def test_headlines_are_no_claims() -> None:
    claims = claims_of(tell("A", *FERRY, title="Ferry aground"), tell("B", *RETOLD, title="Ferry aground"))
    assert not claims["words"].eq("Ferry aground").any()


def test_a_sentence_of_three_words_is_not_linked() -> None:
    claims = claims_of(tell("A", "Nobody was hurt.", *FERRY), tell("B", "Nobody was hurt.", *BUDGET))
    assert said_together(claims) == set()


def test_three_outlets_may_share_one_claim() -> None:
    claims = claims_of(tell("A", *FERRY), tell("B", *RETOLD), tell("C", FERRY[0], *BUDGET))
    first = claims[claims["words"].isin([FERRY[0], RETOLD[0]])]
    assert len(first) == 3
    assert first["claim_id"].nunique() == 1


@settings(max_examples=15, deadline=None)
@given(st.permutations([tell("A", *FERRY), tell("B", *RETOLD), tell("C", *BUDGET), tell("D", *FERRY[2:])]))
def test_the_order_of_articles_does_not_matter(articles: list[Article]) -> None:
    pd.testing.assert_frame_equal(claims_of(*articles), claims_of(*articles[::-1]))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.sampled_from(FERRY + BUDGET), min_size=1, unique=True), min_size=2, max_size=4))
def test_every_body_sentence_stands_in_exactly_one_claim(bodies: list[list[str]]) -> None:
    claims = claims_of(*(tell(f"Outlet {n}", *body) for n, body in enumerate(bodies)))
    assert len(claims) == sum(map(len, bodies))


@pytest.mark.skipif(not SEEDS.exists(), reason="the reference articles are not on this machine")
def test_the_reference_articles_align() -> None:
    claims = claims_of(*read_seeds())
    together = [" / ".join(sorted(part)) for part in said_together(claims)]
    for word in ("condemn", "ironclad", "dialogue", "Peninsula", "counter the threats", "signed"):
        assert any(word in pair for pair in together), word
    alone = claims[claims.groupby("claim_id")["claim_id"].transform("size") == 1]["words"]
    for word in (
        "Vietnam",
        "high-precision",
        "nuclear doctrine",
        "Study of War",
        "Seoul",
        "Stoltenberg",
        "Biden",
    ):
        assert alone.str.contains(word).any(), word
