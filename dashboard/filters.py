"""Filter: what the user has chosen; frozen, and the same thing as the query part of the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal, Self, get_args

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

    `beside` is a second actor that the same articles name; `frame` is one that a sentence of theirs has.
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
    frame: str = ""
    words: str = ""
    pair: tuple[str, ...] = ()
    unit: Unit = "articles"
    voice: Voice = "all"
    fewest: int = 2
    order: Order = "outlets"
    grouping: Grouping = "kind"

    def narrow(self, **chosen: object) -> Self:
        """The same filter with some fields set: what a click on a mark means."""
        return replace(self, **chosen)  # type: ignore[arg-type]

    def to_query(self) -> dict[str, str]:
        """The query part of the address; only what differs from the default."""
        default = type(self)()
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: _to_text(value) for name, value in chosen.items() if value != getattr(default, name)}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """The filter that an address names; what cannot be read counts as not given."""
        known = {field.name for field in fields(cls)}
        read = {name: _from_text(name, text) for name, text in query.items() if name in known and text}
        return cls(**{name: value for name, value in read.items() if value is not None})  # type: ignore[arg-type]


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
    if name in {field.name for field in fields(Filter)}:
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
