"""Encoders of today's families: halves of T5-like models, narrow word vectors, chosen attention, hub names."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from analysis.errors import UsageError
from runners.model.encoders import load_encoder
from runners.model.hub_models import FromHub
from runners.model.subwords import load_tokenizer
from runners.recipe import ModelSpec
from runners.train.training import train
from runners.trained import TaskData
from tests.runners.test_models import CLOSE, XLMR, hidden

HALF = {"vocab_size": 90, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "head_dim": 16}
HALF |= {"num_attention_heads": 2, "num_key_value_heads": 1}
CONFIGS = {
    "mt5": {"vocab_size": 90, "d_model": 32, "d_kv": 16, "d_ff": 48, "num_layers": 2, "num_heads": 2},
    "t5gemma": {"encoder": HALF, "decoder": HALF, "vocab_size": 90},
    "rembert": {k: v for k, v in XLMR.items() if k != "type_vocab_size"} | {"input_embedding_size": 8, "output_embedding_size": 12},
    "xlm-roberta": XLMR,
}  # fmt: skip


def folder_of(family: str, tokenizer: Path, out: Path) -> Path:
    """A tiny model of a family as the hub stores it, decoder and all."""
    from transformers import AutoConfig, AutoModel

    torch.manual_seed(6)
    AutoModel.from_config(AutoConfig.for_model(family, **CONFIGS[family])).save_pretrained(out)
    for path in tokenizer.iterdir():
        shutil.copy(path, out)
    return out


@pytest.mark.parametrize("family", ["mt5", "t5gemma"])
def test_the_encoder_of_a_model_with_two_halves_is_trained_and_handed_on(
    family, tokenizer_folder, toy, recipe, tmp_path
) -> None:
    spec = ModelSpec(str(folder_of(family, tokenizer_folder, tmp_path / "model")))
    encoder = load_encoder(spec)
    assert encoder.sentence == "first", "this tokenizer has a piece before a text; T5's own has one behind it"
    assert not [name for name in encoder.body.state_dict() if "decoder" in name]
    weights = sum(p.numel() for p in encoder.body.parameters() if p.ndim > 1)
    relative = 2 * 32 if family == "mt5" else 0  # of T5's position buckets
    assert encoder.shape.body_weights + encoder.shape.embedding_weights + relative == weights
    data = toy("classification", 32)
    trained = train(spec, [TaskData(data)], replace(recipe, steps=2), 1, tmp_path / "stage")
    again = load_encoder(trained.folder / "encoder")
    assert torch.equal(hidden(again, [0, 30, 31, 2]), hidden(load_encoder(trained.folder / "encoder"), [0, 30, 31, 2]))
    assert not torch.allclose(hidden(again, [0, 30, 31, 2]), hidden(encoder, [0, 30, 31, 2]), atol=CLOSE)


def test_a_model_of_two_halves_whose_encoder_cannot_be_had_alone_is_refused_in_one_sentence(tmp_path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bart", "is_encoder_decoder": True}))
    with pytest.raises(UsageError, match="transformers does not load its encoder alone; T5, mT5, UMT5 and T5Gemma"):
        load_encoder(ModelSpec(str(tmp_path)))


def test_masked_language_modelling_trains_a_model_with_narrow_word_vectors(
    tokenizer_folder, toy, recipe, tmp_path
) -> None:
    spec = ModelSpec(str(folder_of("rembert", tokenizer_folder, tmp_path / "model")))
    texts = toy("text", 64)
    trained = train(spec, [], replace(recipe, steps=25, max_length=20), 1, tmp_path / "stage", mlm=[texts])
    assert trained.losses[-1][1] < trained.losses[0][1]
    assert trained.reused_heads == ()


def test_a_chosen_attention_gives_the_same_states_and_is_handed_on(tokenizer_folder, toy, recipe, tmp_path) -> None:
    folder = folder_of("xlm-roberta", tokenizer_folder, tmp_path / "model")
    ours, eager = (load_encoder(ModelSpec(str(folder), attn_implementation=name)) for name in ("", "eager"))
    assert isinstance(eager.body, FromHub)
    assert eager.body.inner.config._attn_implementation == "eager"
    rows = ([0, 30, 31, 32, 2], [0, 33, 2])
    assert torch.allclose(hidden(ours, *rows)[0], hidden(eager, *rows)[0], atol=CLOSE)
    spec = ModelSpec(str(folder), attn_implementation="eager")
    trained = train(spec, [TaskData(toy("classification", 16))], replace(recipe, steps=1), 1, tmp_path / "stage")
    assert load_encoder(trained.folder / "encoder").body.inner.config._attn_implementation == "eager"
    with pytest.raises(UsageError, match="attn_implementation 'fastest'"):
        load_encoder(ModelSpec(str(folder), attn_implementation="fastest"))


def test_a_model_read_by_name_has_the_pieces_of_its_folder(tokenizer_folder, tmp_path, monkeypatch) -> None:
    """AutoTokenizer builds an XLM-R tokenizer of its own in place of the file's normaliser and pair template."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import AutoTokenizer

    snapshot = tmp_path / "hub" / "models--some--model" / "snapshots" / ("a" * 40)
    folder_of("xlm-roberta", tokenizer_folder, snapshot)
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces = [*special, "▁", *"abcdefghijklmnopqrstuvwxyzRED", "<mask>"]
    backend = Tokenizer(models.Unigram([(piece, -float(i > 3)) for i, piece in enumerate(pieces)], unk_id=3))
    backend.add_special_tokens([*special, "<mask>"])
    backend.pre_tokenizer = pre_tokenizers.Metaspace()
    backend.normalizer = normalizers.Lowercase()
    backend.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    backend.save(str(snapshot / "tokenizer.json"))
    settings = json.loads((snapshot / "tokenizer_config.json").read_text())
    (snapshot / "tokenizer_config.json").write_text(json.dumps(settings | {"tokenizer_class": "XLMRobertaTokenizer"}))
    refs = snapshot.parents[1] / "refs"
    refs.mkdir()
    (refs / "main").write_text("a" * 40)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    named, folder = load_tokenizer("some/model"), load_tokenizer(str(snapshot))
    assert named.encode(["RED stone"]) == folder.encode(["RED stone"])
    assert (
        (named.prefix, named.middle, named.suffix)
        == (folder.prefix, folder.middle, folder.suffix)
        == ((0,), (2,), (2,))
    )
    rebuilt = AutoTokenizer.from_pretrained(str(snapshot))("RED stone", "a")["input_ids"]
    assert rebuilt != named.pair(*named.encode(["RED stone", "a"]), 40)[0], "else this test proves nothing"
    by_name, by_folder = (load_encoder(ModelSpec(name)) for name in ("some/model", str(snapshot)))
    assert torch.allclose(hidden(by_name, [0, 30, 2]), hidden(by_folder, [0, 30, 2]), atol=CLOSE)
