"""Frozen encoders: any callable from texts to vectors, computed once."""

from __future__ import annotations

import sys
import types
from dataclasses import replace

import numpy as np
import pytest
import torch

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.flops import HeadShape, TextVolume, forward_flops
from runners.examples import Bitext, Dataset, SentenceExample
from runners.model.allowed_code import VARIABLE
from runners.model.encoders import load_encoder, save_encoder
from runners.model.frozen.vectors import CachedFunction
from runners.recipe import ModelSpec
from runners.train.evaluation import evaluate, retrieve
from runners.train.training import train
from runners.trained import TaskData

CALLS: list[str] = []
ALLOWED = ("no_such_module:f", *(f"encoders_for_tests:{name}" for name in ("letters", "missing", "number", "broken")))


def letters(texts: list[str]) -> np.ndarray:
    CALLS.extend(texts)
    found = np.zeros((len(texts), 26), dtype=np.float32)
    for row, text in zip(found, texts, strict=True):
        for letter in text:
            if letter.isalpha():
                row[ord(letter.lower()) - 97] += 1
    return found


@pytest.fixture(autouse=True)
def module(monkeypatch, tmp_path):
    """An importable module with encoders, and a cache of its own."""
    made = types.ModuleType("encoders_for_tests")
    made.__file__ = None
    made.letters, made.broken, made.number = letters, lambda texts: np.zeros(len(texts)), 3
    monkeypatch.setitem(sys.modules, "encoders_for_tests", made)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv(VARIABLE, ",".join(ALLOWED))
    CALLS.clear()


@pytest.fixture
def spec() -> ModelSpec:
    return ModelSpec(
        "letters", "frozen", encoder="encoders_for_tests:letters", config={"width": 32, "heads": 2, "mlp_width": 64}
    )


@pytest.mark.parametrize("form", ["tagging", "span", "choice"])
def test_every_kind_of_task_learns_on_frozen_vectors(spec, toy, recipe, tmp_path, form) -> None:
    train(spec, [TaskData(toy(form))], recipe, 0, tmp_path / "out")
    scores = evaluate(tmp_path / "out", toy(form, 64, "dev"), recipe=recipe).scores
    assert next(iter(scores.values())) > {"tagging": 80, "span": 60, "choice": 60}[form]


def test_what_the_trunk_has_learnt_is_handed_over_and_vectors_stay_frozen(spec, toy, recipe, tmp_path) -> None:
    train(spec, [TaskData(toy("tagging"))], recipe, 0, tmp_path / "out")
    trained, fresh = load_encoder(tmp_path / "out" / "encoder"), load_encoder(spec)
    assert not torch.equal(trained.body.project.weight, fresh.body.project.weight)
    assert not [name for name in trained.body.state_dict() if "table" in name]


def test_a_text_is_computed_once_for_all_runs(spec, toy, recipe, tmp_path) -> None:
    for run in ("a", "b"):
        train(spec, [TaskData(toy("tagging", 16))], recipe, 0, tmp_path / run)
    assert len(CALLS) == len(set(CALLS)) > 5


def test_retrieval_uses_the_vectors_as_they_stand(spec, tmp_path) -> None:
    pool = Bitext(
        tuple(SentenceExample(f"s{i}", t) for i, t in enumerate(("abc", "xyz"))),
        tuple(SentenceExample(f"t{i}", t) for i, t in enumerate(("cab", "zzyx"))),
        frozenset({("s0", "t0"), ("s1", "t1")}),
    )
    data = Dataset("tatoeba", "bitext", "de", "test", pool=pool)
    assert retrieve(spec, data).scores == {"accuracy": 100.0}
    save_encoder(load_encoder(spec), tmp_path / "encoder")
    assert retrieve(tmp_path, data).scores == {"accuracy": 100.0}


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("encoders_for_tests", UsageError, "not of the form module:function"),
        ("no_such_module:f", MissingDataError, "install the package"),
        ("encoders_for_tests:missing", UsageError, "has no function missing"),
        ("encoders_for_tests:number", UsageError, "has no function number"),
        ("encoders_for_tests:broken", InputError, "one finite vector per text"),
    ],
)
def test_an_encoder_that_cannot_be_used_says_why(path, error, message) -> None:
    with pytest.raises(error, match=message):
        load_encoder(ModelSpec("x", "frozen", encoder=path))


def test_a_frozen_encoder_is_not_trained_on_running_text(spec, toy, recipe, tmp_path) -> None:
    with pytest.raises(UsageError, match="mask"):
        train(spec, [], recipe, 0, tmp_path / "out", mlm=[toy("text", 8)])


