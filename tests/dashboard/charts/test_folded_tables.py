"""Long tables: how many rows stand open, what folds away behind them, and that nothing is lost."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from dashboard.charts.tables import compare_table, count_outlets, count_standing, write_table
from tests.dashboard.charts.drawings import FIVE

HEAD = Markup("<th>Fact</th>")


def rows_of(n: int) -> list[Markup]:
    """Rows named r0, r1 ..."""
    return [Markup("<tr><td>r{}</td></tr>").format(number) for number in range(n)]


def named(part: str) -> list[str]:
    """Which of these rows stand in a part of a table."""
    return re.findall(r"r\d+(?=</td>)", part)


def test_rows_after_those_that_stand_fold_into_a_body_of_their_own_in_their_order() -> None:
    told = str(write_table(HEAD, rows_of(9), "dotted", stand=6))
    stands, _, folded = told.partition('<tbody class="rest">')
    assert (named(stands), named(folded)) == ([f"r{n}" for n in range(6)], ["r6", "r7", "r8"])
    assert told.startswith('<div class="wide folding narrow">')
    assert re.search(r'</table><details class="more"><summary><span class="shut">show 3 more<', told)


@pytest.mark.parametrize("stand", [None, 7, 8, 9, 20])
def test_two_rows_are_not_worth_a_fold(stand: int | None) -> None:
    told = str(write_table(HEAD, rows_of(9), stand=stand))
    assert told.startswith('<div class="wide"><table') and named(told) == [f"r{n}" for n in range(9)]
    assert "rest" not in told and "more" not in told


def test_what_folds_on_every_screen_is_not_kept_to_the_narrow_one() -> None:
    assert str(write_table(HEAD, rows_of(9), stand=2, always=True)).startswith('<div class="wide folding">')
    assert "folding" not in str(write_table(HEAD, rows_of(3), stand=2, always=True))


def test_two_outlets_have_fifteen_rows_open_and_seven_have_five() -> None:
    two, seven = ([[Markup("x")] * outlets] * 20 for outlets in (2, 7))
    assert (count_standing(two), count_standing(seven)) == (15, 5)


def test_a_cell_with_nothing_in_it_takes_no_room() -> None:
    sparse = [[Markup("x"), *[Markup("")] * 4]] * 40
    assert count_standing(sparse) == 30
    assert count_standing([]) == 5


@pytest.mark.parametrize(("rows", "hidden"), [(7, 0), (8, 3)])
def test_the_column_beside_counts_too_so_five_outlets_have_five_rows_open(rows: int, hidden: int) -> None:
    cells = [Markup("x")] * 5 + [Markup("y")]
    lines = ((Markup("what{}").format(number), cells) for number in range(rows))
    told = str(compare_table("Said by", lines, list(FIVE.order), FIVE, beside="Original text"))
    assert told.partition('class="rest">')[2].count('class="what"') == hidden
    assert re.findall(r"what\d", told) == [f"what{number}" for number in range(rows)]


def test_a_count_of_outlets_bears_its_unit_in_the_right_number() -> None:
    assert count_outlets(1) == '<td class="n" data-unit="outlet">1</td>'
    assert count_outlets(7) == '<td class="n" data-unit="outlets">7</td>'
