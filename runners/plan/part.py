"""Checks the sound part of a plan that holds faults, so that one message tells all that can be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analysis.registry.vocabulary import Vocabulary
from runners.plan.check import faults_of_model, faults_of_names, faults_of_sizes
from runners.plan.plan import DataPlan, IntermediateRuns, Plan, TargetRuns
from runners.recipe import ModelSpec, Recipe
from runners.structure import sound_part

STAND_INS: Mapping[str, Any] = {
    "name": "plan",
    "model": ModelSpec("xlm-r-large"),
    "data": DataPlan("hub"),
    "seeds": (1,),
    "intermediates": (IntermediateRuns(("none",)),),
    "targets": (TargetRuns(()),),
}
"""Parts in place of those of a plan that are missing or at fault; nothing in them is a fault."""


def further_faults(table: Mapping[str, Any], own: Mapping[str, Mapping[str, Any]], registry: Vocabulary) -> list[str]:
    """Faults of names, sizes and the model in the parts of a plan that have none of their own.

    Args:
        table: of the plan, without tables of tasks, languages and data.
        own: those tables, which may hold faults: their names are taken as known.
        registry: the vocabulary.
    """
    sound = {name: value for name, value in sound_part(Plan, table).items() if value != () or table[name] == []}
    recipes = {name: sound_part(Recipe, changes) for name, changes in sound.get("recipes", {}).items()}
    plan = _without(Plan(**{**STAND_INS, **sound, "recipes": recipes}), own)
    faults = [*faults_of_names(plan, registry), *faults_of_sizes(plan)]
    return [*faults, *faults_of_model(plan)] if {"model", "data"} <= sound.keys() else faults


def _without(plan: Plan, own: Mapping[str, Mapping[str, Any]]) -> Plan:
    """The plan without tasks and languages of its own."""
    tasks, languages = frozenset(own.get("tasks", {})), frozenset(own.get("languages", {}))
    return replace(
        plan,
        intermediates=tuple(
            replace(group, runs=tuple(run for run in group.runs if tasks.isdisjoint(re.split("[>+]", run))))
            for group in plan.intermediates
        ),
        targets=tuple(
            replace(
                group,
                tasks=tuple(task for task in group.tasks if task not in tasks),
                languages=tuple(code for code in group.languages if code not in languages),
                source_language="" if group.source_language in languages else group.source_language,
            )
            for group in plan.targets
        ),
        multitask=tuple(task for task in plan.multitask if task not in tasks),
        recipes={name: changes for name, changes in plan.recipes.items() if name not in tasks},
    )
