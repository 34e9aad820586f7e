"""Names in a results table: known spellings become ids, others stand for themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.registry.own_names import Unknown, unknown_name
from analysis.registry.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Vocabulary, fold

if TYPE_CHECKING:
    import pandas as pd

MEAN = "mean"
"""In place of a language: the mean over a target's languages."""

MEANS = frozenset({"mean", "avg", "average"})

NAMED = {
    "model": "model", "intermediate": "intermediate", "target": "target", "language": "language",
    "intermediate_language": "language",
}  # fmt: skip
"""Column → the category of the vocabulary its names are looked up in."""

NO_TASK = frozenset({"none", "baseline", "nointermediate", "nointermediatetask", "nointermediatetraining"})
"""Folded names of no intermediate training."""


def names_no_task(name: str) -> bool:
    """True of "None", "baseline" and the like, also together: "None (baseline)"."""
    parts = [fold(part) for part in re.split(r"[()\[\]]", name) if part.strip()]
    return bool(parts) and all(part in NO_TASK for part in parts)


def id_of(registry: Vocabulary, category: str, name: str) -> str | None:
    """The id of a name in a results table, None where nobody knows it: it then stands for itself.

    Args:
        registry: the vocabulary; languages are looked up in the world's, too.
        category: "model", "intermediate", "target", "language" or "metric".
        name: as written.
    """
    if category == "intermediate":
        try:
            return resolve_intermediate(registry, name)
        except LookupError:
            return BASELINE if names_no_task(name) else None
    if category == "language":
        if fold(name).rstrip(".") in MEANS:
            return MEAN
        language = registry.any_language(name)
        return None if language is None else language.id
    entry = registry.find(category, name) or (registry.find("benchmark", name) if category == "target" else None)
    return None if entry is None else entry.id


BARE = re.compile(r"[A-Za-z]{3}|[A-Z]{1,2}")
"""Texts that may be a code of a language or an abbreviation of anything."""


def surely_language(registry: Vocabulary, label: str) -> bool:
    """True if a word outside a column of languages is one: a bare code of three letters only in the vocabulary."""
    if registry.language(label) or registry.find("language", label):
        return True
    return not BARE.fullmatch(label) and registry.any_language(label) is not None


def resolve_intermediate(registry: Vocabulary, name: str) -> str:
    """The id of an intermediate run: a task, `a>b`, `a+b`, `multi`, `best_per_target` or `none`.

    Raises:
        LookupError: with the sentence that names the unknown task.
    """
    if name in {BASELINE, BEST_PER_TARGET} or registry.find("multitask", name) is not None:
        return MULTITASK if registry.find("multitask", name) else name
    for category in ("intermediate", "further_intermediate"):
        if (entry := registry.find(category, name)) is not None:
            return entry.id
    for entry in registry["further_intermediate"].values():
        if name in entry.facts.get("in_tables", ()):
            return entry.id
    parts = re.split(r"([>+])(?=.)", name)
    if len(parts) > 1:
        return "".join(part if part in "><+" else resolve_intermediate(registry, part) for part in parts)
    raise LookupError(registry.unknown("intermediate", name))


UNVERSIONED = "unversioned"
"""Key of `DataFrame.attrs` under which a table says which names in it do not say the version of a task."""


def unversioned(registry: Vocabulary, name: str) -> str:
    """The note on an intermediate run whose name says no version, "" for every other name."""
    for part in re.split(r"[>+]", name):
        meant = [e.name for e in registry["intermediate"].values() if part in e.facts.get("unversioned", ())]
        if meant:
            return f"{part!r} names no version, so no claim on {' or '.join(meant)} rests on it; write which it is"
    return ""


def unknown_names(table: pd.DataFrame, registry: Vocabulary) -> tuple[Unknown, ...]:
    """Names in a results table that nobody knows, with how many scores bear each."""
    rows: dict[tuple[str, str], int] = {}
    for column, category in {**NAMED, "metric": "metric"}.items():
        counts = table[column].value_counts()
        for name in table[column].dropna().unique():
            if id_of(registry, category, str(name)) is None:
                rows[category, str(name)] = rows.get((category, str(name)), 0) + int(counts[name])
    return tuple(unknown_name(registry, category, name, count) for (category, name), count in rows.items())
