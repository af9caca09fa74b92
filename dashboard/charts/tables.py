"""Tables: what Markup charts are made of: columns an outlet, clipped sentences."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from dashboard.theme import Theme

TABLE = Markup('<div class="wide"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>')


def write_table(head: Markup, rows: list[Markup]) -> Markup:
    """A table that scrolls sideways on its own where it is too wide."""
    body = Markup("").join(rows)
    return TABLE.format(head, body)


def order_outlets(outlets: pd.Series, theme: Theme) -> list[str]:
    """The outlets of the answer in the fixed order of the store."""
    present = set(outlets.astype(str))
    return [outlet for outlet in theme.order if outlet in present] + sorted(present - set(theme.order))


def outlet_head(outlet: str, theme: Theme, style: str = "") -> Markup:
    """The head of an outlet's column: swatch and name."""
    return Markup('<th class="{}"><i class="sw" style="background:{}"></i>{}</th>').format(
        style, theme.colour_of(outlet), theme.name_of(outlet)
    )


def clip_text(text: object, length: int) -> Markup:
    """The text, cut at a word with an ellipsis where it is longer."""
    whole = " ".join(str(text).split())
    return escape(whole if len(whole) <= length else whole[: length - 1].rsplit(" ", 1)[0] + " …")
