from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.article import Article
from etl.schema import TABLES
from etl.transform.claims import align_claims
from etl.transform.claims.concepts import cut_ending, fold_concept
from etl.transform.claims.conflicts import list_conflicts, mark_claims
from etl.transform.claims.echoes import list_echoes
from etl.transform.claims.told import NEEDS
from etl.transform.spans import slice_spans
from tests.builders import make_rows
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


def needs_of(*articles: Article, **tables: pd.DataFrame) -> list[pd.DataFrame]:
    known, texts = make_tables(*articles)
    return make_needs(known, texts, **tables)


def test_an_ending_a_synonym_or_a_number_in_words_is_no_other_concept() -> None:
    assert cut_ending("resigned") == cut_ending("resigns") == cut_ending("resignation")
    assert fold_concept("died") == fold_concept("deaths") == "kill"
    assert fold_concept("fourteen") == "14"


def test_two_ways_of_telling_one_fact_are_aligned() -> None:
    one = tell("A", "Prime minister Reed stepped down after a vote of no confidence.", *BUDGET)
    other = tell("B", "The prime minister resigned when the confidence vote was lost.", *FERRY)
    assert said_together(claims_of(one, other)) == {frozenset({one.body[0], other.body[0]})}


def test_what_lies_long_behind_the_story_is_not_what_it_tells() -> None:
    one = tell("A", "The bridge at Marl collapsed into the river.", published="2024-06-24T07:00")
    other = tell("B", "The bridge at Marl collapsed into the river in 1931.", published="2024-06-24T08:00")
    year = other.text.index("1931")
    dates = make_rows(
        "dates",
        {"article_id": other.article_id, "sentence": 1, "start": year, "end": year + 4, "surface": "1931",
         "value": "1931", "type": "DATE", "granularity": "year", "first_day": pd.Timestamp("1931-01-01"),
         "last_day": pd.Timestamp("1931-12-31"), "anchor": "text"},
    )  # fmt: skip
    plain, behind = (TABLES["claims"].conform(align_claims(*needs_of(one, other, **extra)))
                     for extra in ({}, {"dates": dates}))  # fmt: skip
    assert behind["similarity"].max() < plain["similarity"].max() - 0.2


def test_an_outlet_with_a_sentence_somewhat_alike_did_not_leave_the_fact_out() -> None:
    alike = "A boat was stuck on rocks for hours."
    needs = needs_of(tell("A", FERRY[0], BUDGET[1], *FERRY[3:]), tell("B", alike, BUDGET[0], *BUDGET[2:]))
    claims = (
        TABLES["claims"]
        .conform(align_claims(*needs))
        .set_index(["article_id", "sentence"])["claim_id"]
        .sort_index()
    )
    echoes = TABLES["echoes"].conform(list_echoes(*needs)).set_index(["claim_id", "outlet"]).sort_index()
    first = needs[0].set_index("outlet")["article_id"]["A"]
    assert echoes.loc[(claims[first, 1], "B"), "reason"] == "alike"
    assert (claims == claims[first, 1]).sum() == 1


def test_a_short_sentence_and_another_language_cannot_be_left_out() -> None:
    """What is short and in another language is not compared: to seek it would be no use, however long it were."""
    german = tell("B", "Das Schiff lief am Morgen auf Grund.", "So war es.", language="de")
    needs = needs_of(tell("A", "He said so again.", FERRY[2]), german, tell("C", BUDGET[1]))
    echoes = TABLES["echoes"].conform(list_echoes(*needs))
    claims = TABLES["claims"].conform(align_claims(*needs)).set_index("claim_id")["article_id"]
    outlet = needs[0].set_index("article_id")["outlet"]
    told = sorted((outlet[claims[row.claim_id]], row.outlet, row.reason) for row in echoes.itertuples())
    apart = [("A", "B"), ("A", "B"), ("B", "A"), ("B", "A"), ("B", "C"), ("B", "C"), ("C", "B")]
    assert told == sorted([*((one, other, "language") for one, other in apart), ("A", "C", "brief")])
    assert echoes["article_id"].isna().all()


def test_an_outlet_that_tells_a_part_in_another_language_is_not_said_to_leave_out() -> None:
    """Its English article lacks the fact, and nobody can say what its Spanish one has."""
    spanish = tell("B", "El transbordador llevaba noventa pasajeros.", title="Otra", language="es")
    needs = needs_of(tell("A", FERRY[2]), tell("B", *BUDGET), spanish)
    echoes = TABLES["echoes"].conform(list_echoes(*needs))
    claims = TABLES["claims"].conform(align_claims(*needs)).set_index("claim_id")["article_id"]
    outlet = needs[0].set_index("article_id")["outlet"]
    reasons = {(outlet[claims[row.claim_id]], row.outlet): row.reason for row in echoes.itertuples()}
    assert reasons == {("A", "B"): "language", ("B", "A"): "language"}


def test_sentences_of_two_languages_are_never_aligned() -> None:
    same = "Maureen Tolley, Vicent Mas, Santa Oliva, Varnmouth, 2025, 1.4, 900."
    claims = claims_of(tell("A", same), tell("B", same, language="es"))
    assert claims["claim_id"].nunique() == 2
    assert claims["similarity"].eq(0).all()


def test_conflicts_point_at_the_words_and_later_tolls_are_updates() -> None:
    early = tell(
        "A", "Seven sailors were killed when the tanker sank off Marl.", published="2024-06-24T07:00"
    )
    late = tell("B", "Nine sailors were killed when the tanker sank off Marl.", published="2024-06-24T09:00")
    for second, kind in ((late, "update"), (replace(late, published=early.published), "number")):
        needs = needs_of(early, second)
        claims = TABLES["claims"].conform(align_claims(*needs))
        found = TABLES["conflicts"].conform(list_conflicts(*needs))
        text = needs[1].set_index("article_id")["text"]
        assert found["kind"].tolist() == [kind]
        row = found.iloc[0]
        words = {text[row[f"article_{side}"]][row[f"start_{side}"] : row[f"end_{side}"]] for side in "ab"}
        assert words == {"Seven", "Nine"}
        marked = mark_claims(claims, found, needs[NEEDS.index("sentences")])
        assert marked["conflict"].tolist() == [kind, kind]


def test_one_quotation_that_fills_two_sentences_aligns_them() -> None:
    one, other = (
        tell("A", '"We shall never leave," he swore.'),
        tell("B", '"Leave we never shall," said the mayor.'),
    )
    rows = [
        {"article_id": x.article_id, "start": x.text.index('"'), "end": x.text.rindex('"') + 1, "kind": "direct",
         "utterance_id": "oath"}
        for x in (one, other)
    ]  # fmt: skip
    needs = needs_of(one, other, quotes=make_rows("quotes", *rows))
    assert TABLES["claims"].conform(align_claims(*needs))["claim_id"].nunique() == 1
