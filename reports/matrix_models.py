"""The transfer matrices of several models as one, so that a figure shows every model, and what it does not show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import nan
from typing import TYPE_CHECKING

from analysis.registry.vocabulary import Vocabulary, vocabulary
from reports.matrix import GainCell, TransferMatrix, transfer_matrices, transfer_matrix

if TYPE_CHECKING:
    import pandas as pd
    from numpy.random import Generator


def matrix_of_all(
    results: pd.DataFrame, *, rng: Generator, split: str | None = None, words: Vocabulary | None = None
) -> TransferMatrix:
    """One matrix with the runs of every model; of one model as `transfer_matrix` has it.

    Raises:
        MissingDataError: the table holds no gain.
    """
    words = words or vocabulary()
    found = transfer_matrices(results, rng=rng, split=split, registry=words)
    if not found:
        return transfer_matrix(results, rng=rng, split=split, words=words)
    joined = found[0] if len(found) == 1 else _joined(found)
    return replace(joined, absent=_absent(results, found, words))


def _joined(found: Sequence[TransferMatrix]) -> TransferMatrix:
    named = [(f"{matrix.model} · {run}", matrix, run) for matrix in found for run in matrix.runs]
    cells = {(label, t.id): m.cells[run, t.id] for label, m, run in named for t in m.targets if (run, t.id) in m.cells}
    targets = {t.id: t for matrix in found for t in matrix.targets}
    order = list(dict.fromkeys(t.group for t in targets.values()))
    return TransferMatrix(
        model=f"{len(found)} models",
        runs=tuple(label for label, _, _ in named),
        targets=tuple(sorted(targets.values(), key=lambda t: order.index(t.group))),
        cells=cells,
        run_means={label: matrix.run_means[run] for label, matrix, run in named},
        target_means={name: _mean([cell for (_, of), cell in cells.items() if of == name]) for name in targets},
        level=found[0].level,
        left_out=found[0].left_out,
        provenance=tuple(sorted({name for matrix in found for name in matrix.provenance})),
    )


def _mean(cells: Sequence[GainCell]) -> GainCell:
    """The mean of the gains of runs of several models; runs of other models are no repetitions."""
    gain = sum(cell.gain for cell in cells) / len(cells)
    languages, seeds = max(cell.languages for cell in cells), min(cell.seeds for cell in cells)
    return GainCell(gain, nan, nan, "a mean over runs of several models", 1, languages, seeds)


def _absent(results: pd.DataFrame, found: Sequence[TransferMatrix], registry: Vocabulary) -> tuple[str, ...]:
    """Targets and models of the table without a gain to draw."""
    drawn = {t.id for matrix in found for t in matrix.targets} | set(registry["benchmark"])
    targets = sorted(set(results["target"].astype(str)) - drawn)
    models = {
        name: registry["model"][name].name if name in registry["model"] else name
        for name in results["model"].astype(str)
    }
    left = sorted(name for name in set(models.values()) - {matrix.model for matrix in found})
    said = [f"targets without a gain: {', '.join(targets)}"] if targets else []
    return (*said, f"models without a gain: {', '.join(left)}") if left else tuple(said)
