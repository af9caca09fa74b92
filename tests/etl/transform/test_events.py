from __future__ import annotations

import pandas as pd
import pytest

from etl.article import Article
from etl.schema import OUTLETS, TABLES
from etl.transform.dates import find_dates
from etl.transform.events import list_events
from etl.transform.reprints import group_reprints
from etl.transform.sentences import find_sentences
from etl.transform.spans import slice_spans
from tests.etl.transform.retold import BUDGET, FERRY, SEEDS, make_tables, read_seeds, tell

SIGNED = "The treaty was signed on 19 June 2024 in the presence of both presidents."
OPENS = "The bridge that it pays for opens on 3 March 2026, its builders announced."


def events_of(*articles: Article) -> pd.DataFrame:
    """The events of articles of one story, with the words of the sentence that tells each."""
    known, texts = make_tables(*articles)
    sentences = TABLES["sentences"].conform(find_sentences(known, texts))
    dates = TABLES["dates"].conform(find_dates(known, texts, sentences, OUTLETS.empty()))
    members = known[["article_id"]].assign(story_id="story", similarity=1.0)
    reprints = TABLES["reprints"].conform(group_reprints(known, texts))
    found = TABLES["events"].conform(list_events(dates, sentences, known, members, reprints))
    named = found.rename(columns={"sentence_article": "article_id"})
    told = named.merge(sentences, on=["article_id", "sentence"], validate="many_to_one")
    return told.assign(words=slice_spans(told, texts))


def test_each_day_of_a_story_is_an_event() -> None:
    events = events_of(tell("A", *BUDGET[1:], SIGNED, OPENS), tell("B", *FERRY[2:4], SIGNED))
    assert events["value"].to_list() == ["2024-06-19", "2026-03-03"]
    assert events["outlets"].to_list() == [2, 1]
    assert events["articles"].to_list() == [2, 1]
    assert events["words"].to_list() == [SIGNED, OPENS]


def test_a_reprint_counts_once() -> None:
    events = events_of(tell("A", *FERRY, SIGNED), tell("B", *FERRY, SIGNED))
    signed = events.set_index("value").loc["2024-06-19"]
    assert (signed["outlets"], signed["articles"]) == (1, 2)


def test_a_body_sentence_tells_it_better_than_a_headline() -> None:
    events = events_of(tell("A", SIGNED, title="Treaty of 19 June 2024"))
    assert events["words"].to_list() == [SIGNED]


def test_months_and_unresolved_dates_are_no_events() -> None:
    assert events_of(tell("A", "It began in June 2024 and may end some day.")).empty


def test_no_articles_give_no_events() -> None:
    assert events_of().empty


@pytest.mark.skipif(not SEEDS.exists(), reason="the reference articles are not on this machine")
def test_the_signing_comes_first_on_the_timeline_of_the_reference_articles() -> None:
    first = events_of(*read_seeds()).iloc[0]
    assert first["value"] == "2024-06-19"
    assert first["outlets"] >= 1
