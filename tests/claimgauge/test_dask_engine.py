"""`claimgauge run --engine dask` on a cluster of three worker processes, one of which is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from analysis.results.table import load_results
from tests.claimgauge.conftest import ENV
from tests.claimgauge.test_run_command import PLAN, claimgauge

pytestmark = pytest.mark.slow


def test_a_killed_worker_costs_its_own_node_only_and_the_table_is_the_same(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    (tmp_path / "tiny.toml").write_text(PLAN)
    command = [sys.executable, "-m", "claimgauge", "run", "tiny.toml", "--out", "dask"]
    with subprocess.Popen([*command, "--engine", "dask", "--scheduler", address], cwd=tmp_path, env=ENV) as grid:
        nodes = tmp_path / "dask" / "nodes"
        deadline = time.monotonic() + 300
        while len(list(nodes.glob("*/record.json"))) < 4 and time.monotonic() < deadline:
            time.sleep(0.1)
        finished = {p: p.stat().st_mtime_ns for p in nodes.glob("*/record.json")}
        assert 4 <= len(finished) < 17
        workers[0].send_signal(signal.SIGKILL)
        assert grid.wait(timeout=600) == 0
    assert {p: p.stat().st_mtime_ns for p in finished} == finished
    claimgauge("run", "tiny.toml", "--out", "local", cwd=tmp_path)
    one, other = (load_results(tmp_path / name / "results.parquet") for name in ("dask", "local"))
    columns = list(one.columns)
    pd.testing.assert_frame_equal(
        one.astype(str).sort_values(columns, ignore_index=True),
        other.astype(str).sort_values(columns, ignore_index=True),
    )
