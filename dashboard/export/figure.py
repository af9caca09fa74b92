"""Figures as files: PNG and SVG by one Chromium, and HTML that needs nothing from outside."""

from __future__ import annotations

import html
import re
from typing import Any, Literal

import plotly.graph_objects as go
from markupsafe import Markup, escape

from dashboard.export.stamp import Stamp
from dashboard.export.worker import draw_image, photograph_page
from dashboard.theme import SANS, SERIF, Theme, read_look

ImageFormat = Literal["png", "svg", "pdf"]
LINK = re.compile(r'href="(?:open|page):[^"]*"')  # leads somewhere only inside the app
WIDTH, HEIGHT, MARGIN, LINE = 1200, 560, 28, 18
LETTERS = 165  # of the footer in one line at this width


def write_image(drawing: go.Figure | Markup, stamp: Stamp, theme: Theme, kind: ImageFormat = "png") -> bytes:
    """The figure with its question, reading and source drawn around it; Markup only as PNG.

    Raises:
        ExportFailed: there is no Chromium, or it did not answer; or Markup was asked for as another format.
    """
    if isinstance(drawing, Markup):
        return photograph_page(write_page(drawing, stamp, theme), kind, stamp.slug)
    return draw_image(dress_figure(drawing, stamp, theme).to_plotly_json(), kind, stamp.slug)


def write_page(drawing: go.Figure | Markup, stamp: Stamp, theme: Theme) -> str:
    """One HTML file with plotly.js and all styles inside; no script but plotly's own."""
    body = LINK.sub("", drawing) if isinstance(drawing, Markup) else _figure_markup(drawing)
    verdict = Markup('<div class="verdict">{}</div>').format(stamp.verdict) if stamp.verdict else ""
    foot = Markup("<br>").join(escape(line) for line in stamp.footer.split("\n"))
    style = f":root{{{theme.variables}}}{read_look()}{_PAGE_STYLE}"
    return (
        f'<!doctype html><html lang="en"><head><meta '
        f'charset="utf-8"><title>{html.escape(stamp.question)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{style}</style></head>'
        f'<body class="np"><section class="paper"><h2>{escape(stamp.question)}</h2>'
        f'<p class="how">{escape(stamp.reading)}</p>{body}{verdict}<p '
        f'class="told">{foot}</p></section></body></html>'
    )


def dress_figure(figure: go.Figure, stamp: Stamp, theme: Theme) -> go.Figure:
    """A copy of the figure on the card's colour, with title, reading and footer; the figure is unchanged."""
    reading, foot = _wrap(stamp.reading), _wrap(stamp.asked) + _wrap(stamp.source)
    top, bottom = 58 + LINE * len(reading), 34 + LINE * len(foot)
    dressed = go.Figure(figure)
    given = figure.layout.margin.to_plotly_json()
    dressed.update_layout(
        template=theme.template,
        paper_bgcolor=theme.card,
        plot_bgcolor=theme.card,
        margin={
            "t": (given.get("t") or 12) + top,
            "b": (given.get("b") or 8) + bottom,
            "l": (given.get("l") or 8) + MARGIN + 30,
            "r": (given.get("r") or 8) + MARGIN,
        },
        width=WIDTH,
        height=(figure.layout.height or HEIGHT - 120) + top + bottom,
        title=_title(stamp, reading, theme),
    )
    _write_foot(dressed, foot, theme)
    return dressed


def _title(stamp: Stamp, reading: list[str], theme: Theme) -> dict[str, Any]:
    """The question, and under it how to read the figure, at the upper left of the image."""
    return {
        "text": f"<b>{html.escape(stamp.question)}</b>",
        "font": {"family": SERIF, "size": 22, "color": theme.ink},
        "subtitle": {
            "text": "<br>".join(map(html.escape, reading)),
            "font": {"family": SANS, "size": 13, "color": theme.soft},
        },
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": MARGIN, "t": 20},
    }


def _write_foot(figure: go.Figure, foot: list[str], theme: Theme) -> None:
    """The footer at the lower left of the image: Plotly can place only a legend there, so one with a
    title.
    """
    figure.update_traces(showlegend=bool(figure.layout.showlegend))
    figure.add_scatter(
        x=[None],
        y=[None],
        name=" ",
        legend="legend9",
        showlegend=True,
        marker={"color": "rgba(0,0,0,0)"},
        mode="markers",
    )
    figure.update_layout(
        showlegend=True,
        legend9={
            "title": {
                "text": "<br>".join(map(html.escape, foot)),
                "font": {"size": 12, "color": theme.soft},
                "side": "top",
            },
            "x": MARGIN / WIDTH,
            "xref": "container",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "xanchor": "left",
            "orientation": "h",
            "bgcolor": "rgba(0,0,0,0)",
            "itemclick": False,
        },
    )


def _figure_markup(figure: go.Figure) -> str:
    """The figure as a division with plotly.js inline."""
    made: str = figure.to_html(full_html=False, include_plotlyjs=True, config={"displayModeBar": False})
    return made


def _wrap(text: str) -> list[str]:
    """Lines of at most `LETTERS` letters, broken between words."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > LETTERS and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if text.strip() else []


_PAGE_STYLE = """
body{margin:0;background:var(--paper)}
.paper{max-width:1160px;margin:24px auto;background:var(--card);border:1px solid
var(--line);border-radius:6px;padding:18px 20px}
"""
