"""Told: what was sent where, kept beside the store, so that each place hears of each thing once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from dashboard.alerts.alert import Alert
from etl.errors import SettingsError

FILE = "alerts.json"


@dataclass
class Told:
    """By place and matter, the last day that was told of; places as hashes, because an address may be a secret."""

    days: dict[str, dict[str, str]] = field(default_factory=dict)

    def is_new(self, alert: Alert, place: str) -> bool:
        """Whether the place has not heard of it: of what began after all that it has heard of the matter."""
        last = self.days.get(_name(place), {}).get(alert.matter)
        return last is None or alert.first > date.fromisoformat(last)

    def add(self, alert: Alert, place: str) -> None:
        """The place has heard of it."""
        known = self.days.setdefault(_name(place), {})
        known[alert.matter] = max(known.get(alert.matter, ""), alert.last.isoformat())


def read_told(store: Path) -> Told:
    """What was told about this store; nothing where nothing was.

    Raises:
        SettingsError: the file is damaged.
    """
    file = store / FILE
    try:
        days = json.loads(file.read_text("utf-8")) if file.exists() else {}
        return Told({place: dict(known) for place, known in days.items()})
    except (ValueError, TypeError, AttributeError) as error:
        raise SettingsError(str(file), "is damaged", "remove it; alerts may be told once more") from error


def write_told(store: Path, told: Told) -> None:
    """Keep it; the old file stays whole until the new one is."""
    fresh = store / f"{FILE}.new"
    fresh.write_text(json.dumps(told.days, indent=1, sort_keys=True), encoding="utf-8")
    fresh.replace(store / FILE)


def _name(place: str) -> str:
    """A short hash of the place."""
    return sha256(place.encode("utf-8")).hexdigest()[:16]
