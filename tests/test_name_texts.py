"""Texts to learn names from: what is joined, exchanged and capitalised keeps its names where they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.name_texts import Named, Rewriter, capitalise, join_words
from benchmarks.train_names import average_weights

WORDS = st.lists(st.sampled_from(["Kim", "'s", "'", '"', ",", "(", ")", "n't", "$", "3", "said"]), min_size=1)


@pytest.mark.parametrize(("apart", "joined"), [
    ("Page , of the Country Party ( CP ) , left .", "Page, of the Country Party (CP), left."),
    ('He said : " Ukraine did n\'t ask for $ 3 . "', 'He said: "Ukraine didn\'t ask for $3."'),
    ("Joseph Lyons ' party , Kim 's vote", "Joseph Lyons' party, Kim's vote"),
])  # fmt: skip
def test_words_are_joined_as_news_writes_them(apart, joined):
    assert join_words(Named(apart, [])).text == joined


@given(WORDS, st.data())
def test_joining_keeps_every_name(words, chosen):
    text = " ".join(words)
    first = chosen.draw(st.integers(0, len(words) - 1))
    last = chosen.draw(st.integers(first, len(words) - 1))
    start = len(" ".join(words[:first])) + (first > 0)
    joined = join_words(Named(text, [(start, len(" ".join(words[: last + 1])), "ORG")]))
    ((start, end, _),) = joined.names
    assert joined.text[start:end].replace(" ", "") == "".join(words[first : last + 1])


def test_names_are_exchanged_for_others_of_their_kind_and_length():
    texts = [Named("Ann met Bob in Rome.", [(0, 3, "PERSON"), (8, 11, "PERSON"), (15, 19, "LOC")]),
             Named("Zoe left New York.", [(0, 3, "PERSON"), (9, 17, "LOC")])]  # fmt: skip
    rewriter = Rewriter(texts, seed=3)
    forms = [rewriter.exchange(texts[0]) for _ in range(30)]
    people = {form.text[start:end] for form in forms for start, end, label in form.names if label == "PERSON"}
    places = {form.text[start:end] for form in forms for start, end, label in form.names if label == "LOC"}
    assert people == {"Ann", "Bob", "Zoe"}
    assert places == {"Rome"}


def test_a_headlines_capitals_leave_small_words_and_possessives():
    assert capitalise(Named("kim's visit to the north", [])).text == "Kim's Visit to the North"


def test_the_weights_of_runs_are_averaged_as_they_would_be_written():
    written = [np.array([1.0, 0.1], dtype=np.float32), np.array([2.0, 0.3], dtype=np.float32)]
    mean = average_weights(written)
    assert mean.dtype == np.float32 and mean[0] == 1.5
    assert mean[1] == (np.float32(np.float16(0.1)) + np.float32(np.float16(0.3))) / 2 != np.float32(0.2)
