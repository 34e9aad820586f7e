"""Training steps of an XLM-R-Large-sized model on one device: ours in every way beside Hugging Face Trainer.

python benchmarks/training/gpu.py                                      # on a GPU, bf16
python benchmarks/training/gpu.py --ways padded,packed --profile packed
python benchmarks/training/gpu.py --shape tiny --steps 6 --matrix 256  # a rehearsal on a CPU

Nothing is downloaded: weights are random, the vocabulary has XLM-R's size, and texts are random
words whose lengths follow XNLI and XQuAD, which is SQuAD 1.1 (log-normal, with the mean and the mean square of
runners/lengths.toml). Our steps are those of `runners.train.training.train`, checkpoints and evaluation
off; Trainer (`pip install claimgauge[run,benchmarks]`) gets the same rows, shape and batch size, in
bf16 on a GPU, and is otherwise as it comes, or draws batches by length. The device is waited for
before the first timed step and after the last, and not between them.

Useful FLOPs are those of the analytic formula for the real tokens; utilisation is their rate over
the rate of a large matrix product measured on the same device in the same precision. A packed step
leaves some of them out (the last layer's, on pieces that no head reads): the column "computed"
says how many FLOPs were really spent, padding included, in parts of the useful ones.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import breakdown
import numpy as np
import torch
import trainer
from compare import counted

from analysis.flops import TextVolume, texts_of, training_flops
from runners.examples import Classified, Dataset, Example, Form, QAExample
from runners.kinds import kind_of
from runners.model.encoders import load_encoder
from runners.model.processes import device_name, device_of
from runners.model.shapes import head_shape
from runners.plan.estimate import shape_of
from runners.recipe import ModelSpec, Recipe
from runners.train.evaluation import encoded
from runners.train.training import train
from runners.trained import TaskData
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

WAYS: Mapping[str, Mapping[str, Any]] = {
    "trainer": {"sampling": "random"},
    "trainer-grouped": {"sampling": "group_by_length"},
    "padded": {"layout": "padded"},
    "packed": {"layout": "packed"},
    "packed+recompute": {"layout": "packed", "recompute": True},
    "packed+compile": {"layout": "packed", "compile": True},
    "padded+compile": {"layout": "padded", "compile": True},
}
FORMS: Mapping[str, Form] = {"xnli": "classification", "xquad": "span"}
LABELS = ("entailment", "neutral", "contradiction")

WARM = 3
"""Steps that are not timed: memory is found and kernels are chosen in them."""
COMPILING = 12
"""The same of a way that is compiled."""

Mark = Callable[[int], None]
"""Called with the number of every step that was done."""

COLUMNS = (
    "task", "steps", "tokens a row", "tokens/s", "padding", "ms a step", "useful TFLOP/s", "utilisation",
    "peak memory, GiB", "way", "computed", "times Trainer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timed:
    """The measurement of one way of training over its timed steps.

    Attributes:
        seconds: of all of them. tokens: real ones. mean: tokens of a row, over all steps.
        useful: FLOPs of the formula for them. computed: FLOPs spent per useful one.
        padded: tokens with padding per real one.
        peak: bytes of the device, 0 on a CPU.
    """

    seconds: float
    tokens: int
    mean: float
    useful: float
    padded: float
    computed: float
    peak: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", default="large", choices=SHAPES)
    parser.add_argument("--tasks", default=",".join(RECIPES))
    parser.add_argument("--steps", type=int, default=60, help=f"of each task and way, the first {WARM} not timed")
    parser.add_argument("--matrix", type=int, default=8192, help="rows and columns of the matrix product")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--accumulate", type=int, default=1)
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--profile", default="packed", help="way whose steps are taken apart; '' for none")
    parser.add_argument("--plan", default="english", help="plan whose hours are told; '' for none")
    chosen = parser.parse_args()
    ways, tasks = chosen.ways.split(","), chosen.tasks.split(",")
    if unknown := {*ways, *tasks} - {*WAYS, *RECIPES}:
        parser.error(f"unknown {', '.join(sorted(unknown))}; there are {', '.join([*RECIPES, *WAYS])}")
    if chosen.steps <= max(COMPILING if "compile" in way else WARM for way in ways) + 1:
        parser.error("--steps leaves none to be timed")
    device = device_of(chosen.device)
    rate = matrix_rate(chosen.matrix, device)
    precision = "bf16" if device.type == "cuda" else "float32"
    print(f"{device_name(device)}, torch {torch.__version__}, {precision}, shape {chosen.shape}")
    print(f"matrix product of {chosen.matrix} x {chosen.matrix}: {rate / 1e12:.2f} TFLOP/s\n")
    print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    fastest: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        World(0).save_tokenizer(Path(folder))
        benches = [made(task, chosen.shape, chosen.steps, chosen.accumulate, device, Path(folder)) for task in tasks]
        for bench in benches:
            rates: dict[str, float] = {}
            for way in ways:
                found = timed(bench, way)
                rates[way] = found.useful / found.seconds
                print(row(bench.task, way, chosen.steps, found, rate, rates), flush=True)
            fastest[bench.task] = max((r for w, r in rates.items() if not w.startswith("trainer")), default=0.0)
        for bench in benches if chosen.profile else ():
            print(f"\n{bench.task}, {chosen.profile}: where the time of a step goes")
            print(taken_apart(replace(bench, steps=WARM + breakdown.STEPS), chosen.profile))
    if chosen.plan and all(fastest.values()):
        print("\n" + hours(chosen.plan, fastest))


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


@dataclass(frozen=True, slots=True)
class Bench:
    """One case of the benchmark: a task, a shape, steps, parts of a batch, a device, the model and its rows."""

    task: str
    shape: str
    steps: int
    accumulate: int
    device: torch.device
    spec: ModelSpec
    data: Dataset

    @property
    def recipe(self) -> Recipe:
        """As XTREME's, in the precision of the device."""
        precision = "bf16" if self.device.type == "cuda" else "float32"
        return replace(RECIPES[self.task], steps=self.steps, accumulate=self.accumulate, precision=precision)

    def flops(self, texts: TextVolume) -> float:
        """Of forward and backward, by the formula."""
        shape = shape_of(ModelSpec(self.shape, "random", config=SHAPES[self.shape]))
        assert shape is not None
        return training_flops(shape, head_shape(FORMS[self.task], len(LABELS)), texts).total


