"""Card: how one chart stands on a page, how cards stand in rows, and the head of a page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st
from markupsafe import Markup, escape

from dashboard.charts.accuracy import known_quality, tell_accuracy
from dashboard.charts.chart import Chart
from dashboard.charts.facts import FIRSTS
from dashboard.charts.marks import write_key
from dashboard.charts.measures import define
from dashboard.export.tables import neutralise
from dashboard.queries.answer import Answer
from dashboard.queries.newsroom import empty_tables
from dashboard.screen.downloads import offer_downloads, tell_hindrance
from dashboard.screen.opened import note_click, show_opened, tie_links
from dashboard.screen.view import answer_of, drawing_of, view_now
from dashboard.theme import agree, write_count

WIDE, NARROW = 1.55, 1.0
QUIET = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def page_head(kicker: str, title: str, figures: Iterable[tuple[str, str]] = ()) -> None:
    """The head of a page: a small line, the serif title, and key figures as (value, what it counts)."""
    told = Markup("").join(
        Markup('<div class="kpi"><b>{}</b><span>{}</span></div>').format(value, agree(value == "1", what))
        for value, what in figures
    )
    write_html(
        Markup(
            '<div class="head"><div><div class="kick">{}</div><h1>{}</h1></div><div '
            'class="kpis">{}</div></div>'
        ).format(kicker, title, told)
    )


def write_html(markup: Markup) -> None:
    """Put Markup on the page with its links tied to the filter; plain text is escaped first."""
    st.html(tie_links(escape(markup)))


def write_card(slug: str, question: str, reading: str, body: Markup) -> None:
    """A card that holds text instead of a chart."""
    with st.container(key=f"card-{slug}", border=True, height="stretch", gap=None):
        st.html(Markup('<h2>{}</h2><p class="how">{}</p>').format(question, reading))
        write_html(body)


def side_by_side(*charts: Chart, wide: int = 0) -> None:
    """Cards in one row; the one at `wide` takes 1.55 parts, the others one. One column on a phone."""
    parts = [WIDE if place == wide else NARROW for place in range(len(charts))]
    for column, chart in zip(st.columns(parts, gap=22), charts, strict=True):
        with column:
            show(chart)


def show(chart: Chart) -> None:
    """A card: question, how to read it, chart or table, verdict, the articles of a clicked mark, footer."""
    answer = answer_of(chart)
    with st.container(key=f"card-{chart.slug}", border=True, height="stretch", gap=None):
        st.html(
            Markup('<h2>{}</h2><p class="how">{}</p>').format(chart.question, chart.reading) + _define(chart)
        )
        if answer.empty:
            st.html(_empty(chart))
        elif st.session_state.get(f"as_table-{chart.slug}"):
            rows = neutralise(answer.frame)  # the table has a CSV button of its own, which runs outside of us
            st.dataframe(rows, hide_index=True, height=320, alt=f"Table: {chart.question}")
        else:
            _draw(chart, answer)
        if answer.verdict:
            st.html(Markup('<div class="verdict">{}</div>').format(answer.verdict))
        if accuracy := tell_accuracy(chart.measure, known_quality()):
            st.html(Markup('<p class="sm">Measured on labelled texts: {}.</p>').format(accuracy))
        show_opened(chart)
        tell_hindrance(chart)
        _foot(chart, answer)


def _define(chart: Chart) -> Markup:
    """What is measured, folded away: one line until it is asked for."""
    told = define(chart.measure)
    if not told:
        return Markup("")
    return Markup('<details class="def"><summary>What is measured: {}</summary><p>{}</p></details>').format(
        chart.measure.lower(), told
    )


def _draw(chart: Chart, answer: Answer) -> None:
    """The figure, with clicks where the chart opens articles; or the Markup with its links."""
    drawing = drawing_of(chart, answer)
    if isinstance(drawing, Markup):
        st.html(tie_links(drawing, chart, answer))
        return
    if told := write_key(drawing):
        st.html(told)
    key = f"figure-{chart.slug}"
    if not chart.opens:
        st.plotly_chart(drawing, key=key, theme=None, config=QUIET, alt=chart.question)
        return
    st.plotly_chart(
        drawing,
        key=key,
        theme=None,
        config=QUIET,
        selection_mode="points",
        alt=chart.question,
        on_select=partial(note_click, chart, key),
    )


def _empty(chart: Chart) -> Markup:
    """What to say where there is nothing to draw: a table that is empty yet, or a filter that is too
    narrow.
    """
    view = view_now()
    missing = empty_tables(view.snapshot, chart.needs)
    if missing:
        return Markup(
            '<div class="empty"><b>Nothing of this kind was found yet.</b> No rows in the store\'s '
            "table {}.</div>"
        ).format(", ".join(missing))
    why = "Nothing matches this filter." if view.chosen.to_query() else "There is nothing to show here yet."
    return Markup('<div class="empty"><b>{}</b> {}</div>').format(why, chart.relax)


def _foot(chart: Chart, answer: Answer) -> None:
    """n, unit, interval, outlets, gaps and date on the left; downloads on the right."""
    view = view_now()
    with st.container(key=f"foot-{chart.slug}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            Markup('<span class="told" title="{}">{}</span>').format(
                _sources(answer), " · ".join(_told(answer))
            )
        )
        offer_downloads(chart, answer, view)


def _told(answer: Answer) -> list[str]:
    """What must be said about the answer, in the order of the footer."""
    view = view_now()
    gaps = len(answer.gaps)
    said = [
        f"n = {write_count(answer.n)} {agree(answer.n, answer.unit)}",
        answer.interval,
        f"{gaps} {agree(gaps, 'days not observed')}" if gaps else "",
        answer.note,
        "" if answer.unit == "outlets" else _tell_outlets(answer),
        f"version {view.snapshot.version}",
    ]
    return [part for part in said if part]


def _rest_on(answer: Answer) -> list[str]:
    """The outlets that the rows rest on: those side by side, those that tell the story, or all of the filter."""
    view = view_now()
    known: set[str] = set()
    if "left_outlet" in answer.frame:
        known = {*answer.frame["left_outlet"], *answer.frame["right_outlet"]}
    elif view.chosen.story:
        known = {*answer_of(FIRSTS).frame["outlet"]}
    return sorted(known) or list(view.chosen.outlets or view.newsroom.order)


def _tell_outlets(answer: Answer) -> str:
    """9 outlets, or 2 of 9 where the rows rest on these alone."""
    view = view_now()
    few, every = len(_rest_on(answer)), len(view.chosen.outlets or view.newsroom.order)
    return f"{few} of {every} outlets" if few < every else f"{every} {agree(every, 'outlets')}"


def _sources(answer: Answer) -> str:
    """The outlets that the numbers rest on, and how fresh they are, for the footer's tooltip."""
    view = view_now()
    outlets = ", ".join(view.theme.name_of(outlet) for outlet in _rest_on(answer))
    return f"Outlets: {outlets}. Data as of {view.as_of}."
