"""Downloads: each card as table, PNG, SVG, CSV, HTML, and the evidence behind it. Made when clicked, not
before.
"""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.export.figure import ImageFormat, write_image, write_page
from dashboard.export.stamp import Stamp, make_stamp
from dashboard.export.tables import write_csv
from dashboard.export.worker import find_browser
from dashboard.queries.answer import Answer
from dashboard.queries.opened import list_evidence
from dashboard.screen.view import View, drawing_of
from dashboard.theme import Theme
from etl.errors import ExportFailed

IMAGES = ("PNG", "SVG", "PDF")


def offer_downloads(chart: Chart, answer: Answer, view: View) -> None:
    """A row of small links; nothing but the evidence where the answer is empty."""
    with st.container(
        key=f"get-{chart.slug}", horizontal=True, horizontal_alignment="right", gap="xsmall", width="content"
    ):
        if not answer.empty:
            shown = st.session_state.get(f"as_table-{chart.slug}", False)
            word = "chart" if shown else "table"
            st.button(word, key=f"turn-{chart.slug}", type="tertiary", on_click=_turn, args=(chart.slug,))
        missing = _missing_browser()
        for word, name, content in _files(chart, answer, view):
            key = f"{word}-{chart.slug}"
            if missing and word in IMAGES:
                st.button(word, key=key, type="tertiary", on_click=_ask, args=(chart.slug,))
            else:
                st.download_button(word, content, file_name=name, key=key, type="tertiary", on_click="ignore")


def tell_hindrance(chart: Chart) -> None:
    """Why there is no image and what would give one, under the card whose image was asked for."""
    asked = st.session_state.get("image_asked") == chart.slug
    told = _failures().get(chart.slug) or (_missing_browser() if asked else "")
    if told:
        st.html(Markup('<div class="empty mend" role="status"><b>No image.</b> {}</div>').format(told))


def _missing_browser() -> str:
    """What to do where there is no browser to draw with; "" where there is one."""
    try:
        find_browser()
    except ExportFailed as missing:
        return str(missing)
    return ""


@st.cache_resource(show_spinner=False)
def _failures() -> dict[str, str]:
    """The message of the last image of a chart that failed, for all sessions: makers run outside of them."""
    return {}


def _make_image(drawing: go.Figure | Markup, stamp: Stamp, theme: Theme, kind: ImageFormat) -> bytes:
    """The image; a failure is kept, so that the card can tell it."""
    try:
        made = write_image(drawing, stamp, theme, kind)
    except ExportFailed as failed:
        _failures()[stamp.slug] = str(failed)
        raise
    _failures().pop(stamp.slug, None)
    return made


def _files(chart: Chart, answer: Answer, view: View) -> list[tuple[str, str, Callable[[], bytes]]]:
    """Word, file name and maker of each download; makers run outside the session, so they hold what they
    need.
    """
    version, as_of = view.snapshot.version, view.as_of
    stamp = make_stamp(chart, answer, view.chosen, version=version, as_of=as_of, room=view.room)
    evidence = (
        "evidence",
        stamp.file_name("evidence.csv"),
        lambda: write_csv(list_evidence(view.snapshot, view.chosen)),
    )
    if answer.empty:
        return [evidence]
    drawing = drawing_of(chart, answer)
    files: list[tuple[str, str, Callable[[], bytes]]] = [
        ("PNG", stamp.file_name("png"), lambda: _make_image(drawing, stamp, view.theme, "png")),
        ("SVG", stamp.file_name("svg"), lambda: _make_image(drawing, stamp, view.theme, "svg")),
        ("PDF", stamp.file_name("pdf"), lambda: _make_image(drawing, stamp, view.theme, "pdf")),
        ("CSV", stamp.file_name("csv"), lambda: write_csv(answer.frame)),
        ("HTML", stamp.file_name("html"), lambda: write_page(drawing, stamp, view.theme).encode()),
        evidence,
    ]
    return [file for file in files if file[0] not in ("SVG", "PDF") or not isinstance(drawing, Markup)]


def _ask(slug: str) -> None:
    """Remember whose image was asked for."""
    st.session_state["image_asked"] = slug


def _turn(slug: str) -> None:
    """Chart to table and back."""
    st.session_state[f"as_table-{slug}"] = not st.session_state.get(f"as_table-{slug}", False)
