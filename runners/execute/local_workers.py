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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from runners.execute.devices import Devices
from runners.execute.store import NO_MEMORY, GridStore
from runners.model.allowed_code import allow, named

PRELOADED = ["runners.execute.node", "torch._dynamo"]
"""Imported once by the server. torch's optimisers import the second at their first step: 2.7 s per node otherwise."""


class LocalWorkers:
    """Processes of this machine.

    With more nodes than GPUs several share one, so that one is evaluated while another trains. A
    node that finds too little memory beside another runs again by itself, and from then on every
    node has a GPU to itself.

    Attributes:
        capacity: how many nodes run at once.
    """

    def __init__(self, root: Path, capacity: int, devices: tuple[str, ...] = ()) -> None:
        self.capacity = capacity
        self._root = root
        self._devices = Devices(devices)
        self._running: dict[str, _Running] = {}
        self._again: list[str] = []
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(PRELOADED)

    def start(self, key: str) -> None:
        """Begins a node in a process of its own."""
        theirs, ours = self._context.Pipe(duplex=False)
        device = self._devices.take()
        given = (self._root, key, device, theirs, named())
        process = self._context.Process(target=_run, args=given, daemon=True)
        with _uninterrupted():
            process.start()
        theirs.close()
        beside = [one for one in self._running.values() if device and one.device == device]
        for one in beside:
            one.shared = True
        self._running[key] = _Running(process, ours, device, bool(beside))

    def wait(self) -> tuple[str, str]:
        """Waits for the first node that ends and is not to run again."""
        while True:
            if self._again and self._devices.some_is_idle():
                self.start(self._again.pop(0))
            key, ended = self._first_ended()
            code = ended.process.exitcode or 0
            if code != NO_MEMORY or not ended.shared:
                return key, _why(self._root, key, code)
            self._again.append(key)
            self.capacity = len(self._devices)

    def _first_ended(self) -> tuple[str, _Running]:
        wait([one.process.sentinel for one in self._running.values()])
        key = next(key for key, one in self._running.items() if not one.process.is_alive())
        ended = self._running.pop(key)
        ended.process.join()
        ended.alive.close()
        self._devices.give_back(ended.device)
        return key, ended

    def close(self) -> None:
        """Ends what is still running."""
        for one in self._running.values():
            one.process.terminate()
            one.process.join(10)
            one.alive.close()
        self._running.clear()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes begun within it, and all of theirs, leave an interruption from the keyboard to us, who end them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(slots=True)
class _Running:
    """A node's process.

    Attributes:
        alive: our end of the pipe that tells the process that we are there.
        device: its GPU, or "". shared: whether another node ran there at the same time.
    """

    process: BaseProcess
    alive: Connection
    device: str
    shared: bool


def _why(root: Path, key: str, code: int) -> str:
    """Why a process failed, or ""."""
    if code < 0:
        return f"its process was ended by signal {signal.Signals(-code).name}; run the plan again to go on"
    return GridStore(root).why(key, code)


def _run(root: Path, key: str, device: str, alive: Connection, allowed: list[str]) -> None:
    """In the node's process."""
    if device:
        os.environ["CUDA_VISIBLE_DEVICES"] = device
    allow(allowed)
    end_with(alive.fileno())
    from runners.execute.node import run_and_report

    sys.exit(run_and_report(root, key))


def end_with(descriptor: int) -> None:
    """Ends this process as soon as the other end of the pipe is closed: whoever started it is gone."""

    def watch() -> None:
        while os.read(descriptor, 1):
            pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
