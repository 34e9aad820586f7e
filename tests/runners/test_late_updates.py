"""Word vectors that are moved when they are next read end where dense AdamW moves them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from analysis.errors import InputError
from runners.model.checkpoints import CHECKPOINT
from runners.recipe import Recipe
from runners.train.late_updates import LateTable
from runners.train.training import train
from runners.trained import TaskData

STEPS = 200


def test_in_double_precision_the_rows_are_those_of_dense_adamw_to_twelve_digits() -> None:
    rng, steps = np.random.default_rng(0), STEPS
    dense, late = (nn.Embedding(300, 8, padding_idx=1, dtype=torch.float64) for _ in range(2))
    late.load_state_dict(dense.state_dict())
    ours = LateTable(late, 0.1, steps)
    theirs = torch.optim.AdamW([dense.weight], weight_decay=0.1)
    for step in range(steps):
        rate = 1e-2 * min((step + 1) / 20, (steps - step) / (steps - 20))
        ids = torch.from_numpy(np.minimum(rng.zipf(1.3, (4, 6)), 300) - 1)
        ours.read(ids)
        norms = []
        for table, moved in ((dense, lambda: dense.weight), (late, ours.gathered)):
            table(ids).sin().pow(2).sum().backward()
            norms.append(float(nn.utils.clip_grad_norm_([moved()], 1.0)))
        assert norms[0] == pytest.approx(norms[1], rel=1e-12)
        theirs.param_groups[0]["lr"] = rate
        theirs.step()
        theirs.zero_grad()
        ours.update(rate)
    behind = float((late.weight - dense.weight).detach().abs().max())
    ours.catch_up()
    assert behind > 1e-3
    assert float((late.weight - dense.weight).detach().abs().max()) < 1e-12


class InterruptedStageError(Exception):
    """Stands for whatever ends a process in the middle."""


@pytest.fixture
def wide(spec):
    """A vocabulary of which a batch reads a part, and most of which no batch reads."""
    return replace(spec, config={**spec.config, "vocabulary": 300})


@pytest.fixture
def decayed() -> Recipe:
    return Recipe(
        learning_rate=2e-5, batch_size=2, steps=STEPS, warmup=0.1, weight_decay=0.1, clip=0.5, accumulate=2,
        max_length=40, checkpoint_every=1e9, embeddings="late",
    )  # fmt: skip


def weights(folder):
    return load_file(folder / "encoder" / "model.safetensors") | load_file(folder / "heads.safetensors")


def farthest(one, other) -> float:
    first, second = weights(one), weights(other)
    return max(float((first[name] - second[name]).abs().max()) for name in first)


def test_two_hundred_steps_with_warm_up_decay_clipping_and_resumption_end_in_the_weights_of_dense_adamw(
    wide, decayed, toy, tmp_path
) -> None:
    data = TaskData(toy("classification"))
    dense = train(wide, [data], replace(decayed, embeddings="dense"), 0, tmp_path / "dense")
    late = train(wide, [data], decayed, 0, tmp_path / "late")

    def stop(progress) -> None:
        if progress.step == 120:
            raise InterruptedStageError

    with pytest.raises(InterruptedStageError):
        train(wide, [data], replace(decayed, checkpoint_every=0.2), 0, tmp_path / "again", progress=stop)
    train(wide, [data], decayed, 0, tmp_path / "again")
    assert (dense.embeddings, late.embeddings) == ("dense: the recipe says so", "late")
    assert farthest(tmp_path / "late", tmp_path / "dense") < 1e-6
    assert farthest(tmp_path / "again", tmp_path / "late") == 0.0
    words = [weights(tmp_path / name)["embeddings.word_embeddings.weight"] for name in ("late", "dense")]
    moved = train(wide, [data], replace(decayed, steps=1, learning_rate=1e-12), 0, tmp_path / "start").folder
    start = weights(moved)["embeddings.word_embeddings.weight"]
    assert float((words[0] - start).abs().max()) > 1e-3, "a test that moves nothing proves nothing"


def test_scores_on_the_development_split_see_every_row_up_to_date(wide, decayed, toy, tmp_path) -> None:
    data = TaskData(toy("classification"), toy("classification", 64, "dev"))
    recipe = replace(decayed, steps=40, evaluate_every=10)
    late = train(wide, [data], recipe, 0, tmp_path / "late")
    dense = train(wide, [data], replace(recipe, embeddings="dense"), 0, tmp_path / "dense")
    assert late.looks == dense.looks
    assert farthest(tmp_path / "late", tmp_path / "dense") < 1e-6


def test_masked_language_modelling_keeps_all_word_vectors_up_to_date_and_says_why(wide, decayed, toy, tmp_path) -> None:
    trained = train(wide, (), replace(decayed, steps=2), 0, tmp_path / "out", mlm=[toy("text")])
    assert trained.embeddings == "dense: masked language modelling reads all word vectors"


def test_small_tables_are_moved_at_every_step_unless_a_recipe_says_late(wide, decayed, toy, tmp_path) -> None:
    trained = train(wide, [TaskData(toy("tagging"))], replace(decayed, steps=2, embeddings="auto"), 0, tmp_path / "out")
    assert trained.embeddings == "dense: the table is small"


def test_a_stage_goes_on_the_way_its_checkpoint_was_written(wide, decayed, toy, tmp_path) -> None:
    data, recipe = TaskData(toy("classification")), replace(decayed, steps=20, checkpoint_every=0.0)

    def stop(progress) -> None:
        if progress.step == 10:
            raise InterruptedStageError

    for way, other in (("late", "dense"), ("dense", "late")):
        with pytest.raises(InterruptedStageError):
            train(wide, [data], replace(recipe, embeddings=way), 0, tmp_path / way, progress=stop)
        trained = train(wide, [data], replace(recipe, embeddings=other), 0, tmp_path / way)
        assert trained.embeddings.startswith(way)
    assert farthest(tmp_path / "late", tmp_path / "dense") < 1e-6


def test_a_checkpoint_of_another_stage_is_still_refused(wide, decayed, toy, tmp_path) -> None:
    tmp_path.joinpath("out").mkdir()
    torch.save({"identity": "another", "table": None}, tmp_path / "out" / CHECKPOINT)
    with pytest.raises(InputError, match="belongs to a stage with another model"):
        train(wide, [TaskData(toy("classification"))], decayed, 0, tmp_path / "out")
