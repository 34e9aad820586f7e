"""The study with multilingual-e5-small trains on nothing that it evaluates: the very examples that its runs draw."""

from __future__ import annotations

import re
from functools import cache

import pytest
from shared_files import shared

from runners.data import load
from runners.data.folds import texts_of
from runners.data.loading import subsample
from runners.data.sources import FolderSource
from runners.execute.stages import SUBSAMPLE_SEED
from runners.plan.plan import TargetRuns, load_plan

pytestmark = pytest.mark.slow
PLAN = load_plan("measured-e5")
LONG = {"zh": 15, "th": 25}
"""Characters from which a text is no phrase that anybody might write; of other languages 40."""


@cache
def texts(task: str, language: str, split: str, size: int) -> frozenset[str]:
    """Of the examples that a run draws; 0: all."""
    found = load(task, language, split, FolderSource(shared("data"), layout=PLAN.data.layout))
    if found.pool is not None:
        return frozenset(one.text for one in found.pool.sources)
    if size:
        found = subsample(found, min(size, len(found)), SUBSAMPLE_SEED)
    return frozenset(text for example in found.examples for text in texts_of(example))


def trained() -> dict[tuple[str, str, int], frozenset[str]]:
    stages = {
        (task, language, size)
        for group in PLAN.intermediates
        for language in group.languages
        for run in group.runs
        for task in re.split("[>+]", run)
        for size in group.examples
        if run != "none"
    }
    tuned = [group for group in PLAN.targets if group.tasks != ("tatoeba",)]
    targets = {(task, "en", size) for group in tuned for task in group.tasks for size in group.examples}
    return {place: texts(*place[:2], "train", place[2]) for place in stages | targets}


@pytest.mark.parametrize("group", PLAN.targets, ids=lambda group: group.tasks[0])
def test_no_long_evaluated_text_is_trained_on(group: TargetRuns) -> None:
    for language in group.languages:
        found = texts(group.tasks[0], language, group.split, group.items)
        evaluated = {text for text in found if len(text) > LONG.get(language, 40)}
        assert evaluated
        for place, learnt in trained().items():
            assert not evaluated & learnt, (language, place, sorted(evaluated & learnt)[:3])


def test_the_answers_of_the_target_are_learnt_from_other_texts_than_those_of_the_intermediate_task() -> None:
    target, stage = (texts(task, "en", "train", 0) for task in ("xquad", "tydiqa-en"))
    assert not {text for text in target & stage if len(text) > 100}
    assert target == texts("mlqa", "en", "train", 0)
