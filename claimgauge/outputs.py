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
        there = next((folder for folder in (path, *path.parents) if os.path.lexists(folder)), Path())
        if there != path and not there.is_dir():
            raise InputError(str(path), f"cannot be written, as {there} is no folder; name another path")
        folder = there if there.is_dir() else there.parent
        if not os.access(folder, os.W_OK | os.X_OK):
            raise InputError(str(path), f"cannot be written to {folder}; name another path, or see to its permissions")
        return path


OUTPUT_FILE = OutputPath(dir_okay=False)
OUTPUT_FOLDER = OutputPath(file_okay=False)
