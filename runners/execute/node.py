"""One node from its configuration to its record; what a worker's process runs.

python -m runners.execute.node DIR KEY
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from analysis.errors import ClaimgaugeError
from runners.execute.integrity import checksums
from runners.execute.record import surroundings
from runners.execute.stages import run
from runners.execute.store import NO_MEMORY, UNWRITABLE, GridStore, room

LOCK_PATIENCE = 60.0
"""Seconds a node waits for another process that still holds it (one whose worker was just lost)."""

KEPT = {"pretraining": True, "intermediate": True}
"""Kinds of node whose model other nodes start from."""


def run_and_report(root: Path, key: str) -> int:
    """Runs a node, keeps why it failed, and prints into its log.

    Returns:
        The exit code: 0 where the record was written, `NO_MEMORY` or `UNWRITABLE` where that was missing.
    """
    store = GridStore(root)
    with (store.folder(key) / "log.txt").open("a", encoding="utf-8") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        try:
            with room(root):
                run_node(store, key)
        except Exception as error:  # noqa: BLE001 — whatever it was, the grid must learn of it
            reason = str(error) if isinstance(error, ClaimgaugeError) else f"{type(error).__name__}: {error}"
            code = _failed(store, key, reason)
            return NO_MEMORY if code == 1 and isinstance(error, torch.OutOfMemoryError) else code
    return 0


def _failed(store: GridStore, key: str, reason: str) -> int:
    """Writes down why a node failed, in its log and for the grid; a full disk takes neither."""
    try:
        print(traceback.format_exc(), file=sys.stderr, flush=True)  # noqa: T201 — the node's log
        store.fail(key, reason, traceback.format_exc())
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)  # what waits to be printed would fail again when the process ends
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        return UNWRITABLE
    return 1


def run_node(store: GridStore, key: str) -> Mapping[str, Any]:
    """Runs one node, unless its record is there, and returns the record.

    Raises:
        ClaimgaugeError: the node cannot be run, with the reason.
    """
    folder = store.folder(key)
    with _alone(folder):
        record = store.record(key)
        if record is not None and store.finished_here(key):
            return record
        node = store.node(key)
        store.confirm(node.parents, weights=True)
        started = time.time()
        found = run(node, folder, [store.folder(parent) for parent in node.parents])
        leaving = () if KEPT.get(node.kind) or node.config.get("keep_model") else ("encoder",)
        record = {
            "title": node.title,
            "kind": node.kind,
            **found,
            "seconds": round(time.time() - started, 3),
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "surroundings": surroundings(),
            "started_from": {parent: checksum for parent in node.parents if (checksum := store.weights(parent))},
            "files": checksums(folder, leaving=leaving),
        }
        store.finish(key, record)
        for name in leaving:
            shutil.rmtree(folder / name, ignore_errors=True)
        return record


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two processes never work on one node; the lock goes with the process that holds it."""
    with (folder / "lock").open("w") as handle:
        deadline = time.monotonic() + LOCK_PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise ClaimgaugeError(f"{folder} is worked on by another process; wait for it or end it") from None
                time.sleep(0.2)
        yield


if __name__ == "__main__":
    from runners.execute.local_workers import end_with

    if not sys.stdin.isatty():
        end_with(sys.stdin.fileno())
    sys.exit(run_and_report(Path(sys.argv[1]), sys.argv[2]))
