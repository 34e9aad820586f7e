"""Our training loop beside Hugging Face Trainer: the same rows, model shape, batch size and optimiser.

python benchmarks/training/compare.py [--shapes tiny,small] [--tasks xnli,udpos,xquad] [--repeats 3] > table.md
python benchmarks/training/compare.py --shapes e5    # multilingual-e5-small, whole, in batches half as large
python benchmarks/training/compare.py --layouts padded,packed    # our two ways, without Trainer
python benchmarks/training/compare.py --shapes small --tasks xnli --profile    # where the time of our step goes
python benchmarks/training/compare.py --padding    # tokens with padding per real one in random batches

Needs the material in ../shared/data and `pip install claimgauge[run,benchmarks]`. Texts are English
development data; the tokenizer is trained on them, weights are random: lengths are what counts
here. Batches are drawn from all rows, by each way as it draws them; only the first STEPS of them
are computed. Tokens per second are real tokens (without padding and with special pieces) per second
of processor time on one thread, which another program on the machine does not change as it does
wall time. The ways take turns, and a ratio is the median over the turns. Loading and encoding are
left out on both sides, evaluation and checkpoints are off.
"""

from __future__ import annotations

import argparse
import operator
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import breakdown
import numpy as np
import torch
import trainer
from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
from trainer import PEERS

from runners.data import load
from runners.data.sources import FolderSource
from runners.examples import Classified, Dataset, QAExample, Tagged
from runners.kinds import kind_of
from runners.model.encoders import load_encoder
from runners.model.features import Batch, Features
from runners.recipe import ModelSpec, Recipe
from runners.train.evaluation import encoded
from runners.train.token_counter import TokenCounter
from runners.train.training import train
from runners.trained import TaskData

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
SHAPES: dict[str, dict[str, Any]] = {
    "tiny": {"layers": 2, "width": 64, "heads": 4, "mlp_width": 256},
    "small": {"layers": 6, "width": 384, "heads": 6, "mlp_width": 1536},
    "e5": {"layers": 12, "width": 384, "heads": 12, "mlp_width": 1536, "vocabulary": 250_037},
}
STEPS = {"tiny": 30, "small": 9, "e5": 5}
"""Of each turn; the first is not timed."""
RECIPES = {
    "xnli": Recipe(batch_size=32, max_length=128, checkpoint_every=1e9),
    "udpos": Recipe(batch_size=32, max_length=128, checkpoint_every=1e9),
    "xquad": Recipe(batch_size=16, max_length=384, doc_stride=128, checkpoint_every=1e9),
}


