"""Names of results tables as words of the vocabulary, so that claims can be about them.

What the vocabulary knows keeps its meaning. A name of a table is added beside it, also where another category has the
same spelling: which of them a sentence means is for its reader to weigh.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Entry, Vocabulary
from analysis.results.result_names import MEAN, NAMED, id_of

if TYPE_CHECKING:
    import pandas as pd

PLACES = {**NAMED, "metric": "metric"}
NO_NAMES = frozenset((BASELINE, BEST_PER_TARGET, MULTITASK, MEAN))
COMPOSED = re.compile(r"[>+](?=.)")
"""Between the tasks of a sequence or a mixture."""


def with_table_names(registry: Vocabulary, tables: Iterable[tuple[pd.DataFrame, Vocabulary]]) -> Vocabulary:
    """The vocabulary with the names of results tables that it does not hold.

    Intermediate tasks join the further ones: "all intermediate tasks" are those of a study. A model called
    "maker/model" is also called "model", where no two are.

    Args:
        registry: the vocabulary.
        tables: each with the vocabulary that stands beside it, whose facts its names bring.
    """
    more: dict[str, dict[str, Entry]] = {}
    tables = list(tables)
    for table, beside in tables:
        for column, category in PLACES.items():
            for name in table[column].dropna().astype(str).unique():
                entry = _entry(registry, beside, category, name)
                if entry is not None:
                    place = "further_intermediate" if category == "intermediate" else category
                    more.setdefault(place, {}).setdefault(entry.id, entry)
    if "model" in more:
        more["model"] = _shortened(registry, more["model"])
    if "target" in more:
        more["target"] = _with_metrics(more["target"], [table for table, _ in tables])
    return registry.extended(more)


def _entry(registry: Vocabulary, beside: Vocabulary, category: str, name: str) -> Entry | None:
    """Entry to add for a name, None for one that is known or that names no single thing."""
    if name in NO_NAMES or (category == "intermediate" and COMPOSED.search(name)):
        return None
    if category == "language":
        return None if name in registry["language"] else registry.any_language(name) or _own(beside, category, name)
    if id_of(registry, category, name) is not None:
        return None
    return _own(beside, category, name)


def _own(beside: Vocabulary, category: str, name: str) -> Entry:
    return beside[category].get(name) or Entry(name, category, name)


def _with_metrics(targets: dict[str, Entry], tables: Sequence[pd.DataFrame]) -> dict[str, Entry]:
    """Targets with the metrics that tables give for any of their rows, as `metrics_given`."""
    given: dict[str, dict[str, None]] = {}
    for table in tables:
        for target, metric in (
            table[["target", "metric"]].dropna().drop_duplicates().astype(str).itertuples(index=False)
        ):
            given.setdefault(target, {}).setdefault(metric)
    return {
        key: replace(entry, facts={**entry.facts, "metrics_given": tuple(given.get(key, ()))})
        for key, entry in targets.items()
    }


def _shortened(registry: Vocabulary, models: dict[str, Entry]) -> dict[str, Entry]:
    """Models that are also called by what follows their maker's name."""
    short = {key: key.rpartition("/")[2] for key in models if "/" in key}
    bearers = Counter(short.values())
    called = {
        key: (name,) if bearers[name] == 1 and name not in models and registry.find("model", name) is None else ()
        for key, name in short.items()
    }
    return {
        key: Entry(e.id, e.category, e.name, (*e.aliases, *called.get(key, ())), e.facts, e.sources)
        for key, e in models.items()
    }
