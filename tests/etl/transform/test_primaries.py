"""Primaries: which words of an invented speech each quotation repeats, written down by hand, and laws of it."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema import TABLES
from etl.transform.primaries import align_primaries
from etl.transform.shingles import read_tokens
from tests.builders import make_article, make_article_rows, make_rows

FIRST = "The harbour is the heart of this old town, and we will defend the harbour until the winter ends."
SECOND = "Nobody asked the fishermen what they had lost when the yards were sold."
THIRD = "Every licence that was taken from a family of sailors will be given back in spring."
SPEECH = f"To the council\n\n{FIRST} {SECOND}\n\n{THIRD}"
Told = tuple[str, str, str, str]  # outlet, words, kind, story


def speech(text: str = SPEECH, language: str = "en", name: str = "speech") -> dict[str, object]:
    return {"primary_id": name, "name": name, "language": language, "text": text}


def quote(*told: Told, language: str = "en") -> dict[str, pd.DataFrame]:
    """An article a quotation, in the frames that the alignment needs."""
    articles, quotes, stories = [], [], []
    for number, (outlet, words, kind, story) in enumerate(told):
        article = make_article(
            outlet=outlet,
            item=f"{outlet}/{number}",
            title="News",
            body=(f"He spoke: {words}",),
            language=language,
        )
        start = article.text.index(words)
        articles.append(article)
        quotes.append(
            {"article_id": article.article_id, "start": start, "end": start + len(words), "kind": kind}
        )
        stories.append({"article_id": article.article_id, "story_id": story})
    rows = make_article_rows(*articles)
    return rows | {
        "quotes": make_rows("quotes", *quotes),
        "story_articles": make_rows("story_articles", *stories),
    }


def align(room: dict[str, pd.DataFrame], *primaries: dict[str, object]) -> pd.DataFrame:
    names = ("quotes", "texts", "articles", "story_articles")
    rows = align_primaries(
        *(room[name] for name in names), make_rows("primaries", *(primaries or (speech(),)))
    )
    return TABLES["primary_quotes"].conform(rows)


def read_runs(room: dict[str, pd.DataFrame], rows: pd.DataFrame, text: str = SPEECH) -> list[tuple[str, str]]:
    """Each run as it stands in the quotation and in the speech."""
    texts = room["texts"].set_index("article_id")["text"]
    return [
        (texts[row["article_id"]][row["run_start"] : row["run_end"]], text[row["primary_start"] : row["primary_end"]])
        for row in rows.to_dict("records")
    ]  # fmt: skip


def test_a_whole_sentence_is_one_run_in_its_passage():
    room = quote(("Post", FIRST, "direct", "a"))
    rows = align(room)
    assert read_runs(room, rows) == [(FIRST[:-1], FIRST[:-1])]
    row = rows.iloc[0]
    assert SPEECH[row["passage_start"] : row["passage_end"]] == FIRST
    assert row["tokens"] == 19


def test_spelling_and_an_editors_insertion_do_not_part_a_run():
    said = THIRD.replace("licence", "license").replace("family", "family [on the quay]")
    room = quote(("Post", said, "direct", "a"))
    assert read_runs(room, align(room)) == [(said[:-1], THIRD[:-1])]


def test_changed_words_part_the_runs_and_ellipses_are_leapt_over():
    said = "we will defend the harbour until the spring ends ... what they had lost when the docks were sold"
    room = quote(("Post", said, "direct", "a"))
    assert [told for told, _ in read_runs(room, align(room))] == [
        "we will defend the harbour until the", "what they had lost when the", "were sold",
    ]  # fmt: skip


def test_a_run_over_two_sentences_has_both_as_its_passage():
    room = quote(
        ("Post", "defend the harbour until the winter ends. Nobody asked the fishermen", "direct", "a")
    )
    row = align(room).iloc[0]
    assert SPEECH[row["passage_start"] : row["passage_end"]] == f"{FIRST} {SECOND}"


def test_of_mixed_and_reported_speech_only_marked_words_count():
    marked = f'he promised that "{THIRD[:-1]}" and that nobody asked the fishermen what they had lost'
    bare = "nobody asked the fishermen what they had lost when the yards were sold"
    room = quote(
        ("Post", marked, "mixed", "a"), ("Echo", marked, "indirect", "a"), ("Bell", bare, "indirect", "a")
    )
    assert [told for told, _ in read_runs(room, align(room))] == [THIRD[:-1]] * 2


@pytest.mark.parametrize(
    ("words", "comes"),
    [
        ("heart of this old town", True),
        ("the heart of this", False),  # one word that tells
        ("heart of that old town", False),
        ("old town", False),
    ],
)
def test_a_short_phrase_counts_where_its_story_quotes_the_speech(words, comes):
    alone = quote(("Bell", words, "direct", "a"), ("Post", FIRST, "direct", "b"))
    beside = quote(("Bell", words, "direct", "a"), ("Post", FIRST, "direct", "a"))
    bell = beside["articles"].set_index("outlet").loc["Bell", "article_id"]
    assert len(align(alone)) == 1
    assert (bell in set(align(beside)["article_id"])) is comes


def test_a_formula_does_not_make_a_story_one_about_the_speech():
    """Five words in the same order, in a story that nothing else ties to the speech."""
    assert align(quote(("Post", "we will defend the harbour", "direct", "a"))).empty


def test_a_translation_is_not_compared_and_an_unknown_language_is():
    foreign = quote(("Post", FIRST, "direct", "a"), language="de")
    assert align(foreign).empty
    assert len(align(foreign, speech(language="und"))) == len(align(foreign, speech(language="de"))) == 1


def test_what_is_said_twice_in_a_quotation_is_found_once():
    twice = "We will defend the harbour until the winter ends ... we will defend the harbour until the winter ends"
    room = quote(("Post", FIRST, "direct", "a"), ("Echo", twice, "direct", "a"))
    assert len(align(room)) == 2


def test_each_original_text_has_its_own_runs():
    room = quote(("Post", FIRST, "direct", "a"), ("Echo", THIRD, "direct", "b"))
    rows = align(room, speech(FIRST, name="one"), speech(THIRD, name="two"))
    assert rows["primary_id"].tolist().count("one") == rows["primary_id"].tolist().count("two") == 1


def test_without_quotations_or_originals_there_is_nothing():
    room = quote(("Post", FIRST, "direct", "a"))
    nothing = TABLES["primaries"].empty()
    names = ("quotes", "texts", "articles", "story_articles")
    assert align_primaries(*(room[name] for name in names), nothing).empty
    assert align(room | {"quotes": TABLES["quotes"].empty()}).empty
    assert align(room, speech("Nothing of this stands there.")).empty


words = SPEECH.split()
cuts = st.tuples(st.integers(0, len(words) - 6), st.integers(6, 20), st.sampled_from(["", "...", "docks"]))


@settings(max_examples=30)
@given(st.lists(cuts, min_size=1, max_size=3), st.randoms())
def test_every_run_has_the_same_words_in_both_texts_whatever_the_order(given_cuts, chance):
    said = [
        " ".join([*words[start : start + count], *([between] if between else []), *words[start : start + 3]])
        for start, count, between in given_cuts
    ]
    room = quote(
        ("Post", FIRST, "direct", "a"), *((f"o{n}", text, "direct", "a") for n, text in enumerate(said))
    )
    rows = align(room)
    for told, original in read_runs(room, rows):
        assert read_tokens((told,)).codes.tolist() == read_tokens((original,)).codes.tolist()
    assert (
        (rows["passage_start"] <= rows["primary_start"]) & (rows["primary_end"] <= rows["passage_end"])
    ).all()
    shuffled = {name: frame.sample(frac=1, random_state=chance.randrange(99)) for name, frame in room.items()}
    pd.testing.assert_frame_equal(align(shuffled), rows)
