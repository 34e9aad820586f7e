"""A large data set is encoded once; whatever the rows depend on makes other ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import UsageError
from runners.examples import Dataset
from runners.kinds import kind_of
from runners.model.encoders import load_encoder
from runners.model.features import Features, RaggedArray
from runners.model.subwords import Tokenizer
from runners.recipe import ModelSpec, Recipe
from runners.train import encoded
from runners.train.training import train
from runners.trained import TaskData
from tests.runners.test_training import equal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where data are kept, however few."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(encoded, "FEWEST", 1)
    return tmp_path / "cache" / "claimgauge" / "encoded"


@pytest.fixture
def tokenizer(spec: ModelSpec) -> Tokenizer:
    return load_encoder(spec).tokenizer


def same(left: Features, right: Features) -> bool:
    def alike(a: object, b: object) -> bool:
        if isinstance(a, RaggedArray) and isinstance(b, RaggedArray):
            return np.array_equal(a.values, b.values) and np.array_equal(a.starts, b.starts)
        return np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b  # type: ignore[arg-type]

    return all(alike(getattr(left, f.name), getattr(right, f.name)) for f in fields(Features))


@pytest.mark.parametrize("form", ["classification", "tagging", "span", "choice", "text"])
def test_rows_read_from_disk_are_those_that_were_written(
    form: str, folder: Path, toy: Callable[..., Dataset], tokenizer: Tokenizer, recipe: Recipe
) -> None:
    data, kind = toy(form), kind_of(form)  # type: ignore[arg-type]
    plain = kind.encode(data, data.labels, tokenizer, recipe)
    for _ in range(2):
        assert same(encoded.features_of(kind, data, data.labels, tokenizer, recipe), plain)
    assert len(list(folder.iterdir())) == 1


def test_whatever_the_rows_depend_on_makes_other_ones(
    folder: Path, toy: Callable[..., Dataset], tokenizer: Tokenizer, recipe: Recipe
) -> None:
    data, kind = toy("classification"), kind_of("classification")
    others = [
        (data, data.labels, recipe),
        (replace(data, sha256="other"), data.labels, recipe),
        (data, ("red", "blue"), recipe),
        (data, data.labels, replace(recipe, max_length=20)),
    ]
    for one, labels, lengths in others:
        encoded.features_of(kind, one, labels, tokenizer, lengths)
    assert len(list(folder.iterdir())) == len(others)


def test_small_data_and_data_of_unknown_content_are_not_kept(
    folder: Path, toy: Callable[..., Dataset], tokenizer: Tokenizer, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, kind = toy("classification"), kind_of("classification")
    encoded.features_of(kind, replace(data, sha256=""), data.labels, tokenizer, recipe)
    monkeypatch.setattr(encoded, "FEWEST", len(data) + 1)
    encoded.features_of(kind, data, data.labels, tokenizer, recipe)
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_one_clear_error(
    folder: Path, toy: Callable[..., Dataset], tokenizer: Tokenizer, recipe: Recipe
) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file stands here")
    data = toy("classification")
    with pytest.raises(UsageError, match="XDG_CACHE_HOME"):
        encoded.features_of(kind_of("classification"), data, data.labels, tokenizer, recipe)


def test_training_on_kept_rows_ends_with_the_same_weights(
    folder: Path,
    spec: ModelSpec,
    toy: Callable[..., Dataset],
    recipe: Recipe,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = (spec, [TaskData(toy("span"), toy("span", 32, "dev"))], replace(recipe, steps=4), 3)
    train(*stage, tmp_path / "first", device="cpu")
    assert len(list(folder.iterdir())) == 2
    train(*stage, tmp_path / "second", device="cpu")
    monkeypatch.setattr(encoded, "FEWEST", 10**9)
    train(*stage, tmp_path / "plain", device="cpu")
    assert equal(tmp_path / "first", tmp_path / "plain")
    assert equal(tmp_path / "second", tmp_path / "plain")
