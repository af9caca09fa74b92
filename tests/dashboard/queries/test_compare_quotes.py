"""Quotes compared: an invented story of four outlets, every cell of the card written down by hand."""

import pandas as pd
import pytest

from dashboard.charts.facts import QUOTES
from dashboard.filters import Filter
from dashboard.queries.quotes import _agree_speaker, compare_quotes
from dashboard.theme import DARK, LIGHT
from tests.builders import make_article, make_article_rows, make_rows, make_store

SAID = "We will defend the harbour, the quay and every ship in the yards until the winter ends"
PART = "every ship in the yards"
RETOLD = "the harbour and the ships would be guarded until spring"
ALONE = "Nobody asked the fishermen"
STORY = Filter(story="harbour")
TOLD = {  # outlet: language and its quotations as text, kind, utterance
    "anchor": ("en", ((SAID, "direct", "u"),)),
    "bell": ("en", ((PART, "direct", "u"), (SAID.replace("harbour", "harbor"), "direct", "u"))),
    "crane": ("en", ((RETOLD, "indirect", "u"), (ALONE, "direct", None), ("they left", "indirect", None))),
    "dock": ("de", ()),
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    articles, quotes = [], []
    for outlet, (language, told) in TOLD.items():
        body = tuple(f'The mayor <b>: "{text}".' for text, *_ in told) or ("Nichts.",)
        article = make_article(outlet=outlet, item=outlet, title=outlet, body=body, language=language)
        articles.append(article)
        for text, kind, utterance in told:
            start = article.text.index(text)
            quotes.append({"article_id": article.article_id, "start": start, "end": start + len(text), "kind": kind,
                           "speaker": None if text == ALONE else "The mayor", "utterance_id": utterance})  # fmt: skip
    members = [{"article_id": article.article_id, "story_id": "harbour"} for article in articles]
    return make_store(
        tmp_path_factory.mktemp("quoted"), **make_article_rows(*articles), quotes=make_rows("quotes", *quotes),
        stories=make_rows("stories", {"story_id": "harbour", "title": "Harbour", "articles": 4, "outlets": 4}),
        story_articles=make_rows("story_articles", *members),
    ).snapshot()  # fmt: skip


@pytest.fixture(scope="module")
def answer(snapshot):
    return compare_quotes(snapshot, STORY)


def test_each_outlet_has_a_state_for_each_utterance(answer):
    states = answer.frame.pivot(index="utterance", columns="outlet", values="state")
    assert states.loc["u"].to_dict() == {
        "anchor": "fullest", "bell": "verbatim", "crane": "paraphrased", "dock": "unknown",
    }  # fmt: skip
    alone = states.drop(index="u")
    assert alone.to_numpy().tolist() == [["absent", "absent", "fullest", "unknown"]]


def test_an_outlet_is_shown_with_its_truest_wording(answer):
    row = answer.frame.set_index(["utterance", "outlet"]).loc[("u", "bell")]
    assert row["quote"] == SAID.replace("harbour", "harbor")
    assert row["full"] == SAID and row["outlets"] == 3


def test_a_wording_leads_to_its_place_in_the_article(answer, snapshot):
    texts = snapshot.table("texts").set_index("article_id")["text"]
    known = answer.frame.dropna(subset=["article_id"])
    assert len(known) == 4
    for row in known.to_dict("records"):
        assert texts[row["article_id"]][int(row["at"]) :].startswith(row["quote"])


def test_what_is_shared_comes_first_and_is_counted(answer):
    assert answer.frame["utterance"].iloc[0] == "u"
    assert answer.n == 5  # the statement that nobody quotes is none
    assert answer.verdict.startswith(
        "1 of 2 utterances stand in more than one outlet; beside the fullest wording 1 verbatim, 1 paraphrased."
    )


def test_an_outlet_that_the_filter_leaves_out_is_neither_absent_nor_unknown(snapshot):
    frame = compare_quotes(snapshot, STORY.narrow(outlets=("anchor", "crane"))).frame
    assert set(frame["outlet"]) == {"anchor", "crane"}
    assert frame.loc[frame["utterance"] == "u", "state"].tolist() == ["fullest", "paraphrased"]


def test_a_story_without_quotations_has_no_utterance(snapshot):
    assert compare_quotes(snapshot, STORY.narrow(outlets=("dock",))).empty


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_card_names_the_class_and_underlines_what_differs(answer, theme):
    told = str(QUOTES.draw(answer, theme.wear(tuple(TOLD), tuple((name, name) for name in TOLD))))
    assert '<span class="tag">paraphrased</span>' in told and "<ins>harbor</ins>" in told
    assert told.count("absent") == 2 and told.count("unknown: other language") == 2
    assert "3 of 3 outlets" in told and "1 of 3 outlets" in told


def test_a_long_wording_is_cut_at_a_word(answer):
    long = pd.DataFrame([{**answer.frame.iloc[0].to_dict(), "quote": "word " * 200, "full": "word " * 200}])
    told = str(QUOTES.draw(type(answer)(frame=long, n=1, unit="quotations"), LIGHT))
    assert "word …" in told and 50 < told.count("word") < 80


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ([("Al Jazeera", True), ("Mayor Ivers", True), ("Mayor Ivers", True)], "Mayor Ivers"),
        ([("experts", False), ("experts", False), ("Mayor Ivers", True)], "Mayor Ivers"),
        ([("a witness", False), ("officials", False), ("officials", False), (None, False)], "officials"),
        ([(None, False), (float("nan"), False)], None),
    ],
)
def test_the_speaker_is_whom_most_quotations_name(told, speaker):
    rows = [{"speaker": name, "known": known} for name, known in told]
    assert _agree_speaker(rows) == speaker
