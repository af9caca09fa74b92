import re
from datetime import date

import pandas as pd
import pytest

from dashboard.theme import (
    DARK,
    LIGHT,
    THIN,
    Theme,
    agree,
    read_look,
    write_chance,
    write_count,
    write_counted,
    write_day,
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


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_what_was_put_in_and_taken_out_is_readable_and_not_alike(theme: Theme, ground: str) -> None:
    for colour in (theme.inserted, theme.deleted):
        assert contrast(colour, getattr(theme, ground)) >= 4.5
    assert theme.inserted[1:3] < theme.inserted[3:5] and theme.deleted[1:3] > theme.deleted[3:5]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_style_sheet_uses_no_variable_that_nothing_defines(theme: Theme) -> None:
    used = set(re.findall(r"var\((--[\w-]+)", read_look()))
    told = theme.variables
    defined = re.findall(r"(--[\w-]+):", told)
    assert len(defined) == len(set(defined))
    assert used - set(defined) == set(re.findall(r"(--[\w-]+):", read_look())) == {"--serif", "--rule"}
    assert f"--ink:{theme.ink};" in told and f"--negative-less:{theme.negative_less};" in told
    assert f"--o1:{theme.outlets[0]};" in told and told.endswith(f"color-scheme:{theme.mode};")


def test_the_modes_differ_in_every_colour_and_an_outlet_has_one_of_its_own_in_each() -> None:
    for theme, other in ((LIGHT, DARK), (DARK, LIGHT)):
        assert len({*theme.outlets, theme.soft}) == len(other.outlets) + 1
        assert not {*theme.outlets} & {*other.outlets}
        assert theme.text_colours == theme.outlets[:2]
        assert luminance(theme.card) > luminance(theme.ink) or theme is DARK
    assert luminance(DARK.card) < luminance(DARK.ink)


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
    assert (write_counted(0, "outlet"), write_count(-1234.4)) == ("0 outlets", f"−1{THIN}234")
    assert (write_number(float("nan")), write_number(-10.5, 1), write_number(0.996)) == ("–", "−10.5", "1.00")


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("unique texts", "unique text"),
        ("publisher families", "publisher family"),
        ("refreshes", "refresh"),
        ("stories of two outlets or more", "story of two outlets or more"),
        ("days not observed", "day not observed"),
        ("days named in articles", "day named in articles"),
        ("stories ranked by unique texts", "story ranked by unique texts"),
        ("of 3 outlets tell it", "of 3 outlets tell it"),
        ("s", "s"),
    ],
)
def test_words_agree_with_their_number(many: str, one: str) -> None:
    assert [agree(number, many) for number in (0, 1, 1.5, 2)] == [many, one, many, many]


@pytest.mark.parametrize(
    ("chance", "told"),
    [(0.0, "q < .001"), (0.00099, "q < .001"), (0.001, "q = .001"), (0.0495, "q = .050"), (1, "q = 1.000")],
)
def test_a_chance_is_never_told_as_nothing(chance: float, told: str) -> None:
    assert write_chance(chance) == told


@pytest.mark.parametrize(
    ("moment", "precision", "zone", "told"),
    [
        ("2024-06-24 04:18", "minute", "UTC", "24 June 2024, 04:18 UTC"),
        ("2024-06-24 04:18", "second", "America/New_York", "24 June 2024, 00:18 New York"),
        ("2024-06-24 03:18+00:00", "day", "America/New_York", "23 June 2024"),
        ("2024-06-30 23:30+00:00", "month", "Asia/Tokyo", "July 2024"),
        (None, "minute", "UTC", "no time"),
        (pd.NaT, "day", "UTC", "no time"),
    ],
)
def test_a_time_is_told_where_it_was_and_a_bare_one_is_utc(
    moment: object, precision: str, zone: str, told: str
) -> None:
    assert write_time(pd.Timestamp(moment) if moment else moment, precision, zone) == told
    assert write_day(None) == write_day(pd.NaT) == "no date"


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2024-06-01", "2024-06-30", "1–30 June 2024"),
        ("2024-05-28", "2024-06-03", "28 May – 3 June 2024"),
        ("2023-12-31", "2024-01-01", "31 December 2023 – 1 January 2024"),
        ("2024-06-01", "2024-06-01", "1 June 2024"),
        ("2023-06-01", "2024-06-01", "1 June 2023 – 1 June 2024"),
        ("2024-05-01", "2024-06-01", "1 May – 1 June 2024"),
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
