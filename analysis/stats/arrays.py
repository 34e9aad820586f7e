"""Shared array types, the two errors, checks of arguments.

Numbers are checked once where they enter a public function and trusted below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from analysis.errors import ClaimgaugeError

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

MEANINGLESS = 1e-12
"""A spread below this share of the values' size is rounding of the arithmetic, not measurement."""


class ShapeError(ClaimgaugeError, ValueError):
    """Arrays that do not fit together, or an argument outside its range."""


class CannotTellError(ClaimgaugeError, ValueError):
    """The data do not determine the answer; the message begins `cannot tell, because`."""

    exit_code = 4

    def __init__(self, because: str) -> None:
        self.because = because
        super().__init__(f"cannot tell, because {because}")


def vector(name: str, values: npt.ArrayLike, *, length: int | None = None) -> Floats:
    """The values as a finite float vector.

    Raises:
        ShapeError: not one-dimensional, of another length, or holding NaN or infinity.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ShapeError(f"{name} has shape {array.shape}; give one dimension")
    if length is not None and len(array) != length:
        raise ShapeError(f"{name} holds {len(array)} values where {length} are needed")
    return _finite(name, array)


def matrix(name: str, values: npt.ArrayLike, *, rows: int | None = None) -> Floats:
    """The values as a finite float matrix; a vector becomes one column.

    Raises:
        ShapeError: not two-dimensional, another number of rows, or holding NaN or infinity.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim == 1:
        array = array[:, None]
    if array.ndim != 2:
        raise ShapeError(f"{name} has shape {array.shape}; give two dimensions")
    if rows is not None and len(array) != rows:
        raise ShapeError(f"{name} has {len(array)} rows where {rows} are needed")
    return _finite(name, array)


def _finite(name: str, array: Floats) -> Floats:
    bad = int(np.count_nonzero(~np.isfinite(array)))
    if bad:
        raise ShapeError(f"{name} holds {bad} missing or infinite values; drop those rows first")
    return array


def codes(name: str, labels: Sequence[object] | npt.NDArray[np.generic], length: int) -> tuple[Ints, int]:
    """Labels as the integers 0 … k − 1, in sorted order of the labels, and k.

    Raises:
        ShapeError: not one label per row.
    """
    array = np.asarray(labels)
    if array.shape != (length,):
        raise ShapeError(f"{name} has shape {array.shape}; give one label for each of {length} rows")
    levels, found = np.unique(array, return_inverse=True)
    return found.astype(np.int64), len(levels)


def constant(values: Floats) -> bool:
    """True if the values differ by no more than rounding of the arithmetic."""
    return bool(np.ptp(values) <= MEANINGLESS * max(1.0, float(np.abs(values).max())))


def level_in_range(level: float) -> float:
    """A confidence level or power, strictly between 0 and 1.

    Raises:
        ShapeError: outside.
    """
    if not 0 < level < 1:
        raise ShapeError(f"level {level} is outside 0 to 1; 0.95 is customary")
    return level
