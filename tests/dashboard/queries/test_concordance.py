"""Concordance: which words of a query are looked for, and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import Filter
from dashboard.queries.concordance import CONTEXT, find_terms, list_contexts, search_terms
from tests.dashboard.two_outlets import fill_two_outlets


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return fill_two_outlets(tmp_path_factory.mktemp("kwic")).snapshot()


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("strike ferry", ("strike", "ferry")),
        ("strike AND NOT ferry", ("strike",)),
        ('"goes on" OR quay', ("goes on", "quay")),
        ("title:strike outlet:Post -ferry", ("strike",)),
        ("(strike) strike*", ("strike",)),
        ("", ()),
    ],
)
def test_terms_are_what_a_text_may_show(words, terms):
    assert search_terms(words) == terms


@given(st.text(max_size=30))
def test_any_query_is_read(words):
    pattern = find_terms(words)
    assert pattern is None or pattern.search("") is None


def test_whole_words_are_found_across_line_breaks():
    pattern = find_terms('"goes on"')
    assert pattern is not None
    assert pattern.search("It Goes\non.")
    assert not pattern.search("It goes one.")


def test_each_occurrence_is_a_line_with_its_place(snapshot):
    answer = list_contexts(snapshot, Filter(words="union"))
    texts = snapshot.table("texts").set_index("article_id")["text"]
    assert answer.n == sum(text.lower().count("union") for text in texts) == 2
    for row in answer.frame.to_dict("records"):
        assert texts[row["article_id"]][row["at"] :].startswith(row["hit"])
        assert max(len(row["left"]), len(row["right"])) <= CONTEXT


def test_contexts_obey_the_outlets(snapshot):
    assert set(list_contexts(snapshot, Filter(words="union", outlets=("Post",))).frame["outlet"]) == {"Post"}


def test_without_words_there_is_no_context(snapshot):
    assert list_contexts(snapshot, Filter()).empty
