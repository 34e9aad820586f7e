"""Bounded scores on an unbounded scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.stats.arrays import Floats, ShapeError

if TYPE_CHECKING:
    import numpy.typing as npt


def empirical_logit(score: npt.ArrayLike, n_items: npt.ArrayLike) -> Floats:
    """The log odds of being right, half an item added to both sides so that 0 and 100 stay finite.

    Cox and Snell 1989, section 2.1. A point near the ceiling counts more than one in the middle.

    Args:
        score: in points, 0 to 100; NaN stays NaN.
        n_items: evaluated items behind each score, or one number for all.

    Raises:
        ShapeError: a score outside 0 to 100, or fewer than one item.
    """
    points = np.asarray(score, dtype=np.float64)
    items = np.asarray(n_items, dtype=np.float64)
    if (points < 0).any() or (points > 100).any():
        raise ShapeError("scores lie outside 0 to 100; give points")
    if not (items >= 1).all():
        raise ShapeError("every score needs at least one item behind it")
    right = points / 100 * items
    logit: Floats = np.log((right + 0.5) / (items - right + 0.5))
    return logit
