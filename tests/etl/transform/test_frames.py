from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema import TABLES
from etl.transform.frames import (
    FRAME_NAMES,
    FRAMES,
    find_evidence,
    find_frames,
    read_words_of,
    score_sentences,
)
from etl.transform.linear import LinearModel, hash_term, read_model
from etl.transform.sentences import find_sentences

ECONOMY = (
    "The carbon tax would cost the economy billions of dollars, raise energy prices and destroy jobs, said"
    " economists. It rained."
)


def make_tables(text: str, language: str = "en") -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    articles = pd.DataFrame({"article_id": ["a"], "title": [""], "language": [language]})
    texts = pd.DataFrame({"article_id": ["a"], "text": [text], "body_start": [0]})
    return articles, texts, find_sentences(articles, texts)


def make_model() -> LinearModel:
    weights = np.zeros((1 << 12, 1))
    for word, weight in {"money": 2.0, "lost": 1.0, "cat": -1.0}.items():
        weights[hash_term(word, 1 << 12)] = weight
    return LinearModel(("economic",), np.ones(1 << 12), weights, np.zeros(1), np.array([0.5]))


def test_costs_and_jobs_are_an_economic_frame() -> None:
    found = find_frames(*make_tables(ECONOMY))
    assert "economic" in found["frame"].to_list()
    assert set(found["sentence"]) == {1}


def test_the_evidence_is_the_run_of_the_heaviest_words() -> None:
    text = "Cat food lost money, lost the cat."
    start, end = find_evidence(read_words_of(text), make_model(), 0)
    assert text[start:end] == "lost money, lost"


def test_a_sentence_without_weight_still_names_a_word() -> None:
    text = "Boats sail."
    start, end = find_evidence(read_words_of(text), make_model(), 0)
    assert text[start:end] == "Boats"


def test_short_sentences_carry_no_frame() -> None:
    assert score_sentences([read_words_of("Money lost.")], make_model()).tolist() == [[0]]


def test_other_languages_have_no_frames() -> None:
    assert find_frames(*make_tables(ECONOMY, language="de")).empty
    assert find_frames(*make_tables("")).empty


def test_the_feature_conforms_and_the_scheme_names_its_limit() -> None:
    made = TABLES["frames"].conform(FRAMES.compute(*make_tables(ECONOMY)))
    assert made["scheme"].unique().tolist() == ["generic (climate-trained)"]
    assert set(made["frame"]) <= set(FRAME_NAMES)
    assert made["score"].between(0, 1).all()


def test_the_model_knows_the_five_frames() -> None:
    assert read_model("frames").labels == FRAME_NAMES


@settings(deadline=None)
@given(st.lists(st.sampled_from(ECONOMY.split()), max_size=30).map(" ".join))
def test_evidence_lies_within_its_sentence(text: str) -> None:
    articles, texts, sentences = make_tables(text)
    found = find_frames(articles, texts, sentences).merge(sentences, on=["article_id", "sentence"])
    assert (found["evidence_start"] >= found["start"]).all()
    assert (found["evidence_end"] <= found["end"]).all()
    assert (found["evidence_start"] < found["evidence_end"]).all()
