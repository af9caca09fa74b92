"""The contract's tables are whole: keys stand among the columns, everything is described."""

import pytest

from etl.schema import ARTICLES, TABLES
from etl.table import ARROW_TYPES

NAMES = [
    "outlets",
    "observations",
    "articles",
    "texts",
    "revisions",
    "cuts",
    "sentences",
    "tones",
    "tone_words",
    "actors",
    "mentions",
    "quotes",
    "quote_speakers",
    "dates",
    "frames",
    "reprints",
    "reuse",
    "stories",
    "story_articles",
    "claims",
    "echoes",
    "gaps",
    "conflicts",
    "events",
    "primaries",
    "primary_quotes",
    "judgements",
    "runs",
    "quarantine",
]


def test_all_tables_of_the_contract_exist():
    assert sorted(TABLES) == sorted(NAMES)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_is_whole(table):
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning and column.dtype in ARROW_TYPES for column in table.columns)
    assert not any(column.optional for column in table.columns if column.name in table.key)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_empty_table_conforms(table):
    assert table.conform(table.empty()).equals(table.empty())


def test_spans_are_pairs():
    for table in TABLES.values():
        starts = {name for name in table.names if name.endswith("start") and name != "body_start"}
        assert {name.replace("start", "end") for name in starts} <= set(table.names)


def test_what_depends_on_the_clock_is_marked():
    volatile = {column.name for column in ARTICLES.columns if column.volatile}
    assert volatile == {"seen_first", "seen_last", "run_id"}
