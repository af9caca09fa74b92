"""What people write for days, told on Monday 24 June 2024; values by hand from the calendar of that year."""

from __future__ import annotations

from datetime import date

import pytest

from etl.transform.dates import read_dates

MONDAY = date(2024, 6, 24)  # the Monday of week 26
PERIODS = {
    "this week": "2024-W26",
    "last week": "2024-W25",
    "the previous week": "2024-W25",
    "next weekend": "2024-W27-WE",
    "this month": "2024-06",
    "last month": "2024-05",
    "next quarter": "2024-Q3",
    "the latest quarter": "2024-Q1",
    "this year": "2024",
    "last decade": "201",
    "next century": "21",
    "last summer": "2023-SU",
    "this winter": "2024-WI",
    "next spring": "2025-SP",
    "last June": "2023-06",
    "next March": "2025-03",
    "the past week": "P1W",
    "the last day": "P1D",
    "the next hour": "PT1H",
}
OFFSETS = {
    "three days ago": "2024-06-21",
    "a year earlier": "2023",
    "two weeks from now": "2024-W28",
    "several years ago": "PAST_REF",
    "five hours ago": "2024-06-24",
    "ten decades ago": "192",
    "three quarters ago": "2023-Q3",
    "two weekends ago": "2024-W24-WE",
    "a fortnight ago": "2024-W24",
    "1,000 days ago": "2021-09-28",
    "2,000 years ago": "0024",
    "10,000 years ago": "",
    "500,000,000 weeks ago": "",
}
DAYS = {
    "last Friday": "2024-06-21",
    "this Friday": "2024-06-28",
    "next Friday": "2024-06-28",
    "Friday morning": "2024-06-21TMO",
    "tonight": "2024-06-24TNI",
    "last night": "2024-06-23TNI",
    "yesterday afternoon": "2024-06-23TAF",
    "tomorrow": "2024-06-25",
    "the day before yesterday": "2024-06-22",
    "noon": "2024-06-24T12:00",
    "8:30 a.m.": "2024-06-24T08:30",
    "5 p.m. on Monday": "2024-06-24T17:00",
}
NAMED = {
    "the third quarter": "2023-Q3",
    "the second half of 2023": "2023-H2",
    "third-quarter": "2023-Q3",
    "Third-quarter": "2023-Q3",
    "the last half of 2023": "2023-H2",
    "last year's fourth quarter": "2023-Q4",
    "the 1980s": "198",
    "the '90s": "199",
    "the 20th century": "19",
    "Easter 2023": "2023-04-09",
    "every Monday": "XXXX-WXX-1",
    "daily": "P1D",
    "year-end": "2024-12-31",
    "late 2023": "2023",
    "mid-July": "2024-07",
    "31/12/2023": "2023-12-31",
    "6/19/2024": "2024-06-19",
    "2024-06-19": "2024-06-19",
    "nineteen eighty-four": "1984",
    "recently": "PAST_REF",
    "currently": "PRESENT_REF",
    "soon": "FUTURE_REF",
    "three months": "P3M",
    "1,500 days": "P1500D",
    "2.5 years": "P2Y6M",
    "April last year": "2023-04",
    "December of this year": "2024-12",
    "19 May next year": "2025-05-19",
    "January nineteen ninety-seven": "1997-01",
    "the winter of nineteen ninety-four": "1994-WI",
    "the year two thousand": "2000",
    "the year two thousand and one": "2001",
    "by the end of the month": "2024-06",
    "the start of the year": "2024",
    "the fiscal year": "2024",
    "the summer": "2024-SU",
    "the autumn": "2023-FA",
    "the year-ago quarter": "2023",
    "April next year": "2025-04",
    "Q4 2023": "2023-Q4",
    "H1 of 2022": "2022-H1",
    "the second half of last year": "2023-H2",
    "half an hour": "PT30M",
    "recent weeks": "PAST_REF",
    "coming months": "FUTURE_REF",
}


def find_values(text: str, today: date | None = MONDAY) -> list[tuple[str, str]]:
    found = read_dates(text, today, [(0, len(text))])
    return [(text[one.start : one.end], one.timex.value) for one in found]


