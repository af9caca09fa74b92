"""Who acts and who is acted upon: own labelled sentences, then what the feature does with an article."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema import TABLES
from etl.transform.parts import MOST_WORDS, cut_sentence, read_parts
from etl.transform.quotes import QUOTES, trees
from etl.transform.quotes.excerpts import STAND_IN
from etl.transform.sentences import find_sentences
from etl.transform.spans import sentence_at
from etl.transform.voice import quoted_ranges
from tests.builders import make_rows

CASE = re.compile(r"(agent|patient|passive|passive by|other) \| ([^\[]*)\[([^\]]+)\](.*)")
LINES = Path(__file__).with_name("part_cases.txt").read_text("utf-8").splitlines()
CASES = [CASE.fullmatch(line).groups() for line in LINES if line and not line.startswith("#")]  # type: ignore[union-attr]
FLOORS = {"agent": 0.9, "patient": 0.9, "passive": 0.9, "passive by": 0.9, "other": 0.9}
SAID = "“Norland closed the old strait on Monday night,” Ann Lee said."


def read_texts(texts: list[str], words: list[str], language: str = "en", **also: str) -> list[pd.DataFrame]:
    """The rows of `mentions` of each text in which these words, as often as they stand there, name an actor."""
    ids = [f"a{place:03}" for place in range(len(texts))]
    articles = make_rows("articles", *({"article_id": one, "language": language} for one in ids))
    held = [{"article_id": one, "text": text} for one, text in zip(ids, texts, strict=True)]
    tables = articles, make_rows("texts", *held)
    sentences = TABLES["sentences"].conform(find_sentences(*tables))
    rows = [
        {"article_id": one["article_id"], "start": place.start(), "end": place.end(), "surface": word, "actor_id": word}
        for one in held for word in words for place in re.finditer(re.escape(word), one["text"])
    ]  # fmt: skip
    spans = pd.DataFrame(rows, columns=["article_id", "start", "end", "surface", "actor_id"])
    placed = spans.assign(sentence=sentence_at(spans, sentences)).to_dict("records")
    mentions = (
        make_rows("mentions", *(row | also for row in placed)) if placed else TABLES["mentions"].empty()
    )
    read = TABLES["mentions"].conform(read_parts(*tables, sentences, mentions))
    return [read[read["article_id"] == one] for one in ids]


def read_text(text: str, *words: str, **also: str) -> pd.DataFrame:
    """The rows of one text."""
    return read_texts([text], list(words), **also)[0]


def tell(read: pd.DataFrame) -> list[str | None]:
    """What was read of each mention, in the words of the cases."""
    passive = {True: "passive", False: "passive by"}
    parts = zip(read["part"], read["agentless"], strict=True)
    return [passive[agentless] if pd.notna(agentless) else part for part, agentless in parts]


@pytest.fixture(scope="module")
def told() -> pd.DataFrame:
    """Each labelled sentence, as an article of its own, with what was read."""
    read = read_texts(["".join(case[1:]) for case in CASES], sorted({case[2] for case in CASES}))
    rows = [
        {
            "wanted": wanted,
            "text": f"{before}[{word}]{after}",
            "got": tell(found[found["start"] == len(before)])[0],
        }
        for (wanted, before, word, after), found in zip(CASES, read, strict=True)
    ]
    return pd.DataFrame(rows)


def test_there_are_enough_cases_of_every_part() -> None:
    wanted = pd.Series([case[0] for case in CASES]).value_counts()
    assert len(CASES) >= 150 and wanted.min() >= 10 and set(wanted.index) == set(FLOORS)


@pytest.mark.parametrize("part", FLOORS)
def test_parts_are_read_as_a_person_reads_them(told: pd.DataFrame, part: str) -> None:
    """Both ways: what is wanted is found, and what is found is wanted."""
    wanted, got = told["wanted"] == part, told["got"] == part
    both = int((wanted & got).sum())
    wrong = told[wanted != got]
    assert both >= FLOORS[part] * wanted.sum(), wrong.to_string()
    assert both >= FLOORS[part] * got.sum(), wrong.to_string()


def test_an_actor_is_read_in_every_place_where_it_stands() -> None:
    read = read_text(
        "Norland fired. The allies punished Norland. Norland was blamed. It rained in Norland.", "Norland"
    )
    assert tell(read) == ["agent", "patient", "passive", "other"]


def test_other_languages_are_not_read() -> None:
    read = read_text("Norland feuerte. Ann Lee verhaftete Norland.", "Norland", "Ann Lee", language="de")
    assert read["part"].isna().all() and read["agentless"].isna().all()
    assert len(read) == 3


def test_inside_a_long_quotation_and_around_it_both_are_read() -> None:
    assert tell(read_text(SAID, "Norland", "Ann Lee")) == ["agent", "agent"]
    assert tell(read_text(f"It rained. {SAID} The union thanked Ann Lee.", "Ann Lee")) == ["agent", "patient"]


def test_an_actor_as_long_as_what_stands_for_a_quotation_is_read_in_its_own_words() -> None:
    name = "Ann Rouxley"[: len(STAND_IN) - 1]
    text = f"“{name} was blamed for it all the time,” said Mark Reed, and {name} left."
    assert tell(read_text(text, name)) == ["passive", "agent"]


def test_each_sentence_of_a_quotation_is_read() -> None:
    text = "“It rained all day long. Norland was blamed for it,” Mark Reed said. “The allies will punish Norland.”"
    assert tell(read_text(text, "Norland", "Mark Reed")) == ["passive", "agent", "patient"]


def test_a_dateline_is_no_clause() -> None:
    assert tell(read_text("BRILL, June 24 (Wire) — Norland closed its border.", "Norland")) == ["agent"]
    assert read_text("BRILL, June 24 (Wire) — Norland closed its border.", "BRILL")["part"].isna().all()


def test_a_list_of_many_words_is_left_open() -> None:
    long = f"Norland {'and the port ' * (MOST_WORDS // 2)}closed."
    assert read_text(long, "Norland")["part"].isna().all()


def test_a_headline_in_capitals_is_read_as_words() -> None:
    assert tell(read_text("Ann Lee Says Norland Will Fire Rockets Again", "Ann Lee", "Norland")) == [
        "agent",
        "agent",
    ]


def test_what_else_a_mention_holds_stays_as_it_was() -> None:
    read = read_text(
        "Norland fired two rockets.", "Norland", label="angry Norland", voice="quoted", method="test"
    )
    assert read[["label", "voice", "method", "surface"]].to_numpy().tolist() == [
        ["angry Norland", "quoted", "test", "Norland"]
    ]


def test_without_mentions_nothing_is_read() -> None:
    assert read_text("It rained all day.").empty


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(range(len(CASES))), min_size=2, max_size=6, unique=True))
def test_a_sentence_reads_the_same_among_others_as_alone(chosen: list[int]) -> None:
    texts = [re.sub(r"([^.!?])$", r"\1.", "".join(CASES[place][1:])) for place in chosen]
    words = sorted({CASES[place][2] for place in chosen})
    together, *apart = read_texts(["\n\n".join(texts), *texts], words)
    assert tell(together) == [part for read in apart for part in tell(read)]


def test_trees_made_for_the_quotations_are_used_again() -> None:
    text = f"{SAID} Norland was blamed on Monday."
    fresh = tell(read_text(text, "Norland", "Ann Lee"))
    trees._KEPT.clear()
    tables = [make_rows("articles", {"article_id": "a", "language": "en"}),
              make_rows("texts", {"article_id": "a", "text": text})]  # fmt: skip
    QUOTES.compute(*tables, TABLES["sentences"].conform(find_sentences(*tables)), TABLES["mentions"].empty())
    made = dict(trees._KEPT)
    assert made and tell(read_text(text, "Norland", "Ann Lee")) == fresh
    assert all(trees._KEPT[words] is tree for words, tree in made.items())


def test_no_more_trees_are_kept_than_are_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MOST_KEPT", 3)
    for number in range(10):
        (tree,) = trees.parse_sentences([f"Norland fired {number} rockets."], frozenset())
        assert tree.text == f"Norland fired {number} rockets."
        assert len(trees._KEPT) <= 5


@pytest.mark.parametrize("text", [SAID, f"A\nlist\nof {SAID}", "", "“Unbalanced, she said, and so it stays"])
def test_what_is_cut_out_stands_where_it_says(text: str) -> None:
    for excerpt in cut_sentence(text, (0, len(text)), quoted_ranges(text)):
        shown = "".join(text[place] for place in excerpt.places[:-1])
        assert len(shown) == len(excerpt.words)
        assert STAND_IN in excerpt.words or shown == excerpt.words


def test_who_speaks_behind_a_comma_acts_though_the_parser_takes_it_for_an_aside() -> None:
    long = "Two men were found dead on the shoulder of a road 15 miles from their school in Colorado Springs, the"
    text = f"{long} Brill County Sheriff's Office said. The mayor of Norland said no."
    assert tell(read_text(text, "Brill County Sheriff's Office", "Norland")) == ["agent", "other"]
