"""How long each query of the dashboard takes on a generated store, beside a bare count: writes benchmarks/queries.md.

    python -m benchmarks.queries [FOLDER]        where the store lies; made there at the first call (minutes)

A query is called once before it is timed, as a page does that was looked at before; nothing is kept of its answer.
"""

from __future__ import annotations

import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.query_store import MENTIONS, open_store
from dashboard.charts.chart import Chart
from dashboard.filters import Filter
from dashboard.pages.actors import ACTORS
from dashboard.pages.framing import FRAMING
from dashboard.pages.outlets import OUTLETS
from dashboard.pages.overview import OVERVIEW
from dashboard.pages.page import Page
from dashboard.pages.stories import STORIES
from dashboard.pages.timeline import TIMELINE
from etl.schema import TABLES
from etl.store import Snapshot

ANSWER = Path(__file__).with_suffix(".md")
FOLDER = Path(tempfile.gettempdir()) / "newsprism-queries"
ARTICLES, TIMES = 250_000, 3
PAGES = (OVERVIEW, OUTLETS, TIMELINE, STORIES, ACTORS, FRAMING)
ALL_DAYS, MONTH = Filter(), Filter(start=date(2024, 6, 1), end=date(2024, 6, 30))
BAR = 150.0  # milliseconds
HOW = (
    f"Medians of {TIMES} calls after a first; CPU: of all processors together, which other work on the machine changes "
    "less than the clock. Bare: DuckDB counts the different articles of the largest table that the query reads; ratio: "
    "CPU over all days to that."
)
HEAD = (
    "| page | query | n | all days, ms | CPU ms | bare count of | its CPU ms | ratio | 30 days, ms | CPU ms |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


class Spent(NamedTuple):
    """What one call takes: by the clock, and of all processors."""

    wall: float
    processors: float


class Measure(NamedTuple):
    """One query: rows of its answer; milliseconds over all days and over thirty, and those of a bare count."""

    page: str
    query: str
    rows: int
    whole: Spent
    month: Spent
    table: str
    bare: Spent


def main(folder: Path = FOLDER, articles: int = ARTICLES) -> None:
    """Measure all queries and write the table."""
    snapshot = open_store(folder, articles).snapshot()
    measures = list(measure_pages(snapshot))
    ANSWER.write_text("\n".join(write_answer(measures, articles)) + "\n", encoding="utf-8")
    print(ANSWER.read_text(encoding="utf-8"))


def measure_pages(snapshot: Snapshot, times: int = TIMES) -> Iterator[Measure]:
    """Each query of the pages once, on the first page that shows it."""
    seen = set[str]()
    for page in PAGES:
        for chart in page.charts:
            if chart.slug not in seen:
                seen.add(chart.slug)
                yield measure_chart(snapshot, page, chart, times)


def measure_chart(snapshot: Snapshot, page: Page, chart: Chart, times: int) -> Measure:
    """The query of a chart, beside a count of the articles in the largest table that it needs."""
    table = find_largest(snapshot, chart.needs)
    rows = len(chart.query(snapshot, ALL_DAYS).frame)
    whole = spend(lambda: chart.query(snapshot, ALL_DAYS), times)
    month = spend(lambda: chart.query(snapshot, MONTH), times)
    bare = spend(lambda: snapshot.sql(f"SELECT count(DISTINCT article_id) FROM {table}"), times)  # noqa: S608  # ours
    return Measure(page.title, chart.slug, rows, whole, month, table, bare)


def find_largest(snapshot: Snapshot, names: tuple[str, ...]) -> str:
    """The table of most rows among those that name articles; `articles` where none of them does."""
    read = [name for name in names if "article_id" in TABLES[name].empty()]
    rows = {name: int(snapshot.sql(f"SELECT count(*) AS n FROM {name}")["n"].iloc[0]) for name in read}  # noqa: S608
    return max(rows, key=lambda name: rows[name], default="articles")


def spend(ask: Callable[[], object], times: int) -> Spent:
    """The medians of so many calls."""
    return Spent(
        *(1000 * statistics.median(part) for part in zip(*(_clock(ask) for _ in range(times)), strict=True))
    )


def write_answer(measures: list[Measure], articles: int) -> Iterator[str]:
    """The table in Markdown, under what was measured and how many queries are within the bar."""
    machine = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}"
    within = sum(measure.whole.wall <= BAR for measure in measures)
    yield f"# Queries\n\n{machine}. {articles:,} articles of a year with {articles * MENTIONS:,} mentions. {HOW}\n"
    yield from HEAD
    for one in measures:
        yield (
            f"| {one.page} | {one.query} | {one.rows} | {one.whole.wall:.0f} | {one.whole.processors:.0f} "
            f"| {one.table} | {one.bare.processors:.0f} | {one.whole.processors / max(one.bare.processors, 0.1):.1f} "
            f"| {one.month.wall:.0f} | {one.month.processors:.0f} |"
        )
    yield f"\nWithin {BAR:g} ms by the clock over all days: {within} of {len(measures)} queries."


def _clock(ask: Callable[[], object]) -> Spent:
    """The seconds of one call."""
    began, used = time.perf_counter(), time.process_time()
    ask()
    return Spent(time.perf_counter() - began, time.process_time() - used)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
