"""Made-up results tables with a known truth, one function a world; numpy and pandas only.

A world says which answers are right and which are wrong; `cannot-tell` is never wrong. Distances
are drawn down a tree of families, so that a world does not hang on the shipped tables. Scores have
two decimals, as printed ones do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

TREE = {
    "Indo-European": {
        "Germanic": "af de nl", "Slavic": "bg pl ru uk", "Romance": "es fr it pt ro", "Indo-Aryan": "bn hi mr ur",
        "Iranian": "fa", "Hellenic": "el",
    },
    "Afro-Asiatic": {"Semitic": "ar he"},
    "Uralic": {"Finnic": "et fi", "Ugric": "hu"},
    "Turkic": {"Kipchak": "kk", "Oghuz": "tr"},
    "Dravidian": {"South Dravidian": "ml ta", "South-Central Dravidian": "te"},
    "Austronesian": {"Malayic": "id ms", "Javanesic": "jv", "Philippine": "tl"},
    "Atlantic-Congo": {"Bantu": "sw", "Defoid": "yo"},
    "Sino-Tibetan": {"Burmo-Qiangic": "my", "Sinitic": "zh"},
    "Basque": {"Basque": "eu"},
    "Japonic": {"Japanesic": "ja"},
    "Kartvelian": {"Georgian-Zan": "ka"},
    "Koreanic": {"Koreanic": "ko"},
    "Tai-Kadai": {"Tai": "th"},
    "Austroasiatic": {"Vietic": "vi"},
    "Quechuan": {"Quechuan": "qu"},
}  # fmt: skip
PATHS = {code: (f, b) for f, branches in TREE.items() for b, codes in branches.items() for code in codes.split()}
LANGUAGES = tuple(PATHS)
FEW = ("de", "ru", "hi", "fi", "tr", "ar", "sw", "zh")
METRICS = {"xnli": "accuracy", "pawsx": "accuracy", "udpos": "f1", "panx": "f1"}
CHANCE = {"xnli": 100 / 3, "pawsx": 50.0, "udpos": 0.0, "panx": 0.0}
ITEMS = 2000
NOISE = 0.5

Numbers = np.ndarray


@dataclass(frozen=True)
class World:
    """A made-up table.

    Attributes:
        question: module of `analysis` that is asked.
        scores: columns of a results table.
        right, wrong: answers; what is in neither is neither.
        part: which of several answers is judged, from 0.
        distance: language → distance from English, for the question about distance.
        controls: fact → language → value, given to the question.
        options: further arguments of `ask`.
    """

    question: str
    scores: pd.DataFrame
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    part: int = 0
    distance: Mapping[str, float] = field(default_factory=dict)
    controls: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)


def standardised(values: Numbers) -> Numbers:
    return (values - values.mean()) / values.std()


def down_the_tree(
    rng: np.random.Generator, codes: tuple[str, ...], family: float, branch: float, tip: float
) -> Numbers:
    families = {f: rng.normal(0, family) for f in TREE}
    branches = {path: rng.normal(0, branch) for path in dict.fromkeys(PATHS.values())}
    return np.array([families[PATHS[c][0]] + branches[PATHS[c]] + rng.normal(0, tip) for c in codes])


def row(**given: object) -> dict[str, object]:
    return {"model": "world", "split": "test", "study": "world", "provenance": "synthetic", "n_items": ITEMS} | given


def gains(
    rng: np.random.Generator,
    effect: Callable[[Numbers, str], Numbers],
    *,
    codes: tuple[str, ...] = LANGUAGES,
    targets: tuple[str, ...] = tuple(METRICS),
    seeds: int = 2,
    base: Callable[[Numbers, str], Numbers] = lambda z, _: np.full(len(z), 62.0),
    z: Numbers | None = None,
    noise: float = NOISE,
    kept: Callable[[float, str], bool] = lambda *_: True,
    own: float = 0.2,
    kin: float = 0.3,
    scores: bool = False,
    model: str = "world",
    **world: object,
) -> World:
    """A world of gains: `effect(z, target)` in points over `base(z, target)`, cut at chance and 100."""
    z = standardised(down_the_tree(rng, codes, 1.0, 0.7, 0.7)) if z is None else z
    ancestry = down_the_tree(rng, codes, kin, 0.7 * kin, 0.3)
    rows = []
    for target in targets:
        mean = effect(z, target) + own * rng.normal() * z + ancestry + rng.normal(0, 0.3, len(codes))
        level = base(z, target)
        for i, code in enumerate(codes):
            if not kept(z[i], target):
                continue
            for seed in range(seeds):
                for name, score in (("none", level[i] + scores * mean[i]), ("mnli", level[i] + mean[i]))[: 2 - scores]:
                    seen = np.clip(score + rng.normal(0, noise), CHANCE[target], 100.0)
                    at_chance = seen <= CHANCE[target]
                    seen += abs(rng.normal(0, 0.3)) if at_chance else 0.0
                    rows.append(row(intermediate=name, target=target, metric=METRICS[target], language=code,
                                    model=model, seed=seed, score=round(float(min(seen, 100.0)), 2)))  # fmt: skip
    distance = dict(zip(codes, 0.5 + 0.15 * z, strict=True))
    if scores:
        world["options"] = {"outcome": "score"}
    return World("distance", pd.DataFrame(rows), distance={c: float(np.clip(d, 0, 1)) for c, d in distance.items()},
                 **world)  # fmt: skip


# ------------------------------------------------------------------- does the gain fall with distance?

FALLS = {"right": ("yes",), "wrong": ("no",)}
FLAT = {"right": ("no",), "wrong": ("yes", "mixed")}


def flat(z: Numbers, _: str) -> Numbers:
    return np.full(len(z), 3.0)


def fall(points: float) -> Callable[[Numbers, str], Numbers]:
    return lambda z, _: 4.0 - points * z


def with_size(rng: np.random.Generator, correlation: float) -> tuple[Numbers, Numbers, dict[str, dict[str, float]]]:
    """Distance, size of the pretraining text correlated with it, and the size as a control."""
    z = standardised(down_the_tree(rng, LANGUAGES, 1.0, 0.7, 0.7))
    other = standardised(down_the_tree(rng, LANGUAGES, 0.8, 0.6, 1.0))
    size = standardised(correlation * z + np.sqrt(1 - correlation**2) * other)
    return z, size, {"size": dict(zip(LANGUAGES, map(float, size), strict=True))}


def confounded(rng: np.random.Generator, correlation: float = -0.85, **other: object) -> World:
    z, size, controls = with_size(rng, correlation)
    return gains(rng, lambda *_: 4 + 2 * size, z=z, controls=controls, **FLAT, **other)


def hidden(rng: np.random.Generator) -> World:
    z, size, controls = with_size(rng, 0.7)
    return gains(rng, lambda z, _: 4 - 2 * z + 2.6 * size, z=z, controls=controls, **FALLS)


def adjusted(rng: np.random.Generator) -> World:
    z, size, controls = with_size(rng, -0.5)
    return gains(rng, lambda z, _: 4 - 2 * z + size, z=z, controls=controls, **FALLS)


def one_family(rng: np.random.Generator) -> World:
    inside = np.array([PATHS[c][0] == "Indo-European" for c in LANGUAGES])
    return gains(rng, lambda z, _: 4 - 3 * np.where(inside, z - z[inside].mean(), 0.0),
                 right=("mixed",), wrong=("yes", "no"))  # fmt: skip


def u_shape(rng: np.random.Generator) -> World:
    return gains(rng, lambda z, _: 3 + 1.5 * (z**2 - 1), right=("mixed",), wrong=("yes", "no"))


def step(rng: np.random.Generator) -> World:
    return gains(rng, lambda z, _: np.where(z > 0.2, 1.0, 5.0), **FALLS)


def floor(rng: np.random.Generator) -> World:
    """Every language would gain 4 points; far ones stand at chance with and without."""
    return gains(rng, lambda *_: 4.0, targets=("xnli", "pawsx"), seeds=3,
                 base=lambda z, t: CHANCE[t] + 6 - 12 * z, **FLAT)  # fmt: skip


def ceiling(rng: np.random.Generator) -> World:
    """The gain falls, and near languages have no room to show it."""
    return gains(rng, fall(2), base=lambda z, _: np.minimum(96 - 8 * z, 99.5), right=("yes",), wrong=("no",))


def simpson(rng: np.random.Generator) -> World:
    """No slope in any task; the tasks with small gains were run in far languages."""
    worth = {"xnli": 6.0, "pawsx": 4.5, "udpos": 2.0, "panx": 0.0}
    edge = {"xnli": (-9, 0.3), "pawsx": (-9, 0.8), "udpos": (-0.8, 9), "panx": (-0.3, 9)}
    return gains(rng, lambda z, t: np.full(len(z), worth[t]), kept=lambda d, t: edge[t][0] < d < edge[t][1], **FLAT)


def missing(rng: np.random.Generator) -> World:
    return gains(rng, fall(2), kept=lambda d, _: rng.random() > (0.6 if d > 0.5 else 0.3), **FALLS)


def tiny(rng: np.random.Generator) -> World:
    return gains(rng, fall(0.08), noise=0.02, own=0.0, right=("no", "yes"), wrong=("mixed",))


def small_noise(rng: np.random.Generator) -> World:
    """One deterministic run under several seeds: the residual is rounding."""
    return gains(rng, fall(2), noise=0.0, own=0.3, seeds=3, **FALLS)


DISTANCE: dict[str, Callable[[np.random.Generator], World]] = {
    "no effect": lambda rng: gains(rng, flat, **FLAT),
    "falls": lambda rng: gains(rng, fall(2), **FALLS),
    "falls, beside size": adjusted,
    "only size acts": confounded,
    "hidden by size": hidden,
    "in one family": one_family,
    "U-shape": u_shape,
    "step": step,
    "floor": floor,
    "ceiling": ceiling,
    "Simpson": simpson,
    "missing cells": missing,
    "one run, falls": lambda rng: gains(rng, fall(2), targets=("xnli",), seeds=1, **FALLS),
    "one run, no effect": lambda rng: gains(rng, flat, targets=("xnli",), seeds=1, **FLAT),
    "eight languages, falls": lambda rng: gains(rng, fall(3), codes=FEW, **FALLS),
    "eight languages, no effect": lambda rng: gains(rng, flat, codes=FEW, **FLAT),
    "scores fall": lambda rng: gains(rng, fall(3), scores=True, kin=1.0, **FALLS),
    "scores, no effect": lambda rng: gains(rng, flat, scores=True, kin=1.0, seeds=3, **FLAT),
    "scores, only size acts": lambda rng: confounded(rng, scores=True),
    "only size acts, closely": lambda rng: confounded(rng, -0.95),
    "one run, only size acts": lambda rng: confounded(rng, targets=("xnli",), seeds=1),
    "relatives alike, no effect": lambda rng: gains(rng, flat, kin=1.5, **FLAT),
    "relatives alike, falls": lambda rng: gains(rng, fall(3), kin=1.5, **FALLS),
    "XLM-R, falls": lambda rng: gains(rng, fall(2), model="xlm-r-base", **FALLS),
    "inverted U": lambda rng: gains(rng, lambda z, _: 4 - 1.5 * (z**2 - 1), right=("mixed",), wrong=("yes", "no")),
    "a fall of .08": tiny,
    "no noise": small_noise,
}


# -------------------------------------------------------- order, sources, hierarchy: further questions


def orders(
    rng: np.random.Generator,
    clean: float,
    robust: float,
    lost: float = 8.0,
    seeds: int = 5,
    kept: float = 1.0,
    **world: object,
) -> World:
    """ccg>mnli ahead of mnli>ccg by `clean`, and by `robust` more when perturbed; accuracy ends at chance.

    Perturbed, every run keeps the share `kept` of its distance from chance before it loses `lost`.
    """
    level = {"none": 66.0, "mnli": 68.0, "ccg": 67.0, "mnli+ccg": 68.5, "ccg>mnli": 69.0, "mnli>ccg": 69.0}
    side = {"ccg>mnli": 0.5, "mnli>ccg": -0.5}
    rows = []
    for name, middle in level.items():
        for seed in range(seeds):
            luck = rng.normal(0, 0.2)
            for target in ("xnli", "pawsx"):
                for code in ("de", "fr", "hi", "ru"):
                    score = middle + luck + clean * side.get(name, 0.0)
                    worse = CHANCE[target] + kept * (score - CHANCE[target]) - lost + robust * side.get(name, 0.0)
                    for how, value in (("none", score), ("character-swap", worse)):
                        seen = max(value + rng.normal(0, 0.3), CHANCE[target] + abs(rng.normal(0, 0.2)))
                        rows.append(row(intermediate=name, target=target, metric="accuracy", language=code, seed=seed,
                                        perturbation=how, score=round(float(seen), 2)))  # fmt: skip
    return World("order", pd.DataFrame(rows), part=1, **world)


def sources(rng: np.random.Generator, near: float, german: float, **world: object) -> World:
    """German data worth `german` points more than English, the same family `near` points."""
    rows = []
    codes = ("de", "fr", "hi", "ru", "zh", "my", "ar", "he", "tr", "fi", "sw", "ta")
    for source in ("en", "de", "zh", "ar", ""):
        for seed in range(5):
            luck = rng.normal(0, 0.2)
            for target in ("xnli", "panx"):
                for code in codes:
                    same = source and code and family(source) == family(code)
                    score = 60 + 4 * bool(source) + luck + near * bool(same) + german * (source == "de")
                    rows.append(row(intermediate="mnli" if source else "none", intermediate_language=source or "en",
                                    intermediate_examples=7000.0 if source else np.nan, target=target,
                                    metric=METRICS[target], language=code, seed=seed,
                                    score=round(float(score + rng.normal(0, 0.3)), 2)))  # fmt: skip
    return World("sources", pd.DataFrame(rows), **world)


def family(code: str) -> str:
    return "Indo-European" if code == "en" else PATHS[code][0]


def ranking(rng: np.random.Generator, worth: tuple[float, ...], other: tuple[float, ...], **world: object) -> World:
    """Five tasks worth `worth` points, `other` outside Indo-European."""
    rows = []
    names = ("mnli", "qqp", "squad1", "hellaswag", "ccg")
    codes = ("de", "es", "fr", "ru", "hi", "ta", "te", "ml", "ar", "he", "fi", "et", "hu", "tr", "kk")
    luck = rng.normal(0, 0.2, (len(names), 4))
    for i, name in enumerate(names):
        for target in METRICS:
            taste = rng.normal(0, 0.1)
            for code in codes:
                points = worth[i] if family(code) == "Indo-European" else other[i]
                for seed in range(4):
                    score = 60 + points + taste + luck[i, seed] + rng.normal(0, 0.4)
                    rows.append(row(intermediate=name, target=target, metric=METRICS[target], language=code, seed=seed,
                                    score=round(float(score), 2)))  # fmt: skip
    return World("hierarchy", pd.DataFrame(rows), **world)


LADDER, TURNED = (8.0, 6.0, 4.0, 2.0, 0.0), (0.0, 2.0, 4.0, 6.0, 8.0)
OTHERS: dict[str, Callable[[np.random.Generator], World]] = {
    "order: none matters": lambda rng: orders(rng, 0.0, 0.0, right=("no",), wrong=("yes", "mixed")),
    "order: changes robustness": lambda rng: orders(rng, 0.0, 2.5, right=("yes",), wrong=("no",)),
    "order: better, as robust": lambda rng: orders(rng, 2.0, 0.0, right=("no",), wrong=("yes", "mixed")),
    "order: perturbed at chance": lambda rng: orders(
        rng, 2.5, 0.0, lost=40.0, right=("no",), wrong=("yes", "mixed")
    ),
    "order: differences shrink": lambda rng: orders(
        rng, 4.0, 0.0, lost=0.0, kept=0.4, right=("no",), wrong=("yes", "mixed")
    ),
    "order: three seeds": lambda rng: orders(rng, 0.0, 0.0, seeds=3, right=("no",), wrong=("yes", "mixed")),
    "sources: all alike": lambda rng: sources(rng, 0.0, 0.0, right=("no",), wrong=("mixed",), part=1),
    "sources: the family helps": lambda rng: sources(rng, 3.0, 0.0, right=("yes",), wrong=("no",), part=1),
    "sources: .08 points": lambda rng: sources(rng, 0.08, 0.0, right=("no",), wrong=("yes", "mixed"), part=1),
    "hierarchy: one": lambda rng: ranking(rng, LADDER, LADDER, right=("yes",), wrong=("no", "mixed")),
    "hierarchy: the same in all families": lambda rng: ranking(
        rng, LADDER, LADDER, right=("yes",), wrong=("no", "mixed"), part=1
    ),
    "hierarchy: turned in one": lambda rng: ranking(
        rng, LADDER, TURNED, right=("no",), wrong=("yes",), part=1
    ),
}  # fmt: skip
WORLDS = DISTANCE | OTHERS
