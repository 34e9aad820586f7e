"""Low-rank adapters through peft: what they train, what they cost, and what is handed on."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

import pytest
import torch

from analysis.errors import MissingDataError
from analysis.flops import HeadShape, TextVolume, TransformerShape, forward_flops, training_flops
from runners.model.encoders import load_encoder
from runners.train.training import train
from runners.trained import TaskData
from tests.runners.test_models import hidden

needs_peft = pytest.mark.skipif(find_spec("peft") is None, reason="peft is not installed (extra `lora`)")
RANK = 2
ADAPTERS = 2 * RANK * (4 * (32 + 32) + 2 * (32 + 64))
"""Of two layers, 32 wide, with a feed-forward layer of 64: in plus out of every matrix."""


@needs_peft
def test_adapters_train_alone_are_merged_and_counted_as_their_own_cost(spec, recipe, toy, tmp_path) -> None:
    data, steps = TaskData(toy("classification")), replace(recipe, steps=8, lora_rank=RANK)
    before, full = load_encoder(spec, seed=1), train(spec, [data], replace(recipe, steps=8), 1, tmp_path / "full")
    trained = train(spec, [data], steps, 1, tmp_path / "lora")
    after = load_encoder(trained.folder / "encoder")
    assert not [name for name in after.body.state_dict() if "lora" in name or "base_layer" in name]
    assert torch.equal(before.body.embeddings.word_embeddings.weight, after.body.embeddings.word_embeddings.weight)
    change = [b - a for a, b in zip(before.body.parameters(), after.body.parameters(), strict=True) if a.ndim > 1]
    moved = [one for one in change if one.abs().max() > 0]
    assert len(moved) == 2 * 6
    assert all(torch.linalg.matrix_rank(one, rtol=1e-3) <= RANK for one in moved)
    assert trained.tokens_real == full.tokens_real
    shape = before.shape
    saved = 2 * trained.tokens_real * (shape.body_weights - 3 * ADAPTERS)
    assert full.flops_real - trained.flops_real == pytest.approx(saved)


@needs_peft
def test_a_training_of_adapters_that_was_interrupted_ends_alike(spec, recipe, toy, tmp_path) -> None:
    data, steps = TaskData(toy("classification")), replace(recipe, steps=6, lora_rank=RANK, checkpoint_every=0.0)

    def interrupt(now) -> None:
        if now.step == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(spec, [data], steps, 1, tmp_path / "twice", progress=interrupt)
    twice, once = (train(spec, [data], steps, 1, tmp_path / name) for name in ("twice", "once"))
    states = [hidden(load_encoder(one.folder / "encoder"), [0, 30, 31, 2]) for one in (twice, once)]
    assert torch.equal(*states)


def test_adapters_spare_the_gradients_of_the_body() -> None:
    shape = TransformerShape("t", layers=2, width=32, heads=2, mlp_width=64, vocabulary=90)
    head, texts = HeadShape("sentence", labels=2), TextVolume(1, 10.0, 100.0)
    forward, whole = forward_flops(shape, head, texts), training_flops(shape, head, texts)
    adapted = training_flops(shape, head, texts, adapters=ADAPTERS)
    assert whole.body == 3 * forward.body
    assert adapted.body == pytest.approx(2 * forward.body + 6 * 10 * ADAPTERS)
    assert (adapted.attention, adapted.head) == (whole.attention, whole.head)


@pytest.mark.skipif(find_spec("peft") is not None, reason="peft is installed")
def test_without_peft_the_extra_is_named(spec, recipe, toy, tmp_path) -> None:
    with pytest.raises(MissingDataError, match=r"claimgauge\[lora\]"):
        train(spec, [TaskData(toy("classification"))], replace(recipe, lora_rank=2), 1, tmp_path)
