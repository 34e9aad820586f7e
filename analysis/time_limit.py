"""Work that is stopped when it takes too long, on the main thread of systems with interval timers."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 0.2
"""Seconds after which work that swallowed the interruption is interrupted again."""
GRACE = 5.0
"""Seconds beyond its limit after which a process whose work could not be interrupted is ended by who waits for it."""


class TimeLimitError(BaseException):
    """Work took longer than it may; no `except Exception` on the way takes it for a fault of its own.

    Attributes:
        seconds: what it was given.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"stopped after {seconds:g} seconds")


def can_limit() -> bool:
    """True if work can be stopped here: threads besides the main one, and Windows, have no such timer."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """A block that may take so many seconds; one inside another may take no longer than the outer one.

    Args:
        seconds: None for no limit.

    Raises:
        TimeLimitError: it took longer.
    """
    if seconds is None or not can_limit():
        yield
        return
    outer, _ = signal.getitimer(signal.ITIMER_REAL)
    if outer and outer <= seconds:
        yield
        return
    began, armed = time.monotonic(), True

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if armed:
            raise TimeLimitError(seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, max(outer - (time.monotonic() - began), 0.001), AGAIN)
