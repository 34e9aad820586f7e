"""Work of each kind of node: from its configuration and its parents' models to its record."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from runners.data import load, missing
from runners.data.loading import content_hash, subsample
from runners.data.sources import FolderSource, Source, WorldSource
from runners.examples import Dataset
from runners.execute.items import writing_items
from runners.execute.progress import Log
from runners.perturb.perturbation import perturb
from runners.plan.conventions import forms_of, stated
from runners.plan.grid import GridNode
from runners.plan.inventory import source_from
from runners.plan.own_tasks import speaking_own
from runners.recipe import ModelSpec, Recipe
from runners.train.embedding import Embedder
from runners.train.evaluation import evaluate, load_trained, search
from runners.train.texts import RunningTexts, languages_of_texts
from runners.train.training import train
from runners.trained import Evaluation, TaskData, TrainingResult

SUBSAMPLE_SEED = 0
"""Seed of the draw of smaller data sets: the same for all runs, and part of every larger one."""
PERTURBATION_SEED = 0

Found = dict[str, Any]


def run(node: GridNode, folder: Path, parents: Sequence[Path]) -> Found:
    """Results of a node, as its record holds them besides time and surroundings.

    Args:
        node: what was asked for.
        folder: of the node, for its model and predictions.
        parents: folders of the nodes it starts from, none or one.

    Raises:
        ClaimgaugeError: data, model or device is not here, or training failed.
    """
    torch.set_num_threads(int(node.config["threads"]))
    with speaking_own(node.config.get("own")) as words:
        found = KINDS[node.kind](node, folder, parents)
        tasks = node.config.get("tasks", [node.config["task"]] if "task" in node.config else [])
        conventions = stated(node.config["recipe"], forms_of(tasks, words))
        return {**found, "conventions": conventions} if conventions else found


def _pretraining(node: GridNode, folder: Path, parents: Sequence[Path]) -> Found:
    config, source = node.config, source_from(node.config["source"])
    assert isinstance(source, WorldSource)
    languages = tuple(config["languages"]) or source.world.languages
    texts = RunningTexts(source, languages, int(config["sentences"]))
    start, seed = _start(node, folder, parents, source), int(config["seed"])
    trained = train(start, (), _recipe(config), seed, folder, mlm=texts, progress=Log())
    return _training_record(trained) | {"languages": list(languages), "texts": texts.described}


def _intermediate(node: GridNode, folder: Path, parents: Sequence[Path]) -> Found:
    config, source = node.config, source_from(node.config["source"])
    where = FolderSource(Path(config["source"]["translated"]), translated=True) if config["translated"] else source
    tasks = [_task_data(task, config["language"], where, int(config["examples"])) for task in config["tasks"]]
    texts = RunningTexts(
        source, languages_of_texts(source) if config["mlm_sentences"] else (), int(config["mlm_sentences"])
    )
    start = _start(node, folder, parents, source)
    trained = train(start, tasks, _recipe(config), int(config["seed"]), folder, mlm=texts, progress=Log())
    sizes = {t.train.task: len(t.train) for t in tasks}
    found = _training_record(trained) | {"examples": sizes, "data": _described([t.train for t in tasks])}
    return found | {"texts": texts.described} if len(texts) else found


def _target(node: GridNode, folder: Path, parents: Sequence[Path]) -> Found:
    config, source, recipe = node.config, source_from(node.config["source"]), _recipe(node.config)
    lender = config.get("trained_by", "")
    trained, place = (_trained_before(parents[0]), parents[0]) if lender else (_trained(node, folder, parents), folder)
    loaded = load_trained(place)

    def score(dataset: Dataset) -> Evaluation:
        return evaluate(loaded, dataset, recipe=recipe, head_of=lender)

    found = _evaluated(node, source, folder, score)
    return {**trained, **found, "flops": {**trained["flops"], **found["flops"]}}


def _trained(node: GridNode, folder: Path, parents: Sequence[Path]) -> Found:
    """Trains a target; what its record says of that."""
    config, source = node.config, source_from(node.config["source"])
    data = _task_data(config["task"], config["source_language"], source, int(config["examples"]), config["select_on"])
    start = _start(node, folder, parents, source)
    trained = train(start, [data], _recipe(config), int(config["seed"]), folder, progress=Log())
    described = {"target_examples": len(data.train), "data": _described([data.train])}
    return {**_training_record(trained), **described}


def _trained_before(parent: Path) -> Found:
    """Training part of the record of another target that shares this one's training."""
    record = json.loads((parent / "record.json").read_text(encoding="utf-8"))
    own = {"schema", "key", "title", "kind", "scores", "evaluated", "changed_characters", "conventions", "seconds"}
    own |= {"finished", "surroundings", "started_from", "files", "seal"}
    return {**{name: value for name, value in record.items() if name not in own}, "trained_by": parent.name}


