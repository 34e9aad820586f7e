"""One stage of training: fine-tuning, several tasks at once, masked language modelling, or a mix.

`train` is the loop. A step takes a batch of one task, computes it in parts where memory or several
processes want that, and moves all weights once. What is random in a step follows from the seed and
the step's number, so a stage that was interrupted goes on from its checkpoint as if nothing had
happened: on a CPU, to the same weights bit for bit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from runners.examples import Dataset
from runners.model.checkpoints import CHECKPOINT, best_weights, forget_weights, keep, kept
from runners.model.encoders import save_encoder
from runners.model.execution import hidden_states, ready
from runners.model.features import collate
from runners.model.lora import merge_adapters
from runners.model.processes import device_name, device_of, processes
from runners.recipe import ModelSpec, Recipe
from runners.train.evaluation import autocast, precision_of, scores_of
from runners.train.heads import save_heads
from runners.train.texts import RunningTexts
from runners.train.training_state import Objective, Stage, prepare
from runners.trained import EvalStep, Progress, TaskData, TrainingResult

SAMPLED = 200
"""Losses that are kept of a stage, about."""


def train(
    start: ModelSpec | Path,
    tasks: Sequence[TaskData],
    recipe: Recipe,
    seed: int,
    out: Path,
    *,
    mlm: Sequence[Dataset] | RunningTexts = (),
    device: str = "auto",
    progress: Callable[[Progress], None] | None = None,
) -> TrainingResult:
    """Trains a stage into a folder, or goes on where an earlier attempt was interrupted.

    Args:
        start: a model, or the folder of the stage before.
        tasks: one for fine-tuning, several for multi-task training, none for masked language
            modelling alone.
        recipe: how.
        seed: of fresh heads, order, dropout and hidden pieces.
        out: receives `encoder/` (as transformers reads it), heads.safetensors and heads.json.
        mlm: running text, all of it together one task; `RunningTexts` are loaded and encoded one by one.
        device: auto, cpu, cuda or cuda:N.
        progress: called after every step.

    Raises:
        UsageError: the recipe does not suit the model or the tasks.
        InputError: a data set or a checkpoint is damaged.
        MissingDataError: the model or the device is not here.
        ClaimgaugeError: the folder cannot be written, or the loss is no longer a number.
    """
    place = device_of(device)
    team = processes(place)
    with torch.random.fork_rng(devices=[place] if place.type == "cuda" else []):
        before = kept(out / CHECKPOINT, torch.device("cpu"))
        stage = prepare(start, tasks, mlm, recipe, seed, place, team, before)
        stage.restore(before, out / CHECKPOINT)
        _loop(stage, out, progress)
        stage.catch_up()
        team.wait()
        best = kept(best_weights(out, stage.best_step), torch.device("cpu"))
        if best is not None:
            stage.load_weights(best)
        merge_adapters(stage.encoder.body)
        if team.writes:
            save_encoder(stage.encoder, out / "encoder")
            save_heads(
                out, {one.facts.task: one.head for one in stage.objectives}, [one.facts for one in stage.objectives]
            )
            (out / CHECKPOINT).unlink(missing_ok=True)
            forget_weights(out)
        team.wait()
    return _summary(stage, out)


def _loop(stage: Stage, out: Path, progress: Callable[[Progress], None] | None) -> None:
    recipe, tokens_before = stage.recipe, stage.tokens_real
    began = saved = time.monotonic()
    every = max(1, stage.planned // SAMPLED)
    loss = float("nan")
    while stage.step < stage.planned and not stage.out_of_patience:
        objective = stage.objectives[stage.schedule[stage.step]]
        sampled = stage.step % every == 0 or stage.step == stage.planned - 1
        total = _step(stage, objective)
        stage.step += 1
        if sampled:
            loss = stage.read_loss()  # of the sample before, while the device computes this one
            stage.unread = (stage.step, objective.facts.task, total)
        if stage.evaluation_due:
            loss = stage.read_loss()
            _look(stage, out)
        now = time.monotonic()
        if stage.team.broadcast_flag(now - saved >= recipe.checkpoint_every) and stage.step < stage.planned:
            stage.seconds += now - began
            began, tokens_before, saved = now, stage.tokens_real, now
            loss = stage.read_loss()
            if stage.team.writes:
                keep(out / CHECKPOINT, stage.state())
                # Only now: until here, the checkpoint before this one could still need older weights.
                forget_weights(out, but=stage.best_step)
        if progress is not None:
            speed = (stage.tokens_real - tokens_before) / max(now - began, 1e-9)
            progress(Progress(stage.step, stage.planned, loss, speed))
    stage.read_loss()
    stage.seconds += time.monotonic() - began


def _step(stage: Stage, objective: Objective) -> torch.Tensor:
    """One optimiser step; returns the loss per target of this process's part."""
    recipe, team = stage.recipe, stage.team
    torch.manual_seed(int(np.random.SeedSequence([stage.seed, stage.step, team.rank]).generate_state(1)[0]))
    batch = collate(objective.features, next(objective.stream), stage.encoder.tokenizer.pad)
    if objective.masking is not None:
        batch = objective.masking(batch, np.random.default_rng([stage.seed, 13, stage.step]))
    if stage.table is not None:
        stage.table.read(batch.ids)
    targets = max(objective.kind.count(batch.targets), 1)
    cut = batch.parts(recipe.accumulate, team.size)
    parts = [[None if p is None else ready(p, objective.kind.reads, stage.layout) for p in group] for group in cut]
    objective.meter.add(batch, [one for group in parts for one in group], targets)
    total = torch.zeros((), device=stage.device)
    for group in parts:
        if (part := group[team.rank]) is None:
            continue
        part = part.to(stage.device)
        with autocast(recipe, stage.device):
            output = objective.head(hidden_states(stage.encoder, part), part)
            # The sum over the whole batch's targets, so that parts of unequal size weigh as they should.
            loss = objective.kind.loss(output, part) / targets
        torch.autograd.backward(loss)
        total += loss.detach()
    team.all_reduce_gradients(objective.parameters)
    _move(stage, objective.parameters)
    return total


