"""The GPU benchmark runs unchanged on a CPU with a tiny shape, so that a lent GPU is not spent on its faults."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_it_prints_one_row_per_task_with_texts_as_long_as_the_tasks() -> None:
    script = ROOT / "benchmarks" / "training" / "gpu.py"
    command = [sys.executable, str(script), "--shape", "tiny", "--steps", "5", "--matrix", "64", "--device", "cpu"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "float32, shape tiny" in done.stdout
    rows = [
        line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith(("| xnli", "| xquad"))
    ]
    lengths = {row[0]: float(row[2]) for row in rows}
    assert lengths == {"xnli": pytest.approx(41.9, rel=0.15), "xquad": pytest.approx(199.5, rel=0.15)}
    for row in rows:
        assert float(row[3].replace(",", "")) > 0
        assert float(row[7].rstrip("%")) > 0
