"""Outlets: who publishes, from where, on which domains and feeds; one block an outlet in a TOML file."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pycountry

from etl.errors import SettingsError
from etl.extract.addresses import canonical_url, host_of, registrable_domain

UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """One outlet. Only `outlet` and `name` are sure; everything else may be empty.

    `watch` says whether a refresh without arguments asks its feeds and pages; `not_watched` lists days as
    `2026-05-03` or `2026-05-03/2026-05-05`, both ends included, on which nobody looked.
    """

    outlet: str
    name: str
    country: str = ""
    languages: tuple[str, ...] = ()
    family: str = ""
    kind: str = ""
    timezone: str = ""
    groups: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    watch: bool = True
    not_watched: tuple[str, ...] = ()
    licence: str = ""

    @property
    def unwatched_periods(self) -> tuple[tuple[date, date], ...]:
        """First and last day of each period in `not_watched`."""
        return tuple(_read_period(period) for period in self.not_watched)


def read_outlets(path: Path) -> dict[str, Outlet]:
    """The outlets of a TOML file by their id, in the file's order.

    Raises:
        SettingsError: the file is missing or no TOML, or a block has an unknown key, a wrong type or value,
            or a name or domain that another block has.
    """
    try:
        blocks = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            "outlets", f"{path} cannot be read", "check the path and that it is UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError("outlets", f"{path}: {error}", "write [name], then key = value") from error
    outlets = {key: _read_block(path, key, block) for key, block in blocks.items()}
    _refuse_doubles(path, outlets)
    return outlets


def find_outlet(outlets: Mapping[str, Outlet], name: str = "", url: str = "") -> Outlet:
    """The outlet of this id, name or domain; one that is not configured is made from what is given."""
    wanted = name.strip()
    if wanted:
        found = outlets.get(wanted) or _find_name(outlets, wanted) or _find_host(outlets, wanted.casefold())
        return found or Outlet(outlet=slug(wanted), name=wanted)
    host = host_of(url)
    domain = registrable_domain(host)
    return _find_host(outlets, host) or Outlet(
        outlet=domain or UNKNOWN, name=domain or UNKNOWN, domains=(domain,) if domain else ()
    )


def slug(name: str) -> str:
    """An id from a name: lower case, letters, digits and dots, joined by hyphens."""
    return re.sub(r"[^\w.]+", "-", name.casefold()).strip("-.") or UNKNOWN


def outlet_block(outlet: Outlet) -> str:
    """The outlet as a block of TOML; empty fields are left out."""
    given = [(field.name, getattr(outlet, field.name)) for field in fields(outlet) if field.name != "outlet"]
    lines = [f"{key} = {_toml_value(value)}" for key, value in given if value or key == "watch"]
    key = outlet.outlet if re.fullmatch(r"[A-Za-z0-9_-]+", outlet.outlet) else _toml_value(outlet.outlet)
    return "\n".join([f"[{key}]", *lines]) + "\n"


def add_outlet(path: Path, outlet: Outlet) -> None:
    """Append an outlet to the file, which stays as it was where the block would be wrong.

    Raises:
        SettingsError: the block is wrong, or its id, name or domain is there already.
    """
    before = path.read_text("utf-8") if path.exists() else ""
    known = read_outlets(path) if path.exists() else {}
    if outlet.outlet in known:
        raise SettingsError("outlets", f"{path}: [{outlet.outlet}] is there already", "edit that block")
    checked = _read_block(path, outlet.outlet, tomllib.loads(outlet_block(outlet))[outlet.outlet])
    _refuse_doubles(path, {**known, outlet.outlet: checked})
    path.write_text(f"{before.rstrip()}\n\n{outlet_block(outlet)}".lstrip(), "utf-8")


def _find_name(outlets: Mapping[str, Outlet], wanted: str) -> Outlet | None:
    """The outlet with this name or id, whatever the case."""
    folded = wanted.casefold()
    return next((o for o in outlets.values() if folded in (o.name.casefold(), o.outlet.casefold())), None)


def _find_host(outlets: Mapping[str, Outlet], host: str) -> Outlet | None:
    """The outlet with the longest domain that the host ends in."""
    fits = [
        (len(domain), outlet)
        for outlet in outlets.values()
        for domain in outlet.domains
        if host == domain or host.endswith(f".{domain}")
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _read_block(path: Path, key: str, block: object) -> Outlet:
    """One block as an Outlet; every value is checked."""
    where = f"{path} [{key}]"
    if not isinstance(block, dict):
        raise SettingsError("outlets", f"{where} is no block", f"write [{key}] and its keys below")
    for name, value in block.items():
        _check_value(where, name, value)
    listed: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in block.items()}
    outlet = replace(Outlet(outlet=key, name=key), **listed)
    for problem, remedy in _find_problems(outlet):
        raise SettingsError("outlets", f"{where} {problem}", remedy)
    return outlet


def _check_value(where: str, name: str, value: object) -> None:
    """Refuse an unknown key or a value of another type than the field's."""
    known = {field.name: field.default for field in fields(Outlet) if field.name != "outlet"}
    if name not in known:
        raise SettingsError("outlets", f"{where} {name}: no such key", f"use one of {', '.join(known)}")
    default = known[name]
    if isinstance(default, tuple):
        fits = isinstance(value, list) and all(isinstance(part, str) for part in value)
        wanted = "a list of texts"
    else:
        wanted = "true or false" if name == "watch" else "a text"
        fits = isinstance(value, bool if name == "watch" else str)
    if not fits:
        raise SettingsError("outlets", f"{where} {name} = {value!r}", f"give {wanted}")


