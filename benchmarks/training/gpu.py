"""Training steps of an XLM-R-Large-sized model on one device: tokens per second, utilisation, memory.

python benchmarks/training/gpu.py                                    # on a GPU, bf16
python benchmarks/training/gpu.py --shape tiny --steps 6 --matrix 256  # a rehearsal on a CPU

Nothing is downloaded: weights are random, the vocabulary has XLM-R's size, and texts are random
words whose lengths follow XNLI and XQuAD, which is SQuAD 1.1 (log-normal, with the mean and the mean square of
runners/lengths.toml). The steps are those of `runners.training.train`, checkpoints and evaluation
off. Utilisation is the FLOPs of the analytic formula, padding included, per second, over the rate
of a large matrix product measured on the same device in the same precision.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import tempfile
import time
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import torch

from runners.examples import Asked, Classified, Dataset, Example, Form
from runners.processes import device_name, device_of
from runners.recipe import ModelSpec, Precision, Recipe
from runners.trained import TaskData
from runners.training import train
from runners.world.world import World

LARGE = {"layers": 24, "width": 1024, "heads": 16, "mlp_width": 4096, "positions": 514, "vocabulary": 250_002}
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "large": LARGE,
    "base": {**LARGE, "layers": 12, "width": 768, "heads": 12, "mlp_width": 3072},
    "tiny": {"layers": 2, "width": 32, "heads": 2, "mlp_width": 64, "positions": 514},
}
RECIPES = {
    "xnli": Recipe(batch_size=32, max_length=128, learning_rate=3e-5, checkpoint_every=1e9),
    "xquad": Recipe(batch_size=32, max_length=384, doc_stride=128, learning_rate=3e-5, checkpoint_every=1e9),
}
"""As XTREME's scripts for XLM-R Large."""

LABELS = ("entailment", "neutral", "contradiction")

WARM = 3
"""Steps that are not timed: memory is found and kernels are chosen in them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", default="large", choices=SHAPES)
    parser.add_argument("--steps", type=int, default=60, help="of each task, the first three not timed")
    parser.add_argument("--matrix", type=int, default=8192, help="rows and columns of the matrix product")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--accumulate", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.steps <= WARM + 1:
        parser.error(f"--steps must be more than {WARM + 1}")
    device = device_of(chosen.device)
    rate = matrix_rate(chosen.matrix, device)
    precision = "bf16" if device.type == "cuda" else "float32"
    print(f"{device_name(device)}, torch {torch.__version__}, {precision}, shape {chosen.shape}")
    print(f"matrix product of {chosen.matrix} x {chosen.matrix}: {rate / 1e12:.2f} TFLOP/s\n")
    columns = (
        "task",
        "steps",
        "tokens a row",
        "tokens/s",
        "padding",
        "ms a step",
        "TFLOP/s",
        "utilisation",
        "peak memory, GiB",
    )
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for task in RECIPES:
        print(row(task, chosen.shape, chosen.steps, chosen.accumulate, device, rate), flush=True)


def matrix_rate(size: int, device: torch.device) -> float:
    """FLOPs per second of a square matrix product, the median of ten."""
    kind = torch.bfloat16 if device.type == "cuda" else torch.float32
    a, b = (torch.randn(size, size, device=device, dtype=kind) for _ in range(2))
    times = []
    for _ in range(13):
        begun = time.perf_counter()
        a @ b
        synchronise(device)
        times.append(time.perf_counter() - begun)
    return float(2 * size**3 / statistics.median(times[3:]))


def synchronise(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def row(task: str, shape: str, steps: int, accumulate: int, device: torch.device, rate: float) -> str:
    precision: Precision = "bf16" if device.type == "cuda" else "float32"
    recipe = replace(RECIPES[task], steps=steps, accumulate=accumulate, precision=precision)
    marks: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        World(0).save_tokenizer(Path(folder) / "tokenizer")
        spec = ModelSpec(shape, "random", tokenizer=str(Path(folder) / "tokenizer"), config=SHAPES[shape])
        data = dataset(task, steps * recipe.batch_size, Path(folder) / "tokenizer", recipe.max_length)
        if device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(device)
        trained = train(
            spec, [TaskData(data)], recipe, 0, Path(folder) / "out", device=str(device),
            progress=lambda _: marks.append(clock(device)),
        )  # fmt: skip
    # Batches come in random order, so that the timed ones hold their share of all tokens, nearly.
    seconds, share = marks[-1] - marks[WARM - 1], (steps - WARM) / steps
    speed = trained.flops_executed * share / seconds
    peak = f"{torch.cuda.max_memory_allocated(device) / 2**30:.1f}" if device.type == "cuda" else "–"
    return (
        f"| {task} | {steps} | {trained.tokens_real / (steps * recipe.batch_size):.1f} "
        f"| {trained.tokens_real * share / seconds:,.0f} "
        f"| {trained.tokens_padded / trained.tokens_real - 1:.1%} | {1e3 * seconds / (steps - WARM):.1f} "
        f"| {speed / 1e12:.3g} | {speed / rate:.1%} | {peak} |"
    )


def clock(device: torch.device) -> float:
    synchronise(device)
    return time.perf_counter()


def dataset(task: str, count: int, tokenizer: Path, longest: int) -> Dataset:
    """Random words of one piece each, in texts as long as those of a task."""
    vocabulary = json.loads((tokenizer / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    words = [piece for piece in vocabulary if piece.isascii() and piece.isalpha()]
    draw = np.random.default_rng(0)
    facts = tomllib.loads((files("runners") / "lengths.toml").read_text(encoding="utf-8"))[task]
    spread = math.log(facts["squares"] / facts["tokens"] ** 2)
    lengths = draw.lognormal(math.log(facts["tokens"]) - spread / 2, spread**0.5, count).clip(16, longest).astype(int)
    examples: list[Example] = []
    for number, length in enumerate(lengths.tolist()):
        said = draw.choice(words, length - 4).tolist()  # four pieces are special
        cut = length // 3 if task == "xnli" else 8
        first, second = " ".join(said[:cut]), " ".join(said[cut:])
        examples.append(
            Classified(str(number), first, second, LABELS[number % 3])
            if task == "xnli"
            else Asked(str(number), first, second, ((said[cut], 0),))
        )
    form: Form = "classification" if task == "xnli" else "span"
    return Dataset(task, form, "en", "train", tuple(examples), LABELS if task == "xnli" else (), sha256=task)


if __name__ == "__main__":
    main()
