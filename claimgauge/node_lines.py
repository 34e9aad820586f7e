"""Lines on stderr about the nodes of a grid: one for each that ends, and how far those that run are."""

from __future__ import annotations

import time
from pathlib import Path

from claimgauge.progress import ShownProgress
from runners.execute.store import GridStore
from runners.plan.grid import GridNode

TAIL = 4096
"""Bytes at the end of a node's log in which its last step is looked for."""


class NodeLines:
    """One line on stderr per node that ends, with the time that is left; progress says where running ones stand.

    Args:
        shown: the progress of the grid.
        store: of the grid, for the logs of its nodes.
    """

    def __init__(self, shown: ShownProgress, store: GridStore) -> None:
        self.shown, self.store = shown, store
        self.left = self.total = shown.total
        self.ran = 0
        self.began = time.monotonic()
        self.running: dict[str, GridNode] = {}
        shown.beside = self.standing

    def __call__(self, event: str, node: GridNode, why: str) -> None:
        """Takes note of what happened to a node; see `runners.execute.engine.Watch`."""
        if event == "started":
            self.running[node.key] = node
            return
        self.running.pop(node.key, None)
        self.left -= 1
        self.shown.advance()
        if event == "kept":
            return
        self.ran += 1
        passed = time.monotonic() - self.began
        sign = {"finished": "done", "failed": "FAILED", "blocked": "blocked"}[event]
        more = f": {why}" if why else ""
        left = f"about {passed / self.ran * self.left:.0f} s left" if self.left else "all done"
        place = f"[{self.total - self.left}/{self.total}]"
        self.shown.say(f"{place} {passed:5.0f} s, {left}  {sign}  {node.title}{more}", err=True)

    def standing(self) -> str:
        """The nodes that run, each with the last step of its log."""
        return "; ".join(
            f"{node.title}: {last_step(self.store.folder(key) / 'log.txt') or 'started'}"
            for key, node in tuple(self.running.items())
        )


def last_step(log: Path) -> str:
    """The last line of a node's log that says how far its training is; "" where none does."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - TAIL))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return next((line for line in reversed(lines) if line.startswith("step ")), "")
