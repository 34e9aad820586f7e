"""Paths of outputs, refused before the work begins if nothing can be written there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from analysis.errors import InputError


class OutputPath(click.Path):
    """A file to write, or with `file_okay=False` a folder; what lacks of its folders is made when it is written.

    Raises:
        InputError: a part of the path is a file, or nothing may be written there.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(path_type=Path, **given)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, if it can be written."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        check_writable(path)
        return path


def check_writable(path: Path, *, folder: bool = False) -> None:
    """Refuses a path where nothing can be written.

    Args:
        path: of a file, or of a folder to make.
        folder: whether a folder has to stand there.

    Raises:
        InputError: a part of the path is a file, or nothing may be written there.
    """
    there = next((place for place in (path, *path.parents) if os.path.lexists(place)), Path())
    if not there.is_dir() and (folder or there != path):
        raise InputError(str(path), f"cannot be written, as {there} is no folder; name another path")
    holder = there if there.is_dir() else there.parent
    if not os.access(holder, os.W_OK | os.X_OK):
        raise InputError(str(path), f"cannot be written to {holder}; name another path, or see to its permissions")


OUTPUT_FILE = OutputPath(dir_okay=False)
OUTPUT_FOLDER = OutputPath(file_okay=False)
