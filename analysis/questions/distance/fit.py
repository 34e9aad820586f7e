"""Computes everything that an answer about distance may need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.distances import KINDS, Distances, shipped_distances
from analysis.errors import UsageError
from analysis.questions.distance import models
from analysis.questions.distance.cells import Cells, Held, Outcome, cells
from analysis.questions.distance.correlations import correlations, required
from analysis.questions.distance.decisions import Decision, decisions
from analysis.questions.distance.once import estimated
from analysis.questions.distance.rows import DistanceRows, Slope, nothing, rows_of
from analysis.questions.distance.second_opinion import second_opinion
from analysis.questions.distance.specification import curve
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.stats.arrays import CannotTellError
from analysis.stats.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from analysis.answer import Effect

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


@dataclass(frozen=True, slots=True)
class DistanceFit:
    """Result of relating an outcome to distance.

    Attributes:
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
        level: nominal coverage of intervals.
        margin: points per standard deviation of distance below which a slope does not matter.
    """

    cells: Cells
    decisions: tuple[Decision, ...]
    beside: tuple[Effect, ...]
    required: pd.DataFrame
    slopes: pd.DataFrame
    spreads: pd.DataFrame
    curve: pd.DataFrame
    level: float
    margin: float
    without_curve: str = ""

    @property
    def headline(self) -> tuple[Slope, ...]:
        """One effect per kind of distance, by the model the answer rests on."""
        return tuple(d.slope for d in self.decisions)

    @property
    def adjusted(self) -> tuple[float, ...]:
        """P-values of `headline` after Holm, NaN where there is none."""
        return tuple(d.p_value for d in self.decisions)


def ask(
    results: pd.DataFrame,
    *,
    kinds: Sequence[str] | None = None,
    distances: Distances | None = None,
    outcome: Outcome = "gain",
    controls: Mapping[str, Mapping[str, float]] | None = None,
    pretraining: bool = True,
    hold: Sequence[Held] = (),
    split: str | None = None,
    metric: str | None = None,
    rng: np.random.Generator,
    level: float = 0.95,
    margin: float = 1.0,
    permutations: int = 999,
    specifications: bool | None = None,
    beside: bool = True,
    second: bool = True,
    words: Vocabulary | None = None,
) -> DistanceFit:
    """Asks whether an outcome changes with the distance of the language from the source language.

    The source is the language of the intermediate data (`intermediate_language`), English by
    default. Cells in the source language itself are no transfer and take part in one subset of
    the specification curve only.

    Args:
        results: a validated results table.
        kinds: kinds of distance; those the table of distances lacks are left out by name. None:
            the known ones and whatever else the table holds.
        distances: the table of distances; built-in by default.
        outcome: `gain` over no intermediate training, or the `score` itself.
        controls: name → language → value (such as the size of the pretraining text), held constant
            in the deciding model and in partial correlations, as the other kinds of distance are.
        pretraining: whether, without controls, the size of the pretraining text is held constant
            where it is published for the models.
        hold: `fertility` of the tokenizer, another `script`: held constant too.
        split: the split to use; None: the one with most rows, target by target.
        metric: the metric to use; None: the main one of each target.
        rng: the source of chance of the permutations.
        level: nominal coverage.
        margin: equivalence margin, points per standard deviation of distance.
        permutations: how many are drawn where not all are looked at.
        specifications: whether to compute the specification curve; None: up to `CURVED` cells, beyond
            which the other mixed models and those in logits are left out too.
        beside: whether to compute the estimates reported beside the deciding one, and the slopes by task.
        second: whether the surest slope is fitted again by statsmodels, one more of the estimates beside.
        words: the vocabulary; built-in by default.

    Raises:
        UsageError: no kind asked for, an unknown outcome, a table that was not validated.
    """
    words = words or vocabulary()
    table = distances or shipped_distances()
    kinds = (*KINDS, *(k for k in table.kinds if k not in KINDS)) if kinds is None else kinds
    if not kinds or margin <= 0:
        raise UsageError("name at least one kind of distance and a slope above 0 that matters")
    found = cells(
        results, table, kinds=kinds, outcome=outcome, split=split, metric=metric, registry=words, controls=controls,
        pretraining=pretraining, hold=hold,
    )  # fmt: skip
    with one_thread(), models.from_one_to_the_next():
        decided = decisions(found, level, margin)
        shown = decided if beside else ()
        large = specifications is None and len(found.targets) > CURVED
        ways = tuple(way for way in BESIDE if not (large and way in FITTED_BY_SEARCH))
        columns = COLUMNS[:1] if large else COLUMNS
        others = [e for d in shown for e in _beside(found, d, level, controls or {}, rng, permutations, ways, columns)]
        others = [*(_second(found, decided, level) if beside and second else ()), *others]
        spec = pd.DataFrame() if specifications is False or large else curve(found, level=level)
        slopes = [_slopes(found, d, level) for d in shown]
    return DistanceFit(
        cells=found,
        decisions=decided,
        beside=tuple(others),
        required=pd.DataFrame([_required(found, kind, level) for kind in found.kinds]),
        slopes=pd.concat(slopes, ignore_index=True) if slopes else pd.DataFrame(columns=["kind", "task", "slope"]),
        spreads=pd.DataFrame(
            [_spread(found, e, k) for k, e in zip(found.kinds, (d.slope for d in decided), strict=True)]
        ),
        curve=spec,
        without_curve=WITHOUT.format(cells=len(found.targets)) if large else "",
        level=level,
        margin=margin,
    )


def _second(found: Cells, decided: Sequence[Decision], level: float) -> list[Effect]:
    """The surest slope again, by another implementation; nothing where that cannot fit it."""
    told = [d for d in decided if not np.isnan(d.slope.p_value)]
    if not told:
        return []
    best = min(told, key=lambda d: d.slope.p_value)
    rows = rows_of(found.targets, best.kind, "raw", outcome=found.outcome, level=level, controls=best.held)
    try:
        return [second_opinion(rows, best.slope)]
    except CannotTellError:
        return []


def _beside(
    found: Cells,
    decision: Decision,
    level: float,
    controls: Mapping[str, Mapping[str, float]],
    rng: np.random.Generator,
    size: int,
    ways: Sequence[Callable[[DistanceRows], Slope]],
    columns: Sequence[tuple[str, str]],
) -> list[Effect]:
    kind = decision.kind
    held = decision.held
    name = f"slope of {found.outcome} on {kind} distance"
    effects: list[Effect] = [decision.plain] if decision.adjusted else []
    for column, unit in columns:
        label = f"{unit} per standard deviation of {kind} distance"
        try:
            rows = rows_of(found.targets, kind, column, outcome=found.outcome, level=level, controls=held)
        except CannotTellError as error:
            effects.append(nothing(name, f"every model, in {unit}", label, level, error.because))
            continue
        effects += [_tried(way, rows) for way in (ways if column == "raw" else (*ways, models.mixed_slopes_tree))]
        if column == "raw":
            others = {f"{k} distance": _by_language(found, k) for k in found.kinds if k != kind}
            effects += correlations(rows, {**others, **controls}, rng=rng, size=size)
    return effects


def _tried(way: Callable[[DistanceRows], Slope], rows: DistanceRows) -> Effect:
    try:
        return estimated(rows, way)
    except CannotTellError as error:
        return nothing(rows.name, str(way.__doc__).strip().rstrip("."), rows.unit, rows.level, error.because)


def _by_language(found: Cells, kind: str) -> dict[str, float]:
    mean = found.targets.groupby("language")[kind].mean().dropna()
    return {str(code): float(value) for code, value in mean.items()}


def _required(found: Cells, kind: str, level: float) -> dict[str, object]:
    used = found.targets[found.targets[kind].notna()]
    families, languages = int(used["family"].nunique()), int(used["language"].nunique())
    try:
        rows = rows_of(found.targets, kind, "raw", outcome=found.outcome, level=level)
        y, z, _ = models.language_level(rows)
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


def _slopes(found: Cells, d: Decision, level: float) -> pd.DataFrame:
    columns = ["kind", "task", "slope"]
    try:
        rows = rows_of(found.targets, d.kind, "raw", outcome=found.outcome, level=level, controls=d.held)
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


def _spread(found: Cells, effect: Effect, kind: str) -> dict[str, object]:
    pairs = found.targets.drop_duplicates(["language", "source"])[kind].dropna()
    mean, sd = float(pairs.mean()), float(pairs.std(ddof=0))
    slope = effect.estimate / sd if sd > 0 else float("nan")
    return {"kind": kind, "mean": mean, "sd": sd, "points_per_distance": slope}
