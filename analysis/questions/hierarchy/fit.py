"""Agreement on a hierarchy of intermediate tasks: the computation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.questions.design import Fit
from analysis.questions.hierarchy.agreement import Agreement, agreement
from analysis.questions.hierarchy.blocks import Blocks, Complete, blocks_of, complete
from analysis.questions.hierarchy.design import HierarchyDesign
from analysis.questions.hierarchy.families import Families, families
from analysis.questions.hierarchy.positions import PositionDistribution, positions
from analysis.stats.arrays import CannotTellError


@dataclass(frozen=True, slots=True)
class HierarchyFit(Fit):
    """Result of comparing hierarchies of intermediate tasks.

    Attributes:
        design: what was asked.
        setting: what all scores have in common, in words.
        targets: ids of the targets with a complete block.
        languages: codes of their languages.
        agreement: of targets and seeds; None where nothing can be ranked.
        positions: of the methods; None likewise.
        families: None likewise.
        dropped: methods and targets of the table that are not ranked because scores are missing, in words.
        others: column (`model`, `study`) → its values of which nothing was ranked, as one is ranked at a time.
    """

    design: HierarchyDesign
    setting: str = ""
    targets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    agreement: Agreement | None = None
    positions: PositionDistribution | None = None
    families: Families | None = None
    dropped: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def fit(results: pd.DataFrame, design: HierarchyDesign) -> HierarchyFit:
    """Ranks the methods of a results table and tests whether targets, seeds and families agree.

    Raises:
        UsageError: a model or study that the table lacks.
        MissingDataError: no items where they should be stored.
        InputError: items that are not of the layout.
    """
    try:
        blocks = blocks_of(results, design)
        whole, dropped = complete(blocks)
    except CannotTellError as error:
        return HierarchyFit(design, because=error.because)
    rng = np.random.default_rng(design.seed)
    by_family = families(blocks, whole, design, rng)
    return HierarchyFit(
        design,
        blocks.setting,
        tuple(blocks.targets[t] for t in sorted(set(whole.target.tolist()))),
        tuple(blocks.languages[i] for i in sorted(set(whole.language.tolist()))),
        agreement(blocks, whole, design, rng),
        positions(blocks, whole, design, rng),
        by_family,
        _dropped(blocks, whole),
        blocks.others,
        left_out=(*blocks.left_out, *dropped, *by_family.left_out),
        provenance=blocks.provenance,
    )


def _dropped(blocks: Blocks, whole: Complete) -> tuple[str, ...]:
    """The methods and targets without a complete block."""
    methods = [name for m, name in enumerate(blocks.methods) if m not in whole.kept]
    targets = [name for t, name in enumerate(blocks.targets) if t not in whole.target]
    said = [f"not ranked, having too few scores: {', '.join(methods)}"] if methods else []
    if targets:
        said.append(f"targets that some ranked method lacks: {', '.join(targets)}")
    return tuple(said)
