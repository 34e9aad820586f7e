"""The loop: every kind learns, nothing is inherited in silence, interrupted stages end bit for bit alike."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from analysis.errors import InputError
from analysis.flops import HeadShape, texts_of, training_flops
from runners.examples import Classified, Dataset
from runners.kinds import kind_of
from runners.model.encoders import load_encoder
from runners.model.shapes import head_shape
from runners.recipe import Recipe
from runners.train.evaluation import evaluate
from runners.train.heads import facts_of, fresh_head, stored_facts
from runners.train.training import learning_rate, train
from runners.trained import Progress, TaskData


class InterruptedStageError(Exception):
    """Stands for whatever ends a process in the middle."""


def weights(folder: Path) -> dict[str, torch.Tensor]:
    encoder = {f"encoder.{k}": v for k, v in load_file(folder / "encoder" / "model.safetensors").items()}
    return encoder | load_file(folder / "heads.safetensors")


def equal(first: Path, second: Path) -> bool:
    one, other = weights(first), weights(second)
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize(
    ("form", "metric", "floor"),
    [("classification", "accuracy", 85), ("tagging", "f1", 75), ("span", "f1", 75), ("choice", "accuracy", 80)],
)
def test_every_kind_learns_a_toy_task_above_chance(spec, toy, recipe, tmp_path, form, metric, floor) -> None:
    trained = train(spec, [TaskData(toy(form))], recipe, 0, tmp_path / "out")
    found = evaluate(tmp_path / "out", toy(form, 64, "dev"), recipe=recipe)
    assert found.scores[metric] > floor
    assert trained.losses[-1][1] < trained.losses[0][1] * 0.7
    assert [one.item for one in found.predictions] == [e.id for e in toy(form, 64, "dev").examples]
    correct = [one.correct for one in found.predictions]
    assert 100 * np.mean(correct) == pytest.approx(
        found.scores["token_accuracy" if form == "tagging" else metric], abs=2
    )


def test_masked_language_modelling_learns_to_repeat(spec, toy, recipe, tmp_path) -> None:
    train(spec, [], replace(recipe, steps=60), 0, tmp_path / "out", mlm=[toy("text")])
    found = evaluate(tmp_path / "out", toy("text", 64, "dev"), recipe=recipe)
    assert found.scores["perplexity"] < 10  # 90 pieces to choose from
    assert evaluate(tmp_path / "out", toy("text", 64, "dev"), recipe=recipe).scores == found.scores


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(spec, toy, recipe, tmp_path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        torch.rand(3)  # the state of the global generator must not matter
        train(spec, [TaskData(toy("classification"))], replace(recipe, steps=6), seed, tmp_path / name)
    assert equal(tmp_path / "a", tmp_path / "b")
    assert not equal(tmp_path / "a", tmp_path / "c")


def test_training_leaves_the_global_generator_alone(spec, toy, recipe, tmp_path) -> None:
    torch.manual_seed(5)
    wanted = torch.rand(1)
    torch.manual_seed(5)
    train(spec, [TaskData(toy("choice", 16))], replace(recipe, steps=2), 0, tmp_path / "out")
    assert torch.equal(torch.rand(1), wanted)


@pytest.mark.parametrize("stop", [1, 9, 10, 13])
def test_an_interrupted_stage_ends_with_the_same_weights_bit_for_bit(spec, toy, recipe, tmp_path, stop) -> None:
    spec = replace(spec, config={**spec.config, "dropout": 0.2})
    recipe = replace(
        recipe, steps=16, batch_size=8, mlm_share=0.3, evaluate_every=5, accumulate=2, checkpoint_every=0.0
    )
    tasks = [TaskData(toy("classification"), toy("classification", 32, "dev")), TaskData(toy("tagging"))]

    def interrupt(progress: Progress) -> None:
        if progress.step == stop:
            raise InterruptedStageError

    whole = train(spec, tasks, recipe, 3, tmp_path / "whole", mlm=[toy("text")])
    with pytest.raises(InterruptedStageError):
        train(spec, tasks, recipe, 3, tmp_path / "parts", mlm=[toy("text")], progress=interrupt)
    assert (tmp_path / "parts" / "checkpoint.pt").exists()
    seen: list[int] = []
    parts = train(spec, tasks, recipe, 3, tmp_path / "parts", mlm=[toy("text")], progress=lambda p: seen.append(p.step))
    assert seen[0] == stop + 1
    assert equal(tmp_path / "whole", tmp_path / "parts")
    assert replace(parts, folder=whole.folder, wall_seconds=whole.wall_seconds) == whole
    assert not [path.name for path in (tmp_path / "parts").iterdir() if path.suffix == ".pt"]


def test_a_checkpoint_of_another_stage_is_refused(spec, toy, recipe, tmp_path) -> None:
    def interrupt(progress: Progress) -> None:
        raise InterruptedStageError

    recipe = replace(recipe, checkpoint_every=0.0)
    with pytest.raises(InterruptedStageError):
        train(spec, [TaskData(toy("choice"))], recipe, 1, tmp_path, progress=interrupt)
    with pytest.raises(InputError, match="belongs to a stage with another model, recipe, seed or data"):
        train(spec, [TaskData(toy("choice"))], recipe, 2, tmp_path)
    (tmp_path / "checkpoint.pt").write_bytes(b"half a file")
    with pytest.raises(InputError, match="delete it to begin the stage anew"):
        train(spec, [TaskData(toy("choice"))], recipe, 1, tmp_path)


def one_step(recipe: Recipe) -> Recipe:
    return replace(recipe, steps=1, learning_rate=1e-9)


def test_a_head_of_the_stage_before_is_not_inherited(spec, toy, recipe, tmp_path) -> None:
    data = toy("classification")
    train(spec, [TaskData(data)], recipe, 0, tmp_path / "one")
    again = train(tmp_path / "one", [TaskData(data)], one_step(recipe), 7, tmp_path / "two")
    assert again.reused_heads == ()
    encoder = load_encoder(tmp_path / "one" / "encoder")
    fresh = fresh_head(facts_of(data), encoder, 7).state_dict()
    task = facts_of(data).task
    before, after = (load_file(tmp_path / name / "heads.safetensors") for name in ("one", "two"))
    for name, value in fresh.items():
        assert torch.allclose(after[f"{task}.{name}"], value, atol=1e-7)
    assert not torch.allclose(after[f"{task}.dense.weight"], before[f"{task}.dense.weight"], atol=1e-4)


def test_the_encoder_is_handed_over(spec, toy, recipe, tmp_path) -> None:
    train(spec, [TaskData(toy("classification"))], recipe, 0, tmp_path / "one")
    train(tmp_path / "one", [TaskData(toy("tagging"))], one_step(recipe), 0, tmp_path / "two")
    before, after = (load_file(tmp_path / n / "encoder" / "model.safetensors") for n in ("one", "two"))
    assert all(torch.allclose(before[name], after[name], atol=1e-7) for name in before)


def test_a_head_is_reused_where_that_is_asked_for_and_labels_mean_the_same(spec, toy, recipe, tmp_path) -> None:
    data = toy("classification")
    train(spec, [TaskData(data)], recipe, 0, tmp_path / "one")
    again = replace(one_step(recipe), reuse_head=True)
    same = train(tmp_path / "one", [TaskData(replace(data, task="other"))], again, 7, tmp_path / "two")
    assert same.reused_heads == ("other",)
    before, after = load_file(tmp_path / "one" / "heads.safetensors"), load_file(tmp_path / "two" / "heads.safetensors")
    assert torch.allclose(after["other.labels.weight"], before["toy-classification.labels.weight"], atol=1e-7)
    turned = replace(data, labels=("red", "blue"))
    assert train(tmp_path / "one", [TaskData(turned)], again, 7, tmp_path / "three").reused_heads == ()


def test_parts_of_a_batch_give_the_step_of_the_whole_batch(spec, toy, recipe, tmp_path) -> None:
    recipe = replace(recipe, steps=3, learning_rate=1e-3)
    for parts in (1, 3):
        train(spec, [TaskData(toy("tagging"))], replace(recipe, accumulate=parts), 0, tmp_path / str(parts))
    one, three = weights(tmp_path / "1"), weights(tmp_path / "3")
    assert all(torch.allclose(one[name], three[name], atol=1e-5) for name in one)


def test_several_tasks_train_in_turns_and_each_has_its_head(spec, toy, recipe, tmp_path) -> None:
    tasks = [TaskData(toy("classification")), TaskData(toy("tagging"))]
    train(spec, tasks, replace(recipe, steps=70), 0, tmp_path)
    assert set(stored_facts(tmp_path)) == {"toy-classification", "toy-tagging"}
    for form in ("classification", "tagging"):
        scores = evaluate(tmp_path, toy(form, 64, "dev"), recipe=recipe).scores
        assert next(iter(scores.values())) > 70


def test_an_epoch_of_several_tasks_is_as_long_as_their_capped_sizes(spec, toy, recipe, tmp_path) -> None:
    tasks = [TaskData(toy("classification", 96)), TaskData(toy("tagging", 32))]
    plain = replace(recipe, steps=0, epochs=1, batch_size=8)
    assert train(spec, tasks, plain, 0, tmp_path / "a").steps == 12 + 4
    assert train(spec, tasks, replace(plain, cap=32), 0, tmp_path / "b").steps == 4 + 4
    mixed = train(spec, tasks, replace(plain, mlm_share=0.5), 0, tmp_path / "c", mlm=[toy("text")])
    assert mixed.steps == 2 * (12 + 4)


def turned_round(data: Dataset) -> Dataset:
    """The same texts with the wrong labels: what is learnt makes scores on them fall."""
    wrong = {"red": "blue", "blue": "red"}
    examples = tuple(replace(e, label=wrong[e.label]) for e in data.examples if isinstance(e, Classified))
    return replace(data, examples=examples)


def test_the_weights_with_the_best_development_score_are_kept(spec, toy, recipe, tmp_path) -> None:
    dev = turned_round(toy("classification", 48, "dev"))
    trained = train(spec, [TaskData(toy("classification"), dev)], replace(recipe, evaluate_every=3), 1, tmp_path)
    means = [look.mean for look in trained.looks]
    assert [look.step for look in trained.looks] == list(range(3, 31, 3))
    assert means[-1] < 20 < 40 < max(means)
    assert trained.best_step == 3 * (means.index(max(means)) + 1)
    assert evaluate(tmp_path, dev, recipe=recipe).scores["accuracy"] == max(means)
    assert trained.dev_scores == {"toy-classification": {"accuracy": max(means)}}


def test_training_stops_when_patience_is_over(spec, toy, recipe, tmp_path) -> None:
    recipe = replace(recipe, steps=40, evaluate_every=2, patience=2, learning_rate=1e-9)
    trained = train(spec, [TaskData(toy("choice"), toy("choice", 16, "dev"))], recipe, 0, tmp_path)
    assert (trained.steps, trained.planned, trained.best_step) == (6, 40, 2)


@pytest.mark.parametrize("form", ["classification", "tagging", "span", "choice"])
def test_flops_and_tokens_are_those_of_the_analysis(spec, toy, recipe, tmp_path, form) -> None:
    data = toy(form, 40)
    trained = train(spec, [TaskData(data)], replace(recipe, steps=0, epochs=1, layout="padded"), 0, tmp_path)
    encoder = load_encoder(tmp_path / "encoder")
    lengths = kind_of(data.form).encode(data, data.labels, encoder.tokenizer, recipe).ids.lengths.tolist()
    head = head_shape(data.form, len(data.labels))
    assert trained.tokens_real == sum(lengths)
    assert trained.flops_real == pytest.approx(training_flops(encoder.shape, head, texts_of(lengths)).total)
    # Batches of like lengths cost more than the real pieces, and less than rows in any order.
    worst = training_flops(encoder.shape, head, texts_of([max(lengths)] * len(lengths))).total
    assert trained.flops_real < trained.flops_executed < worst
    assert trained.tokens_real < trained.tokens_padded


def test_masked_language_modelling_projects_hidden_pieces_only(spec, toy, recipe, tmp_path) -> None:
    data = toy("text")
    trained = train(spec, [], replace(recipe, steps=0, epochs=1), 0, tmp_path, mlm=[data])
    encoder = load_encoder(tmp_path / "encoder")
    texts = texts_of(kind_of("text").encode(data, (), encoder.tokenizer, recipe).ids.lengths.tolist())
    nothing, everything = (
        training_flops(encoder.shape, HeadShape("vocabulary", dense=True, predicted=share), texts).total
        for share in (0, 1)
    )
    share = (trained.flops_real - nothing) / (everything - nothing)
    assert share == pytest.approx(0.15, abs=0.05)


def test_the_learning_rate_rises_and_falls_linearly() -> None:
    recipe = Recipe(learning_rate=1.0, warmup=0.2)
    found = [learning_rate(step, 10, recipe) for step in range(10)]
    assert found == pytest.approx([0.5, 1.0, 1.0, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125])


def test_biases_and_norms_do_not_decay(spec, toy, recipe) -> None:
    from runners.model.processes import Processes
    from runners.train.training_state import prepare

    stage = prepare(
        spec, [TaskData(toy("choice", 16))], [], replace(recipe, weight_decay=0.1), 0, torch.device("cpu"), Processes()
    )
    decayed, others = stage.optimiser.param_groups
    assert (decayed["weight_decay"], others["weight_decay"]) == (0.1, 0.0)
    assert {p.ndim for p in decayed["params"]} == {2}
    assert {p.ndim for p in others["params"]} == {1}
    assert len(decayed["params"]) + len(others["params"]) == len(list(stage.encoder.body.parameters())) + 4


SCRIPT = """
import os, pickle, sys
from pathlib import Path
from runners.train.training import train
rank = "1" if os.fork() else "0"  # both have imported torch by then, and nothing has run yet
os.environ |= {"RANK": rank, "LOCAL_RANK": rank}
train(*pickle.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), device="cpu")
if rank == "1":
    sys.exit(os.wait()[1])
