"""Story queries: facts, firsts, dates, labels, pairs, on a story written by hand."""

import pandas as pd
import pytest

from dashboard.filters import Filter
from dashboard.queries.conflicts import list_conflicts
from dashboard.queries.labels import list_quotes, name_actors
from dashboard.queries.pairs import align_sentences, choose_pair, name_relation, share_passages
from dashboard.queries.story import (
    _fill_cells,
    _rank_facts,
    date_events,
    follow_story,
    leading_story,
    list_articles,
    match_facts,
    time_firsts,
)
from dashboard.queries.voices import compare_tones
from tests.builders import make_rows, make_store
from tests.dashboard.two_outlets import KONTINENT, POST, SHARED, fill_two_outlets

STRIKE = Filter(story="strike")
UNKNOWN = pd.Series(dtype="int64")  # of no fact is it known who left it out


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return fill_two_outlets(tmp_path_factory.mktemp("two")).snapshot()


def test_the_leading_story_is_that_of_most_outlets(snapshot):
    assert leading_story(snapshot, Filter()) == "strike"


def test_without_a_story_nothing_leads(snapshot):
    assert leading_story(snapshot, Filter(outlets=("nobody",))) == ""


def test_articles_come_by_time(snapshot):
    assert list_articles(snapshot, STRIKE).frame["outlet"].tolist() == ["Post", "Kontinent"]


def test_shared_facts_come_first_in_the_order_in_which_they_are_told(snapshot):
    facts = match_facts(snapshot, STRIKE).frame
    assert facts["claim_id"].drop_duplicates().tolist() == ["go-on", "sign", "Kontinent alone", "Post alone"]


def test_a_fact_of_one_outlet_is_not_carried_by_the_other(snapshot):
    facts = match_facts(snapshot, STRIKE).frame.set_index(["claim_id", "outlet"])["state"]
    assert facts["Kontinent alone", "Post"] == "not carried"
    assert facts["Post alone", "Post"] == facts["sign", "Kontinent"] == "carried"


def test_a_fact_that_stands_in_a_subtitle_is_told_and_nothing_is_hidden(snapshot, tmp_path):
    sentences = snapshot.table("sentences")
    lead = sentences["sentence"].eq(2) & sentences["article_id"].eq(article_of(snapshot, "Kontinent"))
    told = sentences.assign(role=sentences["role"].mask(lead, "subtitle"))
    tables = {
        name: snapshot.table(name) for name in ("articles", "texts", "stories", "story_articles", "claims")
    }
    grid = match_facts(make_store(tmp_path / "lead", **tables, sentences=told).snapshot(), STRIKE).frame
    row = grid.set_index(["claim_id", "outlet"]).loc[("sign", "Kontinent")]
    assert (row["state"], row["outlets"], row["at"]) == ("carried", 2, sentences.loc[lead, "start"].iloc[0])
    assert not grid["reason"].eq("hidden").any()


def article_of(snapshot, outlet):
    """The id of an outlet's only article."""
    return snapshot.table("articles").set_index("outlet").loc[outlet, "article_id"]


def test_where_a_sentence_is_somewhat_alike_nobody_left_the_fact_out(snapshot):
    row = (
        match_facts(snapshot, STRIKE).frame.set_index(["claim_id", "outlet"]).loc[("Post alone", "Kontinent")]
    )
    assert (row["state"], row["reason"]) == ("not sure", "alike")
    texts = snapshot.table("texts").set_index("article_id")["text"]
    assert texts[row["article_id"]][int(row["at"]) :].startswith("Kontinent alone counts")


def test_a_fact_that_another_may_tell_is_not_counted_as_told_by_one_alone(snapshot):
    """Of two facts of one outlet, Kontinent's is nowhere in the Post; the Post's has a sentence alike."""
    assert match_facts(snapshot, STRIKE).verdict.endswith(" Surely in one alone: Kontinent 1.")


def find_sign(told: pd.DataFrame, echoes: pd.DataFrame) -> pd.DataFrame:
    """What each outlet makes of the fact "sign"."""
    return _fill_cells(told, echoes).set_index(["claim_id", "outlet"]).loc["sign"]


