"""Experiment plans: which runs, on which data, how often; read from TOML, every fault at once.

A plan says what to run, never how it is scheduled. Ready plans lie in `runners/plans`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeAlias

from analysis.errors import InputError
from analysis.files.unread import why_unread
from runners.plan.intermediates import Method
from runners.plan.own_tables import settled
from runners.plan.own_tasks import own_entries
from runners.recipe import ModelSpec, Recipe
from runners.structure import structured

Phase: TypeAlias = Literal["pretraining", "intermediate", "target", "evaluation"]


@dataclass(frozen=True, slots=True)
class DataPlan:
    """Source of data.

    Attributes:
        source: the hub, a local folder, or the laboratory world.
        folder: of local data; beside the hub, of what the hub has no stated or pinned data set of.
        layout: name of another way to split local data (see `runners.data.sources`).
        mirror: folder that holds copies of hub repositories (MIRROR/OWNER/NAME), read instead of the hub.
        translated: folder of translated intermediate data (see `runners.translate`).
        cache: of hub data; "": as HF_HOME says.
        offline: never ask the hub.
        revisions: task or hub data set → commit (or branch) to load, instead of the pinned one or where
            none is pinned.
        world: parameters of the laboratory world.
    """

    source: Literal["hub", "folder", "world"]
    folder: str = ""
    layout: str = ""
    mirror: str = ""
    translated: str = ""
    cache: str = ""
    offline: bool = False
    revisions: Mapping[str, str] = field(default_factory=dict)
    world: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pretraining:
    """Masked language modelling before everything else, where no public checkpoint is taken.

    Attributes:
        languages: of the texts; (): all of the world's.
        sentences: per language.
        threads: processor threads, part of what is computed.
    """

    sentences: int
    languages: tuple[str, ...] = ()
    threads: int = 1


@dataclass(frozen=True, slots=True)
class IntermediateRuns:
    """Intermediate runs: every combination of what is listed.

    Attributes:
        runs: `none`, tasks, `a>b`, `a+b`, `multi`.
        examples: of each task; 0: all.
        languages: of the data.
    """

    runs: tuple[str, ...]
    methods: tuple[Method, ...] = ("plain",)
    languages: tuple[str, ...] = ("en",)
    examples: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class TargetRuns:
    """Target tasks, trained in the source language and evaluated in all.

    Attributes:
        tasks: targets.
        examples: training examples; 0: all.
        items: evaluated in each language, the same ones in every run and, of translations, in every
            language; 0: all. Retrieval always has its whole pool.
        languages: evaluated; (): all the target has.
        split: evaluated. select_on: the split on which a checkpoint is chosen and thresholds are set;
            none: the last weights are kept.
        perturbations: of the evaluated texts; (): those of the plan.
        source_language: of the training data; "": the plan's.
    """

    tasks: tuple[str, ...]
    examples: tuple[int, ...] = (0,)
    items: int = 0
    languages: tuple[str, ...] = ()
    split: Literal["dev", "test"] = "test"
    select_on: Literal["dev", "test", "none"] = "dev"
    perturbations: tuple[str, ...] = ()
    source_language: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole experiment.

    Attributes:
        name: of the plan. study: as it stands in the results table.
        question: what it is for.
        source_language: of target training data.
        seeds: one run of every combination each.
        device: auto, cpu or cuda; demanding cuda where there is none is a fault.
        threads: processor threads of a node; part of what is computed, since sums depend on it.
        multitask: tasks that `multi` stands for; (): the study's nine.
        mlm_sentences: running text of every language for continued masked language modelling.
        keep_models: keep the weights of fine-tuned targets after evaluation.
        recipes: phase or task → changes to the recipe; a task's come last.
        left_out: what of the study it leaves out → why.
        own: tasks, languages and data of its own, as read (see `runners.plan.own_tasks`); in a file they stand as
            `[tasks.NAME]`, `[languages.CODE]` and `[data.NAME]`.
    """

    name: str
    model: ModelSpec
    data: DataPlan
    seeds: tuple[int, ...]
    intermediates: tuple[IntermediateRuns, ...]
    targets: tuple[TargetRuns, ...]
    study: str = ""
    question: str = ""
    source_language: str = "en"
    perturbations: tuple[str, ...] = ("none",)
    pretraining: Pretraining | None = None
    device: Literal["auto", "cpu", "cuda"] = "auto"
    threads: int = 1
    multitask: tuple[str, ...] = ()
    mlm_sentences: int = 0
    keep_models: bool = False
    recipes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def provenance(self) -> str:
        """Provenance of its scores: synthetic where the data come from the laboratory world."""
        return "synthetic" if self.data.source == "world" else "measured"

    def recipe(self, phase: Phase, task: str = "") -> Recipe:
        """The recipe of a phase, with the changes for a task."""
        found = Recipe()
        for name in ("default", phase, task):
            found = replace(found, **_typed(self.recipes.get(name, {})))
        return found


