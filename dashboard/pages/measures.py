"""Measures: what each number means, and the measured quality of the labels that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from dashboard.charts.accuracy import QUALITY, read_quality
from dashboard.charts.measures import MEASURES
from dashboard.screen import write_card
from dashboard.theme import write_number

COLUMNS = ("Measure", "Value", "95 %", "n", "Data", "Elsewhere")
NUMBERS = ("Value", "95 %", "n")


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
    tasks = dict.fromkeys(str(row.get("task", "other")) for row in rows)
    write_card(
        "quality",
        "How good are the machine's labels?",
        "Value of each measure (0 to 1) with its 95 % interval. Elsewhere: what others reach on the same "
        "kind of data; “learned from it” marks data that taught the model, where the value proves nothing.",
        Markup("").join(
            _draw_task(task, [row for row in rows if row.get("task", "other") == task]) for task in tasks
        ),
    )


def _draw_task(task: str, rows: list[dict[str, object]]) -> Markup:
    """The measures of one task, folded."""
    lines = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup('<td class="{}">{}</td>').format("n" if name in NUMBERS else "", cell)
                for name, cell in _tell_quality(row).items()
            )
        )
        for row in rows
    )
    head = Markup("").join(
        Markup('<th class="{}">{}</th>').format("n" if name in NUMBERS else "", name) for name in COLUMNS
    )
    return Markup(
        '<details><summary>{} <span class="sm">{} measures</span></summary>'
        '<div class="wide"><table><tr>{}</tr>{}</table></div></details>'
    ).format(task.capitalize(), len(rows), head, lines)


def _tell_quality(row: Mapping[str, object]) -> dict[str, str]:
    """One measure as readers write it, by column."""
    low, high = (_write(row.get(edge)) for edge in ("low", "high"))
    unit = row.get("unit") or ""
    values = (
        str(row.get("measure", "–")).replace("_", " ").replace("f1", "F1"),
        _write(row.get("value")),
        f"[{low}, {high}]" if "low" in row else "–",
        f"{row.get('n', '–')} {unit}{'s' if unit else ''}",
        str(row.get("data", "–")).split(".")[0].replace("_", " "),
        str(row.get("elsewhere") or "–"),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _write(value: object) -> str:
    """A value with three places; what is no number stays as it is."""
    return write_number(value, 3) if isinstance(value, int | float) else str(value)
