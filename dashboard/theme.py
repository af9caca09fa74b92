"""Theme: colours for light and dark, one colour an outlet, and how numbers and dates are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

import pandas as pd
import plotly.graph_objects as go

SANS = '"Source Sans", "Source Sans 3", "Noto Sans", "Liberation Sans", Arial, sans-serif'
SERIF = '"Source Serif", "Source Serif 4", "Noto Serif", "Liberation Serif", Georgia, serif'
THIN = "\u202f"  # narrow no-break space: parts thousands, and a number from its sign
MINUS = "\u2212"
PLURAL = re.compile(
    r"(ies|(?<=sh)es|(?<=ch)es|(?<=\w)s)(?= (?:of|in|with|that|not|named|ranked)\b|$)"
)  # of the head of a phrase
HATCH = "repeating-linear-gradient(135deg, var(--hatch) 0 2px, transparent 2px 4px)"  # gaps in Markup charts
LOOK = Path(__file__).with_name("static") / "look.css"
EXACT_TO_THE_MINUTE = ("second", "minute")


@dataclass(frozen=True, kw_only=True)
class Theme:
    """The colours of one mode. `outlets` are in fixed order; only `text_colours` of them may colour text;
    `negative_cell` and `positive_cell` are the strongest colours on which ink can be read.

    `order` and `names` are the store's outlets in their fixed order and as readers know them; the screen and
    the exports set them, so that `colour_of` and `name_of` need no more than an outlet's id.
    """

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
    negative_cell: str
    positive_cell: str
    outlets: tuple[str, ...]
    text_colours: tuple[str, str]
    order: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def wear(self, order: tuple[str, ...], names: tuple[tuple[str, str], ...] = ()) -> Self:
        """The same colours for the outlets of one store."""
        return replace(self, order=order, names=names)

    def colour_of(self, outlet: str) -> str:
        """The colour of an outlet of the store; grey for one past the last colour."""
        return self.outlet_colour(outlet, self.order)

    def text_colour_of(self, outlet: str) -> str:
        """Its colour where that is dark enough for text (4.5 : 1), else ink."""
        colour = self.colour_of(outlet)
        return colour if colour in self.text_colours else self.ink

    def name_of(self, outlet: str) -> str:
        """The outlet as readers know it; its id where the store has no name."""
        return dict(self.names).get(outlet, outlet)

    def outlet_colour(self, outlet: str, order: tuple[str, ...]) -> str:
        """The colour of an outlet: its place in the fixed order of all outlets of the store; grey past the
        last.
        """
        place = order.index(outlet) if outlet in order else len(self.outlets)
        return self.outlets[place] if place < len(self.outlets) else self.soft

    @property
    def variables(self) -> str:
        """The colours as CSS custom properties: what look.css and the HTML export read."""
        plain = (field.name for field in fields(self) if isinstance(getattr(self, field.name), str))
        colours = "".join(
            f"--{name.replace('_', '-')}:{getattr(self, name)};" for name in plain if name != "mode"
        )
        outlets = "".join(f"--o{place}:{colour};" for place, colour in enumerate(self.outlets, 1))
        hatch = "#CDC8BA" if self.mode == "light" else "#4A4950"
        return f"{colours}{outlets}--hatch:{hatch};color-scheme:{self.mode};"

    @cached_property
    def template(self) -> go.layout.Template:
        """What all figures share: no background of their own, horizontal grid only, readable labels."""
        axis = {
            "color": self.soft,
            "tickcolor": self.line,
            "linecolor": self.line,
            "gridcolor": self.line,
            "zeroline": False,
            "automargin": True,
            "ticklabelstandoff": 4,
            "tickfont": {"color": self.soft, "size": 12},
        }
        hover = {"bgcolor": self.card, "bordercolor": self.line, "font": {"color": self.ink, "size": 13}}
        return go.layout.Template(
            layout={
                "font": {"family": SANS, "size": 12, "color": self.ink},
                "colorway": list(self.outlets),
                "paper_bgcolor": "rgba(0,0,0,0)",
                "plot_bgcolor": "rgba(0,0,0,0)",
                "hoverlabel": hover,
                "xaxis": {**axis, "showgrid": False},
                "yaxis": {**axis, "showgrid": True},
                "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
                "showlegend": False,
                "dragmode": False,
                "bargap": 0.45,
                "clickmode": "event+select",
                "hovermode": "closest",
                "uniformtext": {"mode": "hide", "minsize": 11},
                "separators": f".{THIN}",
            }
        )


LIGHT = Theme(
    mode="light",
    paper="#FBFAF6",
    card="#FFFFFF",
    ink="#1D1D21",
    soft="#5D5C63",
    line="#E2DFD6",
    none="#EFECE4",
    mark="#FFF0B8",
    inserted="#1F6F54",
    deleted="#9B2B2B",
    negative="#E08214",
    negative_less="#FDC98C",
    positive="#8073AC",
    positive_less="#CFCBE3",
    negative_cell="#E08214",
    positive_cell="#9D92C6",
    outlets=(
        "#0072B2",
        "#B4501E",
        "#009E73",
        "#CC79A7",
        "#E69F00",
        "#56B4E9",
        "#7A6A9B",
        "#8D8A80",
        "#A6761D",
    ),
    text_colours=("#0072B2", "#B4501E"),
)
DARK = Theme(
    mode="dark",
    paper="#15161A",
    card="#1D1E23",
    ink="#ECEAE4",
    soft="#ABA9A2",
    line="#35363C",
    none="#2C2D33",
    mark="#574811",
    inserted="#8ED8B4",
    deleted="#F29C9C",
    negative="#F2A65A",
    negative_less="#8A5A22",
    positive="#A99BD6",
    positive_less="#5B5480",
    negative_cell="#8A5A22",
    positive_cell="#665D98",
    outlets=(
        "#5BB0E6",
        "#F08E5B",
        "#3CC79A",
        "#E3A1C6",
        "#F2C14E",
        "#9BD3F5",
        "#B3A4D6",
        "#B9B5A9",
        "#D8A94A",
    ),
    text_colours=("#5BB0E6", "#F08E5B"),
)


def write_count(number: float) -> str:
    """A whole number with thin separators: 8 522."""
    return f"{number:,.0f}".replace(",", THIN).replace("-", MINUS)


def agree(number: float, words: str) -> str:
    """The words for so many of them: "stories of two outlets" is "story of two outlets" where it is 1."""
    return PLURAL.sub(lambda end: "y" if end[0] == "ies" else "", words, count=1) if number == 1 else words


def write_counted(number: float, word: str) -> str:
    """1 language, 3 languages; for words that take an s."""
    return f"{write_count(number)} {word if number == 1 else word + 's'}"


def write_number(number: float | None, places: int = 2) -> str:
    """A measure with its sign and without a leading zero, as statisticians write: −.03; a dash where
    unknown.
    """
    if number is None or pd.isna(number):
        return "–"
    text = f"{abs(number):.{places}f}"
    sign = MINUS if round(number, places) < 0 else ""
    return sign + (text[1:] if text.startswith("0.") else text)


def write_share(share: float | None, places: int = 1) -> str:
    """A share (0 to 1) in percent: 27.4 %; a dash where unknown."""
    return "–" if share is None or pd.isna(share) else f"{100 * share:.{places}f}{THIN}%"


def write_chance(chance: float) -> str:
    """A probability under false discovery control: q < .001, q = .012."""
    return "q < .001" if chance < 0.001 else f"q = {write_number(chance, 3)}"


def write_day(day: date | pd.Timestamp | None) -> str:
    """24 June 2024; "no date" where unknown."""
    return "no date" if day is None or pd.isna(day) else f"{day.day} {day:%B %Y}"


def write_period(start: date | pd.Timestamp | None, end: date | pd.Timestamp | None) -> str:
    """1–30 June 2024, 28 May – 3 June 2024 and so on; "all days" where both are unknown."""
    if start is None or end is None or pd.isna(start) or pd.isna(end):
        known = [
            word + write_day(day) for word, day in (("from ", start), ("until ", end)) if not pd.isna(day)
        ]
        return known[0] if known else "all days"
    if (start.year, start.month, start.day) == (end.year, end.month, end.day):
        return write_day(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{write_day(end)}"
    first = f"{start.day} {start:%B}" if start.year == end.year else write_day(start)
    return f"{first} – {write_day(end)}"


def write_time(moment: datetime | pd.Timestamp | None, precision: str = "minute", zone: str = "UTC") -> str:
    """24 June 2024, 07:18 Kyiv: in the given zone, named, and no more exact than `precision`."""
    if moment is None or pd.isna(moment) or precision == "none":
        return "no time"
    local = pd.Timestamp(moment)
    local = (local if local.tzinfo else local.tz_localize("UTC")).tz_convert(ZoneInfo(zone))
    if precision == "month":
        return f"{local:%B %Y}"
    if precision == "day":
        return write_day(local)
    clock = f"{local:%H:%M}" if precision in EXACT_TO_THE_MINUTE else f"about {local:%H}:00"
    return f"{write_day(local)}, {clock} {zone.rsplit('/', 1)[-1].replace('_', ' ')}"


@cache
def read_look() -> str:
    """The style sheet of cards, heads, tables and marks, for the screen and for HTML exports."""
    return LOOK.read_text(encoding="utf-8")
