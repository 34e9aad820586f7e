"""Conventions of the recipe that benchmarks differ in: what they are, and which tasks they decide anything about.

Defaults are those of XTREME's released code. A convention that decides nothing about a task, or that stands where
it did before it could be chosen, is no part of a node's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.registry.vocabulary import Vocabulary
from runners.plan.intermediates import task_entry

MINED = "mined"
"""A bitext whose pairs are looked for among sentences without one."""

DECIDING: Mapping[str, tuple[str, ...]] = {
    "span": ("stride", "question_length", "answer_starts"),
    "tagging": ("long_sentences",),
    MINED: ("repeats",),
}
"""Form of a task → fields of the recipe."""

FORMERLY: Mapping[str, Any] = {"stride": "overlap", "question_length": 0, "answer_starts": "any", "repeats": "keep"}
"""Conventions of before there was a choice."""

SPANS = "whole characters"
"""Convention of cutting answers from their context: letters with their marks."""


def forms_of(tasks: Iterable[str], registry: Vocabulary) -> frozenset[str]:
    """The forms of tasks, as far as conventions tell them apart."""
    tables = [
        entry.facts.get("data", {})
        for task in tasks
        if (entry := registry["target"].get(task) or task_entry(task, registry))
    ]
    mined = any(_is_mined(table) for table in tables)
    return frozenset(str(table["form"]) for table in tables if "form" in table) | ({MINED} if mined else set())


def deciding(recipe: Mapping[str, Any], forms: Iterable[str]) -> dict[str, Any]:
    """The fields of a recipe on which the results of tasks of these forms depend."""
    every = {name for names in DECIDING.values() for name in names}
    relevant = {name for form in forms for name in DECIDING.get(form, ())}
    if not recipe.get("lora_rank"):
        recipe = {name: value for name, value in recipe.items() if name not in {"lora_rank", "lora_alpha"}}
    same = {name for name, value in FORMERLY.items() if recipe.get(name) == value}
    return {name: value for name, value in recipe.items() if name not in every or name in relevant - same}


def stated(recipe: Mapping[str, Any], forms: Iterable[str]) -> dict[str, Any]:
    """The conventions that tasks of these forms were trained and evaluated by, for their record."""
    found = {name: recipe[name] for form in sorted(forms) for name in DECIDING.get(form, ())}
    return {**found, "doc_stride": recipe["doc_stride"], "spans": SPANS} if "span" in forms else found


def _is_mined(table: Mapping[str, Any]) -> bool:
    hubs = table.get("hub", ())
    hubs = [hubs] if isinstance(hubs, Mapping) else hubs
    return any(place.get("format") == MINED for place in table.get("files", ())) or any(h.get("mined") for h in hubs)