def test_an_article_that_the_filter_hides_is_no_omission(snapshot):
    """Both articles of a store tell "sign"; with words that only the Post has, Kontinent's outlet is gone."""
    told = pd.DataFrame({"claim_id": ["sign", "x"], "outlet": ["Post", "Kontinent"], "article_id": ["p", "k"],
                         "start": [0, 0], "similarity": [1.0, 0.0], "told": [0.1, 0.2],
                         "published": pd.to_datetime(["2024-06-24", "2024-06-24"], utc=True)})  # fmt: skip
    hidden = pd.DataFrame({"claim_id": ["sign"], "outlet": ["Kontinent"], "reason": ["hidden"],
                           "article_id": [None], "at": [None]})  # fmt: skip
    grid = find_sign(told, hidden)
    assert grid.loc["Kontinent", ["state", "reason"]].tolist() == ["not sure", "hidden"]
    early = told.assign(published=pd.to_datetime(["2024-06-24", "2024-06-22"], utc=True))
    grid = find_sign(early, hidden.head(0))
    assert grid.loc["Kontinent", ["state", "reason"]].tolist() == ["not sure", "earlier"]


@pytest.mark.parametrize(
    ("reason", "state"), [("language", "not compared"), ("brief", "not sure"), ("alike", "not sure")]
)
def test_what_is_told_in_another_language_is_not_compared(reason, state):
    """Unknown is not none, whenever the outlet wrote: the fact came two days after its last article."""
    told = pd.DataFrame({"claim_id": ["sign", "x"], "outlet": ["Post", "Ribera"], "article_id": ["p", "r"],
                         "start": [0, 0], "similarity": [1.0, 0.0], "told": [0.1, 0.2],
                         "published": pd.to_datetime(["2024-06-24", "2024-06-22"], utc=True)})  # fmt: skip
    near = pd.DataFrame({"claim_id": ["sign"], "outlet": ["Ribera"], "reason": [reason],
                         "article_id": [None], "at": [None]})  # fmt: skip
    grid = find_sign(told, near)
    assert grid["state"].to_dict() == {"Post": "carried", "Ribera": state}


def test_sentences_at_odds_stand_side_by_side_with_the_words_that_differ(snapshot):
    answer = list_conflicts(snapshot, STRIKE)
    row = answer.frame.iloc[0]
    assert (row["left"], row["right"]) == (POST[1], KONTINENT[1])
    assert row["left"][row["left_from"] : row["left_to"]] == "said"
    assert row["right"][row["right_from"] : row["right_to"]] == "claimed"
    assert answer.verdict == "1 differences and 0 updates in 1 facts."


def test_of_facts_of_one_outlet_those_that_lean_on_others_are_listed_last():
    """Sixteen places are parted between two outlets: the short sentence, told first, gives way to the ninth."""
    facts = [("A", "Seoul hit back on Thursday.")] + [
        ("A", f"Ship {place} left the harbour of Varnmouth on Monday evening.") for place in range(8)
    ]
    told = pd.DataFrame([*facts, ("B", "Only this short one.")], columns=["outlet", "fact"])
    ranked = _rank_facts(
        told.assign(claim_id=[f"c{place}" for place in told.index], sentence=told.index), UNKNOWN
    )
    assert ranked["claim_id"].tolist() == [*(f"c{place}" for place in range(1, 9)), "c9"]


def test_a_heading_is_listed_after_the_shortest_sentence_though_it_stands_before_it():
    """Eight of one outlet are listed when two tell the story: the ninth is left out, and that is the heading."""
    facts = [
        "Treaties and statements",
        "He flew on.",
        *(f"Number {n} of seven is quite a long sentence." for n in range(7)),
    ]
    told = pd.DataFrame({"claim_id": [*"hfabcdeij", "z"], "outlet": [*["Post"] * 9, "Kontinent"],
                         "sentence": range(10), "fact": [*facts, "Another outlet has a sentence of its own, too."]})  # fmt: skip
    assert _rank_facts(told, UNKNOWN)["claim_id"].tolist() == [*"z", *"fabcdeij"]


def test_of_facts_of_one_outlet_those_that_others_surely_do_not_carry_are_listed():
    """Eight of nine are listed, in the order in which they are told: without the one that Kontinent may have."""
    told = pd.DataFrame({"claim_id": [*"abcdefghi", "z"], "outlet": [*["Post"] * 9, "Kontinent"],
                         "sentence": range(10), "fact": "A ship left the harbour of Varnmouth on Monday evening."})  # fmt: skip
    left_out = pd.Series({claim: int(claim != "c") for claim in "abcdefghi"})
    assert _rank_facts(told, left_out)["claim_id"].tolist() == [*"z", *"abdefghi"]


def test_a_fact_leads_to_its_sentence(snapshot):
    answer = match_facts(snapshot, STRIKE)
    row = answer.frame[(answer.frame["claim_id"] == "sign") & (answer.frame["outlet"] == "Post")].iloc[0]
    texts = snapshot.table("texts").set_index("article_id")["text"]
    assert texts[row["article_id"]][int(row["at"]) :].startswith(POST[1])
    assert answer.n == 4


