"""Tables of one story: who tells what, what is marked, what is cut, what stays open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest
from markupsafe import Markup

from dashboard.charts.conflicts import draw_conflicts
from dashboard.charts.facts import WHY, draw_facts, draw_firsts, draw_labels
from dashboard.charts.facts import draw_events as draw_dates
from dashboard.charts.pairs import draw_pairs, draw_passages
from dashboard.charts.primary import draw_primary
from dashboard.charts.quotes import draw_quotes
from dashboard.queries.answer import Answer
from dashboard.theme import Theme
from etl.schema import TABLES
from tests.dashboard.charts.drawings import FIVE, lines_of, tell


def test_a_dot_says_why_it_is_not_sure_and_opens_only_what_there_is() -> None:
    answer = tell("""
        claim_id | fact           | outlet    | article_id | at | state       | reason
        b        | Two <b>ships.  | Kontinent | –          | –  | not compared | language
        b        | Two <b>ships.  | Post      | p          | 0  | carried     | –
        a        | No ship sails. | Post      | –          | –  | not carried | –
        a        | No ship sails. | Kontinent | k          | 7  | not sure    | alike""")
    one, other = lines_of(draw_facts(answer, FIVE))
    assert one.startswith(
        "Two <b>ships. | (Post carries it: read it, colour of Post) →page:articles?article=p"
    )
    assert one.endswith(
        "| (not compared: it tells the story in another language, too, "
        "Kontinent: not compared, it tells the story in another language, too)"
    )
    assert "Post does not carry it) | (not sure: it has a sentence somewhat alike" in other
    assert other.endswith("→page:articles?article=k&at=7")


def test_every_reason_of_the_store_has_its_words() -> None:
    (reason,) = (column for column in TABLES["echoes"].columns if column.name == "reason")
    assert set(reason.values) | {"earlier", "hidden"} == set(WHY)
    assert all(WHY.values())


def test_a_long_fact_and_a_long_event_are_cut_at_a_word() -> None:
    row = {"outlet": "Post", "article_id": "p", "at": 0, "fact": "ship " * 31, "sentence": "ship " * 31,
           "claim_id": "c", "state": "carried", "reason": None, "first_day": pd.NaT, "outlets": 1}  # fmt: skip
    answer = Answer(frame=pd.DataFrame([row]), n=1, unit="facts")
    assert str(draw_facts(answer, FIVE)).count("ship ") == 29  # with the ellipsis 147 letters of 150
    assert str(draw_dates(answer, FIVE)).count("ship ") == 25  # and 127 of 130


def wordings(*told: tuple[str, str], actor: str = "Port Authority") -> Answer:
    """An answer of wordings for one actor, by outlet."""
    rows = [
        {"actor_id": "port", "actor": actor, "outlet": outlet, "wording": wording, "times": 3, "article_id": "a", "at": 0}
        for outlet, wording in told
    ]  # fmt: skip
    return Answer(frame=pd.DataFrame(rows), n=len(rows), unit="mentions")


def test_a_wording_is_marked_that_is_no_part_of_the_name_and_in_one_outlet_alone() -> None:
    told = str(draw_labels(wordings(
        ("Post", "the Quay Lords"), ("Post", "Port Authority"), ("Post", "Masters"), ("Kontinent", "masters"),
        ("Kontinent", "port-wardens"),
    ), FIVE))  # fmt: skip
    assert re.findall("<mark>(.*?)</mark>", told) == ["the Quay Lords", "port-wardens"]


@pytest.mark.parametrize(("outlets", "shown", "more"), [(4, 5, "and 1 more"), (5, 3, "and 3 more")])
def test_a_cell_tells_fewer_wordings_where_there_are_many_outlets(
    outlets: int, shown: int, more: str
) -> None:
    words = [(FIVE.order[0], f"w{number}") for number in range(6)]
    told = str(draw_labels(wordings(*words, *((outlet, "x") for outlet in FIVE.order[1:outlets])), FIVE))
    stands, _, folded = told.partition(f"<summary>{more}</summary>")
    assert re.findall(r"w\d", stands) == [f"w{number}" for number in range(shown)]
    assert re.findall(r"w\d", folded) == [f"w{number}" for number in range(shown, 6)]
    assert folded.count("article=a&amp;at=0") >= 6 - shown


def test_another_spelling_is_no_other_label() -> None:
    told = str(draw_labels(wordings(
        ("Post", "US Secretary Rex Stone"), ("Kontinent", "U.S. Secretary Rex Stone"), ("Lloyd", "Rex W. Stone"),
        ("Khaleej", "R. Stone"), ("Khaleej", "the U.S. envoy"), actor="Rex Stone",
    ), FIVE))  # fmt: skip
    assert re.findall("<mark>(.*?)</mark>", told) == ["the U.S. envoy"]


def test_as_many_wordings_as_fit_leave_no_rest_and_an_outlet_without_one_has_an_empty_cell() -> None:
    two = pd.concat([wordings(*[("Post", f"w{n}") for n in range(5)]).frame,
                     wordings(("Lloyd", "quay")).frame.assign(actor_id="quay", actor="Quay")])  # fmt: skip
    told = str(draw_labels(Answer(frame=two, n=6, unit="mentions"), FIVE))
    assert "<details" not in told
    assert re.findall(r'data-outlet="(\w+)"></td>', told) == ["Lloyd", "Post"]


def test_a_day_stays_the_day_that_the_page_names_and_an_hour_moves_to_the_outlets_zone() -> None:
    answer = tell("""
        outlet | article_id | title | published        | precision | origin   | timezone
        Post   | p          | A     | 2024-06-24 23:30 | hour      | metadata | Europe/Berlin
        Lloyd  | l          | B     | 2024-06-24 00:00 | day       | dateline | America/New_York
        Khaleej | k         | <C>   | 2024-06-24 23:30 | minute    | metadata | –""")
    told = [line for line in lines_of(draw_firsts(answer, FIVE)) if "colour of" in line]
    assert "25 June 2024, about 01:00 Berlin hour · metadata A →page:articles?article=p&at=0" in told[0]
    assert "Lloyd 24 June 2024 day · dateline B" in told[1]
    assert "24 June 2024, 23:30 UTC minute · metadata <C>" in told[2]


def paired(*relations: str, quoted: bool = False) -> Answer:
    """An answer of sentence pairs of Post and Khaleej."""
    rows = [
        {"left": "The ferry waits.", "right": "The boat waits.", "left_article": "p", "right_article": "k", "left_at": 0,
         "right_at": 9, "relation": relation, "quoted": quoted, "left_outlet": "Post", "right_outlet": "Khaleej", "tokens": 8}
        for relation in relations
    ]  # fmt: skip
    return Answer(frame=pd.DataFrame(rows), n=len(rows), unit="sentences")


def test_a_pair_underlines_on_each_side_what_the_other_lacks_and_tells_once_how_they_relate() -> None:
    told = str(draw_pairs(paired("paraphrased", quoted=True), FIVE))
    left, right = re.findall(r'<p class="(?:left|right)">(.*?)</p>', told)
    assert "The <ins>ferry</ins> waits.</a> " in left and left.endswith("</a> ")
    assert "at=9" in right and right.endswith(
        'The <ins>boat</ins> waits.</a> <span class="tag">in other words, quoted</span>'
    )


def test_a_name_over_a_column_has_its_colour_only_where_that_can_be_read() -> None:
    told = str(draw_passages(paired("verbatim"), FIVE))
    assert re.findall(r'only-wide" style="color:(#\w+)">(\w+)', told) == [
        (FIVE.outlets[0], "Post"),
        (FIVE.ink, "Khaleej"),
    ]
    assert '<span class="tag">8 words</span>' in told and "<mark>The <ins>ferry</ins> waits.</mark>" in told


def test_what_one_side_alone_says_stands_on_that_side_and_the_tenth_sentence_is_counted() -> None:
    told = str(draw_pairs(paired(*["only left"] * 10, *["only right"] * 9), FIVE))
    left, right = told.partition('<div class="side"><div>')[2].split("</div><div>")
    stands, _, folded = left.partition("<details><summary>and 1 more</summary>")
    assert stands.startswith('<p class="lbl">Only Post (10)</p>') and stands.count("The ferry waits.") == 9
    assert right.startswith('<p class="lbl">Only Khaleej (9)</p>') and right.count("The boat waits.") == 9
    assert folded.count("The ferry waits.") == 1 and "article=p&amp;at=0" in folded and "more" not in right


@pytest.mark.parametrize(
    ("draw", "stand"), [(draw_pairs, 8), (draw_passages, 6)], ids=["sentences", "passages"]
)
def test_pairs_after_the_first_few_fold_away_and_keep_their_links(
    draw: Callable[[Answer, Theme], Markup], stand: int
) -> None:
    whole, longer = (str(draw(paired(*["verbatim"] * n), FIVE)) for n in (stand, stand + 2))
    stands, _, folded = longer.partition("<details><summary>and 2 more</summary>")
    assert "<details" not in whole
    assert [part.count('<p class="left">') for part in (whole, stands, folded)] == [stand, stand, 2]
    assert folded.startswith('<div class="side">') and folded.count("article=k&amp;at=9") == 2


def conflict(left: str, *, at: tuple[int, int], kind: str = "number") -> str:
    """The first cell of a conflict of which one side is this sentence."""
    row = {"kind": kind, "left": left, "left_from": at[0], "left_to": at[1], "left_outlet": "Post", "left_article": "p",
           "left_at": 4, "right": "9", "right_from": 0, "right_to": 1, "right_outlet": "Lloyd", "right_article": "l",
           "right_at": 0}  # fmt: skip
    (line,) = lines_of(draw_conflicts(Answer(frame=pd.DataFrame([row]), n=1, unit="conflicts"), FIVE))
    return line


def test_a_sentence_in_conflict_is_cut_at_words_around_what_differs() -> None:
    told = conflict("begin " + "a " * 44 + "xy 400 " + "b " * 44 + "yz end", at=(97, 100))
    assert f"Post … {'a ' * 43}xy «400» {'b ' * 44}…" in told.replace("  ", " ")
    assert "begin" not in told and "end" not in told


def test_a_sentence_of_just_the_room_is_whole_and_a_kind_is_told_for_readers() -> None:
    told = conflict("a" * 90 + "7" + "b" * 90, at=(90, 91), kind="modality")
    assert f"{'a' * 90}«7»{'b' * 90}" in told
    assert told.startswith("said or not | (One says)") and "…" not in told
    assert f"Post … {'h' * 90}«7»{'t' * 90} …" in conflict("h" * 95 + "7" + "t" * 95, at=(95, 96))


QUOTE = {"utterance": "u", "speaker": None, "full": "We stay", "quote": "We stay", "primary": None, "outlets": 2,
         "cue": "said", "article_id": "a", "at": 3, "state": "fullest"}  # fmt: skip


@pytest.mark.parametrize(
    ("ways", "head", "cells"),
    [
        (("KCNA", "KCNA"), "not said who, via KCNA", 0),
        (("KCNA", None), "not said who 2 of", 1),
        (("KCNA", "AP"), "who 2 of", 2),
    ],
)
def test_the_way_of_all_stands_at_the_head_and_different_ways_in_their_cells(
    ways: tuple[str, str], head: str, cells: int
) -> None:
    rows = [
        QUOTE | {"outlet": outlet, "via": way} for outlet, way in zip(("Post", "Lloyd"), ways, strict=True)
    ]
    rows.append(QUOTE | {"outlet": "Khaleej", "state": "absent", "via": "TASS"})
    (line,) = lines_of(draw_quotes(Answer(frame=pd.DataFrame(rows), n=3, unit="quotations"), FIVE))
    assert head in line and "2 of 3 outlets" in line
    assert line.count("said, via") == cells


def test_a_long_wording_is_cut_at_a_word_with_its_marks_and_so_is_the_original() -> None:
    row = QUOTE | {"outlet": "Post", "via": None, "full": "word " * 70, "quote": "word " * 63 + "tail more"}
    frame = pd.DataFrame([row | {"state": "edited"}])
    told, beside = (
        str(draw_quotes(Answer(frame=frame.assign(primary=primary), n=1, unit="quotations"), FIVE))
        for primary in (None, "Speech")
    )
    assert "Original text" not in told and "<th>Original text</th>" in beside
    assert f"<p>{'word ' * 63}…<br>" in beside
    assert f"{'word ' * 63}<ins>tail …</ins></a>" in told


def test_a_quotation_that_one_outlet_alone_has_is_compared_with_nothing() -> None:
    row = QUOTE | {"outlet": "Post", "via": None, "outlets": 1, "cue": None}
    told = str(draw_quotes(Answer(frame=pd.DataFrame([row]), n=1, unit="quotations"), FIVE))
    assert '<p><a class="read" href="page:articles?article=a&amp;at=3">We stay</a></p>' in told


PIECE = {"primary_id": "s", "primary": "Speech", "url": "", "published": pd.NaT, "precision": "none", "length": 90,
         "outlet": None, "quoted": None, "article_id": None, "at": None, "start": 0}  # fmt: skip
IN_IT = {"text": "Q", "words": 1, "outlets": 4, "outlet": "Lloyd", "quoted": 9, "article_id": "l", "at": 0}


@pytest.mark.parametrize(("words", "folded"), [(29, False), (30, True)])
def test_paragraphs_in_a_row_that_nobody_quotes_are_folded_from_sixty_words_on(
    words: int, folded: bool
) -> None:
    rows = [{"text": "P", "words": 30, "outlets": 0}, {"text": "R", "words": words, "outlets": 0}, IN_IT]
    frame = pd.DataFrame([PIECE | row | {"paragraph": at} for at, row in enumerate(rows)])
    told = str(draw_primary(Answer(frame=frame, n=1, unit="quotations"), FIVE))
    assert ("<summary>60 words that no outlet quotes</summary><p>P</p><p>R</p>" in told) is folded
    assert '<mark class="by3" title="quoted by 4 outlets">Q</mark>' in told and "10.0\u202f%" in told


def test_original_texts_stand_as_given_and_each_tells_its_own_quoters() -> None:
    answer = tell("""
        primary_id | primary  | url        | published  | precision | length | paragraph | start | text | words | outlets | outlet | quoted | article_id | at
        t          | The <t>  | ftp://t.eu | –          | none      | 8      | 0         | 0     | Tea  | 1     | 1       | Lloyd  | 2      | l          | 4
        s          | The hour | http://s   | 2024-06-24 | day       | 4      | 0         | 0     | Sea  | 1     | 1       | Post   | 4      | p          | 9""")
    first, second = str(draw_primary(answer, FIVE)).split('<div class="original">')[1:]
    assert first.startswith("<p><b>The &lt;t&gt;</b> · 8 words</p>") and "25.0\u202f%" in first
    assert '<a href="http://s" target="_blank"' in second and " · 24 June 2024 · 4 words</p>" in second
    assert re.findall(r"article=(\w)", first) == ["l", "l"] and re.findall(r"article=(\w)", second) == [
        "p",
        "p",
    ]
