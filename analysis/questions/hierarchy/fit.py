"""Agreement on a hierarchy of intermediate tasks: the computation."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import UsageError
from analysis.questions.hierarchy.agreement import Agreement, agreement
from analysis.questions.hierarchy.blocks import Blocks, Complete, Ranked, Scores, blocks_of, complete
from analysis.questions.hierarchy.families import Families, Singles, families
from analysis.questions.hierarchy.positions import PositionDistribution, positions
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.results.items import load_items
from analysis.stats.arrays import CannotTellError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd

REARRANGEMENTS = 9999
FAMILY_REARRANGEMENTS = 999


@dataclass(frozen=True, slots=True)
class HierarchyFit:
    """Result of comparing hierarchies of intermediate tasks.

    Attributes:
        ranked: what was ranked, intermediate tasks or models.
        setting: what all scores have in common, in words.
        targets: ids of the targets with a complete block.
        languages: codes of their languages.
        agreement: of targets and seeds; None where nothing can be ranked.
        positions: of the methods; None likewise.
        families: None likewise.
        asked: the correlation between targets from which one hierarchy is spoken of.
        margin: ranks by which a method may stand elsewhere in a family and count as standing alike.
        alpha: level of the tests.
        left_out: what was not used.
        provenance: of the scores used.
        because: why nothing can be ranked, or "".
        dropped: methods and targets of the table that are not ranked because scores are missing, in words.
        others: column (`model`, `study`) → its values of which nothing was ranked, as one is ranked at a time.
    """

    ranked: Ranked
    setting: str
    targets: tuple[str, ...]
    languages: tuple[str, ...]
    agreement: Agreement | None
    positions: PositionDistribution | None
    families: Families | None
    asked: float
    margin: float
    alpha: float
    left_out: tuple[str, ...]
    provenance: tuple[str, ...]
    because: str
    dropped: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def ask(
    results: pd.DataFrame,
    *,
    rng: np.random.Generator,
    items: pd.DataFrame | Path | None = None,
    ranked: Ranked = "intermediate",
    model: str | None = None,
    study: str | None = None,
    scores: Scores = "languages",
    singles: Singles = "pool",
    asked: float = 0.5,
    margin: float = 1.0,
    level: float = 0.95,
    size: int = 2000,
    words: Vocabulary | None = None,
) -> HierarchyFit:
    """Ranks the methods of a results table and tests whether targets, seeds and families agree.

    Args:
        results: a validated results table.
        rng: the source of chance.
        items: which items each run got right, or where they are stored (`analysis.results.items`); None: not.
        ranked: `intermediate` tasks of one model, or `model`s without intermediate training (those
            at hand, so that their seeds are not asked for).
        model: the model whose intermediate tasks are ranked; None: the one with most of them.
        study: the study; None: the one with most methods.
        scores: rank by scores of single `languages`, or by `means` over languages as they were
            printed, which say nothing of families.
        singles: whether families of one language are pooled, or left out of the comparison of
            families.
        asked: mean correlation between the targets' orders from which there is one hierarchy.
        margin: difference in mean rank that would matter between families.
        level: nominal coverage of intervals; the tests are at 1 − level.
        size: replicates of the bootstrap.
        words: the vocabulary; built-in by default.

    Raises:
        UsageError: an argument outside its range, or a model or study that the table lacks.
        MissingDataError: no items where they should be stored.
        InputError: items that are not of the layout.
    """
    if ranked not in {"intermediate", "model"}:
        raise UsageError(f"cannot rank {ranked!r}; rank 'intermediate' or 'model'")
    if not (0 < asked < 1 and margin > 0 and 0 < level < 1):
        raise UsageError(f"asked {asked} and level {level} lie between 0 and 1, margin {margin} above 0")
    words = words or vocabulary()
    items = load_items(items) if isinstance(items, Path) else items
    try:
        blocks = blocks_of(results, ranked, model=model, study=study, scores=scores, registry=words, items=items)
        whole, dropped = complete(blocks)
    except CannotTellError as error:
        return HierarchyFit(ranked, "", (), (), None, None, None, asked, margin, 1 - level, (), (), error.because)
    return _outcome(blocks, whole, dropped, rng, singles, asked, margin, level, size)


def _outcome(
    blocks: Blocks,
    whole: Complete,
    dropped: tuple[str, ...],
    rng: np.random.Generator,
    singles: Singles,
    asked: float,
    margin: float,
    level: float,
    size: int,
) -> HierarchyFit:
    by_family = families(blocks, whole, rng=rng, singles=singles, size=min(size, FAMILY_REARRANGEMENTS))
    return HierarchyFit(
        ranked=blocks.ranked,
        setting=blocks.setting,
        targets=tuple(blocks.targets[t] for t in sorted(set(whole.target.tolist()))),
        languages=tuple(blocks.languages[i] for i in sorted(set(whole.language.tolist()))),
        agreement=agreement(blocks, whole, rng=rng, level=level, size=REARRANGEMENTS),
        positions=positions(blocks, whole, rng=rng, level=level, size=size),
        families=by_family,
        asked=asked,
        margin=margin,
        alpha=1 - level,
        left_out=(*blocks.left_out, *dropped, *by_family.left_out),
        provenance=blocks.provenance,
        because="",
        dropped=_dropped(blocks, whole),
        others=blocks.others,
    )


def _dropped(blocks: Blocks, whole: Complete) -> tuple[str, ...]:
    """The methods and targets without a complete block."""
    methods = [name for m, name in enumerate(blocks.methods) if m not in whole.kept]
    targets = [name for t, name in enumerate(blocks.targets) if t not in whole.target]
    said = [f"not ranked, having too few scores: {', '.join(methods)}"] if methods else []
    if targets:
        said.append(f"targets that some ranked method lacks: {', '.join(targets)}")
    return tuple(said)
