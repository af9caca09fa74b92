import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from streamlit.testing.v1 import AppTest

import dashboard.pages
from dashboard.charts import CHARTS
from dashboard.charts.accuracy import read_quality
from dashboard.charts.chart import Chart
from dashboard.charts.measures import MEASURES, define
from dashboard.pages.measures import _draw_task
from dashboard.pages.overview import OVERVIEW
from dashboard.pages.page import Page
from dashboard.screen.refresh import running_refreshes
from tests.dashboard.small_newsroom import fill_newsroom

OpenApp = Callable[..., AppTest]

MODULES = [import_module(found.name) for found in iter_modules(dashboard.pages.__path__, "dashboard.pages.")]
PAGES = {
    page.slug: (module.__name__, name, page)
    for module in MODULES
    for name, page in vars(module).items()
    if isinstance(page, Page)
}
SCRIPT = """
from {module} import {name}
from dashboard.screen.shell import open_shell
from etl.settings import read_settings

if open_shell(read_settings(), {name}.slug):
    {name}.draw()
"""


def shown(app: AppTest) -> str:
    """All that the page says in HTML."""
    assert not app.exception, app.exception
    return "\n".join(str(part.value) for part in app.html)


def test_the_app_starts_on_the_overview(whole_app: AppTest) -> None:
    assert "What was the news" in shown(whole_app)


def test_the_style_stands_in_the_page_where_it_lasts(whole_app: AppTest) -> None:
    assert "<style>:root{--paper" in whole_app.main.children[0].proto.body


def test_the_overview_asks_its_five_questions(open_app: OpenApp) -> None:
    page = shown(open_app())
    for chart in OVERVIEW.charts:
        assert f"<h2>{chart.question}</h2>" in page


def test_a_card_says_n_and_version(open_app: OpenApp) -> None:
    assert "n = 207 articles" in shown(open_app())
    assert "version 2" in shown(open_app())


def test_an_address_opens_its_filter(open_app: OpenApp) -> None:
    page = shown(open_app(outlets="Nordlys", unit="texts"))
    assert "n = 51 unique texts" in page


def test_an_older_version_opens_under_as_of(open_app: OpenApp) -> None:
    assert "n = 206 articles" in shown(open_app(as_of="1"))


@pytest.mark.parametrize("asked", ["99", "²", "-1"])
def test_an_unknown_version_opens_the_newest(open_app: OpenApp, asked: str) -> None:
    assert "n = 207 articles" in shown(open_app(as_of=asked))


def test_choosing_a_unit_writes_it_into_the_address(open_app: OpenApp) -> None:
    app = open_app()
    app.get_by_key("see_unit").set_value("texts").run()
    assert app.query_params["unit"] == "texts"
    assert "n = 206 unique texts" in shown(app)


def test_choosing_outlets_and_clearing_them(open_app: OpenApp) -> None:
    app = open_app()
    app.multiselect(key="see_outlets").set_value(["Nordlys", "Kontinent"]).run()
    assert app.query_params["outlets"] == "Nordlys~Kontinent"
    app.button(key="clear-all").click().run()
    assert "outlets" not in app.query_params


def test_a_story_in_the_address_can_be_cleared(open_app: OpenApp) -> None:
    app = open_app(story="strike")
    assert "n = 6 articles" in shown(app)
    app.button(key="clear-story").click().run()
    assert "n = 207 articles" in shown(app)


def test_search_words_narrow_every_card(open_app: OpenApp) -> None:
    app = open_app()
    app.text_input(key="see_words").set_value("late").run()
    assert "n = 1 article ·" in shown(app)


def test_a_filter_that_nothing_matches_says_what_to_relax(open_app: OpenApp) -> None:
    page = shown(open_app(outlets="Nobody"))
    assert "Nothing matches this filter." in page
    assert OVERVIEW.charts[0].relax in page


def test_a_chart_turns_into_its_table_and_back(open_app: OpenApp) -> None:
    app = open_app()
    app.button(key="turn-voice").click().run()
    assert list(app.dataframe[0].value["outlet"]) == ["Harbour Post", "Nordlys", "Kontinent"]
    app.button(key="turn-voice").click().run()
    assert not app.dataframe


@pytest.mark.parametrize("slug", PAGES)
@pytest.mark.parametrize("query", [{"story": "strike", "unit": "families"}, {"outlets": "Nobody"}], ids=str)
def test_every_page_opens_and_hostile_text_stays_text(
    open_script: OpenApp, slug: str, query: dict[str, str]
) -> None:
    module, name, _ = PAGES[slug]
    app = open_script(SCRIPT.format(module=module, name=name), **query)
    assert "<script>alert" not in shown(app)
    assert "<h1>" in shown(app)


