"""Cost estimate of a grid: FLOPs of training and evaluation, hours on a GPU, disk.

By the analytic formula of `analysis.flops`, without padding, over the steps that the recipes say: multi-task
sampling with its cap, masked language modelling mixed in, looks at the development split, evaluation in every
language and perturbation. Early stopping is not foreseen. What is assumed is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.errors import InputError
from analysis.flops import XLMR_BASE, XLMR_LARGE, HeadShape, TransformerShape, forward_flops, training_flops
from runners.model.shapes import transformer_shape
from runners.plan.grid import GridNode
from runners.plan.text_lengths import Length, Lengths, model_file
from runners.recipe import ModelSpec, Recipe

MATRIX_RATE = 790e12
"""FLOP/s: bf16 matrix products as seen on one H200."""
UTILISATIONS = (0.20, 0.35, 0.50)
"""Shares of the matrix rate that training may reach."""
BYTES = 4
"""Bytes of a stored weight (float32)."""
IN_TRAINING = 4
"""Copies of the weights in the files of a node in training: weights, two moments, and the best weights so far."""

MIXED = "running text of masked language modelling is taken to be as long as the task's"

SHAPES = {"xlm-r-large": XLMR_LARGE, "xlm-r-base": XLMR_BASE}


@dataclass(frozen=True, slots=True)
class NodeCost:
    """Cost of one node.

    Attributes:
        flops: of training; 0 for evaluation alone.
        evaluation: FLOPs of the looks at the development split and of the final scores.
        because: why it cannot be told, or "".
        stored: bytes that stay on disk.
    """

    flops: float
    evaluation: float
    because: str
    stored: int


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """Cost of a grid.

    Attributes:
        costs: node key → cost.
        flops: training of all nodes whose cost is known. evaluation: likewise.
        unknown: keys of the others.
        stored: bytes on disk. passing: bytes more while a node trains.
        assumptions: one sentence each.
    """

    costs: Mapping[str, NodeCost]
    flops: float
    evaluation: float
    unknown: tuple[str, ...]
    stored: int
    passing: int
    assumptions: tuple[str, ...]

    def hours(self, utilisation: float, *, rate: float = MATRIX_RATE) -> float:
        """Hours on one GPU, of training and evaluation."""
        return (self.flops + self.evaluation) / (rate * utilisation) / 3600


def estimate(nodes: Sequence[GridNode], spec: ModelSpec, lengths: Lengths) -> CostEstimate:
    """The cost of all nodes.

    Args:
        nodes: of the grid.
        spec: the model all of them start from.
        lengths: of the plan's data.
    """
    shape = shape_of(spec, lengths)
    costs = {node.key: _cost(node, shape, lengths) for node in nodes}
    weights = 0 if shape is None else BYTES * (shape.body_weights + shape.embedding_weights)
    return CostEstimate(
        costs,
        sum(cost.flops for cost in costs.values()),
        sum(cost.evaluation for cost in costs.values()),
        tuple(key for key, cost in costs.items() if cost.because),
        sum(cost.stored for cost in costs.values()),
        IN_TRAINING * weights,
        tuple(lengths.assumed),
    )


def shape_of(spec: ModelSpec, lengths: Lengths | None = None) -> TransformerShape | None:
    """The shape of a model by its config.json, None where that is not on this machine."""
    if spec.kind == "random":
        config = spec.config
        layers, width, heads, mlp_width = (int(config[name]) for name in ("layers", "width", "heads", "mlp_width"))
        vocabulary = max(int(config.get("vocabulary", 0)), 0 if lengths is None else lengths.vocabulary)
        return TransformerShape(
            spec.name, layers, width, heads, mlp_width, vocabulary, int(config.get("positions", 514))
        )
    if spec.kind == "frozen":
        return None
    if (file := model_file(spec.name, spec.revision, "config.json")) is None:
        return SHAPES.get(spec.name)
    try:
        return transformer_shape(json.loads(file.read_text(encoding="utf-8")), spec.name)
    except (OSError, ValueError, InputError):  # a run will say what is wrong with it
        return None


def _cost(node: GridNode, shape: TransformerShape | None, lengths: Lengths) -> NodeCost:
    stored = 0
    if shape is not None and (node.kind in {"pretraining", "intermediate"} or node.config.get("keep_model")):
        stored = BYTES * (shape.body_weights + shape.embedding_weights)
    if shape is None:
        return NodeCost(0.0, 0.0, "the shape of the model is not known here (no config.json of it)", stored)
    spent = _Spent(shape, lengths, Recipe(**node.config["recipe"]))
    {"pretraining": _pretraining, "intermediate": _intermediate, "target": _target, "retrieval": _retrieval}[node.kind](
        spent, node.config
    )
    return NodeCost(spent.training, spent.evaluation, "; ".join(dict.fromkeys(spent.reasons)), stored)


class _Spent:
    """FLOPs of a node as they are added up, and why some are not."""

    def __init__(self, shape: TransformerShape, lengths: Lengths, recipe: Recipe) -> None:
        self.shape, self.lengths, self.recipe = shape, lengths, recipe
        self.training = self.evaluation = 0.0
        self.reasons: list[str] = []

    def length(self, task: str, language: str, split: str, *, translated: bool = False) -> Length | None:
        """Text lengths of a data set; None, with the reason kept, where they are not known."""
        found = self.lengths(task, language, split, self.recipe, translated=translated)
        if isinstance(found, str):
            self.reasons.append(found)
            return None
        return found


def _pretraining(spent: _Spent, config: Mapping[str, Any]) -> None:
    _text(spent, config["languages"], int(config["sentences"]))


def _text(spent: _Spent, languages: Sequence[str], sentences: int) -> None:
    """Masked language modelling alone."""
    length = spent.lengths.of_texts(tuple(languages), sentences, spent.recipe)
    if length is None:
        spent.reasons.append("the amount of running text depends on the data")
        return
    units = length.examples * length.units
    recipe = spent.recipe
    seen = recipe.steps * recipe.batch_size if recipe.steps else recipe.epochs * units
    spent.training += training_flops(spent.shape, _masked(recipe), length.texts(seen)).total


def _intermediate(spent: _Spent, config: Mapping[str, Any]) -> None:
    tasks = config["tasks"]
    if not tasks:
        _text(spent, (), int(config["mlm_sentences"]))
        return
    examples, translated = int(config["examples"]), bool(config.get("translated"))
    _steps(spent, [(task, config["language"]) for task in tasks], examples, "dev", translated=translated)


def _target(spent: _Spent, config: Mapping[str, Any]) -> None:
    if not config.get("trained_by"):
        task = (config["task"], config["source_language"])
        _steps(spent, [task], int(config["examples"]), config["select_on"])
    _scoring(spent, config)


def _steps(
    spent: _Spent, tasks: Sequence[tuple[str, str]], examples: int, select_on: str, *, translated: bool = False
) -> None:
    """Training of one or more tasks, with masked language modelling mixed in, and looks at the development split."""
    recipe = spent.recipe
    found = [spent.length(task, language, "train", translated=translated) for task, language in tasks]
    known = [length for length in found if length is not None]
    if len(known) < len(tasks):
        return
    sizes = [min(examples or one.examples, one.examples) * one.units for one in known]
    capped: list[float] = [min(size, float(recipe.cap)) if recipe.cap else size for size in sizes]
    epoch = float(sum(capped))
    share = recipe.mlm_share if recipe.mlm_share < 1 else 0.0
    units = recipe.steps * recipe.batch_size * (1 - share) if recipe.steps else recipe.epochs * epoch
    sentence = HeadShape("sentence", labels=2, dense=True)
    for length, size in zip(known, capped, strict=True):
        texts = length.texts(units * size / epoch)
        spent.training += training_flops(spent.shape, sentence, texts, adapters=_adapters(spent)).total
        if share:
            spent.lengths.assumed[MIXED] = None
            mixed = length.texts(share / (1 - share) * units * size / epoch)
            spent.training += training_flops(spent.shape, _masked(recipe), mixed).total
    if select_on != "none":
        every = recipe.evaluate_every * recipe.batch_size or epoch
        looks = max(1.0, -(-units // every))
        for task, language in tasks:
            dev = spent.lengths(task, language, select_on, recipe, translated=translated)
            if not isinstance(dev, str):
                _forward(spent, dev, looks)


def _retrieval(spent: _Spent, config: Mapping[str, Any]) -> None:
    """Forward passes up to the layer that is read; the side that no perturbation changes is embedded once."""
    layer = int(config["layer"])
    share = 1.0 if layer < 0 else layer / spent.shape.layers
    _scoring(spent, config, share * (1 + len(config["perturbations"])) / 2)


def _scoring(spent: _Spent, config: Mapping[str, Any], times: float | None = None) -> None:
    """Forward passes over the evaluated data, once for each perturbation unless `times` says otherwise."""
    times = len(config["perturbations"]) if times is None else times
    for language in config["languages"]:
        length = spent.length(config["task"], language, config["split"])
        if length is not None:
            items = int(config.get("items", 0)) or length.examples
            _forward(spent, replace(length, examples=min(items, length.examples)), times)


def _forward(spent: _Spent, length: Length, times: float) -> None:
    texts = length.texts(length.examples * length.units)
    spent.evaluation += times * forward_flops(spent.shape, HeadShape("none"), texts).total


def _adapters(spent: _Spent) -> int | None:
    """Weights of low-rank adapters on all matrices of the layers: rank × (width in + width out) of each."""
    shape, rank = spent.shape, spent.recipe.lora_rank
    attention = 4 * shape.width + 2 * shape.query_width + 2 * shape.kv_width
    mlp = (3 if shape.gated else 2) * (shape.width + shape.mlp_width)
    return shape.layers * rank * (attention + mlp) or None


def _masked(recipe: Recipe) -> HeadShape:
    return HeadShape("vocabulary", dense=True, predicted=recipe.mlm_probability)


def table_of(nodes: Iterable[GridNode], costs: Mapping[str, NodeCost]) -> list[tuple[str, int, float, float]]:
    """Per kind of node: how many there are, FLOPs of their training and of their evaluation."""
    kinds = dict.fromkeys(node.kind for node in nodes)
    return [
        (
            kind,
            sum(node.kind == kind for node in nodes),
            sum(costs[node.key].flops for node in nodes if node.kind == kind),
            sum(costs[node.key].evaluation for node in nodes if node.kind == kind),
        )
        for kind in kinds
    ]
