"""Lets a caller follow work that takes long, without a hand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

Watcher: TypeAlias = Callable[[int], None]
"""Called at every step of a fit with the number of models that it finished, 0 or 1."""

_WATCHER: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """A block whose fits are told to a watcher."""
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)


def tell(finished: int) -> None:
    """Tells whoever watches that work goes on.

    Args:
        finished: models finished by this step.
    """
    watcher = _WATCHER.get()
    if watcher is not None:
        watcher(finished)
