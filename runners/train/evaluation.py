"""Scores of a trained stage on one data set, and of an encoder as it stands in retrieval."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from analysis.errors import InputError, UsageError
from analysis.flops import HeadShape, TextVolume, forward_flops
from runners.examples import Dataset
from runners.kinds import kind_of
from runners.kinds.kind import Kind, Labels, Scored
from runners.kinds.retrieval import matched
from runners.model.batches import MaskingCollator, in_order_of_length
from runners.model.encoders import Encoder, load_encoder
from runners.model.execution import hidden_states, layout_of, ready
from runners.model.features import Features, collate
from runners.model.processes import device_of
from runners.model.shapes import head_shape, left_out
from runners.recipe import ModelSpec, Pooling, Recipe
from runners.train.embedding import Embedder
from runners.train.encoded import features_of
from runners.train.heads import stored_head
from runners.trained import Evaluation

MASKING_SEED = 20
"""Seed of the masked subwords when a masked language model is evaluated: the same ones every time."""


@dataclass(frozen=True, slots=True)
class LoadedStage:
    """A trained stage in memory, for evaluation in many languages."""

    folder: Path
    encoder: Encoder
    device: torch.device


def load_trained(folder: Path, *, device: str = "auto") -> LoadedStage:
    """The encoder of a stage, on its device.

    Raises:
        MissingDataError: the folder holds no stage, or the device is not here.
    """
    place = device_of(device)
    encoder = load_encoder(folder / "encoder")
    encoder.body.to(place).eval()
    return LoadedStage(folder, encoder, place)


def evaluate(
    trained: Path | LoadedStage, dataset: Dataset, *, recipe: Recipe, device: str = "auto", head_of: str = ""
) -> Evaluation:
    """Scores of a stage on a data set of a task it was trained on, in any language.

    Args:
        trained: the folder that `train` filled, or what `load_trained` made of it.
        dataset: of one task, language and split.
        recipe: lengths, precision and batch size.
        device: ignored where `trained` is loaded already.
        head_of: the task whose head is taken, where that was trained on the same data; "": the data set's.

    Raises:
        MissingDataError: the stage has no head for the task.
        InputError: the data set is empty or has labels that the head does not know.
    """
    loaded = load_trained(trained, device=device) if isinstance(trained, Path) else trained
    head, facts = stored_head(loaded.folder, dataset, loaded.encoder, head_of)
    kind = kind_of(facts.form)
    features = encoded(kind, dataset, facts.labels, loaded.encoder, recipe)
    head.to(loaded.device)
    scored, flops = scores_of(loaded.encoder, head, kind, dataset, features, facts.labels, recipe, loaded.device)
    return Evaluation(scored.scores, len(dataset), scored.predictions, flops)


def encoded(kind: Kind, dataset: Dataset, labels: Labels, encoder: Encoder, recipe: Recipe) -> Features:
    """A data set as rows for an encoder.

    Raises:
        InputError: the data set is empty.
        UsageError: the recipe's inputs are longer than the encoder's positions.
    """
    if not len(dataset):
        raise InputError(f"{dataset.task} ({dataset.language}, {dataset.split})", "holds no example")
    if encoder.longest and recipe.max_length > encoder.longest:
        raise UsageError(
            f"max_length {recipe.max_length} is more than the {encoder.longest} positions of {encoder.shape.name}"
        )
    return features_of(kind, dataset, labels, encoder.tokenizer, recipe)


def scores_of(
    encoder: Encoder,
    head: nn.Module,
    kind: Kind,
    dataset: Dataset,
    features: Features,
    labels: Labels,
    recipe: Recipe,
    device: torch.device,
) -> tuple[Scored, float]:
    """Scores, and the FLOPs of the forward passes as computed."""
    found, texts, predicted, skipped = predictions(encoder, head, kind, features, recipe, device)
    shape = head_shape(kind.form, len(labels))
    if kind.form == "text":
        shape = HeadShape("vocabulary", dense=True, predicted=predicted / max(texts.tokens, 1))
    spent = forward_flops(encoder.shape, shape, texts).total - left_out(encoder.shape, skipped)
    return kind.score(dataset, features, found, labels), spent


def predictions(
    encoder: Encoder, head: nn.Module, kind: Kind, features: Features, recipe: Recipe, device: torch.device
) -> tuple[Sequence[Any], TextVolume, int, int]:
    """Prediction for each unit, the texts that were encoded, their targets, and tokens the last layer left out."""
    modes = encoder.body.training, head.training
    encoder.body.eval(), head.eval()
    masking = MaskingCollator(encoder.tokenizer, recipe.mlm_probability) if kind.form == "text" else None
    found: list[Any] = [None] * len(features)
    layout = layout_of(encoder, recipe, device)
    rows = tokens = squares = predicted = skipped = 0
    with torch.inference_mode(), autocast(recipe, device):
        for number, units in enumerate(in_order_of_length(features.lengths, recipe.evaluation_batch_size)):
            batch = collate(features, units, encoder.tokenizer.pad)
            if masking is not None:
                batch = masking(batch, np.random.default_rng([MASKING_SEED, number]))
                predicted += kind.count(batch.targets)
            batch = ready(batch, kind.reads, layout)
            n, pieces, square = batch.computed
            rows, tokens, squares = rows + n, tokens + pieces, squares + square
            skipped += 0 if batch.packing is None else batch.packing.skipped
            batch = batch.to(device)
            output = head(hidden_states(encoder, batch), batch)
            for unit, one in zip(units, kind.predict(output, batch, recipe), strict=True):
                found[unit] = one
    encoder.body.train(modes[0]), head.train(modes[1])
    return found, TextVolume(rows, float(tokens), float(squares)), predicted, skipped


def autocast(recipe: Recipe, device: torch.device) -> AbstractContextManager[object]:
    """bf16 on a GPU where the recipe says so; a CPU computes in float32."""
    return torch.autocast(device.type, torch.bfloat16, enabled=precision_of(recipe, device) == "bf16")


def precision_of(recipe: Recipe, device: torch.device) -> str:
    """In which precision a recipe computes on a device."""
    return recipe.precision if device.type == "cuda" else "float32"


def retrieve(
    encoder: ModelSpec | Path,
    dataset: Dataset,
    *,
    layer: int = -1,
    pooling: Pooling = "mean",
    tune: Dataset | None = None,
    recipe: Recipe | None = None,
    device: str = "auto",
    seed: int = 0,
) -> Evaluation:
    """Scores of an encoder as it stands in finding translations or answers.

    Args:
        encoder: a model, the folder of a stage, or its `encoder` folder.
        dataset: a `bitext`, where every source has a translation (Tatoeba: nearest neighbour, accuracy)
            or only some (BUCC: margin, F1); or a `ranking` (mean average precision).
        layer: whose states are pooled: 0 the embeddings, −1 the last.
        pooling: how.
        tune: the data set that chooses BUCC's threshold; None only where none is needed.
        recipe: lengths, precision and batch size.
        device: auto, cpu, cuda.
        seed: of a random model.

    Raises:
        UsageError: BUCC without `tune`; a data set that is not retrieval; no such layer.
    """
    embed = Embedder(encoder, layer=layer, pooling=pooling, recipe=recipe or Recipe(), device=device, seed=seed)
    return search(embed, dataset, tune)


def search(embed: Embedder, dataset: Dataset, tune: Dataset | None = None) -> Evaluation:
    """As `retrieve`, with an encoder that is in memory and knows the texts it has seen last."""
    before = embed.flops
    scored, settings = matched(dataset, embed, tune, repeats=embed.recipe.repeats)
    settings = {"layer": str(embed.layer), "pooling": embed.pooling, **settings}
    return Evaluation(scored.scores, len(dataset), scored.predictions, embed.flops - before, settings)
