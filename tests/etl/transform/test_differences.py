"""In what two sentences on one fact are at odds, on sentences written for it; none where they only round."""

from __future__ import annotations

import pandas as pd
import pytest

from etl.transform.claims.counts import agree, counts_same, read_counts
from etl.transform.claims.differences import Day, Name, Side, find_differences


def differences(left: str, right: str) -> list[tuple[str, str, str]]:
    return [
        (found.kind, left[slice(*found.left)], right[slice(*found.right)])
        for found in find_differences(Side(text=left), Side(text=right))
    ]


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("Seven sailors were hurt.", "Nine sailors were injured.", ("Seven", "Nine")),
        ("The bridge cost $3 million.", "The bridge cost 4.5 million dollars.", ("3 million", "4.5 million")),
        ("Turnout was 61 percent.", "Turnout reached 66%.", ("61 percent", "66%")),
        ("It passed by 12 votes to 9.", "It passed by 11 votes to 9.", ("12", "11")),
        ("Twenty-four families moved.", "Forty families moved.", ("Twenty-four", "Forty")),
        (
            "They agreed on a loan of $27 million.",
            "The $31 million loan was agreed.",
            ("27 million", "31 million"),
        ),
    ],
)
def test_other_numbers_of_one_thing_are_at_odds(left: str, right: str, words: tuple[str, str]) -> None:
    assert [found[1:] for found in differences(left, right) if found[0] == "number"] == [words]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("About 300 people fled.", "Some 290 people fled."),  # rounded
        ("Nearly 1.2 million voters came.", "1,180,000 voters came."),
        ("A dozen ships wait.", "Twelve ships wait."),
        ("At least 40 ships wait.", "43 ships wait."),
        ("Two of the nine judges agreed.", "Nine judges met."),  # a part and its whole
        ("Three people died.", "Nine people were injured."),  # another fate
        ("Six men and four women were rescued.", "Four women were rescued."),
        ("The mast is 230m high.", "The mast is 230 metres high."),
        ("It is 30km away.", "It is 20 miles away."),  # another measure
        ("Two days passed.", "Two boats sank."),
        ("He bought a $43,000 watch and a fur cape.", "He spent $750,000 of campaign cash on himself."),
        ("They paid a tax rate of 35.7 percent.", "Their tax rate was 35.72, with state taxes 45.8 percent."),
        ("There is a one-in-three chance.", "We have a 2 in 3 chance."),
        ("It took 42 years to build.", "She spent 30 years abroad."),  # of two things
        ("The party won eight fewer seats.", "The party won 33 seats."),  # how many less
        ("One of four sailors was rescued.", "Three sailors were rescued."),  # a whole
        ("The two-term mayor won.", "After three votes the mayor won."),
        ("Two Malaysian diplomats were sent home.", "Three Malaysian nurses were sent home."),
        ("The coin weighs 200 pounds.", "The coin has a face value of 3 million dollars."),
        ("The 59th prize was given for songs.", "Nine prizes were given for songs."),
        ("Rates rose to 0.75-1 percent of deposits.", "Rates on deposits rose, from 0.5-0.75 percent."),
        ("Profits fell by 4 percent.", "Half of the staff, 12 percent more, stayed away."),
    ],
)
def test_rounding_parts_and_other_things_are_no_difference(left: str, right: str) -> None:
    assert not [found for found in differences(left, right) if found[0] == "number"]


def test_a_number_within_a_date_is_no_count() -> None:
    text = "On 4 June 9 ships sank."
    assert [count.value for count in read_counts(text, ((3, 9),))] == [9]


def test_counts_know_what_they_count_and_how_it_is_meant() -> None:
    (count,) = read_counts("At least 31 civilians were killed.")
    assert (count.value, count.hedge, count.fate, count.grows) == (31, "least", "dead", True)
    (crowd,) = read_counts("As many as 2,000 marched.")
    assert (crowd.value, crowd.hedge, crowd.digits) == (2000, "most", 1)


def test_a_round_number_agrees_with_the_exact_one_either_way() -> None:
    (rough,), (exact,) = read_counts("21,000 jobs"), read_counts("20,960 jobs")
    assert counts_same(rough, exact) and agree(rough, exact) and agree(exact, rough)
    (other,) = read_counts("22,400 jobs")
    assert not agree(rough, other)


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("The mill will close in May.", "The mill may close.", ("close", "may")),
        ("The crew did not smell smoke.", "The crew smelled smoke.", ("not", "smelled")),
        ("The ship passed its test.", "The ship failed its test.", ("passed", "failed")),
        ("The bank confirmed the offer.", "The bank denied the offer.", ("confirmed", "denied")),
    ],
)
def test_said_and_denied_are_at_odds(left: str, right: str, words: tuple[str, str]) -> None:
    assert ("modality", *words) in differences(left, right)
    assert ("modality", *words[::-1]) in differences(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("It is legal to fish here.", "It is not illegal to fish here."),
        ("She did not rule out a sale.", "She said a sale was ruled out by nobody."),
        ("They refused to talk.", "They would not talk."),
        ("The plant could close.", "The plant might close."),
        ("He wants the fee to be paid.", "The fee was not paid."),
        ("She was arrested at noon.", "Police never said why they arrested her."),
    ],
)
def test_two_ways_of_saying_no_are_one(left: str, right: str) -> None:
    assert not [found for found in differences(left, right) if found[0] == "modality"]


