"""Cost of a run: its training FLOPs where they are known, else FLOPs from its shape, else examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.flops import XLMR_BASE, XLMR_LARGE, HeadShape, TextVolume, per_target, training_flops
from analysis.registry.vocabulary import BASELINE, Vocabulary

if TYPE_CHECKING:
    import pandas as pd

    from analysis.stats.arrays import Floats

SHAPES = {"xlm-r-large": XLMR_LARGE, "xlm-r-base": XLMR_BASE}
"""Models whose FLOPs can be computed from examples."""


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of every row of a table.

    Attributes:
        intermediate: (rows,), of the intermediate training, whole; 0 where there was none; NaN
            where unknown.
        target: (rows,), of the training on the target's data; NaN where unknown.
        intermediate_examples: (rows,), 0 without intermediate training; the registry's size where
            the table says none.
        target_examples: (rows,), likewise.
        shared: targets that one intermediate checkpoint serves.
        unit: `FLOPs` or `examples`.
        stated: where the costs come from and what they assume, one sentence.
    """

    intermediate: Floats
    target: Floats
    intermediate_examples: Floats
    target_examples: Floats
    shared: int
    unit: str
    stated: str

    @property
    def total(self) -> Floats:
        """(rows,), with the target's share of the intermediate training."""
        return np.array(
            [per_target(float(i), float(t), self.shared) for i, t in zip(self.intermediate, self.target, strict=True)]
        )


def costs_of(
    frame: pd.DataFrame, registry: Vocabulary, *, shared: int = 1, tokens: float | None = None, epochs: float = 3.0
) -> Costs:
    """The cost of every row, on one axis for all rows.

    Args:
        frame: rows of the results table.
        registry: the vocabulary that holds the training sizes of tasks.
        shared: targets that one intermediate checkpoint serves.
        tokens: assumed tokens per text, to compute FLOPs where rows hold none.
        epochs: assumed passes over the data, for the same.

    Raises:
        UsageError: `shared` below 1.
    """
    plain = ((frame["intermediate"].astype(str) == BASELINE) & (frame["method"].astype(str) != "mlm")).to_numpy()
    middle, target = _sizes(frame, registry, plain)
    share = f"; intermediate training spread over {shared} targets" if shared > 1 else ""
    measured = (
        np.where(plain, 0.0, frame["flops_intermediate"].to_numpy(float)),
        frame["flops_target"].to_numpy(float),
    )
    if len(frame) and np.isfinite(np.concatenate(measured)).all():
        return Costs(*measured, middle, target, shared, "FLOPs", f"training FLOPs as the table holds them{share}")
    some = " (some rows hold FLOPs, others do not)" if np.isfinite(measured[1]).any() else ""
    models = {str(m) for m in frame["model"].unique()}
    if tokens is None or not models <= SHAPES.keys():
        why = "" if tokens is None else f"; no shape is known of {', '.join(sorted(models - SHAPES.keys()))}"
        stated = f"training examples stand for cost, one of the intermediate task as dear as one of the target's{some}"
        return Costs(middle, target, middle, target, shared, "examples", stated + why + share)
    per_example = frame["model"].astype(str).map(lambda m: _flops_of_one(m, tokens, epochs)).to_numpy(float)
    stated = f"FLOPs computed from examples, assuming {tokens:g} tokens a text and {epochs:g} epochs{some}{share}"
    return Costs(middle * per_example, target * per_example, middle, target, shared, "FLOPs", stated)


def _flops_of_one(model: str, tokens: float, epochs: float) -> float:
    """The head is left out: below a tenth of a percent for all but masked language models."""
    return training_flops(SHAPES[model], HeadShape("none"), TextVolume(1, tokens, tokens**2), epochs=epochs).total


def _sizes(frame: pd.DataFrame, registry: Vocabulary, plain: np.ndarray) -> tuple[Floats, Floats]:
    named = frame["intermediate"].astype(str).map(lambda name: intermediate_size(name, registry)).to_numpy(float)
    given = frame["intermediate_examples"].to_numpy(float)
    middle = np.where(plain, 0.0, np.where(np.isnan(given), named, given))
    named = frame["target"].astype(str).map(lambda name: target_size(name, registry)).to_numpy(float)
    given = frame["target_examples"].to_numpy(float)
    return middle, np.where(np.isnan(given), named, given)


def intermediate_size(name: str, registry: Vocabulary) -> float:
    """Training examples of an intermediate run, of all its parts; NaN where the registry has none."""
    parts = [registry.find("intermediate", part) for part in re.split(r"[>+](?=.)", name)]
    whole = registry.find("intermediate", name)
    entries = [whole] if whole is not None else parts
    return float(sum(np.nan if e is None else e.facts.get("train_examples", np.nan) for e in entries))


def target_size(name: str, registry: Vocabulary) -> float:
    """Training examples of a target; 0 where nothing is fine-tuned; NaN where the registry has none."""
    entry = registry.find("target", name)
    if entry is None:
        return float("nan")
    return float(entry.facts.get("train_examples", np.nan)) if entry.facts.get("fine_tuned", True) else 0.0
