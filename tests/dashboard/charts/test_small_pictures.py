"""Small pictures in tables: every point stands where its number says, and what is not known is not drawn."""

from __future__ import annotations

from math import inf, nan

import pandas as pd
import pytest

from dashboard.charts.delays import draw_curve, draw_delays, write_hours
from dashboard.charts.health import write_age
from dashboard.charts.leading import draw_line
from dashboard.charts.rhythm import draw_rhythm, draw_week
from dashboard.charts.risen import draw_burst
from dashboard.charts.timeline import draw_events
from dashboard.queries.answer import Answer
from dashboard.theme import DARK, LIGHT
from tests.dashboard.charts.drawings import FIVE, parts_of, picture_of, pictures_in, tell


def test_a_line_of_days_is_high_where_the_count_is_and_dots_the_first_of_equal_days() -> None:
    told, picture = picture_of(draw_line([1, 4, 4, 0], LIGHT))
    assert parts_of(picture, "polyline", "points", "stroke") == [
        ("3.0,14.5 31.7,4.0 60.3,4.0 89.0,18.0", LIGHT.ink)
    ]
    assert parts_of(picture, "circle", "cx", "cy", "fill") == [("31.7", "4.0", LIGHT.ink)]
    assert told == "highest day: 4"


def test_days_without_an_article_are_a_flat_line_and_told_as_none() -> None:
    told, picture = picture_of(draw_line([0, 0], LIGHT))
    assert parts_of(picture, "polyline", "points") == [("3.0,18.0 89.0,18.0",)]
    assert told == "highest day: 0"
    assert draw_line([], LIGHT) == ""


def test_a_single_day_is_a_dot_at_the_left_edge() -> None:
    _, picture = picture_of(draw_line([7], DARK))
    assert parts_of(picture, "circle", "cx", "cy", "fill") == [("3.0", "4.0", DARK.ink)]


def test_a_burst_is_thick_on_a_line_that_breaks_where_nothing_was_collected() -> None:
    told, picture = picture_of(draw_burst([0, nan, 2, 4, 2], 3, 4, LIGHT))
    assert parts_of(picture, "polyline", "points", "stroke", "stroke-width") == [
        ("3.0,22.0 3.0,22.0", LIGHT.soft, "1.1"),
        ("110.0,13.0 163.5,4.0 217.0,13.0", LIGHT.soft, "1.1"),
        ("163.5,4.0 217.0,13.0", LIGHT.ink, "2.6"),
    ]
    assert told == "highest day: 4"


def test_a_burst_that_began_before_the_line_is_thick_from_its_left_edge() -> None:
    _, picture = picture_of(draw_burst([4, nan, 2, 1], -2, 2, LIGHT))
    thick = [
        points for points, stroke in parts_of(picture, "polyline", "points", "stroke") if stroke == LIGHT.ink
    ]
    assert thick == ["3.0,4.0 3.0,4.0", "145.7,13.0 145.7,13.0"]


CURVE = [[0, 0.2, 0.5, 0.0, 0.5], [6, 0.5, 0.75, 0.25, 1.0], [24, nan, nan, nan, nan]]


def test_a_curve_is_filled_between_least_and_most_within_a_paler_interval() -> None:
    told, picture = picture_of(draw_curve(CURVE, "#123456", LIGHT))
    band, core = parts_of(picture, "polygon", "points", "fill")
    assert band == ("2.0,38.0 84.0,29.0 84.0,2.0 2.0,20.0", "#123456")
    assert core == ("2.0,30.8 84.0,20.0 84.0,11.0 2.0,20.0", "#123456")
    assert [part.attrib.get("opacity") for part in picture if "fill" in part.attrib] == [".22", None]
    assert told == "last known 50–75\u202f%"


def test_a_curve_of_which_nothing_is_known_says_so() -> None:
    told, picture = picture_of(draw_curve([[0, nan, nan, nan, nan]], "#123456", LIGHT))
    assert told == "unknown"
    assert parts_of(picture, "polygon", "points") == [("",), ("",)]


@pytest.mark.parametrize(
    ("hours", "told"),
    [(0, "0 min"), (0.99, "59 min"), (1, "1 h"), (71.4, "71 h"), (72, "3 days"), (inf, "> 7 days")],
)
def test_hours_are_told_in_the_unit_that_fits(hours: float, told: str) -> None:
    assert write_hours(hours) == told
    assert told == "> 7 days" or write_age(hours) == told


DELAYS = """
    outlet    | stories | foreign | unseen | first | tie | later | curve                                                          | median_least | median_most | median_low | median_high
    Kontinent | 20      | 0       | 0      | 4     | 1   | 15    | [[6, 0.301, 0.304, 0.2, 0.5], [24, 0.5, 0.6, NaN, 0.7]]        | 7            | 7.3         | 0.5        | 80
    Post      | 9       | 0       | 0      | 9     | 0   | 0     | –                                                              | –            | –           | –          | –"""


