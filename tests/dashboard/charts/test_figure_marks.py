"""Marks of figures: where they stand, how wide their intervals are, what they leave out and what they open."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.actors import draw_mentions, draw_stances
from dashboard.charts.agenda import draw_agendas, draw_churn
from dashboard.charts.framing import draw_cues, draw_frames
from dashboard.charts.parts import draw_acting
from dashboard.charts.quoted import write_cell
from dashboard.charts.timeline import draw_days, write_percent
from dashboard.charts.together import draw_together, order_rows
from dashboard.charts.voices import draw_tones
from dashboard.charts.volume import draw_voice, draw_volume
from dashboard.charts.wording import draw_distinct, draw_shift
from dashboard.queries.answer import Answer
from dashboard.theme import DARK, LIGHT, Theme
from tests.dashboard.charts.drawings import FIVE, tell
from tests.golden.figure_answers import read_rows

both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def texts_of(figure: go.Figure) -> list[str]:
    return [str(note.text) for note in figure.layout.annotations]


def reach_of(trace: Any, axis: str = "x") -> list[tuple[float, float]]:
    """From where to where the interval of each mark goes."""
    error = getattr(trace, f"error_{axis}")
    assert error.symmetric is False and error.type == "data"
    return [
        (round(value - below, 3), round(value + above, 3))
        for value, below, above in zip(getattr(trace, axis), error.arrayminus, error.array, strict=True)
    ]


def counted(counts: list[float | None], **columns: Any) -> Answer:
    """Counts of days in June 2024; a day without a count was not collected; the usual range is 2 to 6."""
    frame = pd.DataFrame({"day": pd.date_range("2024-06-01", periods=len(counts)), "count": counts})
    known = {"gap": frame["count"].isna(), "above": frame["count"] > 6, "low": 2.0, "high": 6.0, "times": 2.0}
    known |= {"surge": None, "observed": 1, "outlets": 1}
    return Answer(frame=frame.assign(**known | columns), n=9, unit="texts")


def lines_of(figure: go.Figure, mode: str) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.type == "scatter" and trace.mode == mode]


@both
def test_a_day_above_its_range_is_a_large_filled_dot_and_a_gap_is_not_bridged(theme: Theme) -> None:
    (line,) = lines_of(draw_volume(counted([3, None, 7, 6, 0]), theme), "lines+markers")
    assert line.connectgaps is False and line.line.color == theme.ink
    assert pd.isna(line.y[1]) and line.y[4] == 0
    assert line.marker.color == (theme.card, theme.card, theme.ink, theme.card, theme.card)
    assert line.marker.size == (6, 6, 9, 6, 6)


@pytest.mark.parametrize(("days", "size"), [(45, 6), (46, 3)])
def test_points_are_small_where_days_are_crowded(days: int, size: int) -> None:
    (line,) = lines_of(draw_volume(counted([3] * days), LIGHT), "lines+markers")
    assert set(line.marker.size) == {size}


def test_the_usual_range_breaks_at_a_gap_and_where_it_is_unknown() -> None:
    low = [2.0, 2.0, 2.0, None, 2.0, 2.0]
    figure = draw_volume(counted([3, None, 3, 3, 3, 3], low=low), LIGHT)
    bands = [trace for trace in lines_of(figure, "lines") if trace.fill == "tonexty"]
    assert [pd.DatetimeIndex(band.x).day.tolist() for band in bands] == [[1], [3], [5, 6]]
    assert list(bands[2].y) == [2, 2] and bands[0].fillcolor == LIGHT.none


@pytest.mark.parametrize(
    ("counts", "anchors"), [([7], ["left"]), ([3, 3, 7], ["right"]), ([3, 7, 3], ["center"])]
)
def test_the_label_of_a_peak_stays_inside_the_figure(counts: list[float | None], anchors: list[str]) -> None:
    notes = [note for note in draw_volume(counted(counts), LIGHT).layout.annotations if "×" in note.text]
    assert [note.xanchor for note in notes] == anchors


def test_three_peaks_at_most_are_labelled_the_highest_first() -> None:
    counts = [7 + n % 3 if n % 7 == 0 else 3 for n in range(29)]
    notes = [note for note in draw_volume(counted(counts), LIGHT).layout.annotations if "×" in note.text]
    assert [(note.y, note.x.day) for note in notes] == [(9, 15), (8, 8), (8, 29)]


def test_the_axis_of_counts_begins_at_none_and_leaves_room_above_even_where_nothing_was_published() -> None:
    assert draw_volume(counted([0, 0]), LIGHT).layout.yaxis.range == (0, 1.2)
    assert draw_volume(counted([10, None]), LIGHT).layout.yaxis.range == (0, pytest.approx(13.6))


def test_a_surge_is_a_line_under_its_days_and_each_end_opens_its_day() -> None:
    surge = {"surge": [None, 0, 0, 1], "met": 1200, "due": 400.0, "ratio": 3.0, "ratio_low": 2.0, "ratio_high": 4.5, "q": 0.0001}  # fmt: skip
    one, other = lines_of(draw_volume(counted([3, 8, 9, 7], **surge), LIGHT), "lines")[-2:]
    assert list(one.customdata) == [1, 1, 2, 2] and list(other.customdata) == [3, 3, 3]
    assert [str(moment)[5:16] for moment in one.x] == [
        "06-01 13:00",
        "06-02 00:00",
        "06-03 00:00",
        "06-03 11:00",
    ]
    assert set(one.hovertext) == {
        "<b>2–3 June 2024</b><br>1\u202f200 texts, 400 usual<br>3.0 × [2.0, 4.5], q < .001"
    }


VOICE = pd.DataFrame({"outlet": ["Lloyd"], "count": [8], "share": [1.0], "low": [0.6], "high": [1.0]})


@pytest.mark.parametrize(("outlets", "height"), [(1, 166), (6, 292), (7, 278)])
def test_bars_of_few_outlets_are_not_stretched_and_those_of_many_are_thin(outlets: int, height: int) -> None:
    frame = pd.concat([VOICE] * outlets, ignore_index=True)
    figure = draw_voice(Answer(frame=frame, n=8, unit="unique texts"), FIVE)
    assert figure.layout.height == height
    assert texts_of(figure)[0] == "<b>100.0\u202f%</b>" and texts_of(figure)[-1] == "texts"


def test_a_share_of_voice_has_its_interval_and_its_label_stands_behind_that() -> None:
    figure = draw_voice(Answer(frame=VOICE.assign(share=0.7, high=0.8), n=8, unit="texts"), FIVE)
    assert reach_of(figure.data[0]) == [(0.6, 0.8)]
    assert figure.layout.annotations[0].x == pytest.approx(0.816)
    assert figure.layout.xaxis.range[1] == pytest.approx(0.8 * 1.42)


CHURN = """
    subject | first      | last       | churn | low  | high | texts
    stories | 2024-06-03 | 2024-06-09 | 0.5   | 0.4  | 0.7  | 40
    stories | 2024-06-10 | 2024-06-16 | –     | –    | –    | 4
    stories | 2024-06-17 | 2024-06-20 | 0.75  | –    | –    | 30
    stories | 2024-06-21 | 2024-06-23 | –     | –    | –    | 3
    actors  | 2024-06-10 | 2024-06-16 | –     | –    | –    | 40"""


def test_a_line_of_churn_breaks_where_periods_cannot_be_compared_and_is_named_at_its_last_mark() -> None:
    figure = draw_churn(tell(CHURN), LIGHT)
    stories, actors = figure.data
    assert stories.connectgaps is False and (stories.line.dash, actors.line.dash) == ("solid", "dot")
    assert reach_of(stories, "y")[0] == (0.4, 0.7) and pd.isna(stories.error_y.array[2])
    (note,) = figure.layout.annotations
    assert (note.text, note.x.day, note.y) == ("stories", 17, 0.75)
    assert list(actors.customdata) == [4] and "n =" not in actors.hovertext[0]


def test_agendas_stand_in_the_order_of_the_store_and_an_outlet_without_its_own_row_is_a_column() -> None:
    answer = tell("""
        outlet    | other | overlap | low | high | n  | other_n
        Khaleej   | Post  | 0.2     | 0.1 | 0.3  | 12 | 11
        Kontinent | Post  | –       | –   | –    | 9  | 11""")
    cells, handles = draw_agendas(answer, FIVE).data
    assert cells.text.tolist() == [[""], [".20"]]
    assert list(handles.customdata) == [1, 0] and list(handles.y) == [0, 1]
    assert cells.hovertext[0][0] == "<b>Kontinent</b> and <b>Post</b><br>9 and 11 ranked: too few"


STANCE = {"actor_id": "u", "actor": "Union", "n": 12, "articles": 3}


@pytest.mark.parametrize(
    ("tone", "low", "high", "value", "shade"),
    [
        (0.2, 0.0, 0.4, "·", 0),
        (-0.2, -0.4, 0.0, "·", 0),
        (0.2, 0.01, 0.4, ".20", 0.2),
        (-0.9, -1.0, -0.8, "−.90", -0.9),
    ],
)
def test_a_tone_whose_interval_touches_zero_is_a_dot_without_colour(
    tone: float, low: float, high: float, value: str, shade: float
) -> None:
    row = STANCE | {"outlet": "Post", "tone": tone, "low": low, "high": high}
    cells = draw_stances(Answer(frame=pd.DataFrame([row]), n=12, unit="mentions"), FIVE).data[0]
    assert cells.text.tolist() == [[value]] and cells.z.tolist() == [[shade]]


@both
def test_the_colours_of_tone_are_even_around_grey(theme: Theme) -> None:
    row = STANCE | {"outlet": "Post", "tone": None, "low": None, "high": None}
    frame = pd.DataFrame([row]).astype({"tone": "float64", "low": "float64", "high": "float64"})
    cells = draw_stances(Answer(frame=frame, n=12, unit="mentions"), theme.wear(("Post",))).data[0]
    assert pd.isna(cells.z[0][0]) and (cells.zmin, cells.zmax) == (-0.5, 0.5)
    assert cells.colorscale == ((0, theme.negative_cell), (0.5, theme.none), (1, theme.positive_cell))


def test_actors_stand_as_they_are_ranked_and_a_tie_keeps_its_order() -> None:
    answer = tell("""
        actor_id | actor | kind   | country | counted | mentions | n  | share | low  | high
        b        | B     | group  | –       | 3       | 1        | 60 | 0.05  | 0.02 | 0.14
        a        | A     | person | GBR     | 3       | 9        | 60 | 0.05  | 0.02 | 0.14""")
    figure = draw_mentions(answer, FIVE)
    assert figure.layout.yaxis.ticktext == ("B", "A") and figure.layout.yaxis.autorange == "reversed"
    assert reach_of(figure.data[0]) == [(0.02, 0.14)] * 2 and list(figure.data[0].customdata) == [0, 1]
    assert [note.x for note in figure.layout.annotations] == [0.14, 0.14]
    assert "3 of 60, 1 mention<br>" in figure.data[0].hovertext[0]


def framed(*outlets: str) -> Answer:
    """One frame of so many outlets."""
    row = {"frame": "human_interest", "n": 1, "share": 0.5, "low": 0.3, "high": 0.75}
    frame = pd.DataFrame([row | {"outlet": outlet} for outlet in outlets])
    return Answer(frame=frame, n=len(outlets), unit="articles")


def test_the_dot_of_one_outlet_stands_in_the_middle_and_those_of_two_beside_it_in_the_stores_order() -> None:
    (alone,) = draw_frames(framed("Lloyd"), FIVE).data
    first, second = draw_frames(framed("Lloyd", "Post"), FIVE).data
    assert list(alone.y) == [0] and alone.hovertext[0].endswith("n = 1 article")
    assert [*first.y, *second.y] == pytest.approx([-0.175, 0.175])
    assert (first.name, list(first.customdata), first.marker.color) == ("Post", [1], FIVE.outlets[0])
    assert reach_of(second) == [(0.3, 0.75)] and second.error_x.color == FIVE.outlets[4]


@pytest.mark.parametrize(("outlets", "height"), [(1, 102), (4, 132), (5, 127)])
def test_a_row_of_many_outlets_is_narrower_a_lane(outlets: int, height: int) -> None:
    assert draw_frames(framed(*FIVE.order[:outlets]), FIVE).layout.height == height


def test_a_share_is_written_in_its_bar_where_it_fits_and_three_verbs_of_a_class_below() -> None:
    answer = tell("""
        outlet | cue_class  | verbs | n   | share | low  | high | words
        Post   | endorsing  | 8     | 100 | 0.08  | 0.04 | 0.15 | noted 4 · added 2 · told 1 · swore 1
        Post   | neutral    | 85    | 100 | 0.85  | 0.77 | 0.91 | said 85
        Post   | distancing | 7     | 100 | 0.07  | 0.03 | 0.14 | –""")
    figure = draw_cues(answer, FIVE)
    assert [trace.text for trace in figure.data] == [("8\u202f%",), ("85\u202f%",), ("",)]
    assert [trace.marker.color for trace in figure.data] == [
        FIVE.positive_less,
        FIVE.none,
        FIVE.negative_less,
    ]
    assert texts_of(figure) == ["Endorsing: noted 4 · added 2 · told 1", "Neutral: said 85"]
    assert figure.layout.barmode == "stack" and figure.data[0].y == ("Post (n 100)",)


def test_the_line_of_all_actors_and_the_interval_of_each_stand_on_the_same_scale() -> None:
    answer = tell("""
        actor_id | actor | kind   | agents | patients | n  | share | low | high | mentions | read | all_share
        u        | Union | group  | 9      | 3        | 12 | 0.75  | 0.5 | 0.9  | 1        | 1    | 0.6""")
    figure = draw_acting(answer, FIVE)
    assert reach_of(figure.data[0]) == [(0.5, 0.9)] and figure.layout.shapes[0].x0 == 0.6
    assert figure.layout.yaxis.range == (0.6, -0.6) and figure.layout.yaxis.ticktext == ("Union (12)",)
    assert figure.data[0].hovertext[0].endswith("part read in 1 of 1 mention")


def toned(*outlets: str, **columns: Any) -> Answer:
    """Three instruments of so many outlets, all the same."""
    row = {"tone": 0.1, "low": -0.1, "high": 0.2, "n": 1, "articles": 1} | columns
    rows = [row | {"instrument": i, "outlet": o} for i in ("textblob", "gdelt", "stance") for o in outlets]
    return Answer(frame=pd.DataFrame(rows), n=3, unit="sentences")


@pytest.mark.parametrize(("outlets", "height"), [(1, 220), (4, 372), (5, 330)])
def test_tones_of_many_outlets_stand_closer_and_those_of_one_in_the_middle(outlets: int, height: int) -> None:
    figure = draw_tones(toned(*FIVE.order[:outlets]), FIVE)
    assert figure.layout.height == height
    assert list(figure.data[outlets // 2].y) == pytest.approx([0, 1, 2] if outlets % 2 else [0.1, 1.1, 2.1])
    assert reach_of(figure.data[0]) == [(-0.1, 0.2)] * 3 and figure.layout.shapes[0].x0 == 0


def test_a_lane_without_a_mark_says_of_how_many_it_cannot_tell() -> None:
    frame = toned("Post", "Lloyd", n=4).frame
    frame.loc[1, ["tone", "low", "high"]] = None
    (note,) = draw_tones(Answer(frame=frame, n=3, unit="sentences"), FIVE).layout.annotations
    assert (note.text, note.y, note.xanchor) == ("Lloyd: n = 4, too few", pytest.approx(0.2), "left")


def together(*pairs: tuple[str, str, float]) -> pd.DataFrame:
    """Pairs of actors with their log odds ratio."""
    return pd.DataFrame(pairs, columns=["left_id", "right_id", "log_odds"])


def test_rows_bring_those_together_that_weigh_most() -> None:
    assert order_rows(together(("a", "c", 1), ("c", "b", 1))) == {"a": 0, "c": 1, "b": 2}
    assert order_rows(together(("a", "b", 0.1), ("a", "d", 9), ("b", "c", 9))) == order_rows(
        together(("b", "c", 9), ("a", "d", 9), ("a", "b", 0.1))
    )
    places = order_rows(together(("a", "b", 0.1), ("a", "d", 9), ("b", "c", 9)))
    assert abs(places["a"] - places["d"]) == abs(places["b"] - places["c"]) == 1


TOGETHER = """
    kind  | left_id | left | right_id | right | together | expected | sentences | left_texts | right_texts | n  | log_odds | low | high | q
    pair  | a       | A    | b        | B     | 9        | 2.24     | 1         | 40         | 12          | 60 | 4.0      | 2.0 | 6.0  | 0.0001
    pair  | a       | A    | c        | C     | 6        | 3.1      | 0         | 90         | 12          | 60 | 2.0      | 0.3 | 2.7  | 0.031
    actor | b       | B    | b        | B     | 40       | –        | –         | 40         | 40          | 60 | –        | –   | –    | –
    actor | a       | A    | a        | A     | 10       | –        | –         | 10         | 10          | 60 | –        | –   | –    | –
    actor | c       | C    | c        | C     | 40       | –        | –         | 40         | 40          | 60 | –        | –   | –    | –"""


def test_an_arc_is_as_wide_as_its_pair_is_strong_and_a_dots_area_as_its_texts() -> None:
    figure = draw_together(tell(TOGETHER), FIVE)
    strong, weak, handles, dots = figure.data
    assert figure.layout.yaxis.ticktext == ("B", "A", "C") and figure.layout.yaxis.range == (2.6, -0.6)
    assert (strong.line.width, weak.line.width) == (6.0, 2.25)
    assert list(dots.marker.size) == [19, 13, 19] and list(dots.y) == [0, 1, 2]
    assert list(handles.y) == pytest.approx([0.5, 1.5]) and list(handles.x) == pytest.approx([0.5**0.8] * 2)
    assert (strong.x[0], strong.y[0], strong.y[-1]) == pytest.approx((0, 0, 1)) and strong.hoverinfo == "skip"
    assert handles.hovertext[0].endswith("q < .001<br>both in 1 sentence")


DISTINCT = """
    word | log_odds | low | high | z    | q     | left | right | left_rate | right_rate | side    | left_outlet | right_outlet
    quay | 1.6      | 0.9 | 2.3  | 4.5  | 0.001 | 20   | 2     | 41.5      | 4.2        | left    | Post        | Khaleej
    port | 0.1      | –   | –    | 0.3  | 0.9   | 5    | 5     | 10.4      | 10.4       | neither | Post        | Khaleej"""


def test_a_word_that_tells_nothing_apart_is_hollow_and_names_above_are_readable() -> None:
    figure = draw_distinct(tell(DISTINCT), FIVE)
    left, right, neither = figure.data
    assert (left.marker.color, left.marker.line.color) == (FIVE.outlets[0], FIVE.outlets[0])
    assert (neither.marker.color, neither.marker.line.color) == (FIVE.card, FIVE.soft)
    assert reach_of(left) == [(0.9, 2.3)] and pd.isna(neither.error_x.array[0]) and len(right.x) == 0
    assert [note.font.color for note in figure.layout.annotations] == [FIVE.outlets[0], FIVE.ink]
    assert [note.xanchor for note in figure.layout.annotations] == ["right", "left"]


def test_a_long_word_is_cut_beside_its_dot_and_whole_in_its_hover() -> None:
    frame = tell(DISTINCT).frame.assign(word=["<b>" + "a" * 50, "port"])
    figure = draw_distinct(Answer(frame=frame, n=2, unit="words"), FIVE)
    assert figure.layout.yaxis.ticktext == (f"&lt;b>{'a' * 36}…", "port")
    assert (
        figure.data[0]
        .text[0]
        .startswith(f"<b>&lt;b>{'a' * 50}</b><br>Post 41.5, Khaleej 4.2 per 10,000 words")
    )


def test_the_sum_of_a_word_shift_stands_on_top_and_opens_nothing() -> None:
    answer = tell("""
        word  | contribution | kind          | difference | left_outlet | right_outlet
        happy | 0.002        | positive less | -0.0314    | Post        | Khaleej""")
    total, words = draw_shift(answer, FIVE).data
    assert (list(total.x), list(total.y), list(total.customdata)) == ([-0.0314], [-1], [None])
    assert (list(words.y), list(words.customdata), list(words.marker.color)) == (
        [0],
        [0],
        [FIVE.positive_less],
    )
    assert draw_shift(answer, FIVE).layout.title.text == "Khaleej minus Post"


def test_weeks_that_nobody_named_keep_their_column_and_the_line_is_the_day_itself() -> None:
    frame = read_rows("""
        told_on    | first_day  | bin  | named | outlets
        2024-06-03 | 2024-06-03 | week | 16    | 2
        2024-06-24 | 2024-06-10 | week | 4     | 1""")
    cells, handles, line = draw_days(Answer(frame=frame, n=20, unit="dates"), FIVE).data
    assert pd.DatetimeIndex(cells.x).day.tolist() == [3, 10, 17, 24] and len(cells.y) == 2
    assert (
        cells.z[0][0] == 1 and cells.z[1][3] == 0.5 and pd.isna(cells.z[0][3]) and cells.hovertext[0][3] == ""
    )
    assert list(handles.customdata) == [0, 1] and [moment.day for moment in line.x] == [3, 24]
    assert (
        "published week of 24 June 2024" in cells.hovertext[1][3] and "by 1 outlet" in cells.hovertext[1][3]
    )


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0, "·"), (0.0004, "0.0"), (0.0994, "9.9"), (0.0996, "10"), (0.995, "100"), (1.0, "100")],
)
def test_a_share_in_a_cell_has_a_place_below_ten_per_cent(share: float, told: str) -> None:
    assert write_percent(share) == told
    assert write_cell({"share": share, "quotes": round(5000 * share)}) == told
    assert write_cell({"share": None, "quotes": 3}) == ""
