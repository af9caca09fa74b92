from datetime import date

import pandas as pd
import pytest

from dashboard.theme import (
    DARK,
    LIGHT,
    THIN,
    Theme,
    write_count,
    write_counted,
    write_number,
    write_period,
    write_share,
    write_time,
)

MOMENT = pd.Timestamp("2024-06-24 04:18", tz="UTC")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ground", ["paper", "card", "none"])
def test_all_text_colours_are_readable(theme: Theme, ground: str) -> None:
    for colour in (theme.ink, theme.soft, *(theme.text_colours if ground != "none" else ())):
        assert contrast(colour, getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(
    "ground", ["negative_cell", "positive_cell", "negative_less", "positive_less", "mark"]
)
def test_ink_is_readable_on_every_colour_that_carries_text(theme: Theme, ground: str) -> None:
    assert contrast(theme.ink, getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_tick_labels_are_readable(theme: Theme) -> None:
    assert contrast(theme.template.layout.xaxis.tickfont.color, theme.card) >= 4.5


def test_an_outlet_keeps_its_colour_whatever_is_chosen() -> None:
    theme = LIGHT.wear(("A", "B", "C"), (("B", "The B"),))
    assert (theme.colour_of("B"), theme.name_of("B"), theme.name_of("C")) == ("#B4501E", "The B", "C")


def test_an_outlet_past_the_last_colour_is_grey_and_its_text_ink() -> None:
    theme = LIGHT.wear(tuple("ABCDEFGHIJ"))
    assert (theme.colour_of("J"), theme.text_colour_of("C")) == (LIGHT.soft, LIGHT.ink)
    assert theme.text_colour_of("A") == "#0072B2"


def test_numbers_have_thin_separators_and_no_leading_zero() -> None:
    assert write_count(8522) == f"8{THIN}522"
    assert (write_number(-0.031, 3), write_number(1.27), write_number(None)) == ("−.031", "1.27", "–")
    assert write_number(-0.001) == ".00"
    assert (write_share(0.274), write_share(None)) == (f"27.4{THIN}%", "–")
    assert (write_counted(1, "outlet"), write_counted(2, "outlet")) == ("1 outlet", "2 outlets")


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2024-06-01", "2024-06-30", "1–30 June 2024"),
        ("2024-05-28", "2024-06-03", "28 May – 3 June 2024"),
        ("2023-12-31", "2024-01-01", "31 December 2023 – 1 January 2024"),
        ("2024-06-01", "2024-06-01", "1 June 2024"),
        ("2024-06-01", None, "from 1 June 2024"),
        (None, "2024-06-01", "until 1 June 2024"),
        (None, None, "all days"),
    ],
)
def test_periods_are_as_short_as_they_can_be(start: str | None, end: str | None, told: str) -> None:
    first, last = (day and date.fromisoformat(day) for day in (start, end))
    assert write_period(first, last) == told


@pytest.mark.parametrize(
    ("precision", "told"),
    [
        ("minute", "24 June 2024, 07:18 Kyiv"),
        ("hour", "24 June 2024, about 07:00 Kyiv"),
        ("day", "24 June 2024"),
        ("month", "June 2024"),
        ("none", "no time"),
    ],
)
def test_times_are_no_more_exact_than_they_are_known(precision: str, told: str) -> None:
    assert write_time(MOMENT, precision, "Europe/Kyiv") == told
