"""Command: a chart or a table as bytes, without a screen; what `newsprism export` and reports use."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

import pandas as pd

from dashboard.charts import CHARTS
from dashboard.charts.chart import Chart
from dashboard.export.figure import write_image, write_page
from dashboard.export.stamp import make_stamp
from dashboard.export.tables import write_csv, write_jsonl, write_parquet
from dashboard.filters import Filter, find_unread, read_number
from dashboard.queries.behind import hold_articles
from dashboard.queries.newsroom import read_newsroom
from dashboard.queries.opened import list_evidence
from dashboard.theme import LIGHT, write_time
from etl.errors import ExportFailed
from etl.schema import TABLES
from etl.store import Snapshot

ROWS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "jsonl": write_jsonl,
}
IMAGES = ("png", "svg", "pdf")


def read_permalink(line: str) -> tuple[Filter, str, int | None]:
    """Filter, newsroom and store version of what stands after ? in a permalink; "" and none where it names none.

    Raises:
        ExportFailed: a part of it says nothing, so that the numbers would be others than those of the page.
    """
    query = dict(parse_qsl(line.removeprefix("?"), keep_blank_values=True))
    if lost := find_unread(query):
        raise ExportFailed(f"--filter: {lost[0]} says nothing; copy what stands after ? in a permalink")
    return Filter.from_query(query), query.get("room", ""), read_number(query.get("as_of", ""))


def export_chart(snapshot: Snapshot, slug: str, chosen: Filter, kind: str, *, room: str = "") -> bytes:
    """The chart of this slug under this filter as png, svg, pdf, html, csv, parquet, jsonl, or `evidence`.

    `room` names the newsroom in the stamp of a page or an image.

    Raises:
        ExportFailed: no such chart or format, nothing matches the filter, or no browser for an image.
    """
    chart, chosen = _find_chart(slug), hold_articles(snapshot, chosen)
    if kind == "evidence":
        return write_csv(list_evidence(snapshot, chosen))
    answer = chart.query(snapshot, chosen)
    if kind in ROWS:
        return ROWS[kind](answer.frame)
    if kind not in (*IMAGES, "html"):
        raise ExportFailed(
            f"no format {kind or '(none)'}; choose {', '.join((*IMAGES, 'html', *ROWS, 'evidence'))}"
        )
    if answer.empty:
        raise ExportFailed(f"{slug} has nothing to draw: {chart.relax}")
    newsroom = read_newsroom(snapshot)
    theme = LIGHT.wear(newsroom.order, newsroom.names)
    drawing = chart.draw(answer, theme)
    as_of = write_time(snapshot.made)
    stamp = make_stamp(chart, answer, chosen, version=snapshot.version, as_of=as_of, room=room)
    if kind == "html":
        return write_page(drawing, stamp, theme).encode("utf-8")
    return write_image(drawing, stamp, theme, kind)  # type: ignore[arg-type]  # it is one of IMAGES here


def export_table(snapshot: Snapshot, name: str, kind: str) -> bytes:
    """A whole table of the store as csv, parquet or jsonl.

    Raises:
        ExportFailed: no such table or format.
    """
    if name not in TABLES:
        raise ExportFailed(f"no table {name}; there are {', '.join(TABLES)}")
    if kind not in ROWS:
        raise ExportFailed(f"no format {kind or '(none)'} for a table; choose {', '.join(ROWS)}")
    return ROWS[kind](snapshot.table(name))


def _find_chart(slug: str) -> Chart:
    """The chart of this slug."""
    found = [chart for chart in CHARTS if chart.slug == slug]
    if not found:
        raise ExportFailed(
            f"no chart {slug or '(none)'}; there are {', '.join(sorted(c.slug for c in CHARTS))}"
        )
    return found[0]
