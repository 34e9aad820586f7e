"""Steps per second of an earlier checkout's own `train`, for embeddings.py: run with that checkout on the path.

PYTHONPATH=CHECKOUT python benchmarks/training/old_steps.py FOLDER BATCH STEPS SEED

FOLDER holds a tokenizer and `rows.json`, written by embeddings.py: form, labels, pairs of texts with their label, and
the shape of the model.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import torch
from runners.training import train  # type: ignore[import-not-found]  # where commit 0798faa has it

from runners.examples import Classified, Dataset
from runners.recipe import ModelSpec, Recipe
from runners.trained import TaskData

folder, batch, steps, seed = sys.argv[1:]
size, length = map(int, batch.split("x"))
torch.set_num_threads(1)
rows = json.loads(Path(folder, "rows.json").read_text())
examples = tuple(Classified(str(i), *row) for i, row in enumerate(rows["pairs"]))
data = Dataset("xnli", rows["form"], "en", "dev", examples, labels=tuple(rows["labels"]))
recipe = Recipe(learning_rate=2e-5, batch_size=size, max_length=length, steps=int(steps) + 1, checkpoint_every=1e9)
marks: list[float] = []
with tempfile.TemporaryDirectory() as out:
    train(
        ModelSpec("e5-small's shape", "random", tokenizer=folder, config=rows["shape"]), [TaskData(data)], recipe,
        int(seed), Path(out), device="cpu", progress=lambda _: marks.append(time.process_time()),
    )  # fmt: skip
print((len(marks) - 1) / (marks[-1] - marks[0]))
