"""Several nodes on one device: handed out evenly, and run again alone where memory did not suffice for two."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.registry.vocabulary import vocabulary
from runners.execute.devices import Devices
from runners.execute.engine import GridSummary, run_grid
from runners.execute.local_workers import LocalWorkers
from runners.execute.store import GridStore
from runners.model.allowed_code import VARIABLE
from runners.plan.grid import GridNode, expand
from runners.plan.inventory import Inventory
from runners.plan.plan import load_plan

ENCODER = """
import atexit, os, time
from pathlib import Path
import numpy as np
import torch

HERE = Path({here!r})

def encode(texts):
    mine = HERE / str(os.getpid())
    if not mine.exists():
        mine.touch()
        atexit.register(mine.unlink, missing_ok=True)
        time.sleep(1)
    if len(list(HERE.iterdir())) > {room}:
        mine.rename(HERE.parent / f"refused-{{mine.name}}")
        raise torch.OutOfMemoryError("too little memory")
    return np.ones((len(texts), 4), dtype=np.float32)
"""

PLAN = """
name = "crowd"
source_language = "lab-a"
seeds = [1, 2, 3]
data = {{ source = "world" }}
intermediates = [{{ runs = ["none"], languages = ["lab-a"] }}]
targets = [{{ tasks = ["lab-retrieval"], languages = ["lab-a1"] }}]
[model]
name = "crowd"
kind = "frozen"
encoder = "{module}:encode"
config = {{ trunk = "pairs" }}
"""


@given(ends=st.lists(st.booleans(), max_size=40), names=st.integers(1, 4))
def test_the_emptiest_gpu_is_taken_and_none_is_lost(ends: list[bool], names: int) -> None:
    devices, held = Devices([str(i) for i in range(names)]), Counter[str]()
    for end in ends:
        busy = [name for name, nodes in held.items() if nodes]
        if end and busy:
            devices.give_back(busy[0])
            held[busy[0]] -= 1
        else:
            fewest = min(held[str(i)] for i in range(names))
            taken = devices.take()
            assert held[taken] == fewest
            held[taken] += 1
        assert devices.some_is_idle() == any(held[str(i)] == 0 for i in range(names))


def test_without_gpus_every_node_runs_where_torch_puts_it() -> None:
    devices = Devices(())
    assert [devices.take(), devices.take()] == ["", ""]
    assert not devices.some_is_idle()


def crowd(folder: Path, monkeypatch: pytest.MonkeyPatch, *, room: int) -> tuple[list[GridNode], GridStore]:
    """Three nodes whose encoder refuses when more than `room` of them hold it at once."""
    here = folder / "here"
    here.mkdir()
    module = f"crowd_{folder.name.replace('-', '_')}"
    (folder / f"{module}.py").write_text(ENCODER.format(here=str(here), room=room), encoding="utf-8")
    (folder / "crowd.toml").write_text(PLAN.format(module=module), encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv(VARIABLE, f"{module}:encode")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    plan = load_plan(str(folder / "crowd.toml"))
    return expand(plan, vocabulary(), Inventory(plan.data).fingerprint), GridStore(folder / "runs")


def ran(nodes: list[GridNode], store: GridStore, workers: LocalWorkers) -> GridSummary:
    return run_grid(nodes, store, workers, lambda *_: None)


def test_nodes_that_do_not_fit_beside_each_other_run_again_alone(tmp_path, monkeypatch) -> None:
    nodes, store = crowd(tmp_path, monkeypatch, room=1)
    workers = LocalWorkers(store.root, 2, ("0",))
    summary = ran(nodes, store, workers)
    assert sorted(summary.finished) == sorted(node.key for node in nodes)
    assert not summary.failed
    assert list(tmp_path.glob("refused-*"))
    assert workers.capacity == 1


def test_a_node_that_does_not_fit_alone_has_failed(tmp_path, monkeypatch) -> None:
    nodes, store = crowd(tmp_path, monkeypatch, room=0)
    summary = ran(nodes[:1], store, LocalWorkers(store.root, 2, ("0",)))
    assert "too little memory" in summary.failed[nodes[0].key]
