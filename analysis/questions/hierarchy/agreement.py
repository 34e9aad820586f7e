"""Is there one order of methods? Agreement of target tasks, and of seeds, on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtri, stdtrit

from analysis.stats.arrays import CannotTellError, Floats, Ints, constant
from analysis.stats.concordance import Concordance, SkillingsMack, kendall_w, skillings_mack
from analysis.stats.ranks import Friedman, block_ranks, friedman

if TYPE_CHECKING:
    from analysis.questions.hierarchy.blocks import Blocks, Complete
    from analysis.questions.hierarchy.design import HierarchyDesign

NEVER = float("nan")
CERTAIN = 1 - 1e-9
PERMUTATIONS = 9999


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of the target tasks on the order of methods.

    Attributes:
        of_targets: Kendall's W over blocks; the methods exchanged within whole targets. None where
            it cannot be told.
        of_seeds: Kendall's W with seeds as clusters, because the targets of a seed share its
            intermediate checkpoints; None where it cannot be told or models are ranked.
        friedman: over targets, each with the methods' mean ranks over its languages; None as above.
        skillings_mack: over all blocks with two methods or more, blocks taken as independent; None
            where no cell is missing.
        correlation: mean correlation of the methods' mean ranks between two targets.
        low: of its jackknife interval over targets.
        high: of that interval.
        detectable: the correlation that the targets at hand must exceed to differ from chance (5 %,
            from the chi-squared of Kendall's W).
        targets: number of targets.
        without: target → p-value of W without it.
        because: why agreement cannot be told, or "".
        because_seeds: why agreement over seeds cannot be told, or "".
    """

    of_targets: Concordance | None
    of_seeds: Concordance | None
    friedman: Friedman | None
    skillings_mack: SkillingsMack | None
    correlation: float
    low: float
    high: float
    detectable: float
    targets: int
    without: dict[str, float]
    because: str
    because_seeds: str

    @property
    def p_value(self) -> float:
        """The larger p-value of W over targets and over seeds: an order must hold in both."""
        if self.of_targets is None:
            return NEVER
        return max(self.of_targets.p_value, self.of_seeds.p_value if self.of_seeds else 0.0)


def agreement(blocks: Blocks, whole: Complete, design: HierarchyDesign, rng: np.random.Generator) -> Agreement:
    """The agreement of targets and of seeds on the order of methods."""
    names, codes = np.unique(whole.target, return_inverse=True)
    because = because_seeds = ""
    of_targets = of_seeds = None
    ordered = None
    try:
        of_targets = kendall_w(whole.scores, rng=rng, clusters=whole.target, size=PERMUTATIONS)
        ordered = friedman(-mean_ranks(whole.scores, codes, len(names)))
    except CannotTellError as error:
        because = _of_one_target(names, error, blocks)
    if blocks.ranked == "intermediate":
        try:
            scores, seeds = _by_seed(blocks, whole)
            of_seeds = kendall_w(scores, rng=rng, clusters=seeds, size=PERMUTATIONS)
        except CannotTellError as error:
            because_seeds = error.because
    correlation, low, high = _between_targets(mean_ranks(whole.scores, codes, len(names)), design.level)
    return Agreement(
        of_targets=of_targets,
        of_seeds=of_seeds,
        friedman=ordered,
        skillings_mack=_with_gaps(blocks, rng),
        correlation=correlation,
        low=low,
        high=high,
        detectable=_detectable(len(names), whole.scores.shape[1]),
        targets=len(names),
        without=_without_each(blocks, whole, rng),
        because=because,
        because_seeds=because_seeds,
    )


def _of_one_target(names: Ints, error: CannotTellError, blocks: Blocks) -> str:
    if len(names) == 1:
        return f"there is one target task ({blocks.targets[names[0]]}), and its languages share their runs"
    return error.because


def mean_ranks(scores: Floats, target: Ints, targets: int) -> Floats:
    """Mean rank of each method over the languages of each target, (targets, methods)."""
    ranks = block_ranks(scores)
    sums = np.zeros((targets, ranks.shape[1]))
    np.add.at(sums, target, ranks)
    means: Floats = sums / np.bincount(target, minlength=targets)[:, None]
    return means


def _by_seed(blocks: Blocks, whole: Complete) -> tuple[Floats, Ints]:
    """Scores of single seeds, (blocks · seeds, methods), and the seed of each row as its cluster.

    Raises:
        CannotTellError: no two seeds were run with every method in the same blocks.
    """
    single = blocks.scores[whole.kept][:, whole.target, whole.language]
    there = np.asarray(~np.isnan(single).any(axis=0))
    if np.count_nonzero(there.any(axis=0)) < 2:
        seeds = int(np.count_nonzero((~np.isnan(single)).any(axis=(0, 1))))
        runs = "one seed was" if seeds < 2 else "no two seeds were"
        raise CannotTellError(f"{runs} run with every method, so its order cannot be told from the luck of a run")
    row, seed = np.nonzero(there)
    return single[:, row, seed].T, seed.astype(np.int64)


def _between_targets(ranks: Floats, level: float) -> tuple[float, float, float]:
    """Mean correlation of rows, with a jackknife interval that ends at 1.

    Fisher's scale would stretch it without bound where all targets but one agree.
    """
    usable = ranks[[not constant(row) for row in ranks]]
    n = len(usable)
    if n < 2 or ranks.shape[1] < 3:
        return NEVER, NEVER, NEVER
    matrix = np.corrcoef(usable)
    total = float((matrix.sum() - n) / (n * (n - 1)))
    if n < 3 or total > CERTAIN:
        return total, NEVER, NEVER
    rows = matrix.sum(axis=1) - 1
    without = (matrix.sum() - n - 2 * rows) / ((n - 1) * (n - 2))
    error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * error
    return total, max(total - half, -1.0), min(total + half, 1.0)


def _detectable(targets: int, methods: int) -> float:
    if targets < 2:
        return NEVER
    w = float(chdtri(methods - 1, 0.05)) / (targets * (methods - 1))
    return (targets * w - 1) / (targets - 1)


def _with_gaps(blocks: Blocks, rng: np.random.Generator) -> SkillingsMack | None:
    cells = blocks.cells.reshape(len(blocks.methods), -1).T
    there = ~np.isnan(cells)
    if there[there.any(axis=1)].all():
        return None
    try:
        return skillings_mack(cells, rng=rng, size=999)
    except CannotTellError:
        return None


def _without_each(blocks: Blocks, whole: Complete, rng: np.random.Generator) -> dict[str, float]:
    """Leaving out one target at a time: does the order hinge on it?"""
    names = np.unique(whole.target)
    found: dict[str, float] = {}
    if len(names) < 3:
        return found
    for target in names:
        rest = whole.target != target
        try:
            without = kendall_w(whole.scores[rest], rng=rng, clusters=whole.target[rest], size=1999)
            found[blocks.targets[target]] = without.p_value
        except CannotTellError:
            continue
    return found