@pytest.fixture
def pairs() -> ModelSpec:
    return ModelSpec(
        "letters", "frozen", encoder="encoders_for_tests:letters", config={"trunk": "pairs", "adapter": 8, "width": 16}
    )


def small_pool() -> Dataset:
    pool = Bitext(
        tuple(SentenceExample(f"s{i}", t) for i, t in enumerate(("abc", "xyz", "mno"))),
        tuple(SentenceExample(f"t{i}", t) for i, t in enumerate(("cab", "zzyx", "onm"))),
        frozenset({("s0", "t0"), ("s1", "t1"), ("s2", "t2")}),
    )
    return Dataset("tatoeba", "bitext", "de", "test", pool=pool)


@pytest.mark.parametrize("trunk", ["pairs", "none"])
@pytest.mark.parametrize("form", ["classification", "choice"])
def test_a_trunk_over_pairs_learns_tasks_on_whole_texts(pairs, toy, recipe, tmp_path, form, trunk) -> None:
    spec = replace(pairs, config={"trunk": trunk})
    trained = train(spec, [TaskData(toy(form))], replace(recipe, steps=150, learning_rate=3e-3), 0, tmp_path / "out")
    scores = evaluate(tmp_path / "out", toy(form, 64, "dev"), recipe=recipe).scores
    assert scores["accuracy"] > {"classification": 80, "choice": 60}[form]
    assert trained.flops_real > 0


def test_an_untrained_trunk_over_pairs_retrieves_as_the_frozen_encoder_itself(pairs, spec) -> None:
    body = load_encoder(pairs, seed=3).body
    frozen = torch.from_numpy(letters(["abc", "zzyx"]))
    near = torch.nn.functional.cosine_similarity(body.sentences(["abc", "zzyx"]), frozen)
    assert torch.allclose(near, torch.ones(2))
    assert retrieve(pairs, small_pool()) == retrieve(spec, small_pool())


def test_what_a_stage_teaches_the_trunk_changes_retrieval_and_is_handed_on(pairs, toy, recipe, tmp_path) -> None:
    train(pairs, [TaskData(toy("classification"))], replace(recipe, learning_rate=0.1), 0, tmp_path / "first")
    fresh, learnt = (load_encoder(start).body.eval() for start in (pairs, tmp_path / "first" / "encoder"))
    assert not torch.allclose(fresh.sentences(["abc"]), learnt.sentences(["abc"]))
    train(tmp_path / "first", [TaskData(toy("choice"))], replace(recipe, learning_rate=0.0), 0, tmp_path / "second")
    handed = load_encoder(tmp_path / "second" / "encoder").body.eval()
    assert torch.equal(handed.sentences(["abc"]), learnt.sentences(["abc"]))


def test_flops_of_a_pair_are_those_of_its_matrix_products(pairs) -> None:
    """26 numbers a vector, adapter of 8, pair layer of 16: twice 2·26·8 weights and 4·26·16."""
    shape = load_encoder(pairs).shape
    pair = forward_flops(shape, HeadShape("none"), TextVolume(1, 2.0, 4.0))
    assert pair.total == 2 * (2 * 2 * 26 * 8 + 4 * 26 * 16)


def test_a_trunk_over_pairs_refuses_tasks_on_words(pairs, toy, recipe, tmp_path) -> None:
    with pytest.raises(UsageError, match="take trunk = 'transformer'"):
        train(pairs, [TaskData(toy("tagging"))], recipe, 0, tmp_path / "out")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"trunk": "tree"}, "no trunk 'tree'; there are transformer, pairs, none"),
        ({"trunk": "pairs", "heads": 2}, "a trunk 'pairs' knows no heads; known are adapter, width, dropout"),
    ],
)
def test_an_unknown_trunk_or_setting_is_named(pairs, config, message) -> None:
    with pytest.raises(UsageError, match=message):
        load_encoder(replace(pairs, config=config))


def test_what_was_computed_before_an_interruption_is_kept(spec, monkeypatch) -> None:
    function = CachedFunction("encoders_for_tests:letters")
    monkeypatch.setattr("runners.model.frozen.vectors.BLOCK", 2)
    monkeypatch.setattr(function, "_function", lambda texts: letters(texts) if "e" not in texts else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        function(["a", "b", "c", "d", "e"])
    CALLS.clear()
    CachedFunction("encoders_for_tests:letters")(["a", "b", "c", "d", "e"])
    assert CALLS == ["e"]
