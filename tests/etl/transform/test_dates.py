from __future__ import annotations

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.schema import TABLES
from etl.transform.dates import DATES, find_dates, publication_days, read_dates
from etl.transform.dates.absolute import find_holiday
from etl.transform.dates.timex import cover_days
from etl.transform.sentences import find_sentences

MONDAY = date(2024, 6, 24)
NO_OUTLETS = TABLES["outlets"].empty()


def read(text: str, today: date | None = MONDAY) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.timex.value) for f in read_dates(text, today, [(0, len(text))])]


def make_tables(
    text: str,
    published: str | None = "2024-06-24T07:18:00Z",
    language: str = "en",
    precision: str = "minute",
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    articles = pd.DataFrame(
        {
            "article_id": ["a"],
            "title": [""],
            "language": [language],
            "outlet": ["kyiv"],
            "published": [published],
            "published_precision": [precision],
        }
    )
    articles["published"] = pd.to_datetime(articles["published"], utc=True)
    texts = pd.DataFrame({"article_id": ["a"], "text": [text], "body_start": [0]})
    return articles, texts, find_sentences(articles, texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 19 June 2024.", [("19 June 2024", "2024-06-19")]),
        ("They met on June 19th, 2024.", [("June 19th, 2024", "2024-06-19")]),
        ("On Monday, Nov. 6, it fell.", [("Monday, Nov. 6", "2023-11-06")]),
        ("Dated 2024-06-19 and 19.06.2024.", [("2024-06-19", "2024-06-19"), ("19.06.2024", "2024-06-19")]),
        ("Filed 6/19/2024 or 19/6/2024.", [("6/19/2024", "2024-06-19"), ("19/6/2024", "2024-06-19")]),
        ("Signed in July 1988.", [("July 1988", "1988-07")]),
        ("It began in 2014.", [("2014", "2014")]),
        ("The late 1970s and the '80s.", [("The late 1970s", "197"), ("the '80s", "198")]),
        ("In the 20th century.", [("the 20th century", "19")]),
        ("The third quarter of 1984.", [("The third quarter of 1984", "1984-Q3")]),
        ("In the summer of 1998.", [("the summer of 1998", "1998-SU")]),
        ("In nineteen ninety-six.", [("nineteen ninety-six", "1996")]),
        ("At 9 a.m. EST on June 25 it opened.", [("9 a.m. EST on June 25", "2024-06-25T09:00")]),
    ],
)
def test_calendar_expressions_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They signed it on Wednesday.", "2024-06-19"),
        ("They will sign it on Wednesday.", "2024-06-26"),
        ("On Wednesday, they will sign it.", "2024-06-26"),
        ("He said Wednesday it will rain.", "2024-06-19"),
        ("It came next Friday.", "2024-06-28"),
        ("It came last Monday.", "2024-06-17"),
        ("It came Monday.", "2024-06-24"),
        ("It came Friday night.", "2024-06-21TNI"),
        ("It came yesterday.", "2024-06-23"),
        ("It came three days ago.", "2024-06-21"),
        ("It came two weeks ago.", "2024-W24"),
        ("It came last week.", "2024-W25"),
        ("It came last month.", "2024-05"),
        ("It came earlier this year.", "2024"),
        ("It came two years ago.", "2022"),
        ("It came last fall.", "2023-FA"),
        ("It came over the weekend.", "2024-W25-WE"),
        ("It came in May.", "2024-05"),
        ("It came on December 3.", "2023-12-03"),
        ("It will come on December 3.", "2024-12-03"),
        ("It came at Christmas.", "2023-12-25"),
        ("It lasted two decades.", "P20Y"),
        ("It lasted 2 1/2 years.", "P2Y6M"),
        ("It lasted several weeks.", "PXW"),
        ("It took a five-hour flight.", "PT5H"),
        ("It comes every day.", "P1D"),
        ("It comes each Thursday.", "XXXX-WXX-4"),
        ("It comes on Sundays.", "XXXX-WXX-7"),
        ("It has gone now.", "PRESENT_REF"),
        ("It went recently.", "PAST_REF"),
        ("It will go soon.", "FUTURE_REF"),
        ("It met at noon.", "2024-06-24T12:00"),
    ],
)
def test_relative_expressions_meet_the_day_of_publication(text: str, value: str) -> None:
    assert [found for _, found in read(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "You may go.",
        "March on!",
        "Crowds march.",
        "Some 2000 people came.",
        "It cost $1990.",
        "The 6-year-old sun.",
        "Flight 1999 left.",
        "Take Route 1950 north.",
        "As soon as possible.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read(text) == []


def test_without_a_publication_day_relative_expressions_stay_open() -> None:
    assert read("On Wednesday, June 19, it came in July 2023.", None) == [
        ("Wednesday, June 19", ""),
        ("July 2023", "2023-07"),
    ]
    words = "yesterday, last week, last May, last fall, two days ago, noon, Friday, in May, the weekend"
    assert {value for _, value in read(words, None)} == {""}


def test_a_full_date_in_an_undated_text_settles_its_other_days() -> None:
    text = "On 19 June 2024 they met. On 24 June they left. It rained yesterday."
    found = read_dates(text, None, [(0, len(text))])
    assert [(f.timex.value, f.timex.anchor) for f in found] == [
        ("2024-06-19", "text"),
        ("2024-06-24", "text"),
        ("", "none"),
    ]


def test_a_comparison_of_earnings_means_the_same_quarter() -> None:
    text = "Profit in the third quarter of 2023 fell from $3 million a year earlier."
    assert read(text)[-1] == ("a year earlier", "2022-Q3")


def test_the_following_year_follows_the_one_named() -> None:
    assert read("He came in 1995. The following year he left.")[-1][1] == "1996"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-06-19T09:00", "2024-06-19", "2024-06-19"),
        ("2024-W26", "2024-06-24", "2024-06-30"),
        ("2024-W26-WE", "2024-06-29", "2024-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("198", "1980-01-01", "1989-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
    ],
)
def test_a_value_covers_its_days(value: str, first: str, last: str) -> None:
    assert cover_days(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", ["", "P3D", "PAST_REF", "2023-02-30", "2023-W60", "0000"])
def test_other_values_cover_no_days(value: str) -> None:
    assert cover_days(value) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("easter", date(2024, 3, 31)),
        ("thanksgiving", date(2024, 11, 28)),
        ("memorial day", date(2024, 5, 27)),
    ],
)
def test_movable_holidays_are_found(name: str, day: date) -> None:
    assert find_holiday(name, 2024) == day


