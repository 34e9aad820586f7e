"""Joint replicates of all configurations of all targets: seeds and languages drawn once for all.

A language that is drawn is drawn in every target, and where all configurations have the same seeds
a seed that is drawn is drawn in all of them: they share the pretrained model's luck in a language,
and a checkpoint serves several targets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.stats import resampling
from analysis.stats.arrays import CannotTellError, constant
from analysis.stats.bootstrap import Bootstrap
from analysis.stats.freedom import satterthwaite_df, too_many_undefined
from analysis.stats.intervals import interval
from analysis.stats.resampling import ResamplingDesign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.questions.cost.configurations import Configurations
    from analysis.questions.cost.design import CostDesign
    from analysis.stats.arrays import Floats


@dataclass(frozen=True, slots=True)
class CostReplicates:
    """Replicates of every configuration's mean score.

    Attributes:
        replicates: target → (size, n), joint over configurations and targets.
        scheme: what was drawn.
        units: how many of `units_of` were drawn.
        units_of: `seeds`, `languages` or `families`.
    """

    replicates: dict[str, Floats]
    scheme: ResamplingDesign
    units: int
    units_of: str


def scheme_of(targets: Sequence[Configurations], design: CostDesign) -> ResamplingDesign:
    """Runs, and languages or families where there are at least two; paired where all share their seeds."""
    languages = targets[0].languages
    present = np.concatenate([~np.isnan(t.scores).all(axis=2) for t in targets])
    clusters: tuple[int, ...] | None = None
    if design.over != "seeds":
        labels = [design.registry.family(x) or x for x in languages] if design.over == "families" else list(languages)
        clusters = tuple(int(i) for i in np.unique(labels, return_inverse=True)[1])
        clusters = clusters if len(set(clusters)) > 1 else None
    runs = np.concatenate([(~np.isnan(t.scores)).any(axis=(1, 2)) for t in targets])
    same = bool((runs == runs[0]).all())
    whole = all((p == p[0]).all() for p in np.split(present, np.cumsum([len(t.scores) for t in targets])[:-1]))
    return ResamplingDesign("run", clusters, paired=same and whole)


def joint_replicates(targets: Sequence[Configurations], design: CostDesign, rng: np.random.Generator) -> CostReplicates:
    """Draws seeds and, by choice, languages again, the same in all targets.

    Raises:
        CannotTellError: no target, one seed somewhere, or replicates without any score.
    """
    if not targets:
        raise CannotTellError("no target has configurations to compare")
    scheme, size = scheme_of(targets, design), design.size
    seed = int(rng.integers(2**63))
    found = {t.target: _replicates(t.scores, scheme, np.random.default_rng(seed), size) for t in targets}
    defined = np.all([np.isfinite(drawn).all(axis=1) for drawn in found.values()], axis=0)
    too_many_undefined(int((~defined).sum()), size)
    kept = {name: drawn[defined] for name, drawn in found.items()}
    if scheme.clusters is None:
        return CostReplicates(kept, scheme, int(min(t.seed_counts.min() for t in targets)), "seeds")
    return CostReplicates(
        kept, scheme, len(set(scheme.clusters)), "families" if design.over == "families" else "languages"
    )


def _replicates(scores: Floats, scheme: ResamplingDesign, rng: np.random.Generator, size: int) -> Floats:
    observed = resampling.check_scores(scores, scheme)
    languages = resampling.draw_clusters(scheme, rng, size)
    chance = int(rng.integers(2**63))
    drawn = np.empty((size, len(scores)))
    for m in range(len(scores)):
        own = np.random.default_rng(chance if scheme.paired else [chance, m])
        weights = resampling.draw_weights(observed[m], scheme, languages, own, size)
        drawn[:, m] = np.where(observed[m], scores[m], 0.0).ravel() @ weights
    return drawn


@dataclass(frozen=True, slots=True)
class CostContrast:
    """A difference with its interval.

    Attributes:
        estimate: in points.
        low: of the interval; NaN where it cannot be told.
        high: likewise.
        replicates: (size,).
        df: degrees of freedom of the spread.
        because: why it cannot be told, or "".
        differences: (1, languages, seeds), what the degrees of freedom come from; None where seeds
            are not paired.
    """

    estimate: float
    low: float
    high: float
    replicates: Floats
    df: float
    because: str = ""
    differences: Floats | None = None

    @property
    def error(self) -> float:
        """Standard error."""
        return float(self.replicates.std(ddof=1))

    def interval(self, level: float) -> tuple[float, float]:
        """A t interval around the estimate; percentiles would end at the extreme draw of three seeds."""
        drawn = Bootstrap(np.array([self.estimate]), self.replicates[:, None], np.array([self.df]), ("",))
        found = interval(drawn, level, "t")
        return float(found.low[0]), float(found.high[0])


def contrast_of(
    estimate: float, replicates: Floats, df: float, level: float, differences: Floats | None = None
) -> CostContrast:
    """A difference with its t interval, where it varies."""
    found = CostContrast(estimate, np.nan, np.nan, replicates, df, differences=differences)
    if np.isnan(df) or constant(replicates):
        return replace(found, because="it does not vary over what is drawn", differences=None)
    low, high = found.interval(level)
    return replace(found, low=low, high=high)


def paired_differences(scores: Floats, first: int, second: int, scheme: ResamplingDesign) -> Floats | None:
    """One configuration minus another, language by language and seed by seed; None where unpaired."""
    return scores[first] - scores[second] if scheme.paired else None


def df_of(differences: Floats | None, scheme: ResamplingDesign, runs: float) -> float:
    """Degrees of freedom of a mean difference, by Satterthwaite's rule over seeds and languages.

    Args:
        differences: (1, languages, seeds), NaN where not run; None: unpaired.
        scheme: what is drawn.
        runs: the smaller number of seeds, which decides where seeds are unpaired (cautious).
    """
    if differences is None:
        return runs - 1
    array = differences[None]
    return float(satterthwaite_df(array, ~np.isnan(array), scheme)[0])
