"""Columns of plain decimal numbers, converted as a whole.

Most columns of a large file hold nothing but digits, points and signs. What each cell says then follows from its bytes:
no number is read alone, and no object is made until a cell is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

SIGNS = b"0123456789.-\n"
FAULTS = (b"\n.", b".\n", b"-.")
"""Pattern of no plain number: a point without a digit on either side of it."""
LONGEST = 12
"""Signs of a plain number at most, so that its digits are exact as a whole number in a float."""
NEWLINE, POINT, MINUS = 10, 46, 45
TENS = np.array([float(f"1e{power}") for power in range(LONGEST + 2)])


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """A column whose cells are plain numbers, blank, or a dash for nothing measured.

    Attributes:
        texts: the cells. places: decimals of each, -1 where there is no number.
    """

    texts: Sequence[str]
    places: NDArray[np.int64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Mask of cells that hold a number."""
        return self.places >= 0

    def numbers(self) -> NDArray[np.float64]:
        """The numbers as printed, NaN where there is none."""
        known = self.known
        if known.all():
            return np.fromiter(map(float, self.texts), np.float64, len(self.texts))
        found = np.full(len(self.texts), np.nan)
        found[known] = list(map(float, compress(self.texts, known.tolist())))
        return found

    def nothing(self) -> NDArray[np.float64]:
        """Values that plain numbers lack: NaN for every cell."""
        return np.full(len(self.texts), np.nan)

    def half_widths(self) -> NDArray[np.float64]:
        """Half a unit of each number's last place, NaN where there is none."""
        return np.where(self.known, 5.0 / TENS[self.places + 1], np.nan)

    def bounds(self, side: int) -> NDArray[np.float64]:
        """The lower (side -1) or upper (1) ends of the rounding intervals, NaN where there is no number.

        They are quotients of whole numbers that floats hold exactly, so that they are rounded once.
        """
        units = np.rint(self.numbers() * TENS[self.places])
        return np.where(self.known, (10 * units + 5 * side) / TENS[self.places + 1], np.nan)


def plain_column(texts: Sequence[str]) -> PlainColumn | None:
    """A column as plain numbers; None where a cell is anything else, or none is a number."""
    joined = "\n".join(("", *texts, ""))
    if not joined.isascii():
        return None
    data = joined.encode("ascii")
    if data.translate(None, SIGNS) or any(fault in data for fault in FAULTS) or data.count(b"-") != data.count(b"\n-"):
        return None
    signs = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(signs == NEWLINE)
    widths = np.diff(ends) - 1
    if len(widths) != len(texts) or not len(widths) or widths.max() > LONGEST:
        return None
    points = np.flatnonzero(signs == POINT)
    cells = np.searchsorted(ends, points) - 1
    if (np.diff(cells) == 0).any():
        return None
    places = np.zeros(len(texts), dtype=np.int64)
    places[cells] = ends[cells + 1] - points - 1
    places[(widths == 0) | ((widths == 1) & (signs[ends[1:] - 1] == MINUS))] = -1
    return PlainColumn(texts, places) if (places >= 0).any() else None
