"""Primary: an invented speech that five outlets cut in five ways, every class and every word by hand."""

import pandas as pd
import pytest

from dashboard.charts.facts import QUOTES
from dashboard.charts.primary import PRIMARY
from dashboard.filters import Filter
from dashboard.queries.primary import mark_quoted
from dashboard.queries.quotes import compare_quotes
from dashboard.theme import DARK, LIGHT
from etl.transform.primaries import align_primaries
from tests.builders import make_article, make_article_rows, make_rows, make_store

FIRST = "We will defend the harbour, the quay and every ship in the yards until the winter ends."
SECOND = "Nobody asked the fishermen what they had lost when the old yards were sold."
SPEECH = f"To the <b>council</b>\n\nFriends, thank you. {FIRST} {SECOND}\n\nCome home safely, all of you."
STORY = Filter(story="harbour")
TOLD = {  # outlet: language and its quotations as text, kind, utterance
    "anchor": ("en", ((FIRST.replace("harbour", "harbor"), "direct", "u"), (SECOND, "direct", "v"))),
    "bell": ("en", (("every ship in the yards", "direct", "u"), ("We never sold a yard", "direct", None))),
    "crane": ("en", (("we shall defend the harbour, the quay and every boat in the yards until winter ends", "direct",
                      "u"),)),
    "dock": ("en", (("the harbour and the ships would be guarded until spring", "indirect", "u"),)),
    "elbe": ("de", ()),
}  # fmt: skip


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
                           "speaker": "The mayor", "utterance_id": utterance})  # fmt: skip
    rows = make_article_rows(*articles)
    members = make_rows(
        "story_articles", *({"article_id": x.article_id, "story_id": "harbour"} for x in articles)
    )
    speech = {"primary_id": "s", "name": "As <i>spoken", "language": "en", "text": SPEECH, "url": "https://s.example/?a=1&b",
              "published": pd.Timestamp("2024-06-24", tz="UTC"), "published_precision": "day"}  # fmt: skip
    primaries, said = make_rows("primaries", speech), make_rows("quotes", *quotes)
    return make_store(
        tmp_path_factory.mktemp("spoken"), **rows, quotes=said, story_articles=members, primaries=primaries,
        stories=make_rows("stories", {"story_id": "harbour", "title": "Harbour", "articles": 5, "outlets": 5}),
        primary_quotes=align_primaries(said, rows["texts"], rows["articles"], members, primaries),
    ).snapshot()  # fmt: skip


@pytest.fixture(scope="module")
def compared(snapshot):
    return compare_quotes(snapshot, STORY)


@pytest.fixture(scope="module")
def marked(snapshot):
    return mark_quoted(snapshot, STORY)


def dress(theme):
    return theme.wear(tuple(TOLD), tuple((name, name.title()) for name in TOLD))


def test_each_wording_is_classed_against_the_words_as_spoken(compared):
    states = compared.frame.pivot(index="utterance", columns="outlet", values="state")
    assert states.loc["u"].to_dict() == {
        "anchor": "verbatim", "bell": "truncated", "crane": "edited", "dock": "paraphrased", "elbe": "unknown",
    }  # fmt: skip
    assert states.loc["v"].to_dict() == {
        "anchor": "verbatim", "bell": "absent", "crane": "absent", "dock": "absent", "elbe": "unknown",
    }  # fmt: skip


def test_the_reference_is_the_whole_sentence_of_the_speech(compared):
    full = compared.frame.drop_duplicates("utterance").set_index("utterance")
    assert full.loc["u", "full"] == FIRST and full.loc["v", "full"] == SECOND
    assert full.loc["u", "primary"] == "As <i>spoken"
    alone = full.drop(index=["u", "v"])
    assert alone["primary"].isna().all() and alone["full"].tolist() == ["We never sold a yard"]


def test_what_is_in_the_speech_comes_first_and_is_told_apart(compared):
    assert compared.frame["utterance"].drop_duplicates().tolist()[:2] == ["u", "v"]
    assert "1 of 3 utterances stand in more than one outlet; against the original text 2 verbatim, 1 truncated, " \
        "1 edited, 1 paraphrased." in compared.verdict  # fmt: skip


