"""Does a source closer to the evaluated language help more?

Closeness counts steps: 3 the same language, 2 the same branch, 1 the same family, 0 neither. What
sources have in common with a whole family is not told from closeness by one language more of it, so
that families of the evaluated languages are the units: as a random effect of source by family, and
in the permutation, where sources are exchanged within whole families.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from analysis.registry.vocabulary import BASELINE, Vocabulary
from analysis.stats.arrays import CannotTellError, Floats
from analysis.stats.equivalence import detectable_effect
from analysis.stats.mixed import fit_mixed
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.permutation import PermutationTest, permuted_correlation

if TYPE_CHECKING:
    from analysis.questions.sources.comparisons import Compared
    from analysis.stats.mixed import MixedFit

STEPS = 3
"""Steps from unrelated to the same language."""
NEVER = float("nan")


@dataclass(frozen=True, slots=True)
class DistanceEffect:
    """Effect of one kind of distance, in points.

    Attributes:
        of: `family` (the source is of the evaluated language's family) or `step` (each step
            further: branch, the same language).
        estimate: in points; NaN where it cannot be told.
        low: of its interval at the level asked.
        high: of that interval.
        low90: of the 90 % interval.
        high90: of that interval.
        df: Satterthwaite's degrees of freedom, at most (sources − 1)(families − 1).
        p_value: two-sided, of no effect.
        detectable: the smallest true worth found with 80 % power.
        because: why it cannot be told, or "".
    """

    of: str
    estimate: float = NEVER
    low: float = NEVER
    high: float = NEVER
    low90: float = NEVER
    high90: float = NEVER
    df: float = NEVER
    p_value: float = NEVER
    detectable: float = NEVER
    because: str = ""


@dataclass(frozen=True, slots=True)
class Similarity:
    """Test of the hypothesis that closer sources help more.

    Attributes:
        family: worth of the same family against another.
        step: worth of each step further within the family.
        families: of the evaluated languages.
        permutation: correlation of closeness and score, each with the means of sources and families
            taken out, sources exchanged within families; None where it cannot be told.
    """

    family: DistanceEffect
    step: DistanceEffect
    families: int
    permutation: PermutationTest | None


def steps(source: str, language: str, registry: Vocabulary) -> float:
    """Similarity of two languages, 0 to 3; NaN where the vocabulary does not know one of them."""
    first, second = registry.any_language(source), registry.any_language(language)
    if first is None or second is None or not (first.facts.get("family") and second.facts.get("family")):
        return NEVER
    if source == language:
        return float(STEPS)
    if first.facts["family"] != second.facts["family"]:
        return 0.0
    branch = first.facts.get("branch")
    return 2.0 if branch and branch == second.facts.get("branch") else 1.0


def closeness(compared: Compared, rng: np.random.Generator) -> Similarity:
    """The worth of the same family and of further steps, over all sources that are compared.

    The two are apart because one slope for all steps would follow the many languages within
    families and hide what sets families apart.
    """
    frame = _rows(compared, compared.design.registry)
    families = int(frame["family"].nunique())
    columns = {"family": (frame["near"] > 0).astype(float), "step": (frame["near"] - 1).clip(lower=0)}
    try:
        family, step = _mixed(frame, columns, compared.design.level)
    except CannotTellError as error:
        family, step = (DistanceEffect(of, because=error.because) for of in ("family", "step"))
        return Similarity(family, step, families, None)
    return Similarity(family, step, families, _permuted(frame, rng))


def _rows(compared: Compared, registry: Vocabulary) -> pd.DataFrame:
    """Scores of the sources in languages whose family is known, with closeness and family."""
    language_of = {str(s): s.language for c in compared.comparisons for s in (c.other, c.reference)}
    frame = compared.frame[compared.frame["source"] != BASELINE]
    near = [steps(language_of[s], code, registry) for s, code in zip(frame["source"], frame["language"], strict=True)]
    frame = frame.assign(near=near).dropna(subset=["near"])
    return frame.assign(family=[registry.family(code) for code in frame["language"]])


def _mixed(
    frame: pd.DataFrame, columns: dict[str, pd.Series[float]], level: float
) -> tuple[DistanceEffect, DistanceEffect]:
    if frame["seed"].nunique() < 2:
        raise CannotTellError("one seed was run, which shows no spread between runs")
    families = int(frame["family"].nunique())
    if families < 2:
        raise CannotTellError("the evaluated languages belong to one family")
    sources = sorted(set(frame["source"]))
    fixed = [(frame["source"] == name).to_numpy(dtype=np.float64) for name in sources]
    near = [columns[of].to_numpy() for of in ("family", "step")]
    both = True
    try:
        design = mixed_design(np.column_stack([*fixed, *near]), _factors(frame))
    except CannotTellError:
        both = False
        design = mixed_design(np.column_stack([*fixed, near[0]]), _factors(frame))
    fit = fit_mixed(design, frame["score"].to_numpy())
    if not fit.converged:
        raise CannotTellError("the mixed model did not converge")
    most = (len(sources) - 1.0) * (families - 1)
    family = _worth("family", fit, len(sources), most, level)
    if not both:
        because = "no source comes in different steps of closeness to a family's languages"
        return family, DistanceEffect("step", because=because)
    return family, _worth("step", fit, len(sources) + 1, most, level)


def _worth(of: str, fit: MixedFit, column: int, most: float, level: float) -> DistanceEffect:
    """One fixed effect, its degrees of freedom held down to what sources and families leave.

    A variance between families that happens to be estimated as zero must not make languages the units.
    """
    estimate, error = float(fit.estimate[column]), float(fit.standard_error[column])
    df = min(float(fit.df[column]), most)
    half, half90 = (float(stdtrit(df, q)) * error for q in (0.5 + level / 2, 0.95))
    return DistanceEffect(
        of=of,
        estimate=estimate,
        low=estimate - half,
        high=estimate + half,
        low90=estimate - half90,
        high90=estimate + half90,
        df=df,
        p_value=2 * float(stdtr(df, -abs(estimate) / error)),
        detectable=detectable_effect(error, df),
    )


def _factors(frame: pd.DataFrame) -> list[RandomFactor]:
    """Cells, sources by family, checkpoints, and where there are several targets, runs."""
    seed = frame["seed"].astype(str)
    labels = {
        "cell": frame["target"] + " " + frame["language"],
        "source by family": frame["source"] + " " + frame["family"],
        "source by language": frame["source"] + " " + frame["language"],
        "checkpoint": frame["source"] + " " + seed,
    }
    if frame["target"].nunique() > 1:
        labels["source by target"] = frame["source"] + " " + frame["target"]
        labels["run"] = frame["source"] + " " + frame["target"] + " " + seed
    return [RandomFactor(name, label.to_numpy()) for name, label in labels.items()]


def _permuted(frame: pd.DataFrame, rng: np.random.Generator) -> PermutationTest | None:
    """Correlation over (source, family), both sides centred by source and by family."""
    cells = frame.groupby(["source", "target", "language", "family"])[["score", "near"]].mean().reset_index()
    cells["score"] -= cells.groupby(["target", "language"])["score"].transform("mean")
    means = cells.groupby(["source", "family"])[["near", "score"]].mean()
    wide = {name: means[name].unstack("family").dropna(axis=1) for name in ("near", "score")}
    near, score = (_centred(wide[name].to_numpy()) for name in ("near", "score"))
    family = np.broadcast_to(np.arange(near.shape[1]), near.shape)
    try:
        return permuted_correlation(near.ravel(), score.ravel(), rng=rng, blocks=family.ravel())
    except CannotTellError:
        return None


def _centred(values: Floats) -> Floats:
    centred: Floats = values - values.mean(axis=0) - values.mean(axis=1, keepdims=True) + values.mean()
    return centred
