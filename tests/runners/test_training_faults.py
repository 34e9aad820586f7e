"""What a stage refuses, and how it ends where it cannot go on."""

from __future__ import annotations

import errno
from dataclasses import replace

import pytest
import torch

from analysis.errors import ClaimgaugeError, InputError, MissingDataError, UsageError
from runners.train.training import train
from runners.trained import TaskData


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"max_length": 65}, "more than the 64 positions"),
        ({"mlm_share": 0.2}, "there is no running text"),
        ({"mlm_share": 1.0}, "there is no running text"),
    ],
)
def test_a_recipe_that_does_not_suit_is_refused_before_training(spec, toy, recipe, tmp_path, change, message) -> None:
    with pytest.raises(UsageError, match=message):
        train(spec, [TaskData(toy("choice"))], replace(recipe, **change), 0, tmp_path)


def test_stages_without_data_or_with_a_task_twice_are_refused(spec, toy, recipe, tmp_path) -> None:
    with pytest.raises(UsageError, match="needs a task or running text"):
        train(spec, [], recipe, 0, tmp_path)
    with pytest.raises(UsageError, match="must differ: toy-choice, toy-choice"):
        train(spec, [TaskData(toy("choice")), TaskData(toy("choice"))], recipe, 0, tmp_path)
    with pytest.raises(InputError, match="holds no example"):
        train(spec, [TaskData(toy("choice", 0))], recipe, 0, tmp_path)


def test_a_loss_that_is_no_number_ends_the_stage(spec, toy, recipe, tmp_path) -> None:
    with pytest.raises(ClaimgaugeError, match=r"is nan after .* lower learning_rate"):
        train(spec, [TaskData(toy("choice"))], replace(recipe, learning_rate=1e30, clip=0.0), 0, tmp_path)


def test_a_full_disk_is_one_clear_error_and_the_last_checkpoint_stays(spec, toy, recipe, tmp_path, monkeypatch) -> None:
    save = torch.save
    written = []

    def full(*arguments: object, **more: object) -> None:
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(save(*arguments, **more))

    monkeypatch.setattr(torch, "save", full)
    recipe = replace(recipe, steps=4, checkpoint_every=0.0)
    with pytest.raises(ClaimgaugeError, match="No space left on device; free space there"):
        train(spec, [TaskData(toy("choice"))], recipe, 0, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.pt"]
    monkeypatch.undo()
    seen: list[int] = []
    train(spec, [TaskData(toy("choice"))], recipe, 0, tmp_path, progress=lambda p: seen.append(p.step))
    assert seen[0] == 2


def test_a_gpu_that_is_demanded_and_not_here_is_one_clear_error(spec, toy, recipe, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(MissingDataError, match=r"device 'cuda' is demanded, but torch .* sees no GPU"):
        train(spec, [TaskData(toy("choice"))], recipe, 0, tmp_path, device="cuda")
    with pytest.raises(UsageError, match="is not one of auto, cpu, cuda"):
        train(spec, [TaskData(toy("choice"))], recipe, 0, tmp_path, device="gpu")


def test_a_cpu_computes_in_float32_and_says_so(spec, toy, recipe, tmp_path) -> None:
    trained = train(
        spec, [TaskData(toy("choice", 16))], replace(recipe, steps=1, precision="bf16"), 0, tmp_path, device="cpu"
    )
    assert (trained.precision, trained.device) == ("float32", "cpu")
