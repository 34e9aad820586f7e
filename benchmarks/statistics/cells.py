"""The grids of `worlds.py` as the rows that the question about distance takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from worlds import PATHS

from analysis.questions.distance.rows import DistanceRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worlds import World


def rows_of(w: World, languages: Sequence[int] = tuple(range(len(PATHS))), tasks: int | None = None) -> DistanceRows:
    """Some languages (places in `PATHS`) and the first tasks of a grid, all by default."""
    cells = w.cells[:tasks][:, list(languages)]
    task, place = (i.ravel() for i in np.indices(cells.shape))
    distance = w.distance[list(languages)]
    language = np.array(languages)[place]
    names = np.array([f"t{t}" for t in task], dtype=object)
    return DistanceRows(
        y=cells.ravel(),
        z=((distance - distance.mean()) / distance.std())[place],
        sd=1.0,
        task=names,
        baseline=names,
        target=names,
        language=np.array([f"l{i:02d}" for i in language], dtype=object),
        family=np.array([PATHS[i][0] for i in language], dtype=object),
        branch=np.array([PATHS[i][1] for i in language], dtype=object),
        source=np.array(["source"] * len(language), dtype=object),
        unit="points per standard deviation",
        name="slope",
        level=0.95,
    )
