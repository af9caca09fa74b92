"""Marks: axes of shares read as percent, keys name every trace and run nothing, notes stand where there is room."""

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.framing import draw_cues
from dashboard.charts.marks import KEYED, share_axis, write_key
from dashboard.charts.voices import draw_tones
from dashboard.export.figure import write_page
from dashboard.export.stamp import Stamp
from dashboard.theme import LIGHT, THIN
from tests.golden.figure_answers import WORN, answer_for

STAMP = Stamp(slug="x", question="Who?", reading="So.", verdict="", asked="all", source="n = 1", version=1)


@pytest.mark.parametrize(
    ("widest", "told"),
    [
        (0.42, ["0", "10", "20", "30", "40"]),
        (1.7, ["0", "20", "40", "60", "80", "100"]),
        (0.0, ["0", "0.1"]),
        (0.048, ["0", "1", "2", "3", "4"]),
        (0.0042, ["0", "0.1", "0.2", "0.3", "0.4"]),
    ],
)
def test_an_axis_of_shares_ends_at_the_widest(widest: float, told: list[str]) -> None:
    assert share_axis(widest)["ticktext"] == [f"{number}{THIN}%" for number in told]


@given(st.floats(0, 1))
def test_an_axis_of_shares_shows_the_widest_and_few_ticks(widest: float) -> None:
    axis = share_axis(widest)
    low, high = axis["range"]
    assert low < 0 and high >= min(1.0, widest) and high <= max(0.0011, 1.03 * widest)
    assert 2 <= len(axis["tickvals"]) <= 6
    assert len(set(axis["ticktext"])) == len(axis["ticktext"])


def test_a_key_names_each_trace_in_its_colour() -> None:
    key = str(write_key(draw_cues(answer_for("reporting-verbs"), LIGHT)))
    assert key.count('class="sw"') == 3
    assert f"background:{LIGHT.negative_less}" in key and "distancing</span>" in key


def test_a_figure_without_a_key_has_none() -> None:
    assert write_key(go.Figure(go.Bar(name="x"))) == ""


def test_a_name_in_a_key_is_text_and_stands_in_the_page_too() -> None:
    figure = go.Figure(go.Bar(name="&lt;b> &amp; Sons", marker={"color": "#123456"}), layout=dict(KEYED))
    assert ">&lt;b&gt; &amp; Sons</span>" in str(write_key(figure))
    assert ">&lt;b&gt; &amp; Sons</span>" in write_page(figure, STAMP, LIGHT)


@pytest.mark.parametrize(("sign", "side"), [(1, "left"), (-1, "right")])
def test_a_note_of_too_few_stands_on_the_roomier_side_of_zero(sign: int, side: str) -> None:
    answer = answer_for("story-tones")
    frame = answer.frame.assign(low=sign * 0.3 - 0.1, high=sign * 0.3 + 0.1)
    figure = draw_tones(type(answer)(frame=frame, n=1, unit="sentences"), WORN)
    assert {note.xanchor for note in figure.layout.annotations} == {side}
