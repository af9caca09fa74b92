"""Tables of outlets, groups and events: what a cell says, what is cut, what is left open where too little is known."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from dashboard.charts.copying import draw_copying
from dashboard.charts.diversity import draw_diversity
from dashboard.charts.health import draw_health
from dashboard.charts.labelled import draw_labelled
from dashboard.charts.leading import draw_leading
from dashboard.charts.parts import draw_passives
from dashboard.charts.profile import draw_profile
from dashboard.charts.skew import draw_skew
from dashboard.charts.stories import draw_alone
from dashboard.charts.tables import clip_text, order_outlets
from dashboard.charts.timeline import draw_events
from dashboard.queries.answer import Answer
from dashboard.theme import DARK, LIGHT
from tests.dashboard.charts.drawings import FIVE, bars_in, lines_of, tell
from tests.golden.figure_answers import read_rows
from tests.golden.figure_digests import tell_markup

POST, KONTINENT, KHALEEJ = LIGHT.outlets[:3]


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
        outlet | articles | revised | minute | day | undated | languages | words | words_low | words_high | versions | changed | share | low  | high | observed | partial | gaps | longest
        Post   | 600      | 0       | {more}                 | en 600    | 100   | 90        | 110        | 1.0      | –       | 0.0   | 0.0  | 0.01 | 28       | 1       | 1    | 1""")  # fmt: skip
    (line,) = lines_of(draw_profile(answer, FIVE))
    assert line.split(" | ")[4] == told
    assert line.endswith("1 of 30 longest 1 day")


@pytest.mark.parametrize(
    ("revised", "told"), [(0, ["none seen", "none seen"]), (3, ["0.0 % [0.0–16.1]", "15.0 % [5.2–36.0]"])]
)
def test_no_share_of_changed_articles_is_told_where_perhaps_none_was_read_again(
    revised: int, told: list[str]
) -> None:
    answer = tell(f"""
        outlet | articles | revised    | minute | day | undated | languages | words | words_low | words_high | versions | changed | share             | low                | high             | observed | partial | gaps | longest
        Post   | 20       | 0          | 20     | 0   | 0       | en 20     | 100   | 90        | 110        | 1.0      | –       | 0.0               | 0.0                | 0.161            | 28       | 1       | 1    | 1
        Lloyd  | 20       | {revised}  | 20     | 0   | 0       | en 20     | 100   | 90        | 110        | 1.0      | –       | {revised / 20}    | {0.052 * revised / 3} | 0.36          | 28       | 1       | 1    | 1""")  # fmt: skip
    lines = lines_of(draw_profile(answer, FIVE))
    assert [line.split(" | ")[5].replace("\u202f", " ") for line in lines] == told


