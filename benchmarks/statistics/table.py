"""Headers of the tables of `calibration.py`."""

from __future__ import annotations

import numpy as np


def heading(title: str, size: int, share: float) -> None:
    """Prints the title, the number of grids and the Monte-Carlo error of a share."""
    print(f"\n### {title}\n\n{size} grids; Monte-Carlo error of a share of {share:g}: ", end="")
    print(f"± {1.96 * np.sqrt(share * (1 - share) / size):.3f}\n")
