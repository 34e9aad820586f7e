"""What a design can find, on made-up gains with known spreads."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import UsageError
from analysis.questions.power import PowerDesign, fit, report
from analysis.results.table import empty, validate
from analysis.stats.power import BalancedDesign

LANGUAGES = ("de", "nl", "es", "fr", "fi", "et", "tr", "kk", "zh", "my")
TARGETS = ("xnli", "pawsx", "udpos", "panx", "tydiqa", "xquad")
GIVEN = {"noise": 0.8, "run": 0.5, "task": 0.8, "family": 0.5, "language": 0.7, "task_language": 0.5}
DESIGN = {"seeds": 3, "tasks": 6, "families": 6, "languages": 3}


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def table(rng, *, seeds=(1, 2, 3), intermediates=("mnli",), noise=0.5, run=0.8):
    rows = []
    for intermediate in ("none", *intermediates):
        for target in TARGETS:
            for seed in seeds:
                luck = rng.normal(0, run)
                for language in LANGUAGES:
                    score = 70 + (2 + luck if intermediate != "none" else 0) + rng.normal(0, noise)
                    row = {"model": "m", "intermediate": intermediate, "target": target, "language": language}
                    row |= {"split": "test", "seed": seed, "score": score, "provenance": "synthetic"}
                    rows.append(
                        row | {"metric": "f1" if target in {"udpos", "panx", "tydiqa", "xquad"} else "accuracy"}
                    )
    return validate(pd.DataFrame(rows), "made-up")


@pytest.mark.slow
def test_power_of_stated_spreads_is_that_of_the_numerics(rng):
    outcome = fit(None, PowerDesign(spreads=GIVEN, effect=1.0, size=30, **DESIGN))
    expected = 0.5  # benchmarks/README.md: promised and found for this design, 1,000 grids
    assert outcome.at_hand.power == pytest.approx(expected, abs=0.3)
    said = report(outcome)
    assert said.says == "no"
    assert said.effects[0].low <= outcome.at_hand.power <= said.effects[0].high
    assert "tasks" in said.text


def test_a_claim_about_these_tasks_needs_seeds_only_and_no_chance(rng):
    outcome = fit(
        None, PowerDesign(spreads={"noise": 1.0}, about="these", effect=1.0, seeds=3, tasks=1, families=1, languages=1)
    )
    assert set(outcome.table["varied"]) == {"at hand", "seeds", "tasks"}
    assert outcome.table.loc[outcome.table["varied"] == "seeds"].set_index("seeds").loc[12, "power"] > 0.8
    # 10 seeds are needed for d_z = 1, so the first step of the ladder that suffices is 12
    assert outcome.needed.set_index("varied").loc["seeds", "needed"] == 12
    assert report(outcome).sure.startswith("closed form")


def test_spreads_come_from_the_results(rng):
    outcome = fit(table(rng), PowerDesign(about="these", effect=1.0))
    assert outcome.grid == BalancedDesign(3, 6, 4, 2)  # ten languages of four families
    assert outcome.spreads.run == pytest.approx(0.8, rel=0.35)
    assert outcome.spreads.noise == pytest.approx(0.5 * np.sqrt(2), rel=0.15)
    assert report(outcome).says == "yes"
    assert report(outcome).provenance == ("synthetic",)


def test_a_stated_spread_or_count_takes_the_place_of_the_results(rng):
    outcome = fit(table(rng), PowerDesign(about="these", effect=1.0, spreads={"run": 5.0}, seeds=2))
    assert outcome.spreads.run == 5.0
    assert outcome.grid.seeds == 2
    assert report(outcome).says == "no"
    assert "run as given" in outcome.stated


def test_several_kinds_of_training_are_pooled_and_said(rng):
    outcome = fit(table(rng, intermediates=("mnli", "squad2")), PowerDesign(about="these"))
    assert "2 kinds" in outcome.stated
    assert outcome.spreads.run == pytest.approx(0.8, rel=0.3)


@pytest.mark.slow
def test_more_families_give_more_power_for_a_slope(rng):
    spreads = {"noise": 0.3, "family": 1.0, "language": 0.2}
    design = {"seeds": 3, "tasks": 2, "families": 6, "languages": 2}
    outcome = fit(None, PowerDesign(claim="slope", effect=0.9, spreads=spreads, size=20, within=0.0, **design))
    by_families = outcome.table[outcome.table["varied"] == "families"].set_index("families")["power"]
    assert by_families.iloc[-1] > outcome.at_hand.power + 0.2
    assert outcome.needed.set_index("varied").loc["seeds"].isna()["needed"]
    said = report(outcome)
    assert "Not reached even with 20 seeds" in said.text
    assert any("share one slope" in hinge for hinge in said.hinges)


@pytest.mark.parametrize(
    ("results", "options", "words"),
    [
        (empty, {"about": "these", **DESIGN}, "no gains"),
        (lambda: table(np.random.default_rng(0), seeds=(1,)), {"about": "these"}, "one seed"),
        (lambda: table(np.random.default_rng(0), noise=0, run=0), {"about": "these"}, "same in every row"),
    ],
)
def test_results_without_spread_cannot_tell(rng, results, options, words):
    said = report(fit(results(), PowerDesign(**options)))
    assert said.says == "cannot-tell"
    assert words in said.text
    assert np.isnan(said.effects[0].estimate)


def test_no_spreads_at_all_cannot_tell(rng):
    said = report(fit(None, PowerDesign(**DESIGN)))
    assert said.says == "cannot-tell"
    assert "no spreads are given" in said.text


@pytest.mark.slow
def test_one_task_is_no_sample_of_tasks(rng):
    outcome = fit(None, PowerDesign(spreads=GIVEN, size=20, **(DESIGN | {"tasks": 1})))
    assert outcome.at_hand is None
    assert "ask for `these`" in outcome.because
    assert outcome.table["power"].notna().any()


@pytest.mark.parametrize(
    "options",
    [
        {"effect": 0},
        {"effect": float("nan")},
        {"within": 2},
        {"size": 3},
        {"seeds": 0},
        {"spreads": {"nois": 1}},
        {"spreads": {"noise": 0}},
        {"power": 1.2},
        {"tasks": None},
    ],
)
def test_options_outside_their_range_are_usage_errors(rng, options):
    with pytest.raises((UsageError, ValueError)):
        fit(None, PowerDesign(**(DESIGN | {"spreads": GIVEN, "size": 20} | options)))
