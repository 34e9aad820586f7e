"""Effect of the language of intermediate data: the computation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.gains.contrasts import Contrast, check_margin, over_seeds, untold, with_holm
from analysis.questions.sources.closeness import Similarity, closeness, steps
from analysis.questions.sources.comparisons import Compared, SourcePair, compared
from analysis.registry.vocabulary import BASELINE, Vocabulary, vocabulary
from analysis.results.item_error import sampled
from analysis.results.items import load_items
from analysis.stats.arrays import CannotTellError
from analysis.stats.permutation import sign_flip

NEVER = float("nan")


@dataclass(frozen=True, slots=True)
class SourcesFit:
    """Result of comparing languages of intermediate data.

    Attributes:
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
        margin: points within which a difference counts as none.
        level: nominal coverage of intervals; the tests are at 1 − level.
        left_out: what was not used.
        provenance: of the scores used.
        because: why nothing can be compared, or "".
        paired: whether it is stored which items the runs got right.
    """

    setting: str
    reference: str
    contrasts: pd.DataFrame
    by_target: pd.DataFrame
    by_language: pd.DataFrame
    closeness: Similarity | None
    margin: float
    level: float
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]
    because: str
    paired: bool = False


def ask(
    results: pd.DataFrame,
    *,
    rng: np.random.Generator,
    items: pd.DataFrame | Path | None = None,
    reference: str | None = None,
    model: str | None = None,
    study: str | None = None,
    margin: float = 1.0,
    level: float = 0.95,
    words: Vocabulary | None = None,
) -> SourcesFit:
    """Compares intermediate data in other languages with data of the same kind and size in one.

    Args:
        results: a validated results table.
        rng: the source of chance.
        items: which items each run got right, or where they are stored (`analysis.results.items`); None: not.
        reference: the language to compare with; None: English, or where there is none the most
            frequent.
        model: the model; None: the one with most source languages.
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
    items = load_items(items) if isinstance(items, Path) else items
    words = words or vocabulary()
    try:
        found = compared(results, reference=reference, model=model, study=study, registry=words, items=items)
    except CannotTellError as error:
        empty = pd.DataFrame()
        return SourcesFit("", reference or "", empty, empty, empty, None, margin, level, (), (), error.because)
    left_out = found.left_out
    if BASELINE not in found.tables:
        left_out = (*left_out, "gains: no run without intermediate training; the differences do not need one")
    rows = [_row(found, c, rng, margin, level) for c in found.comparisons]
    return SourcesFit(
        setting=found.setting,
        reference=found.reference,
        contrasts=with_holm(pd.DataFrame(rows)),
        by_target=_by_target(found, margin, level),
        by_language=_by_language(found, words),
        closeness=closeness(found, rng=rng, level=level, registry=words),
        margin=margin,
        level=level,
        left_out=left_out,
        provenance=found.provenance,
        because="",
        paired=bool(found.items),
    )


def _difference(found: Compared, c: SourcePair) -> pd.DataFrame:
    """Other − reference with the same seed, (target, language) by seed."""
    return _common(found.tables[str(c.other)], found.tables[str(c.reference)])


def _common(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    rows, columns = first.index.intersection(second.index), first.columns.intersection(second.columns)
    return first.loc[rows, columns] - second.loc[rows, columns]


def _contrast(found: Compared, c: SourcePair, difference: pd.DataFrame, margin: float, level: float) -> Contrast:
    if difference.empty:
        return untold("no cell was run on both sides with the same seed")
    names = ((1.0, str(c.other)), (-1.0, str(c.reference)))
    sides = [(weight, found.variances[n], found.items.get(n)) for weight, n in names]
    items = sampled(difference.index, sides, found.words)
    return over_seeds(difference.to_numpy(dtype=np.float64), margin=margin, level=level, sampling=items)


def _row(found: Compared, c: SourcePair, rng: np.random.Generator, margin: float, level: float) -> dict[str, Any]:
    difference = _difference(found, c)
    named = {"other": str(c.other), "reference": str(c.reference), "language": c.other.language, "sizes": c.sizes}
    gains = {"gain": NEVER, "gain_reference": NEVER}
    if BASELINE in found.tables:
        base = found.tables[BASELINE]
        for key, side in (("gain", c.other), ("gain_reference", c.reference)):
            gains[key] = float(_common(found.tables[str(side)], base).mean(axis=1).mean())
    return named | _contrast(found, c, difference, margin, level).row() | _exchanged(difference, rng) | gains


def _exchanged(difference: pd.DataFrame, rng: np.random.Generator) -> dict[str, float]:
    """Sides exchanged for whole seeds, because a seed's checkpoint serves all targets and languages."""
    whole = difference.dropna(axis=1, how="all").dropna()
    by_seed = whole.mean().to_numpy(dtype=np.float64)
    try:
        test = sign_flip(by_seed[~np.isnan(by_seed)], rng=rng)
    except CannotTellError:
        return {"p_exchange": NEVER, "smallest": NEVER}
    return {"p_exchange": test.p_value, "smallest": min(1.0, 2 * test.smallest)}


def _by_target(found: Compared, margin: float, level: float) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for c in found.comparisons:
        for target, part in _difference(found, c).groupby(level="target"):
            named = {"other": str(c.other), "reference": str(c.reference), "target": target}
            rows.append(named | _contrast(found, c, part, margin, level).row())
    return pd.DataFrame(rows)


def _by_language(found: Compared, registry: Vocabulary) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for c in found.comparisons:
        difference = _difference(found, c)
        for target, language in difference.index:
            values = difference.loc[(target, language)]
            near = [steps(side.language, str(language), registry) for side in (c.other, c.reference)]
            rows.append({
                "other": str(c.other),
                "reference": str(c.reference),
                "target": target,
                "language": language,
                "difference": float(values.mean()),
                "seeds": int(values.notna().sum()),
                "closer": near[0] - near[1],
            })  # fmt: skip
    return pd.DataFrame(rows)
