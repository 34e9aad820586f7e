"""What the names in a results table mean: known spellings become ids, others stand for themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.own_names import Unknown, unknown_name
from analysis.vocabulary import BASELINE, BEST_PER_TARGET, MULTITASK, Vocabulary, fold

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


def id_of(words: Vocabulary, category: str, name: str) -> str | None:
    """The id of a name in a results table, None where nobody knows it: it then stands for itself.

    Args:
        words: the vocabulary; languages are looked up in the world's, too.
        category: "model", "intermediate", "target", "language" or "metric".
        name: as written.
    """
    if category == "intermediate":
        try:
            return resolve_intermediate(words, name)
        except LookupError:
            return BASELINE if fold(name) in NO_TASK else None
    if category == "language":
        if fold(name).rstrip(".") in MEANS:
            return MEAN
        language = words.any_language(name)
        return None if language is None else language.id
    entry = words.find(category, name) or (words.find("benchmark", name) if category == "target" else None)
    return None if entry is None else entry.id


BARE = re.compile(r"[A-Za-z]{3}|[A-Z]{1,2}")
"""What may be a code of a language or an abbreviation of anything."""


def surely_language(words: Vocabulary, label: str) -> bool:
    """Whether a word outside a column of languages is one: a bare code of three letters only in the vocabulary."""
    if words.language(label) or words.find("language", label):
        return True
    return not BARE.fullmatch(label) and words.any_language(label) is not None


def resolve_intermediate(words: Vocabulary, name: str) -> str:
    """The id of an intermediate run: a task, `a>b`, `a+b`, `multi`, `best_per_target` or `none`.

    Raises:
        LookupError: with the sentence that names the unknown task.
    """
    if name in {BASELINE, BEST_PER_TARGET} or words.find("multitask", name) is not None:
        return MULTITASK if words.find("multitask", name) else name
    for category in ("intermediate", "further_intermediate"):
        if (entry := words.find(category, name)) is not None:
            return entry.id
    for entry in words["intermediate"].values():
        if name in entry.facts.get("unversioned", ()):
            return entry.id
    parts = re.split(r"([>+])(?=.)", name)
    if len(parts) > 1:
        return "".join(part if part in "><+" else resolve_intermediate(words, part) for part in parts)
    raise LookupError(words.unknown("intermediate", name))


def unknown_names(table: pd.DataFrame, words: Vocabulary) -> tuple[Unknown, ...]:
    """Names in a results table that nobody knows, with how many scores bear each."""
    rows: dict[tuple[str, str], int] = {}
    for column, category in {**NAMED, "metric": "metric"}.items():
        counts = table[column].value_counts()
        for name in table[column].dropna().unique():
            if id_of(words, category, str(name)) is None:
                rows[category, str(name)] = rows.get((category, str(name)), 0) + int(counts[name])
    return tuple(unknown_name(words, category, name, count) for (category, name), count in rows.items())
