"""No plan that measures trains on what it evaluates: every task of every plan, in every language."""

from __future__ import annotations

import re
from functools import cache

import pytest
from shared_files import shared

from analysis.published.measured import PLANS
from analysis.registry.vocabulary import vocabulary
from runners.data import load
from runners.data.folds import texts_of
from runners.data.sources import FolderSource
from runners.examples import Dataset
from runners.plan.plan import load_plan

LONG = {"zh": 15, "ja": 15, "ko": 15, "th": 25}
"""Characters from which a text is no phrase that anybody might write; of other languages 40."""
SEARCHED = ("tatoeba", "bucc")
PARALLEL = {"xnli-dev": "xnli", "pawsx-dev": "pawsx", "xnli": "xnli", "pawsx": "pawsx"}
"""Task that trains → target made from the same file of translated items."""

Place = tuple[str, str]
plans = [load_plan(f"measured-{plan}") for plan in PLANS]


def runs() -> set[frozenset[Place]]:
    """What each intermediate run of some plan trains on: tasks with their language."""
    groups = [(group, language) for plan in plans for group in plan.intermediates for language in group.languages]
    return {
        frozenset((task, language) for task in re.split("[>+]", run))
        for group, language in groups
        for run in group.runs
        if run != "none"
    }


def trained() -> set[Place]:
    """(Task, language) that some plan trains on, before or on the target."""
    targets = {(task, "en") for plan in plans for group in plan.targets for task in group.tasks if task not in SEARCHED}
    return targets.union(*runs())


def evaluated() -> set[tuple[str, str, str]]:
    """(Target, language, split) that some plan evaluates."""
    groups = [group for plan in plans for group in plan.targets]
    return {
        (target, language, group.split)
        for group in groups
        for target in group.tasks
        for language in group.languages or vocabulary().languages_of(target)
    }


@cache
def data(task: str, language: str, split: str) -> Dataset:
    return load(task, language, split, FolderSource(shared("data"), layout="dev-folds"))


@cache
def learnt(task: str, language: str) -> frozenset[tuple[str, ...]]:
    return frozenset(texts_of(example) for example in data(task, language, "train").examples)


def test_the_plans_use_what_is_looked_at_here() -> None:
    assert {plan.data.layout for plan in plans} == {"dev-folds"}
    assert {task for task, _ in trained()} == {
        "sick", "mrpc", "med", "anli-dev", "cosmosqa-dev", "ocnli", "farstail", "jcommonsenseqa", "jnli",
        "xnli-dev", "pawsx-dev", "xnli", "pawsx", "xcopa",
    }  # fmt: skip
    assert {target for target, *_ in evaluated()} == {"xnli", "pawsx", "xcopa", *SEARCHED}
    assert len(evaluated()) == 15 + 7 + 11 + 36 + 1


@pytest.mark.parametrize("target", ["xnli", "pawsx", "xcopa"])
def test_no_evaluated_item_or_long_text_of_one_is_trained_on_in_any_language(target: str) -> None:
    places = [place for place in sorted(evaluated()) if place[0] == target]
    for place in places:
        items = {texts_of(example) for example in data(*place).examples}
        texts = {text for item in items for text in item if len(text) > LONG.get(place[1], 40)}
        assert len(items) > 90
        for task, language in sorted(trained()):
            assert not items & learnt(task, language), (place, task, language)
            assert not texts & {text for item in learnt(task, language) for text in item}, (place, task, language)


@pytest.mark.parametrize(("task", "target"), PARALLEL.items())
def test_no_translation_of_an_evaluated_item_is_trained_on(task: str, target: str) -> None:
    """Items of one file keep their number in every language."""
    there = {
        example.id
        for language in vocabulary().languages_of(target)
        for example in data(target, language, "dev").examples
    }
    for _, language in sorted(place for place in trained() if place[0] == task):
        assert not there & {example.id for example in data(task, language, "train").examples}, language


@pytest.mark.parametrize("target", SEARCHED)
def test_no_run_trains_on_a_sentence_that_is_looked_for_together_with_its_translation(target: str) -> None:
    places = [place for place in sorted(evaluated()) if place[0] == target]
    texts = [{text for place in run for item in learnt(*place) for text in item} for run in runs()]
    for place in places:
        pool = data(*place).pool
        foreign, pivot = ({one.id: one.text for one in side} for side in (pool.sources, pool.targets))
        for there in texts:
            assert not [pair for pair in pool.gold if foreign[pair[0]] in there and pivot[pair[1]] in there], place
