"""Refresh: extract, transform, load. Killed at any instant and run again, it loses and doubles nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

import pandas as pd

from etl.errors import NewsPrismError, UnusableInput
from etl.extract import Place
from etl.extract.fetch import Fetcher
from etl.extract.outlets import Outlet, read_outlets
from etl.pipeline.compare import Compared, Incoming, compare_articles
from etl.pipeline.intake import Intake
from etl.pipeline.ledger import Ledger, RunSummary, close_killed
from etl.pipeline.observe import observe_days
from etl.pipeline.progress import Progress, ProgressFile, Telling
from etl.pipeline.workers import Workers
from etl.schema import TABLES
from etl.settings import Settings
from etl.store import Snapshot, Store
from etl.transform.feature import Feature, compute_features

logger = logging.getLogger(__name__)


def refresh(
    settings: Settings,
    places: Sequence[Place] | None,
    *,
    store: Store,
    features: Sequence[Feature] | None = None,
    fetcher: Fetcher | None = None,
    progress: Progress | None = None,
) -> RunSummary:
    """Read the places (none: the bytes kept of earlier ones) into the store; how it went.

    Each batch becomes visible as one store version, with the run's row in `runs`. Inputs that cannot be used
    are in `quarantine`.

    Raises:
        StoreBusy: another refresh holds the store.
        NewsPrismError: settings, outlet file or store are not in order; committed batches stay.
    """
    told = Telling(ProgressFile(store.folder), progress)
    with store.lock(), ExitStack() as stack:
        asking = fetcher or stack.enter_context(Fetcher(settings))
        run = _Run(settings, store, features or _all_features(), told, stack.enter_context(Workers(settings)))
        try:
            return run.carry_out(places, asking)
        except (NewsPrismError, KeyboardInterrupt):
            run.give_up()
            raise


def _all_features() -> Sequence[Feature]:
    """The features of the house; imported late, because they bring the language models along."""
    from etl.transform import FEATURES

    return FEATURES


@dataclass
class _Run:
    """One refresh under way: its books, and the tables as its last batch left them."""

    settings: Settings
    store: Store
    features: Sequence[Feature]
    progress: Progress
    workers: Workers
    ledger: Ledger = field(init=False)
    outlets: dict[str, Outlet] = field(init=False)
    latest: dict[str, pd.DataFrame] = field(default_factory=dict)
    done: int = 0
    known: int = 0

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.settings)
        self.outlets = read_outlets(self.settings.outlets)

    def carry_out(self, places: Sequence[Place] | None, fetcher: Fetcher) -> RunSummary:
        """Extract, transform and load, batch by batch; then close the books."""
        intake = Intake(self.outlets, self.ledger, self.settings.snapshots)
        self.progress.tell("reading", 0, 0)
        found = intake.read_kept() if places is None else intake.read_places(places, fetcher)
        for batch in _in_batches(self._count(found), self.settings.batch):
            self.load_batch(self.compare(batch), len(batch))
        version = self.close(intake)
        self.progress.tell("done", self.done, self.known)
        return self.ledger.summarise(version)

    def compare(self, batch: Iterable[Incoming]) -> Compared:
        """Which articles of the batch are new or changed."""
        with self.ledger.timed("compare"):
            compared = compare_articles(batch, self._snapshot(), self.ledger.run_id)
        self.ledger.counts.update(compared.counts)
        return compared

    def load_batch(self, compared: Compared, size: int) -> None:
        """Compute the features of what is new or changed, and commit it with all that follows from it."""
        if compared.ids:
            rows = self._transform(compared, self.done)
            self._commit(rows, self._window_tables(rows))
        self.done += size
        self.progress.tell("reading", self.done, self.known)

    def close(self, intake: Intake) -> int:
        """The last commit: outlets, observations and how the run ended."""
        articles = self._table("articles")
        self.latest["outlets"] = _describe_outlets(self.outlets, articles)
        before = self._table("observations") if self._snapshot() else TABLES["observations"].empty()
        observed = observe_days(before, intake.checks, articles, self.outlets)
        return self._commit({}, {"observations": observed, "outlets": self.latest["outlets"]}, ended=True)

    def give_up(self) -> None:
        """Say that the run failed, where the store still takes it."""
        self.progress.tell("failed", self.done, self.known)
        if self._snapshot() is not None:
            self.store.commit(self.ledger.run_id, upserts=self.ledger.rows("failed"))

    def _count(self, found: Iterable[list[Incoming]]) -> Iterator[Incoming]:
        """The inputs one by one, counted as they become known."""
        for some in found:
            self.known += len(some)
            self.progress.tell("reading", self.done, self.known)
            yield from some

    def _transform(self, compared: Compared, done: int) -> dict[str, pd.DataFrame]:
        """The tables of article scope for these articles; an article that breaks a feature is left out."""
        features = [feature for feature in self.features if feature.scope == "article"]
        parts: dict[str, list[pd.DataFrame]] = {feature.makes: [] for feature in features}
        broken: list[str] = []
        with self.ledger.timed("features"):
            for ids, outcome in self.workers.compute(features, self._inputs(compared), compared.ids):
                if isinstance(outcome, BaseException):
                    broken += ids
                    self._refuse(compared, ids[0], outcome)
                    continue
                for name, made in outcome.items():
                    parts[name].append(made)
                done += len(ids)
                self.progress.tell("computing features", done, self.known)
        kept = {name: frame[~frame["article_id"].isin(broken)] for name, frame in compared.tables.items()}
        return kept | {name: _stack(name, made) for name, made in parts.items()}

    def _inputs(self, compared: Compared) -> dict[str, pd.DataFrame]:
        """What article features may need: the articles' own rows, and the outlets."""
        return {**compared.tables, "outlets": _describe_outlets(self.outlets, compared.tables["articles"])}

    def _refuse(self, compared: Compared, article_id: str, error: BaseException) -> None:
        """Quarantine an article on which a feature failed."""
        articles = compared.tables["articles"]
        row = articles[articles["article_id"] == article_id].iloc[0]
        reason = f"a feature failed on it ({type(error).__name__}: {error})".strip()
        problem = UnusableInput(row["url"] or article_id, reason, "report it with this text")
        told = {"source": row["source"], "url": row["url"], "snapshot": row["snapshot"]}
        self.ledger.refuse(problem, "transform", **told)
        logger.warning("quarantined %s: %s", problem.item, reason)

    def _window_tables(self, rows: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """The tables that depend on several articles, over all articles as they are now.

        Raises:
            NewsPrismError: one of these features failed; the store stays as it was.
        """
        features = [feature for feature in self.features if feature.scope == "window"]
        merged = partial(self._merged, rows)
        needed = {name for f in features for name in f.needs} - {f.makes for f in features}
        tables = {name: merged(name) for name in sorted({*needed, "articles"} - {"outlets"})}
        self.latest.update(tables)
        outlets = _describe_outlets(self.outlets, tables["articles"])
        with self.ledger.timed("windows"):
            made = _compute_apart(features, {**tables, "outlets": outlets})
        return {**made, "outlets": outlets}

    def _merged(self, rows: dict[str, pd.DataFrame], name: str) -> pd.DataFrame:
        """The table after this batch."""
        before = self._table(name)
        if name not in rows:
            return before
        kept = before[~before["article_id"].isin(rows["articles"]["article_id"])]
        return _stack(name, [kept, rows[name]])

    def _table(self, name: str) -> pd.DataFrame:
        """The table as the last batch left it."""
        if name not in self.latest:
            snapshot = self._snapshot()
            self.latest[name] = TABLES[name].empty() if snapshot is None else snapshot.table(name)
        return self.latest[name]

    def _commit(
        self, rows: dict[str, pd.DataFrame], replaced: dict[str, pd.DataFrame], *, ended: bool = False
    ) -> int:
        """Make it visible, with the run's own rows and the end of runs that were killed."""
        snapshot = self._snapshot()
        books = self.ledger.rows(self.ledger.status if ended else "running")
        if snapshot is not None:
            runs = snapshot.table("runs")
            others = close_killed(runs[runs["run_id"] != self.ledger.run_id])
            books["runs"] = _stack("runs", [others, TABLES["runs"].conform(books["runs"])])
        with self.ledger.timed("commit"):
            return self.store.commit(self.ledger.run_id, upserts={**rows, **books}, replaced=replaced)

    def _snapshot(self) -> Snapshot | None:
        """The newest version; none in an empty store."""
        return self.store.snapshot() if self.store.versions() else None


def _in_batches(inputs: Iterator[Incoming], size: int) -> Iterator[list[Incoming]]:
    """The inputs in lists of this size; the last one may be shorter."""
    while batch := list(islice(inputs, size)):
        yield batch


def _stack(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of all parts in the order of the key; empty parts must not change dtypes."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return TABLES[name].empty()
    return pd.concat(filled).sort_values(list(TABLES[name].key), kind="stable", ignore_index=True)


def _compute_apart(features: Sequence[Feature], tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of window scope; whatever their code raises is told as one error of ours."""
    with ThreadPoolExecutor(1) as thread:
        task = thread.submit(compute_features, features, tables)
        error = task.exception()
    if error is not None:
        articles = len(tables["articles"])
        raise NewsPrismError(
            f"grouping {articles} articles failed: {error}; report it with this text"
        ) from error
    return task.result()


def _describe_outlets(outlets: dict[str, Outlet], articles: pd.DataFrame) -> pd.DataFrame:
    """Rows for `outlets`: those configured, and those met that are not, by their name alone."""
    met = {name: Outlet(outlet=name, name=name) for name in articles["outlet"].unique()}
    rows = [
        {
            "outlet": o.outlet, "name": o.name, "country": o.country or None, "family": o.family or None,
            "kind": o.kind or None, "timezone": o.timezone or None, "languages": "; ".join(o.languages),
            "groups": "; ".join(o.groups), "domains": "; ".join(o.domains),
        }
        for o in {**met, **outlets}.values()
    ]  # fmt: skip
    return TABLES["outlets"].conform(pd.DataFrame(rows))
