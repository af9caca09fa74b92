"""Clauses that one outlet alone tells of what others tell, too: how sentences are cut, and when nothing is said."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from etl.article import Article
from etl.schema import TABLES
from etl.settings import DATA
from etl.transform.claims.asides import cut_clauses
from etl.transform.claims.gaps import list_gaps
from tests.builders import make_rows
from tests.etl.transform.retold import make_needs, make_tables, tell

AGREED = "The three islands agreed on Monday to share radar pictures of the strait"
ASIDE = "and to ban plastic nets from every lagoon."
LONG = f"{AGREED} {ASIDE}"
MORE = ("Fishing crews will receive new transmitters before the autumn.", "A governor praised the signing.")
OTHER = (f"{AGREED}.", "Weather stations had failed in March.", "Crews will receive new transmitters.")
LABELLED = DATA / "labelled" / "claims" / "clauses.jsonl"


def gaps_of(*articles: Article, **tables: pd.DataFrame) -> pd.DataFrame:
    """The gaps of articles of one story, with the words of each clause."""
    known, texts = make_tables(*articles)
    gaps = TABLES["gaps"].conform(list_gaps(*make_needs(known, texts, **tables)))
    text = texts.set_index("article_id")["text"]
    words = [text[row.article_id][row.start : row.end] for row in gaps.itertuples()]
    return gaps.assign(words=words, outlet=gaps["article_id"].map(known.set_index("article_id")["outlet"]))


def words_of(*articles: Article) -> list[str]:
    return sorted(gaps_of(*articles)["words"])


@pytest.mark.parametrize(
    ("sentence", "asides"),
    [
        ("They met and to settle it they stayed.", ["and to settle it they stayed."]),
        ("The rest, ending a long search, was told.", ["ending a long search"]),
        ("They agreed with Avaria, Dell, Orra and, in part, Corvia.", []),
        ("The mayor said on Tuesday that the dam would hold.", []),
        (
            "It asks that the plant be safe, that ports be open.",
            ["that the plant be safe", "that ports be open."],
        ),
        (
            "Planes that had been late, have left, because it rained.",
            ["that had been late", "because it rained."],
        ),
        ("According to the union, the ferry failed, according to its owner.", []),
        ("He paid 4,000 crowns, which his aunt said was little.", []),
    ],
)
def test_a_sentence_is_cut_where_an_aside_opens(sentence: str, asides: list[str]) -> None:
    found = cut_clauses(sentence)
    assert [sentence[clause.start : clause.end] for clause in found if clause.aside] == asides
    spans = [place for clause in found for place in (clause.start, clause.end)]
    assert spans == sorted(spans)


def test_every_word_of_a_sentence_is_in_one_clause() -> None:
    told = "".join(LONG[clause.start : clause.end] for clause in cut_clauses(LONG))
    assert told.replace(" ", "") == LONG.replace(" ", "")


def test_a_clause_that_one_alone_tells_is_found_in_the_sentence_that_both_tell() -> None:
    (gap,) = gaps_of(tell("A", LONG, *MORE), tell("B", *OTHER)).to_dict("records")
    assert (gap["words"], gap["outlet"], gap["sentence"], gap["share"]) == (ASIDE, "A", 1, 1)


@pytest.mark.parametrize(
    "told",
    [
        "Plastic nets are banned from lagoons.",  # in the same words
        "No lagoon may see netting, fishing clubs heard.",  # two of its words in one sentence
        "A ban was plastered on the nettle; every lagoons' plant.",  # words that begin alike
    ],
)
def test_what_the_other_tells_elsewhere_is_no_gap(told: str) -> None:
    assert words_of(tell("A", LONG, *MORE), tell("B", *OTHER, told)) == []


def test_the_headline_of_the_other_counts_as_told() -> None:
    headline = "Islands ban plastic nets from lagoons"
    assert words_of(tell("A", LONG, *MORE), tell("B", *OTHER, title=headline)) == []


def test_a_word_in_the_sentence_that_tells_the_claim_may_be_the_clause_in_other_words() -> None:
    told = f"{AGREED}, whose lagoon is sick."
    far = "A lagoon on another coast is sick."
    assert words_of(tell("A", LONG, *MORE), tell("B", told, *OTHER[1:])) == []
    assert words_of(tell("A", LONG, *MORE), tell("B", *OTHER, far)) == [ASIDE]


def test_an_aside_in_return_may_be_the_same_in_other_words() -> None:
    told = f"{AGREED}, while fishnets made of polymers become illegal."
    assert words_of(tell("A", LONG, *MORE), tell("B", told, *OTHER[1:])) == []


def test_a_rare_word_beside_what_tells_the_claim_may_tell_the_clause() -> None:
    near, common = "Every lagoon gets guards.", "Every day gets guards."
    assert words_of(tell("A", LONG, *MORE), tell("B", OTHER[0], near, *OTHER[1:])) == []
    assert words_of(tell("A", LONG, *MORE), tell("B", OTHER[0], common, *OTHER[1:])) == [ASIDE]


def test_a_sentence_that_no_other_tells_has_no_gaps() -> None:
    assert words_of(tell("A", LONG, *MORE), tell("B", *OTHER[1:])) == []


def test_every_other_outlet_of_the_story_must_be_without_the_clause() -> None:
    papers = (tell("A", LONG, *MORE), tell("B", *OTHER))
    without, with_it = (
        tell("C", "Nobody else was invited to the ceremony.", told)
        for told in ("Trumpets sounded over the quay.", "Lagoons become free of plastic nets.")
    )
    assert words_of(*papers, without) == [ASIDE]
    assert words_of(*papers, with_it) == []


def test_two_who_tell_the_same_clause_are_not_alone() -> None:
    assert words_of(tell("A", LONG, *MORE), tell("C", LONG, *MORE), tell("B", *OTHER)) == []


@pytest.mark.parametrize("aside", ["and to ban this.", "and to go on.", "and that is it."])
def test_one_telling_word_is_too_few(aside: str) -> None:
    assert words_of(tell("A", f"{AGREED} {aside}", *MORE), tell("B", *OTHER)) == []


def test_a_sentence_whose_rest_the_other_has_not_is_not_cut() -> None:
    """The names alone are told by both; what remains is told in other words, and so may the clause be."""
    one = "Radar images of narrow waters get pooled by island governments, banning plastic nets from every lagoon."
    assert words_of(tell("A", one, *MORE), tell("B", *OTHER)) == []


def test_in_a_language_whose_words_are_not_known_nothing_is_said() -> None:
    papers = (tell("A", LONG, *MORE, language="da"), tell("B", *OTHER, language="da"))
    assert words_of(*papers) == []


def test_an_outlet_in_another_language_does_not_hinder() -> None:
    danish = tell("C", "Tre øer deler radarbilleder af sundet.", language="da")
    assert words_of(tell("A", LONG, *MORE), tell("B", *OTHER), danish) == [ASIDE]


def test_an_actor_under_another_name_is_heard() -> None:
    """Rosa Kerr is "the harbourmaster" in the other paper: her name is unheard, she is not."""
    one = f"{AGREED} and to decorate Rosa Kerr with medals."
    papers = (tell("A", one, *MORE), tell("B", *OTHER, "The harbourmaster got medals."))
    texts = make_tables(*papers)[1].set_index("article_id")["text"]
    mentions = [
        {"article_id": paper.article_id, "start": texts[paper.article_id].index(name), "sentence": sentence,
         "end": texts[paper.article_id].index(name) + len(name), "actor_id": "kerr", "surface": name}
        for paper, name, sentence in zip(papers, ("Rosa Kerr", "harbourmaster"), (1, 4), strict=True)
    ]  # fmt: skip
    assert gaps_of(*papers, mentions=make_rows("mentions", *mentions)).empty
    assert words_of(*papers) == ["and to decorate Rosa Kerr with medals."]


def test_the_order_of_articles_does_not_matter() -> None:
    papers = [tell("A", LONG, *MORE), tell("B", *OTHER), tell("C", *MORE)]
    pd.testing.assert_frame_equal(gaps_of(*papers), gaps_of(*papers[::-1]))


def test_most_of_what_is_said_of_labelled_clauses_is_true() -> None:
    """Seven of eight; the eighth is a clause that the other paper tells in other words."""
    true, false = [], []
    for line in LABELLED.read_text("utf-8").splitlines():
        story = json.loads(line)
        told = words_of(*(tell(paper["outlet"], *paper["sentences"]) for paper in story["articles"]))
        for words in (clause.rstrip(".") for clause in told):
            (true if words in story["alone"] else false).append(words)
    assert (len(true), len(false)) == (7, 1)
