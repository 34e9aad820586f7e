"""Work that is done again whenever a file it rests on changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from analysis.errors import ClaimgaugeError
from analysis.files.escapes import escaped, escaped_lines
from analysis.wording import counted

EVERY = 0.5
"""Seconds between two looks at the files."""

State = tuple[int, int, int]
"""Time of the last change, bytes and number of a file; zeros where there is none."""
NONE: State = (0, 0, 0)


def watched(act: Callable[[], int], paths: Sequence[Path]) -> int:
    """Does the work, and again after every change, until Ctrl-C.

    What is wrong with an input is told, and the next change is waited for.

    Args:
        act: the work; returns its exit code.
        paths: files, and folders with all that is in them.

    Returns:
        The exit code of the last time that the work came to its end.
    """
    changes = changed(paths)
    status = 0
    try:
        while True:
            status = _once(act)
            click.echo(f"watching {counted(len(paths), 'file')}; Ctrl-C ends it", err=True)
            click.echo(f"changed: {', '.join(escaped(str(path)) for path in next(changes))}", err=True)
    except KeyboardInterrupt:
        return status


def _once(act: Callable[[], int]) -> int:
    try:
        return act()
    except ClaimgaugeError as error:
        click.echo(f"claimgauge: {escaped_lines(str(error))}", err=True)
        return error.exit_code


def changed(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """The paths that changed since the last time, once they are the same for two looks.

    Args:
        paths: of which the first look is taken at once.
    """
    before = {path: _state(path) for path in paths}

    def changes() -> Iterator[list[Path]]:
        nonlocal before
        last = before
        while True:
            now = {path: _state(path) for path in paths}
            if now == last != before:
                yield [path for path in paths if now[path] != before[path]]
                before = now
            last = now
            time.sleep(EVERY)

    return changes()


def _state(path: Path) -> tuple[State, ...]:
    try:
        inside = sorted(path.rglob("*")) if path.is_dir() else []
        return tuple(_of_file(one) for one in (path, *inside))
    except OSError:
        return (NONE,)


def _of_file(path: Path) -> State:
    try:
        found = path.stat()
    except OSError:
        return NONE
    return found.st_mtime_ns, found.st_size, found.st_ino