def test_an_empty_newsroom_says_how_to_begin(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEWSPRISM_STORE", str(tmp_path / "none"))
    app = open_app()
    page = shown(app)
    assert "No articles yet" in page
    assert "newsprism demo" in page


def test_a_running_refresh_is_told_with_its_rest(tmp_path: Path) -> None:
    told = {"stage": "tones", "done": 1200, "total": 3824, "estimate": 190}
    (tmp_path / "progress.json").write_text(json.dumps(told))
    (progress,) = running_refreshes({"news": tmp_path, "own": tmp_path / "none"})
    assert progress.told.replace("\u202f", "") == "news: tones, 1200 of 3824, about 3 min left"
    assert progress.share == pytest.approx(0.3138, abs=1e-4)


@pytest.mark.parametrize("text", ["{", "{}", '{"stage": "done", "done": 1, "total": 1}'])
def test_unreadable_or_ended_progress_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "progress.json").write_text(text)
    assert running_refreshes({"news": tmp_path}) == ()


def test_old_progress_counts_as_ended(tmp_path: Path) -> None:
    (tmp_path / "progress.json").write_text('{"stage": "tones", "done": 1, "total": 2}')
    assert running_refreshes({"news": tmp_path}, now=4e9) == ()


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.slug)
def test_every_chart_names_a_measure_that_is_defined(chart: Chart) -> None:
    assert len(define(chart.measure)) > 40


def test_measures_are_defined_once() -> None:
    terms = [term for term, _ in MEASURES]
    assert len(set(terms)) == len(terms)


def test_a_card_defines_its_measure(open_app: OpenApp) -> None:
    assert "What is measured: attention" in shown(open_app())


def test_without_a_browser_an_image_is_answered_with_a_remedy(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    app = open_app()
    assert "No image." not in shown(app)
    app.button(key="PNG-voice").click().run()
    assert "install Chromium" in shown(app)
    assert "choose HTML or CSV" in shown(app)


@pytest.fixture
def two_rooms(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[OpenApp, Path]:
    """Only the sample is filled; where the news newsroom will be."""
    monkeypatch.setenv("NEWSPRISM_STORE", str(tmp_path / "none"))
    fill_newsroom(tmp_path / "demos" / "sample")
    return open_app, tmp_path / "demos" / "news"


def test_a_better_newsroom_is_shown_to_who_only_looks(two_rooms: tuple[OpenApp, Path]) -> None:
    open_app, news = two_rooms
    app = open_app()
    assert app.session_state["view"].room == "sample"
    fill_newsroom(news)
    app.run()
    assert app.session_state["view"].room == "news"


def test_who_reads_is_not_moved_but_told(two_rooms: tuple[OpenApp, Path]) -> None:
    open_app, news = two_rooms
    app = open_app(outlets="Nordlys")
    fill_newsroom(news)
    app.run()
    assert app.session_state["view"].room == "sample"
    assert 'href="./?room=news"' in shown(app)
    assert "room=sample" in shown(app)


def test_a_newsroom_in_the_address_stays(two_rooms: tuple[OpenApp, Path]) -> None:
    open_app, news = two_rooms
    app = open_app(room="sample")
    fill_newsroom(news)
    app.run()
    assert app.session_state["view"].room == "sample"
    assert "has its first articles" not in shown(app)


def test_quality_rows_are_read_and_a_missing_file_is_none(tmp_path: Path) -> None:
    file = tmp_path / "quality.json"
    assert read_quality(file) == []
    file.write_text('{"rows": [{"task": "quotes", "n": 3}, 5]}')
    assert read_quality(file) == [{"task": "quotes", "n": 3}]


def test_a_quality_row_tells_value_interval_n_and_data_for_readers() -> None:
    row = {
        "measure": "human_interest_f1", "value": 0.9, "low": 0.85, "high": 1.0, "n": 132, "unit": "page",
        "data": "fundus_dev.jsonl.gz", "elsewhere": "<b>",
    }  # fmt: skip
    told = str(_draw_task("frames", [row, {"measure": "kappa", "value": "open"}]))
    cells = ("human interest F1", ".900", "[.850, 1.000]", "132 pages", "fundus dev", "&lt;b&gt;")
    assert all(f">{cell}</td>" in told for cell in cells)
    assert "<summary>Frames" in told and ">open</td>" in told and "n</th>" in told
