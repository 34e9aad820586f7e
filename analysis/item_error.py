"""What the test items leave open in a score and in a mean difference of scores.

Of one score the binomial √(p(1 − p)/n) (Miller 2024, "Adding error bars to evals", arXiv:2411.00640,
equation 3). Of a difference: where it is known which items each side got right, the spread of the
items' differences; else what is known without pairing, the two binomial variances added, or, the
smaller of the two, what the differences on other items scatter by.
The languages of a target share its items, unless the vocabulary knows that they are no translations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.numerics.arrays import Bools, Floats
    from analysis.vocabulary import Vocabulary

MANY = 1e9
"""Degrees of freedom of a variance that is computed, not estimated."""


def item_error(rows: pd.DataFrame, words: Vocabulary) -> Floats:
    """Standard error of each score, in points, (n,); NaN where items are not stated or the metric is no share.

    Args:
        rows: columns `metric`, `n_items`, `score`.
        words: the vocabulary, which knows the metrics from 0 to 100.
    """
    shares = {name for name, e in words["metric"].items() if e.facts.get("low") == 0 and e.facts.get("high") == 100}
    score = rows["score"].to_numpy(dtype=np.float64)
    items = rows["n_items"].to_numpy(dtype=np.float64)
    known = rows["metric"].astype(str).isin(shares).to_numpy() & (items > 0) & (score >= 0) & (score <= 100)
    error = np.full(len(rows), np.nan)
    error[known] = np.sqrt(score[known] * (100 - score[known]) / items[known])
    return error


@dataclass(frozen=True, slots=True)
class Sampling:
    """The test items behind the cells of a difference.

    Attributes:
        variance: (cells,), of the difference if no item were paired, in points²; NaN where items
            are not stated, which adds nothing.
        group: (cells,), labels; cells of one group share their items.
        paired: for each cell the difference of every item in points, by item; None where it is
            not stored.
    """

    variance: Floats
    group: np.ndarray[Any, Any]
    paired: Sequence[pd.Series[float] | None] | None = None

    def of_mean(self, means: Floats, used: Bools) -> tuple[float, float]:
        """Variance of the mean of some cells through their items, in points², and its degrees of freedom.

        Args:
            means: (cells,), the difference in each cell, in points.
            used: (cells,), those that are averaged.
        """
        places = [np.flatnonzero(used & (self.group == g)) for g in dict.fromkeys(self.group[used])]
        n = int(used.sum())
        stored = [self._stored(cells) for cells in places]
        bound = sum(found[0] if found else self._unpaired(cells) for cells, found in zip(places, stored, strict=True))
        df = min((found[1] for found in stored if found), default=MANY)
        known, least = (float(bound) / n**2, df), len(places) > 1 and not all(stored)
        if not (least and bound > 0):
            return known
        apart = np.array([float((means[cells] - means[used].mean()).sum()) for cells in places])
        k = len(places)
        scatter = (float((apart**2).sum()) * k / (k - 1) / n**2, k - 1.0)
        return min(known, scatter, key=lambda v: float(stdtrit(v[1], 0.975)) * np.sqrt(v[0]))

    def _unpaired(self, cells: np.ndarray[Any, Any]) -> float:
        """Variance of the sum over the cells of a group, all on the same items."""
        return float(np.sqrt(np.nan_to_num(self.variance[cells])).sum() ** 2)

    def _stored(self, cells: np.ndarray[Any, Any]) -> tuple[float, float] | None:
        """The same from the items' differences, an item of several languages counting once."""
        kept = [self.paired[c] for c in cells] if self.paired is not None else [None]
        total: dict[Any, float] = {}
        for values in kept:
            if values is None or len(values) < 2:
                return None
            for item, share in ((values - values.mean()) / len(values)).items():
                total[item] = total.get(item, 0.0) + float(share)
        count = len(total)
        return float(sum(v**2 for v in total.values())) * count / (count - 1), count - 1.0


def cell_variances(frame: pd.DataFrame, by: Sequence[str], words: Vocabulary) -> pd.Series[float]:
    """Variance of a score through its items, mean over the rows of each group, in points²; indexed by the groups.

    Args:
        frame: columns `metric`, `n_items`, `score` and those of `by`.
        by: columns that make the groups.
        words: as in `item_error`.
    """
    found: pd.Series[float] = frame.assign(variance=item_error(frame, words) ** 2).groupby(list(by))["variance"].mean()
    return found


def item_scores(items: pd.DataFrame, by: Sequence[str]) -> pd.Series[float]:
    """Points of every item, mean over seeds; indexed by `by` and `item`.

    Args:
        items: as `analysis.items` reads them.
        by: columns of the cells.
    """
    found: pd.Series[float] = 100 * items.groupby([*by, "item"])["correct"].mean()
    return found


Side: TypeAlias = "tuple[float, pd.Series[float], pd.Series[float] | None]"
"""A weight, the variances of its cells, and the points of its items where they are stored."""


def items_of(index: pd.Index[Any], words: Vocabulary) -> np.ndarray[Any, Any]:
    """Labels of the items behind (target, language) cells, (cells,): translations of one target share theirs."""
    own = {name for name, entry in words["target"].items() if entry.facts.get("translated") is False}
    return np.array([f"{t} {code}" if t in own else str(t) for t, code in index], dtype=object)


def sampled(index: pd.Index[Any], sides: Sequence[Side], words: Vocabulary) -> Sampling:
    """The items behind a weighted sum of scores, cell by cell.

    Args:
        index: (target, language) of the cells.
        sides: what is summed; variances are indexed by (target, language), items by these and `item`.
        words: knows which targets are translated.
    """
    variance = np.zeros(len(index))
    for weight, of, _ in sides:
        variance += weight**2 * of.reindex(index).to_numpy(dtype=np.float64)
    stored = [(weight, of) for weight, _, of in sides if of is not None]
    paired = [_differences(cell, stored) for cell in index] if len(stored) == len(sides) else None
    return Sampling(variance, items_of(index, words), paired)


def _differences(cell: Any, sides: Sequence[tuple[float, pd.Series[float]]]) -> pd.Series[float] | None:
    """The weighted sum of every item that all sides have in a cell."""
    total: pd.Series[float] | None = None
    for weight, of in sides:
        if cell not in of.index.droplevel(-1):  # type: ignore[arg-type]
            return None
        mine: pd.Series[float] = weight * of.loc[cell]
        total = mine if total is None else total.add(mine).dropna()
    return total
