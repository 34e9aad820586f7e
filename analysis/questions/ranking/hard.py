"""Finds languages that are hard beyond their distance from the source language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtr

from analysis.distances import shipped_distances
from analysis.distances.completing import completed
from analysis.gains.contrasts import with_holm
from analysis.gains.reading import MEAN
from analysis.stats.two_way import components, two_way
from analysis.wording import counted

if TYPE_CHECKING:
    from analysis.leaderboard import Board
    from analysis.questions.ranking.design import RankingDesign
    from analysis.stats.arrays import Floats

ROOM = 3
"""Degrees of freedom that a regression on distance must leave."""
COLUMNS = ("language", "score", "expected", "residual", "t", "p_value", "p_holm")


@dataclass(frozen=True, slots=True)
class Hard:
    """Languages against what their distance lets expect.

    Attributes:
        frame: hardest first. Columns: `language`; `score`, mean over tasks and rows in points, by the additive
            model; `expected` by distance and `residual`; `t`, externally studentised (Belsley, Kuh and Welsch
            1980), `p_value`, `p_holm` over languages; NaN where the distance is not known.
        kinds: of distance held. source: the language that they are counted from.
        left_out: languages without a distance. because: why nothing is expected, or "".
    """

    frame: pd.DataFrame
    kinds: tuple[str, ...]
    source: str
    left_out: tuple[str, ...]
    because: str


def hard(board: Board, filled: Floats, design: RankingDesign) -> Hard:
    """Regresses the languages' means on distance from the source and studentises what is left.

    The source takes no part itself.

    Args:
        board: the leaderboard.
        filled: (rows, tasks, languages), its scores with missing cells filled.
        design: the source, and kinds of distance.
    """
    source, kinds = design.source, tuple(design.kinds)
    codes = [code for code in board.languages if code not in {MEAN, source}]
    none = pd.DataFrame(columns=list(COLUMNS))
    if len(codes) < len(kinds) + 1 + ROOM:
        few = f"{counted(len(codes), 'language')} beside {source} are too few for {len(kinds)} distances"
        return Hard(none, kinds, source, (), few)
    cells = filled[:, :, [board.languages.index(code) for code in codes]].mean(axis=0)
    there = ~np.isnan(cells)
    used = there.any(axis=1)
    if components(there[used].T).any():
        return Hard(none, kinds, source, (), "languages share no tasks, so that they cannot be compared")
    score = two_way(cells[used].T, np.ones(int(used.sum()))).means
    frame = pd.DataFrame({"language": codes, "score": score}).reindex(columns=list(COLUMNS))
    table = completed(shipped_distances(), [(code, source) for code in codes], design.registry)
    sources = pd.Series([source] * len(codes))
    away = np.column_stack([table.between(kind, frame["language"], sources) for kind in kinds])
    known = ~np.isnan(away).any(axis=1)
    left_out = tuple(
        f"{code}: its {' or '.join(kinds)} distance from {source} is not known" for code in np.array(codes)[~known]
    )
    varying = [i for i in range(len(kinds)) if np.ptp(away[known, i]) > 0] if known.any() else []
    if known.sum() < len(varying) + 1 + ROOM or not varying:
        few = "distances are known of too few languages, or do not differ"
        return Hard(_sorted(frame), kinds, source, left_out, few)
    expected, t, df = _studentised(score[known], away[known][:, varying])
    frame.loc[known, "expected"] = expected
    frame.loc[known, "residual"] = score[known] - expected
    frame.loc[known, "t"] = t
    frame.loc[known, "p_value"] = 2 * stdtr(df, -np.abs(t))
    return Hard(_sorted(with_holm(frame)), tuple(kinds[i] for i in varying), source, left_out, "")


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    by = "residual" if frame["residual"].notna().any() else "score"
    return frame.astype(dict.fromkeys(COLUMNS[1:], float)).sort_values(by, ignore_index=True)


def _studentised(y: Floats, x: Floats) -> tuple[Floats, Floats, int]:
    """Fitted values, externally studentised residuals (NaN where a value is fitted alone), degrees of freedom."""
    design = np.column_stack([np.ones(len(y)), x])
    left, sizes, _ = np.linalg.svd(design, full_matrices=False)
    q = left[:, sizes > 1e-9 * sizes[0]]
    leverage = (q**2).sum(axis=1)
    expected = q @ (q.T @ y)
    off = y - expected
    df = len(y) - q.shape[1] - 1
    alone = leverage > 1 - 1e-9
    room = np.where(alone, np.nan, 1 - leverage)
    others = (float((off**2).sum()) - off**2 / room) / df
    return expected, off / np.sqrt(np.maximum(others, 1e-300) * room), df
