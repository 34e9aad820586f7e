"""A disk that takes no more: one clear sentence, and the rerun goes on."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import ClaimgaugeError
from analysis.results.table import load_results
from runners.execute.store import UNWRITABLE, GridStore, room
from runners.plan.grid import GridNode
from tests.claimgauge.test_run_command import PLAN, claimgauge

ROOT = Path(__file__).parents[2]


def test_a_record_that_does_not_fit_is_told_in_one_sentence_and_written_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    store, node = GridStore(tmp_path), GridNode("k", "target", {}, (), {"title": "none", "target": "xnli", "seed": 1})
    store.prepare(node)
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(
        ClaimgaugeError, match=r"cannot be written \(No space left on device\); free space there and run"
    ):
        store.finish("k", {"scores": []})
    with pytest.raises(ClaimgaugeError, match="what is finished stays"):
        store.prepare(node)
    assert store.record("k") is None
    assert sorted(path.name for path in store.folder("k").iterdir()) == ["node.json"]
    monkeypatch.undo()
    store.finish("k", {"scores": []})
    assert store.record("k") is not None


def test_faults_that_are_no_full_disk_are_not_called_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), room(tmp_path):
        (tmp_path / "nowhere").read_text()


def test_a_node_that_cannot_write_why_it_failed_says_so_by_its_exit_code(tmp_path: Path) -> None:
    store = GridStore(tmp_path)
    store.prepare(
        GridNode("k", "target", {"threads": 1, "source": {"source": "web"}}, (), {"title": "none", "seed": 1})
    )
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from runners.execute.node import run_and_report\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        f"sys.exit(run_and_report(Path({str(tmp_path)!r}), 'k'))\n"
    )
    done = subprocess.run([sys.executable, "-B", "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == UNWRITABLE
    assert "cannot be written (not even the reason of a failure); free space" in store.why("k", done.returncode)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one mebibyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs rights that are not given here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_grid_on_a_disk_that_fills_up_ends_in_one_error_and_goes_on_once_there_is_room(
    disk: Path, tmp_path: Path
) -> None:
    (tmp_path / "tiny.toml").write_text(PLAN)
    run = ("run", "tiny.toml", "--workers", "1")
    failed = claimgauge(*run, "--out", "disk/runs", cwd=tmp_path, check=False)
    assert failed.returncode == 5
    assert "disk/runs cannot be written (No space left on device)" in failed.stderr
    assert "internal error" not in failed.stderr
    subprocess.run(["mount", "-o", "remount,size=16m", str(disk)], check=True)
    told = json.loads(claimgauge(*run, "--out", "disk/runs", "--json", cwd=tmp_path).stdout)
    assert told["kept"] >= 10
    assert told["finished"] + told["kept"] == 17
    claimgauge(*run, "--out", "runs", cwd=tmp_path)
    columns = list(load_results(tmp_path / "runs" / "results.parquet").columns)
    one, other = (
        load_results(folder / "runs" / "results.parquet").astype(str).sort_values(columns, ignore_index=True)
        for folder in (disk, tmp_path)
    )
    pd.testing.assert_frame_equal(one, other)
