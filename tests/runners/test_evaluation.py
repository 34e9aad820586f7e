"""Scores do not depend on batches; every prediction is kept; retrieval end to end."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.flops import TextVolume, forward_flops
from runners.examples import Bitext, Dataset, Ranking, SentenceExample
from runners.kinds import kind_of
from runners.model.encoders import load_encoder
from runners.model.features import collate
from runners.model.shapes import head_shape
from runners.train.evaluation import encoded, evaluate, load_trained, retrieve
from runners.train.heads import facts_of, fresh_head
from runners.train.training import train
from runners.trained import TaskData

CLOSE = 1e-5


@pytest.mark.parametrize("form", ["classification", "tagging", "span", "choice"])
def test_logits_depend_neither_on_padding_nor_on_the_batch(spec, toy, recipe, form) -> None:
    data, encoder = toy(form, 12), load_encoder(spec)
    encoder.body.eval()
    head = fresh_head(facts_of(data), encoder, 0).eval()
    features = encoded(kind_of(form), data, data.labels, encoder, recipe)

    def logits(units):
        batch = collate(features, units, encoder.tokenizer.pad)
        with torch.no_grad():
            return head(encoder.body(batch.ids, batch.mask), batch), batch

    whole, _ = logits(torch.arange(len(features)).numpy())
    for unit in range(len(features)):
        alone, batch = logits(torch.tensor([unit]).numpy())
        rows = torch.from_numpy(features.rows(torch.tensor([unit]).numpy()))
        together = whole[rows][:, : alone.shape[1]]
        real = batch.mask.bool() if alone.ndim == 3 else ...
        assert torch.allclose(together[real], alone[real], atol=CLOSE)


@pytest.fixture
def trained(spec, toy, recipe, tmp_path):
    train(
        spec, [TaskData(toy("tagging", 32)), TaskData(toy("classification", 32))], replace(recipe, steps=4), 0, tmp_path
    )
    return tmp_path


def test_scores_and_predictions_do_not_depend_on_the_batch_size(trained, toy, recipe) -> None:
    data = toy("tagging", 30, "dev")
    found = [evaluate(trained, data, recipe=replace(recipe, evaluation_batch_size=size)) for size in (1, 7, 64)]
    assert found[0].scores == found[1].scores == found[2].scores
    assert found[0].predictions == found[1].predictions == found[2].predictions
    assert found[0].n_items == 30


def test_a_loaded_stage_serves_many_data_sets(trained, toy, recipe) -> None:
    loaded = load_trained(trained, device="cpu")
    for form in ("tagging", "classification"):
        data = replace(toy(form, 20, "dev"), language="de")
        assert evaluate(loaded, data, recipe=recipe) == evaluate(trained, data, recipe=recipe)


def test_flops_of_an_evaluation_count_its_padding(trained, toy, recipe) -> None:
    data = toy("classification", 20, "dev")
    encoder = load_encoder(trained / "encoder")
    lengths = encoded(kind_of("classification"), data, data.labels, encoder, recipe).ids.lengths
    falling = sorted(lengths.tolist(), reverse=True)
    padded_to = [falling[i - i % 8] for i in range(len(falling))]
    texts = TextVolume(len(padded_to), sum(padded_to), sum(length**2 for length in padded_to))
    wanted = forward_flops(encoder.shape, head_shape("classification", 2), texts).total
    padded = replace(recipe, evaluation_batch_size=8, layout="padded")
    assert evaluate(trained, data, recipe=padded).flops == pytest.approx(wanted)


def test_a_task_the_stage_was_not_trained_on_is_refused(trained, toy, recipe) -> None:
    with pytest.raises(
        MissingDataError, match="no head for 'toy-choice'; it was trained on toy-tagging, toy-classification"
    ):
        evaluate(trained, toy("choice", 8), recipe=recipe)
    with pytest.raises(InputError, match="'green' is not among those of the head"):
        evaluate(trained, replace(toy("classification", 8), labels=("green", "red")), recipe=recipe)
    with pytest.raises(InputError, match="holds no example"):
        evaluate(trained, toy("classification", 0), recipe=recipe)


def twins(*, mined: bool = False) -> Dataset:
    texts = ("red garden", "blue river stone", "walking quietly", "evening letters", "navy bridge window")
    sources = tuple(SentenceExample(f"s{i}", text) for i, text in enumerate(texts))
    targets = tuple(SentenceExample(f"t{i}", text) for i, text in enumerate(reversed(texts)))
    gold = frozenset((f"s{i}", f"t{len(texts) - 1 - i}") for i in range(len(texts) - (2 if mined else 0)))
    return Dataset("bucc" if mined else "tatoeba", "bitext", "de", "test", pool=Bitext(sources, targets, gold))


@pytest.mark.parametrize("layer", [-1, 0, 1])
@pytest.mark.parametrize("pooling", ["mean", "first", "last"])
def test_equal_sentences_find_each_other(spec, recipe, layer, pooling) -> None:
    found = retrieve(spec, twins(), layer=layer, pooling=pooling, recipe=recipe)
    if pooling == "mean":
        assert found.scores == {"accuracy": 100.0}
    assert found.settings == {"layer": str(layer), "pooling": pooling}
    assert found.n_items == 5
    assert (found.flops > 0) == (layer != 0)


def test_retrieval_starts_from_a_stage_as_well_as_from_a_model(trained, recipe) -> None:
    assert retrieve(trained, twins(), recipe=recipe) == retrieve(trained / "encoder", twins(), recipe=recipe)


def test_mined_pairs_carry_their_threshold_and_where_it_was_chosen(spec, recipe) -> None:
    tune = replace(twins(mined=True), split="dev")
    found = retrieve(spec, twins(mined=True), tune=tune, recipe=recipe)
    assert set(found.scores) == {"f1"}
    assert found.settings["recall"] == "100.00"
    assert found.settings["threshold_split"] == "de dev"
    assert float(found.settings["threshold"]) > 0


def test_rankings_are_scored_from_text(spec, recipe) -> None:
    pool = twins().pool
    ranking = Ranking(pool.sources, pool.targets, pool.gold)
    found = retrieve(spec, Dataset("lareqa", "ranking", "en", "dev", pool=ranking), recipe=recipe)
    assert found.scores == {"map@20": 100.0}


def test_layers_that_do_not_exist_and_data_that_is_no_retrieval_are_refused(spec, toy, recipe) -> None:
    with pytest.raises(UsageError, match="layer 3 does not exist: tiny has 0"):
        retrieve(spec, twins(), layer=3)
    with pytest.raises(UsageError, match="is not retrieval"):
        retrieve(spec, toy("choice", 8))
