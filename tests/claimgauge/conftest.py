"""A Dask cluster of three worker processes on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from ports import free_port

ENV = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "OMP_NUM_THREADS": "1"}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    address = f"tcp://127.0.0.1:{free_port()}"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": ENV, "cwd": tmp_path}
    with ExitStack() as stack:
        started: list[subprocess.Popen[bytes]] = []
        commands = [[*dask, "scheduler", "--host", address, "--no-dashboard"]]
        commands += [
            [*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60"]
        ] * 3
        for command in commands:
            process = stack.enter_context(subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
            stack.callback(process.kill)
            started.append(process)
        yield address, started[1:]
