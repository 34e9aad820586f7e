"""A plan as a graph of nodes: what is trained once and shared, and what is evaluated from it.

A node's key is the hash of its configuration, of the content of its data and of its parents' keys.
Two nodes with the same key are the same computation, whoever asked for it; names that only label
the results (study, model name) are not part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any, Literal, Protocol, TypeAlias

from analysis.registry.vocabulary import Vocabulary
from runners.plan.conventions import SPANS, deciding, forms_of
from runners.plan.intermediates import Intermediate, intermediate
from runners.plan.plan import IntermediateRuns, Plan, TargetRuns
from runners.recipe import HOW

VERSION = 1
"""Raised when the same configuration would compute something else."""

RETRIEVAL = frozenset({"sentence_retrieval", "answer_retrieval", "entity_linking"})
"""Kinds of target that are evaluated on the checkpoint as it stands. XTREME-R trains the last two first; here
nothing does, and their records say `training: none`."""

Kind: TypeAlias = Literal["pretraining", "intermediate", "target", "retrieval"]


class Identify(Protocol):
    """(task, language, split) → fingerprint of the data, as it is or translated."""

    def __call__(self, task: str, language: str, split: str, *, translated: bool = False) -> str:
        """See above."""
        ...


@dataclass(frozen=True, slots=True)
class GridNode:
    """One computation.

    Attributes:
        key: 16 hexadecimal digits.
        kind: what it does.
        config: everything its result depends on, as JSON values.
        parents: keys of the nodes whose model it starts from.
        labels: how its rows of the results table are named.
    """

    key: str
    kind: Kind
    config: Mapping[str, Any]
    parents: tuple[str, ...] = ()
    labels: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """For people: "mnli → xnli, seed 1"."""
        labels = self.labels
        if self.kind == "pretraining":
            return "pretraining"
        target = f" → {labels['target']}" if "target" in labels else ""
        size = f" ({labels['target_examples']:,} examples)" if labels.get("target_examples") else ""
        return f"{labels['title']}{target}{size}, seed {labels['seed']}"


def expand(plan: Plan, registry: Vocabulary, identify: Identify) -> tuple[GridNode, ...]:
    """All nodes of a plan, parents before children, each once.

    Args:
        plan: without faults (see `runners.plan.check`).
        registry: the vocabulary.
        identify: fingerprints of the data; part of the keys.
    """
    found: dict[str, GridNode] = {}
    for node in _nodes(plan, registry, identify):
        found.setdefault(node.key, node)
    return tuple(found.values())


def intermediates_of(plan: Plan, registry: Vocabulary) -> Iterator[Intermediate]:
    """Every intermediate run of the plan, each once.

    Raises:
        LookupError: an unknown task, or one that comes twice in a run.
    """
    seen: set[Intermediate] = set()
    for group in plan.intermediates:
        for run in _combinations(group, registry):
            if plan.multitask and run.run == "multi":
                run = replace(run, stages=(plan.multitask,))
            if run not in seen:
                seen.add(run)
                yield run


def _combinations(group: IntermediateRuns, registry: Vocabulary) -> Iterator[Intermediate]:
    for run in group.runs:
        for method in group.methods:
            for language in group.languages:
                for examples in group.examples:
                    yield intermediate(run, registry, method=method, language=language, examples=examples)


def languages_of(target: str, group: TargetRuns, registry: Vocabulary) -> tuple[str, ...]:
    """Languages a target is evaluated in; on development data not those that have none."""
    without = str(registry["target"][target].facts.get("no_dev_set", "")).split() if group.split == "dev" else ()
    return group.languages or tuple(code for code in registry.languages_of(target) if code not in without)


def _nodes(plan: Plan, registry: Vocabulary, identify: Identify) -> Iterator[GridNode]:
    base: list[GridNode] = []
    if plan.pretraining is not None:
        config = {
            "languages": plan.pretraining.languages,
            "sentences": plan.pretraining.sentences,
            "recipe": plan.recipe("pretraining"),
            "model": plan.model,
            "threads": plan.pretraining.threads,
            "data": {"world": plan.data.world},
            "seed": 0,
        }
        base.append(_node(plan, "pretraining", config, [], {}))
    yield from base
    for seed in plan.seeds:
        for run in intermediates_of(plan, registry):
            chain = list(base)
            for node in _stages(plan, run, seed, chain, registry, identify):
                chain = [node]
                yield node
            labels = _labels(plan, run, seed)
            drafts = [
                draft
                for group in plan.targets
                for target in group.tasks
                for draft in _targets(plan, group, target, labels, seed, registry, identify)
            ]
            yield from _evaluated(plan, drafts, chain, registry)


def _stages(
    plan: Plan, run: Intermediate, seed: int, chain: list[GridNode], registry: Vocabulary, identify: Identify
) -> Iterator[GridNode]:
    stages: tuple[tuple[str, ...], ...] = run.stages or (((),) if run.method == "mlm" else ())
    known = partial(identify, translated=True) if run.method == "translated" else identify
    for place, tasks in enumerate(stages):
        recipe = plan.recipe("intermediate", tasks[0] if len(tasks) == 1 else "")
        if run.method != "mlm":
            recipe = replace(recipe, mlm_share=0.0)
        elif not tasks:
            recipe = replace(recipe, mlm_share=1.0)
        config = {
            "tasks": tasks,
            "language": run.language,
            "translated": run.method == "translated",
            "examples": run.examples,
            "recipe": recipe,
            "mlm_sentences": plan.mlm_sentences if recipe.mlm_share else 0,
            "data": _identities(known, [(task, run.language, split) for task in tasks for split in ("train", "dev")]),
            "seed": seed,
        }
        if recipe.mlm_share:  # its head goes on from the checkpoint; nodes with a fresh one had other keys
            config["mlm_head"] = "carried on"
        so_far = replace(run, run=">".join("+".join(s) for s in run.stages[: place + 1]))
        labels = _labels(plan, run if place else so_far, seed)
        node = _node(plan, "intermediate", config, chain, labels, forms_of(tasks, registry))
        chain = [node]
        yield node


@dataclass(frozen=True, slots=True)
class _Draft:
    """A target's node before it is known what it starts from.

    Attributes:
        training: what decides its training; drafts of the same are trained once. "": nothing is trained.
    """

    kind: Kind
    target: str
    config: Mapping[str, Any]
    labels: Mapping[str, Any]
    training: str = ""


def _evaluated(plan: Plan, drafts: list[_Draft], chain: list[GridNode], registry: Vocabulary) -> Iterator[GridNode]:
    """The nodes of targets; of those that train the same (SQuAD for XQuAD and MLQA), the first one trains."""
    times = Counter(draft.training for draft in drafts)
    trainers: dict[str, GridNode] = {}
    for draft in drafts:
        config, parents = dict(draft.config), chain
        if draft.training in trainers:
            trainer = trainers[draft.training]
            config["trained_by"], parents = trainer.config["task"], [trainer]
        elif draft.training and times[draft.training] > 1:
            config |= {"keep_model": True, "trains_for_others": True}
        node = _node(plan, draft.kind, config, parents, draft.labels, forms_of([draft.target], registry))
        if draft.training:
            trainers.setdefault(draft.training, node)
        yield node


def _targets(
    plan: Plan,
    group: TargetRuns,
    target: str,
    labels: Mapping[str, Any],
    seed: int,
    registry: Vocabulary,
    identify: Identify,
) -> Iterator[_Draft]:
    languages = languages_of(target, group, registry)
    evaluated = [(target, language, group.split) for language in languages]
    config: dict[str, Any] = {
        "task": target,
        "languages": languages,
        "split": group.split,
        "select_on": group.select_on,
        "perturbations": group.perturbations or plan.perturbations,
        "seed": seed,
    }
    if registry["target"][target].facts["kind"] in RETRIEVAL:
        tuned = [(target, language, group.select_on) for language in languages if group.select_on != "none"]
        config |= {
            "recipe": plan.recipe("evaluation", target),
            "layer": plan.model.layer,
            "pooling": plan.model.pooling,
            "data": _identities(identify, [*evaluated, *tuned]),
        }
        yield _Draft("retrieval", target, config, {**labels, "target": target, "split": group.split})
        return
    source = group.source_language or plan.source_language
    trained = [(target, source, split) for split in ("train", group.select_on) if split != "none"]
    recipe = plan.recipe("target", target)
    for examples in group.examples:
        sized = config | {
            "source_language": source,
            "examples": examples,
            "recipe": recipe,
            "data": _identities(identify, [*trained, *evaluated]),
            "keep_model": plan.keep_models,
        }
        if group.items:  # nodes of before have none
            sized["items"] = group.items
        named = {**labels, "target": target, "split": group.split, "target_examples": examples}
        lender = str(registry["target"][target].facts.get("train_source", ""))
        shared = lender and group.select_on == "none"  # else each chooses its weights on data of its own
        training = repr((lender, identify(target, source, "train"), source, examples, recipe)) if shared else ""
        yield _Draft("target", target, sized, named, training)


def _identities(identify: Callable[[str, str, str], str], wanted: list[tuple[str, str, str]]) -> dict[str, str]:
    return {"/".join(item): identify(*item) for item in dict.fromkeys(wanted)}


def _labels(plan: Plan, run: Intermediate, seed: int) -> dict[str, Any]:
    return {
        "study": plan.study,
        "model": plan.model.name,
        "provenance": plan.provenance,
        "title": run.title,
        "intermediate": run.run,
        "method": run.method,
        "intermediate_language": run.language if run.stages else plan.source_language,
        "intermediate_examples": run.examples,
        "seed": seed,
    }


def _node(
    plan: Plan,
    kind: Kind,
    config: Mapping[str, Any],
    parents: list[GridNode],
    labels: Mapping[str, Any],
    forms: frozenset[str] = frozenset(),
) -> GridNode:
    whole = {"threads": plan.threads, "source": asdict(plan.data), **config}
    if plan.own:
        whole["own"] = plan.own
    if not parents:
        whole["model"] = plan.model
    if "span" in forms:
        whole["spans"] = SPANS
    whole = json.loads(json.dumps(whole, default=asdict, sort_keys=True))
    keys = tuple(parent.key for parent in parents)
    content = {k: v for k, v in whole.items() if k not in {"source", "keep_model", "own"}}
    content["world"] = whole["source"]["world"]
    if "model" in content:
        content["model"] = {k: v for k, v in content["model"].items() if k != "attn_implementation"}
    if "recipe" in content:
        content["recipe"] = {k: v for k, v in deciding(content["recipe"], forms).items() if k not in HOW}
    text = json.dumps([VERSION, kind, content, keys], sort_keys=True)
    return GridNode(hashlib.sha256(text.encode()).hexdigest()[:16], kind, whole, keys, dict(labels))
