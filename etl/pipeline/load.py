"""Load: what a batch changes in the tables, grouped with all that is there, and committed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from etl.extract.outlets import Outlet
from etl.pipeline.grouping import compute_apart, describe_outlets, needs_from_outside, stack_rows
from etl.pipeline.ledger import Ledger, close_killed
from etl.pipeline.observe import Check, observe_days
from etl.schema import TABLES
from etl.store import Snapshot, Store
from etl.transform.feature import Feature
from etl.transform.stories.log import lead_on

GROWTH = 2  # new articles are grouped when the store has this many times the articles that are grouped
Frames = dict[str, pd.DataFrame]


@dataclass
class Load:
    """The store as one refresh fills it.

    What depends on several articles is costly, so while only new articles come it is computed anew each time
    that their number has doubled, and at the end. An article that changes has it computed at once: no version
    of the store may point to words that are no longer there.
    """

    store: Store
    features: Sequence[Feature]
    outlets: Mapping[str, Outlet]
    ledger: Ledger
    primaries: pd.DataFrame = field(default_factory=TABLES["primaries"].empty)
    grouped: int = 0
    waiting: bool = True
    latest: Frames = field(default_factory=dict)
    begun: Snapshot | None = field(init=False)

    def __post_init__(self) -> None:
        snapshot = self.snapshot
        self.begun = _last_whole(self.store)
        if snapshot is not None and _ended_well(snapshot.table("runs")):
            self.grouped, self.waiting = len(snapshot.table("articles", ["article_id"])), False

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest version; none in an empty store."""
        return self.store.snapshot() if self.store.versions() else None

    def table(self, name: str) -> pd.DataFrame:
        """The table as the last commit left it."""
        if name not in self.latest:
            snapshot = self.snapshot
            self.latest[name] = TABLES[name].empty() if snapshot is None else snapshot.table(name)
        return self.latest[name]

    def commit_batch(self, rows: Frames) -> int:
        """Make these articles visible, grouped where that is due; the store version."""
        if self._is_due(rows["articles"]):
            return self._commit(rows, self._group(rows))
        self.waiting = True
        articles = self._merge(rows, "articles")
        self.latest = {"articles": articles}
        return self._commit(rows, {"outlets": describe_outlets(self.outlets, articles)})

    def commit_end(self, checks: Sequence[Check]) -> int:
        """Group what is not grouped yet, and say which days were observed and how the run ended."""
        made = self._group({}) if self.waiting else self._align()
        articles = self.table("articles")
        observed = observe_days(self.table("observations"), checks, articles, self.outlets)
        made |= {"observations": observed, "outlets": describe_outlets(self.outlets, articles)}
        return self._commit({}, made, ended=True)

    def commit_failure(self) -> None:
        """Say that the run failed, where there is a store to say it in."""
        if self.snapshot is not None:
            self.store.commit(self.ledger.run_id, upserts=self.ledger.rows("failed"))

    def _is_due(self, articles: pd.DataFrame) -> bool:
        """Whether these articles must be grouped at once: some are there already, or they are many."""
        before = self.table("articles")["article_id"]
        known = articles["article_id"].isin(before).any()
        return bool(known) or len(before) + len(articles) >= GROWTH * self.grouped

    def _group(self, rows: Frames) -> Frames:
        """The tables that depend on several articles, over all articles as they are with these rows.

        Raises:
            NewsPrismError: one of these features failed; the store stays as it was.
        """
        features = [feature for feature in self.features if feature.scope == "window"]
        needed = {"articles", *needs_from_outside(features)} - {"outlets", "primaries"}
        tables = {name: self._merge(rows, name) for name in sorted(needed)}
        self.latest.update(tables)
        outlets = describe_outlets(self.outlets, tables["articles"])
        with self.ledger.timed("windows"):
            made = compute_apart(features, {**tables, "outlets": outlets, "primaries": self.primaries})
        if {"stories", "story_articles"} <= set(made):
            made["stories"] = self._lead_on(made["stories"], made["story_articles"])
        self.grouped, self.waiting = len(tables["articles"]), False
        return {**made, "outlets": outlets, "primaries": self.primaries}

    def _lead_on(self, stories: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
        """The stories with a row for each name that is gone since the last run that ended: links to it lead on.

        Names that came and went between two batches are not kept, nor those of a run that was killed: neither
        must matter.
        """
        if self.begun is None:
            return stories
        before, articles_before = (self.begun.table(name) for name in ("stories", "story_articles"))
        led = TABLES["stories"].conform(lead_on(before, articles_before, articles))
        return stack_rows("stories", [stories, led])

    def _align(self) -> Frames:
        """What depends on the original texts alone, where these are not those of the last refresh.

        Raises:
            NewsPrismError: one of these features failed; the store stays as it was.
        """
        if self.primaries.equals(self.table("primaries")):
            return {}
        features = [feature for feature in self.features if "primaries" in feature.needs]
        needed = {"articles", *needs_from_outside(features)} - {"primaries"}
        tables = {name: self.table(name) for name in sorted(needed)}
        with self.ledger.timed("windows"):
            made = compute_apart(features, {**tables, "primaries": self.primaries})
        return {**made, "primaries": self.primaries}

    def _merge(self, rows: Frames, name: str) -> pd.DataFrame:
        """The table with these rows in place of those of the same articles."""
        before = self.table(name)
        if name not in rows:
            return before
        kept = before[~before["article_id"].isin(rows["articles"]["article_id"])]
        return stack_rows(name, [kept, rows[name]])

    def _commit(self, rows: Frames, replaced: Frames, *, ended: bool = False) -> int:
        """Make it visible, with the run's own rows and the end of runs that were killed."""
        snapshot = self.snapshot
        books = self.ledger.rows(self.ledger.status if ended else "running")
        if snapshot is not None:
            runs = snapshot.table("runs")
            others = close_killed(runs[runs["run_id"] != self.ledger.run_id])
            books["runs"] = stack_rows("runs", [others, TABLES["runs"].conform(books["runs"])])
        with self.ledger.timed("commit"):
            return self.store.commit(self.ledger.run_id, upserts={**rows, **books}, replaced=replaced)


def _last_whole(store: Store) -> Snapshot | None:
    """The newest version that a run left at its end; none where none came so far."""
    newest_first = (store.snapshot(version) for version in sorted(store.versions(), reverse=True))
    return next((snapshot for snapshot in newest_first if _ended_well(snapshot.table("runs"))), None)


def _ended_well(runs: pd.DataFrame) -> bool:
    """Whether the newest run came to its end, so that everything is grouped."""
    newest = runs.sort_values("started")["status"].tail(1)
    return bool(newest.isin(["complete", "partial"]).all())
