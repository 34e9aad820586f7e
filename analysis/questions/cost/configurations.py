"""The runs of a target as configurations: what was trained on, what it scored, and what it cost on one axis.

The cost of a run is its training FLOPs where they are known, else FLOPs from its shape, else examples.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.flops import XLMR_BASE, XLMR_LARGE, HeadShape, TextVolume, per_target, training_flops
from analysis.gains.setting import directed
from analysis.registry.vocabulary import BASELINE, Vocabulary
from analysis.results.table import TEXT
from analysis.wording import counted

if TYPE_CHECKING:
    from analysis.stats.arrays import Bools, Floats

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


TARGET = ("study", "model", "target", "split", "metric")
"""Columns that compared runs share."""

TRAINED = ("intermediate", "method", "intermediate_language", "intermediate_examples", "target_examples")
"""Columns that distinguish configurations, sizes with the registry's filled in."""

ALONE = ("plain", "mlm")
"""Methods a run without intermediate task can have here: target data only, or continued MLM before it."""


@dataclass(frozen=True, slots=True)
class Configurations:
    """All configurations of one target.

    Attributes:
        target: id of the target, with what else sets it apart in the table.
        trained: (n,), label of the intermediate training; `none` for target data only.
        intermediate_examples: (n,).
        target_examples: (n,).
        cost: (n,), mean over seeds, in the unit of the cost axis.
        scores: (n, 1, languages, seeds), in points, higher is better; NaN where not run.
        languages: of the scores, the same in every target of the table.
        seeds: likewise.
    """

    target: str
    trained: tuple[str, ...]
    intermediate_examples: Floats
    target_examples: Floats
    cost: Floats
    scores: Floats
    languages: tuple[str, ...]
    seeds: tuple[float, ...]

    @property
    def baseline(self) -> Bools:
        """(n,), trained on target data only."""
        return np.array([name == BASELINE for name in self.trained])

    @property
    def seed_counts(self) -> Floats:
        """(n,), seeds of each configuration."""
        return np.asarray((~np.isnan(self.scores)).any(axis=(1, 2)).sum(axis=1), dtype=np.float64)

    def only(self, kept: Bools) -> Configurations:
        """The configurations that are kept."""
        names = tuple(name for name, keep in zip(self.trained, kept, strict=True) if keep)
        sizes = (self.intermediate_examples[kept], self.target_examples[kept], self.cost[kept])
        return Configurations(self.target, names, *sizes, self.scores[kept], self.languages, self.seeds)


def configurations(
    frame: pd.DataFrame, costs: Costs, registry: Vocabulary
) -> tuple[tuple[Configurations, ...], tuple[str, ...]]:
    """The configurations of every target that has data to scale, and what was left out.

    Args:
        frame: one reading of a results table (one metric and split a target).
        costs: of its rows.
        registry: the vocabulary whose metrics say which direction is better.
    """
    plain, left_out = _usable(frame, costs, registry)
    languages, seeds = sorted(plain["language"].unique()), sorted(plain["seed"].unique())
    groups = list(plain.groupby(list(TARGET), sort=True))
    shown = [c for c in TARGET if c == "target" or (plain[c].nunique() > 1 and c in {"study", "model"})]
    found = tuple(_one(tuple(map(str, key)), group, shown, languages, seeds) for key, group in groups)
    return found, left_out


def _usable(frame: pd.DataFrame, costs: Costs, registry: Vocabulary) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows with cost and sizes that are alternatives of each other, and what was left out."""
    plain = frame.astype(dict.fromkeys(TEXT, "object")).reset_index(drop=True)
    plain["cost"] = costs.total
    plain["intermediate_examples"] = costs.intermediate_examples
    plain["target_examples"] = costs.target_examples
    plain["score"] = directed(plain, registry)
    plain["seed"] = plain["seed"].fillna(-1.0)
    alone = plain["intermediate"] == BASELINE
    plain.loc[alone, "intermediate_language"] = "en"
    elsewhere = alone & ~plain["method"].isin(ALONE)
    without = plain["target_examples"] == 0
    unknown = plain["cost"].isna() & ~elsewhere
    left_out = [
        f"{t}: nothing is fine-tuned on it, so there is no target data to scale"
        for t in sorted(plain.loc[without, "target"].unique())
    ]
    sizeless = plain[["intermediate_examples", "target_examples"]].isna().any(axis=1) & ~unknown & ~elsewhere & ~without
    left_out += [
        f"{counted(n, 'row')} of {t} of unknown cost" for t, n in plain[unknown].groupby("target").size().items()
    ]
    left_out += [
        f"{counted(n, 'row')} of {t}: how many examples were trained on is not stated "
        "(intermediate_examples, target_examples)"
        for t, n in plain[sizeless].groupby("target").size().items()
    ]
    left_out += [
        f"{counted(len(rows), 'row')} of {t}, {method}, not fine-tuned on English alone: for the amount of data only"
        for (t, method), rows in plain[elsewhere].groupby(["target", "method"])
    ]
    return plain[~without & ~unknown & ~elsewhere & ~sizeless], tuple(left_out)


def _one(
    key: tuple[str, ...], group: pd.DataFrame, shown: list[str], languages: list[str], seeds: list[float]
) -> Configurations:
    named = dict(zip(TARGET, key, strict=True))
    cells = group.groupby(list(TRAINED), sort=True)
    label = cells.ngroup().to_numpy()
    first = group.groupby(label).first()
    scores = np.full((len(first), 1, len(languages), len(seeds)), np.nan)
    place = (
        pd.Index(languages).get_indexer(pd.Index(group["language"])),
        pd.Index(seeds).get_indexer(pd.Index(group["seed"])),
    )
    means = group.groupby([label, *place])["score"].mean()
    index = [np.asarray(means.index.get_level_values(i)) for i in range(3)]
    scores[index[0], 0, index[1], index[2]] = means.to_numpy()
    return Configurations(
        target=" · ".join(named[c] for c in ["target", *(c for c in shown if c != "target")]),
        trained=tuple(_label(row) for _, row in first.iterrows()),
        intermediate_examples=first["intermediate_examples"].to_numpy(float),
        target_examples=first["target_examples"].to_numpy(float),
        cost=group.groupby(label)["cost"].mean().to_numpy(float),
        scores=scores,
        languages=tuple(languages),
        seeds=tuple(seeds),
    )


def _label(row: pd.Series[Any]) -> str:
    method = "" if row["method"] == "plain" else f" ({row['method']})"
    language = "" if row["intermediate_language"] == "en" else f" [{row['intermediate_language']}]"
    return f"{row['intermediate']}{method}{language}"
