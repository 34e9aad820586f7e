"""Progress of whatever takes over a second: one line, written over, on a terminal; lines on stderr beside `--json`.

Lines begin with "progress: ", so that a program that reads stderr can tell them from notes and errors. Without a
terminal and without `--json` nothing is shown, except of work that always says that it goes on.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Literal, Self, TypeVar

import click

from analysis.files.escapes import escaped

if TYPE_CHECKING:
    from types import TracebackType

Thing = TypeVar("Thing")
Mode = Literal["line", "lines", "seldom", "none"]

PATIENCE = 1.0
"""Seconds of work before progress is shown."""
OFTEN = {"line": 0.25, "lines": 5.0, "seldom": 20.0}
"""Seconds between two signs of progress."""
ERASE = "\r\x1b[K"


def mode() -> Mode:
    """Way in which the command that runs shows progress."""
    context = click.get_current_context(silent=True)
    if context is not None and context.params.get("as_json"):
        return "lines"
    return "line" if sys.stderr.isatty() else "none"


class ShownProgress:
    """A block of work.

    Models that are fitted in it are counted, too (see `analysis.stats.watching`).

    Args:
        what: is done, such as "checking reports".
        total: how many there are to do; 0 where that is not known.
        always: whether it is shown, in lines, where there is no terminal.

    Attributes:
        beside: says what is being done, or "".
    """

    def __init__(self, what: str, total: int = 0, *, always: bool = False) -> None:
        self.what, self.total, self.always = what, total, always
        self.beside: Callable[[], str] = str
        self.done = self.fitted = 0
        self._mode: Mode = "none"
        self._shown = False
        self._ended = threading.Event()
        self._writing = threading.Lock()
        self._watching = ExitStack()
        self._ticker: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._began, self._mode = time.monotonic(), mode()
        if self._mode == "none" and not self.always:
            return self
        if self._mode == "none":
            self._mode = "seldom"
        from analysis.stats.watching import watched_by

        self._watching.enter_context(watched_by(self._count_fits))
        self._ticker = threading.Thread(target=self._tick, daemon=True)
        self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._ticker is not None:
            self._ticker.join()
        self._watching.close()
        self._erase()

    def advance(self) -> None:
        """One more is done."""
        self.done += 1

    def reach(self, done: int, total: int) -> None:
        """So many of so many are done."""
        self.done, self.total = done, total

    def over(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """The things, each of which is done when the next is asked for."""
        for thing in things:
            yield thing
            self.advance()

    def say(self, text: str, *, err: bool = False) -> None:
        """Prints a line that stays."""
        with self._writing:
            self._erase()
            click.echo(text, err=err)

    def __str__(self) -> str:
        passed = time.monotonic() - self._began
        counts = []
        if self.total:
            counts.append(f"{self.done:,} of {self.total:,}")
        if self.fitted:
            counts.append(f"models fitted: {self.fitted:,}")
        times = f"{passed:.0f} s"
        if 0 < self.done < self.total:
            times += f", about {passed / self.done * (self.total - self.done):.0f} s left"
        return f"{self.what}: {'; '.join(filter(None, [*counts, times, self.beside()]))}"

    def _count_fits(self, finished: int) -> None:
        self.fitted += finished

    def _tick(self) -> None:
        wait = OFTEN["seldom"] if self._mode == "seldom" else PATIENCE
        while not self._ended.wait(wait):
            wait = OFTEN[self._mode]
            with self._writing:
                self._show()

    def _show(self) -> None:
        if self._mode != "line":
            click.echo(f"progress: {escaped(str(self))}", err=True)
        else:
            shown = escaped(str(self))[: get_terminal_size().columns - 1]
            click.echo(f"{ERASE}{shown}", nl=False, err=True)
            self._shown = True

    def _erase(self) -> None:
        if self._shown:
            click.echo(ERASE, nl=False, err=True)
            self._shown = False
