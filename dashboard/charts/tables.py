"""Tables: what Markup charts are made of: columns an outlet, clipped sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
from markupsafe import Markup, escape

from dashboard.theme import Theme

EXACT = ("second", "minute", "hour")
STANDING, FEWEST_STANDING = 30, 5  # cells and rows that stand open; the others fold away
FEWEST_FOLDED = 3  # rows that are worth a fold
TABLE = Markup('<div class="wide{}"><table class="{}"><thead><tr>{}</tr></thead>{}</table>{}</div>')
MORE = Markup(
    '<details class="more"><summary><span class="shut">show {} more</span><span class="open">show fewer</span>'
    "</summary></details>"
)


def write_table(
    head: Markup, rows: Sequence[Markup], style: str = "", *, stand: int | None = None, always: bool = False
) -> Markup:
    """A table that scrolls sideways on its own where it is too wide. Rows after the first `stand` fold away on a
    phone, or `always`; downloads show all.
    """
    body, more = fold_rows(rows, stand)
    kind = (" folding" if always else " folding narrow") if more else ""
    return TABLE.format(kind, style, head, body, more)


def fold_rows(rows: Sequence[Markup], stand: int | None) -> tuple[Markup, Markup]:
    """The bodies of a table, the second one folded away, and the line that opens it; empty where all rows stand."""
    if stand is None or len(rows) - stand < FEWEST_FOLDED:
        return Markup("<tbody>{}</tbody>").format(Markup("").join(rows)), Markup("")
    first, rest = (Markup("").join(part) for part in (rows[:stand], rows[stand:]))
    body = Markup('<tbody>{}</tbody><tbody class="rest">{}</tbody>').format(first, rest)
    return body, MORE.format(len(rows) - stand)


def count_standing(rows: Iterable[Sequence[Markup]]) -> int:
    """How many rows of cells stand open: as many as hold thirty filled cells together, five at least."""
    filled = pd.Series([sum(map(bool, cells)) for cells in rows], dtype="int64").cumsum()
    return max(FEWEST_STANDING, int((filled <= STANDING).sum()))


def compare_table(
    what: str,
    rows: Iterable[tuple[Markup, list[Markup]]],
    outlets: list[str],
    theme: Theme,
    *,
    beside: str = "",
    always: bool = False,
) -> Markup:
    """A row a thing, a column an outlet; on a phone the cells stand in a column with their outlet's name.

    `beside` heads a column before the outlets, whose cells come first. Long tables fold: on a phone, or `always`.
    """
    rows = list(rows)
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
    stand = count_standing(cells for _, cells in rows)
    return write_table(
        Markup("<th>{}</th>{}").format(what, head), lines, "compare", stand=stand, always=always
    )


def order_outlets(outlets: pd.Series, theme: Theme) -> list[str]:
    """The outlets of the answer in the fixed order of the store."""
    present = set(outlets.astype(str))
    return [outlet for outlet in theme.order if outlet in present] + sorted(present - set(theme.order))


def outlet_head(outlet: str, theme: Theme, style: str = "") -> Markup:
    """The head of an outlet's column: swatch and name."""
    return Markup('<th class="{}"><i class="sw" style="background:{}"></i>{}</th>').format(
        style, theme.colour_of(outlet), theme.name_of(outlet)
    )


def count_outlets(outlets: object) -> Markup:
    """A cell of how many outlets; on a phone, where no head says so, "1 outlet" or "2 outlets"."""
    unit = "outlet" if outlets == 1 else "outlets"
    return Markup('<td class="n" data-unit="{}">{}</td>').format(unit, outlets)


def clip_text(text: object, length: int) -> Markup:
    """The text, cut at a word with an ellipsis where it is longer."""
    whole = " ".join(str(text).split())
    return escape(whole if len(whole) <= length else whole[: length - 1].rsplit(" ", 1)[0] + " …")


def zone_of(timezone: object, precision: str) -> str:
    """The zone to write a time in: the outlet's, if it has one; a day stays the day that the page names."""
    return timezone if isinstance(timezone, str) and precision in EXACT else "UTC"
