"""Sheet: a plot with its question above it and its filter, n, interval and version below it, as one SVG.

Plotly moves its own margins for long labels, so nothing that it places can stand at the edge of the image.
The texts are therefore written around the finished plot.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from dashboard.export.stamp import Stamp
from dashboard.theme import SANS, SERIF, Theme

EDGE, WIDTH = 28, 1144  # pixels around everything, and of the plot between the edges
QUESTION, READING, FOOT = 23, 14, 12  # sizes of letters, pixels
NARROW = {QUESTION: 0.52, READING: 0.47, FOOT: 0.48}  # width of a letter by its size, of Noto and Source
SIZE = re.compile(r'<svg[^>]*?\bwidth="([0-9.]+)"[^>]*?\bheight="([0-9.]+)"')
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no way to write them


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A whole image as SVG, and its size in CSS pixels."""

    svg: str
    width: int
    height: int


def lay_out_sheet(plot: str, stamp: Stamp, theme: Theme) -> Sheet:
    """Question and reading, the plot as it is, the verdict, and the footer under a thin line."""
    above, top = _write_lines(
        EDGE,
        (stamp.question, QUESTION, f'font-family="{escape(SERIF)}" font-weight="600" fill="{theme.ink}"'),
        (stamp.reading, READING, f'fill="{theme.soft}"'),
    )
    top += 10
    bottom = top + _height_of(plot) + 10
    verdict, line = _write_lines(bottom, (stamp.verdict, READING, f'font-weight="600" fill="{theme.ink}"'))
    foot, end = _write_lines(
        line + 8,
        *((text, FOOT, f'fill="{theme.soft}"') for text in stamp.footer.split("\n")),
    )
    width, height = WIDTH + 2 * EDGE, end + EDGE - 8
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} '
        f'{height}" font-family="{escape(SANS)}"><title>{_plain(stamp.question)}</title><rect width="{width}" '
        f'height="{height}" fill="{theme.card}"/>',
        above,
        f'<g transform="translate({EDGE},{top})">{plot}</g>',
        verdict,
        f'<path d="M{EDGE} {line}H{EDGE + WIDTH}" stroke="{theme.line}"/>',
        foot,
        "</svg>",
    )
    return Sheet(svg="".join(parts), width=width, height=height)


def place_sheet(sheet: Sheet) -> dict[str, Any]:
    """A figure that is nothing but the sheet: how the one browser makes PNG and PDF of it."""
    source = f"data:image/svg+xml;base64,{b64encode(sheet.svg.encode()).decode()}"
    picture = {"source": source, "xref": "paper", "yref": "paper", "x": 0, "y": 1, "sizex": 1, "sizey": 1}
    return {
        "data": [],
        "layout": {
            "width": sheet.width,
            "height": sheet.height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": {"visible": False},
            "yaxis": {"visible": False},
            "images": [{**picture, "sizing": "stretch"}],
        },
    }


def _write_lines(top: int, *texts: tuple[str, int, str]) -> tuple[str, int]:
    """Text elements from `top` down for each (text, size, style), and where they end."""
    written = ""
    for text, size, style in texts:
        for line in wrap_text(text, int(WIDTH / (size * NARROW[size]))):
            top += round(1.42 * size)
            written += (
                f'<text x="{EDGE}" y="{top - round(0.4 * size)}" font-size="{size}" {style}>'
                f"{_plain(line)}</text>"
            )
        top += 4 if text else 0
    return written, top


def wrap_text(text: str, letters: int) -> list[str]:
    """Lines of at most so many letters, broken between words; a longer word stands alone."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > letters and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if text.strip() else []


def _plain(text: str) -> Markup:
    """Text as XML may hold it."""
    return escape(UNPRINTABLE.sub("", text))


def _height_of(plot: str) -> int:
    """How high the plot says it is."""
    found = SIZE.search(plot)
    if found is None:
        raise ValueError("the plot does not say how high it is")
    return round(float(found.group(2)))
