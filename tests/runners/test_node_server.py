"""Nodes for a Dask worker: why each failed comes back, one server serves many, and a dead one is replaced."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from runners.execute import dask_workers
from runners.execute.dask_workers import run_node_process
from runners.execute.store import GridStore
from runners.plan.grid import GridNode


@pytest.fixture(autouse=True)
def _no_server_is_left() -> Iterator[None]:
    yield
    server = dask_workers._server()
    server.kill()
    server.communicate()
    del dask_workers._mine.server


def test_why_a_node_failed_comes_back_and_the_next_one_is_served_even_by_a_new_server(tmp_path) -> None:
    store = GridStore(tmp_path)
    config = {"threads": 1, "source": {"source": "world"}, "task": "nothing"}
    for key in ("a", "b", "c"):
        store.prepare(GridNode(key, "target", config, (), {"title": "none", "target": "xnli", "seed": 1}))
    assert run_node_process(str(tmp_path), "a") == store.why("a", 1) != ""
    first = dask_workers._server()
    assert run_node_process(str(tmp_path), "b") != ""
    assert dask_workers._server() is first
    first.kill()
    first.communicate()
    assert run_node_process(str(tmp_path), "c") == store.why("c", 1)
    assert dask_workers._server() is not first
