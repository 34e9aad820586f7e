"""What this machine computes on."""

from __future__ import annotations

import os


def gpus() -> tuple[str, ...]:
    """Identifiers of the GPUs that torch sees, as CUDA_VISIBLE_DEVICES wants them."""
    import torch

    visible = [name for name in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if name.strip()]
    return tuple(visible or map(str, range(torch.cuda.device_count()))) if torch.cuda.is_available() else ()


def local_capacity(threads: int, found: tuple[str, ...]) -> int:
    """How many nodes run at once: one per GPU, or as many as the cores carry at `threads` each."""
    if found:
        return len(found)
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        cores = os.cpu_count() or 1
    return max(1, cores // threads)
