"""Feature: tables in, one table out, in order."""

import pandas as pd
import pytest

from etl.errors import ContractBroken
from etl.transform.feature import Feature, compute_features


def one_sentence_each(texts):
    return pd.DataFrame(
        {"article_id": texts["article_id"], "sentence": 1, "start": 0, "end": texts["text"].str.len()}
    ).assign(paragraph=0, role="body", quoted=0.0)


def a_word_each(sentences):
    return sentences[["article_id", "sentence"]].assign(
        textblob_hits=0, positive_words=0, negative_words=0, active_words=0, words=1
    )


SENTENCES = Feature(makes="sentences", needs=("texts",), compute=one_sentence_each, scope="article")
TONES = Feature(makes="tones", needs=("sentences",), compute=a_word_each, scope="article")
TEXTS = pd.DataFrame({"article_id": ["b", "a"], "text": ["Rain.", "Snow again."], "body_start": 0})


def test_a_later_feature_builds_on_an_earlier_one():
    made = compute_features([SENTENCES, TONES], {"texts": TEXTS})
    assert list(made) == ["sentences", "tones"]
    assert made["sentences"]["end"].tolist() == [11, 5]
    assert made["tones"]["words"].tolist() == [1, 1]


def test_what_a_feature_gives_must_conform():
    broken = Feature(makes="tones", needs=("texts",), compute=lambda texts: texts, scope="article")
    with pytest.raises(ContractBroken, match="table tones"):
        compute_features([broken], {"texts": TEXTS})