def test_a_share_or_a_median_that_the_times_leave_no_room_is_told_once() -> None:
    told = str(draw_delays(tell(DELAYS), FIVE))
    assert '<td class="n only-wide">30\u202f%<br><span class="sm">[20–50]</span></td>' in told
    assert '<td class="n range">7\u00a0h<br><span class="sm">[30\u00a0min – 3\u00a0days]</span></td>' in told


@pytest.mark.parametrize(
    ("hours", "told"),
    [(0.5, "&gt;\u00a030\u00a0min"), (36, "&gt;\u00a036\u00a0h"), (168, "&gt;\u00a07\u00a0days")],
    ids=["half an hour", "a day and a half", "a week"],
)
def test_half_after_is_told_no_later_than_the_outlet_was_watched(hours: float, told: str) -> None:
    curve = [[0, 0.1, 0.1, 0.0, 0.2], [hours, 0.2, 0.2, 0.1, 0.4], [hours + 1, nan, nan, nan, nan]]
    row = {
        "outlet": "Post",
        "stories": 20,
        "foreign": 0,
        "unseen": 9,
        "first": 1,
        "tie": 0,
        "later": 3,
        "curve": curve,
    }
    medians = {f"median_{side}": inf for side in ("least", "most", "low", "high")}
    drawn = draw_delays(Answer(frame=pd.DataFrame([row | medians]), n=20, unit="stories"), FIVE)
    assert f'<td class="n range">{told}<br><span class="sm">[{told}]</span></td>' in str(drawn)


def test_shares_at_hours_that_the_curve_lacks_are_dashes_and_few_stories_have_no_curve() -> None:
    few = str(draw_delays(tell(DELAYS), FIVE)).partition("open:1")[2]
    assert few.count(">–</td>") == 3 and "n &lt; 10" in few
    assert len(pictures_in(draw_delays(tell(DELAYS), FIVE))) == 1


def test_an_hour_of_the_week_has_its_place_and_is_darker_where_more_was_published() -> None:
    hours = [0] * 168
    hours[23], hours[6 * 24] = 5, 1
    told, picture = picture_of(draw_week(hours, LIGHT, "most on Mon"))
    cells = parts_of(picture, "rect", "x", "y", "fill", "opacity")
    assert cells[23] == ("233", "2", LIGHT.ink, "1.00")
    assert cells[144] == ("26", "56", LIGHT.ink, "0.32")
    assert cells[0] == ("26", "2", LIGHT.none, "1.00") and len(set(cells)) == 168
    assert told == "most on Mon"


def test_the_axes_of_a_week_stand_beside_their_days_and_hours() -> None:
    _, picture = picture_of(draw_week([0] * 168, DARK, ""))
    words = {part.text: (part.attrib["x"], part.attrib["y"]) for part in picture if part.text}
    assert list(words) == ["Mon", "Wed", "Fri", "Sun", "0 h", "6 h", "12 h", "18 h"]
    assert words["Mon"] == ("22", "10") and words["Sun"] == ("22", "64")
    assert words["0 h"] == ("26", "76") and words["18 h"] == ("188", "76")
    assert set(parts_of(picture, "text", "fill")) == {(DARK.soft,)}


def test_the_hour_before_midnight_ends_at_24_and_too_few_hours_have_no_field() -> None:
    answer = tell("""
        outlet | zone | n  | unknown | hours  | weekday | hour | share | low  | high
        Post   | UTC  | 12 | 4       | [1, 2] | 2       | 23   | 0.5   | 0.25 | 0.75
        Lloyd  | UTC  | 9  | 0       | [9]    | –       | –    | –     | –    | –""")
    told = str(draw_rhythm(answer, FIVE))
    assert "most on Wed 23–24 h; weekend 50\u202f% [25–75]" in told and "n = 12 of 16 · UTC" in told
    assert len(pictures_in(told)) == 1 and "too few to tell" in told


EVENTS = """
    story_id | first_day  | outlets | first_told | last_told  | story | outlet    | told_on    | article_id | at | sentence  | best_article | lag
    a        | 2024-06-08 | 1       | 2024-06-15 | 2024-06-22 | A     | Post      | 2024-06-15 | p          | 0  | It began. | p            | 7
    b        | 2024-06-07 | 1       | 2024-06-22 | 2024-06-22 | B     | Post      | 2024-06-22 | q          | 0  | It was.   | q            | 15
    c        | 2024-06-29 | 1       | –          | –          | C     | Post      | –          | r          | 0  | It will.  | r            | –"""


def test_an_event_is_a_dot_on_the_line_of_days_that_named_it_where_it_is_near() -> None:
    (near, first), (_, second) = pictures_in(draw_events(tell(EVENTS), FIVE))
    thick = [parts_of(picture, "path", "d")[1] for picture in (first, second)]
    assert thick == [("M58.0 8H112.1",), ("M112.0 8H112.1",)]
    assert parts_of(first, "circle", "cx", "fill") == [("4.0", FIVE.ink)]
    assert parts_of(second, "circle", "cx") == []
    assert near == "named from 15 June 2024 to 22 June 2024"
