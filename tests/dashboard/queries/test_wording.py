"""Wording: the prior holds rare words, the shift adds up, clicks have something to open."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.wording import DISTINCT, SHIFT
from dashboard.filters import Filter
from dashboard.queries.wording import PRIOR_WORDS, compare_two, contribute, count_words, weigh_words
from dashboard.theme import LIGHT
from etl.schema import TABLES
from etl.transform.sentences import SENTENCES
from etl.transform.tonewords import TONE_WORDS
from tests.builders import make_article, make_article_rows, make_store

PAIR = Filter(pair=("Kontinent", "Post"))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """Forty articles of each outlet: one writes of good freight, the other of terrible wages."""
    bodies = {"Post": "The freight is good in port {}.", "Kontinent": "The wages are terrible in port {}."}
    articles = [
        make_article(outlet=outlet, item=f"{outlet}{n}", title="", body=(body.format(n), "The port is open."))
        for outlet, body in bodies.items()
        for n in range(40)
    ]
    rows = make_article_rows(*articles)
    sentences = TABLES["sentences"].conform(SENTENCES.compute(rows["articles"], rows["texts"]))
    words = TABLES["tone_words"].conform(TONE_WORDS.compute(rows["articles"], rows["texts"], sentences))
    return make_store(tmp_path_factory.mktemp("w"), **rows, sentences=sentences, tone_words=words).snapshot()


def test_words_are_counted_in_lower_case_by_article(snapshot):
    counts = count_words(snapshot, Filter(outlets=("Post",)), ("Post", "Kontinent"))
    assert set(counts["word"]) == {"the", "freight", "is", "good", "in", "port", "open"}
    assert counts.loc[counts["word"] == "the", "times"].tolist() == [2] * 40


def test_distinctive_words_stand_on_their_side(snapshot):
    frame = DISTINCT.query(snapshot, PAIR).frame.set_index("word")
    assert frame.loc["wages", "side"] == "left"
    assert frame.loc["freight", "side"] == "right"
    assert {"the", "port"} & set(frame.index) == set()


def test_the_interval_holds_the_estimate(snapshot):
    frame = DISTINCT.query(snapshot, PAIR).frame
    assert ((frame["low"] <= frame["log_odds"] + 1e-9) & (frame["log_odds"] <= frame["high"] + 1e-9)).all()


def test_the_background_is_counted_under_no_article(snapshot):
    counts = count_words(snapshot, Filter(), ("Post", "Nobody"))
    assert set(counts.loc[counts["outlet"] == "", "article_id"]) == {""}
    assert counts.loc[(counts["outlet"] == "") & (counts["word"] == "wages"), "times"].tolist() == [40]


def test_little_words_are_counted_and_not_listed(snapshot):
    assert {"the", "is"} <= set(count_words(snapshot, PAIR, PAIR.pair)["word"])
    assert {"the", "is"} & set(DISTINCT.query(snapshot, PAIR).frame["word"]) == set()


def test_the_log_odds_are_those_of_the_paper():
    left, right = pd.Series({"a": 30, "b": 70}), pd.Series({"a": 10, "b": 90})
    found = weigh_words(left, right, left + right).loc["a"]
    prior = PRIOR_WORDS * 40 / 200
    ours, theirs = 30 + prior, 10 + prior
    delta = math.log(ours / (100 + PRIOR_WORDS - ours)) - math.log(theirs / (100 + PRIOR_WORDS - theirs))
    assert found["log_odds"] == pytest.approx(delta)
    assert found["z"] == pytest.approx(delta / math.sqrt(1 / ours + 1 / theirs))


def test_a_rare_word_is_not_weighed():
    left, right = pd.Series({"a": 4, "b": 70}), pd.Series({"a": 0, "b": 90})
    assert "a" not in weigh_words(left, right, left + right).index


def test_the_shift_adds_up_to_the_difference(snapshot):
    answer = SHIFT.query(snapshot, PAIR)
    assert answer.frame["contribution"].sum() == pytest.approx(answer.frame["difference"].iloc[0])
    assert answer.frame["difference"].iloc[0] > 0.5
    assert answer.verdict.startswith("Post minus Kontinent: +")


words = st.tuples(st.sampled_from("ab"), st.sampled_from(["good", "bad", "fair"]), st.floats(-1, 1))


@settings(max_examples=30)
@given(st.lists(words, min_size=1), st.lists(words, min_size=1))
def test_contributions_sum_to_the_difference_of_means(left, right):
    rows = [("one", *row[1:]) for row in left] + [("two", *row[1:]) for row in right]
    frame = pd.DataFrame(rows, columns=["outlet", "word", "polarity"])
    means = frame.groupby("outlet")["polarity"].mean()
    assert contribute(frame, ("one", "two"))["contribution"].sum() == pytest.approx(
        means["two"] - means["one"]
    )


def test_without_two_outlets_there_is_nothing_to_compare(snapshot):
    lone = Filter(outlets=("Post",))
    assert compare_two(snapshot, lone) == ("Post",)
    assert DISTINCT.query(snapshot, lone).empty
    assert SHIFT.query(snapshot, lone).empty


@pytest.mark.parametrize("chart", [DISTINCT, SHIFT], ids=lambda chart: chart.slug)
def test_every_mark_names_its_row(snapshot, chart):
    answer = chart.query(snapshot, PAIR)
    figure = chart.draw(answer, LIGHT.wear(("Kontinent", "Post")))
    rows = [row for trace in figure.data for row in trace.customdata if row is not None]
    assert sorted(rows) == list(range(len(answer.frame)))


def test_a_vocabulary_that_is_shown_whole_has_finite_intervals(tmp_path):
    bodies = {"Post": "storm storm", "Kontinent": "calm calm"}
    articles = [
        make_article(outlet=outlet, item=f"{outlet}{n}", title="", body=(body,))
        for outlet, body in bodies.items()
        for n in range(6)
    ]
    rows = make_article_rows(*articles)
    sentences = TABLES["sentences"].conform(SENTENCES.compute(rows["articles"], rows["texts"]))
    frame = DISTINCT.query(make_store(tmp_path, **rows, sentences=sentences).snapshot(), PAIR).frame
    assert set(frame["word"]) == {"storm", "calm"}
    assert frame[["low", "high"]].abs().max().max() < 20
