"""Speed of masked language modelling in the laboratory: tokens per second, and the share of making the texts.

python benchmarks/training/laboratory.py [--stories 2000] [--batch 64]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import torch

from runners.examples import Dataset, SentenceExample
from runners.recipe import ModelSpec, Recipe
from runners.train.training import train
from runners.world.world import World

SHAPE = {"layers": 2, "width": 64, "heads": 4, "mlp_width": 256, "dropout": 0.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=2000, help="per language")
    parser.add_argument("--batch", type=int, default=64)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    world, begun = World(0), time.process_time()
    texts = [_texts(world, language, chosen.stories) for language in world.languages]
    made = time.process_time() - begun
    recipe = Recipe(learning_rate=1e-3, batch_size=chosen.batch, epochs=1, max_length=64, checkpoint_every=1e9)
    spec = ModelSpec("lab-mini", "random", tokenizer="world", config=SHAPE)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        trained = train(spec, [], recipe, 0, Path(folder), mlm=texts, device="cpu")
        spent = time.process_time() - begun
    print(f"{trained.steps} steps of {chosen.batch} texts, {trained.tokens_real:,} tokens")
    print(f"{trained.tokens_real / spent:,.0f} tokens per second of processor time, encoding and writing included")
    print(
        f"padding: {trained.tokens_padded / trained.tokens_real - 1:.1%}; making the texts: {made / (made + spent):.1%}"
    )


def _texts(world: World, language: str, count: int) -> Dataset:
    sentences = tuple(SentenceExample(f"{language}-{i}", text) for i, text in enumerate(world.texts(language, count)))
    return Dataset("lab-text", "text", language, "train", sentences)


if __name__ == "__main__":
    main()
