"""Titles: which headline stands for a story, and what is taken off it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.stories import describe_stories, group_stories
from etl.transform.titles import choose_headlines, clean_headline
from tests.etl.transform.retold import FERRY, make_tables, tell


def choose(*titles: str, openings: tuple[str, ...] = (), outlet: str = "") -> str:
    members = pd.DataFrame({"story_id": "s", "language": "en", "title": titles, "outlet": outlet})
    if openings:
        members = members.assign(opening=openings)
    return str(choose_headlines(members)["s"])


@pytest.mark.parametrize(
    ("written", "outlet", "clean"),
    [
        ("Watch: Ferry runs aground off island", "", "Ferry runs aground off island"),
        ("VIDEO | Ferry runs aground", "", "Ferry runs aground"),
        ("LIVE UPDATES – Ferry runs aground", "", "Ferry runs aground"),
        ("Ferry runs aground off island [VIDEO]", "", "Ferry runs aground off island"),
        ("Ferry runs aground VIDEO", "", "Ferry runs aground"),
        ("Ferry runs aground | The Courier", "", "Ferry runs aground"),
        ("Ferry runs aground - The Courier", "the-courier", "Ferry runs aground"),
        ("Ferry runs  aground\n again", "", "Ferry runs aground again"),
        ("Ferry runs aground - ninety rescued", "The Courier", "Ferry runs aground - ninety rescued"),
        ("Analysis shows ferry was too fast", "", "Analysis shows ferry was too fast"),
        ("Live music returns to the harbour", "", "Live music returns to the harbour"),
        ("Police release new video", "", "Police release new video"),
        ("Storm | Coast", "", "Storm | Coast"),
        ("Video:", "", "Video:"),
        ("", "", ""),
    ],
)
def test_labels_and_names_are_taken_off_and_words_stay(written: str, outlet: str, clean: str) -> None:
    assert clean_headline(written, outlet) == clean


@given(st.text(alphabet="Ab |-–[]():VIDEOwatch", max_size=40), st.sampled_from(["", "A", "The Courier"]))
def test_a_headline_never_loses_all_its_words(written: str, outlet: str) -> None:
    cleaned = clean_headline(written, outlet)
    assert any(sign.isalnum() for sign in cleaned) or not any(sign.isalnum() for sign in written)


def test_the_openings_decide_between_headlines_that_are_equally_alike() -> None:
    titles = ("Minister faces new questions", "Ferry Aurora runs aground off Lofoten")
    opening = "The ferry Aurora ran aground off Lofoten on Sunday and lies there."
    assert choose(*titles) == titles[0]
    assert choose(*titles, openings=(opening, opening)) == titles[1]


def test_the_title_is_in_the_language_of_most_headlines() -> None:
    told = [("es", "El ferry encalla"), ("en", "Ferry runs aground"), ("en", "Ninety rescued from ferry aground"),
            ("en", "Island ferry runs aground in fog")]  # fmt: skip
    members = pd.DataFrame(told, columns=["language", "title"]).assign(story_id="s")
    assert choose_headlines(members)["s"] != "El ferry encalla"
    assert choose_headlines(members.head(2).assign(story_id=["a", "b"])).tolist() == [told[0][1], told[1][1]]


def test_capitals_stand_for_a_story_only_where_there_is_nothing_else() -> None:
    assert choose("FERRY RUNS AGROUND", "FERRY RUNS AGROUND", "Ferry is aground") == "Ferry is aground"
    assert choose("FERRY RUNS AGROUND") == "FERRY RUNS AGROUND"
    assert choose("OPEC+", "Cartel cuts output") == "OPEC+"


def test_a_story_is_titled_without_its_outlet() -> None:
    told = tell("The Courier", *FERRY, title="Ferry runs aground off island | The Courier")
    articles, texts = make_tables(told)
    described = describe_stories(articles, group_stories(articles, texts), texts)
    assert described["title"].tolist() == ["Ferry runs aground off island"]
