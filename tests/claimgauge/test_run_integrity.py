"""What lies in a grid's folder is what its records say: edited, deleted and damaged files are named and made again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import command
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.results.table import load_results
from runners.execute.collect import results_of
from runners.execute.store import GridStore

INTERMEDIATE = "lab-inference (lab-a, 64 examples), seed"

PLAN = """
name = "kept"
source_language = "lab-a"
seeds = [1]
[model]
name = "lab-xlmr"
kind = "random"
tokenizer = "world"
config = { layers = 1, width = 16, heads = 2, mlp_width = 32, positions = 130 }
[data]
source = "world"
[pretraining]
sentences = 20
[[intermediates]]
runs = ["none", "lab-inference"]
languages = ["lab-a"]
examples = [64]
[[targets]]
tasks = ["lab-nli", "lab-retrieval"]
languages = ["lab-a1"]
examples = [64]
[recipes.default]
epochs = 1
"""


def claimgauge(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return command.grid("run", "kept.toml", "--out", "runs", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grid")
    (folder / "kept.toml").write_text(PLAN)
    done = claimgauge("--workers", "2", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def grid(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished grid."""
    return shutil.copytree(finished, tmp_path / "copy")


def node(grid: Path, title: str) -> Path:
    paths = grid.glob("runs/nodes/*/record.json")
    return next(p.parent for p in paths if json.loads(p.read_text())["title"].startswith(title))


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_every_file_of_a_finished_node_has_its_checksum_in_the_record(finished: Path) -> None:
    target = json.loads((node(finished, "lab-inference (lab-a, 64 examples) → lab-nli") / "record.json").read_text())
    assert {"items.parquet", "node.json", "heads.safetensors"} <= set(target["files"])
    assert "encoder/model.safetensors" not in target["files"], "which is deleted with the node"
    parent = node(finished, INTERMEDIATE)
    assert "encoder/model.safetensors" in json.loads((parent / "record.json").read_text())["files"]
    assert set(target["started_from"]) == {parent.name}


def test_what_was_changed_is_named_refused_by_collect_and_made_again_by_run(grid: Path) -> None:
    edited, emptied = (node(grid, title) for title in ("none → lab-nli", "none → lab-retrieval"))
    parent = node(grid, INTERMEDIATE)
    record = json.loads((edited / "record.json").read_text())
    before = load_results(grid / "runs" / "results.parquet")
    record["scores"][0]["score"] = 99.0
    (edited / "record.json").write_text(json.dumps(record))
    (emptied / "items.parquet").unlink()
    flipped(parent / "encoder" / "model.safetensors")

    refused = claimgauge("--collect", cwd=grid)
    assert refused.returncode == 3
    assert f"{edited.name}/record.json: was changed after it was written" in refused.stderr
    assert f"{emptied.name}/items.parquet is missing" in refused.stderr
    assert parent.name not in refused.stderr, "weights are read where that is asked for"
    assert (
        f"{parent.name}/encoder/model.safetensors was changed" in claimgauge("--collect", "--verify", cwd=grid).stderr
    )

    again = claimgauge("--verify", "--json", cwd=grid)
    assert again.returncode == 0, again.stderr
    assert all(f"{one.name}/" in again.stderr for one in (edited, emptied, parent))
    assert json.loads(again.stdout)["finished"] == 3, "what rests on the same weights as before is kept"
    pd.testing.assert_frame_equal(before, load_results(grid / "runs" / "results.parquet"))


def test_no_node_starts_from_weights_that_do_not_match_their_record(grid: Path) -> None:
    from runners.execute.node import run_node

    child, parent = node(grid, "lab-inference (lab-a, 64 examples) → lab-nli"), node(grid, INTERMEDIATE)
    flipped(parent / "encoder" / "model.safetensors")
    (child / "record.json").unlink()
    with pytest.raises(InputError, match=f"(?s){parent.name}/encoder/model.safetensors was changed.*--verify"):
        run_node(GridStore(grid / "runs"), child.name)


def test_nodes_that_started_from_other_weights_run_again(grid: Path) -> None:
    store, parent = GridStore(grid / "runs"), node(grid, INTERMEDIATE)
    record = json.loads((parent / "record.json").read_text())
    record["files"]["encoder/model.safetensors"]["sha256"] = "0" * 64  # as if another machine had trained it
    del record["seal"]
    store.finish(parent.name, record)
    said = store.set_aside_faulty(store.begun())
    assert len(said) == 2, "of its two targets"
    assert all("started from other weights" in one and parent.name in one for one in said)


def test_records_of_before_there_were_checksums_are_taken_as_they_are(grid: Path) -> None:
    store = GridStore(grid / "runs")
    for key in store.begun():
        path = store.folder(key) / "record.json"
        record = json.loads(path.read_text())
        path.write_text(json.dumps({k: v for k, v in record.items() if k not in {"seal", "files", "started_from"}}))
    assert store.set_aside_faulty(store.begun(), weights=True) == ()
    assert len(results_of(store)) == len(load_results(grid / "runs" / "results.parquet"))


@pytest.mark.slow
def test_an_interruption_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "kept.toml").write_text(PLAN.replace("seeds = [1]", f"seeds = {list(range(1, 30))}"))
    asked = [sys.executable, "-m", "claimgauge", "run", "kept.toml", "--out", "runs", "--workers", "1"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(asked, cwd=tmp_path, env=env, stderr=subprocess.PIPE, text=True) as grid:
        deadline = time.monotonic() + 120
        while not list(tmp_path.glob("runs/nodes/*/record.json")) and time.monotonic() < deadline:
            time.sleep(0.05)
        grid.send_signal(signal.SIGINT)
        assert grid.stderr is not None
        said = grid.stderr.read()
    assert grid.returncode == 130
    assert "nodes are finished and kept in runs: the same command goes on" in said
    assert "Traceback" not in said
