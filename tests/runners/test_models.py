"""Encoders from folders in the hub's layout, from random weights, decoders, and back again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from analysis.errors import ClaimgaugeError, InputError, MissingDataError, UsageError
from runners.model.encoders import load_encoder, save_encoder
from runners.model.hub_models import FromHub
from runners.model.shapes import transformer_shape
from runners.model.transformer import Transformer
from runners.recipe import ModelSpec

CLOSE = 1e-5
XLMR = {
    "vocab_size": 90,
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 48,
    "max_position_embeddings": 40,
    "type_vocab_size": 1,
}


def hidden(encoder, *rows: list[int], pad: int = 1) -> torch.Tensor:
    longest = max(map(len, rows))
    ids = torch.tensor([row + [pad] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    encoder.body.eval()
    with torch.no_grad():
        return encoder.body(ids, mask)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory, tokenizer_folder) -> Path:
    """A classifier as the hub stores it: encoder under `roberta.`, and a head."""
    from transformers.models.xlm_roberta.configuration_xlm_roberta import XLMRobertaConfig
    from transformers.models.xlm_roberta.modeling_xlm_roberta import XLMRobertaForSequenceClassification

    folder = tmp_path_factory.mktemp("checkpoint")
    torch.manual_seed(3)
    XLMRobertaForSequenceClassification(XLMRobertaConfig(**XLMR, num_labels=3)).save_pretrained(folder)
    for path in tokenizer_folder.iterdir():
        shutil.copy(path, folder)
    return folder


def test_a_folder_in_the_hubs_layout_loads_without_its_head(checkpoint) -> None:
    from transformers.models.xlm_roberta.modeling_xlm_roberta import XLMRobertaForSequenceClassification

    encoder = load_encoder(ModelSpec(str(checkpoint)))
    assert isinstance(encoder.body, Transformer)
    assert not [name for name in encoder.body.state_dict() if "classifier" in name or "pooler" in name]
    theirs = XLMRobertaForSequenceClassification.from_pretrained(checkpoint).roberta.eval()
    ids = torch.tensor([[0, 30, 31, 2]])
    with torch.no_grad():
        wanted = theirs(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state
    assert torch.allclose(hidden(encoder, [0, 30, 31, 2]), wanted, atol=CLOSE)


def test_what_is_written_loads_in_transformers_and_here_with_the_same_numbers(checkpoint, tmp_path) -> None:
    from transformers import AutoModel, AutoTokenizer

    encoder = load_encoder(checkpoint)
    save_encoder(encoder, tmp_path)
    wanted = hidden(encoder, [0, 30, 31, 2])
    assert torch.equal(hidden(load_encoder(tmp_path), [0, 30, 31, 2]), wanted)
    theirs = AutoModel.from_pretrained(tmp_path).eval()
    with torch.no_grad():
        found = theirs(input_ids=torch.tensor([[0, 30, 31, 2]])).last_hidden_state
    assert torch.allclose(found, wanted, atol=CLOSE)
    assert AutoTokenizer.from_pretrained(tmp_path)("red")["input_ids"][0] == 0


def test_a_checkpoint_in_shards_loads_through_transformers(checkpoint, tmp_path) -> None:
    from transformers.models.xlm_roberta.modeling_xlm_roberta import XLMRobertaModel

    XLMRobertaModel.from_pretrained(checkpoint, add_pooling_layer=False).save_pretrained(
        tmp_path, max_shard_size="20KB"
    )
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(checkpoint / name, tmp_path)
    assert not (tmp_path / "model.safetensors").exists()
    encoder = load_encoder(ModelSpec(str(tmp_path)))
    assert isinstance(encoder.body, Transformer)
    assert torch.equal(hidden(encoder, [0, 30, 2]), hidden(load_encoder(checkpoint), [0, 30, 2]))


@pytest.fixture(scope="module")
def decoder(tmp_path_factory, tokenizer_folder) -> Path:
    from transformers.models.gpt2.configuration_gpt2 import GPT2Config
    from transformers.models.gpt2.modeling_gpt2 import GPT2Model

    folder = tmp_path_factory.mktemp("decoder")
    torch.manual_seed(4)
    GPT2Model(GPT2Config(vocab_size=90, n_positions=40, n_embd=32, n_layer=2, n_head=2)).save_pretrained(folder)
    for path in tokenizer_folder.iterdir():
        shutil.copy(path, folder)
    return folder


def test_a_decoder_stands_for_a_text_with_its_last_real_state(decoder, toy, recipe, tmp_path) -> None:
    from runners.kinds import kind_of
    from runners.model.features import collate
    from runners.train.heads import facts_of, fresh_head

    encoder = load_encoder(ModelSpec(str(decoder), "decoder"))
    assert encoder.sentence == "last"
    data = toy("classification", 8)
    head = fresh_head(facts_of(data), encoder, 0).eval()
    features = kind_of("classification").encode(data, data.labels, encoder.tokenizer, recipe)
    alone = [_logits(encoder, head, collate(features, features.items[i : i + 1], 1)) for i in range(8)]
    together = _logits(encoder, head, collate(features, features.items, 1))
    assert torch.allclose(torch.cat(alone), together, atol=CLOSE)
    assert len({tuple(row) for row in together.tolist()}) == 8


def _logits(encoder, head, batch):
    encoder.body.eval()
    with torch.no_grad():
        return head(encoder.body(batch.ids, batch.mask), batch)


def test_a_decoder_stays_a_decoder_when_it_is_written_and_loaded_again(decoder, tmp_path) -> None:
    encoder = load_encoder(ModelSpec(str(decoder), "decoder"))
    save_encoder(encoder, tmp_path)
    again = load_encoder(tmp_path)
    assert isinstance(again.body, FromHub)
    assert again.sentence == "last"
    assert torch.equal(hidden(again, [0, 30, 31]), hidden(encoder, [0, 30, 31]))


def test_other_encoders_come_from_transformers_with_their_segments(tmp_path, tokenizer_folder) -> None:
    from tokenizers import Tokenizer, processors
    from transformers.models.bert.configuration_bert import BertConfig
    from transformers.models.bert.modeling_bert import BertModel

    shape = {k: v for k, v in XLMR.items() if k != "type_vocab_size"}
    BertModel(BertConfig(**shape)).save_pretrained(tmp_path)
    tokenizer = Tokenizer.from_file(str(tokenizer_folder / "tokenizer.json"))
    tokenizer.post_processor = processors.BertProcessing(("</s>", 2), ("<s>", 0))
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    shutil.copy(tokenizer_folder / "tokenizer_config.json", tmp_path)
    encoder = load_encoder(ModelSpec(str(tmp_path)))
    assert encoder.tokenizer.segments
    assert encoder.sentence == "first"
    ids, mask = torch.tensor([[0, 30, 2, 31, 2]]), torch.ones(1, 5, dtype=torch.long)
    encoder.body.eval()
    with torch.no_grad():
        plain = encoder.body(ids, mask, torch.tensor([[0, 0, 0, 0, 0]]))
        marked = encoder.body(ids, mask, torch.tensor([[0, 0, 0, 1, 1]]))
        assert not torch.allclose(plain, marked)
        assert torch.equal(encoder.body(ids, mask, layer=2), encoder.body(ids, mask))


def test_random_weights_follow_from_the_seed(spec) -> None:
    first, same, other = (load_encoder(spec, seed=seed).body.state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(first[name], same[name]) for name in first)
    assert any(not torch.equal(first[name], other[name]) for name in first)


def test_the_laboratory_speaks_through_its_own_tokenizer() -> None:
    config = {"layers": 1, "width": 16, "heads": 2, "mlp_width": 16}
    encoder = load_encoder(ModelSpec("lab-mini", "random", tokenizer="world", config=config))
    assert encoder.body.config.vocab_size == encoder.tokenizer.size > 100


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"config": {"layers": 2, "width": 32, "heads": 2}}, "lacks 'mlp_width'"),
        ({"config": {"layers": 2, "width": 32, "heads": 3, "mlp_width": 9}}, "does not divide into 3 heads"),
        ({"config": {"layers": 2, "width": 32, "heads": 2, "mlp_width": 9, "depth": 1}}, "knows no depth"),
        ({"tokenizer": ""}, "needs a tokenizer"),
    ],
)
def test_a_random_model_that_is_not_fully_described_says_what_is_missing(spec, change, message) -> None:
    with pytest.raises(UsageError, match=message):
        load_encoder(replace(spec, **change))


def test_a_model_that_is_nowhere_says_so(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(MissingDataError, match=r"has no config\.json"):
        load_encoder(tmp_path)
    with pytest.raises(MissingDataError, match="no model 'nobody/nothing' here or on the hub"):
        load_encoder(ModelSpec("nobody/nothing"))


def test_a_damaged_or_foreign_weight_file_says_what_is_wrong(checkpoint, tmp_path) -> None:
    shutil.copytree(checkpoint, tmp_path / "a")
    (tmp_path / "a" / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(InputError, match="cannot be read"):
        load_encoder(tmp_path / "a")
    shutil.copytree(checkpoint, tmp_path / "b")
    config = json.loads((tmp_path / "b" / "config.json").read_text())
    (tmp_path / "b" / "config.json").write_text(json.dumps(config | {"num_hidden_layers": 3, "vocab_size": 91}))
    with pytest.raises(InputError) as raised:
        load_encoder(tmp_path / "b")
    assert any("word_embeddings.weight has shape (90, 32)" in fault for fault in raised.value.faults)
    assert any("no weights encoder.layer.2" in fault for fault in raised.value.faults)


def test_a_folder_that_cannot_be_written_is_one_clear_error(spec, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ClaimgaugeError, match=r"cannot be written: .*free space there or choose another folder"):
        save_encoder(load_encoder(spec), tmp_path / "file" / "encoder")


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        ({"model_type": "gpt2", "n_embd": 64, "n_layer": 3, "n_head": 4, "vocab_size": 9, "n_positions": 20}, (3, 64, 4, 256, 20, False)),
        (
            {"model_type": "qwen2", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, "num_key_value_heads": 2,
             "intermediate_size": 99, "hidden_act": "silu", "vocab_size": 9, "max_position_embeddings": 20, "rope_theta": 1e4},
            (3, 64, 4, 99, 0, True),
        ),
    ],
)  # fmt: skip
def test_shapes_for_counting_flops_are_read_by_each_familys_names(config, wanted) -> None:
    shape = transformer_shape(config, "x")
    assert (shape.layers, shape.width, shape.heads, shape.mlp_width, shape.positions, shape.gated) == wanted


def test_a_config_without_layers_is_refused() -> None:
    with pytest.raises(InputError, match="is it an encoder or decoder"):
        transformer_shape({"hidden_size": 3}, "x")
