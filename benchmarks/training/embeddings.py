"""Word vectors moved late beside every row at every step, and beside Trainer: full fine-tuning of e5-small's shape.

python benchmarks/training/embeddings.py [--batches 4x64,16x48] [--steps 4] [--turns 3] [--old CHECKOUT] > table.md
python benchmarks/training/embeddings.py --replay            # what the late rows cost when most have been seen
python benchmarks/training/embeddings.py --memory late|dense # greatest resident memory of one way, 4 × 64

Needs `pip install claimgauge[run,benchmarks]` and ../shared/data. Weights are random (12 layers × 384, a table of
250,037 × 384); rows are XNLI's English pairs joined until they fill the row, so that nothing is padded by anybody,
and their pieces are those of a vocabulary of 8,000 spread over the table. CHECKOUT is a folder with an earlier
commit, such as 0798faa, whose own `train` takes part (old_steps.py). The ways take turns within one run, and a
ratio is the median of the turns' ratios, so that other programs on the machine weigh on all ways alike. One thread,
seconds of processor time from the end of the first step to the end of the last.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import compare
import numpy as np
import torch
import trainer
from torch import nn

from runners.data import load
from runners.data.sources import FolderSource
from runners.examples import Classified, Dataset
from runners.kinds import kind_of
from runners.model.encoders import load_encoder
from runners.recipe import ModelSpec, Recipe
from runners.train.evaluation import encoded
from runners.train.late_updates import LateTable
from runners.train.training import train
from runners.trained import TaskData

WORDS, WIDTH = 250_037, 384
SHAPE = {
    "layers": 12, "width": WIDTH, "heads": 12, "mlp_width": 1536, "positions": 514, "dropout": 0.1, "vocabulary": WORDS,
}  # fmt: skip
TRAINER = "Trainer, defaults"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", default="4x64,16x48")
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--replay", action="store_true")
    parser.add_argument("--memory", choices=["late", "dense"])
    parser.add_argument("--old", type=Path, metavar="CHECKOUT")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    if chosen.replay:
        replay()
        return
    data = joined()
    with tempfile.TemporaryDirectory() as folder:
        compare.tokenizer([e.first for e in data.examples if isinstance(e, Classified)], Path(folder))
        spec = ModelSpec("e5-small's shape", "random", tokenizer=folder, config=SHAPE)
        if chosen.memory:
            ours(spec, data, recipe_of("4x64", chosen.steps), chosen.memory, 0)
            print(f"{chosen.memory}: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")
            return
        ways = (TRAINER, *([f"{chosen.old.name}"] if chosen.old else []), "dense")
        heads = ["batch", *ways, "late", *(f"late / {way}" for way in ways)]
        print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
        write_rows(data, Path(folder))
        for batch in chosen.batches.split(","):
            print(row(spec, data, batch, chosen, ways), flush=True)
    print(f"\nsteps per second of processor time; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def row(spec: ModelSpec, data: Dataset, batch: str, chosen: argparse.Namespace, ways: tuple[str, ...]) -> str:
    recipe, found = recipe_of(batch, chosen.steps), {way: list[float]() for way in (*ways, "late")}
    encoder = load_encoder(spec)
    features = encoded(kind_of(data.form), data, data.labels, encoder, recipe)
    config = encoder.config
    del encoder
    for turn in range(chosen.turns):
        for way, speeds in found.items():
            if way == TRAINER:
                marks: list[float] = []
                trainer.run(
                    features, data, config, recipe, "random", turn, torch.device("cpu"), clock(marks)
                )  # fmt: skip
                speeds.append((len(marks) - 1) / (marks[-1] - marks[0]))
            elif way in ("dense", "late"):
                speeds.append(ours(spec, data, recipe, way, turn))
            else:
                speeds.append(earlier(chosen.old, spec, batch, chosen.steps, turn))
    ratios = []
    for other in ways:
        each = [late / one for late, one in zip(found["late"], found[other], strict=True)]
        ratios.append(f"{statistics.median(each):.2f} ({min(each):.2f} to {max(each):.2f})")
    medians = (f"{statistics.median(speeds):.2f}" for speeds in found.values())
    return f"| {' | '.join([batch.replace('x', ' × '), *medians, *ratios])} |"


def write_rows(data: Dataset, folder: Path) -> None:
    """The batches that old_steps.py trains on."""
    pairs = [(e.first, e.second, e.label) for e in data.examples if isinstance(e, Classified)]
    rows = {"form": data.form, "labels": data.labels, "pairs": pairs, "shape": SHAPE}
    (folder / "rows.json").write_text(json.dumps(rows), encoding="utf-8")


def earlier(checkout: Path, spec: ModelSpec, batch: str, steps: int, seed: int) -> float:
    command = [
        sys.executable,
        str(Path(__file__).with_name("old_steps.py")),
        spec.tokenizer,
        batch,
        f"{steps}",
        f"{seed}",
    ]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(checkout.resolve())}
    )
    return float(done.stdout)


def recipe_of(batch: str, steps: int) -> Recipe:
    size, length = map(int, batch.split("x"))
    return Recipe(learning_rate=2e-5, batch_size=size, max_length=length, steps=steps + 1, checkpoint_every=1e9)


def clock(marks: list[float]) -> Callable[[object], None]:
    return lambda _: marks.append(time.process_time())


def ours(spec: ModelSpec, data: Dataset, recipe: Recipe, way: str, seed: int) -> float:
    marks: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        train(
            spec, [TaskData(data)], replace(recipe, embeddings=way), seed, Path(folder), device="cpu",  # type: ignore[arg-type]
            progress=clock(marks),
        )  # fmt: skip
    return (len(marks) - 1) / (marks[-1] - marks[0])


def joined() -> Dataset:
    """Pairs long enough to be cut at every length that is measured."""
    data = load("xnli", "en", "dev", FolderSource(compare.DATA))
    texts = [f"{e.first} {e.second}" for e in data.examples if isinstance(e, Classified)]
    many = [
        replace(e, first=" ".join(texts[i : i + 4]), second=" ".join(texts[i + 4 : i + 8]))
        for i, e in enumerate(data.examples[:-8])
        if isinstance(e, Classified)
    ]
    return replace(data, examples=tuple(many[:256]))


def replay() -> None:
    """Milliseconds a step that the table costs, late after 1,500 steps and dense, without the transformer."""
    dense = nn.Embedding(WORDS, WIDTH)
    optimiser = torch.optim.AdamW([dense.weight], lr=2e-5, weight_decay=0.0, fused=True)
    for name, size in (("4 × 64", 256), ("16 × 48", 768)):
        late, spent = nn.Embedding(WORDS, WIDTH), list[float]()
        table = LateTable(late, 0.0, 3000)
        for ids in batches(size, 1500):
            began = time.process_time()
            table.read(ids)
            spent.append(time.process_time() - began)
            late(ids).square().sum().backward()
            began = time.process_time()
            nn.utils.clip_grad_norm_([table.gathered()], 1.0)
            table.update(2e-5)
            spent[-1] += time.process_time() - began
        began = time.process_time()
        table.catch_up()
        whole, every = time.process_time() - began, list[float]()
        for ids in batches(size, 4):
            dense(ids).square().sum().backward()
            began = time.process_time()
            nn.utils.clip_grad_norm_([dense.weight], 1.0)
            optimiser.step()
            every.append(time.process_time() - began)
            optimiser.zero_grad()
        print(
            f"{name}: late {1e3 * statistics.mean(spent[-300:]):.1f} ms a step after 1,200 of 1,500 steps,"
            f" {whole:.2f} s to bring all rows up to date; dense {1e3 * statistics.median(every[1:]):.0f} ms a step"
            " without its gradient"
        )


def batches(size: int, steps: int) -> Iterator[torch.Tensor]:
    """Pieces as rare as words are (Zipf's law with exponent 1.1)."""
    rng = np.random.default_rng(0)
    shares = 1 / np.arange(1, WORDS + 1) ** 1.1
    ends = np.cumsum(shares / shares.sum())
    for _ in range(steps):
        yield torch.from_numpy(np.minimum(np.searchsorted(ends, rng.random(size)), WORDS - 1))


if __name__ == "__main__":
    main()
