"""The runs of a target as configurations: what was trained on, what it cost, what it scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.gains.setting import directed
from analysis.registry.own_names import counted
from analysis.registry.vocabulary import BASELINE, Vocabulary
from analysis.results.table import TEXT

if TYPE_CHECKING:
    from analysis.questions.cost.axis import Costs
    from analysis.stats.arrays import Bools, Floats

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
        f"{len(rows)} rows of {t} are {method}, not fine-tuned on English alone: used for the amount of data only"
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
