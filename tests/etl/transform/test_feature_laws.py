"""Laws that every feature of single articles keeps, whatever the text."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.article import Article
from etl.schema import TABLES
from etl.transform.feature import Feature, compute_features
from etl.transform.features import FEATURES
from etl.transform.frames import find_frames
from etl.transform.sentences import find_sentences
from etl.transform.stance import judge_targets
from etl.transform.tonewords import locate_words
from tests.builders import make_article, make_article_rows, make_rows

SINGLE = tuple(feature for feature in FEATURES if feature.scope == "article")
MADE = tuple(feature.makes for feature in SINGLE)
PLAIN = (
    "Ann Roux, the mayor of Brill, praised the brave crew on Friday. “We will rebuild the bridge by 2026,”"
    " she said.",
    "Critics slammed Roux: the terrible cost of 3 million dollars would hurt jobs and the economy,"
    " according to the opposition.",
)
ODD = {
    "empty": "",
    "blanks": " \t \u00a0 ",
    "one letter": "a" * 20_000,
    "one capital": "A" * 20_000,
    "marks": "\"“”'‘’«»" * 50,
    "dots": "." * 3_000,
    "emoji": "The 🚢 sank on Friday 😀👩‍👩‍👧. “Oh 🙏 no, not again today,” said Ann Roux 🇫🇷.",
    "arabic": "قال الوزير يوم الجمعة: «سنعود إلى البلاد». Ann Roux said no on Friday.",
    "hebrew": "\u200fאמר השר: \"נחזור מחר\" in France.",
    "combining": "Zalgo e\u0301\u0301\u0301 s\u0335aid İstanbul ISSUED İİ good ﬁne ß.",
    "controls": "The bridge\u200b fell\u00ad on\u2028Friday\x0b, \u202ehe said.",
    "long word": "https://" + "x" * 5_000 + ".example said on Friday.",
}  # fmt: skip
LANGUAGES = ("en", "de", "uk", "ar", "und", "qqq")


def tell(number: int, *body: str, **changes: object) -> Article:
    named = {"title": f"Bridge {number} falls in Brill", "item": f"brill/{number}", "body": body}
    return make_article(**({"url": f"https://brill.example/{number}"} | named | changes))


def compute(*articles: Article, order: list[int] | None = None) -> Mapping[str, pd.DataFrame]:
    tables = {name: table.empty() for name, table in TABLES.items()} | make_article_rows(*articles)
    tables["outlets"] = make_rows("outlets", {"outlet": "The Courier", "timezone": "Europe/Paris"})
    if order is not None:
        tables |= {name: tables[name].iloc[order] for name in ("articles", "texts")}
    return compute_features(SINGLE, tables) | {"texts": tables["texts"]}


ARTICLES = (
    tell(1, *PLAIN),
    tell(2, PLAIN[1], "It rained in France."),
    tell(3, ODD["emoji"]),
    tell(4, "Der Bürgermeister sagte: „Wir bauen die Brücke heute wieder auf.“", language="de"),
    tell(5, "", title=""),
)


@pytest.fixture(scope="module")
def batch() -> Mapping[str, pd.DataFrame]:
    return compute(*ARTICLES)


def test_the_articles_have_rows_of_every_kind(batch: Mapping[str, pd.DataFrame]) -> None:
    assert {name for name in MADE if batch[name].empty} <= {"frames"}  # a model's verdict, tested below


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.item)
def test_an_article_alone_has_the_rows_that_it_has_in_a_batch(
    article: Article, batch: Mapping[str, pd.DataFrame]
) -> None:
    alone = compute(article)
    for name in MADE:
        mine = batch[name][batch[name]["article_id"] == article.article_id].reset_index(drop=True)
        pd.testing.assert_frame_equal(
            alone[name].reset_index(drop=True), mine, check_dtype=not mine.empty, rtol=1e-9
        )


@settings(max_examples=4, deadline=None)
@given(st.permutations(range(len(ARTICLES))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    ordered, mixed = compute(*ARTICLES), compute(*ARTICLES, order=order)
    for name in MADE:
        pd.testing.assert_frame_equal(
            ordered[name].reset_index(drop=True), mixed[name].reset_index(drop=True), rtol=1e-9
        )


@pytest.mark.parametrize("feature", SINGLE, ids=lambda feature: feature.makes)
def test_a_feature_leaves_its_tables_as_they_were(
    feature: Feature, batch: Mapping[str, pd.DataFrame]
) -> None:
    tables = {name: table.empty() for name, table in TABLES.items()} | make_article_rows(*ARTICLES) | batch
    given_tables = [tables[name] for name in feature.needs]
    before = [frame.copy(deep=True) for frame in given_tables]
    feature.compute(*given_tables)
    for frame, copy in zip(given_tables, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


def check_spans(made: Mapping[str, pd.DataFrame]) -> None:
    text_of = made["texts"].set_index("article_id")["text"]
    for name in MADE:
        frame = made[name]
        if {"start", "end"} <= set(frame.columns):
            lengths = text_of.loc[frame["article_id"]].str.len().to_numpy()
            assert (frame["start"] >= 0).all() and (frame["start"] < frame["end"]).all(), name
            assert (frame["end"].to_numpy() <= lengths).all(), name
        if "surface" in frame.columns:
            words = [
                text_of[a][s:e]
                for a, s, e in zip(frame["article_id"], frame["start"], frame["end"], strict=True)
            ]
            assert words == frame["surface"].to_list(), name


def test_surfaces_stand_where_their_spans_say(batch: Mapping[str, pd.DataFrame]) -> None:
    check_spans(batch)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_no_text_is_too_odd(text: str) -> None:
    made = compute(tell(1, text), tell(2, text, title=""))
    check_spans(made)
    covered = made["sentences"].groupby("article_id")["start"].count()
    assert covered.size == (2 if text.strip() else 1)  # a text of blanks has its headline alone


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_of_a_language_is_left_out(language: str) -> None:
    made = compute(tell(1, *PLAIN, language=language))
    known = language == "en"
    assert len(made["sentences"]) > 1
    assert [made[name].empty for name in ("tones", "tone_words", "dates")] == [not known] * 3
    assert (made["quotes"]["speaker"].notna().any()) == known


def frames_of(text: str) -> pd.DataFrame:
    articles = make_rows("articles", {"article_id": "a", "language": "en"})
    texts = make_rows("texts", {"article_id": "a", "text": text})
    sentences = TABLES["sentences"].conform(find_sentences(articles, texts))
    found = TABLES["frames"].conform(find_frames(articles, texts, sentences))
    return found.merge(sentences, on=["article_id", "sentence"], validate="many_to_one")


def test_evidence_lies_in_its_sentence_and_scores_are_probabilities() -> None:
    found = frames_of(
        "The tax would cost the economy billions of dollars, destroy jobs and raise prices for consumers."
        " Lawmakers clashed with opponents who attacked the plan as a war on workers. It is immoral, a sin."
    )
    assert len(found) >= 1
    assert found["score"].between(0, 1).all()
    assert (found["start"] <= found["evidence_start"]).all()
    assert (found["evidence_start"] < found["evidence_end"]).all()
    assert (found["evidence_end"] <= found["end"]).all()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([*PLAIN, ODD["emoji"], "Roux", "x"]), min_size=1, max_size=5))
def test_a_stance_sums_to_one_and_knows_no_neighbours(sentences: list[str]) -> None:
    spans = [(0, min(4, len(text))) for text in sentences]
    together = judge_targets(sentences, spans)
    assert together.sum(axis=1) == pytest.approx(np.ones(len(sentences)))
    for row, text, span in zip(together, sentences, spans, strict=True):
        assert judge_targets([text], [span])[0] == pytest.approx(row)


# sentence, the words that TextBlob's lexicon judges, in order
JUDGED = [
    ("The brave crew won a terrible war.", ["brave", "terrible"]),
    ("It was very good and not bad.", ["very good", "not bad"]),
    ("The bridge fell.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), JUDGED)
def test_judged_words_are_located_in_order(text: str, words: list[str]) -> None:
    found = list(locate_words(text))
    assert [text[start:end].lower() for start, end, _, _ in found] == words
