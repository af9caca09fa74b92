"""Filter: what the user has chosen; frozen, and the same thing as the query part of the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Literal, Self, get_args
from urllib.parse import parse_qsl, urlencode

Unit = Literal["articles", "texts", "families"]
Voice = Literal["all", "outlet", "quoted"]
Order = Literal["outlets", "texts", "latest"]
Grouping = Literal["country", "language", "family", "kind", "group"]
PART = "~"  # parts several values of one parameter; stands in no id
UNIT_NAMES: dict[Unit, str] = {
    "articles": "articles",
    "texts": "unique texts",
    "families": "publisher families' texts",
}
CHOICES = {
    "unit": get_args(Unit),
    "voice": get_args(Voice),
    "order": get_args(Order),
    "grouping": get_args(Grouping),
}
DIGITS = 9  # a number of an address that is longer names nothing
VOICE_NAMES: dict[Voice, str] = {"all": "all", "outlet": "outlet's own", "quoted": "quoted"}


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One choice of articles. Empty means: all. `pair` holds the two outlets that are compared, in order.

    `beside` is a second actor that the same articles name, in the same voice. `behind` is a mark of a chart, and
    means the articles that it counts; `held` are their ids, found in the store and no part of the address.
    `fewest` (outlets that carry it) and `order` choose and sort the stories where stories are listed;
    `grouping` is the property by which outlets are grouped.
    """

    start: date | None = None
    end: date | None = None
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    story: str = ""
    actor: str = ""
    beside: str = ""
    behind: str = ""
    words: str = ""
    pair: tuple[str, ...] = ()
    unit: Unit = "articles"
    voice: Voice = "all"
    fewest: int = 2
    order: Order = "outlets"
    grouping: Grouping = "kind"
    held: tuple[str, ...] | None = field(default=None, repr=False)

    def narrow(self, **chosen: object) -> Self:
        """The same filter with some fields set: what a click on a mark means."""
        return replace(self, **chosen)  # type: ignore[arg-type]

    def to_query(self) -> dict[str, str]:
        """The query part of the address; only what differs from the default."""
        default = type(self)()
        chosen = {name: getattr(self, name) for name in FIELDS}
        return {name: _to_text(value) for name, value in chosen.items() if value != getattr(default, name)}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """The filter that an address names; what cannot be read counts as not given."""
        read = {name: _from_text(name, text) for name, text in query.items() if name in FIELDS and text}
        return cls(**{name: value for name, value in read.items() if value is not None})  # type: ignore[arg-type]


FIELDS = tuple(field.name for field in fields(Filter) if field.name != "held")  # those of an address


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A mark of a chart: the chart's slug, the values that name its row, the filter under which it was counted."""

    slug: str
    row: tuple[str, ...]
    chosen: Filter

    def to_text(self) -> str:
        """What stands in `Filter.behind`: as the query part of an address."""
        return urlencode({"of": self.slug, "row": PART.join(self.row), **self.chosen.to_query()})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The mark that a filter names; one of no chart where it cannot be read."""
        query = dict(parse_qsl(text))
        row = tuple(query.pop("row", "").split(PART))
        return cls(slug=query.pop("of", ""), row=row, chosen=Filter.from_query(query))


def find_unread(query: Mapping[str, str]) -> list[str]:
    """Names of parameters that say nothing, sorted: unknown, empty, or with a value that cannot be read.

    `room` and `as_of` say where to look, so a whole permalink is read.
    """
    return sorted(name for name, text in query.items() if not _is_read(name, text))


def read_number(text: str, digits: int = DIGITS) -> int | None:
    """A whole number of an address, of so many digits at most; none if it is not one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def _is_read(name: str, text: str) -> bool:
    """Whether the parameter says something."""
    if name in FIELDS:
        return _from_text(name, text) not in (None, (), "")
    return name == "room" or (name == "as_of" and read_number(text) is not None)


def _to_text(value: object) -> str:
    return PART.join(value) if isinstance(value, tuple) else str(value)


def _read_day(text: str) -> date | None:
    """The day, or none if it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _from_text(name: str, text: str) -> object | None:
    """The value of one parameter, or none if it is not one."""
    if name in ("start", "end"):
        return _read_day(text)
    if name in CHOICES:
        return text if text in CHOICES[name] else None
    if name == "fewest":
        return read_number(text, 3)
    if name in ("outlets", "languages", "countries", "pair"):
        return tuple(part for part in text.split(PART) if part)
    return text
