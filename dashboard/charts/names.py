"""Names: plotly reads a label as a little HTML and LaTeX; what comes from articles must show as the text it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from html import unescape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.queries.answer import Answer
from dashboard.theme import Theme

LONGEST = 40  # characters of a name beside an axis
START, END = (
    "\u2068",
    "\u2069",
)  # isolate: a name that runs from the right must not turn the numbers beside it
RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # marks that turn all that follows
AS_TEXT = TURNS | {ord("&"): "&amp;", ord("<"): "&lt;", ord("$"): "&#36;"}
Draw = Callable[[Answer, Theme], go.Figure]


def names_as_text(draw: Draw) -> Draw:
    """A draw function whose answer and theme hold every text as plotly shows it letter for letter."""

    @wraps(draw)
    def draw_plain(answer: Answer, theme: Theme) -> go.Figure:
        plain = {str(name): part.map(_plain) for name, part in answer.frame.items() if _has_text(part)}
        names = tuple((write_plain(outlet), write_plain(name)) for outlet, name in theme.names)
        worn = theme.wear(tuple(write_plain(outlet) for outlet in theme.order), names)
        return draw(replace(answer, frame=answer.frame.assign(**plain)), worn)

    return draw_plain


def write_plain(text: str) -> str:
    """The text for a label of plotly; isolated from its neighbours where it runs from the right."""
    told = text.translate(AS_TEXT)
    return f"{START}{told}{END}" if RIGHT.search(text) else told


def clip_name(told: str, longest: int = LONGEST) -> str:
    """A name of `write_plain`, cut with an ellipsis where it shows more characters than this."""
    whole = unescape(told).strip(START + END)
    return told if len(whole) <= longest else write_plain(f"{whole[: longest - 1].rstrip()}…")


def _plain(value: Any) -> Any:
    return write_plain(value) if isinstance(value, str) else value


def _has_text(column: pd.Series) -> bool:
    return bool(pd.api.types.is_string_dtype(column.dtype) or column.dtype == object)
