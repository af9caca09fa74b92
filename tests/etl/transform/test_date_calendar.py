"""A calendar by hand: what each expression means on Thursday 14 November 2024, week 46 of that year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.transform.dates import read_dates
from etl.transform.dates.timex import cover_days, read_granularity

THURSDAY = date(2024, 11, 14)

# words, value, first day, last day: all said by the text alone
ABSOLUTE = [
    ("3 February 1998", "1998-02-03", "1998-02-03", "1998-02-03"),
    ("February 3, 1998", "1998-02-03", "1998-02-03", "1998-02-03"),
    ("February 3rd, 1998", "1998-02-03", "1998-02-03", "1998-02-03"),
    ("3rd of February 1998", "1998-02-03", "1998-02-03", "1998-02-03"),
    ("Feb. 3, 1998", "1998-02-03", "1998-02-03", "1998-02-03"),
    ("Tuesday, February 3, 1998", "1998-02-03", "1998-02-03", "1998-02-03"),
    ("Sept. 11, 2001", "2001-09-11", "2001-09-11", "2001-09-11"),
    ("29 February 2024", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("2011-03-11", "2011-03-11", "2011-03-11", "2011-03-11"),
    ("11.03.2011", "2011-03-11", "2011-03-11", "2011-03-11"),
    ("3/11/2011", "2011-03-11", "2011-03-11", "2011-03-11"),
    ("13/3/2011", "2011-03-13", "2011-03-13", "2011-03-13"),
    ("2011/03/11", "2011-03-11", "2011-03-11", "2011-03-11"),
    ("March 2011", "2011-03", "2011-03-01", "2011-03-31"),
    ("February 2023", "2023-02", "2023-02-01", "2023-02-28"),
    ("February 2000", "2000-02", "2000-02-01", "2000-02-29"),
    ("December 1999", "1999-12", "1999-12-01", "1999-12-31"),
    ("early March 2011", "2011-03", "2011-03-01", "2011-03-31"),
    ("May of 1968", "1968-05", "1968-05-01", "1968-05-31"),
    ("2017", "2017", "2017-01-01", "2017-12-31"),
    ("1948", "1948", "1948-01-01", "1948-12-31"),
    ("the first quarter of 2019", "2019-Q1", "2019-01-01", "2019-03-31"),
    ("the fourth quarter of 2019", "2019-Q4", "2019-10-01", "2019-12-31"),
    ("the second half of 2019", "2019-H2", "2019-07-01", "2019-12-31"),
    ("the first half of 2020", "2020-H1", "2020-01-01", "2020-06-30"),
    ("Q4 2023", "2023-Q4", "2023-10-01", "2023-12-31"),
    ("Q1 of 2021", "2021-Q1", "2021-01-01", "2021-03-31"),
    ("H1 2022", "2022-H1", "2022-01-01", "2022-06-30"),
    ("the 1930s", "193", "1930-01-01", "1939-12-31"),
    ("the early 2010s", "201", "2010-01-01", "2019-12-31"),
    ("the '60s", "196", "1960-01-01", "1969-12-31"),
    ("the 19th century", "18", "1800-01-01", "1899-12-31"),
    ("the 21st century", "20", "2000-01-01", "2099-12-31"),
    ("the winter of 2010", "2010-WI", "2010-12-01", "2011-02-28"),
    ("summer 2012", "2012-SU", "2012-06-01", "2012-08-31"),
    ("the autumn of 1989", "1989-FA", "1989-09-01", "1989-11-30"),
    ("Christmas 1914", "1914-12-25", "1914-12-25", "1914-12-25"),
    ("Thanksgiving 2022", "2022-11-24", "2022-11-24", "2022-11-24"),
    ("Good Friday 2021", "2021-04-02", "2021-04-02", "2021-04-02"),
    ("Memorial Day 2023", "2023-05-29", "2023-05-29", "2023-05-29"),
    ("eighteen forty-eight", "1848", "1848-01-01", "1848-12-31"),
]

# words, value, first day, last day: counted from the day of publication
RELATIVE = [
    ("today", "2024-11-14", "2024-11-14", "2024-11-14"),
    ("yesterday", "2024-11-13", "2024-11-13", "2024-11-13"),
    ("the day after tomorrow", "2024-11-16", "2024-11-16", "2024-11-16"),
    ("yesterday evening", "2024-11-13TEV", "2024-11-13", "2024-11-13"),
    ("this morning", "2024-11-14TMO", "2024-11-14", "2024-11-14"),
    ("last night", "2024-11-13TNI", "2024-11-13", "2024-11-13"),
    ("two days ago", "2024-11-12", "2024-11-12", "2024-11-12"),
    ("14 days ago", "2024-10-31", "2024-10-31", "2024-10-31"),
    ("last week", "2024-W45", "2024-11-04", "2024-11-10"),
    ("next week", "2024-W47", "2024-11-18", "2024-11-24"),
    ("six weeks ago", "2024-W40", "2024-09-30", "2024-10-06"),
    ("last weekend", "2024-W45-WE", "2024-11-09", "2024-11-10"),
    ("this month", "2024-11", "2024-11-01", "2024-11-30"),
    ("next month", "2024-12", "2024-12-01", "2024-12-31"),
    ("two months from now", "2025-01", "2025-01-01", "2025-01-31"),
    ("eleven months ago", "2023-12", "2023-12-01", "2023-12-31"),
    ("a dozen months ago", "2023-11", "2023-11-01", "2023-11-30"),
    ("last quarter", "2024-Q3", "2024-07-01", "2024-09-30"),
    ("next quarter", "2025-Q1", "2025-01-01", "2025-03-31"),
    ("last year", "2023", "2023-01-01", "2023-12-31"),
    ("twenty-five years ago", "1999", "1999-01-01", "1999-12-31"),
    ("a century ago", "19", "1900-01-01", "1999-12-31"),
    ("this decade", "202", "2020-01-01", "2029-12-31"),
    ("two decades ago", "200", "2000-01-01", "2009-12-31"),
    ("last spring", "2024-SP", "2024-03-01", "2024-05-31"),
    ("next summer", "2025-SU", "2025-06-01", "2025-08-31"),
    ("this autumn", "2024-FA", "2024-09-01", "2024-11-30"),
    ("last winter", "2023-WI", "2023-12-01", "2024-02-29"),
    ("last November", "2023-11", "2023-11-01", "2023-11-30"),
    ("last October", "2024-10", "2024-10-01", "2024-10-31"),
    ("next January", "2025-01", "2025-01-01", "2025-01-31"),
    ("Nov. 5", "2024-11-05", "2024-11-05", "2024-11-05"),
    ("the first half of this year", "2024-H1", "2024-01-01", "2024-06-30"),
    ("the third quarter of last year", "2023-Q3", "2023-07-01", "2023-09-30"),
    ("this year's first half", "2024-H1", "2024-01-01", "2024-06-30"),
    ("next year's second quarter", "2025-Q2", "2025-04-01", "2025-06-30"),
    ("last Easter", "2024-03-31", "2024-03-31", "2024-03-31"),
    ("next Christmas", "2024-12-25", "2024-12-25", "2024-12-25"),
    ("9:30 p.m. Tuesday", "2024-11-12T21:30", "2024-11-12", "2024-11-12"),
    ("14:45", "2024-11-14T14:45", "2024-11-14", "2024-11-14"),
]

WEEKDAYS = [
    ("It fell on Wednesday.", "2024-11-13"),
    ("The court ruled Friday that it was void.", "2024-11-08"),
    ("The court will rule Friday.", "2024-11-15"),
    ("The vote is scheduled for Tuesday.", "2024-11-19"),
    ("A vote is expected on Tuesday.", "2024-11-19"),
    ("Ahead of Sunday, shops stayed shut.", "2024-11-17"),
    ("On Saturday, crews will search again.", "2024-11-16"),
    ("On Saturday, crews searched again.", "2024-11-09"),
    ("The hearing is due Monday.", "2024-11-18"),
    ("She plans to travel on Monday.", "2024-11-18"),
    ("It lasted until Wednesday.", "2024-11-20"),
    ("She was seen last Thursday.", "2024-11-07"),
    ("It starts next Thursday.", "2024-11-21"),
    ("It began this Tuesday.", "2024-11-19"),
    ("It ended this past Tuesday.", "2024-11-12"),
    ("Thursday was calm.", "2024-11-14"),
]

# words, value, type, granularity
LENGTHS = [
    ("three weeks", "P3W", "DURATION", "week"),
    ("a fortnight", "P2W", "DURATION", "week"),
    ("two decades", "P20Y", "DURATION", "decade"),
    ("half a century", "P50Y", "DURATION", "century"),
    ("nearly half an hour", "PT30M", "DURATION", "time"),
    ("two and a half years", "P2Y6M", "DURATION", "year"),
    ("2.5 hours", "PT2H30M", "DURATION", "time"),
    ("45 minutes", "PT45M", "DURATION", "time"),
    ("several months", "PXM", "DURATION", "month"),
    ("a few days", "PXD", "DURATION", "day"),
    ("a couple of weeks", "P2W", "DURATION", "week"),
    ("the past five years", "P5Y", "DURATION", "year"),
    ("nearly a hundred days", "P100D", "DURATION", "day"),
    ("every day", "P1D", "SET", "day"),
    ("each month", "P1M", "SET", "month"),
    ("weekly", "P1W", "SET", "week"),
    ("every Friday", "XXXX-WXX-5", "SET", "day"),
    ("Sundays", "XXXX-WXX-7", "SET", "day"),
    ("every January", "XXXX-01", "SET", "month"),
    ("nightly", "P1D", "SET", "day"),
]

NO_DATES = [
    "The 1500 workers went home.",
    "They paid $1999 for it.",
    "He may march on.",
    "An 18-year-old man was hurt.",
    "Route 2010 is shut.",
    "It weighs 1.2024 grams.",
    "The 31/02/2024 is no day.",
    "She got 19% of the vote.",
    "A sunday roast and a friday feeling.",
]


def find(text: str, today: date | None = THURSDAY) -> list[tuple[str, str]]:
    found = read_dates(text, today, [(0, len(text))])
    return [(text[one.start : one.end], one.timex.value) for one in found]


def find_one(words: str, today: date | None = THURSDAY):
    text = f"It happened {words}."
    found = read_dates(text, today, [(0, len(text))])
    assert [text[one.start : one.end] for one in found] == [words]
    return found[0].timex


@pytest.mark.parametrize(("words", "value", "first", "last"), ABSOLUTE)
def test_what_a_text_says_in_full_needs_no_publication(words: str, value: str, first: str, last: str) -> None:
    for today in (THURSDAY, None):
        timex = find_one(words, today)
        assert (timex.value, timex.kind, timex.anchor) == (value, "DATE", "text")
        assert cover_days(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("words", "value", "first", "last"), RELATIVE)
def test_the_rest_is_counted_from_the_publication(words: str, value: str, first: str, last: str) -> None:
    timex = find_one(words)
    assert (timex.value, timex.anchor) == (value, "published")
    assert timex.kind == ("TIME" if "T" in value else "DATE")
    assert cover_days(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("words", [row[0] for row in RELATIVE])
def test_without_a_publication_a_relative_one_stays_open(words: str) -> None:
    timex = find_one(words, None)
    assert (timex.value, timex.anchor) == ("", "none")
    assert timex.granularity


@pytest.mark.parametrize(("text", "value"), WEEKDAYS)
def test_a_weekday_lies_where_its_clause_points(text: str, value: str) -> None:
    assert [told for _, told in find(text)] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They met on Tuesday at noon.", ["2024-11-12", "2024-11-12T12:00"]),
        ("They met on Tuesday at 9:30 p.m.", ["2024-11-12", "2024-11-12T21:30"]),
        ("They will meet tomorrow at 8 a.m.", ["2024-11-15", "2024-11-15T08:00"]),
        ("It began on 3 May 2021 at midnight.", ["2021-05-03", "2021-05-03T24:00"]),
        ("They met on Tuesday. It began at noon.", ["2024-11-12", "2024-11-14T12:00"]),
    ],
)
def test_a_time_behind_a_day_is_a_time_of_that_day(text: str, values: list[str]) -> None:
    assert [told for _, told in find(text)] == values


@pytest.mark.parametrize(("words", "value", "kind", "granularity"), LENGTHS)
def test_lengths_and_repetitions_cover_no_days(words: str, value: str, kind: str, granularity: str) -> None:
    for today in (THURSDAY, None):
        timex = find_one(words, today)
        assert (timex.value, timex.kind, timex.exactness) == (value, kind, granularity)
        assert timex.anchor == "none"
    assert cover_days(value) is None


@pytest.mark.parametrize("text", NO_DATES)
def test_numbers_ages_and_verbs_are_no_dates(text: str) -> None:
    assert find(text) == []


@given(st.dates(date(1900, 1, 1), date(2059, 12, 31)))
def test_every_day_comes_back_in_every_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%B %d, %Y", "%d %B %Y", "%m/%d/%Y"):
        assert find(f"It was on {day.strftime(form)}.") == [(day.strftime(form), day.isoformat())]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 99))
def test_days_ago_and_days_on_lie_so_far_from_the_publication(day: date, count: int) -> None:
    (_, before), (_, after) = find(f"It was {count} days ago. It comes {count} days from now.", day)
    assert (day - date.fromisoformat(before)).days == (date.fromisoformat(after) - day).days == count


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_last_and_next_weekday_are_two_weeks_or_one_apart(day: date, name: str) -> None:
    (_, before), (_, after) = find(f"Seen last {name} and next {name}.", day)
    past, ahead = date.fromisoformat(before), date.fromisoformat(after)
    assert past < day < ahead
    assert (ahead - past).days == (14 if day.strftime("%A") == name else 7)
    assert past.strftime("%A") == ahead.strftime("%A") == name


@given(st.integers(1000, 2099), st.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2", "SP", "SU", "FA"]))
def test_a_part_of_a_year_lies_within_it(year: int, part: str) -> None:
    first, last = cover_days(f"{year}-{part}") or (date.min, date.max)
    assert read_granularity(f"{year}-{part}") == "quarter"
    assert first.year == last.year == year
    assert first.day == 1
    assert (last - first).days in range(89, 92) or (part[0] == "H" and (last - first).days in range(180, 184))