@pytest.mark.parametrize(
    ("words", "value"), [*PERIODS.items(), *OFFSETS.items(), *DAYS.items(), *NAMED.items()]
)
def test_an_expression_has_its_value(words: str, value: str) -> None:
    assert find_values(f"It happened {words}.") == [(words, value)]


@pytest.mark.parametrize(
    "words",
    [
        *(*list(PERIODS)[:16], "three days ago", "last Friday", "tonight", "tomorrow"),
        *("the end of the month", "the fiscal year", "the summer", "the quarter", "the weekend", "year-end"),
        *("the year-ago quarter", "the third quarter", "Easter", "noon"),
    ],
)
def test_without_a_day_of_publication_it_stays_open(words: str) -> None:
    assert find_values(f"It happened {words}.", None) == [(words, "")]


@pytest.mark.parametrize(
    "words",
    [
        *("twenty hours ago", "the fifth quarter", "the third half", "the latest period", "two thousand"),
        *("12.75 years", "3,5 years ago", "1,0000 days"),
    ],
)
def test_what_names_no_day_or_period_is_left_out(words: str) -> None:
    assert find_values(f"It happened {words}.") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They will meet on Friday.", "2024-06-28"),
        ("They will meet Saturday.", "2024-06-29"),
        ("They met on Friday.", "2024-06-21"),
        ("They met Saturday.", "2024-06-22"),
        ("They met on Monday.", "2024-06-24"),
        ("They met last Monday.", "2024-06-17"),
        ("They will meet next Monday.", "2024-07-01"),
        ("The men will be released on Friday.", "2024-06-28"),
        ("Mr Doe will succeed her on Friday.", "2024-06-28"),
        ("They may travel there as soon as Friday.", "2024-06-28"),
        ("The talks begin again, and the court meets on Friday.", "2024-06-28"),
        ("The talks will be held on Friday.", "2024-06-28"),
        ("The motion will be heard in court on 17 January.", "2025-01-17"),
        ("The letter is to be sent on Friday.", "2024-06-28"),
        ("The letter had been sent on Friday.", "2024-06-21"),
        ("He would not say on Friday what he thought.", "2024-06-21"),
        ("The father would fly to the United States on Friday.", "2024-06-28"),
        ("The offer had been due to expire on Friday.", "2024-06-21"),
        ("As previously planned, the offensive began on Friday.", "2024-06-21"),
        ("They became more open over the weekend in declaring this.", "2024-W25-WE"),
        ("In the autumn they will vote.", "2024-FA"),
        ("Mr Doe will succeed her on 1 December.", "2024-12-01"),
        ("They expect a loss in the fourth quarter.", "2024-Q4"),
        ("They will open it in the fourth quarter.", "2024-Q4"),
        ("It will open in September.", "2024-09"),
        ("It opened in September.", "2023-09"),
    ],
)
def test_the_tense_tells_whether_a_day_is_past_or_to_come(text: str, value: str) -> None:
    assert [told for _, told in find_values(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Analysts expect a cut in May.", "2025-05"),
        ("The bank expects the rate to be cut in March.", "2025-03"),
        ("They said they expect a cut in January.", "2025-01"),
        ("A cut is expected in May.", "2025-05"),
        ("It will open in May.", "2025-05"),
        ("The fair is to be held in May.", "2025-05"),
        ("Economists forecast a rise in February.", "2025-02"),
        ("More rain is in the forecast for Wednesday.", "2024-06-26"),
        ("He expects to return on Friday.", "2024-06-28"),
        ("She is expecting a verdict on Friday.", "2024-06-28"),
        # what is told as to come is named beside the month, or the month goes with something else
        ("They expected a cut in May.", "2024-05"),
        ("It will rise from its low in May.", "2024-05"),
        ("He will be tried for the attack in May.", "2024-05"),
        ("It will pass, she wrote in May.", "2024-05"),
        ("The bank expects what it announced in May.", "2024-05"),
        ("It was more than anyone was expecting on Sunday.", "2024-06-23"),
        ("That is what he did predict in January.", "2024-01"),
        ("It was up from the forecast in January.", "2024-01"),
        ("The show will open in June.", "2024-06"),
    ],
)
def test_what_is_expected_in_a_month_that_is_over_comes_next_year(text: str, value: str) -> None:
    assert [told for _, told in find_values(text)] == [value]


