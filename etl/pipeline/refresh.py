"""Refresh: extract, transform, load. Killed at any instant and run again, it loses and doubles nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice

import pandas as pd

from etl.errors import NewsPrismError, UnusableInput
from etl.extract import Place
from etl.extract.fetch import Fetcher
from etl.extract.memory import FOLDER, Memory
from etl.extract.outlets import Outlet, read_outlets
from etl.extract.primaries import list_primaries, primaries_folder
from etl.pipeline.compare import Compared, Incoming, compare_articles, recall_articles
from etl.pipeline.grouping import describe_outlets, describe_primaries, stack_rows
from etl.pipeline.intake import Intake
from etl.pipeline.ledger import Ledger, RunSummary
from etl.pipeline.load import Load
from etl.pipeline.progress import COMPUTING, GROUPING, READING, Progress, ProgressFile, Telling
from etl.pipeline.ruling import are_stories_stale, mark_applied, mark_stories, stale_articles
from etl.pipeline.workers import Work, Workers
from etl.settings import Settings
from etl.store import Store
from etl.transform.feature import Feature
from etl.transform.rulings import Rulings, read_rulings
from etl.transform.stories.rulings import StoryRulings, read_story_rulings, with_story_rulings

logger = logging.getLogger(__name__)


def refresh(
    settings: Settings,
    places: Sequence[Place] | None,
    *,
    store: Store,
    features: Sequence[Feature] | None = None,
    fetcher: Fetcher | None = None,
    progress: Progress | None = None,
    recompute: bool = False,
) -> RunSummary:
    """Read the places (none: the bytes kept of earlier ones) into the store; how it went.

    Only what is new or changed is computed, and what `actors.toml` and `stories.toml` rule otherwise than
    before; with `recompute` everything that is read, once.

    Each batch becomes visible as one store version, with the run's row in `runs`. Inputs that cannot be used
    are in `quarantine`.

    Raises:
        StoreBusy: another refresh holds the store.
        NewsPrismError: settings, outlet file or store are not in order; committed batches stay.
    """
    told = Telling(ProgressFile(store.folder), progress)
    with store.lock(), ExitStack() as stack:
        memory = Memory(settings.snapshots / FOLDER)
        asking = fetcher or stack.enter_context(Fetcher(settings, memory=memory))
        workers = stack.enter_context(Workers(settings))
        rulings = read_rulings(settings.actors)
        decided = read_story_rulings(settings.stories)
        bound = with_story_rulings(_bind(features or _all_features(), rulings), decided)
        run = _Run(settings, store, bound, told, workers, rulings, decided, recompute)
        try:
            return run.carry_out(places, asking)
        except (NewsPrismError, KeyboardInterrupt):
            run.give_up()
            raise


def _all_features() -> Sequence[Feature]:
    """The features of the house; imported late, because they bring the language models along."""
    from etl.transform.features import FEATURES

    return FEATURES


def _bind(features: Sequence[Feature], rulings: Rulings) -> Sequence[Feature]:
    """The features bound to what was decided about actors; imported late for the same reason."""
    if not rulings.blocks:
        return features
    from etl.transform.actors.ruled import with_rulings

    return with_rulings(features, rulings)


@dataclass(frozen=True)
class _Started:
    """A batch whose features are being computed."""

    compared: Compared
    work: Work


@dataclass
class _Run:
    """One refresh under way: its books, and the tables as its last batch left them."""

    settings: Settings
    store: Store
    features: Sequence[Feature]
    progress: Progress
    workers: Workers
    rulings: Rulings
    decided: StoryRulings
    recompute: bool = False
    ledger: Ledger = field(init=False)
    outlets: dict[str, Outlet] = field(init=False)
    load: Load = field(init=False)
    computed: set[str] = field(default_factory=set)
    done: int = 0
    known: int = 0

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.settings)
        self.outlets = read_outlets(self.settings.outlets)
        self.load = Load(self.store, self.features, self.outlets, self.ledger, self.read_primaries())

    def carry_out(self, places: Sequence[Place] | None, fetcher: Fetcher) -> RunSummary:
        """Extract, transform and load, batch by batch; then close the books."""
        intake = Intake(self.outlets, self.ledger, self.settings.snapshots)
        self.progress.tell(READING, 0, 0)
        if self.load.snapshot is None:  # all there is will be computed
            self.workers.warm_up()
        found = intake.read_kept() if places is None else intake.read_places(places, fetcher)
        self.read_again()
        self.load_batches(_in_batches(self._count(found), self.settings.batch), intake)
        self.ledger.counts["unmodified"] = fetcher.unmodified
        version = self.close(intake)
        self.progress.tell("done", self.known, self.known)
        return self.ledger.summarise(version)

    def read_primaries(self) -> pd.DataFrame:
        """The original texts that the user gave; one that is damaged is quarantined."""
        primaries, problems = list_primaries(primaries_folder(self.settings.snapshots))
        for problem in problems:
            self.ledger.counts["read"] += 1
            self.ledger.refuse(problem, "extract", source="primaries")
            logger.warning("quarantined %s: %s", problem.item, problem.reason)
        return describe_primaries(primaries)

    def read_again(self) -> None:
        """Compute anew what the rulings on actors change in the articles that are there already."""
        snapshot = self.load.snapshot
        stale = stale_articles(self.store.folder, self.rulings, snapshot) if snapshot else ()
        if snapshot and stale:
            self.known += len(stale)
            started = self.start(recall_articles(snapshot, stale, self.ledger.run_id))
            if started:
                self.finish(started)
        mark_applied(self.store.folder, self.rulings)

    def load_batches(self, batches: Iterator[list[Incoming]], intake: Intake) -> None:
        """Compute and commit the batches in order.

        The features of a batch are under way while the one before is grouped and committed. A batch is not
        held back where the next one comes from the network, nor where both hold the same article.
        """
        waiting: _Started | None = None
        for batch in batches:
            if waiting and _meet(waiting, batch):
                self.finish(waiting)
                waiting = None
            started = self.start(self.compare(batch))
            if waiting:
                self.finish(waiting)
            waiting = started
            if waiting and intake.asking:
                self.finish(waiting)
                waiting = None
        if waiting:
            self.finish(waiting)

    def compare(self, batch: list[Incoming]) -> Compared:
        """Which articles of the batch are new or changed."""
        with self.ledger.timed("compare"):
            again = {one.article.article_id for one in batch} - self.computed if self.recompute else set()
            compared = compare_articles(batch, self.load.snapshot, self.ledger.run_id, again=again)
        self.ledger.counts.update(compared.counts)
        self.computed.update(compared.ids if self.recompute else ())
        self.done += len(batch) - len(compared.ids)
        return compared

    def start(self, compared: Compared) -> _Started | None:
        """Hand out the features of what is new or changed; nothing where all is as before."""
        if not compared.ids:
            return None
        self.progress.tell(COMPUTING, self.done, self.known)
        features = [feature for feature in self.features if feature.scope == "article"]
        outlets = describe_outlets(self.outlets, compared.tables["articles"])
        tables = {**compared.tables, "outlets": outlets}
        return _Started(compared, self.workers.start(features, tables, compared.ids))

    def finish(self, started: _Started) -> None:
        """Commit the batch with all that follows from it."""
        rows = self._collect(started)
        self.progress.tell(GROUPING, self.done, self.known)
        self.load.commit_batch(rows)

    def close(self, intake: Intake) -> int:
        """The last commit: what is not grouped yet, the days observed, and how the run ended."""
        self.progress.tell(GROUPING, self.done, self.known)
        self.load.waiting |= are_stories_stale(self.store.folder, self.decided)
        version = self.load.commit_end(intake.checks)
        mark_stories(self.store.folder, self.decided)
        return version

    def give_up(self) -> None:
        """Say that the run failed, where the store still takes it."""
        self.progress.tell("failed", self.done, self.known)
        self.load.commit_failure()

    def _count(self, found: Iterable[list[Incoming]]) -> Iterator[Incoming]:
        """The inputs one by one, counted as they become known."""
        for some in found:
            self.known += len(some)
            self.progress.tell(READING, self.done, self.known)
            yield from some

    def _collect(self, started: _Started) -> dict[str, pd.DataFrame]:
        """The tables of article scope for these articles; an article that breaks a feature is left out."""
        parts: dict[str, list[pd.DataFrame]] = {feature.makes: [] for feature in started.work.features}
        broken: list[str] = []
        with self.ledger.timed("features"):
            for ids, outcome in self.workers.collect(started.work):
                if isinstance(outcome, BaseException):
                    broken += ids
                    self._refuse(started.compared, ids[0], outcome)
                else:
                    for name, made in outcome.items():
                        parts[name].append(made)
                self.done += len(ids)
                self.progress.tell(COMPUTING, self.done, self.known)
        tables = started.compared.tables
        kept = {name: frame[~frame["article_id"].isin(broken)] for name, frame in tables.items()}
        return kept | {name: stack_rows(name, made) for name, made in parts.items()}

    def _refuse(self, compared: Compared, article_id: str, error: BaseException) -> None:
        """Quarantine an article on which a feature failed."""
        articles = compared.tables["articles"]
        row = articles[articles["article_id"] == article_id].iloc[0]
        reason = f"a feature failed on it ({type(error).__name__}: {error})".strip()
        problem = UnusableInput(row["url"] or article_id, reason, "report it with this text")
        told = {"source": row["source"], "url": row["url"], "snapshot": row["snapshot"]}
        self.ledger.refuse(problem, "transform", **told)
        logger.warning("quarantined %s: %s", problem.item, reason)


def _in_batches(inputs: Iterator[Incoming], size: int) -> Iterator[list[Incoming]]:
    """The inputs in lists of this size; the last one may be shorter."""
    while batch := list(islice(inputs, size)):
        yield batch


def _meet(started: _Started, batch: list[Incoming]) -> bool:
    """Whether a batch holds an article that an uncommitted one holds too."""
    return not {one.article.article_id for one in batch}.isdisjoint(started.compared.ids)
