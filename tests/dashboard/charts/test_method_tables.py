"""Tables of the method page: numbers on the right, and columns that a phone leaves out."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from dashboard.charts.chart import Chart
from dashboard.charts.method import QUARANTINE, RUNS, SOURCES, _number, _text, draw_rows
from dashboard.queries.answer import Answer
from dashboard.theme import LIGHT, THIN

NOTHING = Answer(frame=pd.DataFrame(), n=0, unit="rows")


def test_a_column_of_wide_screens_is_marked_in_head_and_rows() -> None:
    columns = (("name", "Name", _text), ("size", "Size", _number))
    rows = Answer(frame=pd.DataFrame([{"name": "<i>", "size": 1200.0}]), n=1, unit="rows")
    drawn = str(draw_rows(columns, wide=("size",))(rows, LIGHT))
    assert re.findall(r'class="([^"]*)">([^<]+)<', drawn) == [
        ("", "Name"), ("n only-wide", "Size"), ("", "&lt;i&gt;"), ("n only-wide", f"1{THIN}200"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chart", "kept"),
    [
        (SOURCES, ["Outlet", "Articles", "Newest", "Days"]),
        (RUNS, ["Started", "Status", "Read", "New", "Quarantined"]),
        (QUARANTINE, ["Inputs", "Reason", "Remedy", "One of them"]),
    ],
)
def test_a_phone_keeps_what_each_table_is_about(chart: Chart, kept: list[str]) -> None:
    heads = re.findall(r'<th class="([^"]*)">([^<]+)<', str(chart.draw(NOTHING, LIGHT)))
    assert [word for style, word in heads if "only-wide" not in style] == kept