def _retrieval(node: GridNode, folder: Path, parents: Sequence[Path]) -> Found:
    config, source = node.config, source_from(node.config["source"])
    embed = Embedder(
        parents[0] if parents else ModelSpec(**config["model"]),
        layer=config["layer"],
        pooling=config["pooling"],
        recipe=_recipe(config),
    )
    settings: dict[str, Any] = {}

    def score(dataset: Dataset) -> Evaluation:
        found = search(embed, dataset, _tuning(dataset, source, config["select_on"]))
        settings.update(found.settings)
        return found

    found = _evaluated(node, source, folder, score)
    return {**found, "settings": {**settings, "training": "none"}, "flops": {"training": 0.0, **found["flops"]}}


KINDS: Mapping[str, Callable[[GridNode, Path, Sequence[Path]], Found]] = {
    "pretraining": _pretraining,
    "intermediate": _intermediate,
    "target": _target,
    "retrieval": _retrieval,
}


def _evaluated(node: GridNode, source: Source, folder: Path, score: Callable[[Dataset], Evaluation]) -> Found:
    """Scores, data and rates of changed characters over all languages and perturbations; items go to their file."""
    config, scores, rates, seen, spent = node.config, [], {}, [], 0.0
    with writing_items(folder, node.labels) as write:
        for language in config["languages"]:
            plain = _items(load(config["task"], language, config["split"], source), int(config.get("items", 0)))
            seen += _described([plain])
            for name in config["perturbations"]:
                data, rate = (plain, 0.0) if name == "none" else perturb(plain, name, PERTURBATION_SEED)
                found = score(data)
                spent += found.flops
                place = {"language": language, "perturbation": name, "split": config["split"]}
                scores += [
                    {**place, "metric": metric, "score": value, "n_items": found.n_items}
                    for metric, value in found.scores.items()
                ]
                write(language, name, found.predictions)
                if name != "none":
                    rates[f"{language}/{name}"] = round(rate, 4)
    flops = {"scoring": spent}
    return {"scores": scores, "evaluated": seen, "changed_characters": rates, "flops": flops}


def _items(dataset: Dataset, items: int) -> Dataset:
    """The first of one shuffle, or all where fewer are there or none are asked for."""
    if not items or len(dataset) <= items:
        return dataset
    chosen = subsample(dataset, items, SUBSAMPLE_SEED)
    return replace(chosen, sha256=content_hash(chosen))


def _start(node: GridNode, folder: Path, parents: Sequence[Path], source: Source) -> ModelSpec | Path:
    """The parent's stage, or the model of the plan with the world's tokenizer where it speaks that."""
    if parents:
        return parents[0]
    spec = ModelSpec(**node.config["model"])
    if spec.tokenizer == "world":
        assert isinstance(source, WorldSource)
        source.world.save_tokenizer(folder / "tokenizer")
        return replace(spec, tokenizer=str(folder / "tokenizer"))
    return spec


def _task_data(task: str, language: str, source: Source, examples: int, select_on: str = "dev") -> TaskData:
    """Training data, and what chooses the weights where the source has it."""
    data = load(task, language, "train", source, examples=examples or None, seed=SUBSAMPLE_SEED)
    has_dev = select_on != "none" and not missing(task, language, select_on, source)
    return TaskData(data, load(task, language, select_on, source) if has_dev else None)


def _tuning(dataset: Dataset, source: Source, split: str) -> Dataset | None:
    """The split that sets the threshold of mined pairs, where it is not the one evaluated."""
    if split == dataset.split:
        return dataset
    if split == "none" or missing(dataset.task, dataset.language, split, source):
        return None
    return load(dataset.task, dataset.language, split, source)


def _recipe(config: Mapping[str, Any]) -> Recipe:
    return Recipe(**config["recipe"])


def _described(datasets: Sequence[Dataset]) -> list[Found]:
    return [
        {
            "task": d.task,
            "language": d.language,
            "split": d.split,
            "examples": len(d),
            "sha256": d.sha256,
            "origin": d.origin,
            "dropped": dict(d.dropped),
            "corrected": dict(d.corrected),
        }
        for d in datasets
    ]


def _training_record(trained: TrainingResult) -> Found:
    return {
        "steps": trained.steps,
        "planned": trained.planned,
        "best_step": trained.best_step,
        "dev_scores": trained.dev_scores,
        "tokens": {"real": trained.tokens_real, "padded": trained.tokens_padded},
        "flops": {
            "training": trained.flops_real,
            "executed": trained.flops_executed,
            "evaluation": trained.flops_evaluation,
        },
        "losses": trained.losses[:: max(1, len(trained.losses) // 20)],
        "device": trained.device,
        "precision": trained.precision,
        "layout": trained.layout,
        "embeddings": trained.embeddings,
        "threads": trained.threads,
        "reused_heads": list(trained.reused_heads),
        "training_seconds": round(trained.wall_seconds, 3),
    }
