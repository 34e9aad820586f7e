"""Workers on this machine: one process per node, forked from a server that has imported torch once.

A process of its own frees the memory of the GPU and takes no other node with it when it dies.
Every process ends by itself when the one that started it is gone, so a killed grid leaves no orphans.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

PRELOADED = ["runners.node", "torch._dynamo"]
"""Imported once by the server. torch's optimisers import the second at their first step: 2.7 s per node otherwise."""


class LocalWorkers:
    """Processes of this machine.

    Attributes:
        capacity: how many nodes run at once; on GPUs one per device.
    """

    def __init__(self, root: Path, capacity: int, devices: tuple[str, ...] = ()) -> None:
        self.capacity = capacity
        self._root = root
        self._devices = list(devices)
        self._processes: dict[str, tuple[BaseProcess, Connection, str]] = {}
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(PRELOADED)

    def start(self, key: str) -> None:
        """Begins a node in a process of its own."""
        theirs, ours = self._context.Pipe(duplex=False)
        device = self._devices.pop(0) if self._devices else ""
        process = self._context.Process(target=_run, args=(self._root, key, device, theirs), daemon=True)
        process.start()
        theirs.close()
        self._processes[key] = (process, ours, device)

    def wait(self) -> tuple[str, str]:
        """Waits for the first process that ends."""
        wait([process.sentinel for process, _, _ in self._processes.values()])
        key = next(key for key, (process, _, _) in self._processes.items() if not process.is_alive())
        process, ours, device = self._processes.pop(key)
        process.join()
        ours.close()
        if device:
            self._devices.append(device)
        return key, _why(self._root, key, process.exitcode or 0)

    def close(self) -> None:
        """Ends what is still running."""
        for process, ours, _ in self._processes.values():
            process.terminate()
            process.join(10)
            ours.close()
        self._processes.clear()


def _why(root: Path, key: str, code: int) -> str:
    """Why a process failed, or ""."""
    from runners.store import Store

    if code < 0:
        return f"its process was ended by signal {signal.Signals(-code).name}; run the plan again to go on"
    return Store(root).why(key, code)


def _run(root: Path, key: str, device: str, alive: Connection) -> None:
    """In the node's process."""
    if device:
        os.environ["CUDA_VISIBLE_DEVICES"] = device
    end_with(alive.fileno())
    from runners.node import run_and_report

    sys.exit(run_and_report(root, key))


def end_with(descriptor: int) -> None:
    """Ends this process as soon as the other end of the pipe is closed: whoever started it is gone."""

    def watch() -> None:
        while os.read(descriptor, 1):
            pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
