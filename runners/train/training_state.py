"""A stage in training: the encoder, what it learns, and where it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn

from analysis.errors import ClaimgaugeError, InputError, UsageError
from runners.examples import Dataset
from runners.kinds import kind_of
from runners.kinds.kind import Kind
from runners.model.batches import MaskingCollator, Stream, capped, task_schedule
from runners.model.encoders import Encoder, load_encoder
from runners.model.execution import dense_because, layout_of, regardless, set_up
from runners.model.features import Features, Ints, joined
from runners.model.lora import add_adapters
from runners.model.processes import Processes
from runners.model.transformer import Transformer
from runners.recipe import Layout, ModelSpec, Recipe
from runners.train.evaluation import encoded
from runners.train.heads import HeadFacts, carried_on, facts_of, fresh_head
from runners.train.late_updates import LateTable
from runners.train.texts import RunningTexts
from runners.train.token_counter import TokenCounter
from runners.trained import EvalStep, TaskData


@dataclass(slots=True)
class Objective:
    """One task of a stage.

    Attributes:
        stream: its batches. parameters: the encoder's and its head's weights.
        masking: hides subwords, where the task is masked language modelling.
    """

    facts: HeadFacts
    kind: Kind
    head: nn.Module
    features: Features
    stream: Stream
    parameters: list[nn.Parameter]
    dev: Dataset | None = None
    dev_features: Features | None = None
    masking: MaskingCollator | None = None
    meter: TokenCounter = field(default_factory=TokenCounter)


@dataclass(slots=True)
class Stage:
    """Everything that changes while a stage is trained.

    Attributes:
        schedule: number of the objective of every step. planned: steps of the whole stage.
        every: steps between looks at the development split. step: steps done.
        identity: what the stage is made of; a checkpoint of anything else is not continued.
        adapters: weights of low-rank adapters trained in the encoder's place; 0: there are none.
        table: of word vectors that are moved when they are next read; None: all at every step.
        embeddings: `late`, or `dense` and why. layout: with padding or without.
        unread: step, task and loss that the device may still compute.
    """

    encoder: Encoder
    objectives: list[Objective]
    optimiser: torch.optim.Optimizer
    table: LateTable | None
    embeddings: str
    layout: Layout
    recipe: Recipe
    seed: int
    device: torch.device
    team: Processes
    schedule: Ints
    every: int
    reused: tuple[str, ...]
    identity: str
    step: int = 0
    seconds: float = 0.0
    flops_evaluation: float = 0.0
    looks: list[EvalStep] = field(default_factory=list)
    losses: list[tuple[int, float]] = field(default_factory=list)
    unread: tuple[int, str, torch.Tensor] | None = None
    adapters: int = 0

    @property
    def planned(self) -> int:
        """Steps of the whole stage."""
        return len(self.schedule)

    @property
    def tokens_real(self) -> int:
        """Pieces trained on so far."""
        return sum(int(objective.meter.real.tokens) for objective in self.objectives)

    @property
    def evaluation_due(self) -> bool:
        """True if the development split is to be evaluated after this step."""
        return bool(self.every) and (self.step % self.every == 0 or self.step == self.planned)

    @property
    def best_step(self) -> int:
        """The step with the best look so far (the first of equals); the last step without looks."""
        return max(self.looks, key=lambda look: look.mean).step if self.looks else self.step

    @property
    def out_of_patience(self) -> bool:
        """True if early stopping triggers."""
        if not self.recipe.patience or not self.looks:
            return False
        best = max(range(len(self.looks)), key=lambda i: self.looks[i].mean)
        return len(self.looks) - 1 - best >= self.recipe.patience

    def read_loss(self) -> float:
        """The last loss that was sampled; asked for as late as possible, since reading it waits for the device.

        Raises:
            ClaimgaugeError: it is not a number.
        """
        if self.unread is not None:
            (step, task, total), self.unread = self.unread, None
            self.losses.append((step, total.item()))
            if not math.isfinite(self.losses[-1][1]):
                raise ClaimgaugeError(
                    f"the loss of {task} is {self.losses[-1][1]} after {step} steps; lower learning_rate"
                    f" ({self.recipe.learning_rate:g}) or compute in float32"
                )
        return self.losses[-1][1] if self.losses else math.nan

    def catch_up(self) -> None:
        """Before anybody but a training step reads the word vectors: brings them all up to date."""
        if self.table is not None:
            self.table.catch_up()

    def weights(self) -> dict[str, Any]:
        """Weights of the encoder and all heads, as they lie."""
        heads = {objective.facts.task: objective.head.state_dict() for objective in self.objectives}
        return {"encoder": self.encoder.body.state_dict(), "heads": heads}

    def load_weights(self, found: Mapping[str, Any]) -> None:
        """Takes over what `weights` gave."""
        self.encoder.body.load_state_dict(found["encoder"])
        for objective in self.objectives:
            objective.head.load_state_dict(found["heads"][objective.facts.task])

    def state(self) -> dict[str, Any]:
        """Everything needed to go on."""
        return {
            "identity": self.identity,
            **self.weights(),
            "optimiser": self.optimiser.state_dict(),
            "table": None if self.table is None else self.table.state(),
            "step": self.step,
            "seconds": self.seconds,
            "flops_evaluation": self.flops_evaluation,
            "looks": [asdict(look) for look in self.looks],
            "losses": self.losses,
            "given": [objective.stream.given for objective in self.objectives],
            "meters": [objective.meter.state() for objective in self.objectives],
        }

    def restore(self, found: Mapping[str, Any] | None, path: Path) -> None:
        """Goes on from a checkpoint, if there is one.

        Raises:
            InputError: it belongs to another stage.
        """
        if found is None:
            return
        if found["identity"] != self.identity:
            raise InputError(str(path), "belongs to a stage with another model, recipe, seed or data; delete it")
        self.load_weights(found)
        self.optimiser.load_state_dict(found["optimiser"])
        if self.table is not None:
            self.table.restore(found["table"])
        self.step, self.seconds, self.flops_evaluation = found["step"], found["seconds"], found["flops_evaluation"]
        self.looks = [EvalStep(**look) for look in found["looks"]]
        self.losses = [(step, loss) for step, loss in found["losses"]]
        for objective, given, meter in zip(self.objectives, found["given"], found["meters"], strict=True):
            objective.stream.skip_to(given)
            objective.meter.restore(meter)


def prepare(
    start: ModelSpec | Path,
    tasks: Sequence[TaskData],
    mlm: Sequence[Dataset] | RunningTexts,
    recipe: Recipe,
    seed: int,
    device: torch.device,
    team: Processes,
    before: Mapping[str, Any] | None = None,
) -> Stage:
    """A stage before its first step: encoder loaded, heads fresh, all texts encoded.

    A checkpoint from `before` says whether the word vectors are moved late, if there is one.
    """
    _check(tasks, mlm, recipe)
    folder, heads = _folders(start)
    encoder = load_encoder(folder, seed=seed)
    objectives = [_objective(data, i, encoder, recipe, seed) for i, data in enumerate(tasks)]
    together = list(tasks)
    if mlm:
        texts, features = encoded_texts(mlm, encoder, recipe)
        together.append(TaskData(texts))
        objectives.append(_objective(together[-1], len(tasks), encoder, recipe, seed, features))
    kept = tuple(
        one.facts.task for one in objectives if carried_on(heads, one.facts, one.head, encoder, asked=recipe.reuse_head)
    )
    adapters = add_adapters(encoder.body, recipe, seed)
    encoder.body.to(device).train()
    set_up(encoder, recipe)
    why = dense_because(encoder, recipe, device, team.size, tied=bool(mlm))
    identity = _identity(start, together, recipe, seed, team)
    if before is not None and before["identity"] == identity and bool(why) == bool(before.get("table")):
        why = "" if before.get("table") else "the checkpoint says so"
    words = None
    if not why:
        assert isinstance(encoder.body, Transformer)
        words = encoder.body.embeddings.word_embeddings
    for objective in objectives:
        objective.head.to(device).train()
        objective.parameters = _trained([encoder.body, objective.head], words)
    planned, epoch = _steps(objectives[: len(tasks)] or objectives, recipe, mixed=bool(tasks and mlm))
    sizes = [len(objective.features) for objective in objectives[: len(tasks)]]
    every = (recipe.evaluate_every or epoch) if any(objective.dev for objective in objectives) else 0
    return Stage(
        encoder=encoder,
        objectives=objectives,
        optimiser=optimiser(_trained([encoder.body, *(one.head for one in objectives)], words), recipe),
        table=None if words is None else LateTable(words, recipe.weight_decay, planned),
        embeddings=f"dense: {why}" if why else "late",
        layout=layout_of(encoder, recipe, device),
        recipe=recipe,
        seed=seed,
        device=device,
        team=team,
        schedule=task_schedule(sizes, recipe.cap, recipe.mlm_share if mlm else 0.0, planned, seed),
        every=every,
        reused=kept,
        identity=identity,
        adapters=adapters,
    )


def _check(tasks: Sequence[TaskData], mlm: Sequence[Dataset] | RunningTexts, recipe: Recipe) -> None:
    if not tasks and not mlm:
        raise UsageError("a stage needs a task or running text")
    if tasks and bool(mlm) != bool(recipe.mlm_share):
        raise UsageError(
            f"mlm_share is {recipe.mlm_share:g} and there {'is' if mlm else 'is no'} running text: give both or neither"
        )
    if not 0 <= recipe.mlm_share < 1:
        raise UsageError(f"mlm_share {recipe.mlm_share:g} is not a share below 1")
    names = [data.train.task for data in tasks]
    if len(set(names)) < len(names):
        raise UsageError(f"tasks trained together must differ: {', '.join(names)}")


def _folders(start: ModelSpec | Path) -> tuple[ModelSpec | Path, Path | None]:
    """The encoder to start from, and where the heads of the stage before lie."""
    if not isinstance(start, Path):
        return start, None
    return (start / "encoder", start) if (start / "encoder").is_dir() else (start, start.parent)


def encoded_texts(
    texts: Sequence[Dataset] | RunningTexts, encoder: Encoder, recipe: Recipe
) -> tuple[Dataset, Features]:
    """Running text of several languages as one data set: encoded one by one, and then without its sentences."""
    parts: list[Features] = []
    seen: list[Dataset] = []
    for text in texts:
        parts.append(encoded(kind_of(text.form), text, (), encoder, recipe))
        seen.append(replace(text, examples=()))
    languages, hashes = "+".join(one.language for one in seen), "+".join(one.sha256 for one in seen)
    return replace(seen[0], language=languages, sha256=hashes), joined(parts)


def _objective(
    data: TaskData, number: int, encoder: Encoder, recipe: Recipe, seed: int, features: Features | None = None
) -> Objective:
    facts = facts_of(data.train)
    kind = kind_of(facts.form)
    if features is None:
        features = encoded(kind, data.train, facts.labels, encoder, recipe)
    return Objective(
        facts=facts,
        kind=kind,
        head=fresh_head(facts, encoder, seed + number),
        features=features,
        stream=Stream(
            features.lengths * features.rows_per_unit, recipe.batch_size, [seed, 17, number], recipe.token_budget
        ),
        parameters=[],
        dev=data.dev,
        dev_features=None if data.dev is None else encoded(kind, data.dev, facts.labels, encoder, recipe),
        masking=MaskingCollator(encoder.tokenizer, recipe.mlm_probability) if facts.form == "text" else None,
    )


def _steps(objectives: Sequence[Objective], recipe: Recipe, *, mixed: bool) -> tuple[int, int]:
    """Steps of the stage, and of one pass over the (capped) tasks; steps of masked language modelling come on top."""
    sizes = [len(objective.features) for objective in objectives]
    shares = capped(sizes, recipe.cap) / sizes
    one = sum(share * objective.stream.per_epoch for share, objective in zip(shares, objectives, strict=True))
    factor = 1 / (1 - recipe.mlm_share) if mixed else 1.0
    epoch = max(1, math.ceil(one * factor - 1e-9))
    return recipe.steps or max(1, math.ceil(recipe.epochs * one * factor - 1e-9)), epoch


def _trained(modules: Sequence[nn.Module], but: nn.Embedding | None) -> list[nn.Parameter]:
    """The weights that AdamW moves at every step: all but a table that is moved late."""
    return [p for m in modules for p in m.parameters() if p.requires_grad and (but is None or p is not but.weight)]


def optimiser(weights: Sequence[nn.Parameter], recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW; biases and norms, which have one dimension, are not decayed."""
    groups = [
        {"params": [p for p in weights if p.ndim > 1], "weight_decay": recipe.weight_decay},
        {"params": [p for p in weights if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=recipe.learning_rate, fused=True)


def _identity(start: ModelSpec | Path, tasks: Sequence[TaskData], recipe: Recipe, seed: int, team: Processes) -> str:
    """Settings that decide the weights; how often a checkpoint is written does not."""
    plain = replace(regardless(recipe), checkpoint_every=0.0, evaluation_batch_size=1)
    data = [(t.train.task, t.train.sha256, len(t.train), t.dev.sha256 if t.dev else "") for t in tasks]
    name = start.name if isinstance(start, Path) else start
    return repr((name, data, plain, seed, team.size))
