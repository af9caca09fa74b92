"""How long after a day it was named, in words."""

import pytest

from dashboard.charts.timeline import write_lag


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
