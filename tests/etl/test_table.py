"""Table: frames conform, or say which column does not."""

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import ContractBroken
from etl.table import ARROW_TYPES, Column, Table

DOGS = Table(
    "dogs",
    "one dog",
    ("dog",),
    (
        Column("dog", "str", "its name"),
        Column("age", "int64", "its age", "years", (0, 40)),
        Column("size", "str", "its size", "", None, ("small", "big")),
        Column("weight", "float64", "its weight", "kg", None, (), True),
        Column("born", "datetime64[us]", "its birthday", optional=True),
    ),
)


def dogs(**changes):
    return pd.DataFrame({"dog": ["Rex", "Ada"], "age": [3, 4], "size": ["big", "small"], **changes})


def test_rows_are_sorted_by_the_key():
    assert DOGS.conform(dogs())["dog"].tolist() == ["Ada", "Rex"]


def test_a_missing_optional_column_becomes_missing_values():
    made = DOGS.conform(dogs())
    assert made["weight"].isna().all()
    assert str(made["born"].dtype) == "datetime64[us]"


def test_columns_come_in_order_and_others_are_dropped():
    assert tuple(DOGS.conform(dogs(colour=["red", "black"])).columns) == DOGS.names


@pytest.mark.parametrize(
    ("changes", "column", "problem"),
    [
        ({"age": [3, -1]}, "age", "outside"),
        ({"age": [3.5, 1]}, "age", "not int64"),
        ({"age": ["old", "young"]}, "age", "not int64"),
        ({"size": ["big", "huge"]}, "size", "'huge' is none of small, big"),
        ({"dog": ["Rex", None]}, "dog", "1 values are missing"),
        ({"dog": ["Rex", "Rex"]}, "dog", "the key is not unique"),
    ],
)
def test_a_frame_that_breaks_the_contract_is_refused(changes, column, problem):
    with pytest.raises(ContractBroken, match=problem) as caught:
        DOGS.conform(dogs(**changes))
    assert (caught.value.table, caught.value.column) == ("dogs", column)


def test_a_missing_required_column_is_named():
    with pytest.raises(ContractBroken, match="table dogs, column age: the column is missing"):
        DOGS.conform(dogs().drop(columns="age"))


def test_an_empty_frame_has_all_columns():
    made = DOGS.conform(pd.DataFrame())
    assert made.empty
    assert [str(dtype) for dtype in made.dtypes] == [column.dtype for column in DOGS.columns]


def test_the_frame_given_is_left_as_it_was():
    given_frame = dogs()
    before = given_frame.copy()
    DOGS.conform(given_frame)
    pd.testing.assert_frame_equal(given_frame, before)


@given(st.permutations([("Rex", 3), ("Ada", 4), ("Zoe", 5), ("Bob", 1)]))
def test_conforming_twice_is_conforming_once_whatever_the_order(rows):
    frame = pd.DataFrame({"dog": [r[0] for r in rows], "age": [r[1] for r in rows], "size": "big"})
    once = DOGS.conform(frame)
    pd.testing.assert_frame_equal(DOGS.conform(once), once)
    assert once["dog"].tolist() == ["Ada", "Bob", "Rex", "Zoe"]


def test_a_conformed_frame_fits_the_schema_on_disk():
    table = pa.Table.from_pandas(DOGS.conform(dogs()), schema=DOGS.arrow, preserve_index=False, safe=True)
    assert table.schema.field("age").type == ARROW_TYPES["int64"]
    assert table.num_rows == 2