def test_a_group_of_which_too_few_were_observed_says_why_in_its_own_column() -> None:
    answer = tell("""
        story_id | title | group  | carried | observed | foreign | unobserved | rest_carried | rest_observed | skew | skew_low | skew_high | state | outlets
        b        | Two   | online | 3       | 4        | 0       | 0          | 1            | 6             | 1.0  | -0.2     | 2.2       | open  | Post~Lloyd
        a        | One   | online | 0       | 4        | 1       | 0          | 3            | 4             | -3   | -5       | -1        | less  |
        a        | One   | agency | 3       | 4        | 2       | 1          | 0            | 4             | –    | –        | –         | few   | Post""")
    told = draw_skew(answer, FIVE)
    assert tell_markup(told, FIVE)["columns"] == ["Story", "agency", "online"]
    two, one = lines_of(told)
    assert (
        two.endswith("3 of 4 →open:0 rest: 1 of 6 log odds ratio 1.00 [−.20, 2.20]") and "(agency) |" in two
    )
    assert (
        "0 of 4 less rest: 3 of 4; 1 of other language log odds ratio −3.00 [−5.00, −1.00]" in one
        and "(agency) 1 not observed, 2 of other language" in one
        and "→open" not in one
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


def test_actors_of_passives_stand_as_they_are_ranked_each_once_over_all_its_sentences() -> None:
    row = PASSIVE | {"before": "", "after": " was held."}
    rows = [row, row | {"actor_id": "a", "actor": "A & <b>", "passives": 1}, row | {"outlet": "Lloyd"}]
    told = str(draw_passives(Answer(frame=pd.DataFrame(rows), n=3, unit="passives"), FIVE))
    heads = re.findall(r'<p class="lbl out">(.*?) <span class="sm">(.*?)</span>', told)
    assert heads == [("Union", "1 of 2 passives"), ("A &amp; &lt;b&gt;", "1 of 1 passive")]
    assert re.findall(r"</i>(\w+)<", told) == ["Post", "Lloyd", "Post"]


def test_first_words_stand_by_day_then_outlet_and_undated_ones_last() -> None:
    rows = read_rows("""
        outlet    | told_on    | article_id
        Post      | –          | p
        Kontinent | –          | k
        Lloyd     | 2024-06-24 | l
        Khaleej   | 2024-06-25 | h""")
    event: dict[str, Any] = {"story_id": "s", "first_day": pd.Timestamp("2024-06-20"), "outlets": 4, "first_told": pd.NaT, "story": "",
             "last_told": pd.NaT, "at": 0, "sentence": "It began.", "best_article": "l", "lag": 4}  # fmt: skip
    told = str(draw_events(Answer(frame=rows.assign(**event), n=4, unit="texts"), FIVE))
    assert re.findall(r"<b>(\w+)</b>", told) == ["Lloyd", "Khaleej", "Kontinent", "Post"]
    assert re.findall(r"article=(\w)&", told)[0] == "l" and ">its story</a>" in told


def test_the_label_of_undated_articles_is_undated_and_each_outlet_has_its_own_cell() -> None:
    answer = tell("""
        actor_id | actor | label | outlet  | times | n  | first_day  | last_day   | day        | article_id | at | sentence
        u        | Union | chief | Lloyd   | 2     | 9  | –          | –          | –          | l          | 3  | The chief!
        u        | Union | boss  | Khaleej | 1     | 30 | 2024-06-01 | 2024-06-01 | 2024-06-01 | h          | 3  | The boss.""")
    chief, boss = lines_of(draw_labelled(answer, FIVE))
    assert re.fullmatch(r"chief \| (\(Khaleej\) )?\| \(Lloyd\) +2 of 9 undated no date The chief! →.*", chief)
    assert "1 of 30 1 June 2024 1 June 2024 The boss." in boss and "(Lloyd)" in boss.rpartition("→")[2]


def test_initials_stand_over_the_dots_of_their_outlets() -> None:
    answer = tell("""
        story_id | title | count | days | carried                                       | first | lead | outlets
        s        | A     | 2     | [2]  | {"Lloyd": "not_carried", "Post": "carried"}   | Post  | 300  | 1""")
    told = str(draw_leading(answer, LIGHT.wear(("Post", "Lloyd"), (("Post", "The Post"),))))
    assert re.findall(r'<b title="([^"]*)">(\w)</b>', told) == [("Lloyd", "L"), ("The Post", "P")]
    assert re.findall(r'class="(dot(?: no)?)"', told) == ["dot no", "dot"]
    assert "by 5 min" in told


@pytest.mark.parametrize(
    ("hours", "told"),
    [(24, "<div>Newest 24 h before</div>"), (24.1, '<div class="stale">Stale: newest 24 h before</div>')],
)
def test_an_outlet_is_stale_when_its_newest_article_is_older_than_a_day(hours: float, told: str) -> None:
    answer = tell(f"""
        outlet | newest           | articles | statuses | whole | days | first_day  | age_hours | watched | quarantined
        Post   | 2024-06-24 07:18 | 9        | on       | 1     | 2    | 2024-06-30 | {hours}   | true    | 1""")
    shown = str(draw_health(answer, FIVE))
    assert told in shown and "1 of 2 days whole" in shown
    assert re.findall(r'title="([^"]*)"', shown) == ["30 June 2024: observed", "1 July 2024: not watched"]
