"""Theme: colours for light and dark, one colour an outlet, and how numbers and dates are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Theme:
    """The colours of one mode. `outlets` are in fixed order; only `text_colours` of them may colour text."""

    mode: Literal["light", "dark"]
    paper: str
    card: str
    ink: str
    soft: str
    line: str
    none: str
    mark: str
    inserted: str
    deleted: str
    negative: str
    negative_less: str
    positive: str
    positive_less: str
    outlets: tuple[str, ...]
    text_colours: tuple[str, str]

    def outlet_colour(self, outlet: str, order: tuple[str, ...]) -> str:
        """The colour of an outlet: its place in the fixed order of all outlets of the store; grey past the last."""
        place = order.index(outlet) if outlet in order else len(self.outlets)
        return self.outlets[place] if place < len(self.outlets) else self.soft


LIGHT = Theme(
    mode="light", paper="#FBFAF6", card="#FFFFFF", ink="#1D1D21", soft="#5D5C63", line="#E2DFD6", none="#EFECE4",
    mark="#FFF0B8", inserted="#1F6F54", deleted="#9B2B2B",
    negative="#E08214", negative_less="#FDC98C", positive="#8073AC", positive_less="#CFCBE3",
    outlets=("#0072B2", "#B4501E", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A6A9B", "#8D8A80", "#A6761D"),
    text_colours=("#0072B2", "#B4501E"),
)  # fmt: skip
DARK = Theme(
    mode="dark", paper="#17171A", card="#1F1F23", ink="#ECEAE4", soft="#AFACA4", line="#35343A", none="#2B2A2F",
    mark="#5A4B12", inserted="#7CCBAA", deleted="#F08C8C",
    negative="#F2A65A", negative_less="#8A5A22", positive="#A99BD6", positive_less="#5B5480",
    outlets=("#5AB4E8", "#F0915E", "#3CC79A", "#E3A1C6", "#F2C14E", "#9BD3F5", "#B3A4D6", "#B9B5A9", "#D8A94A"),
    text_colours=("#5AB4E8", "#F0915E"),
)  # fmt: skip
