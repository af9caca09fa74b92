"""Workers: article features over many articles at once, so that one bad article costs nothing but itself.

One `concurrent.futures.Executor` does the work: a thread for one worker, a process pool, or a Dask cluster.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Self

import pandas as pd

from etl.errors import SettingsError
from etl.settings import Settings
from etl.transform.feature import Feature, Tables, compute_features

PRELOADED = ("etl.pipeline", "etl.transform.features")  # what a task needs, and seconds to import
CHUNK = 25  # articles a task: enough to outweigh the way there and back

Made = dict[str, pd.DataFrame]
Outcome = tuple[list[str], Made | BaseException]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """Features under way over some articles: what it was given, and its tasks with the ids of each."""

    features: Sequence[Feature]
    tables: Tables
    tasks: dict[Future[Made], list[str]]


class Workers:
    """The executor of a refresh; made when it is first needed, made again when a worker died.

    The work of a second batch may be started before the outcomes of a first one are collected.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._executor: Executor | None = None
        self._under_way: set[Future[Made]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def warm_up(self) -> None:
        """Have the worker processes import what the features need while the first input is still read."""
        if self._settings.workers > 1 and not self._settings.cluster:
            for _ in range(self._settings.workers):
                self._running().submit(compute_features, (), {})

    def start(self, features: Sequence[Feature], tables: Tables, ids: Collection[str]) -> Work:
        """Hand out the features of these articles; `tables` hold the rows of all of them."""
        ordered = sorted(ids)
        chunks = [ordered[at : at + CHUNK] for at in range(0, len(ordered), CHUNK)]
        work = Work(features, tables, {self._submit(features, tables, chunk): chunk for chunk in chunks})
        self._under_way.update(work.tasks)
        return work

    def collect(self, work: Work) -> Iterator[Outcome]:
        """Ids with the tables that the features make of them, or one id with the error it raises."""
        failed: list[list[str]] = []
        for done in as_completed(work.tasks):
            self._under_way.discard(done)
            if done.exception() is None:
                yield work.tasks[done], done.result()
            else:
                failed.append(work.tasks[done])
        if failed:
            wait(self._under_way)
            if any(isinstance(task.exception(), BrokenProcessPool) for task in work.tasks):
                self._close()
        for chunk in sorted(failed):
            yield from self._try_alone(work.features, work.tables, chunk)

    def _try_alone(self, features: Sequence[Feature], tables: Tables, ids: list[str]) -> Iterator[Outcome]:
        """Compute these with nothing else under way, so that a worker that dies dies of them.

        What fails is halved until the article that fails stands alone.
        """
        task = self._submit(features, tables, ids)
        error = task.exception()
        if error is None:
            yield ids, task.result()
            return
        if isinstance(error, BrokenProcessPool):
            self._close()
        if len(ids) == 1:
            yield ids, error
            return
        half = len(ids) // 2
        for part in (ids[:half], ids[half:]):
            yield from self._try_alone(features, tables, part)

    def _submit(self, features: Sequence[Feature], tables: Tables, ids: list[str]) -> Future[Made]:
        """Hand one task to a worker."""
        wanted = {name for feature in features for name in feature.needs} & set(tables)
        cut = {name: _rows_of(tables[name], ids) for name in sorted(wanted)}
        try:
            return self._running().submit(compute_features, tuple(features), cut)
        except BrokenProcessPool:  # a worker died meanwhile; its own task will say so
            self._close()
            return self._running().submit(compute_features, tuple(features), cut)

    def _running(self) -> Executor:
        """The executor, started where there is none."""
        if self._executor is None:
            self._executor = _start_executor(self._settings)
        return self._executor

    def _close(self) -> None:
        """Let the workers go; the next task gets new ones."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


def _rows_of(table: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """The rows of these articles; the whole table where rows are not an article's."""
    if "article_id" not in table:
        return table
    return table[table["article_id"].isin(ids)].reset_index(drop=True)


def _start_executor(settings: Settings) -> Executor:
    """The executor that the settings ask for."""
    if settings.cluster:
        return _join_cluster(settings.cluster)
    if settings.workers == 1:
        return ThreadPoolExecutor(1)
    logger.info("%d worker processes", settings.workers)
    return ProcessPoolExecutor(settings.workers, mp_context=_start_method(), initializer=_end_with_parent)


def _start_method() -> BaseContext:
    """How a worker begins: as a fork of a server that has imported the features, anew where there is none.

    Never as a fork of this process, whose store and queries keep threads.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():  # Windows
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


def _end_with_parent() -> None:
    """In a worker: end when the refresh is no more, which killed cannot say so."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _join_cluster(address: str) -> Executor:
    """The executor of a Dask scheduler.

    Raises:
        SettingsError: Dask is not installed, or the scheduler does not answer.
    """
    try:
        distributed = import_module("distributed")  # only where a cluster is set
        executor: Executor = distributed.Client(address, timeout="10s").get_executor()
    except ImportError as error:
        raise SettingsError("cluster", "Dask is not installed", "pip install distributed") from error
    except (OSError, ValueError) as error:
        raise SettingsError("cluster", f"{address}: {error}", "start the scheduler, or unset it") from error
    return executor
