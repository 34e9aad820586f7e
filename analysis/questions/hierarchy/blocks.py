"""Scores to rank: one setting of a table as methods by target, language and seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from analysis.gains import array, one_reading
from analysis.gains.reading import MEAN
from analysis.gains.setting import CLEAN, ENGLISH, directed, english_only, one_value, single_targets, whole_size
from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET
from analysis.results.item_error import item_error, item_scores
from analysis.results.items import LANGUAGE
from analysis.stats.arrays import CannotTellError, Floats, Ints
from analysis.stats.ranks import to_ties
from analysis.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analysis.questions.hierarchy.design import HierarchyDesign, Ranked

PLAIN = "plain"
LEAST_KEPT = 0.5
"""Blocks that must be complete, as a share of those with two methods, before methods are dropped."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Scores to be ranked; a block is a (target, language) pair.

    Attributes:
        scores: (methods, targets, languages, seeds), larger is better, in points; NaN where missing.
        variances: (methods, targets, languages), of each cell through its test items, in points²; NaN
            where they are not stated.
        counts: (methods, targets, languages), of test items; likewise.
        items: method → points of every item by target, language and item; empty where none are stored.
        ranked: what the methods are, intermediate tasks or models.
        methods: names.
        targets: ids of the target tasks.
        languages: codes, or `mean`.
        families: of each language; "" where the vocabulary does not know it.
        setting: what all scores have in common, in words.
        left_out: what was not used, one sentence each.
        missing: cells that some method lacks, one sentence a method and target.
        provenance: of the scores used, sorted.
        others: column (`model`, `study`) → its other values with scores to rank, of which one at a time is ranked.
    """

    scores: Floats
    variances: Floats
    counts: Floats
    items: Mapping[str, pd.Series[float]]
    ranked: Ranked
    methods: tuple[str, ...]
    targets: tuple[str, ...]
    languages: tuple[str, ...]
    families: tuple[str, ...]
    setting: str
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    provenance: tuple[str, ...]
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def cells(self) -> Floats:
        """(methods, targets, languages), means over seeds."""
        return to_ties(_means(self.scores))


@dataclass(frozen=True, slots=True)
class Complete:
    """The blocks in which all kept methods have a score.

    Attributes:
        kept: indices of the kept methods.
        scores: (blocks, kept methods), means over seeds.
        target: (blocks,), index of the target.
        language: (blocks,), index of the language.
    """

    kept: Ints
    scores: Floats
    target: Ints
    language: Ints


def blocks_of(results: pd.DataFrame, design: HierarchyDesign) -> Blocks:
    """The scores of one setting.

    Raises:
        CannotTellError: fewer than two methods are left.
    """
    ranked, registry, items = design.ranked, design.registry, design.stored_items()
    left_out: list[str] = []
    results = single_targets(results, left_out, registry)
    if design.scores == "means":
        of_means = results["language"].astype(str) == MEAN
        left_out += [f"{counted(int((~of_means).sum()), 'score')} of single languages"] * bool((~of_means).any())
        results = results[of_means]
    if ranked == "model":  # another study's rows must not choose the split
        results = one_value(_of_kind(results, ranked, left_out), "study", design.study, left_out, most=ranked)
    reading = one_reading(results, registry=registry)
    left_out += reading.left_out
    frame = _of_kind(reading.frame, ranked, left_out)
    said, others = [], {}
    for column, value in (("model", design.model), ("study", design.study))[ranked == "model" :]:
        known = sorted(frame[column].astype(str).unique())
        frame = one_value(frame, column, value, left_out, most=ranked, registry=registry)
        others[column] = tuple(name for name in known if name != str(frame[column].iloc[0]))
        said.append(f"{column} {frame[column].iloc[0]}")
    frame = english_only(frame, left_out)
    frame = whole_size(frame, "intermediate_examples", ("intermediate",), left_out)
    frame = whole_size(frame, "target_examples", ("target",), left_out)
    errors = frame.assign(variance=item_error(frame, registry) ** 2)
    grid = array(errors.assign(score=directed(frame, registry)), value="score", methods=(ranked,), tasks=("target",))
    variances, counts = (
        _means(array(errors, value=column, methods=(ranked,), tasks=("target",)).values)
        for column in ("variance", "n_items")
    )
    if len(grid.methods) < 2:
        other = "" if ranked == "model" else "; to rank models without intermediate training ask with --ranked model"
        raise CannotTellError(f"the table holds {_named(grid.methods, ranked)} and an order needs two{other}")
    return Blocks(
        scores=grid.values,
        variances=variances,
        counts=counts,
        items=_items(items) if items is not None and ranked == "intermediate" else {},
        ranked=ranked,
        methods=grid.methods,
        targets=grid.tasks,
        languages=grid.languages,
        families=tuple(registry.family(code) for code in grid.languages),
        setting=", ".join(said),
        others=others,
        left_out=tuple(left_out),
        missing=grid.missing,
        provenance=tuple(sorted(frame["provenance"].astype(str).unique())),
    )


def _means(values: Floats) -> Floats:
    """Means over seeds, NaN where there is none."""
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        means: Floats = np.where(there, values, 0.0).sum(axis=3) / there.sum(axis=3)
    return means


def _items(items: pd.DataFrame) -> dict[str, pd.Series[float]]:
    english = items[(items["perturbation"] == CLEAN) & (items[LANGUAGE] == ENGLISH)]
    points = item_scores(english, ["intermediate", "target", "language"])
    return {str(name): points.loc[name] for name in points.index.unique("intermediate")}


def _named(methods: tuple[str, ...], ranked: Ranked) -> str:
    noun = "model without intermediate training" if ranked == "model" else "intermediate task"
    return f"one {noun} ({methods[0]})" if methods else f"no {noun}"


def _of_kind(frame: pd.DataFrame, ranked: Ranked, left_out: list[str]) -> pd.DataFrame:
    """Plain runs: of single tasks or combinations, or without any."""
    name, method = frame["intermediate"].astype(str), frame["method"].astype(str)
    if ranked == "model":
        kept = frame[(name == BASELINE) & (method == PLAIN)]
        noun = "no intermediate training"
    else:
        wanted = ~name.isin((BASELINE, BEST_PER_TARGET))
        plain = wanted & (method == PLAIN)
        if (wanted & ~plain).any():
            left_out.append(f"{counted(int((wanted & ~plain).sum()), 'row')} with translated or continued MLM training")
        if (name == BEST_PER_TARGET).any():
            count = int((name == BEST_PER_TARGET).sum())
            left_out.append(f"{counted(count, 'row')} of the best task per target, which is no one task")
        kept = frame[plain]
        noun = "a single intermediate task (models without one: --ranked model, or `claimgauge analyze ranking`)"
    if kept.empty:
        raise CannotTellError(f"the table holds no scores with {noun}")
    return kept


def complete(blocks: Blocks) -> tuple[Complete, tuple[str, ...]]:
    """The complete blocks, after dropping methods that would leave few of them; and what was dropped.

    Raises:
        CannotTellError: no two methods share a block.
    """
    cells = blocks.cells.reshape(len(blocks.methods), -1)
    there = ~np.isnan(cells)
    shared = there.sum(axis=0) >= 2
    kept = np.arange(len(cells))
    while len(kept) > 2 and there[kept].all(axis=0).sum() < LEAST_KEPT * shared.sum():
        kept = np.delete(kept, int(np.argmin(there[kept].sum(axis=1))))
    whole = there[kept].all(axis=0)
    if not whole.any():
        raise CannotTellError("no two methods have a score in the same target and language")
    said = []
    if dropped := [blocks.methods[m] for m in range(len(cells)) if m not in kept]:
        said.append(f"{', '.join(dropped)}: measured in too few targets and languages to be ranked with the others")
    names = tuple(f"{blocks.methods[m]} " for m in kept)
    said += [sentence for sentence in blocks.missing if sentence.startswith(names)]
    if partial := int((shared & ~whole).sum()):
        said.append(f"{partial} blocks (target, language) in which not all ranked methods have a score")
    target, language = np.unravel_index(np.flatnonzero(whole), blocks.scores.shape[1:3])
    scores = cells[kept][:, whole].T
    return Complete(kept, scores, target.astype(np.int64), language.astype(np.int64)), tuple(said)
