"""Every chart as drawn from one small invented answer, against what a person has read and found right."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from dashboard.charts import CHARTS
from dashboard.charts.chart import Chart
from dashboard.theme import DARK
from tests.golden.figure_answers import TABLES, WORN, answer_for, read_rows
from tests.golden.figure_digests import tell_chart, tell_markup
from tests.golden.goldens import FOLDER, compare_golden

by_slug = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.slug)


@by_slug
def test_a_chart_shows_what_it_did_when_a_person_read_it(
    chart: Chart, request: pytest.FixtureRequest
) -> None:
    update = bool(request.config.getoption("--golden-update"))
    told = tell_chart(chart, answer_for(chart.slug), WORN)
    difference = compare_golden(f"figures/{chart.slug}", told, update=update)
    assert not difference, difference


@by_slug
def test_at_night_a_chart_says_the_same_in_other_colours(chart: Chart) -> None:
    answer, night = answer_for(chart.slug), DARK.wear(WORN.order, WORN.names)
    assert tell_chart(chart, answer, night) == tell_chart(chart, answer, WORN)


def test_every_chart_has_its_answer_and_its_golden_and_no_other() -> None:
    slugs = {chart.slug for chart in CHARTS}
    assert set(TABLES) == slugs
    assert {file.stem for file in (FOLDER / "figures").glob("*.json")} == slugs


def test_a_table_to_read_is_a_frame() -> None:
    frame = read_rows("""
        day        | value      | n | carried        | name
        2024-06-01 | 2024-06-01 | 1 | {"Post": true} | =1
        –          | –          | – | []             |""")
    assert str(frame["day"].dtype).startswith("datetime64") and frame["day"].isna().tolist() == [False, True]
    assert frame["value"].tolist()[0] == "2024-06-01"
    assert frame["carried"].tolist() == [{"Post": True}, []]
    assert frame["n"].iloc[0] == 1 and frame["name"].tolist() == ["=1", ""]


def test_a_digest_tells_links_marks_and_colours() -> None:
    markup = Markup('<table><tr><th>Head</th></tr><tr><td><a href="open:1">x</a></td><td><mark>y</mark></td></tr>'
                    '<tr><td><i style="background:{}" title="dot"></i></td></tr></table>')  # fmt: skip
    told = tell_markup(markup.format(WORN.colour_of("Post")), WORN)
    assert told == {"columns": ["Head"], "rows": ["x →open:1 | «y»", "(dot, colour of Post)"]}
