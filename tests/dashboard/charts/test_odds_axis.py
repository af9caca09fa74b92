"""Odds axis: ticks that tell how many times more likely a word is, few enough for a phone."""

import math

import pandas as pd
import pytest

from dashboard.charts.wording import draw_distinct
from dashboard.queries.answer import Answer
from dashboard.theme import LIGHT


def ticks(widest: float) -> dict[str, float]:
    """The ticks of a chart whose widest interval ends there, by what they say on the right."""
    row = {
        "word": "summit", "left_outlet": "one", "right_outlet": "two", "left": 3, "right": 5, "left_rate": 1.0,
        "right_rate": 2.0, "log_odds": -0.5, "low": -widest, "high": 0.1, "z": -1.0, "q": 0.5, "side": "neither",
    }  # fmt: skip
    axis = draw_distinct(Answer(frame=pd.DataFrame([row]), n=1, unit="words"), LIGHT).layout.xaxis
    assert axis.range[0] == -axis.range[1] >= widest, "the left outlet's words stand on the left"
    return dict(zip(axis.ticktext, axis.tickvals, strict=True))


@pytest.mark.parametrize(
    ("widest", "times"),
    [(0.2, [2]), (2.0, [2]), (2.2, [2]), (2.4, [10]), (4.7, [10, 100]), (6.95, [100, 1000])],
)
def test_ticks_keep_clear_of_the_middle(widest: float, times: list[int]) -> None:
    assert ticks(widest) == {"equal": 0, **{f"{n:,} ×": pytest.approx(math.log(n)) for n in times}}