def plan_names() -> tuple[str, ...]:
    """The ready plans."""
    return tuple(sorted(p.name.removesuffix(".toml") for p in (files("runners") / "plans").iterdir()))


def load_plan(name: str) -> Plan:
    """A ready plan by name, or one from a TOML file.

    Raises:
        InputError: no such plan, or its faults, all at once.
    """
    path = Path(name)
    if path.suffix != ".toml":
        if name not in plan_names():
            raise InputError(name, f"is neither a ready plan ({', '.join(plan_names())}) nor a .toml file")
        text = (files("runners") / "plans" / f"{name}.toml").read_text(encoding="utf-8")
    else:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(name, why_unread(error, "a plan")) from None
    return read_plan(text, name)


def read_plan(text: str, where: str) -> Plan:
    """The plan that a TOML text holds.

    Raises:
        InputError: its faults, all at once.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(where, f"is not TOML: {error}") from None
    faults: list[str] = []
    own = _own_tables(table, Path(where).parent if where.endswith(".toml") else Path(), faults)
    plan = structured(Plan, table, "", faults)
    if isinstance(recipes := table.get("recipes"), Mapping):
        for name, changes in recipes.items():
            faults += _recipe_faults(f"recipes.{name}", changes)
    if faults or plan is None:
        from analysis.registry.vocabulary import vocabulary
        from runners.plan.part import further_faults

        raise InputError(where, dict.fromkeys([*faults, *further_faults(table, own, vocabulary())]))
    return replace(plan, study=plan.study or plan.name, own=own)


def _own_tables(table: dict[str, Any], folder: Path, faults: list[str]) -> Mapping[str, Mapping[str, Any]]:
    """Takes tasks, languages and data of the plan's own out of its table, checked."""
    from analysis.registry.vocabulary import vocabulary

    own: dict[str, Any] = {
        kind: found for kind in ("tasks", "languages") if isinstance(found := table.pop(kind, None), Mapping)
    }
    if isinstance(data := table.get("data"), Mapping):
        known = {f.name for f in fields(DataPlan)}
        own["data"] = {k: v for k, v in data.items() if k not in known and isinstance(v, Mapping)}
        table["data"] = {k: v for k, v in data.items() if k not in own["data"]}
    if "own" in table:
        faults.append("own is not known; write [tasks.NAME], [languages.CODE] and [data.NAME]")
        del table["own"]
    own = {kind: found for kind, found in own.items() if found}
    if not own:
        return {}
    whole = settled(own, folder)
    try:
        own_entries(vocabulary(), whole, "own")
    except InputError as error:
        faults += error.faults
    return whole


def _recipe_faults(where: str, changes: object) -> list[str]:
    faults: list[str] = []
    structured(Recipe, changes, where, faults)
    return faults


def _typed(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Whole numbers where the recipe wants any number."""
    decimals = {f.name for f in fields(Recipe) if f.type == "float"}
    return {k: float(v) if k in decimals else v for k, v in changes.items()}
