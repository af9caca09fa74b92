"""Digests: what a chart shows, in words that a person can read and compare; colours by their role."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from dashboard.charts.chart import Chart
from dashboard.queries.answer import Answer
from dashboard.theme import Theme

ROLES = ("ink", "soft", "card", "none", "positive", "negative", "positive_less", "negative_less")
LINES = {"tr", "p", "div", "summary", "h2"}
MARKS = {"mark": "«»", "ins": "++", "del": "~~", "b": "**", "code": "``"}


def tell_chart(chart: Chart, answer: Answer, theme: Theme) -> dict[str, Any]:
    """The head of the card, and the figure or table in it."""
    drawing = chart.draw(answer, theme)
    head = {"question": chart.question, "reading": chart.reading, "n": f"{answer.n} {answer.unit}"}
    return head | (
        tell_markup(drawing, theme) if isinstance(drawing, Markup) else tell_figure(drawing, theme)
    )


def tell_figure(figure: go.Figure, theme: Theme) -> dict[str, Any]:
    """Title, axes, traces and notes of a figure."""
    layout = figure.layout
    return {
        "title": layout.title.text or "",
        "axes": [_tell_axis(name, getattr(layout, name)) for name in ("xaxis", "yaxis")],
        "traces": [_tell_trace(trace, theme) for trace in figure.data],
        "notes": [
            f"{note.text} @ {_round(note.x)}, {_round(note.y)} ({role_of(note.font.color, theme)})"
            for note in layout.annotations
        ],
        "lines": [f"{_round(shape.x0)} to {_round(shape.x1)}" for shape in layout.shapes],
    }


def tell_markup(markup: Markup, theme: Theme) -> dict[str, Any]:
    """Column heads and lines of a table."""
    reader = _Reader(theme)
    reader.feed(str(markup))
    return {
        "columns": [_tidy(head) for head in reader.heads],
        "rows": [line for line in map(_tidy, reader.lines) if line],
    }


def role_of(colour: object, theme: Theme) -> str:
    """What a colour stands for in the theme: an outlet by its name, ink, soft; else as it is."""
    outlets = {theme.colour_of(outlet): f"colour of {outlet}" for outlet in theme.order}
    roles = {getattr(theme, role): role for role in ROLES}
    return (roles | outlets).get(str(colour), str(colour or "plain"))


def _tell_axis(name: str, axis: Any) -> str:
    """Title, ticks and range of an axis on one line."""
    told = {
        "title": axis.title.text,
        "ticks": None if axis.ticktext is None else " / ".join(map(str, axis.ticktext)),
        "format": axis.tickformat,
        "range": None if axis.range is None else " to ".join(str(_round(edge)) for edge in axis.range),
        "order": axis.autorange,
        "hidden": axis.visible is False or None,
    }
    return "; ".join([name, *(f"{word} {text}" for word, text in told.items() if text is not None)])


def _tell_trace(trace: Any, theme: Theme) -> dict[str, Any]:
    """All that a reader sees of one trace; nothing that is not given."""
    told: dict[str, Any] = {"type": trace.type, "name": trace.name}
    told |= {name: _values(getattr(trace, name, None)) for name in ("x", "y", "z", "text")}
    told["hover"] = _values(trace.hovertext)
    told["opens"] = _values(trace.customdata)
    error = getattr(trace, "error_x", None)
    if error is not None and error.array is not None:
        told["above"], told["below"] = _values(error.array), _values(error.arrayminus)
    if trace.type != "heatmap" and trace.marker.color is not None:
        colours = [trace.marker.color] if isinstance(trace.marker.color, str) else trace.marker.color
        told["colour"] = [role_of(colour, theme) for colour in colours]
    return {name: value for name, value in told.items() if value not in (None, [])}


def _values(values: Any) -> Any:
    if values is None or isinstance(values, str):
        return values
    return [_values(value) if _is_row(value) else _round(value) for value in values]


def _is_row(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str)


def _round(value: Any) -> Any:
    """Numbers to three places, unknown ones as null, all else as text."""
    if isinstance(value, str) or value is None:
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value)
    return None if math.isnan(number) else int(number) if number.is_integer() else round(number, 3)


def _tidy(line: str) -> str:
    return re.sub(r"\s+", " ", line).strip(" |")


class _Reader(HTMLParser):
    """HTML as lines: cells parted by bars, marks as «», links as →, pictures and dots by their words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme, self.lines, self.heads = theme, [""], list[str]()
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in LINES and "td" not in [name for name, _ in self.open]:
            self.lines.append("")
        if tag == "th":
            self.heads.append("")
        if tag not in ("img", "br"):
            self.open.append((tag, f" →{given['href']}" if "href" in given else MARKS.get(tag, " ")[-1]))
        self._say(" | " if tag == "td" else MARKS.get(tag, " ")[0])
        self._say(_tell_attributes(given, self.theme))

    def handle_endtag(self, tag: str) -> None:
        opened, closing = self.open[-1]
        assert opened == tag, f"</{tag}> closes <{opened}>"
        self._say(closing)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self._say(data)

    def _say(self, text: str) -> None:
        """To the head where a head is open, else to the last line."""
        told = self.heads if "th" in [tag for tag, _ in self.open] else self.lines
        told[-1] += text


def _tell_attributes(given: dict[str, str], theme: Theme) -> str:
    """What an element says to those who hover, cannot see, or see its colour."""
    words = [given[name] for name in ("title", "aria-label", "alt", "data-outlet") if given.get(name)]
    colour = re.search(r"(?:color|background):(#\w+)", given.get("style", ""))
    words += [role_of(colour.group(1), theme)] if colour else []
    return f"({', '.join(words)})" if words else ""
