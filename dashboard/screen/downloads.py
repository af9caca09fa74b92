"""Downloads: each card as table, PNG, SVG, CSV, HTML, and the evidence behind it. Made when clicked, not
before.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.export.figure import write_image, write_page
from dashboard.export.stamp import make_stamp
from dashboard.export.tables import write_csv
from dashboard.queries.answer import Answer
from dashboard.queries.opened import list_evidence
from dashboard.screen.view import View, drawing_of


def offer_downloads(chart: Chart, answer: Answer, view: View) -> None:
    """A row of small links; nothing but the evidence where the answer is empty."""
    with st.container(
        key=f"get-{chart.slug}", horizontal=True, horizontal_alignment="right", gap="xsmall", width="content"
    ):
        if not answer.empty:
            shown = st.session_state.get(f"as_table-{chart.slug}", False)
            word = "chart" if shown else "table"
            st.button(word, key=f"turn-{chart.slug}", type="tertiary", on_click=_turn, args=(chart.slug,))
        for word, name, content in _files(chart, answer, view):
            st.download_button(
                word, content, file_name=name, key=f"{word}-{chart.slug}", type="tertiary", on_click="ignore"
            )


def _files(chart: Chart, answer: Answer, view: View) -> list[tuple[str, str, Callable[[], bytes]]]:
    """Word, file name and maker of each download; makers run outside the session, so they hold what they
    need.
    """
    stamp = make_stamp(chart, answer, view.chosen, version=view.snapshot.version, as_of=view.as_of)
    evidence = (
        "evidence",
        stamp.file_name("evidence.csv"),
        lambda: write_csv(list_evidence(view.snapshot, view.chosen)),
    )
    if answer.empty:
        return [evidence]
    drawing = drawing_of(chart, answer)
    files: list[tuple[str, str, Callable[[], bytes]]] = [
        ("PNG", stamp.file_name("png"), lambda: write_image(drawing, stamp, view.theme, "png")),
        ("SVG", stamp.file_name("svg"), lambda: write_image(drawing, stamp, view.theme, "svg")),
        ("CSV", stamp.file_name("csv"), lambda: write_csv(answer.frame)),
        ("HTML", stamp.file_name("html"), lambda: write_page(drawing, stamp, view.theme).encode()),
        evidence,
    ]
    return [file for file in files if file[0] != "SVG" or not isinstance(drawing, Markup)]


def _turn(slug: str) -> None:
    """Chart to table and back."""
    st.session_state[f"as_table-{slug}"] = not st.session_state.get(f"as_table-{slug}", False)