def _move(stage: Stage, weights: list[nn.Parameter]) -> None:
    """Clips the whole gradient and moves the weights."""
    if stage.table is not None:
        weights = [*weights, stage.table.gathered()]
    if stage.recipe.clip:
        nn.utils.clip_grad_norm_(weights, stage.recipe.clip)
    rate = learning_rate(stage.step, stage.planned, stage.recipe)
    for settings in stage.optimiser.param_groups:
        settings["lr"] = rate
    stage.optimiser.step()
    stage.optimiser.zero_grad(set_to_none=True)
    if stage.table is not None:
        stage.table.update(rate)


def learning_rate(step: int, steps: int, recipe: Recipe) -> float:
    """Rising linearly to the peak over the warm-up, then falling linearly towards zero.

    Args:
        step: from 0.
        steps: of the whole stage.
        recipe: peak and share of the warm-up.
    """
    rising = round(recipe.warmup * steps)
    if step < rising:
        return recipe.learning_rate * (step + 1) / rising
    return recipe.learning_rate * (steps - step) / max(steps - rising, 1)


def _look(stage: Stage, out: Path) -> None:
    """Scores on the development split; the best weights so far are kept."""
    stage.catch_up()
    scores = {}
    for objective in stage.objectives:
        if objective.dev is None or objective.dev_features is None:
            continue
        scored, flops = scores_of(
            stage.encoder,
            objective.head,
            objective.kind,
            objective.dev,
            objective.dev_features,
            objective.facts.labels,
            stage.recipe,
            stage.device,
        )
        stage.flops_evaluation += flops
        scores[objective.facts.task] = scored.scores
    mean = float(np.mean([next(iter(found.values())) for found in scores.values()]))
    better = all(mean > look.mean for look in stage.looks)
    stage.looks.append(EvalStep(stage.step, mean, scores))
    if better and stage.team.writes:
        keep(best_weights(out, stage.step), stage.weights())


def _summary(stage: Stage, out: Path) -> TrainingResult:
    costs = [
        objective.meter.flops(stage.encoder.shape, objective.facts, stage.adapters) for objective in stage.objectives
    ]
    return TrainingResult(
        folder=out,
        steps=stage.step,
        planned=stage.planned,
        tokens_real=stage.tokens_real,
        tokens_padded=sum(int(objective.meter.padded.tokens) for objective in stage.objectives),
        flops_real=sum(real for real, _ in costs),
        flops_executed=sum(executed for _, executed in costs),
        flops_evaluation=stage.flops_evaluation,
        best_step=stage.best_step,
        looks=tuple(stage.looks),
        losses=tuple(stage.losses),
        wall_seconds=stage.seconds,
        reused_heads=stage.reused,
        precision=precision_of(stage.recipe, stage.device),
        layout=stage.layout,
        embeddings=stage.embeddings,
        device=device_name(stage.device),
        threads=torch.get_num_threads(),
    )
