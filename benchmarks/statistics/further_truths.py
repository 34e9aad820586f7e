"""Further made-up tables with a known truth: other ways to be fooled than those of `truths.py`.

They were written after the rules that they try, and run once before anything was changed by them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from truths import (
    FALLS,
    FLAT,
    LADDER,
    LANGUAGES,
    PATHS,
    World,
    down_the_tree,
    fall,
    flat,
    gains,
    orders,
    ranking,
    row,
    sources,
    standardised,
    with_size,
)

SAME_SCRIPT = (
    "af", "de", "nl", "pl", "es", "fr", "it", "pt", "ro", "et", "fi", "hu", "tr", "id", "ms", "jv", "tl", "sw", "yo",
    "eu", "vi", "qu",
)  # fmt: skip
"""Written as English is."""
INSIDE = np.array([PATHS[c][0] == "Indo-European" for c in LANGUAGES])


def by_script(rng: np.random.Generator) -> World:
    """Another script costs 4 points; it goes with distance, and is given as a control."""
    other = np.array([float(c not in SAME_SCRIPT) for c in LANGUAGES])
    z = standardised(1.2 * standardised(other) + down_the_tree(rng, LANGUAGES, 0.7, 0.5, 0.6))
    controls = {"script": dict(zip(LANGUAGES, map(float, other), strict=True))}
    return gains(rng, lambda *_: 5 - 4 * other, z=z, controls=controls, **FLAT)


def family_and_size(rng: np.random.Generator) -> World:
    """Families gain apart from each other, size acts, and size goes with distance."""
    z, size, controls = with_size(rng, -0.8)
    return gains(rng, lambda *_: 4 + 1.5 * size, z=z, controls=controls, kin=1.2, **FLAT)


def outlier(rng: np.random.Generator) -> World:
    """The farthest language alone loses 15 points."""
    return gains(rng, lambda z, _: 3 - 15.0 * (z == z.max()), **FLAT)


def two_opposite(rng: np.random.Generator) -> World:
    """Indo-European falls, all others rise."""
    return gains(rng, lambda z, _: 4 + np.where(INSIDE, -3 * (z - z[INSIDE].mean()), 3 * (z - z[~INSIDE].mean())),
                 right=("mixed",), wrong=("yes", "no"))  # fmt: skip


def flat_in_the_largest(rng: np.random.Generator) -> World:
    """Three points a step in every family but Indo-European."""
    return gains(rng, lambda z, _: 4 - 3 * np.where(INSIDE, 0.0, z), right=("mixed", "yes"), wrong=("no",))


def items_apart(rng: np.random.Generator, few: int, slope: float, **truth: tuple[str, ...]) -> World:
    """Near languages have 5,000 items, far ones `few`, and chance accordingly."""
    world = gains(rng, fall(slope), noise=0.0, **truth)
    far = {code for code, d in world.distance.items() if d > 0.5}
    items = world.scores["language"].map(lambda code: few if code in far else 5000)
    share = world.scores["score"] / 100
    drawn = 100 * rng.binomial(items.to_numpy(), share.to_numpy()) / items
    return replace(world, scores=world.scores.assign(n_items=items, score=drawn.round(2)))


def half_at_the_top(rng: np.random.Generator) -> World:
    """All would gain 4 points; the near half has no room for it."""
    return gains(rng, lambda *_: 4.0, base=lambda z, _: np.where(z < 0, 98.0, 70.0), **FLAT)


def unreported(rng: np.random.Generator) -> World:
    """Gains fall; where they were small, seven of ten were not reported."""
    world = gains(rng, fall(2), seeds=1, **FALLS)
    wide = world.scores.pivot_table(index=["target", "language"], columns="intermediate", values="score")
    small = wide.index[(wide["mnli"] - wide["none"] < 2.5) & (rng.random(len(wide)) < 0.7)]
    cell = pd.MultiIndex.from_frame(world.scores[["target", "language"]])
    return replace(world, scores=world.scores[~cell.isin(small)].reset_index(drop=True))


def contrary_task(rng: np.random.Generator) -> World:
    """Three tasks fall by 3 points a step, one rises by 2."""
    return gains(rng, lambda z, t: 4 + (2 if t == "panx" else -3) * z, right=("yes", "mixed"), wrong=("no",))


def contrary_model(rng: np.random.Generator) -> World:
    """Two models fall by 3 points a step, one rises by 3."""
    z = standardised(down_the_tree(rng, LANGUAGES, 1.0, 0.7, 0.7))
    worlds = [
        gains(rng, lambda z, _, s=s: 4 + s * z, z=z, model=name, right=("mixed",), wrong=("yes", "no"))
        for name, s in (("a", -3.0), ("b", -3.0), ("c", 3.0))
    ]
    return replace(worlds[0], scores=pd.concat([w.scores for w in worlds], ignore_index=True))


def heavy_tails(rng: np.random.Generator, slope: float, **truth: tuple[str, ...]) -> World:
    """Differences between languages have three degrees of freedom."""
    odd = rng.standard_t(3, len(LANGUAGES))
    return gains(rng, lambda z, _: 4 - slope * z + odd, **truth)


def half_known(rng: np.random.Generator) -> World:
    """Only size acts, and it is known of every second language."""
    z, size, controls = with_size(rng, -0.85)
    known = {c: v for i, (c, v) in enumerate(controls["size"].items()) if i % 2}
    return gains(rng, lambda *_: 4 + 2 * size, z=z, controls={"size": known}, **FLAT)


def noisy_baselines(rng: np.random.Generator) -> World:
    """The baseline falls with distance and is noisy, the gain is the same everywhere."""
    return gains(rng, flat, base=lambda z, _: 62 - 6 * z, noise=1.5, seeds=3, **FLAT)


def whole_points(world: World) -> World:
    return replace(world, scores=world.scores.assign(score=world.scores["score"].round()))


def lucky(world: World, rng: np.random.Generator, column: str, sides: tuple[str, ...], items: int) -> World:
    """Other items would give something else: every test set has `items`, of which a tenth tell two sides apart.

    A side's luck on the items of a target is the same in all its seeds, and in its languages where these are
    translations; those of PAN-X are not.
    """
    spread = 100 * np.sqrt(0.1 / items) / np.sqrt(2)
    scores = world.scores.assign(n_items=items)
    own = scores["language"].where(scores["target"] == "panx", "")
    cells = list(zip(scores[column], scores["target"], own, strict=True))
    luck = {cell: rng.normal(0, spread) for cell in dict.fromkeys(cells) if cell[0] in sides}
    moved = [luck.get(cell, 0.0) for cell in cells]
    return replace(world, scores=scores.assign(score=(scores["score"] + moved).round(2)))


def luck_of_orders(rng: np.random.Generator, items: int, clean: float, **truth: tuple[str, ...]) -> World:
    world = replace(orders(rng, clean, 0.0, **truth), part=0)
    return lucky(world, rng, "intermediate", ("ccg>mnli", "mnli>ccg"), items)


def luck_of_sources(rng: np.random.Generator, items: int, german: float, **truth: tuple[str, ...]) -> World:
    world = sources(rng, 0.0, german, **truth)
    data = world.scores["intermediate_language"]
    world = replace(world, scores=world.scores[data.isin(("en", "de"))].reset_index(drop=True))
    return lucky(world, rng, "intermediate_language", ("en", "de"), items)


def costs(rng: np.random.Generator, worth: Mapping[str, float], **world: object) -> World:
    """Learning curves of two targets; intermediate data worth some points at equal cost."""
    rows = []
    codes = ("de", "es", "fr", "ru", "hi", "tr", "sw", "th", "vi", "zh")
    runs = [("none", 0, n) for n in (2_000, 8_000, 32_000, 128_000)]
    runs += [(name, m, 8_000) for name in worth for m in (8_000, 24_000, 72_000)]
    for target, plateau in (("xnli", 80.0), ("pawsx", 88.0)):
        harder = rng.normal(0, 4, len(codes))
        for name, middle, n in runs:
            flops = (middle + n) * 1e12
            expected = plateau - 20 * (flops / 1e15) ** -0.4 + worth.get(name, 0.0)
            for seed in range(5):
                luck = rng.normal(0, 0.3)
                for i, code in enumerate(codes):
                    score = expected - harder[i] + luck + rng.normal(0, 0.4)
                    rows.append(row(intermediate=name, intermediate_examples=middle or np.nan, target=target,
                                    target_examples=n, language=code, metric="accuracy", seed=seed,
                                    flops_intermediate=middle * 1e12 or np.nan, flops_target=n * 1e12,
                                    score=round(float(score), 2)))  # fmt: skip
    return World("cost", pd.DataFrame(rows), **world)


ALL_ALIKE = (4.0, 4.0, 4.0, 4.0, 4.0)
NONE_MATTERS = {"right": ("no",), "wrong": ("yes", "mixed")}
FURTHER: dict[str, Callable[[np.random.Generator], World]] = {
    "only script acts": by_script,
    "families and size act": family_and_size,
    "falls far away only": lambda rng: gains(
        rng, lambda z, _: 4 - 4 * np.maximum(z - 0.5, 0), right=("yes", "mixed"), wrong=("no",)
    ),
    "one outlier": outlier,
    "far languages with 100 items, no effect": lambda rng: items_apart(rng, 100, 0.0, **FLAT),
    "far languages with 100 items, falls": lambda rng: items_apart(rng, 100, 3.0, **FALLS),
    "whole points, no effect": lambda rng: whole_points(gains(rng, flat, **FLAT)),
    "whole points, falls": lambda rng: whole_points(gains(rng, fall(2), **FALLS)),
    "falls in one family, rises in others": two_opposite,
    "falls, not in the largest family": flat_in_the_largest,
    "half at the top": half_at_the_top,
    "small gains unreported": unreported,
    "one task of four contrary": contrary_task,
    "one model of three contrary": contrary_model,
    "heavy tails, no effect": lambda rng: heavy_tails(rng, 0.0, **FLAT),
    "heavy tails, falls": lambda rng: heavy_tails(rng, 3.0, **FALLS),
    "size known of half": half_known,
    "noisy baselines": noisy_baselines,
    "a fall of 1.3": lambda rng: gains(rng, fall(1.3), right=("yes",), wrong=("no",)),
    "order: luck of 100 items": lambda rng: luck_of_orders(rng, 100, 0.0, **NONE_MATTERS),
    "order: 5,000 items, none matters": lambda rng: luck_of_orders(rng, 5000, 0.0, **NONE_MATTERS),
    "order: 5,000 items, matters": lambda rng: luck_of_orders(rng, 5000, 3.0, right=("yes",), wrong=("no",)),
    "sources: luck of 100 items": lambda rng: luck_of_sources(rng, 100, 0.0, right=("yes",), wrong=("no", "mixed")),
    "sources: 5,000 items, alike": lambda rng: luck_of_sources(rng, 5000, 0.0, right=("yes",), wrong=("no", "mixed")),
    "sources: 5,000 items, worse": lambda rng: luck_of_sources(rng, 5000, -3.0, right=("no",), wrong=("yes", "mixed")),
    "hierarchy: all alike": lambda rng: ranking(rng, ALL_ALIKE, ALL_ALIKE, right=("no",), wrong=("yes",)),
    "hierarchy: two first": lambda rng: ranking(
        rng, (8.0, 8.0, 4.0, 2.0, 0.0), (8.0, 8.0, 4.0, 2.0, 0.0), right=("yes",), wrong=("no", "mixed"), part=1
    ),
    "hierarchy: two change places in one": lambda rng: ranking(
        rng, LADDER, (6.0, 8.0, 4.0, 2.0, 0.0), right=("no", "mixed"), wrong=("yes",), part=1
    ),
    "cost: intermediate data is better": lambda rng: costs(rng, {"mnli": 2.0}, right=("yes",), wrong=("no",)),
    "cost: no better": lambda rng: costs(rng, {"mnli": 0.0}, right=("no",), wrong=("yes",)),
    "cost: one better, one worse": lambda rng: costs(
        rng, {"mnli": 2.0, "qqp": -2.0}, right=("mixed",), wrong=("yes", "no")
    ),
}  # fmt: skip
