"""Execution of a step: with padding or without, activations kept or recomputed, compiled or not.

None of it changes a score beyond rounding, so none of it is part of a node's key.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from analysis.errors import UsageError
from runners.model.encoders import Encoder
from runners.model.features import Batch
from runners.model.hub_models import FromHub
from runners.model.packing import Reads
from runners.model.transformer import Transformer
from runners.recipe import HOW, Layout, Recipe


def layout_of(encoder: Encoder, recipe: Recipe, device: torch.device) -> Layout:
    """Settings by which batches go through an encoder.

    Raises:
        UsageError: the recipe asks for what the model cannot do.
    """
    able = isinstance(encoder.body, Transformer)
    if recipe.layout == "packed" and not able:
        raise UsageError(f"layout 'packed' needs a model of the XLM-R shape, {encoder.shape.name} is none; say 'auto'")
    if recipe.layout != "auto":
        return recipe.layout
    # A CPU is faster without padding (benchmarks/training.md), but a model compiled for it would be compiled anew
    # for every batch. On a GPU nothing was measured yet.
    return "packed" if able and device.type == "cpu" and not recipe.compile else "padded"


LARGE = 1 << 22
"""Values of a table of word vectors from which on moving them all at every step is a part of the time worth saving."""


def dense_because(encoder: Encoder, recipe: Recipe, device: torch.device, processes: int, *, tied: bool) -> str:
    """Why all word vectors are moved at every step; "" where those that a batch does not read can wait.

    Args:
        encoder: the model.
        recipe: says how.
        device: it is trained on.
        processes: that train together.
        tied: whether a head has the word vectors for its weights, so that it reads them all.
    """
    body = encoder.body
    if not isinstance(body, Transformer):
        return "the model is not of the XLM-R shape"
    words = body.embeddings.word_embeddings.weight
    reasons = {
        "the recipe says so": recipe.embeddings == "dense",
        "the word vectors are not trained": not words.requires_grad,
        "masked language modelling reads all word vectors": tied,
        "several processes add up whole gradients": processes > 1,
        "a compiled model has no sparse gradient": recipe.compile,
        "not measured on a GPU": recipe.embeddings == "auto" and device.type != "cpu",
        "the table is small": recipe.embeddings == "auto" and words.numel() < LARGE,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def ready(batch: Batch, reads: Reads, layout: Layout) -> Batch:
    """A batch as it is computed."""
    return batch.packed(reads) if layout == "packed" else batch


def hidden_states(encoder: Encoder, batch: Batch, layer: int = -1) -> Tensor:
    """States of a batch on the encoder's device, shape (rows, longest, width)."""
    packing = () if batch.packing is None else (batch.packing,)
    found: Tensor = encoder.body(batch.ids, batch.mask, batch.segments, layer, *packing)
    return found


def set_up(encoder: Encoder, recipe: Recipe) -> None:
    """Lets a model compute layers anew, or compiles it, where the recipe says so.

    Raises:
        UsageError: the model has no layers to compute anew.
    """
    if recipe.recompute:
        body = getattr(encoder.body, "trunk", encoder.body)
        if isinstance(body, FromHub):
            body.inner.gradient_checkpointing_enable()
        elif isinstance(body, Transformer):
            body.recompute = True
        else:
            raise UsageError(f"{encoder.shape.name} has no layers to compute anew; leave recompute out")
    if recipe.compile:
        nn.Module.compile(encoder.body, dynamic=True)


def regardless(recipe: Recipe) -> Recipe:
    """The recipe without what only says how it is computed."""
    plain: dict[str, Any] = {name: getattr(Recipe(), name) for name in HOW}
    return replace(recipe, **plain)
