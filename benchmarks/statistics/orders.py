"""Orders of methods, items and seed pairs: shares of false findings, coverage of ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from table import heading

from analysis.stats.bootstrap import bootstrap
from analysis.stats.bradley_terry import same_hierarchy
from analysis.stats.concordance import kendall_w, skillings_mack
from analysis.stats.equivalence import equivalence
from analysis.stats.permutation import mcnemar_from_items, sign_flip
from analysis.stats.ranks import friedman, rank_distribution

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TARGET, LANGUAGE = np.repeat(np.arange(9), 12), np.tile(np.arange(12), 9)
FAMILY = np.array([0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3])[LANGUAGE]


def order_tests(rng: np.random.Generator, dependence: float) -> Mapping[str, float]:
    """Nine targets in twelve languages, five methods, of which none is better in general."""
    scores = dependence * rng.normal(size=(9, 5))[TARGET] + rng.normal(size=(108, 5))
    holes = np.where(rng.random(scores.shape) < 0.15, np.nan, scores)
    by_target = scores.reshape(9, 12, 5).mean(axis=1)
    few = np.where(rng.random((9, 5)) < 0.15, np.nan, by_target)
    by_language = dependence * 0.7 * rng.normal(size=(12, 5))[LANGUAGE] + scores
    families = same_hierarchy(by_language, FAMILY, rng=rng, clusters=LANGUAGE, size=199)
    return {
        "Friedman over all blocks": friedman(scores).p_f,
        "Friedman over targets (means of languages)": friedman(by_target).p_f,
        "Kendall's W, blocks exchanged one by one": kendall_w(scores, rng=rng, size=299).p_value,
        "Kendall's W, targets exchanged whole": kendall_w(scores, rng=rng, size=299, clusters=TARGET).p_value,
        "Skillings-Mack over all blocks, 15 % missing": skillings_mack(holes).p_value,
        "Skillings-Mack over targets, 15 % missing": skillings_mack(few, rng=rng, size=299).p_permutation,
        "same hierarchy in every family: chi-squared": families.p_chi2,
        "same hierarchy in every family: languages exchanged": families.p_value,
    }


def item_tests(rng: np.random.Generator) -> Mapping[str, float]:
    """300 items in 60 texts, 8 seed pairs, 5 seed pairs that differ by the margin."""
    text = np.repeat(np.arange(60), 5)
    hard, lean = rng.normal(0, 1, 60)[text], rng.normal(0, 0.8, 60)[text]
    first, second = (rng.random(300) < 1 / (1 + np.exp(-hard - s * lean)) for s in (1, -1))
    alone, other = (rng.random(300) < 0.7 for _ in range(2))
    difference = first.astype(float) - second
    independent = mcnemar_from_items(alone, other)
    pairs = rng.normal(70, 1, 5) - rng.normal(73, 1, 5)
    return {
        "McNemar exact, independent items": independent.p_exact,
        "McNemar mid-p, independent items": independent.p_mid,
        "McNemar mid-p, five items a text": mcnemar_from_items(first, second).p_mid,
        "sign flips of items, five a text": sign_flip(difference, rng=rng, size=299).p_value,
        "sign flips of whole texts": sign_flip(difference, rng=rng, size=299, clusters=text).p_value,
        "sign flips of 8 seed pairs, all of them": sign_flip(rng.normal(size=8), rng=rng).p_value,
        "equivalence (TOST) at its margin, 5 seed pairs": equivalence(
            float(pairs.mean()), float(pairs.std(ddof=1)) / np.sqrt(5), 4, 3.0
        ).p_value,
    }


def shares(draw: Callable[[], Mapping[str, float]], size: int) -> dict[str, float]:
    drawn = [draw() for _ in range(size)]
    return {name: float(np.mean([d[name] < 0.05 for d in drawn])) for name in drawn[0]}


def rank_coverage(rng: np.random.Generator, gap: float) -> tuple[float, float, float]:
    """Six methods a gap apart, 4 tasks of 5 seeds: coverage of quantiles, of ours, width of ours."""
    scores = gap * np.arange(6)[:, None, None, None] + rng.normal(0, 1, (6, 4, 1, 5))
    drawn = bootstrap(scores, rng=rng, size=600)
    found = rank_distribution(drawn.estimate, drawn.replicates)
    ranks = 6 - np.argsort(np.argsort(drawn.replicates, axis=1), axis=1)
    low, high = np.quantile(ranks, [0.025, 0.975], axis=0)
    true = 6 - np.arange(6)
    naive, ours = (low <= true) & (true <= high), (found.low <= true) & (true <= found.high)
    return float(naive.mean()), float(ours.mean()), float((found.high - found.low).mean())


def orders(rng: np.random.Generator, size: int) -> None:
    """Tests of orders with and without dependence within targets and languages; rank intervals."""
    heading("Orders of five methods, none better in general: share of p < .05", size, 0.05)
    print("| test | blocks independent | targets and languages differ |\n|---|---|---|")
    alike, differ = (shares(lambda d=d: order_tests(rng, d), size) for d in (0.0, 1.0))
    for name in alike:
        print(f"| {name} | {alike[name]:.3f} | {differ[name]:.3f} |")
    heading("Rank intervals of six methods, 4 tasks × 5 seeds: coverage", size, 0.95)
    print("| gap between neighbours (sd of a run) | quantiles of ranks | ours | ours: mean width |")
    print("|---|---|---|---|")
    for gap in (0.02, 0.2, 0.5, 1.0):
        drawn = [rank_coverage(rng, gap) for _ in range(size)]
        print(f"| {gap} | " + " | ".join(f"{v:.3f}" for v in np.mean(drawn, axis=0)) + " |", flush=True)


def items(rng: np.random.Generator, size: int) -> None:
    """Tests of items and of seed pairs."""
    heading("Items, seed pairs, equivalence, without an effect: share of p < .05", size, 0.05)
    print("| test | share |\n|---|---|")
    for name, share in shares(lambda: item_tests(rng), size).items():
        print(f"| {name} | {share:.3f} |")
