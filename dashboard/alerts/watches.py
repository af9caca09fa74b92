"""Watches: what the user wants to be told of, read from `alerts.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from dashboard.filters import Filter, find_unread
from etl.errors import SettingsError

KINDS = ("burst", "story", "conflict", "blind spot")
KEYS = {"name", "when", "filter", "days", "to"}
DAYS = 2  # newest days that are looked at


@dataclass(frozen=True, kw_only=True)
class Watch:
    """One block `[[watch]]`: kinds of alerts, within a filter and the newest `days` days, to these places."""

    name: str
    when: tuple[str, ...] = KINDS
    chosen: Filter = field(default_factory=Filter)
    days: int = DAYS
    to: tuple[str, ...] = ()


def read_watches(path: Path) -> tuple[Watch, ...]:
    """The watches of the file, in its order; none where there is no file.

    Raises:
        SettingsError: the file or a block cannot be read.
    """
    if not path.exists():
        return ()
    try:
        blocks = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), f"is no TOML: {error}", "mend the line that it names") from error
    listed = blocks.pop("watch", [])
    if blocks or not isinstance(listed, list) or not all(isinstance(block, dict) for block in listed):
        raise SettingsError(str(path), "a block that is no [[watch]]", "begin each block with [[watch]]")
    watches = tuple(_read_block(str(path), block) for block in listed)
    if len({watch.name for watch in watches}) < len(watches):
        raise SettingsError(str(path), "a name twice", "give each watch a name of its own")
    return watches


def _read_block(place: str, block: Mapping[str, Any]) -> Watch:
    """One block, every value checked."""
    named = f"{place}, watch {block.get('name', '(no name)')}"
    if unknown := {*block} - KEYS:
        raise SettingsError(named, f"unknown key {sorted(unknown)[0]}", f"use {', '.join(sorted(KEYS))}")
    if not isinstance(block.get("name"), str) or not block["name"].strip():
        raise SettingsError(named, "has no name", 'write name = "..."')
    when, to = (_read_list(named, block, key) for key in ("when", "to"))
    if strange := [kind for kind in when if kind not in KINDS]:
        raise SettingsError(named, f"cannot watch {strange[0]}", f"choose among {', '.join(KINDS)}")
    days = block.get("days", DAYS)
    if not isinstance(days, int) or not 1 <= days <= 366:
        raise SettingsError(named, f"days = {days!r}", "give a number of days from 1 to 366")
    chosen = _read_filter(named, block.get("filter", ""))
    return Watch(name=block["name"].strip(), when=when or KINDS, chosen=chosen, days=days, to=to)


def _read_list(named: str, block: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts."""
    given = block.get(key, [])
    if not isinstance(given, list) or not all(isinstance(part, str) and part for part in given):
        raise SettingsError(named, f"{key} is no list of texts", f'write {key} = ["..."]')
    return tuple(given)


def _read_filter(named: str, text: object) -> Filter:
    """The filter as it stands in an address; the days are the watch's own."""
    query = {
        name: values[-1] for name, values in parse_qs(str(text).lstrip("?"), keep_blank_values=True).items()
    }
    if lost := find_unread(query) if isinstance(text, str) else ["it"]:
        raise SettingsError(
            named, f"filter: {lost[0]} says nothing", "copy what stands after ? in the dashboard's address"
        )
    return Filter.from_query(query).narrow(start=None, end=None)
