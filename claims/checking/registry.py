"""Facts of the vocabulary, as evidence: sizes, sources, kinds, counts, the set-up of a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.registry.vocabulary import Entry, Vocabulary
from claims.assertion import StatedNumber

CATEGORIES = ("intermediate", "target", "benchmark", "model", "study", "language")
GROUPS = {"intermediates": "intermediate", "targets": "target"}
"""Entities that stand for a whole category."""


@dataclass(frozen=True, slots=True)
class RegistryFact:
    """The registry's entry on one attribute of a thing.

    Attributes:
        values: the value, or the values of a list.
        source: where it was read.
        complete: the list is complete, so that a value outside of it is wrong.
    """

    values: tuple[Any, ...]
    source: str
    complete: bool = True


def entry_of(registry: Vocabulary, entity: str) -> Entry | None:
    """The entry of an id, in whichever category it stands."""
    return next((registry[category][entity] for category in CATEGORIES if entity in registry[category]), None)


def held(registry: Vocabulary, entity: str, attribute: str, study: str | None) -> RegistryFact | None:
    """The registry fact on an attribute of an entity; None where there is none.

    Args:
        registry: the vocabulary.
        entity: an id, "study" for the study the report examines, or a group of tasks.
        attribute: the attribute.
        study: the study the report examines, None where it is not known.
    """
    if entity in GROUPS:
        return _kinds_of_group(registry, entity) if attribute == "kinds" else None
    entry = registry["study"].get(study or "") if entity == "study" else entry_of(registry, entity)
    if entry is None:
        return None
    if attribute == "n_languages":
        return _languages(registry, entry)
    if attribute == "training_data" and attribute not in entry.facts and "train_examples" in entry.facts:
        return RegistryFact((entry.facts.get("train_source", entry.id),), entry.source("train_examples"))
    if attribute == "kind" and "kind" in entry.facts:
        kinds = tuple(sorted(registry.kinds_above(entry.facts["kind"])))
        return RegistryFact(kinds, entry.source("kind"))
    if attribute not in entry.facts:
        return None
    value = entry.facts[attribute]
    if attribute == "languages" and isinstance(value, str):
        value = value.split()
    values = tuple(value) if isinstance(value, list) else (value,)
    complete = not entry.facts.get(f"{attribute}_open", False)
    return RegistryFact(values, entry.source(attribute), complete)


def number_of(registry: Vocabulary, entity: str, attribute: str) -> float | None:
    """A numeric attribute of an entry; None where it is not held."""
    found = held(registry, entity, attribute, None)
    value = found.values[0] if found is not None and len(found.values) == 1 else None
    return float(value) if isinstance(value, int | float) else None


def agrees(found: RegistryFact, stated: Sequence[str | StatedNumber]) -> bool | None:
    """True if the fact holds all stated values; else False, or None where its list is incomplete."""
    outcomes = [_among(found, value) for value in stated]
    if all(outcomes):
        return True
    return False if found.complete else None


def _among(found: RegistryFact, value: str | StatedNumber) -> bool:
    if isinstance(value, StatedNumber):
        return any(
            isinstance(v, int | float) and abs(float(v) - float(value.value)) <= value.half_width for v in found.values
        )
    return value in {str(v) for v in found.values}


def _kinds_of_group(registry: Vocabulary, group: str) -> RegistryFact:
    category = GROUPS[group]
    tasks = (
        registry[category].values()
        if category == "intermediate"
        else [registry[category][t] for t in registry.targets_of("xtreme")]
    )
    kinds = sorted({kind for task in tasks for kind in registry.kinds_above(task.facts["kind"])})
    return RegistryFact(tuple(kinds), "kinds of the tasks in the vocabulary")


def _languages(words: Vocabulary, entry: Entry) -> RegistryFact | None:
    count = entry.facts.get("n_languages") or len(words.languages_of(entry.id))
    return RegistryFact((count,), entry.source("languages")) if count else None
