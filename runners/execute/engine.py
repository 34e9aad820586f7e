"""Runs the nodes of a grid, parents first, on whatever workers there are.

The engine keeps no state of its own: what is finished is what the store holds. A killed grid is
simply run again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from runners.execute.store import GridStore
from runners.plan.grid import GridNode

Event: TypeAlias = Literal["kept", "started", "finished", "failed", "blocked"]
Watch: TypeAlias = Callable[[Event, GridNode, str], None]
"""Called with what happened to which node, and why it failed or was blocked."""


class Workers(Protocol):
    """A pool of workers; each runs one node at a time."""

    @property
    def capacity(self) -> int:
        """Number of nodes that may run at once; may become less while they run."""

    def start(self, key: str) -> None:
        """Begins a node."""

    def wait(self) -> tuple[str, str]:
        """Waits until some node ends: its key, and why it failed ("" where it did not)."""

    def close(self) -> None:
        """Ends what is still running."""


@dataclass(frozen=True, slots=True)
class GridSummary:
    """Result of running a grid.

    Attributes:
        kept: keys of nodes that were finished before. finished: newly finished.
        failed: key → why. blocked: keys of nodes whose parents failed.
    """

    kept: tuple[str, ...]
    finished: tuple[str, ...]
    failed: dict[str, str]
    blocked: tuple[str, ...]


def run_grid(nodes: Sequence[GridNode], store: GridStore, workers: Workers, watch: Watch) -> GridSummary:
    """Runs every node that has no record yet.

    Args:
        nodes: parents before children.
        store: where records are kept.
        workers: who runs them; closed at the end, whatever happens.
        watch: told of every event.
    """
    by_key = {node.key: node for node in nodes}
    done = _done(nodes, store)
    kept = tuple(key for key in by_key if key in done)
    for key in kept:
        watch("kept", by_key[key], "")
    waiting = [node for node in nodes if node.key not in done]
    failed: dict[str, str] = {}
    blocked: list[str] = []
    running: set[str] = set()
    try:
        while waiting or running:
            waiting = _without_blocked(waiting, failed, blocked, by_key, watch)
            free = max(0, workers.capacity - len(running))
            for node in [n for n in waiting if all(p in done for p in n.parents)][:free]:
                store.prepare(node)
                workers.start(node.key)
                running.add(node.key)
                waiting.remove(node)
                watch("started", node, "")
            if not running:
                continue
            key, why = workers.wait()
            running.discard(key)
            if why:
                failed[key] = why
            else:
                done.add(key)
            watch("failed" if why else "finished", by_key[key], why)
    finally:
        workers.close()
    finished = tuple(key for key in by_key if key in done and key not in kept)
    return GridSummary(kept, finished, failed, tuple(blocked))


def _done(nodes: Sequence[GridNode], store: GridStore) -> set[str]:
    """Nodes with a record; without those finished elsewhere whose weights something must start from."""
    done = {node.key for node in nodes if store.record(node.key) is not None}
    for node in reversed(nodes):
        if node.key not in done:
            done -= {parent for parent in node.parents if not store.finished_here(parent)}
    return done


def _without_blocked(
    waiting: list[GridNode], failed: dict[str, str], blocked: list[str], by_key: dict[str, GridNode], watch: Watch
) -> list[GridNode]:
    left: list[GridNode] = []
    for node in waiting:
        broken = [p for p in node.parents if p in failed or p in blocked]
        if broken:
            blocked.append(node.key)
            watch("blocked", node, f"{by_key[broken[0]].title} did not finish")
        else:
            left.append(node)
    return left
