"""Sources of statements: labelled sentences, laws that hold for any text, and the two reference articles."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema import SOURCE_TYPES
from etl.transform.antecedents import Named
from etl.transform.media import own_names, read_medium
from etl.transform.quotes.intermediaries import MASK
from etl.transform.quotes.kinds import read_kind
from etl.transform.quotes.sources import (
    CHAINS,
    Setting,
    Told,
    find_edges,
    find_sources,
    look_around,
    mask_quotes,
)
from tests.builders import make_rows
from tests.etl.transform.newsdesk import lay_out, read_seed
from tests.etl.transform.source_cases import judge_cases, read_cases, trace_texts

WORDS = ("officials", "the ministry", "Ann Lee", "he", "Reuters", "told", "said", "according to", "the report", ",",
         "reported", "on Telegram", "citing", '"We will all go home now,"', ".", "\n\n", "and", "'s website")  # fmt: skip
ANN = (Named(0, 7, "ann", "person"),)


@pytest.fixture(scope="module")
def judged() -> pd.DataFrame:
    """The labelled sentences with the machine's answers."""
    return judge_cases()


def test_the_labelled_sentences_are_many_and_of_every_kind() -> None:
    kinds = pd.Series([case.kind for case in read_cases()]).value_counts()
    assert len(read_cases()) >= 120 and set(kinds.index) == {*SOURCE_TYPES, ""}
    assert kinds.min() >= 10
    assert sum(bool(case.via) for case in read_cases()) >= 40


def test_nearly_every_labelled_statement_is_found(judged: pd.DataFrame) -> None:
    assert (~judged["found"]).sum() <= 1


# right of all, right of what is said; they may only rise
@pytest.mark.parametrize(
    ("found", "gold", "accuracy", "precision"),
    [("found_kind", "kind", 0.975, 0.99), ("found_via", "via", 0.975, 0.97)],
    ids=["kind", "via"],
)
def test_what_is_said_of_labelled_statements_is_right(
    judged: pd.DataFrame, found: str, gold: str, accuracy: float, precision: float
) -> None:
    right = (judged[found] == judged[gold])[judged["found"]]
    said = right[judged[found] != ""]
    wrong = judged.loc[right.index[~right], ["text", gold, found]].to_dict("records")
    assert right.mean() >= accuracy and said.mean() >= precision, wrong


def phrase_kind(words: str, *named: Named, actor: str | None = None) -> str | None:
    return read_kind(words, (0, len(words)), named, actor)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the authors of the study", "document"),
        ("two of the officials", "anonymous"),
        ("a member of the board", "anonymous"),
        ("a group of lawmakers", "anonymous"),
        ("the spokesman", None),
        ("a spokesman for the port", "institution"),
        ("the mayor of Varnmouth", "person"),
        ("a mayor", "anonymous"),
        ("the scientists", None),
        ("Dr Holt", "person"),
        ("the president and the ministry", None),
        ("the president and the prime minister", "person"),
        ("the Varnmouth Gazette", "institution"),
        ("the wind", None),
        ("the allies", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_phrase_names_a_kind_by_its_head_noun(words: str, kind: str | None) -> None:
    assert phrase_kind(words) == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Ann Lee", "person"), ("Ann Lee's lawyer", "anonymous"), ("Ann Lee's office", "institution"),
     ("Ann Lee and the ministry", None), ("Ann Lee campaign officials", "anonymous")],
)  # fmt: skip
def test_a_name_decides_only_where_it_is_the_head(words: str, kind: str | None) -> None:
    assert phrase_kind(words, *ANN) == kind


def test_a_pronoun_is_whom_it_means_and_nobody_where_that_is_open() -> None:
    text = "Ann Lee left. She said no."
    assert [read_kind(text, (14, 17), ANN, actor) for actor in ("ann", None)] == ["person", None]


def test_a_pronoun_after_somebody_unnamed_is_open() -> None:
    text = "Ann Lee left. An official came. She said no."
    assert read_kind(text, (32, 35), ANN, "ann") is None


@pytest.mark.parametrize(
    ("text", "medium"),
    [("Reuters on Monday", "Reuters"), ("the BBC's Today programme", "BBC"), ("a CNN reporter", "CNN"),
     ("Finnish newspaper Aamuposti", "Aamuposti"), ("the Varnmouth Gazette.", "Varnmouth Gazette"),
     ("Russian state television", "Russian state television"), ("the Guardian", "Guardian"),
     ("reporters", None), ("Congress", None), ("the press", None), ("Post Office officials", None)],
)  # fmt: skip
def test_a_medium_is_known_by_its_name_or_by_what_it_is_called(text: str, medium: str | None) -> None:
    span = read_medium(text, 0)
    assert (text[slice(*span)] if span else None) == medium


def test_an_outlet_of_the_store_is_a_medium_too() -> None:
    assert read_medium("Aamuposti said", 0) is None
    assert read_medium("Aamuposti said", 0, ("Aamuposti",)) == (0, 9)


def test_an_outlet_is_known_by_its_name_id_and_domains() -> None:
    assert own_names("post", "The Harbour Post", "harbourpost.example; hp.example") == {
        "post", "harbourpost", "hp",
    }  # fmt: skip


