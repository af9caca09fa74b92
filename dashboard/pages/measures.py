"""Measures: what each number means, and the measured quality of the labels that it rests on."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup

from dashboard.charts.measures import MEASURES
from dashboard.screen import write_card

QUALITY = Path(__file__).parents[2] / "benchmarks" / "quality.json"


def show_measures() -> None:
    """The definitions, as a table of term and meaning."""
    rows = Markup("").join(
        Markup('<tr id="{}"><td class="out">{}</td><td>{}</td></tr>').format(
            term.lower().replace(" ", "-"), term, told
        )
        for term, told in MEASURES
    )
    write_card("measures", "What does each measure mean?", "", Markup("<table>{}</table>").format(rows))


def show_quality(path: Path = QUALITY) -> None:
    """The figures of the last evaluation, where it was committed: measure, value, interval, n, data."""
    rows = read_quality(path)
    if not rows:
        write_card(
            "quality",
            "How good are the machine's labels?",
            "",
            Markup(
                '<div class="empty"><b>Not measured in this copy.</b> <code>newsprism '
                "evaluate</code> measures each feature "
                "on labelled data and prints its figures.</div>"
            ),
        )
        return
    lines = Markup("").join(
        Markup(
            '<tr><td>{}</td><td>{}</td><td class="n">{}</td><td class="n">{}</td><td '
            'class="n">{}</td><td>{}</td></tr>'
        ).format(*(row.get(name, "–") for name in ("task", "measure", "value", "interval", "n", "data")))
        for row in rows
    )
    write_card(
        "quality",
        "How good are the machine's labels?",
        "Measured on labelled data that took no part in tuning.",
        Markup(
            '<div class="wide"><table><tr><th>Task</th><th>Measure</th><th '
            'class="n">Value</th><th class="n">95 %'
            '</th><th class="n">n</th><th>Data</th></tr>{}</table></div>'
        ).format(lines),
    )


def read_quality(path: Path) -> list[dict[str, object]]:
    """The rows of the quality file, `{"rows": [...]}` or a list; none where there is no readable file."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    rows = told.get("rows", []) if isinstance(told, dict) else told
    return [row for row in rows if isinstance(row, dict)]
