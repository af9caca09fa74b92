"""Alert: one thing that happened, in a sentence with its n, and the view of the dashboard that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import urlencode

from dashboard.filters import Filter


@dataclass(frozen=True, kw_only=True)
class Alert:
    """`subject` is an id (of an actor, a story, a conflict); `first` and `last` are the days that it lasted.

    `sentence` says what was counted, out of how much, how sure; `page` and `opens` are the view that shows it.
    """

    watch: str
    kind: str
    subject: str
    title: str
    sentence: str
    first: date
    last: date
    page: str
    opens: Filter

    @property
    def matter(self) -> str:
        """What it is about, over all days: of one matter nothing is told twice that began before it was told."""
        return _digest(self.watch, self.kind, self.subject)

    @property
    def alert_id(self) -> str:
        """The same at every run that finds it."""
        return _digest(self.matter, str(self.first))

    def link(self, address: str, room: str, version: int) -> str:
        """The permalink to the view, in the store version that was looked at."""
        query = urlencode({**self.opens.to_query(), "room": room, "as_of": str(version)})
        return f"{address.rstrip('/')}/{self.page}?{query}"

    def to_row(self, link: str, made: datetime) -> dict[str, str]:
        """What is written and sent: plain text, so whoever shows it must escape it."""
        return {
            "id": self.alert_id,
            "watch": self.watch,
            "kind": self.kind,
            "title": self.title,
            "sentence": self.sentence,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "link": link,
            "made": made.isoformat(),
        }


def _digest(*parts: str) -> str:
    """A short hash of some texts."""
    return sha256("\0".join(parts).encode("utf-8")).hexdigest()[:16]