def test_a_class_is_told_even_where_one_outlet_alone_has_it(compared):
    told = str(QUOTES.draw(compared, dress(LIGHT)))
    assert told.count('<span class="tag">verbatim</span>') == 2
    assert told.count("Original text") == 4  # the heading, and its name in each cell on a phone
    assert "not in it" in told and "As &lt;i&gt;spoken" in told


def test_every_character_has_the_outlets_that_quote_it(snapshot, marked):
    """By another road: character by character from the runs."""
    runs = snapshot.table("primary_quotes").merge(snapshot.table("articles")[["article_id", "outlet"]])
    expected = [
        {row["outlet"] for row in runs.to_dict("records") if row["primary_start"] <= at < row["primary_end"]}
        for at in range(len(SPEECH))
    ]
    found = [set() for _ in SPEECH]
    for row in marked.frame.dropna(subset=["outlet"]).to_dict("records"):
        for at in range(row["start"], row["end"]):
            found[at].add(row["outlet"])
    assert found == expected
    assert set().union(*expected) == {"anchor", "bell", "crane"}


def test_the_pieces_are_the_whole_text(marked):
    pieces = marked.frame.drop_duplicates("start")
    told = pieces.groupby("paragraph")["text"].agg("".join)
    assert "\n\n".join(told) == SPEECH
    assert pieces["words"].sum() == pieces["length"].iloc[0] == 45


def test_words_are_counted_by_outlet_and_over_all(marked):
    quoted = marked.frame.dropna(subset=["outlet"]).drop_duplicates("outlet").set_index("outlet")["quoted"]
    assert quoted.to_dict() == {"anchor": 31, "bell": 5, "crane": 13}
    assert marked.n == 4
    assert marked.verdict == "31 of 45 words of “As <i>spoken” are quoted by an outlet."
    assert marked.note.endswith("not compared, for another language: elbe")


def test_a_mark_leads_to_the_words_in_the_article(snapshot, marked):
    texts = snapshot.table("texts").set_index("article_id")["text"]
    first = marked.frame.dropna(subset=["outlet"]).drop_duplicates("outlet")
    for row in first.to_dict("records"):
        assert (
            texts[row["article_id"]][row["at"] :]
            .casefold()
            .startswith(("we ", "every ship", "nobody", "defend"))
        )


def test_the_filter_leaves_only_its_outlets(snapshot):
    frame = mark_quoted(snapshot, STORY.narrow(outlets=("bell",))).frame
    assert set(frame["outlet"].dropna()) == {"bell"}
    assert mark_quoted(snapshot, STORY.narrow(outlets=("dock",))).empty


def test_a_primary_counts_in_no_other_answer(snapshot):
    counts = snapshot.sql("SELECT count(*) AS n, count(DISTINCT outlet) AS outlets FROM articles").iloc[0]
    assert counts.to_dict() == {"n": 5, "outlets": 5}
    assert snapshot.search("Friends safely").empty


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_text_is_shown_as_text_with_its_quoters(marked, theme):
    told = str(PRIMARY.draw(marked, dress(theme)))
    assert "To the &lt;b&gt;council&lt;/b&gt;" in told and "<b>council" not in told
    assert '<mark class="by3" title="quoted by 3 outlets">' in told
    assert 'aria-label="Bell"' in told and 'href="https://s.example/?a=1&amp;b"' in told
    assert "24 June 2024 · 45 words" in told


def test_long_parts_that_nobody_quotes_are_folded(marked):
    long = marked.frame.assign(words=marked.frame["words"].where(marked.frame["paragraph"] < 2, 80))
    told = str(PRIMARY.draw(type(marked)(frame=long, n=1, unit="quotations"), dress(LIGHT)))
    assert "<summary>80 words that no outlet quotes</summary><p>Come home safely, all of you.</p>" in told
