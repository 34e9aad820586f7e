"""Effect of the order of intermediate tasks: the computation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.gains.contrasts import check_margin
from analysis.questions.order import item_model, item_tests, model, robustness, terms
from analysis.questions.order.robustness import RobustnessSlope
from analysis.questions.order.runs import Runs, runs_of
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.results.items import load_items
from analysis.stats.arrays import CannotTellError

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class OrderFit:
    """Result of comparing orders of intermediate tasks.

    Attributes:
        setting: what all runs have in common, in words.
        pairs: the sequences compared.
        perturbations: names, without the clean text.
        contrasts: see `terms.asked`; the answer rests on them.
        scales: see `terms.other_scales`.
        mixed: see `model.factorial`.
        robustness: see `robustness.table`.
        lines: perturbed on clean scores, one per perturbation.
        beside: see `terms.beside`.
        items: see `item_tests.by_item`; empty without stored items.
        item_runs: see `item_tests.by_run`.
        item_model: see `item_model.item_model`; empty without stored items.
        margin: points within which a difference counts as none.
        level: nominal coverage of intervals; the tests are at 1 − level.
        left_out: what was not used.
        provenance: of the scores used.
        because: why nothing can be compared, or "".
    """

    setting: str
    pairs: tuple[tuple[str, str], ...]
    perturbations: tuple[str, ...]
    contrasts: pd.DataFrame
    scales: pd.DataFrame
    mixed: pd.DataFrame
    robustness: pd.DataFrame
    lines: tuple[RobustnessSlope, ...]
    beside: pd.DataFrame
    items: pd.DataFrame
    item_runs: pd.DataFrame
    item_model: pd.DataFrame
    margin: float
    level: float
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]
    because: str


def ask(
    results: pd.DataFrame,
    *,
    rng: np.random.Generator,
    items: pd.DataFrame | Path | None = None,
    model: str | None = None,
    study: str | None = None,
    margin: float = 1.0,
    level: float = 0.95,
    words: Vocabulary | None = None,
) -> OrderFit:
    """Compares sequences of intermediate tasks with the same tasks in another order.

    Args:
        results: a validated results table.
        rng: the source of chance, for the tests of items.
        items: which items each run got right, or where they are stored (`analysis.results.items`); None: not.
        model: the model; None: the one with most intermediates.
        study: the study; None: likewise.
        margin: points within which a difference counts as none.
        level: nominal coverage of intervals; the tests are at 1 − level.
        words: the vocabulary; built-in by default.

    Raises:
        UsageError: an argument outside its range, or a model or study that the table lacks.
        MissingDataError: no items where they should be stored.
        InputError: items that are not of the layout.
    """
    check_margin(margin, level)
    if isinstance(items, Path):
        items = load_items(items)
    try:
        runs = runs_of(results, model=model, study=study, registry=words or vocabulary(), items=items)
    except CannotTellError as error:
        return _nothing(margin, level, error.because)
    return _outcome(runs, items, rng, margin, level)


def _outcome(runs: Runs, items: pd.DataFrame | None, rng: np.random.Generator, margin: float, level: float) -> OrderFit:
    drawn = robustness.lines(runs)
    empty = pd.DataFrame()
    return OrderFit(
        setting=runs.setting,
        pairs=runs.pairs,
        perturbations=runs.perturbations,
        contrasts=terms.asked(runs, margin=margin, level=level),
        scales=terms.other_scales(runs, drawn, margin=margin, level=level),
        mixed=model.factorial(runs, level=level),
        robustness=robustness.table(runs, drawn),
        lines=drawn,
        beside=terms.beside(runs, margin=margin, level=level),
        items=empty if items is None else item_tests.by_item(items, runs.pairs, rng=rng),
        item_runs=empty if items is None else item_tests.by_run(items, runs.pairs),
        item_model=empty if items is None else item_model.item_model(items, runs.pairs, level=level),
        margin=margin,
        level=level,
        left_out=runs.left_out,
        provenance=runs.provenance,
        because="",
    )


def _nothing(margin: float, level: float, because: str) -> OrderFit:
    empty = pd.DataFrame()
    return OrderFit(
        "", (), (), empty, empty, empty, empty, (), empty, empty, empty, empty, margin, level, (), (), because
    )  # fmt: skip
