"""How long after a day it was named, in words; and a figure of days that has a cell for each of them."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.timeline import draw_days, write_lag
from dashboard.queries.answer import Answer
from tests.dashboard.charts.drawings import FIVE


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "named that day"),
        (1, "named 1 day later"),
        (-3, "named 3 days ahead"),
        (29_220, "named 80 years later"),
        (float("nan"), "told without a date"),
    ],
)
def test_a_long_time_is_told_in_years(days: float, told: str) -> None:
    assert write_lag(days) == told


def days_drawn(*told: str, named: tuple[str, ...] = ("2024-06-19",), bins: str = "day") -> go.Figure:
    """The figure of these days of publication, each of which names all the others once."""
    pairs = [(told_on, first_day) for told_on in told for first_day in named]
    frame = pd.DataFrame(pairs, columns=["told_on", "first_day"]).astype("datetime64[us]")
    return draw_days(
        Answer(frame=frame.assign(bin=bins, named=1, outlets=1), n=len(frame), unit="days"), FIVE
    )


@pytest.mark.parametrize(("bins", "step"), [("day", 1), ("week", 7)])
def test_a_lone_day_has_a_cell_as_wide_as_its_step(bins: str, step: int) -> None:
    grid = days_drawn("2024-06-24", bins=bins).data[0]
    across = pd.DatetimeIndex(grid.x)
    assert list(across - pd.Timestamp("2024-06-24")) == [pd.Timedelta(days=days) for days in (-step, 0, step)]
    assert pd.DataFrame(grid.z).notna().to_numpy().tolist() == [
        [False] * 3,
        [False, True, False],
        [False] * 3,
    ]


def test_the_handle_of_a_lone_day_stands_on_it_and_opens_its_row() -> None:
    handle = days_drawn("2024-06-24").data[1]
    assert pd.DatetimeIndex(handle.x)[0] == pd.Timestamp("2024-06-24") and list(handle.customdata) == [0]


def test_a_few_days_have_a_tick_each_and_many_as_many_as_fit() -> None:
    few = days_drawn("2024-06-24", "2024-06-26", named=("2024-05-01", "2024-06-24"))
    assert few.layout.xaxis.dtick == 24 * 60 * 60 * 1000
    assert pd.Timestamp(few.layout.xaxis.tick0) == pd.Timestamp("2024-06-24")
    assert few.layout.yaxis.dtick is None and len(pd.DatetimeIndex(few.data[0].x)) == 3
