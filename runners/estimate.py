"""What a grid costs before anything starts: FLOPs, hours on a GPU, disk.

Training FLOPs by the analytic formula of `analysis.flops`, without padding. Sizes come from the
data where it is at hand, else from the vocabulary; lengths from `lengths.toml`. What is assumed is
said.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any, Protocol

from analysis.flops import XLMR_BASE, XLMR_LARGE, Head, Texts, Transformer, training_flops
from analysis.vocabulary import Vocabulary
from runners.grid import Node
from runners.intermediates import task_entry
from runners.recipe import ModelSpec

MATRIX_RATE = 790e12
"""FLOP/s: bf16 matrix products as seen on one H200."""
UTILISATIONS = (0.20, 0.35, 0.50)
"""Shares of the matrix rate that training may reach."""
BYTES = 4
"""Of a stored weight (float32)."""

SHAPES = {"xlm-r-large": XLMR_LARGE, "xlm-r-base": XLMR_BASE}


class Size(Protocol):
    """(task, language) → training examples at hand, as they are or translated; None where they are not here."""

    def __call__(self, task: str, language: str, *, translated: bool = False) -> int | None:
        """See above."""
        ...


@dataclass(frozen=True, slots=True)
class NodeCost:
    """What one node costs.

    Attributes:
        flops: of training; 0 for evaluation alone.
        because: why it cannot be told, or "".
        stored: bytes that stay on disk.
    """

    flops: float
    because: str
    stored: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a grid costs.

    Attributes:
        costs: node key → cost.
        flops: of all nodes whose cost is known.
        unknown: keys of the others.
        stored: bytes on disk.
        assumptions: one sentence each.
    """

    costs: Mapping[str, NodeCost]
    flops: float
    unknown: tuple[str, ...]
    stored: int
    assumptions: tuple[str, ...]

    def hours(self, utilisation: float, *, rate: float = MATRIX_RATE) -> float:
        """Hours on one GPU."""
        return self.flops / (rate * utilisation) / 3600


def estimate(nodes: Sequence[Node], spec: ModelSpec, words: Vocabulary, size: Size) -> Estimate:
    """The cost of all nodes.

    Args:
        nodes: of the grid.
        spec: the model all of them start from.
        words: the vocabulary; holds the sizes that publications state.
        size: sizes of the data at hand.
    """
    shape = shape_of(spec)
    assumed: dict[str, None] = {}
    costs = {node.key: _cost(node, shape, words, size, assumed) for node in nodes}
    return Estimate(
        costs,
        sum(cost.flops for cost in costs.values()),
        tuple(key for key, cost in costs.items() if cost.because),
        sum(cost.stored for cost in costs.values()),
        tuple(assumed),
    )


def shape_of(spec: ModelSpec) -> Transformer | None:
    """The shape of a model, None where it is not known before it is loaded."""
    if spec.kind == "random":
        config = spec.config
        layers, width, heads, mlp_width = (int(config[name]) for name in ("layers", "width", "heads", "mlp_width"))
        return Transformer(
            spec.name,
            layers,
            width,
            heads,
            mlp_width,
            int(config.get("vocabulary", 0)),
            int(config.get("positions", 514)),
        )
    return SHAPES.get(spec.name)


def _cost(node: Node, shape: Transformer | None, words: Vocabulary, size: Size, assumed: dict[str, None]) -> NodeCost:
    stored = 0
    if shape is not None and (node.kind in {"pretraining", "intermediate"} or node.config.get("keep_model")):
        stored = BYTES * (shape.body_weights + shape.embedding_weights)
    if node.kind == "retrieval":
        return NodeCost(0.0, "", stored)
    if shape is None:
        return NodeCost(0.0, "the shape of the model is not known here", stored)
    if node.kind == "pretraining":
        return NodeCost(0.0, "depends on the world's texts", stored)
    config = node.config
    tasks = config["tasks"] if node.kind == "intermediate" else [config["task"]]
    language = config["language"] if node.kind == "intermediate" else config["source_language"]
    flops, reasons = 0.0, []
    at_hand = partial(size, translated=True) if config.get("translated") else size
    for task in tasks:
        texts = _texts(task, language, int(config["examples"]), config["recipe"], words, at_hand, assumed)
        if isinstance(texts, str):
            reasons.append(texts)
        else:
            flops += _training(texts, float(config["recipe"]["mlm_share"]), shape, assumed)
    if not tasks:
        reasons.append("the amount of running text depends on the data")
    return NodeCost(flops, "; ".join(reasons), stored)


def _training(texts: Texts, mlm_share: float, shape: Transformer, assumed: dict[str, None]) -> float:
    """FLOPs of a task's steps and of the masked language modelling mixed in."""
    flops = training_flops(shape, Head("sentence", labels=2), texts).total
    if 0 < mlm_share < 1:
        assumed["running text of masked language modelling is taken to be as long as the task's"] = None
        flops += mlm_share / (1 - mlm_share) * training_flops(shape, Head("vocabulary", dense=True), texts).total
    return flops


def _texts(
    task: str,
    language: str,
    examples: int,
    recipe: Mapping[str, Any],
    words: Vocabulary,
    size: Callable[[str, str], int | None],
    assumed: dict[str, None],
) -> Texts | str:
    """The texts of one task's training, or why they cannot be told."""
    whole = size(task, language) or _published_size(task, words)
    if whole is None:
        return f"the number of training examples of {task} is not known"
    length = _length(task, assumed)
    if length is None:
        return f"the length of the texts of {task} is not known"
    number = min(examples, whole) if examples else whole
    seen = recipe["steps"] * recipe["batch_size"] if recipe["steps"] else recipe["epochs"] * number
    sequences = seen * length["sequences"]
    return Texts(int(sequences), sequences * length["tokens"], sequences * length["squares"])


def _published_size(task: str, words: Vocabulary) -> int | None:
    entry = words["target"].get(task) or task_entry(task, words)
    found = entry.facts.get("train_examples") if entry is not None else None
    return None if found is None else int(found)


def _length(task: str, assumed: dict[str, None]) -> Mapping[str, float] | None:
    table = _lengths()
    if task not in table:
        return None
    found = table[task]
    if "as" in found:
        assumed[f"texts of {task} are taken to be as long as those of {found['as']}"] = None
        found = {**table[found["as"]], **{k: v for k, v in found.items() if k != "as"}}
    return {"tokens": found["tokens"], "squares": found["squares"], "sequences": found.get("sequences", 1)}


@cache
def _lengths() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((files("runners") / "lengths.toml").read_text(encoding="utf-8"))


def table_of(nodes: Iterable[Node], costs: Mapping[str, NodeCost]) -> list[tuple[str, int, float]]:
    """Per kind of node: how many there are and their FLOPs."""
    kinds = dict.fromkeys(node.kind for node in nodes)
    return [
        (
            kind,
            sum(node.kind == kind for node in nodes),
            sum(costs[node.key].flops for node in nodes if node.kind == kind),
        )
        for kind in kinds
    ]
