"""Story charts: what is drawn leads to the sentence, escapes what is hostile, and never counts."""

import re

import pandas as pd
import pytest

from dashboard.charts.facts import EVENTS, FACTS, FIRSTS, LABELS, QUOTES
from dashboard.charts.links import read_link, story_link
from dashboard.charts.pairs import PASSAGES, SIDE_BY_SIDE
from dashboard.charts.voices import TONES
from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.theme import DARK, LIGHT
from tests.dashboard.two_outlets import fill_two_outlets

STRIKE = Filter(story="strike", pair=("Post", "Kontinent"))
MARKUP = (FACTS, LABELS, FIRSTS, EVENTS, QUOTES, SIDE_BY_SIDE, PASSAGES)
NAMES = (("Post", "The <b>Post</b>"), ("Kontinent", "Kontinent"))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return fill_two_outlets(tmp_path_factory.mktemp("two"), kontinent_dated=False).snapshot()


def drawn(chart, snapshot, theme=LIGHT):
    return chart.draw(chart.query(snapshot, STRIKE), theme.wear(("Post", "Kontinent"), NAMES))


@pytest.mark.parametrize("chart", MARKUP, ids=lambda chart: chart.slug)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_chart_leads_to_the_reader_and_escapes_names(chart, snapshot, theme):
    told = str(drawn(chart, snapshot, theme))
    assert 'href="page:articles?article=' in told
    assert "<b>Post" not in told


def test_a_fact_has_a_dot_for_each_outlet(snapshot):
    told = str(drawn(FACTS, snapshot))
    assert told.count('class="dot"') == 6
    assert told.count('class="dot no"') == 1
    assert told.count('class="dot x"') == 1


def test_an_undated_article_says_so(snapshot):
    told = str(drawn(FIRSTS, snapshot))
    assert "24 June 2024, 08:18 London" in told
    assert "no time on the page" in told


def test_differing_words_are_underlined(snapshot):
    told = str(drawn(PASSAGES, snapshot))
    assert "<ins>programme</ins>" in told
    assert "17 words, inside quotation" in told


def test_a_clause_that_an_outlet_dropped_is_struck_through_and_a_retelling_is_not() -> None:
    row = {
        "utterance": "u", "speaker": "Ann Lee", "full": "We go home, all of us, at <noon> today", "primary": None,
        "outlets": 2, "cue": "said", "via": None, "article_id": "a", "at": 3,
    }  # fmt: skip
    cells = [
        row | {"outlet": "Post", "state": "edited", "quote": "We walk home at <noon> today"},
        row | {"outlet": "Kontinent", "state": "paraphrased", "quote": "they go home today"},
    ]
    told = str(QUOTES.draw(Answer(frame=pd.DataFrame(cells), n=2, unit="quotations"), LIGHT))
    assert "We <del>go </del><ins>walk</ins> home<del>, all of us,</del> at &lt;noon&gt; today" in told
    assert told.count("<del>") == 2


def test_what_only_one_says_stands_below(snapshot):
    told = str(drawn(SIDE_BY_SIDE, snapshot))
    assert "Only Kontinent (1)" in told
    assert "Kontinent alone counts the costs." in told


def test_a_dot_of_the_tone_chart_tells_its_interval_and_n():
    rows = [
        {
            "instrument": instrument,
            "outlet": outlet,
            "tone": 0.1,
            "low": 0.05,
            "high": 0.2,
            "n": 12,
            "articles": 3,
        }
        for instrument in ("textblob", "gdelt", "stance")
        for outlet in ("Post", "Kontinent")
    ]
    figure = TONES.draw(
        Answer(frame=pd.DataFrame(rows), n=72, unit="sentences"), LIGHT.wear(("Post", "Kontinent"))
    )
    assert [len(trace.x) for trace in figure.data] == [3, 3]
    assert (
        figure.data[0].text[0] == "Post, TextBlob: +0.100 [+0.050, +0.200]<br>n = 12 sentences of 3 articles"
    )
    assert list(figure.data[1].customdata) == [1, 3, 5]


def test_a_link_from_a_column_with_gaps_still_names_a_whole_character(snapshot):
    assert re.findall(r"at=([^\"&]+)", str(drawn(FACTS, snapshot)))[:4] == ["16", "16", "70", "66"]


def test_links_escape_what_they_are_given():
    assert (
        read_link('a"b', 3, "<i>")
        == '<a class="read" href="page:articles?article=a%22b&amp;at=3">&lt;i&gt;</a>'
    )
    assert story_link("s", "A & B") == '<a href="page:story?story=s">A &amp; B</a>'


def test_of_many_sentences_that_one_side_alone_has_the_rest_is_counted_and_folded_away():
    row = {"left": "Only <b>here</b>.", "left_article": "p", "left_at": 4.0, "relation": "only left", "quoted": False,
           "left_outlet": "Post", "right_outlet": "Kontinent", "right": None}  # fmt: skip
    told = str(SIDE_BY_SIDE.draw(Answer(frame=pd.DataFrame([row] * 11), n=11, unit="sentences"), LIGHT))
    stands, _, folded = told.partition("and 2 more</summary>")
    assert [part.count("Only &lt;b&gt;here&lt;/b&gt;.") for part in (stands, folded)] == [9, 2]
    assert "Only Post (11)" in stands