BATCHES = {"tiny": 1.0, "small": 1.0, "e5": 0.5}
"""Times the batch size of the recipe."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", default="tiny,small")
    parser.add_argument("--tasks", default="xnli,udpos,xquad")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--layouts", default="", help="ours only, these ways of it")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--padding", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    if chosen.profile or chosen.padding:
        for task in chosen.tasks.split(","):
            with inputs(chosen.shapes.split(",")[-1], task) as (spec, data, features):
                print(f"{task}: {padding(features, RECIPES[task].batch_size):.2f} tokens with padding per real one")
                if chosen.profile:
                    print(profiled(spec, data, RECIPES[task]))
        return
    layouts = chosen.layouts.split(",") if chosen.layouts else ["auto"]
    ways = [*([] if chosen.layouts else PEERS), *layouts]
    ratios = [f"ours / {name.rpartition(' ')[2]}" for name in ways[:-1]]
    columns = ("shape", "task", "rows", "steps", *(name.replace("auto", "ours") for name in ways), *ratios)
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for shape in chosen.shapes.split(","):
        for task in chosen.tasks.split(","):
            print(row(shape, task, ways, chosen.repeats), flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def row(shape: str, task: str, ways: list[str], repeats: int) -> str:
    size = int(BATCHES[shape] * RECIPES[task].batch_size)
    recipe = replace(RECIPES[task], steps=STEPS[shape], batch_size=size)
    found: dict[str, list[float]] = {way: [] for way in ways}
    with inputs(shape, task) as (spec, data, features):
        config = load_encoder(spec).config
        for turn in range(repeats):
            for way in ways:
                if way in PEERS:
                    speed = theirs(features, data, config, recipe, PEERS[way], turn)
                else:
                    speed = ours(spec, data, replace(recipe, layout=way), turn)  # type: ignore[arg-type]
                found[way].append(speed)
    speeds = [f"{statistics.median(values):,.0f}" for values in found.values()]
    own = found[ways[-1]]
    ratios = [f"{statistics.median(map(operator.truediv, own, found[way])):.2f}" for way in ways[:-1]]
    return f"| {shape} | {task} | {len(features):,} | {recipe.steps} | {' | '.join([*speeds, *ratios])} |"


@contextmanager
def inputs(shape: str, task: str) -> Iterator[tuple[ModelSpec, Dataset, Features]]:
    """A model, the rows of a task, and the same as pieces."""
    data = load(task, "en", "dev", FolderSource(DATA))
    with tempfile.TemporaryDirectory() as folder:
        tokenizer(texts(data), Path(folder))
        spec = ModelSpec(shape, "random", tokenizer=folder, config={**SHAPES[shape], "positions": 514, "dropout": 0.1})
        yield spec, data, encoded(kind_of(data.form), data, data.labels, load_encoder(spec), RECIPES[task])


def padding(features: Features, size: int) -> float:
    """Tokens with padding per real one, over 300 random batches."""
    rng, lengths = np.random.default_rng(0), features.ids.lengths
    batches = [rng.choice(lengths, size, replace=False) for _ in range(300)]
    return float(sum(one.max() * size for one in batches) / sum(one.sum() for one in batches))


def profiled(spec: ModelSpec, data: Dataset, recipe: Recipe) -> str:
    """Which share of our steps goes where."""
    profile = breakdown.Profile(torch.device("cpu"), 1)
    steps = replace(recipe, steps=1 + breakdown.STEPS)
    with tempfile.TemporaryDirectory() as folder:
        train(spec, [TaskData(data)], steps, 0, Path(folder), device="cpu", progress=lambda p: profile(p.step))
    return profile.table()


def ours(spec: ModelSpec, data: Dataset, recipe: Recipe, seed: int) -> float:
    """Real tokens per second of processor time, from the end of the first step to the end of the last."""
    marks: list[float] = []
    with tempfile.TemporaryDirectory() as folder, counted() as lengths:
        train(
            spec, [TaskData(data)], recipe, seed, Path(folder), device="cpu",
            progress=lambda _: marks.append(time.process_time()),
        )  # fmt: skip
    return sum(map(sum, lengths[1:])) / (marks[-1] - marks[0])


@contextmanager
def counted() -> Iterator[list[list[int]]]:
    """Lengths of the rows of every step of ours."""
    lengths: list[list[int]] = []
    add = TokenCounter.add

    def noted(meter: TokenCounter, batch: Batch, *rest: Any) -> None:
        lengths.append((batch.last + 1).tolist())
        add(meter, batch, *rest)

    with mock.patch.object(TokenCounter, "add", noted):
        yield lengths


def theirs(features: Features, data: Dataset, config: Any, recipe: Recipe, sampling: str, seed: int) -> float:
    """As `ours`, by transformers' Trainer."""
    marks: list[float] = []
    lengths = trainer.run(
        features, data, config, recipe, sampling, seed, torch.device("cpu"), lambda _: marks.append(time.process_time())
    )
    return sum(map(sum, lengths[1:])) / (marks[-1] - marks[0])


def texts(data: Dataset) -> list[str]:
    found = []
    for e in data.examples:
        if isinstance(e, Classified):
            found += [e.first, e.second or ""]
        elif isinstance(e, Tagged):
            found.append(" ".join(e.words))
        elif isinstance(e, QAExample):
            found += [e.question, e.context]
    return found


def tokenizer(lines: list[str], folder: Path) -> None:
    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=8000, special_tokens=SPECIAL, show_progress=False))
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    made.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(
        '{"pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>", "eos_token": "</s>"}'
    )


if __name__ == "__main__":
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not here")
    main()
