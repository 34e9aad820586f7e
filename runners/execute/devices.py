"""Devices of this machine."""

from __future__ import annotations

import os
from collections.abc import Sequence


def gpus() -> tuple[str, ...]:
    """Identifiers of the GPUs that torch sees, as CUDA_VISIBLE_DEVICES wants them."""
    import torch

    visible = [name for name in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if name.strip()]
    return tuple(visible or map(str, range(torch.cuda.device_count()))) if torch.cuda.is_available() else ()


def local_capacity(threads: int, found: tuple[str, ...]) -> int:
    """Number of nodes that run at once: one per GPU, or as many as the cores carry at `threads` each."""
    if found:
        return len(found)
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        cores = os.cpu_count() or 1
    return max(1, cores // threads)


class Devices:
    """GPUs handed to nodes, the one with the fewest first.

    Where there are none, a node runs where torch puts it.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._nodes = dict.fromkeys(names, 0)

    def __len__(self) -> int:
        return len(self._nodes)

    def take(self) -> str:
        """A GPU for one more node, or ""."""
        if not self._nodes:
            return ""
        name = min(self._nodes, key=lambda one: self._nodes[one])
        self._nodes[name] += 1
        return name

    def give_back(self, name: str) -> None:
        """A node on it has ended."""
        if name:
            self._nodes[name] -= 1

    def some_is_idle(self) -> bool:
        """True if a node could have a GPU to itself."""
        return 0 in self._nodes.values()
