"""Time saved by encoding a large data set once: `python benchmarks/training/encoding.py DATA TOKENIZER`.

DATA is a folder in XTREME's layout, TOKENIZER one with XLM-R's tokenizer.json. English development pairs
of XNLI, again and again with a number behind them, until there are as many as MNLI has; one thread.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

from runners.cache import cache_folder
from runners.data.loading import content_hash, load
from runners.data.sources import FolderSource
from runners.examples import Classified, Dataset
from runners.kinds import kind_of
from runners.model.subwords import load_tokenizer
from runners.recipe import Recipe
from runners.train.encoded import features_of

MNLI = 392_702
"""Training examples, as the registry of tasks has it."""


def many(data: Dataset, count: int) -> Dataset:
    """The examples again and again, no two alike."""
    found = [e for e in data.examples if isinstance(e, Classified)]
    again = (replace(e, id=f"{e.id}-{n}", second=f"{e.second} {n}") for n in range(count) for e in found)
    larger = replace(data, examples=tuple(islice(again, count)))
    return replace(larger, sha256=content_hash(larger))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("--pairs", type=int, default=MNLI)
    given = parser.parse_args()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    data = many(load("xnli", "en", "dev", FolderSource(given.data)), given.pairs)
    tokenizer, kind, recipe = load_tokenizer(given.tokenizer), kind_of(data.form), Recipe(max_length=128)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        for what in ("encoded and kept", "read again"):
            began = time.process_time()
            rows = features_of(kind, data, data.labels, tokenizer, recipe)
            spent = time.process_time() - began
            print(f"{what}: {spent:.1f} s for {len(rows):,} pairs, {len(rows.ids.values):,} pieces")
        size = sum(path.stat().st_size for path in cache_folder("encoded").rglob("*.npy"))
        print(f"on disk: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
