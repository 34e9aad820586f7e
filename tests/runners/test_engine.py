"""The engine: order, capacity, failures, what is kept."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runners.execute.engine import run_grid
from runners.execute.store import GridStore
from runners.plan.grid import GridNode


class Pretending:
    """Workers that end nodes in the order they were begun, failing the ones they are told to."""

    def __init__(self, store: GridStore, capacity: int, failing: set[str]) -> None:
        self.store, self.capacity, self.failing = store, capacity, failing
        self.running: list[str] = []
        self.log: list[str] = []
        self.most = 0

    def start(self, key: str) -> None:
        self.running.append(key)
        self.log.append(key)
        self.most = max(self.most, len(self.running))

    def wait(self) -> tuple[str, str]:
        key = self.running.pop(0)
        if key in self.failing:
            return key, "it was told to"
        self.store.finish(key, {"scores": []})
        return key, ""

    def close(self) -> None:
        self.running.clear()


def nodes_of(parents: list[list[int]]) -> list[GridNode]:
    keys = [f"{i:016x}" for i in range(len(parents))]
    labels = {"title": "x", "seed": 1}
    return [
        GridNode(key, "intermediate", {}, tuple(keys[p] for p in ps), labels)
        for key, ps in zip(keys, parents, strict=True)
    ]


def quiet(*_: Any) -> None:
    pass


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    size = draw(st.integers(1, 12))
    return [sorted(draw(st.sets(st.integers(0, i - 1), max_size=2))) if i else [] for i in range(size)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs(), capacity=st.integers(1, 4), data=st.data())
def test_no_node_begins_before_its_parents_and_what_hangs_on_a_failure_is_blocked(
    graph: list[list[int]], capacity: int, data: st.DataObject, tmp_path_factory: Any
) -> None:
    store = GridStore(tmp_path_factory.mktemp("grid"))
    nodes = nodes_of(graph)
    failing = data.draw(st.sets(st.sampled_from([n.key for n in nodes]), max_size=2))
    workers = Pretending(store, capacity, failing)
    summary = run_grid(nodes, store, workers, quiet)
    assert workers.most <= capacity
    for node in nodes:
        if node.key in workers.log:
            assert all(workers.log.index(p) < workers.log.index(node.key) for p in node.parents)
    unreachable = set(failing)
    for node in nodes:
        if set(node.parents) & unreachable:
            unreachable.add(node.key)
    assert set(summary.finished) == {n.key for n in nodes} - unreachable
    assert set(summary.failed) | set(summary.blocked) == unreachable


def test_a_second_run_redoes_nothing_that_was_finished(tmp_path: Path) -> None:
    store, nodes = GridStore(tmp_path), nodes_of([[], [0], [1], [0]])
    run_grid(nodes, store, Pretending(store, 2, {nodes[1].key}), quiet)
    again = Pretending(store, 2, set())
    summary = run_grid(nodes, store, again, quiet)
    assert set(again.log) == {nodes[1].key, nodes[2].key}
    assert set(summary.kept) == {nodes[0].key, nodes[3].key}


def test_a_corrupt_record_is_set_aside_and_its_node_runs_again(tmp_path: Path) -> None:
    store, nodes = GridStore(tmp_path), nodes_of([[], [0]])
    run_grid(nodes, store, Pretending(store, 1, set()), quiet)
    broken = store.folder(nodes[0].key) / "record.json"
    broken.write_text(broken.read_text()[:20])
    said = store.set_aside_faulty([n.key for n in nodes])
    assert len(said) == 1
    assert "set aside" in said[0]
    again = Pretending(store, 1, set())
    run_grid(nodes, store, again, quiet)
    assert again.log == [nodes[0].key]


def test_a_record_of_another_node_is_not_believed(tmp_path: Path) -> None:
    store, nodes = GridStore(tmp_path), nodes_of([[], []])
    run_grid(nodes, store, Pretending(store, 1, set()), quiet)
    record = store.folder(nodes[0].key) / "record.json"
    record.write_text((store.folder(nodes[1].key) / "record.json").read_text())
    assert "is not a record of node" in store.set_aside_faulty([nodes[0].key])[0]


def test_a_failure_is_kept_until_the_node_finishes(tmp_path: Path) -> None:
    store, (node,) = GridStore(tmp_path), nodes_of([[]])
    store.prepare(node)
    store.fail(node.key, "no room", "the traceback")
    assert store.failure(node.key) == "no room"
    store.finish(node.key, {"scores": []})
    assert store.failure(node.key) == ""
    assert json.loads((store.folder(node.key) / "record.json").read_text())["key"] == node.key
