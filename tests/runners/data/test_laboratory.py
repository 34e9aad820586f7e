"""Data of the laboratory world through the same door as all other data."""

from __future__ import annotations

import time

import pytest

from analysis.errors import MissingDataError
from analysis.registry.vocabulary import vocabulary
from runners.data import load, missing
from runners.data.sources import WorldSource
from runners.examples import Bitext
from runners.world import World

SOURCE = WorldSource(World(0))
TARGETS = vocabulary().targets_of("laboratory")
INTERMEDIATES = tuple(e.id for e in vocabulary()["further_intermediate"].values() if e.facts.get("synthetic"))


def test_there_are_enough_tasks_for_a_transfer_matrix() -> None:
    assert len(TARGETS) >= 5
    assert len(INTERMEDIATES) >= 4
    assert "bitext" in {vocabulary()["target"][t].facts["data"]["form"] for t in TARGETS}
    elsewhere = [i for i in INTERMEDIATES if not missing(i, "lab-c1", "train", SOURCE)]
    assert len(elsewhere) >= 2


@pytest.mark.parametrize("task", TARGETS)
def test_a_target_has_a_test_set_in_each_of_its_languages(task: str) -> None:
    for language in vocabulary().languages_of(task):
        assert missing(task, language, "test", SOURCE) == ""
    dataset = load(task, "lab-c2", "test", SOURCE)
    assert len(dataset) == vocabulary()["target"][task].facts["test_examples_per_language"][0]


@pytest.mark.parametrize("task", INTERMEDIATES)
def test_an_intermediate_task_has_training_data_with_known_labels(task: str) -> None:
    dataset = load(task, "lab-a", "train", SOURCE, examples=200)
    assert len(dataset) == 200
    for example in dataset.examples:
        given = getattr(example, "tags", ()) or (
            (example.label,) if isinstance(getattr(example, "label", 0), str) else ()
        )
        assert set(given) <= set(dataset.labels)


def test_retrieval_pairs_each_sentence_with_its_translation() -> None:
    pool = load("lab-retrieval", "lab-a1", "test", SOURCE).pool
    assert isinstance(pool, Bitext)
    assert {(s.id[1:], t.id[1:]) for s in pool.sources[:1] for t in pool.targets[:1]} == {("0", "0")}
    alike = sum(len(s.text.split()) == len(t.text.split()) for s, t in zip(pool.sources, pool.targets, strict=True))
    assert alike == len(pool.sources)


def test_running_text_has_as_many_texts_as_are_asked_for() -> None:
    assert len(load("lab-text", "lab-d1", "train", SOURCE, examples=1234)) == 1234


def test_what_the_world_does_not_have_is_named() -> None:
    assert "not posed in lab-b1" in missing("lab-roles", "lab-b1", "train", SOURCE)
    assert "does not speak de" in missing("lab-nli", "de", "test", SOURCE)
    assert "no laboratory task" in missing("xnli", "lab-a", "dev", SOURCE)
    with pytest.raises(MissingDataError, match="no train split"):
        load("lab-retrieval", "lab-a1", "train", SOURCE)


def test_drawing_data_is_quick_beside_training_on_it() -> None:
    started = time.process_time()
    load("lab-nli", "lab-b2", "train", SOURCE)
    load("lab-text", "lab-b2", "train", SOURCE, examples=8000)
    assert time.process_time() - started < 3  # about 0.4 s on an idle core