def made(task: str, shape: str, steps: int, accumulate: int, device: torch.device, tokenizer: Path) -> Bench:
    """The model and the rows of a task."""
    spec = ModelSpec(shape, "random", tokenizer=str(tokenizer), config={**SHAPES[shape], "dropout": 0.1})
    count = max(steps, WARM + breakdown.STEPS) * RECIPES[task].batch_size
    rows = dataset(task, count, tokenizer, RECIPES[task].max_length)
    return Bench(task, shape, steps, accumulate, device, spec, rows)


def timed(bench: Bench, way: str) -> Timed:
    """Runs a way; the device's memory is free before."""
    gc.collect()
    if bench.device.type == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(bench.device)
    warm = COMPILING if "compile" in way else WARM
    marks: list[float] = []

    def mark(step: int) -> None:
        if step in (warm, bench.steps):
            synchronise(bench.device)
            marks.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as folder:
        run = peer if "sampling" in WAYS[way] else own
        lengths, padded, computed = run(bench, WAYS[way], Path(folder), mark)
    peak = torch.cuda.max_memory_allocated(bench.device) if bench.device.type == "cuda" else 0
    rows = np.concatenate(lengths[warm:])
    mean, useful = float(np.concatenate(lengths).mean()), bench.flops(texts_of(rows.tolist()))
    return Timed(marks[1] - marks[0], int(rows.sum()), mean, useful, padded, computed, peak)


def own(bench: Bench, way: Mapping[str, Any], folder: Path, mark: Mark) -> tuple[list[list[int]], float, float]:
    """Our steps: lengths of their rows, padded tokens per real one, FLOPs spent per useful one."""
    recipe = replace(bench.recipe, **way)
    with counted() as lengths:
        done = train(
            bench.spec, [TaskData(bench.data)], recipe, 0, folder, device=str(bench.device),
            progress=lambda p: mark(p.step),
        )  # fmt: skip
    return lengths, done.tokens_padded / done.tokens_real, done.flops_executed / done.flops_real


def peer(bench: Bench, way: Mapping[str, Any], _: Path, mark: Mark) -> tuple[list[list[int]], float, float]:
    """The same of Trainer."""
    data, encoder = bench.data, load_encoder(bench.spec)
    features, config = encoded(kind_of(data.form), data, data.labels, encoder, bench.recipe), encoder.config
    del encoder
    lengths = trainer.run(features, data, config, bench.recipe, way["sampling"], 0, bench.device, mark)
    widths = [(len(step), max(step)) for step in lengths]
    padded = TextVolume(0, sum(n * m for n, m in widths), sum(n * m**2 for n, m in widths))
    real = texts_of([length for step in lengths for length in step])
    return lengths, padded.tokens / real.tokens, bench.flops(padded) / bench.flops(real)


def taken_apart(bench: Bench, way: str) -> str:
    """Which share of some steps goes where."""
    profile = breakdown.Profile(bench.device, WARM)
    with tempfile.TemporaryDirectory() as folder:
        (peer if "sampling" in WAYS[way] else own)(bench, WAYS[way], Path(folder), profile)
    return profile.table()


def row(task: str, way: str, steps: int, found: Timed, rate: float, rates: Mapping[str, float]) -> str:
    timed_steps = steps - (COMPILING if "compile" in way else WARM)
    speed = found.useful / found.seconds
    beside = f"{speed / rates['trainer']:.2f}" if "trainer" in rates else "–"
    peak = f"{found.peak / 2**30:.1f}" if found.peak else "–"
    return (
        f"| {task} | {steps} | {found.mean:.1f} | {found.tokens / found.seconds:,.0f} "
        f"| {found.padded - 1:.1%} | {1e3 * found.seconds / timed_steps:.1f} | {speed / 1e12:.3g} "
        f"| {speed / rate:.1%} | {peak} | {way} | {found.computed:.3f} | {beside} |"
    )


def hours(name: str, rates: Mapping[str, float]) -> str:
    """Hours of a plan's training at the rates found, with the arithmetic."""
    from claimgauge.experiments import prepare

    flops = prepare(name, dry_run=True, folder=None, offline=True, only=()).cost.flops
    lines = [f"training FLOPs of the plan {name}: {flops:.3g} (`claimgauge run {name} --dry-run`)"]
    for task, rate in rates.items():
        seconds = flops / rate
        lines.append(f"as on {task}: {flops:.3g} / {rate:.3g} FLOP/s = {seconds:,.0f} s = {seconds / 3600:,.1f} h")
    return "\n".join([*lines, "evaluation and loading are not in it"])


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
            else QAExample(str(number), first, second, ((said[cut], 0),))
        )
    return Dataset(task, FORMS[task], "en", "train", tuple(examples), LABELS if task == "xnli" else (), sha256=task)


if __name__ == "__main__":
    main()
