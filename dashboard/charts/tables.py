"""Tables: what Markup charts are made of: columns an outlet, clipped sentences."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup, escape

from dashboard.theme import Theme

EXACT = ("second", "minute", "hour")
TABLE = Markup(
    '<div class="wide"><table class="{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
)


def write_table(head: Markup, rows: list[Markup], style: str = "") -> Markup:
    """A table that scrolls sideways on its own where it is too wide."""
    return TABLE.format(style, head, Markup("").join(rows))


def compare_table(
    what: str,
    rows: Iterable[tuple[Markup, list[Markup]]],
    outlets: list[str],
    theme: Theme,
    *,
    beside: str = "",
) -> Markup:
    """A row a thing, a column an outlet; on a phone the cells stand in a column with their outlet's name.

    `beside` heads a column before the outlets, whose cells come first.
    """
    first = [beside] if beside else []
    names = [*first, *(theme.name_of(outlet) for outlet in outlets)]
    heads = [
        *(Markup("<th>{}</th>").format(word) for word in first),
        *(outlet_head(o, theme) for o in outlets),
    ]
    head = Markup("").join(heads)
    lines = [
        Markup('<tr><td class="what">{}</td>{}</tr>').format(
            told,
            Markup("").join(
                Markup('<td data-outlet="{}">{}</td>').format(name, cell)
                for name, cell in zip(names, cells, strict=True)
            ),
        )
        for told, cells in rows
    ]
    return write_table(Markup("<th>{}</th>{}").format(what, head), lines, "compare")


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


def zone_of(timezone: object, precision: str) -> str:
    """The zone to write a time in: the outlet's, if it has one; a day stays the day that the page names."""
    return timezone if isinstance(timezone, str) and precision in EXACT else "UTC"
