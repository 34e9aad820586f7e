"""Errors of statistics, questions and tables: each has its class and names the value it was given."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import importers
from analysis.distances import shipped_distances
from analysis.distances.importing import load_distances
from analysis.errors import InputError, UsageError
from analysis.exporters.writing import write_table
from analysis.flops import HeadShape, TransformerShape, forward_flops, per_target, texts_of
from analysis.gains import SummaryDesign, summary
from analysis.importers import import_results
from analysis.questions import compare, cost, distance, hierarchy, power
from analysis.registry.own_names import read_toml
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate, write_results
from analysis.scoring.mlqa import mlqa_score
from analysis.stats.aggregates import named
from analysis.stats.arrays import CannotTellError, ShapeError
from analysis.stats.bradley_terry import same_hierarchy
from analysis.stats.concordance import skillings_mack
from analysis.stats.correlation import correlation, required_correlation
from analysis.stats.curves import expected_maximum, fit_curve
from analysis.stats.equivalence import detectable_effect, equivalence
from analysis.stats.frontier import acceptability
from analysis.stats.improvement import probability_of_improvement
from analysis.stats.least_squares import least_squares
from analysis.stats.mixed_design import RandomFactor, mixed_design
from analysis.stats.permutation import mantel, mcnemar_from_items, permuted_correlation, sign_flip
from analysis.stats.phylogeny import grafen_covariance, pgls
from analysis.stats.ranks import rank_distribution
from analysis.stats.spreads import estimate_spreads
from analysis.tables import read_tables

RNG = np.random.default_rng(0)
SMALL = np.arange(6.0)
"""Values without a tie."""
LINE = np.abs(SMALL[:, None] - SMALL)
"""Distances of six points on a line."""
ENCODER = TransformerShape("tiny", 2, 8, 2, 16, 100, 32)
RESULTS = validate(
    pd.DataFrame([
        {"model": "xlm-r-large", "intermediate": run, "target": "xnli", "language": code, "split": "dev", "score": 70.0 + i}
        for run in ("none", "mnli") for i, code in enumerate(("de", "sw", "zh"))
    ]),
    "made-up.csv",
)  # fmt: skip


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: same_hierarchy(SMALL, [1] * 6, rng=RNG), "(6,)"),
        (lambda: skillings_mack(SMALL), "(6,)"),
        (lambda: fit_curve([0.0, 1, 2, 3], [1.0, 2, 3, 4]), "0"),
        (lambda: equivalence(1.0, 0.5, 4, -2.5), "-2.5"),
        (lambda: detectable_effect(1.0, 4, power=0.01), "0.01"),
        (lambda: acceptability(np.ones((9, 2)), np.ones(5), [1.0]), "(5,)"),
        (lambda: probability_of_improvement(np.ones((2, 2, 2, 2)), 0, 7, rng=RNG), "7"),
        (lambda: mantel(LINE + np.triu(LINE), LINE, rng=RNG), "symmetric"),
        (lambda: mcnemar_from_items([0.0, 2.0], [1.0, 0.0]), "right (1)"),
        (lambda: grafen_covariance([("a",), ("b",), ("c",)], power=-3.0), "-3.0"),
        (lambda: pgls(np.ones((6, 1)), SMALL, np.eye(6), lam=1.5), "1.5"),
        (lambda: named("optimality_gap"), "optimality_gap"),
        (lambda: named("mode"), "mode"),
        (lambda: estimate_spreads(np.ones((2, 3))), "(2, 3)"),
        (lambda: mixed_design(np.ones((4, 1)), []), "random factor"),
    ],
)  # fmt: skip
def test_arrays_that_do_not_fit_name_their_shape_or_value(call: Callable[[], object], named: str) -> None:
    with pytest.raises(ShapeError) as raised:
        call()
    assert named in str(raised.value)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: same_hierarchy(np.ones((3, 1)), [1, 1, 2], rng=RNG), "one method"),
        (lambda: skillings_mack([[1.0, np.nan], [np.nan, 2.0], [1.0, 2.0]]), "1 blocks"),
        (lambda: skillings_mack([[1.0, 2, np.nan], [2.0, 1, np.nan]]), "method 2"),
        (lambda: correlation([1.0, 2, 3], [3.0, 1, 2]), "3 pairs"),
        (lambda: required_correlation(2), "2 pairs"),
        (lambda: fit_curve([1.0, 1, 2, 2], [1.0, 2, 3, 4]), "2 different costs"),
        (lambda: expected_maximum([70.0]), "1 runs"),
        (lambda: acceptability(np.ones((9, 1)), np.ones(1), [1.0]), "1 configurations"),
        (lambda: least_squares(np.ones((1, 1)), [2.0]), "1 rows"),
        (lambda: mixed_design(np.ones((2, 2)), [RandomFactor("task", [1, 2])]), "2 fixed effects"),
        (lambda: permuted_correlation([1.0, 1, 1], [1.0, 2, 3], rng=RNG), "x"),
        (lambda: permuted_correlation([1.0, 2, 3], [1.0, 1, 1], rng=RNG), "y"),
        (lambda: permuted_correlation([1.0, 2, 3, 5], [1.0, 3, 2, 9], rng=RNG, blocks=[1, 2, 3, 4]), "block"),
        (lambda: mantel(np.ones((5, 5)) - np.eye(5), LINE[:5, :5], rng=RNG), "equal"),
        (lambda: mantel(LINE[:3, :3], LINE[:3, :3], rng=RNG), "3 objects"),
        (lambda: sign_flip([1.0], rng=RNG), "one pair"),
        (lambda: sign_flip([0.0, 0.0, 0.0], rng=RNG), "differs"),
        (lambda: mcnemar_from_items([1.0, 0.0], [1.0, 0.0]), "agree"),
        (lambda: grafen_covariance([("a",), ("b",)]), "2 languages"),
        (lambda: pgls(np.ones((2, 1)), [1.0, 2.0], np.eye(2)), "2 languages"),
        (lambda: rank_distribution([1.0], np.ones((9, 1))), "1 methods"),
        (lambda: estimate_spreads(np.ones((1, 1, 1))), "gains"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_says_what_is_too_little(call: Callable[[], object], named: str) -> None:
    with pytest.raises(CannotTellError) as raised:
        call()
    assert named in str(raised.value)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: forward_flops(ENCODER, HeadShape("token"), texts_of([3])), "token"),
        (lambda: per_target(1.0, 1.0, 0), "0"),
        (lambda: summary(RESULTS, SummaryDesign(margin=-0.5)), "-0.5"),
        (lambda: compare.fit(RESULTS, compare.DESIGN(margin=-1.0)), "-1.0"),
        (lambda: cost.fit(RESULTS, cost.DESIGN(margin=-2.0)), "-2.0"),
        (lambda: cost.fit(RESULTS, cost.DESIGN(reach=0.5)), "0.5"),
        (lambda: cost.fit(RESULTS, cost.DESIGN(epochs=-3.0)), "-3.0"),
        (lambda: cost.fit(RESULTS, cost.DESIGN(size=7)), "7"),
        (lambda: distance.fit(RESULTS, distance.DESIGN(outcome="loss")), "loss"),  # type: ignore[arg-type]
        (lambda: distance.fit(RESULTS, distance.DESIGN(hold=("weather",))), "weather"),  # type: ignore[arg-type]
        (lambda: hierarchy.fit(RESULTS, hierarchy.DESIGN(asked=1.5)), "1.5"),
        (lambda: power.fit(RESULTS, power.DESIGN(effect=0.0)), "0.0"),
        (lambda: power.fit(RESULTS, power.DESIGN(size=3)), "3"),
        (lambda: power.fit(RESULTS, power.DESIGN(spreads={"luck": 1.0})), "luck"),
        (lambda: power.fit(RESULTS, power.DESIGN(spreads={"noise": -1.0})), "-1.0"),
        (lambda: shipped_distances().matrix("culinary", ["de", "fr"]), "culinary"),
        (lambda: write_results(RESULTS, Path("runs.xls")), "runs.xls"),
        (lambda: write_table(RESULTS, Path("runs.doc"), registry=vocabulary(), made_by=""), "runs.doc"),
    ],
)  # fmt: skip
def test_arguments_outside_their_range_are_named(call: Callable[[], object], named: str) -> None:
    with pytest.raises(UsageError) as raised:
        call()
    assert named in str(raised.value)


def test_a_public_name_that_is_none_is_named() -> None:
    with pytest.raises(AttributeError, match="nothing_such"):
        importers.nothing_such  # noqa: B018


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("d.xls", "", load_distances),
        ("d.json", "[]", load_distances),
        ("d.json", '{"lexical": 3}', load_distances),
        ("d.json", json.dumps({"de": [0, 1], "fr": [1]}), lambda path: load_distances(path, kind="lexical")),
        ("d.json", json.dumps({"de": [0, 1], "fr": [1, 1]}), load_distances),
        ("n.toml", 'loose = "x"\n', read_toml),

        ("t.json", '[{"columns": ["a"], "rows": [3]}]', read_tables),
        ("t.csv", "", read_tables),
        ("r.json", '{"log_history": [], "best_metric": null, "global_step": 3}', lambda path: import_results([path])),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named_with_one_fault(
    tmp_path: Path, name: str, text: str, read: Callable[[Path], object]
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read(path)
    assert raised.value.where == str(path)
    assert len(raised.value.faults) == 1
    assert raised.value.exit_code == 3


def test_a_language_without_a_normaliser_is_no_score() -> None:
    with pytest.raises(InputError) as raised:
        mlqa_score({}, {}, "quy")
    assert raised.value.where == "MLQA"
    assert "quy" in raised.value.faults[0]
