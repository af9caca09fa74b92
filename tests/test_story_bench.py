"""The collection that stories are timed on: the same each time, and made of what it was given."""

from __future__ import annotations

import pandas as pd

from benchmarks.story_bench import DAYS, retell

CORPUS = pd.DataFrame({
    "title": ["Ferry", "Budget"],
    "text": ["One ship sank. Two men swam. Three boats came.", "Money was short. Schools got more. All voted."],
})  # fmt: skip


def test_a_retelling_keeps_headlines_in_turn_and_sentences_as_they_are() -> None:
    articles, texts = retell(CORPUS, 9, seed=3)
    assert articles["title"].tolist() == ["Ferry", "Budget"] * 4 + ["Ferry"]
    known = {sentence for text in CORPUS["text"] for sentence in text.replace(". ", ".|").split("|")}
    told = {sentence for text in texts["text"] for sentence in text.replace(". ", ".|").split("|")}
    assert told <= known
    assert articles["article_id"].tolist() == texts["article_id"].tolist()


def test_a_seed_makes_one_collection_in_order_of_time() -> None:
    (one, told), (again, retold) = retell(CORPUS, 30, seed=1), retell(CORPUS, 30, seed=1)
    pd.testing.assert_frame_equal(one, again)
    pd.testing.assert_frame_equal(told, retold)
    assert one["published"].is_monotonic_increasing
    assert one["published"].max() - one["published"].min() <= pd.Timedelta(days=DAYS)
    assert not retell(CORPUS, 30, seed=2)[1].equals(told)
