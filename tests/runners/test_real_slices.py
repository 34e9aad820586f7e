"""A slice of real data, every form of task, three languages, through training and scores on a tiny model."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from shared_files import shared

from runners.data import load
from runners.data.sources import FolderSource
from runners.train.evaluation import evaluate, load_trained, retrieve
from runners.train.training import train
from runners.trained import TaskData


@pytest.fixture
def source():
    return FolderSource(shared("data"))


@pytest.mark.parametrize(
    ("task", "languages"),
    [("xnli", "en de sw"), ("panx", "en de sw"), ("xquad", "en ar zh"), ("xcopa", "et sw zh")],
)
def test_a_slice_of_real_data_trains_and_is_scored_in_three_languages(
    source, spec, recipe, tmp_path, task, languages
) -> None:
    first, *others = languages.split()
    recipe = replace(recipe, steps=2, max_length=64)
    whole = load(task, first, "dev", source)
    train(spec, [TaskData(replace(whole, examples=whole.examples[:16]))], recipe, 0, tmp_path)
    stage = load_trained(tmp_path, device="cpu")
    for language in (first, *others):
        data = load(task, language, "dev", source)
        data = replace(data, examples=data.examples[:8])
        found = evaluate(stage, data, recipe=recipe)
        assert len(found.predictions) == found.n_items == 8
        assert all(0 <= score <= 100 and math.isfinite(score) for score in found.scores.values())


@pytest.mark.parametrize("language", ["de", "sw", "zh"])
def test_real_translations_are_looked_for(source, spec, recipe, language) -> None:
    found = retrieve(spec, load("tatoeba", language, "test", source), recipe=replace(recipe, max_length=32))
    assert 0 <= found.scores["accuracy"] <= 100
    assert len(found.predictions) == found.n_items > 100
