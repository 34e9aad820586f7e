"""Inputs from Python: a path as text or `Path`, a data frame of any library, one of them or several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from analysis.arguments import is_frame as is_pandas
from analysis.arguments import is_path, refused, shown
from analysis.errors import UsageError
from analysis.registry.chosen_names import no_such

if TYPE_CHECKING:
    import pandas as pd

Frame: TypeAlias = Any
"""A data frame of pandas, or of a library that hands its columns over as Arrow (polars, DuckDB, pyarrow)."""
PATH_OR_FRAME = "a path or a data frame"
Given: TypeAlias = str | PathLike[str] | Frame
"""A file, or a data frame."""


def several(given: Given | Iterable[Given] | None) -> list[Path | pd.DataFrame]:
    """A list of paths and pandas frames from one or several; nothing for None.

    Raises:
        UsageError: something is neither a path nor a data frame.
    """
    if given is None:
        return []
    if isinstance(given, str | PathLike) or is_frame(given):
        return [one(given)]
    if not isinstance(given, Iterable) or isinstance(given, bytes | Mapping) or _is_column(given):
        raise UsageError(f"expected {PATH_OR_FRAME}, or a list of them, not {type(given).__name__} ({shown(given)})")
    return [one(thing) for thing in given]


def one(thing: Given) -> Path | pd.DataFrame:
    """A path or a pandas frame.

    Raises:
        UsageError: it is neither.
    """
    if is_path(thing):
        return Path(thing)
    if is_frame(thing):
        return pandas_frame(thing)
    raise UsageError(f"expected {PATH_OR_FRAME}, not {type(thing).__name__} ({shown(thing)})")


def texts_or_paths(given: str | PathLike[str] | Iterable[str | PathLike[str]], what: str) -> list[str | PathLike[str]]:
    """One path or text, or several, as a list.

    Raises:
        UsageError: something is neither, or empty.
    """
    needs = "a path, a text of several lines, or a list of them"
    if isinstance(given, str | PathLike):
        given = [given]
    if not isinstance(given, Iterable) or isinstance(given, bytes | Mapping) or is_frame(given):
        raise refused(what, given, needs)
    found = list(given)
    for thing in found:
        if not is_path(thing):
            raise refused(what, thing, needs)
    return found


def is_frame(thing: object) -> bool:
    """True if something is a data frame."""
    return is_pandas(thing) or (hasattr(thing, "__arrow_c_stream__") and not _is_column(thing))


def pandas_frame(frame: Frame) -> pd.DataFrame:
    """A data frame of any library as one of pandas."""
    if is_pandas(frame):
        same: pd.DataFrame = frame
        return same
    import pyarrow as pa

    handed: pd.DataFrame = pa.table(frame).to_pandas()
    return handed


def _is_column(thing: object) -> bool:
    """True if something is one column of a data frame."""
    return type(thing).__name__ in {"Series", "Index", "ChunkedArray"}


def files_and_frames(
    given: Given | Iterable[Given] | None,
) -> tuple[tuple[Path, ...], tuple[pd.DataFrame, ...]]:
    """Separates paths from frames."""
    found = several(given)
    files = tuple(thing for thing in found if isinstance(thing, Path))
    return files, tuple(thing for thing in found if not isinstance(thing, Path))


def paths(given: Given | Iterable[Given] | None, what: str) -> tuple[Path, ...]:
    """Paths where only files make sense.

    Raises:
        UsageError: a data frame was given.
    """
    files, frames = files_and_frames(given)
    if frames:
        raise UsageError(f"{what} are files; give a path")
    return files


def assumptions(assume: Mapping[str, object] | None) -> tuple[str, ...]:
    """`{"split": "test"}` as the command line writes it: `split=test`.

    Raises:
        UsageError: a name means nothing.
    """
    from analysis.importers.opening import NAMES

    for name in assume or {}:
        if name not in NAMES:
            raise no_such("thing to assume", name, NAMES)
    return tuple(f"{name}={_written(value)}" for name, value in (assume or {}).items())


def _written(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, Iterable) and not isinstance(value, str) else str(value)
