from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema import TABLES
from etl.transform.reuse import find_reuse
from etl.transform.shingles import fold_word, read_tokens
from tests.etl.transform.retold import BUDGET, FERRY, SEEDS, make_tables, read_seeds, tell

LONG = "the defence of the island remains our common and unshakeable duty in every season"
LONG_US = (
    "the defense of the island (North Isle - ed.) remains our common and unshakeable duty in every season"
)


def reuse_of(*articles: object) -> pd.DataFrame:
    known, texts = make_tables(*articles)  # type: ignore[arg-type]  # articles
    found = TABLES["reuse"].conform(find_reuse(known, texts))
    text = texts.set_index("article_id")["text"]
    for side in ("a", "b"):
        rows = zip(found[f"article_{side}"], found[f"start_{side}"], found[f"end_{side}"], strict=True)
        found[side] = [text[article][start:end] for article, start, end in rows]
    return found


def test_a_shared_run_is_found_in_both_texts() -> None:
    found = reuse_of(tell("A", f"He said that {LONG}, amen."), tell("B", f"Nobody doubts that {LONG_US}."))
    assert found["tokens"].to_list() == [15]
    assert {found["a"][0], found["b"][0]} == {f"that {LONG}", f"that {LONG_US}"}
    assert not found["quoted"][0]


def test_a_run_is_quoted_where_both_put_it_into_marks() -> None:
    found = reuse_of(tell("A", f"“{LONG},” she said."), tell("B", f'"{LONG_US}," she said.'))
    assert found["quoted"].to_list() == [True]
    assert found["tokens"].to_list() == [14]


def test_a_run_that_one_of_them_does_not_quote_is_not_quoted() -> None:
    assert reuse_of(tell("A", f"“{LONG}.”"), tell("B", f"{LONG}."))["quoted"].to_list() == [False]


def test_eleven_words_are_too_few_alone() -> None:
    run = "one two three four five six seven eight nine ten eleven"
    assert reuse_of(tell("A", f"Alpha {run} beta."), tell("B", f"Gamma {run} delta.")).empty


def test_two_runs_of_eight_count() -> None:
    first, second = "one two three four five six seven eight", "red green blue black white brown grey pink"
    found = reuse_of(tell("A", f"{first} but {second}"), tell("B", f"{second} and {first}"))
    assert found["tokens"].to_list() == [8, 8]


def test_two_versions_at_one_address_are_not_compared() -> None:
    one, other = tell("A", *FERRY, url="https://a.example/1"), tell("B", *FERRY, url="https://a.example/1")
    assert reuse_of(one, other).empty


def test_what_an_outlet_repeats_is_no_reuse() -> None:
    notice = "Subscribe to our free letter for the stories that matter to you every single morning"
    ours = [tell("A", *FERRY[n : n + 2], *BUDGET[n : n + 2], notice, title=str(n)) for n in range(3)]
    found = reuse_of(*ours, tell("B", "Something else altogether happened.", notice))
    assert not found["a"].str.contains("Subscribe").any()


def test_no_articles_give_no_rows() -> None:
    assert reuse_of().empty


@settings(max_examples=30, deadline=None)
@given(st.lists(st.permutations(FERRY), min_size=2, max_size=4), st.randoms())
def test_runs_are_the_same_words_whatever_the_order(bodies: list[list[str]], chance: object) -> None:
    articles = [tell(f"Outlet {n}", *body[:4]) for n, body in enumerate(bodies)]
    found = reuse_of(*articles)
    folded = [[fold_word(word) for word in cell.split()] for cell in found["a"] + " " + found["b"]]
    assert all(
        len(read_tokens((cell,)).codes) == n for cell, n in zip(found["a"], found["tokens"], strict=True)
    )
    assert all(words for words in folded)
    pd.testing.assert_frame_equal(found, reuse_of(*reversed(articles)))


@pytest.mark.skipif(not SEEDS.exists(), reason="the reference articles are not on this machine")
def test_the_ironclad_passage_is_reuse_inside_quotation() -> None:
    found = reuse_of(*read_seeds())
    ironclad = found[found["a"].str.contains("ironclad")]
    assert ironclad["tokens"].item() >= 33
    assert ironclad["quoted"].item()
    assert ironclad["a"].item().startswith("The US commitments to the defen")
    assert ironclad["b"].item().endswith("return to negotiations")
