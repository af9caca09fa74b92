"""Intake: from places, or from the bytes kept of them, to articles; what cannot be used is quarantined."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from etl.article import Article, Raw
from etl.errors import UnreadableInput, UnusableInput
from etl.extract import Place, parse_raw, read_place
from etl.extract.fetch import Fetcher
from etl.extract.outlets import Outlet, find_outlet
from etl.pipeline.compare import Incoming
from etl.pipeline.ledger import Ledger
from etl.pipeline.observe import LIVE, Check, keep_checks, read_checks
from etl.store.raws import keep_raw, read_raws

logger = logging.getLogger(__name__)


@dataclass
class Intake:
    """What a refresh reads; collects the checks of the places as it goes.

    `asking` is true while it reads from the network, where the next article may be a long time coming.
    """

    outlets: Mapping[str, Outlet]
    ledger: Ledger
    snapshots: Path
    checks: list[Check] = field(default_factory=list)
    asking: bool = False

    def read_places(self, places: Iterable[Place], fetcher: Fetcher) -> Iterator[list[Incoming]]:
        """The articles of each raw; bytes are kept before anyone tries to understand them."""
        for place in places:
            self.asking = place.is_address
            days: dict[str, list[str]] = {}
            answered = True
            for raw in self._timed(read_place(place, fetcher)):
                if isinstance(raw, UnusableInput):
                    answered = answered and raw.item != place.shown
                    self._refuse(raw, place.name, "")
                    continue
                with self.ledger.timed("keep"):
                    keep_raw(self.snapshots, raw)
                found = self._parse(raw)
                if not found:
                    fetcher.forget(raw.content)
                _note_days(days, found)
                yield found
            self._note_checks(place, answered, days)

    def read_kept(self) -> Iterator[list[Incoming]]:
        """The articles of all bytes that were ever kept, and the checks of the places they came from."""
        for raw in self._timed(read_raws(self.snapshots)):
            if isinstance(raw, UnusableInput):
                self._refuse(raw, "snapshots", "")
            else:
                yield self._parse(raw)
        self.checks.extend(read_checks(self.snapshots))

    def _parse(self, raw: Raw) -> list[Incoming]:
        """The articles of one raw, one an id."""
        with self.ledger.timed("parse"):
            parsed = list(parse_raw(raw, self.outlets))
        self.ledger.counts["read"] += len(parsed)
        longest: dict[str, Article] = {}
        for one in parsed:
            if isinstance(one, UnusableInput):
                self._refuse(one, raw.source, raw.snapshot, read=False)
            else:
                self._keep_longest(longest, one)
        return [Incoming(article, raw.seen) for article in longest.values()]

    def _keep_longest(self, longest: dict[str, Article], one: Article) -> None:
        """Of several articles with one id in one raw, keep the longest: they are rows that stand twice."""
        other = longest.setdefault(one.article_id, one)
        kept, dropped = sorted((other, one), key=lambda a: (len(a.text), a.text), reverse=True)
        longest[one.article_id] = kept
        if dropped is one is not other or kept is one is not other:
            self._drop_double(kept, dropped)

    def _drop_double(self, kept: Article, dropped: Article) -> None:
        """Count an article that stands twice: as before where it is the same, else as not usable."""
        if kept.text == dropped.text:
            self.ledger.counts["unchanged"] += 1
            return
        reason = "another article of this file has the same address and a longer text"
        problem = UnreadableInput(dropped.item, reason, "give each article an address of its own")
        self._refuse(problem, dropped.source, dropped.snapshot, read=False)

    def _refuse(self, problem: UnusableInput, source: str, snapshot: str, *, read: bool = True) -> None:
        """Quarantine one input; `read` counts it as read, where nobody did so yet."""
        self.ledger.counts["read"] += int(read)
        url = problem.item if problem.item.startswith(("http://", "https://")) else ""
        self.ledger.refuse(problem, "extract", source=source, url=url, snapshot=snapshot)
        logger.warning("quarantined %s: %s", problem.item, problem.reason)

    def _note_checks(self, place: Place, answered: bool, days: Mapping[str, list[str]]) -> None:
        """One check an outlet met there; one for its own outlet where none was met."""
        asked = datetime.now(UTC).isoformat(timespec="seconds")
        owner = find_outlet(self.outlets, place.outlet, place.address).outlet
        met = days or ({owner: []} if place.outlet or place.is_address else {})
        held = tuple(sorted({day for told in met.values() for day in told}))
        checks = [
            Check(
                place=place.name,
                outlet=outlet,
                asked=asked,
                answered=answered,
                first=min(told, default=""),
                last=max(told, default=""),
                held=() if place.kind in LIVE else held,
            )
            for outlet, told in sorted(met.items())
        ]
        keep_checks(self.snapshots, checks)
        self.checks.extend(checks)

    def _timed(self, raws: Iterator[Raw | UnusableInput]) -> Iterator[Raw | UnusableInput]:
        """The same raws; the wait for each is counted as reading."""
        while True:
            with self.ledger.timed("read"):
                raw = next(raws, None)
            if raw is None:
                return
            yield raw


def _note_days(days: dict[str, list[str]], found: Iterable[Incoming]) -> None:
    """Remember first and last day of publication by outlet; undated articles make the outlet known only."""
    for one in found:
        told = days.setdefault(one.article.outlet, [])
        at = one.article.published.at
        if at is not None:
            day = at.astimezone(UTC).date().isoformat()
            told[:] = [min([*told, day]), max([*told, day])]