"""


def test_two_processes_end_where_one_does(spec, toy, recipe, tmp_path) -> None:
    stage = (spec, [TaskData(toy("tagging", 50)), TaskData(toy("choice", 21))], replace(recipe, steps=0, epochs=1), 0)
    (tmp_path / "stage").write_bytes(pickle.dumps(stage))
    (tmp_path / "script.py").write_text(SCRIPT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    launcher = {
        **os.environ,
        "WORLD_SIZE": "2",
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(port),
        "OMP_NUM_THREADS": "1",
    }
    command = [sys.executable, str(tmp_path / "script.py"), str(tmp_path / "stage"), str(tmp_path / "two")]
    root = Path(__file__).parents[2]
    subprocess.run(command, env={**launcher, "PYTHONPATH": str(root)}, check=True, timeout=300)
    train(*stage, tmp_path / "one", device="cpu")
    one, two = weights(tmp_path / "one"), weights(tmp_path / "two")
    assert all(torch.allclose(one[name], two[name], atol=1e-4) for name in one)


def test_losses_are_sampled_over_the_whole_stage(spec, toy, recipe, tmp_path) -> None:
    trained = train(spec, [TaskData(toy("choice", 16))], replace(recipe, steps=12, batch_size=4), 0, tmp_path)
    assert [step for step, _ in trained.losses] == list(range(1, 13))
    assert trained.wall_seconds > 0
