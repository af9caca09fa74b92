"""Tables that compare outlets: who has which cell, what is marked, what is cut, what is left open."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from markupsafe import Markup

from dashboard.charts.conflicts import draw_conflicts
from dashboard.charts.copying import draw_copying
from dashboard.charts.diversity import draw_diversity
from dashboard.charts.facts import draw_facts, draw_firsts, draw_labels
from dashboard.charts.labelled import draw_labelled
from dashboard.charts.leading import draw_leading
from dashboard.charts.pairs import draw_pairs, draw_passages
from dashboard.charts.parts import draw_passives
from dashboard.charts.primary import draw_primary
from dashboard.charts.profile import draw_profile
from dashboard.charts.quotes import draw_quotes
from dashboard.charts.skew import draw_skew
from dashboard.charts.stories import draw_alone
from dashboard.charts.tables import clip_text, order_outlets
from dashboard.charts.timeline import draw_events
from dashboard.queries.answer import Answer
from dashboard.theme import DARK, LIGHT
from tests.dashboard.charts.drawings import FIVE, bars_in, tell
from tests.golden.figure_answers import read_rows
from tests.golden.figure_digests import tell_markup

POST, KONTINENT, KHALEEJ = LIGHT.outlets[:3]


def lines_of(markup: Markup) -> list[str]:
    """What the lines of a table say."""
    return list(tell_markup(markup, FIVE)["rows"])


@pytest.mark.parametrize(
    ("length", "told"),
    [(13, "The ferry <b>"), (12, "The ferry …"), (11, "The ferry …"), (10, "The …")],
)
def test_a_text_is_cut_at_a_word_and_no_longer_than_asked(length: int, told: str) -> None:
    assert clip_text("The  ferry\n<b>", length).unescape() == told


def test_outlets_stand_in_the_order_of_the_store_and_others_behind_them_by_name() -> None:
    assert order_outlets(pd.Series(["b", "Lloyd", "a", "Post", "b"]), FIVE) == ["Post", "Lloyd", "a", "b"]


def test_a_bar_reaches_to_its_share_of_the_widest_interval_and_a_missing_interval_is_no_width() -> None:
    answer = tell("""
        outlet    | quotes | speakers | evenness | variety | variety_low | variety_high | effective | effective_low | effective_high
        Kontinent | 40     | 12       | 0.9      | 10.0    | 8.0         | 20.0         | 9.0       | 8.0           | 10.0
        Post      | 20     | 5        | 1.0      | 5.0     | –           | –            | 5.0       | –             | –
        Khaleej   | 19     | 9        | –        | –       | –           | –            | –         | –             | –""")
    told = draw_diversity(answer, FIVE)
    assert bars_in(told) == [("50.0", KONTINENT, "40.0", "60.0"), ("25.0", POST, "25.0", "0.0")]
    assert lines_of(told)[2] == "(colour of Khaleej) Khaleej →open:2 | n < 20 | | | | 9 | 19"


def test_a_point_estimate_that_nobody_could_bound_may_be_the_widest() -> None:
    answer = tell("""
        outlet | quotes | speakers | evenness | variety | variety_low | variety_high | effective | effective_low | effective_high
        Post   | 20     | 20       | 1.0      | 20.0    | –           | –            | 20.0      | –             | –
        Lloyd  | 90     | 20       | 1.0      | 8.0     | 6.0         | 10.0         | 8.0       | 6.0           | 10.0""")
    assert [bar[0] for bar in bars_in(draw_diversity(answer, FIVE))] == ["100.0", "40.0"]


def test_shares_alone_and_copied_are_bars_of_the_whole_and_none_below_ten() -> None:
    alone = draw_alone(tell("""
        outlet  | stories | alone | long | share | low  | high
        Khaleej | 20      | 5     | 1    | 0.25  | 0.11 | 0.47
        Post    | 4       | 4     | 0    | –     | –    | –"""), FIVE)  # fmt: skip
    copied = draw_copying(tell("""
        outlet  | articles | copies | copied | low | high | unsure
        Khaleej | 30       | 9      | 0.25   | 0.2 | 0.31 | 0.01
        Post    | 4        | 4      | –      | –   | –    | –"""), DARK.wear(FIVE.order))  # fmt: skip
    assert bars_in(alone) == [("25.0", KHALEEJ, "11.0", "36.0")]
    assert bars_in(copied) == [("25.0", DARK.outlets[2], "20.0", "11.0")]
    assert "n &lt; 10" in alone and "n &lt; 10" in copied


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("60 | 540 | 0", "10 % 90 % to the day"),
        ("594 | 0 | 6", "99 % 1 % not at all"),
        ("600 | 0 | 0", "100 %"),
    ],
)
def test_only_those_ways_of_not_knowing_the_time_are_told_that_occur(more: str, told: str) -> None:
    answer = tell(f"""
        outlet | articles | minute | day | undated | languages | words | words_low | words_high | versions | changed | share | low  | high | observed | partial | gaps | longest
        Post   | 600      | {more}                 | en 600    | 100   | 90        | 110        | 1.0      | –       | 0.0   | 0.0  | 0.01 | 28       | 1       | 1    | 1""")  # fmt: skip
    (line,) = lines_of(draw_profile(answer, FIVE))
    assert line.split(" | ")[4] == told
    assert line.endswith("1 of 30 longest 1 day")


def test_a_dot_says_why_it_is_not_sure_and_opens_only_what_there_is() -> None:
    answer = tell("""
        claim_id | fact           | outlet    | article_id | at | state       | reason
        b        | Two <b>ships.  | Kontinent | –          | –  | not sure    | language
        b        | Two <b>ships.  | Post      | p          | 0  | carried     | –
        a        | No ship sails. | Post      | –          | –  | not carried | –
        a        | No ship sails. | Kontinent | k          | 7  | not sure    | alike""")
    one, other = lines_of(draw_facts(answer, FIVE))
    assert one.startswith(
        "Two <b>ships. | (Post carries it: read it, colour of Post) →page:articles?article=p"
    )
    assert one.endswith(
        "| (not sure: it writes in another language, Kontinent: not sure, it writes in another language)"
    )
    assert "Post does not carry it) | (not sure: it has a sentence somewhat alike" in other
    assert other.endswith("→page:articles?article=k&at=7")


def wordings(*told: tuple[str, str], actor: str = "Port Authority") -> Answer:
    """An answer of wordings for one actor, by outlet."""
    rows = [
        {"actor_id": "port", "actor": actor, "outlet": outlet, "wording": wording, "times": 3, "article_id": "a", "at": 0}
        for outlet, wording in told
    ]  # fmt: skip
    return Answer(frame=pd.DataFrame(rows), n=len(rows), unit="mentions")


def test_a_wording_is_marked_that_is_no_part_of_the_name_and_in_one_outlet_alone() -> None:
    told = str(draw_labels(wordings(
        ("Post", "the Quay Lords"), ("Post", "Authority"), ("Post", "Masters"), ("Kontinent", "masters"),
        ("Kontinent", "port-wardens"),
    ), FIVE))  # fmt: skip
    assert re.findall("<mark>(.*?)</mark>", told) == ["the Quay Lords", "port-wardens"]


@pytest.mark.parametrize(("outlets", "shown", "more"), [(4, 5, "and 1 more"), (5, 3, "and 3 more")])
def test_a_cell_tells_fewer_wordings_where_there_are_many_outlets(
    outlets: int, shown: int, more: str
) -> None:
    words = [(FIVE.order[0], f"w{number}") for number in range(6)]
    told = str(draw_labels(wordings(*words, *((outlet, "x") for outlet in FIVE.order[1:outlets])), FIVE))
    assert re.findall(r"w\d", told) == [f"w{number}" for number in range(shown)]
    assert more in told


def test_as_many_wordings_as_fit_leave_no_rest_and_an_outlet_without_one_has_an_empty_cell() -> None:
    two = pd.concat([wordings(*[("Post", f"w{n}") for n in range(5)]).frame,
                     wordings(("Lloyd", "quay")).frame.assign(actor_id="quay", actor="Quay")])  # fmt: skip
    told = str(draw_labels(Answer(frame=two, n=6, unit="mentions"), FIVE))
    assert "more</span>" not in told
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
        (POST, "Post"),
        (FIVE.ink, "Khaleej"),
    ]
    assert '<span class="tag">8 words</span>' in told and "<mark>The <ins>ferry</ins> waits.</mark>" in told


def test_what_one_side_alone_says_stands_on_that_side_and_nine_sentences_leave_no_rest() -> None:
    told = str(draw_pairs(paired("only left", *["only right"] * 9), FIVE)).partition(
        '<div class="side"><div>'
    )[2]
    left, right = told.split("</div><div>")
    assert left.startswith('<p class="lbl">Only Post (1)</p>') and left.count("The ferry waits.") == 1
    assert right.startswith('<p class="lbl">Only Khaleej (9)</p>') and right.count("The boat waits.") == 9
    assert "more" not in told


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
    assert told.startswith("said or not | (One says)")


def test_a_group_of_which_too_few_were_observed_has_an_empty_cell_in_its_own_column() -> None:
    answer = tell("""
        story_id | title | group  | carried | observed | rest_carried | rest_observed | skew | skew_low | skew_high | state | outlets
        b        | Two   | online | 3       | 4        | 1            | 6             | 1.0  | -0.2     | 2.2       | open  | Post~Lloyd
        a        | One   | online | 0       | 4        | 3            | 4             | -3   | -5       | -1        | less  |
        a        | One   | agency | 3       | 4        | 0            | 4             | –    | –        | –         | few   | Post""")
    told = draw_skew(answer, FIVE)
    assert tell_markup(told, FIVE)["columns"] == ["Story", "agency", "online"]
    two, one = lines_of(told)
    assert (
        two.endswith("outlets=Post~Lloyd (log odds ratio 1.00 [−.20, 2.20])rest: 1 of 6")
        and "(agency) |" in two
    )
    assert (
        "0 of 4 less (log odds ratio −3.00 [−5.00, −1.00])rest: 3 of 4" in one and "→page:articles" not in one
    )


PASSIVE = {"actor_id": "u", "actor": "Union", "agentless": 1, "passives": 2, "outlet": "Post", "mention": "She", "article_id": "a", "at": 2}  # fmt: skip


def test_a_long_sentence_is_cut_at_words_on_both_sides_of_its_mention() -> None:
    row = PASSIVE | {"before": "abcde " * 20 + "\n", "after": " was " + "held " * 30}
    told = str(draw_passives(Answer(frame=pd.DataFrame([row]), n=1, unit="passives"), FIVE))
    assert f">… {' '.join(['abcde'] * 18)} <mark>She</mark> was {'held ' * 21}…</a>" in told


def test_a_mention_inside_a_word_run_gains_no_space() -> None:
    row = PASSIVE | {"before": "“", "after": "’s arm was broken."}
    told = str(draw_passives(Answer(frame=pd.DataFrame([row]), n=1, unit="passives"), FIVE))
    assert ">“<mark>She</mark>’s arm was broken.</a>" in told and "1 of 2 passives" in told


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


def test_a_long_wording_is_cut_at_a_word_with_its_marks() -> None:
    full = "word " * 63 + "tail"
    rows = [
        QUOTE
        | {"outlet": "Post", "via": None, "quote": f"{full} {'more ' * 9}", "full": full, "state": "edited"}
    ]
    told = str(draw_quotes(Answer(frame=pd.DataFrame(rows), n=1, unit="quotations"), FIVE))
    assert "tail <ins>" not in told and "tail …" in told.replace("<ins> …</ins>", " …")


@pytest.mark.parametrize(("words", "folded"), [((30, 29), False), ((30, 30), True)])
def test_paragraphs_in_a_row_that_nobody_quotes_are_folded_from_sixty_words_on(
    words: tuple[int, int], folded: bool
) -> None:
    row = {"primary_id": "s", "primary": "Speech", "url": "", "published": pd.NaT, "precision": "none", "length": 90,
           "outlet": None, "quoted": None, "article_id": None, "at": None, "start": 0}  # fmt: skip
    pieces = [
        row | {"paragraph": at, "text": f"P{at}", "words": n, "outlets": 0} for at, n in enumerate(words)
    ]
    quoted = row | {
        "paragraph": 2,
        "text": "Q",
        "words": 1,
        "outlets": 4,
        "outlet": "Lloyd",
        "quoted": 9,
        "article_id": "l",
        "at": 0,
    }
    told = str(draw_primary(Answer(frame=pd.DataFrame([*pieces, quoted]), n=1, unit="quotations"), FIVE))
    assert ("<summary>60 words that no outlet quotes</summary><p>P0</p><p>P1</p>" in told) is folded
    assert '<mark class="by3" title="quoted by 4 outlets">Q</mark>' in told and "10.0\u202f%" in told


def test_first_words_stand_by_day_then_outlet_and_undated_ones_last() -> None:
    rows = read_rows("""
        outlet    | told_on    | article_id
        Post      | –          | p
        Kontinent | –          | k
        Lloyd     | 2024-06-25 | l
        Khaleej   | 2024-06-24 | h""")
    event: dict[str, Any] = {"story_id": "s", "first_day": pd.Timestamp("2024-06-20"), "outlets": 4, "first_told": pd.NaT, "story": "",
             "last_told": pd.NaT, "at": 0, "sentence": "It began.", "best_article": "l", "lag": 4}  # fmt: skip
    told = str(draw_events(Answer(frame=rows.assign(**event), n=4, unit="texts"), FIVE))
    assert re.findall(r"<b>(\w+)</b>", told) == ["Khaleej", "Lloyd", "Kontinent", "Post"]
    assert re.findall(r"article=(\w)&", told)[0] == "l" and ">its story</a>" in told


def test_the_label_of_undated_articles_is_undated_and_each_outlet_has_its_own_cell() -> None:
    answer = tell("""
        actor_id | actor | label | outlet  | times | n  | first_day  | last_day   | day        | article_id | at | sentence
        u        | Union | boss  | Lloyd   | 2     | 9  | –          | –          | –          | l          | 3  | The boss.
        u        | Union | chief | Khaleej | 1     | 30 | 2024-06-01 | 2024-06-01 | 2024-06-01 | h          | 3  | The chief.""")
    boss, chief = lines_of(draw_labelled(answer, FIVE))
    assert re.fullmatch(r"boss \| (\(Khaleej\) )?\| \(Lloyd\) +2 of 9 undated no date The boss\. →.*", boss)
    assert "1 of 30 1 June 2024 1 June 2024 The chief." in chief and "(Lloyd)" in chief.rpartition("→")[2]


def test_initials_stand_over_the_dots_of_their_outlets() -> None:
    answer = tell("""
        story_id | title | count | days | carried                                       | first | lead | outlets
        s        | A     | 2     | [2]  | {"Lloyd": "not_carried", "Post": "carried"}   | Post  | 300  | 1""")
    told = str(draw_leading(answer, LIGHT.wear(("Post", "Lloyd"), (("Post", "The Post"),))))
    assert re.findall(r'<b title="([^"]*)">(\w)</b>', told) == [("Lloyd", "L"), ("The Post", "P")]
    assert re.findall(r'class="(dot(?: no)?)"', told) == ["dot no", "dot"]
    assert "by 5 min" in told
