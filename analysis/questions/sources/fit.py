"""Effect of the language of intermediate data: the computation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.gains.contrasts import Contrast, with_holm
from analysis.questions.design import Fit
from analysis.questions.sources.closeness import Similarity, closeness, steps
from analysis.questions.sources.comparisons import Compared, SourcePair, compared
from analysis.questions.sources.design import SourcesDesign
from analysis.registry.vocabulary import BASELINE
from analysis.stats.arrays import CannotTellError
from analysis.stats.permutation import sign_flip

NEVER = float("nan")


@dataclass(frozen=True, slots=True)
class SourcesFit(Fit):
    """Result of comparing languages of intermediate data.

    Attributes:
        design: what was asked.
        setting: what all runs have in common, in words.
        reference: the language the others are compared with.
        contrasts: one row a comparison: `other`, `reference` (source as printed), `language` (of the
            other), `sizes`, those of `contrasts.Contrast` in points (positive: the other is
            better), `p_holm`, `p_exchange` (sides exchanged seed by seed), `smallest` (the smallest
            `p_exchange` that the seeds allow), `gain`, `gain_reference` (over no intermediate
            training, same seeds; NaN without a baseline).
        by_target: the same contrasts per `target`, without adjustment.
        by_language: one row a comparison, target and language: `difference` (mean over seeds),
            `seeds`, `closer` (steps by which the other source is closer than the reference).
        closeness: the worth of a step; None where nothing is compared.
        paired: whether it is stored which items the runs got right.
    """

    design: SourcesDesign
    setting: str = ""
    reference: str = ""
    contrasts: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_target: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_language: pd.DataFrame = field(default_factory=pd.DataFrame)
    closeness: Similarity | None = None
    paired: bool = False


def fit(results: pd.DataFrame, design: SourcesDesign) -> SourcesFit:
    """Compares intermediate data in other languages with data of the same kind and size in one.

    Raises:
        UsageError: a model, study or language that the table lacks.
        MissingDataError: no items where they should be stored.
        InputError: items that are not of the layout.
    """
    try:
        found = compared(results, design)
    except CannotTellError as error:
        return SourcesFit(design, reference=design.reference or "", because=error.because)
    left_out = found.left_out
    if BASELINE not in found.tables:
        left_out = (*left_out, "gains: no run without intermediate training; the differences do not need one")
    rng = np.random.default_rng(design.seed)
    rows = [_row(found, c, rng) for c in found.comparisons]
    return SourcesFit(
        design,
        found.setting,
        found.reference,
        with_holm(pd.DataFrame(rows)),
        _by_target(found),
        _by_language(found),
        closeness(found, rng),
        bool(found.items),
        left_out=left_out,
        provenance=found.provenance,
    )


def _difference(found: Compared, c: SourcePair) -> pd.DataFrame:
    """Other − reference with the same seed, (target, language) by seed."""
    return found.difference(str(c.other), str(c.reference))


def _contrast(found: Compared, c: SourcePair, difference: pd.DataFrame) -> Contrast:
    return found.contrast(difference, ((1.0, str(c.other)), (-1.0, str(c.reference))))


def _row(found: Compared, c: SourcePair, rng: np.random.Generator) -> dict[str, Any]:
    difference = _difference(found, c)
    gains = {"gain": NEVER, "gain_reference": NEVER}
    if BASELINE in found.tables:
        for key, side in (("gain", c.other), ("gain_reference", c.reference)):
            gains[key] = float(found.difference(str(side), BASELINE).mean(axis=1).mean())
    more = {"language": c.other.language, "sizes": c.sizes}
    return c.names | more | _contrast(found, c, difference).row() | _exchanged(difference, rng) | gains


def _exchanged(difference: pd.DataFrame, rng: np.random.Generator) -> dict[str, float]:
    """Sides exchanged for whole seeds, because a seed's checkpoint serves all targets and languages."""
    whole = difference.dropna(axis=1, how="all").dropna()
    by_seed = whole.mean().to_numpy(dtype=np.float64)
    try:
        test = sign_flip(by_seed[~np.isnan(by_seed)], rng=rng)
    except CannotTellError:
        return {"p_exchange": NEVER, "smallest": NEVER}
    return {"p_exchange": test.p_value, "smallest": min(1.0, 2 * test.smallest)}


def _by_target(found: Compared) -> pd.DataFrame:
    return pd.DataFrame([
        c.names | {"target": target} | _contrast(found, c, part).row()
        for c in found.comparisons
        for target, part in _difference(found, c).groupby(level="target")
    ])  # fmt: skip


def _by_language(found: Compared) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for c in found.comparisons:
        difference = _difference(found, c)
        for target, language in difference.index:
            values = difference.loc[(target, language)]
            near, far = (steps(side.language, str(language), found.design.registry) for side in (c.other, c.reference))
            named = c.names | {"target": target, "language": language}
            known = {"difference": float(values.mean()), "seeds": int(values.notna().sum()), "closer": near - far}
            rows.append(named | known)
    return pd.DataFrame(rows)