def test_the_feature_conforms_and_spans_point_at_their_words() -> None:
    text = "It rained on Wednesday. It will rain next week."
    made = TABLES["dates"].conform(DATES.compute(*make_tables(text), NO_OUTLETS))
    assert made["surface"].to_list() == ["Wednesday", "next week"]
    assert made["sentence"].to_list() == [1, 2]
    assert made["first_day"].dt.strftime("%F").to_list() == ["2024-06-19", "2024-07-01"]
    assert made["anchor"].unique().tolist() == ["published"]


def test_the_day_is_that_of_the_outlet() -> None:
    outlets = pd.DataFrame({"outlet": ["kyiv"], "timezone": ["Europe/Kyiv"]})
    articles, *_ = make_tables("", published="2024-06-23T22:30:00Z")
    assert publication_days(articles, outlets) == [date(2024, 6, 24)]
    assert publication_days(articles, NO_OUTLETS) == [date(2024, 6, 23)]
    assert publication_days(articles, outlets.assign(timezone="No/Where")) == [date(2024, 6, 23)]


@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/Kyiv", "Pacific/Auckland"])
def test_a_day_without_a_time_is_that_day_in_every_zone(zone: str) -> None:
    outlets = pd.DataFrame({"outlet": ["kyiv"], "timezone": [zone]})
    articles, *_ = make_tables("", published="2024-06-24T00:00:00Z", precision="day")
    assert publication_days(articles, outlets) == [date(2024, 6, 24)]


def test_other_languages_have_no_dates() -> None:
    assert find_dates(*make_tables("On Monday.", language="uk"), NO_OUTLETS).empty


WORDS = (
    "on in the a last next June May 19 2024 Friday year years ago 3 two weeks quarter third of , . 9 a.m."
    " fall 0 30 February decades hundred thousand 99 end every '80s 1/2 31/31/2024 9999 that"
    " century following"
)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join),
    st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)),
)
def test_any_words_on_any_day_give_ordered_spans(text: str, today: date | None) -> None:
    found = read_dates(text, today, [(0, len(text))])
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(f.timex.value == "" or f.timex.kind for f in found)
