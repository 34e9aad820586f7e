"""Reports checked by several processes: in their order, a bounded number ahead, so that memory stays flat."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from analysis.cluster import connect
from analysis.errors import ClaimgaugeError
from claims.setup import Checker, Setup
from claims.verify import CheckedReport

AHEAD = 8
"""Reports given out per process before the first of them is taken back."""

Outcome = CheckedReport | ClaimgaugeError
"""A checked report, or why a file could not be read."""


def check_file(setup: Setup, path: Path) -> Outcome:
    """One report; the process sets itself up at the first one."""
    try:
        return _checker(setup).check(path)
    except ClaimgaugeError as error:
        return error


@lru_cache(maxsize=1)
def _checker(setup: Setup) -> Checker:
    return Checker(setup)


def checked_in_order(executor: Executor, processes: int, setup: Setup, paths: Iterable[Path]) -> Iterator[Outcome]:
    """The outcomes of files in the order of their paths.

    Args:
        executor: what runs `check_file`.
        processes: how many it has; `AHEAD` files are given out for each.
        setup: what reports are checked with.
        paths: of the reports.

    Raises:
        ClaimgaugeError: a process died.
    """
    waiting: deque[tuple[Path, Future[Outcome]]] = deque()
    for path in paths:
        waiting.append((path, executor.submit(check_file, setup, path)))
        if len(waiting) >= AHEAD * processes:
            yield _result(*waiting.popleft())
    while waiting:
        yield _result(*waiting.popleft())


def _result(path: Path, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenExecutor as error:
        raise ClaimgaugeError(
            f"a process that checked reports died at or before {path} ({error}); --workers 1 finds which report it was"
        ) from None


@contextmanager
def local_processes(count: int) -> Iterator[tuple[Executor, int]]:
    """Processes on this machine, ended with the block."""
    executor = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))
    try:
        yield executor, count
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def dask_processes(scheduler: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask cluster; they see the files under the same paths.

    Raises:
        MissingDataError, UsageError: see `analysis.cluster.connect`.
    """
    client = connect(scheduler)
    try:
        threads = sum(client.nthreads().values())
        yield client.get_executor(pure=False), max(1, threads)
    finally:
        client.close()
