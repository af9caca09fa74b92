"""Every chart on every store: it draws in both modes, its marks open rows, it runs nothing that it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from html.parser import HTMLParser

import plotly.graph_objects as go
import pytest
from markupsafe import Markup

from dashboard.charts import CHARTS
from dashboard.charts.chart import Chart
from dashboard.charts.reader import draw_head, draw_reading
from dashboard.filters import Filter
from dashboard.queries.answer import Answer
from dashboard.queries.newsroom import read_newsroom
from dashboard.queries.reading import LAYERS, read_article
from dashboard.theme import DARK, LIGHT, Theme
from etl.schema import TABLES
from etl.store import Snapshot
from tests.builders import make_rows, make_store
from tests.dashboard.laws.hostile_room import open_hostile
from tests.dashboard.laws.rich_room import open_room
from tests.dashboard.two_outlets import fill_two_outlets

STORES: dict[str, Callable] = {
    "rich": open_room,
    "undated": lambda folder: fill_two_outlets(folder, kontinent_dated=False).snapshot(),
    "hostile": open_hostile,
    "bare": lambda folder: make_store(folder, texts=make_rows("texts", {"article_id": "x"})).snapshot(),
    "no article": lambda folder: make_store(folder).snapshot(),
}
ASKED = {
    "undated": Filter(words="strike"),
    "hostile": Filter(words="attack"),
}
Drawn = Callable[[Chart, Theme], go.Figure | Markup | None]
opened: dict[str, Snapshot] = {}
by_slug = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.slug)
by_theme = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Snapshot]:
    return request.param, STORES[request.param](tmp_path_factory.mktemp("charts"))


@pytest.fixture(scope="module")
def answers(store: tuple[str, Snapshot]) -> dict[str, Answer]:
    name, snapshot = store
    return {chart.slug: chart.query(snapshot, ASKED.get(name, Filter())) for chart in CHARTS}


@pytest.fixture(scope="module")
def worn(store: tuple[str, Snapshot]) -> Callable[[Theme], Theme]:
    """A theme in the order and with the names of the store's outlets."""
    newsroom = read_newsroom(store[1])
    return lambda theme: theme.wear(newsroom.order, newsroom.names)


@pytest.fixture(scope="module")
def drawn(answers: dict[str, Answer], worn: Callable[[Theme], Theme]) -> Drawn:
    """What a chart draws in a theme; each is drawn once."""
    kept: dict[tuple[str, str], go.Figure | Markup | None] = {}

    def draw(chart: Chart, theme: Theme) -> go.Figure | Markup | None:
        answer, key = answers[chart.slug], (chart.slug, theme.mode)
        if key not in kept:
            kept[key] = None if answer.empty else chart.draw(answer, worn(theme))
        return kept[key]

    return draw