def via_of(text: str, setting: Setting) -> str | None:
    said = text.index("no")
    told = Told(said, said + 2, (0, 7), (text.index("told"), text.index("told") + 4))
    (source,) = find_sources(text, [told], setting)
    return text[slice(*source.via)] if source.via else None


def test_the_outlet_itself_is_no_intermediary() -> None:
    setting = Setting(sentences=[(0, 40)], mentions=ANN)
    text = "Ann Lee told the Varnmouth Gazette no."
    assert via_of(text, setting) == "Varnmouth Gazette"
    assert via_of(text, replace(setting, own=own_names("gazette", "Varnmouth Gazette", ""))) is None


@pytest.mark.parametrize(
    "said", ["on Telegram, citing two aides", "in a note that, citing aides, quoting aides"]
)
def test_a_statement_that_only_tells_its_way_moves_nothing_that_follows(said: str) -> None:
    text = f"He wrote {said}. She told Reuters no."
    told = [Told(9, 9 + len(said), (0, 2), (3, 8)), Told(len(text) - 3, len(text) - 1, direct=True)]
    masked = mask_quotes(text, told)
    assert len(masked) == len(text) and masked.endswith(f"told Reuters {MASK * 2}.")


spans = st.builds(lambda start, size: (start, start + size), st.integers(0, 60), st.integers(1, 20))
sayings = st.lists(
    st.builds(lambda said, speaker, cue: Told(*said, speaker, cue), spans, spans, spans), max_size=9
)


@given(sayings, st.sets(st.integers(0, 80), max_size=6))
def test_a_saying_is_read_as_far_as_the_nearest_ones_before_and_behind(
    told: list[Told], cuts: set[int]
) -> None:
    edges = sorted(cuts)
    setting, bounds = Setting(sentences=list(pairwise(edges))), find_edges(told)
    anchors = [(min(one.speaker[0], one.cue[0]), max(one.speaker[1], one.cue[1])) for one in told]
    for one, (first, last) in zip(told, anchors, strict=True):
        around = look_around("", one, bounds, setting)
        sentence = next((s for s in setting.sentences if s[0] <= first < s[1]), (first, last))
        done = [(other, place[1]) for other, place in zip(told, anchors, strict=True) if place[1] <= first]
        ends = {end for other, last_ in done for end in (last_, other.end) if end <= first}
        begins = {place[0] for place in anchors if place[0] >= last}
        assert around and around.start == max({sentence[0], *ends})
        assert around.end == min({max(sentence[1], last), *begins})


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_spans_of_intermediaries_quote_the_text_and_lie_outside_of_what_is_said(words: str) -> None:
    text = f"Notes\n\n{words}"
    rows = trace_texts(text).dropna(subset=["via"])
    assert all(text[row.via_start : row.via_end] == row.via for row in rows.itertuples())
    assert all(row.via_end <= row.start or row.end <= row.via_start for row in rows.itertuples())


@cache
def frames() -> tuple[pd.DataFrame, ...]:
    """Some of the labelled sentences as the feature needs them, without sources."""
    texts = [case.text for case in read_cases()[::8]]
    articles, words, sentences = lay_out(*texts)
    quotes = trace_texts(*texts)
    return articles, words, sentences, make_rows("mentions"), make_rows("outlets"), quotes


def test_sources_do_not_depend_on_the_order_of_rows_or_on_other_articles() -> None:
    whole = CHAINS.compute(*frames())
    turned = CHAINS.compute(*(frame.iloc[::-1] for frame in frames()))
    order = ["article_id", "start"]
    pd.testing.assert_frame_equal(
        *(frame.sort_values(order).reset_index(drop=True) for frame in (whole, turned))
    )
    *others, quotes = frames()
    alone = CHAINS.compute(*others, quotes[quotes["article_id"] == "a3"])
    assert alone["source_type"].tolist() == whole.loc[whole["article_id"] == "a3", "source_type"].tolist()


def test_sources_are_read_again_and_stay_and_nothing_else_changes() -> None:
    given_quotes = frames()[-1]
    before, again = given_quotes.copy(), CHAINS.compute(*frames())
    pd.testing.assert_frame_equal(given_quotes, before)
    sourced = ["source_type", "via_start", "via_end", "via", "via_id"]
    pd.testing.assert_frame_equal(again.drop(columns=sourced), before.drop(columns=sourced))


def test_other_languages_have_no_sources() -> None:
    articles, *others = frames()
    told = CHAINS.compute(articles.assign(language="de"), *others)
    assert len(told) == len(frames()[-1]) and told["source_type"].isna().all() and told["via"].isna().all()


def seed_sources(number: int) -> list[tuple[str, str | None, str | None]]:
    """Speaker, kind and intermediary of each quotation of a reference article, in order."""
    rows = trace_texts(read_seed(number)).astype("object")
    rows = rows.where(rows.notna(), None)
    return list(zip(rows["speaker"], rows["source_type"], rows["via"], strict=True))


def test_the_sources_of_the_reference_articles_are_those_that_a_person_reads() -> None:
    one, other = seed_sources(0), seed_sources(1)
    assert ("The Institute for the Study of War", "institution", None) in one
    assert ("the document's authors", "document", None) in one
    site = "US Department of State's website"
    assert [row for row in other if row[2]] == [("a joint statement by three countries", "document", site)]
    assert ("NATO Secretary General Jens Stoltenberg", "person", None) in other
    assert ("The Biden administration", "institution", None) in other
