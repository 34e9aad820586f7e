"""Checks of a plan before training: names, data, heads, devices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from analysis.errors import InputError
from analysis.registry.vocabulary import Vocabulary, vocabulary
from runners.plan.grid import RETRIEVAL, intermediates_of, languages_of
from runners.plan.intermediates import TEXT, task_entry, text_languages, unknown_task
from runners.plan.plan import Plan
from runners.recipe import ModelSpec, out_of_range

PHASES = ("default", "pretraining", "intermediate", "target", "evaluation")


class MissingData(Protocol):
    """(task, language, split) → the sentence that says its data, as it is or translated, is missing, or ""."""

    def __call__(self, task: str, language: str, split: str, *, translated: bool = False) -> str:
        """See above."""
        ...


def check(plan: Plan, where: str, registry: Vocabulary, missing: MissingData | None, *, gpu: bool) -> None:
    """Raises one error with all faults of the plan, if there are any.

    Args:
        plan: as read.
        where: its file or name, for the message.
        registry: the vocabulary.
        missing: tells whether data is at hand; None: data is not looked at.
        gpu: whether this machine has one.

    Raises:
        InputError: with one line per fault.
    """
    faults = [*faults_of_names(plan, registry), *faults_of_sizes(plan), *faults_of_model(plan), *_revisions(plan)]
    if plan.device == "cuda" and not gpu:
        faults.append("device = 'cuda', but torch sees no GPU here; set device = 'auto' or 'cpu'")
    if not faults:
        faults += [*_heads(plan, registry), *_perturbations(plan, registry)]
    if not faults and missing is not None:
        faults += dict.fromkeys(_data(plan, registry, missing))
    if faults:
        raise InputError(where, faults)


def faults_of_names(plan: Plan, registry: Vocabulary) -> Iterator[str]:
    """Names that the vocabulary does not hold, and what does not belong to them."""
    from runners.perturb.perturbation import PERTURBATIONS

    yield from _unknown_runs(plan, registry)
    yield from (unknown_task(t, registry) for t in plan.multitask if task_entry(t, registry) is None)
    for group in plan.targets:
        yield from (registry.unknown("target", task) for task in group.tasks if task not in registry["target"])
        yield from (registry.unknown("language", code) for code in group.languages if code not in registry["language"])
        if group.source_language and group.source_language not in registry["language"]:
            yield registry.unknown("language", group.source_language)
        known = [task for task in group.tasks if task in registry["target"]]
        yield from (
            f"items = {group.items}: {task} looks for answers in its whole pool; leave items out of its [[targets]]"
            for task in known
            if group.items and registry["target"][task].facts["kind"] in RETRIEVAL
        )
        yield from (
            f"{task} states no languages of its own: give `languages` beside it in its [[targets]]"
            for task in known
            if not languages_of(task, group, registry)
        )
    asked = [*plan.perturbations, *(name for group in plan.targets for name in group.perturbations)]
    for name in dict.fromkeys(asked):
        if name != "none" and name not in PERTURBATIONS:
            yield f"unknown perturbation {name!r} (one of none, {', '.join(PERTURBATIONS)})"
    for name in plan.recipes:
        if name not in {*PHASES, *registry["target"]} and task_entry(name, registry) is None:
            yield f"recipes.{name} is neither a phase ({', '.join(PHASES)}) nor a task"


def _unknown_runs(plan: Plan, registry: Vocabulary) -> Iterator[str]:
    from runners.plan.intermediates import intermediate

    for group in plan.intermediates:
        for run in group.runs:
            try:
                intermediate(run, registry)
            except LookupError as error:
                yield str(error.args[0])


def faults_of_sizes(plan: Plan) -> Iterator[str]:
    """Numbers out of their range, and lists that are empty."""
    for name, changes in plan.recipes.items():
        yield from out_of_range(f"recipes.{name}", changes)
    for name, values in (
        ("seeds", plan.seeds),
        ("intermediates", plan.intermediates),
        ("targets", plan.targets),
    ):
        if not values:
            yield f"{name} is empty: nothing would run"
    if len(set(plan.seeds)) < len(plan.seeds):
        yield f"seeds holds {', '.join(map(str, plan.seeds))}: every seed may stand there once"
    sizes = [group.examples for group in plan.intermediates] + [group.examples for group in plan.targets]
    yield from (
        f"examples = {list(numbers)} must be 0 (all) or more" for numbers in sizes if min(numbers, default=0) < 0
    )
    yield from (f"items = {group.items} must be 0 (all) or more" for group in plan.targets if group.items < 0)
    if plan.threads < 1:
        yield f"threads = {plan.threads} must be 1 or more"
    methods = {method for group in plan.intermediates for method in group.methods}
    if "mlm" in methods and not plan.recipe("intermediate").mlm_share:
        yield "method 'mlm' needs recipes.intermediate.mlm_share (share of steps that are masked language modelling)"
    if "mlm" in methods and not plan.mlm_sentences:
        yield "method 'mlm' needs mlm_sentences (running text per language)"
    if "translated" in methods and not plan.data.translated:
        yield "method 'translated' needs data.translated (a folder made by `claimgauge translate`)"


def faults_of_model(plan: Plan) -> Iterator[str]:
    """A model or a source of data that cannot be, or that do not go together."""
    model = plan.model
    if near := _meant(model):
        yield f"model.name = {model.name!r} is no folder and no model of that name; did you mean {near!r}?"
    if model.kind == "frozen" and ":" not in model.encoder:
        yield f"model.encoder = {model.encoder!r} must be an import path module:function"
    if model.kind == "random" and not {"layers", "width", "heads", "mlp_width"} <= set(model.config):
        yield "model.config must give layers, width, heads and mlp_width of a random model"
    if model.tokenizer == "world" and plan.data.source != "world":
        yield "model.tokenizer = 'world' belongs to data.source = 'world'"
    if (plan.data.source == "folder" or plan.data.folder) and not Path(plan.data.folder).is_dir():
        yield f"data.folder = {plan.data.folder!r} is not a folder here"
    if plan.data.mirror and not Path(plan.data.mirror).is_dir():
        yield f"data.mirror = {plan.data.mirror!r} is not a folder here"
    if plan.pretraining is not None and plan.data.source != "world":
        yield "pretraining is for the laboratory world; name a pretrained model instead"
    if plan.pretraining is None and model.kind == "random" and plan.data.source == "world":
        yield "the laboratory world needs [pretraining]: a random model transfers nothing"


def _meant(model: ModelSpec) -> str:
    """The model of the vocabulary whose name is a slip away, ""; names of the hub without an owner are all known."""
    from rapidfuzz.distance import OSA

    if model.kind in {"random", "frozen"} or "/" in model.name or Path(model.name).exists():
        return ""
    known = {spelling for entry in vocabulary()["model"].values() for spelling in entry.spellings}
    near = (name for name in known if OSA.distance(name, model.name) == 1)
    return "" if model.name in known else min(near, default="")


def _revisions(plan: Plan) -> Iterator[str]:
    from runners.data.hub import hub_revisions

    try:
        hub_revisions(plan.data.revisions)
    except InputError as error:
        yield from (f"data.revisions: {fault}" for fault in error.faults)


def _heads(plan: Plan, words: Vocabulary) -> Iterator[str]:
    """A head can be kept only by a target of the same kind as the last stage."""
    for group in plan.targets:
        for target in group.tasks:
            if not plan.recipe("target", target).reuse_head:
                continue
            kind = str(words["target"][target].facts["kind"])
            for run in intermediates_of(plan, words):
                last = run.stages[-1] if run.stages else ()
                kinds = {str(entry.facts["kind"]) for task in last if (entry := task_entry(task, words)) is not None}
                if kinds != {kind}:
                    head = ", ".join(sorted(kinds)) or "none"
                    yield f"recipes.{target}.reuse_head: {run.run!r} leaves a head for {head}, {target} needs {kind}"


def _perturbations(plan: Plan, registry: Vocabulary) -> Iterator[str]:
    """Faults of perturbations that would change the label, or that a script does not allow."""
    from runners.perturb.perturbation import unfit

    faults: dict[str, None] = {}
    for group in plan.targets:
        for target in group.tasks:
            for language in languages_of(target, group, registry):
                names = group.perturbations or plan.perturbations
                faults |= dict.fromkeys(fault for name in names if (fault := unfit(name, target, language)))
    yield from faults


def _data(plan: Plan, registry: Vocabulary, missing: MissingData) -> Iterator[str]:
    for task, language, split, translated in dict.fromkeys(wanted(plan, registry)):
        if fault := missing(task, language, split, translated=translated):
            yield fault


class Wanted(NamedTuple):
    """A data set that a plan cannot do without, as it is or translated."""

    task: str
    language: str
    split: str
    translated: bool = False


def wanted(plan: Plan, registry: Vocabulary) -> Iterator[Wanted]:
    """Every data set that a plan needs; some come several times."""
    for run in intermediates_of(plan, registry):
        for task in (task for stage in run.stages for task in stage):
            yield Wanted(task, run.language, "train", run.method == "translated")
        if run.method == "mlm" and plan.data.source != "world":
            yield from (Wanted(TEXT, language, "train") for language in text_languages(registry))
    for group in plan.targets:
        for target in group.tasks:
            if registry["target"][target].facts["kind"] not in RETRIEVAL:
                yield Wanted(target, group.source_language or plan.source_language, "train")
            for language in languages_of(target, group, registry):
                yield Wanted(target, language, group.split)
