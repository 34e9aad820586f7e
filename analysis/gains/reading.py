"""One reading of a table: one metric and one split per target, unperturbed, no mean beside its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.registry.chosen_names import chosen_name
from analysis.registry.vocabulary import Vocabulary, vocabulary
from analysis.wording import counted

if TYPE_CHECKING:
    import pandas as pd

MEAN = "mean"
"""Value of the column `language` for a mean over languages."""

PERTURBED = "none"


@dataclass(frozen=True, slots=True)
class TargetRows:
    """Rows in which every target counts once.

    Attributes:
        frame: the rows kept, columns as they came.
        left_out: what was not kept, one sentence each.
    """

    frame: pd.DataFrame
    left_out: tuple[str, ...]


def one_reading(
    table: pd.DataFrame,
    *,
    split: str | None = None,
    metric: str | None = None,
    registry: Vocabulary | None = None,
) -> TargetRows:
    """The rows of one metric and one split per target, unperturbed, single languages where there are any.

    Args:
        table: results or the frame of `Gains`.
        split: the split to keep; None: per target the one with most rows, `test` where two have as many.
        metric: the metric to keep; None: per target `f1_em` where it is there, else the first of
            the registry's metrics that is.
        registry: the vocabulary that holds the metrics of targets; built-in by default.

    Raises:
        UsageError: no row has the split or metric.
    """
    registry = registry or vocabulary()
    left_out: list[str] = []
    clean = table["perturbation"].astype(str) == PERTURBED
    if not clean.all():
        left_out.append(f"{counted(int((~clean).sum()), 'row')} with a perturbation")
    kept = table[clean]
    for column, given in (("split", split), ("metric", metric)):
        if given is not None and not kept.empty:
            given = chosen_name(column, given, _values(kept, column), registry, column)
        chosen = {t: given or _choice(rows, column, registry) for t, rows in _by_target(kept)}
        fits = kept[column].astype(str) == kept["target"].astype(str).map(chosen)
        left_out += _others(kept[~fits], column)
        kept = kept[fits]
    return TargetRows(*_single_languages(kept, left_out))


def _values(table: pd.DataFrame, column: str) -> list[str]:
    return sorted(table[column].astype(str).unique())


def _by_target(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(target), rows) for target, rows in table.groupby("target", observed=True)]


def _choice(rows: pd.DataFrame, column: str, registry: Vocabulary) -> str:
    counts = {str(k): int(n) for k, n in rows[column].astype(str).value_counts().items()}
    if column == "split":
        return max(counts, key=lambda name: (counts[name], name))
    entry = registry["target"].get(str(rows["target"].iloc[0]))
    order = ["f1_em", *(entry.facts.get("metrics", ()) if entry else ())]
    return min(counts, key=lambda name: (order.index(name) if name in order else len(order), name))


def _others(rows: pd.DataFrame, column: str) -> list[str]:
    found = (rows["target"].astype(str) + " with " + column + " " + rows[column].astype(str)).value_counts(sort=False)
    return [f"{counted(count, 'row')} of {name}" for name, count in sorted(found.items())]


def _single_languages(table: pd.DataFrame, left_out: list[str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Without means over languages of a run whose single languages are there too."""
    names = [c for c in GROUP if c in table]
    is_mean = table["language"].astype(str) == MEAN
    key = table.groupby(names, dropna=False, observed=True).ngroup()
    redundant = is_mean & key.isin(key[~is_mean])
    if redundant.any():
        left_out.append(f"{int(redundant.sum())} means over languages beside the single languages")
    table = table[~redundant]
    over_tasks = table["provenance"].astype(str) == "derived" if "provenance" in table else redundant[~redundant]
    if over_tasks.any() and not over_tasks.all():
        left_out.append(f"{int(over_tasks.sum())} means over tasks beside the single tasks")
        table = table[~over_tasks]
    return table, tuple(left_out)


GROUP = (
    "study", "version", "model", "intermediate", "method", "intermediate_language", "intermediate_examples",
    "target_examples", "target", "split", "metric",
)  # fmt: skip
