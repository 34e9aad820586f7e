"""Time of a training step by kind of kernel, by torch's profiler."""

from __future__ import annotations

import re
import time

import torch
from torch.profiler import ProfilerActivity, profile

STEPS = 5
"""That are taken apart."""

KINDS = {
    "matrix products": r"gemm|cutlass|cublas|nvjet|aten::mm|addmm|bmm",
    "attention": r"flash|fmha|attention|sdpa",
    "optimiser": r"adam|multi_tensor|foreach|lpnorm",
    "dropout": r"dropout|bernoulli|philox",
    "norms and activations": r"norm|gelu|softmax|tanh",
    "embeddings, gather and scatter": r"embedding|index|gather|scatter|nonzero",
    "copies": r"memcpy|memset|copy|cat|fill|zero",
    "elementwise": r"elementwise|add|mul|div|reduce|sum",
}
"""The first that fits a kernel's name."""


class Profile:
    """Called after every step; watches `STEPS` of them after the first `warm`."""

    def __init__(self, device: torch.device, warm: int) -> None:
        self._device, self._warm = device, warm
        kinds = [ProfilerActivity.CPU, *([ProfilerActivity.CUDA] if device.type == "cuda" else [])]
        self._profile = profile(activities=kinds)
        self._begun = self.seconds = 0.0

    def __call__(self, step: int) -> None:
        """Begins or ends."""
        if step not in (self._warm, self._warm + STEPS):
            return
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)
        if step == self._warm:
            self._profile.start()
            self._begun = time.perf_counter()
        else:
            self.seconds = time.perf_counter() - self._begun
            self._profile.stop()

    def table(self) -> str:
        """Milliseconds a step by kind of kernel, and what is left: how long a GPU had nothing to do."""
        spent: dict[str, float] = dict.fromkeys([*KINDS, "others"], 0.0)
        largest: dict[str, float] = {}
        for event in self._profile.key_averages():
            gpu = self._device.type == "cuda"
            # Of a GPU only kernels count: an operator has the time of the kernels that it starts.
            if gpu and event.device_type == torch.autograd.DeviceType.CPU:
                continue
            micros = event.self_device_time_total if gpu else event.self_cpu_time_total
            kind = next((kind for kind, names in KINDS.items() if re.search(names, event.key.lower())), "others")
            spent[kind] += micros / 1e3 / STEPS
            largest[event.key] = micros / 1e3 / STEPS
        whole = 1e3 * self.seconds / STEPS
        lines = [f"| {kind} | {each:.2f} | {each / whole:.1%} |" for kind, each in spent.items()]
        rest = "idle" if self._device.type == "cuda" else "between operators"
        idle = f"| {rest} | {whole - sum(spent.values()):.2f} | {1 - sum(spent.values()) / whole:.1%} |"
        top = sorted(largest.items(), key=lambda item: -item[1])[:12]
        kernels = "\n".join(f"{each:8.2f} ms  {name[:110]}" for name, each in top)
        return "\n".join([f"| {whole:.1f} ms a step | ms | share |\n|---|---|---|", *lines, idle, "", kernels])