def _find_problems(outlet: Outlet) -> Iterator[tuple[str, str]]:
    """What is wrong with the values of one outlet, each with its remedy."""
    for key, (is_right, remedy) in VALUE_CHECKS.items():
        value = getattr(outlet, key)
        for part in (value,) if isinstance(value, str) else value:
            if part and not is_right(part):
                yield f"{key}: {part!r}", remedy


def _is_country(code: str) -> bool:
    """Whether a country has this ISO 3166 alpha-3 code."""
    return pycountry.countries.get(alpha_3=code) is not None


def _is_language(code: str) -> bool:
    """Whether a language has this ISO 639-1 code."""
    return len(code) == 2 and pycountry.languages.get(alpha_2=code) is not None


def _is_domain(name: str) -> bool:
    """Whether this is a host name in lower case, without scheme, port or path."""
    return re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name) is not None


def _is_address(address: str) -> bool:
    """Whether this is an http or https address."""
    return bool(canonical_url(address))


@cache
def _is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _read_period(period: str) -> tuple[date, date]:
    """First and last day of `day` or `day/day`."""
    first, _, last = period.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def _is_period(period: str) -> bool:
    """Whether a period can be read and does not end before it begins."""
    try:
        first, last = _read_period(period)
    except ValueError:
        return False
    return first <= last


def _refuse_doubles(path: Path, outlets: Mapping[str, Outlet]) -> None:
    """Refuse a name or domain that two outlets claim."""
    owners: dict[str, str] = {}
    for outlet in outlets.values():
        for claimed in {outlet.name.casefold(), *outlet.domains}:
            owner = owners.setdefault(claimed, outlet.outlet)
            if owner != outlet.outlet:
                problem = f"{path} [{outlet.outlet}]: {claimed!r} belongs to [{owner}] too"
                raise SettingsError("outlets", problem, "leave it to one of them")


def _toml_value(value: object) -> str:
    """A text, a truth value or a list of texts as TOML (JSON's escapes are TOML's)."""
    plain = list(value) if isinstance(value, tuple) else value
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


VALUE_CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "country": (_is_country, "give an ISO 3166 alpha-3 code such as GBR"),
    "languages": (_is_language, "give ISO 639-1 codes such as en"),
    "timezone": (_is_zone, "give an IANA name such as Europe/Kyiv"),
    "domains": (_is_domain, "give host names such as bbc.co.uk"),
    "feeds": (_is_address, "give addresses that begin with https:// or http://"),
    "pages": (_is_address, "give addresses that begin with https:// or http://"),
    "not_watched": (_is_period, "give days such as 2026-05-03 or 2026-05-03/2026-05-05"),
}