def test_the_first_mover_is_named_where_the_times_can_tell(snapshot):
    answer = time_firsts(snapshot, STRIKE)
    assert answer.verdict == "First: The Post."
    assert answer.frame["lag"].dt.total_seconds().tolist() == [0, 6120]


def test_nobody_is_first_where_a_time_is_missing(tmp_path):
    answer = time_firsts(fill_two_outlets(tmp_path, kontinent_dated=False).snapshot(), STRIKE)
    assert answer.verdict.startswith("First: unknown.")
    assert answer.note == "Without a time: Kontinent."


def test_times_of_a_day_tie(tmp_path):
    answer = time_firsts(fill_two_outlets(tmp_path, precision="day").snapshot(), STRIKE)
    assert answer.verdict == "First: a tie. The times cannot tell the earliest outlets apart."


def test_a_date_is_told_by_a_sentence(snapshot):
    row = date_events(snapshot, STRIKE).frame.iloc[0]
    assert (row["sentence"], row["outlets"]) == (POST[0], 2)


def test_labels_are_counted_by_outlet(snapshot):
    answer = name_actors(snapshot, STRIKE)
    assert answer.frame["wording"].tolist() == ["the dockers' union"] * 2
    assert (answer.n, answer.unit) == (2, "mentions")


def test_labels_obey_the_voice(snapshot):
    assert name_actors(snapshot, STRIKE.narrow(voice="quoted")).empty


def test_quotes_carry_the_cue(snapshot):
    quotes = list_quotes(snapshot, STRIKE).frame.set_index("outlet")
    assert quotes.loc["Kontinent", "cue_class"] == "distancing"
    assert quotes.loc["Post", "quote"] == POST[1][1:21]


def test_the_pair_is_that_of_most_shared_facts(snapshot):
    assert choose_pair(snapshot, STRIKE) == ("Kontinent", "Post")
    assert choose_pair(snapshot, STRIKE.narrow(pair=("Post", "Kontinent"))) == ("Post", "Kontinent")


def test_sentences_are_aligned_and_the_rest_is_told_by_one(snapshot):
    answer = align_sentences(snapshot, STRIKE.narrow(pair=("Post", "Kontinent")))
    assert answer.frame["relation"].tolist() == ["paraphrased", "edited", "unsure left", "only right"]
    assert (
        answer.verdict
        == "2 pairs of sentences say the same; only The Post 0, only Kontinent 1; not sure of 1."
    )


def test_one_outlet_cannot_be_compared(snapshot):
    assert align_sentences(snapshot, STRIKE.narrow(outlets=("Post",))).empty
    assert share_passages(snapshot, STRIKE.narrow(outlets=("Post",))).empty


@pytest.mark.parametrize("pair", [("Post", "Kontinent"), ("Kontinent", "Post")])
def test_a_shared_passage_stands_on_the_side_of_its_outlet(snapshot, pair):
    row = share_passages(snapshot, STRIKE.narrow(pair=pair)).frame.iloc[0]
    assert (row["left"], row["right"]) == (SHARED[pair[0]], SHARED[pair[1]])
    assert row["left_outlet"] == pair[0]


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("He reads the programme.", "He reads the program.", "verbatim"),
        ("He reads the whole long programme.", "He reads the programme.", "verbatim"),
        ("He reads it every day at home.", "He reads it every night at home.", "edited"),
        ("Cats sleep.", "The dog barks at night.", "paraphrased"),
    ],
)
def test_relations_have_names(left, right, relation):
    assert name_relation(left, right) == relation


def test_tone_abstains_below_ten_sentences(snapshot):
    answer = compare_tones(snapshot, STRIKE)
    assert answer.frame["tone"].isna().all()
    assert answer.frame["n"].max() == 3
    assert answer.verdict.startswith("No detectable difference.")


def test_no_sentence_in_a_voice_is_an_empty_answer(snapshot):
    assert compare_tones(snapshot, STRIKE.narrow(outlets=("nobody",))).empty


def test_a_link_to_a_story_that_was_merged_opens_the_one_that_holds_its_articles(tmp_path):
    row = {"title": "Strike", "articles": 1, "outlets": 1}
    stories = make_rows("stories", row | {"story_id": "old", "merged_into": "new"}, row | {"story_id": "new"})
    snapshot = make_store(tmp_path, stories=stories).snapshot()
    assert [follow_story(snapshot, name) for name in ("old", "new", "never")] == ["new", "new", "never"]
