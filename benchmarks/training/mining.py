"""Mining translations among many sentences: exact margins in both directions, seconds and memory.

python benchmarks/training/mining.py [--sentences 100000] [--width 384] [--threads 2] [--device auto]
python benchmarks/training/mining.py --sentences 20000 --peer   # beside sentence-transformers

Vectors are random, of unit length; every second source has a translation, which is itself with
noise. Ours is what `claimgauge run` does on BUCC, from vectors to scored pairs. The peer
(`pip install sentence-transformers`) is `util.semantic_search` in both directions, which is what its own
example of bitext mining does without an approximate index; the pairs are then scored by the same rule.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from runners.examples import Bitext, SentenceExample
from runners.kinds.neighbours import COLUMNS, ROWS, mutual_neighbours
from runners.kinds.retrieval import NEIGHBOURS, mined
from runners.model.processes import device_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=100_000, help="on either side")
    parser.add_argument("--width", type=int, default=384)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--peer", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    device = device_of(chosen.device)
    sources, targets = vectors(chosen.sentences, chosen.width, device)
    products = 2.0 * chosen.sentences**2 * chosen.width
    print(f"{chosen.sentences:,} x {chosen.sentences:,} sentences, {chosen.width} wide, {device}")
    before = held(reset=True)
    seconds, found = timed(lambda: mutual_neighbours(sources, targets, NEIGHBOURS), device)
    print(
        f"neighbours of both sides: {seconds}, {products / seconds.spent(device) / 1e9:.1f} GFLOP/s of products, once"
    )
    print(f"memory besides: {held() - before:.0f} MiB, of which a block of cosines {block():.0f} MiB")
    seconds, pairs = timed(lambda: mined(pool(chosen.sentences), Given(sources, targets)), device)
    right = sum(source[1:] == target[1:] for _, (source, target) in pairs[: chosen.sentences // 2])
    print(f"the same and scored pairs: {seconds}; {right / (chosen.sentences // 2):.1%} of the best half are right")
    if chosen.peer:
        beside(sources, targets, found)


class Seconds:
    """Of the clock and of the processor."""

    def __init__(self, wall: float, processor: float) -> None:
        self.wall, self.processor = wall, processor

    def spent(self, device: torch.device) -> float:
        """Of the processor where that does the work, else of the clock."""
        return self.processor if device.type == "cpu" else self.wall

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.processor:.1f} s of processor time)"


def timed(work: Callable[[], Any], device: torch.device) -> tuple[Seconds, Any]:
    begun, used = time.perf_counter(), time.process_time()
    found = work()
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return Seconds(time.perf_counter() - begun, time.process_time() - used), found


def vectors(count: int, width: int, device: torch.device) -> tuple[Tensor, Tensor]:
    draw = torch.Generator().manual_seed(0)
    sources = functional.normalize(torch.randn(count, width, generator=draw), dim=1)
    noise = functional.normalize(torch.randn(count, width, generator=draw), dim=1)
    targets = noise.clone()
    targets[::2] = sources[::2] + 0.8 * noise[::2]
    return sources.to(device), functional.normalize(targets, dim=1).to(device)


class Given:
    """Vectors of the sources, then those of the targets, whatever their texts."""

    def __init__(self, *sides: Tensor) -> None:
        self._sides = list(sides)

    def __call__(self, _: object) -> Tensor:
        """The next side."""
        return self._sides.pop(0)


def pool(count: int) -> Bitext:
    sources, targets = (tuple(SentenceExample(f"{side}{i}", "") for i in range(count)) for side in "st")
    return Bitext(sources, targets, frozenset())


def beside(sources: Tensor, targets: Tensor, ours: tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]) -> None:
    from sentence_transformers import util

    def search() -> list[list[list[dict[str, float]]]]:
        sides = ((sources, targets), (targets, sources))
        return [util.semantic_search(query, corpus, top_k=NEIGHBOURS) for query, corpus in sides]

    seconds, theirs = timed(search, sources.device)
    same = sum(
        [int(hit["corpus_id"]) for hit in row] == places
        for found, (_, near) in zip(theirs, ours, strict=True)
        for row, places in zip(found, near.tolist(), strict=True)
    )
    print(f"sentence-transformers: {seconds}; the same neighbours in the same order: {same / (2 * len(sources)):.2%}")


def held(*, reset: bool = False) -> float:
    """MiB that this process held at most since the last reset (Linux)."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def block() -> float:
    return 4 * ROWS * COLUMNS / 2**20


if __name__ == "__main__":
    main()
