"""Source: one kind of place that articles come from; raw bytes first, articles from the bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from etl.article import Article, Raw
from etl.errors import UnusableInput
from etl.extract.addresses import public_url
from etl.extract.fetch import Fetcher
from etl.extract.outlets import Outlet


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a source looks: a path or address, its outlet (or empty), and column names for records."""

    kind: str
    address: str
    outlet: str = ""
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Kind and address: what stands in the column `source`."""
        return f"{self.kind} {self.shown}"

    @property
    def is_address(self) -> bool:
        """Whether it is asked over the network."""
        return self.address.casefold().startswith(("http://", "https://"))

    @property
    def shown(self) -> str:
        """The address without anything secret, or the path."""
        return public_url(self.address) if self.is_address else name_path(self.address)


@dataclass(frozen=True, kw_only=True)
class Source:
    """Place to raw bytes (`read`, which alone touches disk or network), bytes to articles (`parse`, pure).

    Both give what they could not use as `UnusableInput`: bad input never stops a run. A place as a whole has
    failed exactly when `read` gives an `UnusableInput` whose item is the place's address as shown.
    """

    kind: str
    read: Callable[[Place, Fetcher], Iterator[Raw | UnusableInput]]
    parse: Callable[[Raw, Mapping[str, Outlet]], Iterator[Article | UnusableInput]]


def name_path(path: str) -> str:
    """The path as it can be stored: bytes of it that are no UTF-8, as Linux allows, are written like \\udcff."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
