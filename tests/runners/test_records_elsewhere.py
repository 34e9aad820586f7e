"""A grid goes on from the records of another machine, without its weights: only what is missing runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import InputError
from claimgauge.experiments import prepare
from claimgauge.running import RunSummary, carried_out
from runners.execute.collect import read_records, results_of, write_records
from runners.execute.engine import GridSummary, run_grid
from runners.execute.node import run_node
from runners.execute.store import GridStore
from runners.plan.grid import GridNode
from tests.runners.test_shared_training import PLAN, squad

GROWN = 'tasks = ["xquad"]\nexamples = [16, 32]\nitems = 5'


class InThisProcess:
    """One worker that runs a node when it is waited for."""

    capacity = 1

    def __init__(self, store: GridStore) -> None:
        self.store, self.key = store, ""

    def start(self, key: str) -> None:
        self.key = key

    def wait(self) -> tuple[str, str]:
        run_node(self.store, self.key)
        return self.key, ""

    def close(self) -> None:
        pass


def ran(nodes: tuple[GridNode, ...], store: GridStore) -> GridSummary:
    return run_grid(nodes, store, InThisProcess(store), lambda *_: None)


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory, tokenizer_folder: Path) -> tuple[tuple[GridNode, ...], Path]:
    """An intermediate stage with two targets, of which all but the last are finished elsewhere."""
    folder = tmp_path_factory.mktemp("elsewhere")
    squad(folder / "squad" / "train-v1.1.json", "train", 48)
    squad(folder / "xquad" / "xquad.en.json", "test", 8)
    text = PLAN.format(tokenizer=tokenizer_folder, folder=folder, tasks="[]").replace("tasks = []", GROWN)
    (folder / "qa.toml").write_text(text.replace('runs = ["none"]', 'runs = ["squad1"]'))
    nodes, store = prepare(str(folder / "qa.toml"), dry_run=False).nodes, GridStore(folder / "first")
    ran(nodes[:2], store)
    assert write_records(store, [node.key for node in nodes], folder / "records.parquet") == 2
    return nodes, folder


def test_only_the_missing_node_runs_and_what_it_starts_from(grid: tuple[tuple[GridNode, ...], Path]) -> None:
    nodes, folder = grid
    store = GridStore(folder / "second")
    store.take(read_records(folder / "records.parquet"))
    stage, small, large = (node.key for node in nodes)
    summary = ran(nodes, store)
    assert (set(summary.finished), summary.kept) == ({stage, large}, (small,))
    assert not store.set_aside_faulty(node.key for node in nodes)
    assert results_of(store)["target_examples"].tolist().count(16) == results_of(GridStore(folder / "first")).shape[0]


def test_with_all_records_nothing_runs_and_the_scores_are_the_same(grid: tuple[tuple[GridNode, ...], Path]) -> None:
    nodes, folder = grid
    store = GridStore(folder / "third")
    store.take(read_records(folder / "records.parquet"))
    summary = ran(nodes[:2], store)
    assert summary.finished == ()
    assert len(summary.kept) == 2
    assert not (store.root / "nodes").exists()
    there, here = results_of(GridStore(folder / "first")), results_of(store)
    assert here.equals(there)
    assert set(here["n_items"]) == {5}


def test_the_command_takes_records_and_leaves_them_for_the_next_machine(
    grid: tuple[tuple[GridNode, ...], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _, folder = grid
    given, out = folder / "records.parquet", folder / "fifth"
    done = carried_out(str(folder / "qa.toml"), out, only=["target_examples=16"], records=given)
    assert isinstance(done, RunSummary)
    assert (done.summary.finished, len(done.summary.kept)) == ((), 2)
    assert "2 of 2 nodes are finished there" in capsys.readouterr().err
    assert [(n.key, r["seal"]) for n, r in read_records(out / "records.parquet")] == [
        (n.key, r["seal"]) for n, r in read_records(given)
    ]


def test_a_record_from_elsewhere_that_was_edited_does_not_count(grid: tuple[tuple[GridNode, ...], Path]) -> None:
    nodes, folder = grid
    store = GridStore(folder / "fourth")
    store.take((node, {**record, "seconds": 0.0}) for node, record in read_records(folder / "records.parquet"))
    said = store.set_aside_faulty(node.key for node in nodes)
    assert len(said) == 2
    assert "was changed after it was written" in said[0]
    assert store.record(nodes[1].key) is None
    assert store.begun() == ()


def test_a_file_that_holds_no_records_is_named(grid: tuple[tuple[GridNode, ...], Path]) -> None:
    other = grid[1] / "qa.toml"
    with pytest.raises(InputError, match=r"qa\.toml.*is no file of records"):
        list(read_records(other))
