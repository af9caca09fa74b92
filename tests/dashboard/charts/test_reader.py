"""Reader: the marked text is the text, whatever overlaps; hostile words stay words."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from dashboard.charts.reader import (
    STYLES,
    Span,
    draw_contexts,
    draw_cuts,
    draw_head,
    draw_reading,
    mark_spans,
    name_cuts,
)
from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.concordance import find_terms
from dashboard.queries.reading import Reading, read_article
from dashboard.theme import LIGHT
from tests.builders import make_article, make_article_rows, make_rows, make_store
from tests.dashboard.small_newsroom import HOSTILE
from tests.dashboard.two_outlets import POST, fill_two_outlets

TAGS = re.compile(r"<[^>]*>")
STYLED = Filter(words="ferry")


@pytest.fixture(scope="module")
def reading(tmp_path_factory) -> Reading:
    snapshot = fill_two_outlets(tmp_path_factory.mktemp("reader")).snapshot()
    articles = snapshot.table("articles").set_index("outlet")["article_id"]
    found = read_article(snapshot, articles["Post"])
    assert found is not None
    return found


@pytest.fixture
def hostile(tmp_path) -> Reading:
    """An article whose every text is hostile, with a cut."""
    article = make_article(title=HOSTILE, body=(HOSTILE,), url="javascript:alert(1)", authors=(HOSTILE,))
    cut = {"article_id": article.article_id, "cut": 0, "role": "label", "text": HOSTILE, "rule": "label"}
    store = make_store(tmp_path, **make_article_rows(article), cuts=make_rows("cuts", cut))
    found = read_article(store.snapshot(), article.article_id)
    assert found is not None
    return found


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(list(STYLES.values()))))


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=60), spans)
def test_without_its_tags_the_marked_text_is_the_escaped_text(text, places):
    marked = mark_spans(text, [Span(a, b, style, told="<b>") for a, b, style in places if a < b])
    assert TAGS.sub("", str(marked)) == str(escape(text))


def test_overlapping_spans_share_their_characters():
    marked = mark_spans("abcdef", [Span(0, 4, "one"), Span(2, 6, "two")])
    assert re.findall(r'class="([^"]+)"[^>]*>(\w+)<', str(marked)) == [
        ("one", "ab"),
        ("one two", "cd"),
        ("two", "ef"),
    ]


def test_paragraphs_stay_paragraphs_and_the_headline_is_left_out():
    assert mark_spans("Head\n\nOne.\n\nTwo.", [], first=6).count("<p>") == 2


def test_a_mention_leads_to_its_actor(reading):
    told = str(draw_reading(reading, layers=("actors",)))
    assert '<a href="page:actors?actor=union">' in told
    assert "Dockers&#39; Union · group · the dockers&#39;" in told


def test_without_layers_nothing_is_marked(reading):
    assert "<span" not in draw_reading(reading, layers=())


def test_the_sentence_that_was_asked_for_is_marked_whole(reading):
    at = reading.text.index("ferry")
    told = str(draw_reading(reading, layers=(), at=at))
    assert f'<span class="l-here" title="">{POST[2]}</span>' in told
    assert told.count('<p class="here">') == 1


def test_a_place_outside_of_every_sentence_marks_nothing(reading):
    assert "l-here" not in draw_reading(reading, layers=(), at=10**6)


def test_search_words_are_marked(reading):
    told = str(draw_reading(reading, layers=(), terms=find_terms("ferry OR STRIKE")))
    assert re.findall(r'l-term" title="">(\w+)<', told) == ["strike", "ferry"]


def test_the_head_says_time_zone_precision_and_origin(reading):
    told = str(draw_head(reading, LIGHT.wear(("Post",), (("Post", "The Post"),))))
    assert '24 June 2024, 08:18 London <span class="tag">minute · metadata</span>' in told
    assert 'href="page:story?story=strike">story: Strike goes on</a>' in told


def test_hostile_texts_are_text(hostile):
    told = str(draw_head(hostile, LIGHT)) + draw_reading(hostile, layers=STYLES) + draw_cuts(hostile)
    assert "<script" not in told
    assert "javascript:" not in told
    assert name_cuts(hostile) == f"Cut from the page: 1 block, {len(HOSTILE)} characters"


def test_an_unknown_article_is_none(tmp_path):
    assert read_article(fill_two_outlets(tmp_path).snapshot(), "nobody") is None


def test_a_context_leads_to_its_place_and_is_escaped():
    row = {"left": "<b>", "hit": "ferry", "right": "&", "outlet": "Post", "day": pd.NaT, "article_id": "a",
           "at": 7}  # fmt: skip
    told = str(draw_contexts(Answer(frame=pd.DataFrame([row]), n=1, unit="occurrences"), LIGHT))
    assert 'href="page:articles?article=a&amp;at=7"><mark>ferry</mark>' in told
    assert "&lt;b&gt;" in told
    assert "no date" in told