class Page(HTMLParser):
    """The tags, attributes and links of a piece of HTML, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("img", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes nothing"


def check_markup(html: str) -> None:
    """No tag, handler or address of an attack has become one of the page."""
    page = Page(html)
    assert not page.open
    assert not {"script", "iframe", "object", "style", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    links = [value for name, value in page.attributes if name in ("href", "src")]
    assert not [x for x in links if not re.match(r"https?://|page:|open:|data:image/svg\+xml;base64,|#", x)]


def texts_of(figure: go.Figure) -> list[str]:
    """All labels of a figure that plotly reads as HTML."""
    told = [text for note in figure.layout.annotations for text in [note.text]]
    for trace in figure.data:
        for field in ("hovertext", "text"):
            value = getattr(trace, field, None)
            told += (
                [value] if isinstance(value, str) else [str(x) for x in value] if value is not None else []
            )
    for axis in [*figure.select_xaxes(), *figure.select_yaxes()]:
        told += [] if axis.ticktext is None else [str(x) for x in axis.ticktext]
    return [text for text in told if text]


@by_slug
def test_a_chart_asks_a_question_and_says_how_to_read_it(chart):
    assert chart.question.endswith("?") and chart.question[0].isupper()
    assert len(chart.reading) > 20 and chart.reading[0].isupper()
    assert chart.relax.rstrip().endswith((".", "…"))


@by_slug
def test_a_chart_names_tables_and_filter_fields_that_there_are(chart):
    assert set(chart.needs) <= set(TABLES)
    assert {field for _, field in chart.opens} <= {field.name for field in fields(Filter)}


def test_every_chart_has_its_own_slug_and_question():
    assert len({chart.slug for chart in CHARTS}) == len({chart.question for chart in CHARTS}) == len(CHARTS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", chart.slug) for chart in CHARTS)


@by_slug
@by_theme
def test_a_chart_draws_every_answer_that_is_not_empty(chart, theme, drawn):
    shown = drawn(chart, theme)
    assert shown is None or isinstance(shown, go.Figure | Markup)
    assert not isinstance(shown, Markup) or str(shown).strip()


@by_slug
def test_an_answer_says_what_it_counts(chart, answers):
    answer = answers[chart.slug]
    assert answer.unit and answer.n >= 0
    assert answer.empty or answer.n > 0 or chart.slug in ("changes", "stories-alone", "sources")


@by_slug
def test_what_a_click_opens_stands_in_the_frame(chart, answers):
    answer = answers[chart.slug]
    assert answer.empty or {column for column, _ in chart.opens} <= set(answer.frame.columns)


@by_slug
def test_every_mark_names_a_row_of_the_answer(chart, answers, drawn):
    figure = drawn(chart, LIGHT)
    if isinstance(figure, go.Figure):
        marks = [flat(x) for trace in figure.data if trace.customdata is not None for x in trace.customdata]
        rows = [row for mark in marks for row in mark if row is not None]
        assert set(rows) <= set(range(len(answers[chart.slug].frame)))
        assert rows or not chart.opens


def flat(value: object) -> list[object]:
    return [x for part in value for x in flat(part)] if hasattr(value, "__iter__") else [value]


@by_slug
def test_shares_lie_within_their_intervals_and_between_0_and_1(chart, answers):
    frame = answers[chart.slug].frame
    if {"share", "low", "high"} <= set(frame.columns):
        known = frame[["low", "share", "high"]].astype("float64").dropna()
        assert ((known >= -1e-9) & (known <= 1 + 1e-9)).all(axis=None)
        assert (known["low"] <= known["share"] + 1e-9).all() and (
            known["share"] <= known["high"] + 1e-9
        ).all()


@by_slug
@by_theme
def test_the_text_of_a_figure_has_colours_of_the_theme_that_can_be_read(chart, theme, drawn):
    figure = drawn(chart, theme)
    if isinstance(figure, go.Figure):
        readable = {theme.ink, theme.soft, theme.inserted, theme.deleted, *theme.text_colours}
        used = {note.font.color for note in figure.layout.annotations}
        used |= {axis.tickfont.color for axis in [*figure.select_xaxes(), *figure.select_yaxes()]}
        other = DARK if theme.mode == "light" else LIGHT
        assert used - {None} <= readable | {theme.card}
        assert not used & {other.ink, other.soft}


@by_slug
def test_a_table_runs_nothing_and_closes_all_it_opens(chart, drawn):
    shown = drawn(chart, LIGHT)
    if isinstance(shown, Markup):
        check_markup(str(shown))


@by_slug
def test_the_labels_of_a_figure_run_nothing(chart, drawn):
    figure = drawn(chart, LIGHT)
    for text in texts_of(figure) if isinstance(figure, go.Figure) else []:
        assert not re.search(r"<a\b|javascript:", text.lower()), text


@by_slug
def test_a_figure_is_valid_json_without_infinite_numbers(chart, drawn):
    figure = drawn(chart, LIGHT)
    if isinstance(figure, go.Figure):
        assert "Infinity" not in json.dumps(json.loads(figure.to_json()))


@by_slug
def test_an_outlet_that_there_is_not_gives_an_empty_answer(chart, tmp_path_factory):
    if "two" not in opened:
        opened["two"] = fill_two_outlets(tmp_path_factory.mktemp("nobody")).snapshot()
    nobody = chart.query(opened["two"], Filter(outlets=("Nobody",), story="none", words="zeppelin"))
    assert nobody.empty or chart.slug in ("changes", "runs", "versions", "quarantine", "tables", "dictionary")


@pytest.mark.parametrize("at", [-1, 0, 70])
def test_a_hostile_article_is_read_without_running(tmp_path_factory, at):
    snapshot = open_hostile(tmp_path_factory.mktemp("hostile"))
    article = snapshot.table("articles")["article_id"].iloc[0]
    reading = read_article(snapshot, article)
    assert reading is not None
    check_markup(str(draw_reading(reading, layers=LAYERS, at=at)))
    check_markup(str(draw_head(reading, LIGHT)))
