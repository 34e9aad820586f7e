"""Continued masked language modelling goes on with the head that the checkpoint was pretrained with."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from runners.kinds import kind_of
from runners.model.encoders import load_encoder
from runners.model.features import collate
from runners.recipe import ModelSpec
from runners.train.heads import facts_of, fresh_head
from runners.train.training import train
from runners.trained import TaskData
from tests.runners.test_models import CLOSE, XLMR


@pytest.fixture(scope="module")
def pretrained(tmp_path_factory, tokenizer_folder) -> Path:
    """A masked language model as the hub stores XLM-R."""
    from transformers.models.xlm_roberta.configuration_xlm_roberta import XLMRobertaConfig
    from transformers.models.xlm_roberta.modeling_xlm_roberta import XLMRobertaForMaskedLM

    folder = tmp_path_factory.mktemp("pretrained")
    torch.manual_seed(5)
    model = XLMRobertaForMaskedLM(XLMRobertaConfig(**XLMR))
    torch.nn.init.normal_(model.lm_head.bias)
    torch.nn.init.normal_(model.lm_head.dense.bias)
    model.save_pretrained(folder)
    for path in tokenizer_folder.iterdir():
        shutil.copy(path, folder)
    return folder


def in_shards(folder: Path, out: Path) -> Path:
    from transformers.models.xlm_roberta.modeling_xlm_roberta import XLMRobertaForMaskedLM

    XLMRobertaForMaskedLM.from_pretrained(folder).save_pretrained(out, max_shard_size="20KB")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(folder / name, out)
    assert not (out / "model.safetensors").exists()
    return out


@pytest.mark.parametrize("sharded", [False, True])
def test_its_first_guesses_are_those_of_the_checkpoint(pretrained, toy, recipe, tmp_path, sharded) -> None:
    from transformers.models.xlm_roberta.modeling_xlm_roberta import XLMRobertaForMaskedLM

    folder = in_shards(pretrained, tmp_path / "shards") if sharded else pretrained
    encoder = load_encoder(ModelSpec(str(folder)))
    texts = toy("text", 8)
    kind = kind_of("text")
    head = kind.head(encoder, 0)
    head.load_state_dict(dict(encoder.mlm_head))
    features = kind.encode(texts, (), encoder.tokenizer, replace(recipe, max_length=30))
    batch = collate(features, torch.arange(8).numpy(), encoder.tokenizer.pad)
    batch = replace(batch, targets=batch.ids.where(batch.mask == 1, torch.tensor(-100)))
    encoder.body.eval(), head.eval()
    with torch.no_grad():
        ours = head(encoder.body(batch.ids, batch.mask), batch)
        theirs = XLMRobertaForMaskedLM.from_pretrained(pretrained).eval()(batch.ids, batch.mask).logits
    assert torch.allclose(ours, theirs[batch.mask == 1], atol=CLOSE)


def trained(start, texts, recipe, out, *, tasks=()):
    return train(start, tasks, replace(recipe, steps=1, max_length=30), 0, out, mlm=[texts])


def test_the_record_says_that_the_head_was_taken_over_and_the_next_stage_goes_on_with_it(
    pretrained, toy, recipe, tmp_path
) -> None:
    from safetensors.torch import load_file

    still = replace(recipe, learning_rate=0.0)
    first = trained(ModelSpec(str(pretrained)), toy("text"), still, tmp_path / "one")
    assert first.reused_heads == ("mlm",)
    own = load_encoder(pretrained).mlm_head
    kept = load_file(tmp_path / "one" / "heads.safetensors")
    assert {name.removeprefix("mlm."): value.tolist() for name, value in kept.items()} == {
        name: value.tolist() for name, value in own.items()
    }
    mixed = replace(still, mlm_share=0.5)
    second = trained(tmp_path / "one", toy("text"), mixed, tmp_path / "two", tasks=[TaskData(toy("choice", 32))])
    assert second.reused_heads == ("mlm",)


def test_a_checkpoint_without_such_a_head_or_with_an_untied_one_gets_a_fresh_one(
    pretrained, spec, toy, recipe, tmp_path
) -> None:
    assert trained(spec, toy("text"), recipe, tmp_path / "random").reused_heads == ()
    untied = tmp_path / "untied"
    shutil.copytree(pretrained, untied)
    config = json.loads((untied / "config.json").read_text())
    (untied / "config.json").write_text(json.dumps(config | {"tie_word_embeddings": False}))
    encoder = load_encoder(untied)
    assert encoder.mlm_head == {}
    assert fresh_head(facts_of(toy("text")), encoder, 0).bias.abs().sum() == 0
