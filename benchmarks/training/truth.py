"""The slope of score on built-in distance that the laboratory's baseline has, free of most noise.

python benchmarks/training/truth.py DIR [--seeds 10] [--items 2048] [--targets lab-nli …] [--out truth.csv]

DIR holds a `claimgauge run lab-full --out DIR`. Its pretrained checkpoint is fine-tuned anew with
seeds that the plan does not use, and evaluated on items that the plan does not use (those after the
first 1,024 of each test stream; retrieval in pools of 500, as in the plan). For each kind of
distance: the least-squares slope over the eight languages of the mean score over seeds and items,
averaged over targets, in points per standard deviation of the distance, which is what `analyze
distance --outcome score` estimates from the plan's own seeds and items. The error is the standard
error over seeds (retrieval: over pools). It is the truth of this checkpoint, these languages and
these targets; other checkpoints and other languages would have another.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from runners.data import load
from runners.data.sources import WorldSource
from runners.data.specification import specification
from runners.examples import Bitext, Dataset, SentenceExample
from runners.plan.plan import Plan, load_plan
from runners.train.evaluation import evaluate, load_trained, retrieve
from runners.train.training import train
from runners.trained import TaskData
from runners.world.world import BLOCK, World

FIRST_SEED = 101
POOL = 500
WORLD = World(0)
SOURCE = WorldSource(WORLD)
OTHERS = tuple(language for language in WORLD.languages if language != WORLD.source)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--items", type=int, default=2048)
    parser.add_argument("--targets", nargs="*", default=list(load_plan("lab-full").targets[0].tasks))
    parser.add_argument("--out", type=Path, default=Path("truth.csv"))
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    start = next(p.parent for p in chosen.folder.glob("nodes/*/encoder") if "pretraining" in title(p.parent))
    plan = load_plan("lab-full")
    rows: list[tuple[str, str, int, float]] = []
    for target in chosen.targets:
        spec = specification(target)
        assert spec is not None
        if spec.form == "bitext":
            rows += retrieved(start, plan, target, chosen.items)
        else:
            for seed in range(FIRST_SEED, FIRST_SEED + chosen.seeds):
                rows += scored(start, plan, target, seed, chosen.items)
        pd.DataFrame(rows, columns=["target", "language", "draw", "score"]).to_csv(chosen.out, index=False)
    print(slopes(pd.read_csv(chosen.out)).round(2).to_string())


def title(node: Path) -> str:
    return (node / "node.json").read_text(encoding="utf-8").split('"title": ')[1][:20]


def unseen(target: str, language: str, items: int) -> Dataset:
    """Test items of a task that no plan evaluates."""
    plain = load(target, language, "test", SOURCE)
    spec = specification(target)
    assert spec is not None
    drawn = WORLD.draw(spec.generator, language, "test", BLOCK + items, task=target, options=spec.options)
    return replace(plain, examples=tuple(drawn[BLOCK:]))


def scored(start: Path, plan: Plan, target: str, seed: int, items: int) -> list[tuple[str, str, int, float]]:
    recipe = plan.recipe("target", target)
    data = TaskData(load(target, WORLD.source, "train", SOURCE), load(target, WORLD.source, "dev", SOURCE))
    with tempfile.TemporaryDirectory() as folder:
        train(start, [data], recipe, seed, Path(folder), device="cpu")
        loaded = load_trained(Path(folder), device="cpu")
        found = {language: evaluate(loaded, unseen(target, language, items), recipe=recipe) for language in OTHERS}
    return [(target, language, seed, main_score(one.scores)) for language, one in found.items()]


def main_score(scores: dict[str, float]) -> float:
    """Of span tasks the mean of F1 and exact match, as `analyze distance` takes it; else the first score."""
    if "exact_match" in scores:
        return (scores["f1"] + scores["exact_match"]) / 2
    return next(iter(scores.values()))


def retrieved(start: Path, plan: Plan, target: str, items: int) -> list[tuple[str, str, int, float]]:
    recipe, rows = plan.recipe("evaluation", target), []
    for language in OTHERS:
        spec = specification(target)
        assert spec is not None
        draw = [
            WORLD.draw(spec.generator, code, "test", BLOCK + items, task=target, options=spec.options)[BLOCK:]
            for code in (language, spec.pivot)
        ]
        for number in range(items // POOL):
            ours, theirs = (
                tuple(
                    SentenceExample(f"{mark}{i}", e.text)
                    for i, e in enumerate(part[number * POOL : (number + 1) * POOL])
                )  # type: ignore[union-attr]
                for mark, part in zip("st", draw, strict=True)
            )
            pool = Bitext(ours, theirs, frozenset((f"s{i}", f"t{i}") for i in range(POOL)))
            data = Dataset(target, "bitext", language, "test", pool=pool)
            found = retrieve(
                start, data, layer=plan.model.layer, pooling=plan.model.pooling, recipe=recipe, device="cpu"
            )
            rows.append((target, language, number, found.scores["accuracy"]))
    return rows


def slopes(scores: pd.DataFrame) -> pd.DataFrame:
    """Per kind of distance: the mean slope over targets, its error, and the slope of each target."""
    table = WORLD.distances()
    rows = {}
    for kind in table["kind"].unique():
        far = distances(table[table["kind"] == kind])
        z = (far - far.mean()) / far.std(ddof=0)
        found, errors = {}, []
        for target, part in scores.groupby("target"):
            each = part.pivot(index="draw", columns="language", values="score")[list(z.index)]
            per_draw = each.to_numpy() @ (z / (z**2).sum()).to_numpy()
            found[str(target)] = float(np.mean(per_draw))
            errors.append(float(np.std(per_draw, ddof=1)) / len(per_draw) ** 0.5)
        mean = float(np.mean(list(found.values())))
        rows[kind] = {"mean": mean, "error": float(np.hypot.reduce(errors)) / len(errors), **found}
    return pd.DataFrame(rows).T


def distances(table: pd.DataFrame) -> pd.Series:
    """Language → distance from the source."""
    here = table[(table["language"] == WORLD.source) | (table["other"] == WORLD.source)]
    other = here["other"].where(here["language"] == WORLD.source, here["language"])
    return pd.Series(here["distance"].to_numpy(), index=other.to_numpy()).loc[list(OTHERS)]


if __name__ == "__main__":
    main()
