"""Figures as files: PNG, SVG and PDF by one Chromium, and HTML that needs nothing from outside."""

from __future__ import annotations

import html
import re
from typing import Literal

import plotly.graph_objects as go
from markupsafe import Markup, escape

from dashboard.charts.marks import is_keyed, write_key
from dashboard.export.sheet import WIDTH, lay_out_sheet, place_sheet
from dashboard.export.stamp import Stamp
from dashboard.export.worker import draw_image, photograph_page
from dashboard.theme import Theme, read_look

ImageFormat = Literal["png", "svg", "pdf"]
LINK = re.compile(r'href="(?:open|page):[^"]*"')  # leads somewhere only inside the app
HEIGHT = 440  # of a figure that names none, pixels


def write_image(drawing: go.Figure | Markup, stamp: Stamp, theme: Theme, kind: ImageFormat = "png") -> bytes:
    """The figure with its question, reading and source drawn around it; Markup only as PNG.

    Raises:
        ExportFailed: there is no Chromium, or it did not answer; or Markup was asked for as another format.
    """
    if isinstance(drawing, Markup):
        return photograph_page(write_page(drawing, stamp, theme), kind, stamp.slug)
    sheet = lay_out_sheet(_draw_plot(drawing, stamp, theme), stamp, theme)
    if kind == "svg":
        return sheet.svg.encode("utf-8")
    return draw_image(place_sheet(sheet), kind, stamp.slug)


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


def _draw_plot(figure: go.Figure, stamp: Stamp, theme: Theme) -> str:
    """The figure alone as SVG, as wide as the sheet, on the colour of a card; the figure is unchanged."""
    plain = go.Figure(figure)
    plain.update_layout(
        template=theme.template,
        paper_bgcolor=theme.card,
        plot_bgcolor=theme.card,
        width=WIDTH,
        showlegend=is_keyed(figure),
        height=figure.layout.height or HEIGHT,
    )
    return draw_image(plain.to_plotly_json(), "svg", stamp.slug).decode("utf-8")


def _figure_markup(figure: go.Figure) -> str:
    """The figure's key, and the figure as a division with plotly.js inline."""
    made: str = figure.to_html(full_html=False, include_plotlyjs=True, config={"displayModeBar": False})
    return str(write_key(figure)) + made  # both are markup of our own making


_PAGE_STYLE = """
body{margin:0;padding:24px;background:var(--paper)}
.paper{box-sizing:border-box;max-width:1160px;margin:0 auto;background:var(--card);border:1px solid
var(--line);border-radius:6px;padding:18px 20px}
.tall{max-height:none}
"""
