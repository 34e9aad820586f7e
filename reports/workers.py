"""Reports checked and rendered by several processes: in their order, a bounded number ahead, so that memory stays flat.

A process that dies is replaced, and what it may have been at is done again, one report at a time: a report that
kills its process twice is told, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from analysis.cluster import connect
from analysis.errors import ClaimgaugeError
from analysis.files.escapes import escaped
from analysis.registry.vocabulary import Vocabulary, built_in, speaking, vocabulary
from claims.report import Claim, Report
from claims.setup import ReportChecker, Setup, collect_seldom
from reports.rendered import Rendered, rendered

AHEAD = 8
"""Reports given out per process before the first of them is taken back."""

Outcome: TypeAlias = Rendered | ClaimgaugeError
"""A checked report, or why a file could not be checked."""


def check_file(setup: Setup, formats: tuple[str, ...], path: Path, words: bytes = b"") -> Outcome:
    """One report; the process sets itself up at the first one.

    Args:
        setup: what reports are checked with.
        formats: what the report is rendered for.
        path: of the report.
        words: the vocabulary in use, pickled by the process that gave the report out; b"": the built-in one.
    """
    try:
        with speaking(_vocabulary(words)):
            return rendered(_checker(setup, words).checked(path), formats)
    except ClaimgaugeError as error:
        return error


@lru_cache(maxsize=1)
def _vocabulary(words: bytes) -> Vocabulary:
    found: Vocabulary = pickle.loads(words) if words else built_in()  # noqa: S301 — written by our own parent
    return found


@lru_cache(maxsize=1)
def _checker(setup: Setup, words: bytes) -> ReportChecker:  # noqa: ARG001 — names are looked up while it is set up
    return ReportChecker(setup)


class Pool:
    """Processes that check reports; they are replaced when one of them dies.

    Args:
        start: gives an executor of a number of processes.
        count: how many processes.

    Attributes:
        words: the vocabulary in use where they were started (see `check_file`).
    """

    def __init__(self, start: Callable[[int], Executor], count: int) -> None:
        self.start, self.count = start, count
        self.executor = start(count)
        self.words = b"" if vocabulary() is built_in() else pickle.dumps(vocabulary())

    def submit(self, setup: Setup, formats: tuple[str, ...], path: Path) -> Future[Outcome]:
        """Gives out one report."""
        try:
            return self.executor.submit(check_file, setup, formats, path, self.words)
        except BrokenExecutor as error:  # a process died since the last one was given out
            future: Future[Outcome] = Future()
            future.set_exception(error)
            return future

    def replace(self, count: int) -> None:
        """New processes in place of those there are."""
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self.start(count)


def checked_in_order(
    pool: Pool, setup: Setup, paths: Iterable[Path], formats: tuple[str, ...] = ()
) -> Iterator[Outcome]:
    """The outcomes of files in the order of their paths; a report that kills its process is one of the errors.

    Args:
        pool: `AHEAD` files are given out for each of its processes.
        setup: what reports are checked with.
        paths: of the reports.
        formats: what they are rendered for.
    """
    waiting: deque[tuple[Path, Future[Outcome]]] = deque()

    def first() -> Outcome:
        path, future = waiting[0]
        try:
            if isinstance(future.exception(), BrokenExecutor):
                _done_again(pool, setup, formats, waiting)
            return waiting.popleft()[1].result()
        except Exception as error:  # noqa: BLE001 (of a cluster: its workers are its own)
            return ClaimgaugeError(f"{escaped(str(path))}: the process that checked it failed ({error}); left out")

    for path in paths:
        waiting.append((path, pool.submit(setup, formats, path)))
        if len(waiting) >= AHEAD * pool.count:
            yield first()
    while waiting:
        yield first()


def _done_again(
    pool: Pool, setup: Setup, formats: tuple[str, ...], waiting: deque[tuple[Path, Future[Outcome]]]
) -> None:
    """Does what broke with the processes again, one report at a time; then there are as many as before."""
    pool.replace(1)
    for place, (path, future) in enumerate(waiting):
        if future.done() and not future.cancelled() and future.exception() is None:
            continue
        again = pool.submit(setup, formats, path)
        try:
            again.result()
        except BrokenExecutor:
            pool.replace(1)
            why = "the process that checked it died, twice (killed, or out of memory); left out"
            again = Future()
            again.set_result(ClaimgaugeError(f"{escaped(str(path))}: {why}"))
        waiting[place] = (path, again)
    pool.replace(pool.count)


@contextmanager
def local_processes(count: int) -> Iterator[Pool]:
    """Processes on this machine, ended with the block; forked from what was preloaded, where the system can."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    pool = Pool(lambda n: ProcessPoolExecutor(n, context, initializer=_begin), count)
    try:
        yield pool
    finally:
        pool.executor.shutdown(wait=True, cancel_futures=True)


def warm_up() -> None:
    """Loads what every process loads at its first report: packages, evidence, lexicon, grammar, templates."""
    from reports.bundle import FORMATS

    claim = Claim("C01", "MNLI improves XNLI by 1.5 points.")
    checker = ReportChecker(Setup())
    rendered(checker.verifier.checked(Report("", "", "text", (claim,))), tuple(FORMATS))
    collect_seldom()


def _begin() -> None:
    """In a new process: an interruption is its parent's to answer, and it ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def dask_processes(scheduler: str) -> Iterator[Pool]:
    """The workers of a Dask cluster, which sees to their replacement; they see the files under the same paths.

    Raises:
        MissingDataError, UsageError: see `analysis.cluster.connect`.
    """
    client = connect(scheduler)
    try:
        threads = sum(client.nthreads().values())
        yield Pool(lambda _: client.get_executor(pure=False), max(1, threads))
    finally:
        client.close()
