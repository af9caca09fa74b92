"""Contexts by another road: every text of the rich room read with a plain search."""

from __future__ import annotations

import re

import pytest

from dashboard.filters import Filter
from dashboard.queries.concordance import CONTEXT, MOST_LINES, list_contexts
from dashboard.queries.reading import read_article
from tests.dashboard.laws.rich_room import FILTERS, choose, id_of, tables


@pytest.mark.parametrize("words", ["storm", "ships", "number"])
@pytest.mark.parametrize(
    "name", ["all", "one outlet", "english", "story", "one day", "backwards", "two countries"]
)
def test_contexts_are_all_occurrences_in_chosen_articles(room, name, words):
    chosen = FILTERS[name].narrow(words=words)
    rows = choose(chosen)
    answer = list_contexts(room, chosen)
    expected = {(a, m.start()) for a, text in zip(rows["article_id"], rows["text"], strict=True)
                for m in re.finditer(rf"\b{words}\b", text, re.IGNORECASE)}  # fmt: skip
    assert answer.n == len(expected)
    found = {(row["article_id"], row["at"]) for row in answer.frame.to_dict("records")}
    assert found <= expected
    assert len(found) == min(len(expected), MOST_LINES)


def test_contexts_come_newest_first_with_undated_last(room):
    frame = list_contexts(room, Filter(words="storm")).frame
    times = choose(Filter()).set_index("article_id")["at"].loc[frame["article_id"]]
    assert times.dropna().is_monotonic_decreasing
    assert times.iloc[len(times.dropna()) :].isna().all()


def test_a_context_joined_is_the_text_on_one_line(room):
    texts = tables()["texts"].set_index("article_id")["text"]
    for row in list_contexts(room, Filter(words='"Norland port"')).frame.to_dict("records"):
        text, end = texts[row["article_id"]], row["at"] + len(row["hit"])
        around = text[max(0, row["at"] - CONTEXT) : row["at"]], text[end : end + CONTEXT]
        assert [row["left"], row["right"]] == [" ".join(part.split()) for part in around]
        assert row["hit"].lower() == "norland port"


def test_excluded_words_are_not_shown(room):
    answer = list_contexts(room, Filter(words="port NOT storm"))
    numbers = {id_of(number) for number in range(75) if number % 3}
    assert set(answer.frame["article_id"]) <= numbers
    assert answer.n == len(numbers)


def test_a_reading_holds_every_row_of_its_article_and_no_other(room):
    reading = read_article(room, id_of(2))
    names = {"mentions": "actors", "quotes": "quotations", "tone_words": "tone words"}
    for table, layer in names.items():
        rows = tables()[table]
        own = rows[rows["article_id"] == id_of(2)]
        assert set(zip(reading.layers[layer]["start"], reading.layers[layer]["end"], strict=True)) == set(
            zip(own["start"], own["end"], strict=True)
        )
    assert (reading.row["story_id"], reading.row["timezone"]) == ("harbour", "Europe/London")


def test_a_character_has_the_sentence_that_holds_it(room):
    reading = read_article(room, id_of(2))
    sentences = tables()["sentences"]
    spans = {at: (a, b) for a, b, x in zip(sentences["start"], sentences["end"], sentences["article_id"], strict=True)
             if x == id_of(2) for at in range(a, b)}  # fmt: skip
    assert all(reading.sentence_at(at) == spans.get(at, (-1, -1)) for at in range(-1, len(reading.text) + 1))
    assert read_article(room, "none") is None
