"""Inputs from Python: a path as text or `Path`, a data frame of any library, one of them or several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from analysis.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

Frame: TypeAlias = Any
"""A data frame of pandas, or of a library that hands its columns over as Arrow (polars, DuckDB, pyarrow)."""
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
    if not isinstance(given, Iterable):
        raise UsageError(f"expected a path, a data frame or a list of them, not {type(given).__name__}")
    return [one(thing) for thing in given]


def one(thing: Given) -> Path | pd.DataFrame:
    """A path or a pandas frame.

    Raises:
        UsageError: it is neither.
    """
    if isinstance(thing, str | PathLike):
        return Path(thing)
    if is_frame(thing):
        return pandas_frame(thing)
    raise UsageError(f"expected a path or a data frame, not {type(thing).__name__}")


def is_frame(thing: object) -> bool:
    """True if something is a data frame."""
    return hasattr(thing, "__arrow_c_stream__") or _is_pandas(thing)


def pandas_frame(frame: Frame) -> pd.DataFrame:
    """A data frame of any library as one of pandas."""
    if _is_pandas(frame):
        same: pd.DataFrame = frame
        return same
    import pyarrow as pa

    handed: pd.DataFrame = pa.table(frame).to_pandas()
    return handed


def _is_pandas(thing: object) -> bool:
    return any(kind.__module__.startswith("pandas.") and kind.__name__ == "DataFrame" for kind in type(thing).__mro__)


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
    """`{"split": "test"}` as the command line writes it: `split=test`."""
    return tuple(f"{name}={value}" for name, value in (assume or {}).items())
