"""Effect of the order of intermediate tasks: the computation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.questions.design import Fit
from analysis.questions.order import model, robustness, terms
from analysis.questions.order.design import OrderDesign
from analysis.questions.order.items import by_item, by_run, item_model
from analysis.questions.order.robustness import RobustnessSlope
from analysis.questions.order.runs import runs_of
from analysis.stats.arrays import CannotTellError


@dataclass(frozen=True, slots=True)
class OrderFit(Fit):
    """Result of comparing orders of intermediate tasks.

    Attributes:
        design: what was asked.
        setting: what all runs have in common, in words.
        pairs: the sequences compared.
        perturbations: names, without the clean text.
        contrasts: see `terms.asked`; the answer rests on them.
        scales: see `terms.other_scales`.
        mixed: see `model.factorial`.
        robustness: see `robustness.table`.
        lines: perturbed on clean scores, one per perturbation.
        beside: see `terms.beside`.
        items: see `items.by_item`; empty without stored items.
        item_runs: see `items.by_run`.
        item_model: see `items.item_model`; empty without stored items.
    """

    design: OrderDesign
    setting: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    perturbations: tuple[str, ...] = ()
    contrasts: pd.DataFrame = field(default_factory=pd.DataFrame)
    scales: pd.DataFrame = field(default_factory=pd.DataFrame)
    mixed: pd.DataFrame = field(default_factory=pd.DataFrame)
    robustness: pd.DataFrame = field(default_factory=pd.DataFrame)
    lines: tuple[RobustnessSlope, ...] = ()
    beside: pd.DataFrame = field(default_factory=pd.DataFrame)
    items: pd.DataFrame = field(default_factory=pd.DataFrame)
    item_runs: pd.DataFrame = field(default_factory=pd.DataFrame)
    item_model: pd.DataFrame = field(default_factory=pd.DataFrame)


def fit(results: pd.DataFrame, design: OrderDesign) -> OrderFit:
    """Compares sequences of intermediate tasks with the same tasks in another order.

    Raises:
        UsageError: a model or study that the table lacks.
        MissingDataError: no items where they should be stored.
        InputError: items that are not of the layout.
    """
    items = design.stored_items()
    try:
        runs = runs_of(results, design, items)
    except CannotTellError as error:
        return OrderFit(design, because=error.because)
    drawn = robustness.lines(runs)
    found = OrderFit(
        design,
        runs.setting,
        runs.pairs,
        runs.perturbations,
        terms.asked(runs),
        terms.other_scales(runs, drawn),
        model.factorial(runs),
        robustness.table(runs, drawn),
        drawn,
        terms.beside(runs),
        left_out=runs.left_out,
        provenance=runs.provenance,
    )
    if items is None:
        return found
    return replace(
        found,
        items=by_item(items, runs.pairs, rng=np.random.default_rng(design.seed)),
        item_runs=by_run(items, runs.pairs),
        item_model=item_model(items, runs.pairs, level=design.level),
    )
