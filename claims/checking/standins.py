"""Laboratory runs in place of the tasks they imitate: shown beside a verdict, never deciding one.

A laboratory task says which real ones it stands for (`stands_for` in `analysis/data/laboratory.toml`).
Its scores, averaged over the laboratory's languages, become rows of the real names that say in
every line that they are synthetic and what was really run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from analysis.registry.vocabulary import BASELINE, MULTITASK, Vocabulary

if TYPE_CHECKING:
    import pandas as pd

SYNTHETIC = "synthetic"
SAME = ("study", "version", "model", "intermediate", "method", "target", "split", "metric", "seed")
"""Rows that agree in these differ in their language only."""


def stand_ins(table: pd.DataFrame, registry: Vocabulary) -> Iterator[Mapping[str, Any]]:
    """One record per real run and target that a laboratory score stands for.

    Args:
        table: validated rows at full size, without perturbation.
        registry: the vocabulary; holds who stands for whom.

    Yields:
        The columns of `SAME` with real names, `score`, `source`, `n_items`, and `stood_in`: what
        was really run.
    """
    rows = table[table["provenance"].astype(str) == SYNTHETIC]
    if rows.empty:
        return
    plain = rows.astype({name: "object" for name in SAME if name != "seed"})
    for key, group in plain.groupby(list(SAME), dropna=False, sort=False):
        cell = dict(zip(SAME, key, strict=True))
        languages = group["language"].nunique()
        targets, runs = _for_target(registry, str(cell["target"])), _for_run(registry, str(cell["intermediate"]))
        for target, run in product(targets, runs):
            yield cell | {
                "target": target,
                "intermediate": run,
                "score": float(group["score"].mean()),
                "n_items": group["n_items"].sum(min_count=1),
                "source": f"{group['source'].iloc[0]}, mean over {languages} laboratory languages",
                "stood_in": f"{cell['intermediate']} · {cell['target']}",
            }


def source_language_only(table: pd.DataFrame, registry: Vocabulary) -> pd.DataFrame:
    """The rows whose intermediate data is in the laboratory's source language, its English."""
    sources = {e.id for e in registry["language"].values() if e.facts.get("synthetic") and "parent" not in e.facts}
    return table[table["intermediate_language"].astype(str).isin(sources)]


def _for_target(registry: Vocabulary, name: str) -> tuple[str, ...]:
    entry = registry["target"].get(name)
    return tuple(entry.facts.get("stands_for", ())) if entry is not None else ()


def _for_run(registry: Vocabulary, name: str) -> tuple[str, ...]:
    if name in {BASELINE, MULTITASK}:
        return (name,)
    entry = registry["further_intermediate"].get(name)
    return tuple(entry.facts.get("stands_for", ())) if entry is not None else ()
