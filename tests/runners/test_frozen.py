"""Frozen encoders: any callable from texts to vectors, computed once."""

from __future__ import annotations

import sys
import types

import numpy as np
import pytest
import torch

from analysis.errors import InputError, MissingDataError, UsageError
from runners.evaluation import evaluate, retrieve
from runners.examples import Bitext, Dataset, Sentence
from runners.models import load_encoder, save_encoder
from runners.recipe import ModelSpec
from runners.trained import TaskData
from runners.training import train

CALLS: list[str] = []


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
        tuple(Sentence(f"s{i}", t) for i, t in enumerate(("abc", "xyz"))),
        tuple(Sentence(f"t{i}", t) for i, t in enumerate(("cab", "zzyx"))),
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