@pytest.mark.parametrize(
    ("text", "today", "value"),
    [
        ("It will open in May.", date(2024, 6, 4), "2024-05"),  # written before, published late
        ("It will open in May.", date(2024, 6, 6), "2025-05"),
        ("They expect a loss in the fourth quarter.", date(2024, 2, 28), "2023-Q4"),  # still to be reported
        ("They expect a loss in the fourth quarter.", date(2024, 3, 1), "2024-Q4"),
        ("It will open in the fourth quarter.", date(2024, 2, 28), "2024-Q4"),
    ],
)
def test_what_has_just_ended_may_still_be_told_as_to_come(text: str, today: date, value: str) -> None:
    assert [one.timex.value for one in read_dates(text, today, [(0, len(text))])] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In 2019, and the following year.", ["2019", "2020"]),
        ("In May 2020, and the same month.", ["2020-05", "2020-05"]),
        ("On 19 June 2023, and the following day.", ["2023-06-19", "2023-06-20"]),
        ("It came the following year.", [""]),
        ("He left in June 1998 and came back later that year.", ["1998-06", "1998"]),
        ("It began on 5 March 2020. Three days later it was over.", ["2020-03-05", "2020-03-08"]),
        ("It fell on Friday, and rose from the previous Friday.", ["2024-06-21", "2024-06-14"]),
        ("Born in 1950, he rose on 22 May 1995 and the following year.", ["1950", "1995-05-22", "1996"]),
    ],
)
def test_some_expressions_count_from_the_date_named_before(text: str, values: list[str]) -> None:
    assert [value for _, value in find_values(text)] == values


def test_the_calendar_ends_without_an_accident() -> None:
    assert find_values("It ends next year.", date(9999, 12, 31)) == [("next year", "")]
    assert find_values("It began two centuries ago.", date(100, 1, 1)) == [("two centuries ago", "")]


def test_comparisons_do_not_move_the_quarter_that_is_spoken_of() -> None:
    text = (
        "In the first quarter net rose to $3 million from $2 million a year earlier. Sales in the latest quarter"
        " rose too, from $9 million a year ago, and profit in the 2022 period was $1 million. The quarter was good."
    )
    told = ["2024-Q1", "2023-Q1", "2024-Q1", "2023-Q1", "2022-Q1", "2024-Q1"]
    assert [value for _, value in find_values(text)] == told


def test_a_year_that_ended_on_a_day_is_a_length_of_time() -> None:
    assert find_values("For the year ended March 31 it lost money.")[0] == ("the year", "P1Y")


@pytest.mark.parametrize(
    "text",
    [
        "The ministers Jan Kavan and April Smith signed.",
        "He was in his late 30s.",
        "A second group left.",
        "FILE - In this Nov. 5, 2016 file photo, the bridge is seen.",
        "File photo: the bridge on 5 November 2016.",
        "In this Tuesday, Nov. 3, 2015, photo, the bridge is seen.",
        "The Winter Games and the fall of the city were shown.",
    ],
)
def test_names_ages_ordinals_and_pictures_are_no_dates(text: str) -> None:
    assert find_values(text) == []


@pytest.mark.parametrize("text", ["The 1992 protests.", "Its 1990 earnings.", "Over 1988-89."])
def test_a_year_may_stand_before_what_it_dates(text: str) -> None:
    assert len(find_values(text)[0][1]) == 4


@pytest.mark.parametrize("words", ["last year", "LAST YEAR", "Last Year", "june 5", "June 5", "JUNE 5"])
def test_the_search_for_openers_hides_no_expression(words: str) -> None:
    found = [value for _, value in find_values(f"It was {words}.")]
    assert found == ([] if words == "june 5" else ["2023" if "5" not in words else "2024-06-05"])
