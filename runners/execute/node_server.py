"""Runs nodes for a Dask worker, one after another, forked from a process that has imported torch once.

A worker may be a daemon, which multiprocessing allows no children, so it starts this module and
writes a JSON line [folder, key] for every node; a line with why the node failed ("" where it did
not) comes back. When the worker is gone, the input ends, and with it this process and its node.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from queue import SimpleQueue

from runners.execute.local_workers import LocalWorkers


def serve() -> None:
    """Answers until the input ends."""
    asked: SimpleQueue[str] = SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            asked.put(line)
        os._exit(0)  # the node that is running ends with this process

    threading.Thread(target=read, daemon=True).start()
    while True:
        root, key = json.loads(asked.get())
        workers = LocalWorkers(Path(root), 1)
        workers.start(key)
        print(json.dumps(workers.wait()[1]), flush=True)  # noqa: T201 — the answer


if __name__ == "__main__":
    serve()