def day(text: str, words: str, value: str) -> Day:
    start, when = text.index(words), pd.Timestamp(value)
    return Day(start, start + len(words), words, when, when, "day")


def test_other_days_of_one_doing_are_at_odds_but_not_of_two() -> None:
    left, right = "The roof collapsed on 4 May.", "It collapsed on 3 May."
    sides = (
        Side(text=left, dates=(day(left, "4 May", "2024-05-04"),), taken=((22, 27),)),
        Side(text=right, dates=(day(right, "3 May", "2024-05-03"),), taken=((16, 21),)),
    )
    assert [found.kind for found in find_differences(*sides)] == ["date"]
    other = "Repairs begin on 3 May."
    assert not find_differences(
        sides[0], Side(text=other, dates=(day(other, "3 May", "2024-05-03"),), taken=((17, 22),))
    )


def test_the_same_weekday_is_no_other_day() -> None:
    left, right = "The roof collapsed on Monday.", "The roof collapsed last Monday."
    one = Side(text=left, dates=(day(left, "Monday", "2024-05-06"),))
    assert not find_differences(one, Side(text=right, dates=(day(right, "last Monday", "2024-04-29"),)))


def name(text: str, words: str, actor: str, kind: str = "person", label: str = "") -> Name:
    return Name(text.index(words), text.index(words) + len(words), actor, kind, label)


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("Arne Lund", "Olav Lund", True),
        ("Arne Lund", "Lund", False),  # shorter
        ("Abdel el-Sisi", "Abdel el-Sissi", False),  # another spelling
        ("Abd-Rabbu Hadi", "Abdu Rabbu Hadi", False),
        ("Liz Lund", "Elizabeth Lund", False),  # short
        ("Liz Lund", "Robert Lund", True),
        ("Arne Lund", "Rosa Kerr", False),  # somebody else beside him
    ],
)
def test_names_that_exclude_each_other_are_at_odds(one: str, other: str, differs: bool) -> None:
    left, right = f"{one} steered the ship.", f"{other} steered the ship."
    sides = (
        Side(text=left, names=(name(left, one, "1"),)),
        Side(text=right, names=(name(right, other, "2"),)),
    )
    assert bool(find_differences(*sides)) == differs


def test_two_persons_with_one_title_and_two_places_of_one_doing_are_at_odds() -> None:
    left, right = "Governor Ann Roe spoke in Vienna.", "Governor Max Hill spoke in Prague."
    titled = [
        Side(text=text, names=(name(text, who, who, label="Governor"),))
        for text, who in ((left, "Ann Roe"), (right, "Max Hill"))
    ]
    placed = [
        Side(text=text, names=(name(text, where, where, kind="place"),))
        for text, where in ((left, "Vienna"), (right, "Prague"))
    ]
    assert [found.kind for found in find_differences(*titled) + find_differences(*placed)] == ["name", "name"]


def test_an_article_that_names_both_means_two() -> None:
    left, right = "Arne Lund steered the ship.", "Olav Lund steered the ship."
    one = Side(text=left, names=(name(left, "Arne Lund", "1"),), named=frozenset({"1", "2"}))
    other = Side(text=right, names=(name(right, "Olav Lund", "2"),), named=frozenset({"2"}))
    assert not find_differences(one, other) and not find_differences(other, one)


def test_a_town_and_the_country_around_it_are_not_at_odds() -> None:
    left, right = "The talks began in Malaysia.", "The talks began in Kuala Lumpur."
    one = Side(text=left, names=(name(left, "Malaysia", "1", "country"),))
    other = Side(text=right, names=(name(right, "Kuala Lumpur", "2", "place"),))
    assert not find_differences(one, other)


@pytest.mark.parametrize(("when", "differs"), [("3 May", False), ("4 May", True)])
def test_numbers_of_two_days_are_not_held_against_each_other(when: str, differs: bool) -> None:
    left, right = "On 4 May 60 ships sailed.", f"On {when} 25 ships sailed."
    sides = (
        Side(text=left, dates=(day(left, "4 May", "2024-05-04"),), taken=((3, 8),)),
        Side(text=right, dates=(day(right, when, f"2024-05-0{when[0]}"),), taken=((3, 8),)),
    )
    assert any(found.kind == "number" for found in find_differences(*sides)) == differs


def test_a_comma_behind_a_number_is_none_of_it() -> None:
    (count,) = read_counts("The toll climbed to 74, more than before.")
    assert (count.value, count.end) == (74, 22)
