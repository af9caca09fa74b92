"""Source: one kind of place that articles come from; raw bytes first, articles from the bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from etl.article import Article, Raw
from etl.errors import UnusableInput
from etl.extract.outlets import Outlet


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a source looks: a path or an address, whose outlet it is (or empty), and column names for records."""

    kind: str
    address: str
    outlet: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """Settings to raw bytes (`read`, the only part that touches disk or network), bytes to articles (`parse`, pure).

    `read` yields what it could not read as `UnusableInput`; `parse` likewise: bad input never stops a run.
    """

    kind: str
    read: Callable[..., Iterator[Raw | UnusableInput]]
    parse: Callable[[Raw, dict[str, Outlet]], Iterator[Article | UnusableInput]]
