"""kill -9 in the middle of a step, of a checkpoint and of a record: what was whole stays, the rerun ends alike."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from runners.execute.store import GridStore
from runners.plan.grid import GridNode
from runners.train.training import train
from runners.trained import TaskData
from tests.runners.test_training import equal

ROOT = Path(__file__).parents[2]

IN_A_STEP = """
def progress(p):
    if p.step == 5:
        os.kill(os.getpid(), signal.SIGKILL)
"""

IN_A_CHECKPOINT = """
save, written, progress = torch.save, [], None
def half(state, path):
    written.append(save(state, path))
    if len(written) == 3:
        os.truncate(path, os.path.getsize(path) // 2)
        os.kill(os.getpid(), signal.SIGKILL)
torch.save = half
"""

TRAINING = """
import os, pickle, signal, sys
from pathlib import Path
import torch
from runners.train.training import train
{death}
train(*pickle.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), device="cpu", progress=progress)
"""

RECORD = """
import os, signal, sys
from pathlib import Path
from runners.execute.store import GridStore
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
GridStore(Path(sys.argv[1])).finish("k", {"scores": []})
"""


def process(code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    """A process of its own with one thread: sums in another number of threads differ in the last bit."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def killed(code: str, *arguments: Path) -> None:
    assert process(code, *arguments).returncode == -signal.SIGKILL


def steps(stage: tuple[Any, ...], folder: Path) -> list[int]:
    """The steps that are taken where nothing is in the way, with one thread, too."""
    taken, before = [], torch.get_num_threads()
    torch.set_num_threads(1)
    train(*stage, folder, device="cpu", progress=lambda p: taken.append(p.step))
    torch.set_num_threads(before)
    return taken


@pytest.mark.parametrize(
    ("death", "resumed"),
    [
        pytest.param(IN_A_STEP, 5, id="in-a-step", marks=pytest.mark.slow),
        pytest.param(IN_A_CHECKPOINT, 2, id="in-a-checkpoint"),
    ],
)
def test_training_killed_goes_on_from_its_last_whole_checkpoint_bit_for_bit(
    spec, toy, recipe, tmp_path, death, resumed
) -> None:
    recipe = replace(recipe, steps=8, checkpoint_every=0.0)
    stage = (spec, [TaskData(toy("choice"), toy("choice", 32, "dev"))], recipe, 3)
    (tmp_path / "stage").write_bytes(pickle.dumps(stage))
    killed(TRAINING.format(death=death), tmp_path / "stage", tmp_path / "killed")
    assert (tmp_path / "killed" / "checkpoint.pt").exists()
    assert not (tmp_path / "killed" / "encoder").exists()
    assert steps(stage, tmp_path / "killed")[0] == resumed + 1
    assert steps(stage, tmp_path / "whole")[0] == 1
    assert equal(tmp_path / "killed", tmp_path / "whole")


def test_a_record_killed_while_it_is_written_is_no_record(tmp_path: Path) -> None:
    store = GridStore(tmp_path)
    store.prepare(GridNode("k", "target", {}, (), {"title": "none", "target": "xnli", "seed": 1}))
    killed(RECORD, tmp_path)
    assert list(store.folder("k").glob(".record.json.*.part"))
    assert store.record("k") is None
    assert store.set_aside_faulty(["k"]) == ()
    store.finish("k", {"scores": []})
    assert store.record("k") is not None
