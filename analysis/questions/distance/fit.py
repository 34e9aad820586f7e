"""Computes everything that an answer about distance may need."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.answer import Effect
from analysis.questions.design import Fit
from analysis.questions.distance import models
from analysis.questions.distance.cells import Cells, cells
from analysis.questions.distance.correlations import correlations, required
from analysis.questions.distance.decisions import Decision, decisions
from analysis.questions.distance.design import DistanceDesign
from analysis.questions.distance.models import deciding_design
from analysis.questions.distance.rows import DistanceRows, Slope
from analysis.questions.distance.specification import curve
from analysis.stats.arrays import CannotTellError
from analysis.stats.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BESIDE: tuple[Callable[[DistanceRows], Slope], ...] = (
    models.plain,
    models.clustered_language,
    models.clustered_family,
    models.two_way_language,
    models.two_way_family,
    models.mixed_intercepts,
    models.mixed_slopes,
    models.mixed_slopes_family,
    models.phylogenetic,
)
"""Estimates reported beside the one that the answer rests on."""
COLUMNS = (("raw", "points"), ("logit", "logits"))
"""The columns of the outcome, each with its unit, that those estimates are made of."""
FITTED_BY_SEARCH = (models.mixed_intercepts, models.mixed_slopes, models.mixed_slopes_family)
"""Models of `BESIDE` that take as long as the deciding one."""
CURVED = 2000
"""Cells up to which models by the hundred (the curve) and by the dozen (other mixed models) are fitted unasked."""
WITHOUT = (
    "no specification curve, no other mixed model and none in logits: "
    f"{{cells:,}} cells, and over {CURVED:,} they are fitted with --specifications only"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceFit(Fit):
    """Result of relating an outcome to distance.

    Attributes:
        design: what was asked.
        cells: the cells used.
        decisions: one per kind of distance asked for.
        beside: the other estimates and correlations, kind by kind.
        required: columns `kind`, `families`, `languages`, `correlation`, `required_families`,
            `required_languages`: the |r| that so many units would show with 80 % power.
        slopes: columns `kind`, `task`, `slope` (points per standard deviation of distance), shrunken
            towards the mean slope; empty without the estimates beside.
        spreads: columns `kind`, `mean`, `sd` (of distance, 0 to 1) and `points_per_distance`, the
            headline slope per unit of distance.
        curve: the specification curve, or an empty frame where none was asked for.
        without_curve: why there is none although none was refused, or "".
    """

    design: DistanceDesign
    cells: Cells
    decisions: tuple[Decision, ...]
    beside: tuple[Effect, ...]
    required: pd.DataFrame
    slopes: pd.DataFrame
    spreads: pd.DataFrame
    curve: pd.DataFrame
    without_curve: str = ""

    @property
    def headline(self) -> tuple[Slope, ...]:
        """One effect per kind of distance, by the model the answer rests on."""
        return tuple(d.slope for d in self.decisions)

    @property
    def adjusted(self) -> tuple[float, ...]:
        """P-values of `headline` after Holm, NaN where there is none."""
        return tuple(d.p_value for d in self.decisions)


def fit(results: pd.DataFrame, design: DistanceDesign) -> DistanceFit:
    """Asks whether an outcome changes with the distance of the language from the source language.

    Raises:
        UsageError: a table that was not validated.
    """
    found = cells(results, design)
    large = _large(found)
    with one_thread(), models.from_one_to_the_next():
        decided = decisions(found)
        shown = decided if design.beside else ()
        rng = np.random.default_rng(design.seed)
        others = [e for d in shown for e in _beside(found, d, rng)]
        others = [*(_second(found, decided) if design.beside and design.second else ()), *others]
        spec = pd.DataFrame() if design.specifications is False or large else curve(found)
        slopes = [_slopes(found, d) for d in shown]
    return DistanceFit(
        design=design,
        cells=found,
        decisions=decided,
        beside=tuple(others),
        required=pd.DataFrame([_required(found, kind) for kind in found.kinds]),
        slopes=pd.concat(slopes, ignore_index=True) if slopes else pd.DataFrame(columns=["kind", "task", "slope"]),
        spreads=pd.DataFrame([_spread(found, d) for d in decided]),
        curve=spec,
        without_curve=WITHOUT.format(cells=len(found.targets)) if large else "",
        left_out=found.left_out,
        provenance=found.provenance,
    )


def _large(found: Cells) -> bool:
    """True if there are too many cells to fit by the dozen unasked."""
    return found.design.specifications is None and len(found.targets) > CURVED


def _second(found: Cells, decided: Sequence[Decision]) -> list[Effect]:
    """The surest slope again, by another implementation; nothing where that cannot fit it."""
    told = [d for d in decided if not np.isnan(d.slope.p_value)]
    if not told:
        return []
    best = min(told, key=lambda d: d.slope.p_value)
    try:
        return [second_opinion(found.rows(best.kind, held=best.held), best.slope)]
    except CannotTellError:
        return []


def _beside(found: Cells, decision: Decision, rng: np.random.Generator) -> list[Effect]:
    kind, design, large = decision.kind, found.design, _large(found)
    ways = tuple(way for way in BESIDE if not (large and way in FITTED_BY_SEARCH))
    effects: list[Effect] = [decision.plain] if decision.adjusted else []
    for column, unit in COLUMNS[:1] if large else COLUMNS:
        try:
            rows = found.rows(kind, column, decision.held)
        except CannotTellError as error:
            name, label = (
                f"slope of {design.outcome} on {kind} distance",
                f"{unit} per standard deviation of {kind} distance",
            )
            effects.append(Slope(name, f"every model, in {unit}", label, level=design.level, because=error.because))
            continue
        effects += [_tried(way, rows) for way in (ways if column == "raw" else (*ways, models.mixed_slopes_tree))]
        if column == "raw":
            others = {f"{k} distance": _by_language(found, k) for k in found.kinds if k != kind}
            effects += correlations(rows, {**others, **design.controls}, rng=rng, size=design.permutations)
    return effects


def _tried(way: Callable[[DistanceRows], Slope], rows: DistanceRows) -> Effect:
    try:
        return models.estimated(rows, way)
    except CannotTellError as error:
        return rows.nothing(str(way.__doc__).strip().rstrip("."), error.because)


def _by_language(found: Cells, kind: str) -> dict[str, float]:
    mean = found.targets.groupby("language")[kind].mean().dropna()
    return {str(code): float(value) for code, value in mean.items()}


def _required(found: Cells, kind: str) -> dict[str, object]:
    used = found.targets[found.targets[kind].notna()]
    families, languages = int(used["family"].nunique()), int(used["language"].nunique())
    try:
        y, z, _ = models.language_level(found.rows(kind))
        value = float(np.corrcoef(y, z)[0, 1])
    except CannotTellError:
        value = float("nan")
    return {
        "kind": kind,
        "families": families,
        "languages": languages,
        "correlation": value,
        "required_families": required(families),
        "required_languages": required(languages),
    }


def _slopes(found: Cells, d: Decision) -> pd.DataFrame:
    columns = ["kind", "task", "slope"]
    try:
        rows = found.rows(d.kind, held=d.held)
        fit = models.mixed_fit(rows, slopes=True, ancestry="tree" if rows.related else "none")
    except CannotTellError:
        return pd.DataFrame(columns=columns)
    tasks = sorted({str(task) for task in rows.task})
    slopes = np.full(len(tasks), float(fit.estimate[0]))
    groups = {"task": rows.task, **rows.coarser()}
    for component, random in zip(fit.components, fit.random, strict=True):
        if (labels := groups.get(component.name)) is not None:
            code = {label: i for i, label in enumerate(sorted(set(labels)))}
            slope_of = {task: code[label] for task, label in zip(rows.task, labels, strict=True)}
            slopes += np.array([random[slope_of[task], -1] for task in tasks])
    return pd.DataFrame({"kind": d.kind, "task": tasks, "slope": slopes}, columns=columns)


def _spread(found: Cells, d: Decision) -> dict[str, object]:
    pairs = found.targets.drop_duplicates(["language", "source"])[d.kind].dropna()
    mean, sd = float(pairs.mean()), float(pairs.std(ddof=0))
    slope = d.slope.estimate / sd if sd > 0 else float("nan")
    return {"kind": d.kind, "mean": mean, "sd": sd, "points_per_distance": slope}


LARGEST = 1500
"""Rows beyond which MixedLM, whose time grows with their cube, is not asked."""
AGREES = 0.05
"""Difference between the two, in standard errors, within which they agree."""


def second_opinion(rows: DistanceRows, found: Slope) -> Effect:
    """The slope by statsmodels MixedLM, and in its method how far it agrees.

    Raises:
        CannotTellError: one run, too many rows, or a fit of statsmodels that failed.
    """
    if rows.runs < 2 or len(rows.y) > LARGEST:
        raise CannotTellError("one run, or too many rows for MixedLM")
    from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec

    design, names, blocks = deciding_design(rows)
    columns = [[[f"{name} {i}" for i in range(block.shape[1])]] for name, block in zip(names, blocks, strict=True)]
    parts = VCSpec(names, columns, [[block] for block in blocks])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of variances at zero, which are no fault here
            fit = MixedLM(rows.y, design, np.ones(len(rows.y)), exog_vc=parts).fit(reml=True, method=["lbfgs"])
    except (np.linalg.LinAlgError, ValueError) as error:
        raise CannotTellError(f"statsmodels MixedLM failed: {error}") from error
    estimate = float(np.asarray(fit.fe_params)[0])
    apart = abs(estimate - found.estimate) / found.error
    agrees = f"agrees to {apart:.1g} standard errors" if apart < AGREES else f"differs by {apart:.2g} standard errors"
    return Effect(
        found.name, f"statsmodels MixedLM, the same model: {agrees}", found.unit, estimate, level=found.level,
        n=found.n, n_of=found.n_of, untested="degrees of freedom are not given by MixedLM",
    )  # fmt: skip
