"""Device and process group of a stage; torch's launcher starts one process per GPU."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import distributed, nn

from analysis.errors import MissingDataError, UsageError


@dataclass(frozen=True, slots=True)
class Processes:
    """This process among those that train together.

    Attributes:
        rank: its number from 0. size: how many there are; 1 without a launcher.
    """

    rank: int = 0
    size: int = 1

    @property
    def writes(self) -> bool:
        """True if this is the one that writes files."""
        return self.rank == 0

    def all_reduce_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Sums gradients over all processes; one that had no part of the batch adds nothing."""
        if self.size == 1:
            return
        for parameter in parameters:
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
        waiting = [distributed.all_reduce(p.grad, async_op=True) for p in parameters if p.grad is not None]
        for one in waiting:
            one.wait()

    def wait(self) -> None:
        """Until all are here."""
        if self.size > 1:
            distributed.barrier()

    def broadcast_flag(self, value: bool) -> bool:
        """Broadcasts a flag of the first process, as clocks may differ."""
        if self.size == 1:
            return value
        box = [value]
        distributed.broadcast_object_list(box, src=0)
        return box[0]


def processes(device: torch.device) -> Processes:
    """Joins the processes that the launcher started (`torchrun`); alone where there is no launcher."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        return Processes()
    if not distributed.is_initialized():
        distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return Processes(distributed.get_rank(), size)


def device_of(name: str) -> torch.device:
    """The device that `auto`, `cpu`, `cuda` or `cuda:1` means here.

    Under torch's launcher each process gets the GPU of its local rank.

    Raises:
        MissingDataError: a GPU is demanded and there is none.
        UsageError: no such name.
    """
    kind, _, number = name.partition(":")
    if kind not in {"auto", "cpu", "cuda"} or (number and not number.isdigit()):
        raise UsageError(f"device {name!r} is not one of auto, cpu, cuda, cuda:0 …")
    if kind == "cpu" or (kind == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    if not torch.cuda.is_available():
        raise MissingDataError(
            f"device {name!r} is demanded, but torch {torch.__version__} sees no GPU here; say auto or cpu"
        )
    local = int(number or os.environ.get("LOCAL_RANK", "0"))
    if local >= torch.cuda.device_count():
        raise MissingDataError(f"GPU {local} is demanded, but there are only {torch.cuda.device_count()} here")
    torch.cuda.set_device(local)
    return torch.device("cuda", local)


def device_name(device: torch.device) -> str:
    """As a run record says it."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu"
