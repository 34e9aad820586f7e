"""The GPU benchmark runs unchanged on a CPU with a tiny shape, so that a lent GPU is not spent on its faults."""

from __future__ import annotations

import importlib.util
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WAYS = ["padded", "packed"]


@pytest.fixture
def rehearsed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What the benchmark prints."""
    script = ROOT / "benchmarks" / "training" / "gpu.py"
    monkeypatch.syspath_prepend(script.parent)

    def run(*more: str) -> str:
        asked = [str(script), "--shape", "tiny", "--matrix", "64", "--device", "cpu", *more]
        monkeypatch.setattr(sys, "argv", asked)
        runpy.run_path(str(script), run_name="__main__")
        return capsys.readouterr().out

    return run


def table(said: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in said.splitlines() if line.startswith(("| xnli", "| xquad"))]


def test_it_prints_one_row_per_task_and_way_with_texts_as_long_as_the_tasks(rehearsed: Callable[..., str]) -> None:
    said = rehearsed("--steps", "5", "--ways", ",".join(WAYS), "--plan", "english", "--profile", "")
    assert "float32, shape tiny" in said
    rows = table(said)
    assert [(row[0], row[9]) for row in rows] == [(task, way) for task in ("xnli", "xquad") for way in WAYS]
    for row in rows:
        assert float(row[2]) == pytest.approx({"xnli": 41.9, "xquad": 199.5}[row[0]], rel=0.15)
        assert float(row[3].replace(",", "")) > 0
        assert float(row[7].rstrip("%")) > 0
        assert (row[4] == "0.0%") == row[9].startswith("packed")
    computed = {(row[0], row[9]): float(row[10]) for row in rows}
    assert computed["xnli", "packed"] < 1 < computed["xnli", "padded"]
    assert computed["xquad", "packed"] == 1.0
    assert "training FLOPs of the plan english" in said
    seconds = [line for line in said.splitlines() if line.startswith("as on")]
    assert len(seconds) == 2  # a task each


def test_the_steps_of_a_way_are_taken_apart(rehearsed: Callable[..., str]) -> None:
    said = rehearsed("--tasks", "xnli", "--steps", "5", "--ways", "packed", "--plan", "", "--profile", "packed")
    assert [row[0] for row in table(said)] == ["xnli"]
    assert "matrix products" in said
    assert "ms a step | ms | share" in said


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("accelerate") is None, reason="Trainer needs the package accelerate")
def test_trainer_runs_beside_it(rehearsed: Callable[..., str]) -> None:
    said = rehearsed("--steps", "5", "--ways", "trainer,trainer-grouped,packed", "--profile", "", "--plan", "")
    rows = {(row[0], row[9]): row for row in table(said)}
    assert rows["xnli", "trainer"][11] == "1.00"
    assert float(rows["xnli", "packed"][11]) > 0
    assert float(rows["xnli", "trainer"][10]) > float(rows["xnli", "trainer-grouped"][10]) > 1
