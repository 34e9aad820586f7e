"""Facts of laboratory data that a dry run remembers."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.plan import inventory
from runners.plan.inventory import Inventory
from runners.plan.memory import Memory
from runners.plan.plan import DataPlan

LABORATORY = DataPlan("world", world={"seed": 0})
CELL = ("lab-nli", "lab-b1", "test")


@pytest.fixture
def remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The fingerprint of a data set, kept by a first run; drawing is forbidden from here on."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    memory = Memory("a model")
    found = Inventory(LABORATORY, memory).fingerprint(*CELL)
    memory.keep()

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("data was drawn again")

    monkeypatch.setattr(inventory, "load", forbidden)
    return found


def test_what_is_remembered_is_not_drawn_again(remembered: str) -> None:
    assert len(remembered) >= 12
    assert Inventory(LABORATORY, Memory("a model")).fingerprint(*CELL) == remembered


def test_another_model_a_run_that_trains_and_other_code_draw_anew(
    remembered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert remembered
    for memory in (Memory("another model"), None):
        with pytest.raises(AssertionError, match="drawn again"):
            Inventory(LABORATORY, memory).fingerprint(*CELL)
    monkeypatch.setattr("runners.plan.memory.code_digest", lambda: "changed")
    with pytest.raises(AssertionError, match="drawn again"):
        Inventory(LABORATORY, Memory("a model")).fingerprint(*CELL)


def test_a_damaged_memory_is_none(remembered: str) -> None:
    assert remembered
    Memory("a model").file.write_text("{", encoding="utf-8")
    with pytest.raises(AssertionError, match="drawn again"):
        Inventory(LABORATORY, Memory("a model")).fingerprint(*CELL)
