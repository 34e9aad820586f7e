"""Texts in one stream without padding give what each gives alone, in every kind of task, and train alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from analysis.errors import UsageError
from analysis.flops import training_flops
from runners.kinds import kind_of
from runners.model.batches import MaskingCollator
from runners.model.encoders import load_encoder
from runners.model.execution import hidden_states, layout_of, ready
from runners.model.features import IGNORED, collate
from runners.model.packing import packing_of
from runners.model.shapes import head_shape, left_out
from runners.train.evaluation import encoded, evaluate
from runners.train.heads import facts_of, fresh_head
from runners.train.training import train
from runners.trained import TaskData

CLOSE = 1e-5
"""Greatest difference of a state, a loss or a gradient in float32."""

FORMS = ["classification", "tagging", "span", "choice", "text"]


def made(spec, toy, recipe, form, units=12):
    """An encoder with weights far from their small start, a head, and a batch of a task."""
    encoder, data = load_encoder(spec, seed=1), toy(form, units)
    with torch.no_grad():
        for weight in encoder.body.parameters():
            weight += 0.2 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(weight.numel()))
    kind, facts = kind_of(data.form), facts_of(data)
    features = encoded(kind, data, facts.labels, encoder, recipe)
    batch = collate(features, np.arange(len(features)), encoder.tokenizer.pad)
    if form == "text":
        batch = MaskingCollator(encoder.tokenizer, 0.3)(batch, np.random.default_rng(0))
    return encoder, kind, fresh_head(facts, encoder, 2), batch


def test_the_stream_holds_every_real_piece_once_and_texts_of_one_length_side_by_side() -> None:
    lengths = np.array([3, 5, 1, 3])
    packing = packing_of(lengths, 6, None)
    grid = torch.arange(4)[:, None] * 10 + torch.arange(6)
    assert packing.stream(grid).tolist() == [20, 0, 1, 2, 30, 31, 32, 10, 11, 12, 13, 14]
    assert packing.starts.tolist() == [0, 1, 4, 7, 12]
    assert packing.spans == ((0, 1, 1), (1, 2, 3), (7, 1, 5))
    assert (packing.shortest, packing.longest) == (1, 5)
    back = packing.padded(packing.stream(grid[..., None]), 4, 6)[..., 0]
    real = torch.arange(6) < torch.from_numpy(lengths)[:, None]
    assert torch.equal(back, torch.where(real, grid, 0))


@pytest.mark.parametrize("form", FORMS)
def test_a_text_in_the_stream_has_the_states_it_has_alone(spec, toy, recipe, form) -> None:
    encoder, _, _, batch = made(spec, toy, recipe, form)
    encoder.body.eval()
    with torch.no_grad():
        together = hidden_states(encoder, ready(batch, "all", "packed"))
        for row, last in enumerate(batch.last.tolist()):
            alone = encoder.body(batch.ids[row : row + 1, : last + 1], batch.mask[row : row + 1, : last + 1])
            assert torch.allclose(together[row, : last + 1], alone[0], atol=CLOSE)
            assert not together[row, last + 1 :].any()


@pytest.mark.parametrize("form", FORMS)
def test_loss_gradients_and_predictions_are_those_of_padded_rows(spec, toy, recipe, form) -> None:
    encoder, kind, head, batch = made(spec, toy, recipe, form)
    weights = [*encoder.body.parameters(), *head.parameters()]
    found = []
    for layout in ("padded", "packed"):
        whole = ready(batch, kind.reads, layout)
        output = head(hidden_states(encoder, whole), whole)
        loss = kind.loss(output, whole) / max(kind.count(whole.targets), 1)
        gradients = torch.autograd.grad(loss, weights, allow_unused=True)
        found.append((loss.item(), gradients, kind.predict(output.detach(), whole, recipe)))
    (loss, gradients, said), (other_loss, other_gradients, other_said) = found
    assert other_loss == pytest.approx(loss, abs=CLOSE)
    for one, other in zip(gradients, other_gradients, strict=True):
        assert (one is None) == (other is None)
        assert one is None or torch.allclose(one, other, atol=CLOSE)
    if form in {"classification", "tagging", "choice"}:
        assert said == other_said
    elif form == "span":
        assert [(one.first, one.last) for one in said] == [(one.first, one.last) for one in other_said]
    else:
        assert np.allclose(said, other_said, atol=1e-4)


@pytest.mark.parametrize(("form", "read"), [("classification", "first"), ("tagging", "targets"), ("text", "targets")])
def test_the_last_layer_goes_on_only_with_states_that_the_head_reads(spec, toy, recipe, form, read) -> None:
    encoder, kind, _, batch = made(spec, toy, recipe, form)
    assert kind.reads == read
    packed = ready(batch, kind.reads, "packed")
    states = hidden_states(encoder, packed)
    wanted = (
        batch.targets != IGNORED if read == "targets" else torch.arange(batch.ids.shape[1]).expand(batch.ids.shape) == 0
    )
    assert torch.equal(states.abs().sum(dim=2) > 0, wanted)
    assert packed.packing.skipped == int(batch.mask.sum()) - int(wanted.sum()) > 0


def test_targets_looked_up_before_the_batch_moves_are_those_looked_up_after(spec, toy, recipe) -> None:
    _, _, _, batch = made(spec, toy, recipe, "text")
    chosen = (batch.targets != IGNORED).flatten().nonzero()[:, 0]
    moved = replace(batch, chosen=chosen)
    assert torch.equal(moved.at_targets(batch.ids), batch.at_targets(batch.ids))
    assert torch.equal(moved.at_targets(batch.targets), batch.targets[batch.targets != IGNORED])


@pytest.mark.parametrize("form", ["classification", "tagging", "span", "choice"])
def test_training_in_either_layout_ends_with_equal_predictions(spec, toy, recipe, tmp_path, form) -> None:
    found = []
    for layout in ("padded", "packed"):
        one = replace(recipe, layout=layout, accumulate=2, steps=20)
        trained = train(spec, [TaskData(toy(form))], one, 0, tmp_path / layout)
        assert trained.layout == layout
        found.append(evaluate(tmp_path / layout, toy(form, 48, "dev"), recipe=one))
    plain, fast = found
    assert fast.scores == plain.scores
    assert [(p.item, p.said) for p in fast.predictions] == [(p.item, p.said) for p in plain.predictions]


def test_masked_language_modelling_ends_with_equal_weights_in_either_layout(spec, toy, recipe, tmp_path) -> None:
    for layout in ("padded", "packed"):
        train(spec, [], replace(recipe, layout=layout, steps=5), 0, tmp_path / layout, mlm=[toy("text")])
    one, other = (load_file(tmp_path / name / "encoder" / "model.safetensors") for name in ("padded", "packed"))
    # AdamW divides by the size of a gradient, so that a rounding error of a tiny gradient becomes a step of its own.
    assert max(float((one[name] - other[name]).abs().max()) for name in one) < 0.02 * recipe.learning_rate


def test_a_stream_computes_no_padding_and_the_counts_say_so(spec, toy, recipe, tmp_path) -> None:
    data = toy("classification", 40)
    trained = train(spec, [TaskData(data)], replace(recipe, steps=0, epochs=1, layout="packed"), 0, tmp_path)
    shape = load_encoder(tmp_path / "encoder").shape
    skipped = trained.tokens_real - len(data)
    assert trained.tokens_padded == trained.tokens_real
    assert trained.flops_executed == pytest.approx(trained.flops_real - 3 * left_out(shape, skipped))


def test_what_the_last_layer_leaves_out_is_what_the_formula_counts_for_it(spec) -> None:
    shape = load_encoder(spec).shape
    from analysis.flops import TextVolume

    head = head_shape("span", 0)
    one, two = (training_flops(replace(shape, layers=n), head, TextVolume(1, 10.0, 0.0)).total for n in (1, 2))
    keys_and_values_and_queries = 3 * 2.0 * 10 * shape.width * 3 * shape.width
    assert 3 * left_out(shape, 10) == pytest.approx(two - one - keys_and_values_and_queries)


def test_a_cpu_packs_what_it_can_unless_the_recipe_says_otherwise(spec, recipe) -> None:
    cpu, encoder = torch.device("cpu"), load_encoder(spec)
    other = replace(encoder, body=torch.nn.Linear(2, 2))
    assert layout_of(encoder, recipe, cpu) == "packed"
    assert layout_of(encoder, recipe, torch.device("cuda")) == "padded"
    assert layout_of(encoder, replace(recipe, layout="padded"), cpu) == "padded"
    assert layout_of(encoder, replace(recipe, compile=True), cpu) == "padded"
    assert layout_of(other, recipe, cpu) == "padded"
    with pytest.raises(UsageError, match="needs a model of the XLM-R shape"):
        layout_of(other, replace(recipe, layout="packed"), cpu)


@pytest.mark.parametrize("layout", ["padded", "packed"])
def test_layers_computed_anew_give_the_same_weights_bit_for_bit(spec, toy, recipe, tmp_path, layout) -> None:
    dropped = replace(spec, config={**spec.config, "dropout": 0.2})
    for again in (False, True):
        one = replace(recipe, steps=3, layout=layout, recompute=again)
        train(dropped, [TaskData(toy("tagging"))], one, 0, tmp_path / str(again))
    one, other = (load_file(tmp_path / name / "encoder" / "model.safetensors") for name in ("False", "True"))
    assert all(torch.equal(one[name], other[name]) for name in one)


@pytest.mark.filterwarnings("ignore:The PyTorch API of nested tensors:UserWarning")
def test_the_variable_length_attention_of_a_device_is_that_of_texts_one_by_one() -> None:
    from runners.model.attention import _jagged, attention_within

    packing = packing_of(np.array([3, 7, 3, 5]), 8, None)
    parts = [torch.randn(18, 2, 8, generator=torch.Generator().manual_seed(i), requires_grad=True) for i in range(3)]
    wanted, found = (attend(*parts, packing, 0.0) for attend in (attention_within, _jagged))
    assert torch.allclose(found, wanted, atol=CLOSE)
    gradients = [torch.autograd.grad(each.square().sum(), parts) for each in (wanted, found)]
    assert all(torch.allclose(one, other, atol=CLOSE) for one, other in zip(*gradients, strict=True))


@pytest.mark.slow  # compiling takes a minute
def test_a_compiled_model_ends_with_equal_predictions(spec, toy, recipe, tmp_path) -> None:
    found = []
    for compiled in (False, True):
        one = replace(recipe, steps=8, layout="padded", compile=compiled)
        train(spec, [TaskData(toy("tagging"))], one, 0, tmp_path / str(compiled))
        found.append(evaluate(tmp_path / str(compiled), toy("tagging", 48, "dev"), recipe=replace(one, compile=False)))
    assert found[0].scores == found[1].scores
