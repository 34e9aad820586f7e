"""Recipes, models and translators that cannot work end before any training, with the class of their error."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analysis.errors import ClaimgaugeError, InputError, MissingDataError, UsageError
from runners.data.sources import FolderSource, WorldSource
from runners.model.encoders import load_encoder
from runners.model.execution import set_up
from runners.plan.plan import load_plan
from runners.recipe import ModelSpec, Recipe
from runners.train.training_state import _check
from runners.translate.engines import Command
from runners.translate.making import check
from runners.world import World

LABORATORY = WorldSource(World())
TASKS: Any = [SimpleNamespace(train=SimpleNamespace(task="mnli"))]
TEXTS: Any = ["running text"]
BARE: Any = SimpleNamespace(body=None, shape=SimpleNamespace(name="static"))


@pytest.mark.parametrize(
    ("call", "error", "named"),
    [
        (lambda: _check(TASKS, TEXTS, Recipe()), UsageError, "0"),
        (lambda: _check(TASKS, (), Recipe(mlm_share=0.5)), UsageError, "0.5"),
        (lambda: _check((), TEXTS, Recipe(mlm_share=1.5)), UsageError, "1.5"),
        (lambda: _check(TASKS * 2, (), Recipe()), UsageError, "mnli"),
        (lambda: set_up(BARE, Recipe(recompute=True)), UsageError, "static"),
        (lambda: load_encoder(ModelSpec("bare", kind="random", tokenizer="world", config={"layers": 1})), UsageError, "width"),
        (lambda: Command(f"{sys.executable} -c print(1)", "en", "de")(["a", "b"]), InputError, "2"),
        (lambda: check("mnli", LABORATORY, into="dee", from_language="en", split="train"), InputError, "dee"),
        (lambda: check("mnli", LABORATORY, into="en", from_language="en", split="train"), UsageError, "en"),
        (lambda: check("tatoeba", LABORATORY, into="de", from_language="en", split="test"), UsageError, "tatoeba"),
        (lambda: check("mnli", FolderSource(Path("nowhere")), into="de", from_language="en", split="train"), MissingDataError, "mnli"),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_or_translated_is_refused_before(
    call: Callable[[], object], error: type[ClaimgaugeError], named: str
) -> None:
    with pytest.raises(error) as raised:
        call()
    assert named in str(raised.value)


@pytest.mark.parametrize(("text", "faults"), [("name = 3\n", 1), ("seeds = 'x'\nnonsense = 1\n", 1)])
def test_a_plan_names_all_its_faults_at_once(tmp_path: Path, text: str, faults: int) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_plan(str(path))
    assert raised.value.where.endswith("plan.toml")
    assert len(raised.value.faults) >= faults
