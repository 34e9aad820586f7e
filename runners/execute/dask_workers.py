"""Workers of a Dask cluster; the grid's folder must be on a file system that all of them see."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from analysis.cluster import connect


class DaskWorkers:
    """The workers that a scheduler knows.

    Attributes:
        capacity: nodes at once; more than there are workers, so that none waits for us.
    """

    def __init__(self, root: Path, scheduler: str, *, gpu: bool) -> None:
        self._root = root.resolve()
        self._client: Any = connect(scheduler)
        self._resources = {"GPU": 1} if gpu else {}
        self._futures: dict[Any, str] = {}
        self.capacity = 1_000_000

    def start(self, key: str) -> None:
        """Gives a node to the scheduler; a worker that dies takes no other node with it."""
        options: dict[str, Any] = {"resources": self._resources, "retries": 0, "pure": False}
        self._futures[self._client.submit(run_node_process, str(self._root), key, **options)] = key

    def wait(self) -> tuple[str, str]:
        """Waits for the first node that ends."""
        from distributed import wait

        done = next(iter(wait(list(self._futures), return_when="FIRST_COMPLETED").done))  # type: ignore[no-untyped-call]
        key = self._futures.pop(done)
        if done.status == "error":
            return key, f"Dask gave it up: {done.exception()}"
        return key, str(done.result())

    def close(self) -> None:
        """Takes back what is not begun and leaves the cluster."""
        self._client.cancel(list(self._futures))
        self._client.close()


_mine = threading.local()
"""The server that starts its nodes, of each thread of a worker."""


def run_node_process(root: str, key: str) -> str:
    """On a worker: the node in a process of its own that ends with the worker; why it failed, or ""."""
    try:
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps([root, key]) + "\n")
        server.stdin.flush()
        answer = server.stdout.readline()
    except BrokenPipeError:
        answer = ""
    return str(json.loads(answer)) if answer else "the process that starts nodes ended; run the plan again to go on"


def _server() -> subprocess.Popen[str]:
    """The one of this thread, started when it is first needed or no longer there."""
    found: subprocess.Popen[str] | None = getattr(_mine, "server", None)
    if found is None or found.poll() is not None:
        command = [sys.executable, "-m", "runners.execute.node_server"]
        found = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        _mine.server = found
    return found
