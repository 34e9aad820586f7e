"""Standard error from the test items, of a score and of a mean difference of scores.

Of one score the binomial √(p(1 − p)/n) (Miller 2024, "Adding error bars to evals", arXiv:2411.00640,
equation 3). Of a difference: where it is known which items each side got right, the spread of the
items' differences; else what is known without pairing, the two binomial variances added, or, the
smaller of the two, what the differences on other items scatter by, with the degrees of freedom of
Kish's effective number of groups of items, n²/Σ n_g². That scatter may be small by luck, so it is
never believed to be less than pairing allows at best: an item's difference D is −1, 0 or 1, so that
E D² = P(D ≠ 0) ≥ |E D| = δ, Var D ≥ δ − δ², and a difference of δ on n items has at least the
variance (δ − δ²)/n. δ is the difference found or the one that matters, whichever is larger: that
as much is excluded is said against a world in which it is there. Seeds and languages are taken to
differ on the same items, which is cautious.
The languages of a target share its items, unless the vocabulary knows that they are no translations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    from analysis.registry.vocabulary import Vocabulary
    from analysis.stats.arrays import Bools, Floats

MANY = 1e9
"""Degrees of freedom of a variance that is computed, not estimated."""


def item_error(rows: pd.DataFrame, registry: Vocabulary) -> Floats:
    """Standard error of each score, in points, (n,); NaN where items are not stated or the metric is no share.

    Args:
        rows: columns `metric`, `n_items`, `score`.
        registry: the vocabulary, which knows the metrics from 0 to 100.
    """
    shares = {name for name, e in registry["metric"].items() if e.facts.get("low") == 0 and e.facts.get("high") == 100}
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
        items: (cells,), number of test items; NaN where not stated.
        step: what the difference on one item is a multiple of: 1 between two scores or two such differences.
        paired: for each cell the difference of every item in points, by item; None where it is
            not stored.
    """

    variance: Floats
    group: np.ndarray[Any, Any]
    items: Floats
    step: float = 1.0
    paired: Sequence[pd.Series[float] | None] | None = None

    def of_mean(self, means: Floats, used: Bools, margin: float) -> tuple[float, float]:
        """Variance of the mean of some cells through their items, in points², and its degrees of freedom.

        Args:
            means: (cells,), the difference in each cell, in points.
            used: (cells,), those that are averaged.
            margin: equivalence margin in points, which an answer may exclude.
        """
        places = [np.flatnonzero(used & (self.group == g)) for g in dict.fromkeys(self.group[used])]
        n = int(used.sum())
        stored = [self._stored(cells) for cells in places]
        pairs = list(zip(places, stored, strict=True))
        bound = sum(found[0] if found else _together(self.variance[cells]) for cells, found in pairs)
        df = min((found[1] for found in stored if found), default=MANY)
        known, several = (float(bound) / n**2, df), len(places) > 1 and not all(stored)
        if not (several and bound > 0):
            return known
        middle = float(means[used].mean())
        apart = np.array([float((means[cells] - middle).sum()) for cells in places])
        sizes = np.array([len(cells) for cells in places], dtype=np.float64)
        k = float(n**2 / (sizes**2).sum())
        scatter = (float((apart**2).sum()) * k / (k - 1) / n**2, k - 1)
        least = np.minimum(least_variance(max(abs(middle), margin), self.items, self.step), self.variance)
        floor = sum(found[0] if found else _together(least[cells]) for cells, found in pairs)
        return max(min(known, scatter, key=_width), (float(floor) / n**2, MANY), key=_width)

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


def _together(variances: Floats) -> float:
    """Variance of the sum over the cells of a group, all on the same items."""
    return float(np.sqrt(np.nan_to_num(variances)).sum() ** 2)


def _width(variance: tuple[float, float]) -> float:
    """Half width of a 95 % interval from a variance and its degrees of freedom."""
    return float(stdtrit(variance[1], 0.975)) * float(np.sqrt(variance[0]))


def least_variance(difference: npt.ArrayLike, items: Floats, step: float = 1.0) -> Floats:
    """The least variance of a paired difference, in points²: 100² (step δ − δ²)/n with δ as a share.

    Args:
        difference: in points.
        items: number of items, n.
        step: what the difference on one item is a multiple of.
    """
    share = np.abs(np.asarray(difference, dtype=np.float64)) / 100
    least: Floats = 1e4 * np.maximum(step * share - share**2, 0.0) / items
    return least


def cell_sampling(frame: pd.DataFrame, by: Sequence[str], registry: Vocabulary) -> pd.DataFrame:
    """Sampling error of a score over items: `variance` in points² and `items`, means over the rows of each group.

    Args:
        frame: columns `metric`, `n_items`, `score` and those of `by`.
        by: columns that make the groups, which index the result.
        registry: as in `item_error`.
    """
    known = frame.assign(variance=item_error(frame, registry) ** 2)
    known["items"] = frame["n_items"].astype("float64").where(known["variance"].notna())
    return known.groupby(list(by))[["variance", "items"]].mean()


def item_scores(items: pd.DataFrame, by: Sequence[str]) -> pd.Series[float]:
    """Points of every item, mean over seeds; indexed by `by` and `item`.

    Args:
        items: as `analysis.results.items` reads them.
        by: columns of the cells.
    """
    found: pd.Series[float] = 100 * items.groupby([*by, "item"])["correct"].mean()
    return found


Side: TypeAlias = "tuple[float, pd.DataFrame, pd.Series[float] | None]"
"""A weight, the sampling of its cells (`cell_sampling`), and the points of its items where they are stored."""


def items_of(index: pd.Index[Any], registry: Vocabulary) -> np.ndarray[Any, Any]:
    """Labels of the items behind (target, language) cells, (cells,): translations of one target share theirs."""
    own = {name for name, entry in registry["target"].items() if entry.facts.get("translated") is False}
    return np.array([f"{t} {code}" if t in own else str(t) for t, code in index], dtype=object)


def sampled(index: pd.Index[Any], sides: Sequence[Side], registry: Vocabulary) -> Sampling:
    """The items behind a weighted sum of scores, cell by cell.

    Args:
        index: (target, language) of the cells.
        sides: what is summed; cells are indexed by (target, language), points by these and `item`.
        registry: knows which targets are translated.
    """
    variance, count = np.zeros(len(index)), np.zeros(len(index))
    for weight, of, _ in sides:
        cells = of.reindex(index)
        variance += weight**2 * cells["variance"].to_numpy(dtype=np.float64)
        count = np.maximum(count, cells["items"].to_numpy(dtype=np.float64))
    step = min(abs(weight) for weight, _, _ in sides)
    stored = [(weight, of) for weight, _, of in sides if of is not None]
    paired = [_differences(cell, stored) for cell in index] if len(stored) == len(sides) else None
    return Sampling(variance, items_of(index, registry), count, step, paired)


def _differences(cell: Any, sides: Sequence[tuple[float, pd.Series[float]]]) -> pd.Series[float] | None:
    """The weighted sum of every item that all sides have in a cell."""
    total: pd.Series[float] | None = None
    for weight, of in sides:
        if cell not in of.index.droplevel(-1):  # type: ignore[arg-type]
            return None
        mine: pd.Series[float] = weight * of.loc[cell]
        total = mine if total is None else total.add(mine).dropna()
    return total
