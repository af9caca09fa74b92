"""Clauses that one outlet alone tells are facts of their own, beside those of whole sentences."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.story import match_facts
from etl.store import Snapshot
from tests.builders import make_article, make_article_rows, make_rows, make_store

BODIES = {
    "post": "The islands agreed to share radar pictures, upholding the ban on nets, and to meet again.",
    "radio": "The islands agreed to share radar pictures.",
    "tidende": "Øerne deler radarbilleder.",
}
CLAUSE = "upholding the ban on nets"
LAST = "and to meet again."


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """One story: two papers that tell one fact, one of them with two clauses of its own, and a Danish one."""
    told = {
        outlet: make_article(
            outlet=outlet, item=outlet, body=(body,), language="da" if outlet == "tidende" else "en"
        )
        for outlet, body in BODIES.items()
    }
    places = {
        outlet: {"article_id": paper.article_id, "sentence": 1, "start": paper.text.index(BODIES[outlet]),
                 "end": paper.text.index(BODIES[outlet]) + len(BODIES[outlet])}
        for outlet, paper in told.items()
    }  # fmt: skip
    claims = {"post": "radar", "radio": "radar", "tidende": "billeder"}
    post = told["post"]
    gaps = [
        {"story_id": "islands", "claim_id": "radar", "article_id": post.article_id, "sentence": 1,
         "start": post.text.index(words), "end": post.text.index(words) + len(words)}
        for words in (CLAUSE, LAST)
    ]  # fmt: skip
    return make_store(
        tmp_path_factory.mktemp("clauses"),
        **make_article_rows(*told.values()),
        stories=make_rows("stories", {"story_id": "islands", "title": "Radar", "articles": 3, "outlets": 3}),
        story_articles=make_rows(
            "story_articles",
            *({"article_id": paper.article_id, "story_id": "islands"} for paper in told.values()),
        ),
        sentences=make_rows("sentences", *(place | {"role": "body"} for place in places.values())),
        claims=make_rows(
            "claims",
            *({"story_id": "islands", "claim_id": claims[outlet], "article_id": paper.article_id, "sentence": 1}
              for outlet, paper in told.items()),
        ),
        gaps=make_rows("gaps", *gaps),
    ).snapshot()  # fmt: skip


def test_a_clause_is_a_fact_of_the_outlet_that_alone_tells_it(papers: Snapshot) -> None:
    told = match_facts(papers, Filter()).frame.set_index(["fact", "outlet"])["state"]
    assert told[f"… {CLAUSE} …", "post"] == told[BODIES["radio"], "post"] == "carried"
    assert told[f"… {CLAUSE} …", "radio"] == told[f"… {LAST}", "radio"] == "not carried"


def test_a_clause_is_not_compared_with_what_is_told_in_another_language(papers: Snapshot) -> None:
    told = match_facts(papers, Filter()).frame.set_index(["fact", "outlet"])
    assert told.loc[(f"… {CLAUSE} …", "tidende"), ["state", "reason"]].tolist() == [
        "not compared",
        "language",
    ]


def test_a_clause_opens_where_it_stands(papers: Snapshot) -> None:
    told = match_facts(papers, Filter()).frame
    (clause,) = told[told["fact"].str.contains(CLAUSE) & told["state"].eq("carried")].to_dict("records")
    text = papers.table("texts").set_index("article_id")["text"].loc[clause["article_id"]]
    assert text[int(clause["at"]) :].startswith(CLAUSE)


def test_clauses_are_counted_as_surely_told_by_one_alone(papers: Snapshot) -> None:
    chosen = Filter(outlets=("post", "radio"), story="islands")
    answer = match_facts(papers, chosen)
    assert (answer.n, answer.frame["claim_id"].nunique()) == (3, 3)
    assert answer.verdict == "1 of 3 facts are told by more than one outlet. Surely in one alone: post 2."


def test_a_clause_goes_with_the_outlet_that_tells_it(papers: Snapshot) -> None:
    answer = match_facts(papers, Filter(outlets=("radio", "tidende"), story="islands"))
    assert not answer.frame["claim_id"].str.contains("/").any()
    assert not pd.Series(answer.frame["fact"]).str.startswith("…").any()
