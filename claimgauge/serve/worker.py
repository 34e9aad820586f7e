"""A process that checks; one that dies, or whose work outlasts its limit and cannot be interrupted, is replaced."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Lock
from typing import TYPE_CHECKING, Any

from analysis.errors import ClaimgaugeError
from analysis.time_limit import GRACE, TimeLimitError, time_limit
from claimgauge.preloading import start_preloading

if TYPE_CHECKING:
    from claims.setup import Setup

STARTING = 120.0
"""Seconds a process may take to read its evidence."""


class WorkerError(ClaimgaugeError):
    """Work that took too long, or ended its process."""


class Worker:
    """One process with a checker; one piece of work at a time.

    Args:
        setup: what it checks with; its `seconds` are what a piece of work may take.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._next: Setup | None = None
        self._busy = Lock()
        self._process: Any = None
        self._connection: Connection | None = None

    def ask(self, task: str, *given: Any, pieces: int = 1) -> Any:
        """The result of a function of `claimgauge.serve.tasks`; waits for work before it.

        Args:
            task: the function.
            *given: its arguments.
            pieces: of work in it, each of which may take as long as one.

        Raises:
            WorkerError: it took longer than allowed, or the process died; the next call has a new one.
            ClaimgaugeError: the work's own fault.
        """
        with self._busy:
            if self._next is not None:
                self.stop()
                self._setup, self._next = self._next, None
            connection = self._started()
            seconds = None if self._setup.seconds is None else self._setup.seconds * pieces
            connection.send((task, given, seconds))
            return self._answer(connection, seconds, task.replace("_", " "))

    def replace_setup(self, setup: Setup) -> None:
        """Checks with something else from the next piece of work on.

        Raises:
            ClaimgaugeError: it cannot be read; the former setup stays.
        """
        with self._busy:
            former, self._setup = self._setup, setup
            self.stop()
            try:
                self._started()
            except ClaimgaugeError:
                self._setup = former
                self.stop()
                raise

    def renew(self, setup: Setup) -> None:
        """Checks with something else, known to be readable, once the work at hand is done; waits for nothing."""
        self._next = setup

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _started(self) -> Connection:
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection
        self.stop()
        context: Any = multiprocessing.get_context(start_preloading())
        ours: Connection
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._setup), daemon=True)
        self._process.start()
        theirs.close()
        self._connection = ours
        self._answer(ours, STARTING, "reading the evidence")
        return ours

    def _answer(self, connection: Connection, seconds: float | None, what: str) -> Any:
        if not connection.poll(None if seconds is None else seconds + GRACE):
            self.stop()
            raise WorkerError(_too_long(what, seconds))
        try:
            outcome, value = connection.recv()
        except (EOFError, OSError):
            self.stop()
            raise WorkerError(f"{what} ended the process that did it; the next one starts anew") from None
        if outcome == "fault":
            raise value
        return value


def _work(connection: Connection, setup: Setup) -> None:
    """In the process: a checker, then one piece of work after another until the pipe is closed."""
    from claimgauge.serve import tasks
    from claims.setup import ReportChecker

    try:
        checker = ReportChecker(setup)
        tasks.check_claim(checker, "MNLI has 392,702 training examples.")
    except ClaimgaugeError as error:
        connection.send(("fault", error))
        return
    connection.send(("done", None))
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            task, given, seconds = connection.recv()
            connection.send(_outcome(getattr(tasks, task), checker, given, seconds))


def _outcome(task: Any, checker: Any, given: tuple[Any, ...], seconds: float | None) -> tuple[str, Any]:
    try:
        with time_limit(seconds):
            return "done", task(checker, *given)
    except ClaimgaugeError as error:
        return "fault", ClaimgaugeError(str(error))
    except TimeLimitError as error:
        return "fault", WorkerError(_too_long(task.__name__.replace("_", " "), error.seconds))
    except OSError as error:
        return "fault", ClaimgaugeError(f"could not be written: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001 (whatever an input provokes is that input's answer)
        return "fault", ClaimgaugeError(f"internal error ({type(error).__name__}: {error}); please report it")


def _too_long(what: str, seconds: float | None) -> str:
    return f"{what} took longer than {seconds:g} s and was stopped; allow more (time-limit)"
