"""Does more data help? Made-up runs with known slopes, and the trap in real scaling data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from shared_files import shared

from analysis.importers import Given, import_results
from analysis.questions.cost import DESIGN, fit, more_data_helps, report
from analysis.questions.cost.more_data import _effects
from analysis.results.table import concat, validate

LANGUAGES = ("de", "sw", "th", "tr")
WRITTEN = 0.006
"""About half of the last digit of the published correlations (.92 and −.35); means that tie to the
last bit move the second by .001."""


def runs(rng, slope, *, sizes=(1_000, 2_000, 4_000, 8_000, 16_000), seeds=(1, 2), data="target", spread=0.2, **extra):
    rows = []
    for n in sizes:
        for seed in seeds:
            luck = rng.normal(0, spread)
            for i, language in enumerate(LANGUAGES):
                score = 60 + i + slope * np.log2(n / 1_000) + luck + rng.normal(0, spread)
                row = {"model": "m", "intermediate": "none", "target": "xnli", "language": language, "split": "test"}
                row |= {"metric": "accuracy", "seed": seed, "score": score, "target_examples": n}
                if data == "intermediate":
                    row |= {"intermediate": "mnli", "intermediate_examples": n, "target_examples": 500}
                rows.append(row | {"provenance": "synthetic"} | extra)
    return validate(pd.DataFrame(rows), "made-up")


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def only(found):
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("data", ["target", "intermediate"])
def test_a_known_slope_is_covered(rng, data):
    found = only(more_data_helps(runs(rng, 1.5, data=data), DESIGN(), data))
    assert found.slope.low < 1.5 < found.slope.high
    assert found.answer.says == "yes"
    assert (found.amounts.min(), found.amounts.max()) == (1_000, 16_000)
    assert found.association.estimate > 0.9


def test_a_flat_score_is_a_no_and_a_noisy_one_is_open(rng):
    assert only(more_data_helps(runs(rng, 0.0), DESIGN())).answer.says == "no"
    noisy = only(more_data_helps(runs(np.random.default_rng(0), 0.0, spread=5.0), DESIGN())).answer
    assert noisy.says == "cannot-tell"
    assert "spans 0 and 0.5" in noisy.text


def test_a_sure_but_small_rise_is_a_no_that_says_so(rng):
    found = only(more_data_helps(runs(rng, 0.2, spread=0.02), DESIGN())).answer
    assert found.says == "no"
    assert "raises scores on" in found.text
    assert "by less than 0.5 points" in found.text


def test_the_interval_covers_the_slope_as_often_as_it_says(rng):
    x, covered = np.repeat(np.arange(5.0), 3), 0
    for _ in range(200):
        scores = x[:, None] + rng.normal(0, 1, (15, 1)) + rng.normal(0, 1, (15, 4))
        slope, *_ = _effects(x, scores, DESIGN(size=400), rng)
        covered += slope.low < 1.0 < slope.high
    assert covered / 200 == pytest.approx(0.95, abs=0.045)


def test_few_runs_and_constant_scores_cannot_tell(rng):
    few = only(more_data_helps(runs(rng, 1.0, sizes=(1_000, 2_000)), DESIGN()))
    assert few.answer.says == "cannot-tell"
    assert "4 runs" in few.slope.because
    constant = only(more_data_helps(runs(rng, 1.0).assign(score=70.0), DESIGN()))
    assert "same value in every pair" in constant.slope.because
    assert np.isnan(constant.slope.estimate)


def test_one_size_is_no_question(rng):
    assert more_data_helps(runs(rng, 1.0, sizes=(1_000,)), DESIGN()) == ()


def test_runs_with_other_languages_are_left_out_and_counted(rng):
    table = runs(rng, 1.0)
    lost = (table["language"] == "sw") & (table["target_examples"] == 1_000) & (table["seed"] == 1)
    found = only(more_data_helps(table[~lost], DESIGN()))
    assert found.runs == 9
    assert found.answer.left_out == ("1 run without languages of the others",)


def test_models_are_not_mixed(rng):
    both = concat([runs(rng, 1.5), runs(rng, 0.0, model="other")])
    assert {m.target: m.answer.says for m in more_data_helps(both, DESIGN())} == {
        "xnli · m": "yes",
        "xnli · other": "no",
    }


@pytest.fixture(scope="module")
def litmus():
    """XLM-R Large on varied amounts of data: 40 XNLI configurations, 26 of TyDiQA."""
    folder = shared("results", "litmus", "SumEval", "data", "train")
    xnli = import_results([folder / "XNLI_XLMR.json"], given=Given(split="test"))
    tydiqa = import_results([folder / "TyDiQA_XLMR_ID.json"], given=Given(split="test", metric="f1"))
    return concat([xnli.table, tydiqa.table])


def test_more_data_helps_tydiqa_but_not_xnli(litmus, rng):
    found = {m.target: m for m in more_data_helps(litmus, DESIGN())}
    assert {name: m.answer.says for name, m in found.items()} == {"tydiqa": "yes", "xnli": "no"}
    assert found["tydiqa"].association.estimate == pytest.approx(0.92, abs=WRITTEN)
    assert found["xnli"].association.estimate == pytest.approx(-0.35, abs=WRITTEN)
    assert (found["tydiqa"].runs, found["xnli"].runs) == (26, 40)
    assert found["tydiqa"].slope.low > 1.0
    assert found["xnli"].slope.high < 0.5
    assert found["xnli"].slope.low < 0 < found["xnli"].slope.high


@pytest.mark.parametrize(("name", "expected"), [("tydiqa", 7.515), ("xnli", -0.025)])
def test_slopes_of_the_scaling_data_are_least_squares(litmus, rng, name, expected):
    """Expected values: numpy.polyfit of the mean over languages on log2 of the examples."""
    found = {m.target: m for m in more_data_helps(litmus, DESIGN(size=200))}
    assert found[name].slope.estimate == pytest.approx(expected, abs=0.0005)


def test_runs_without_intermediate_training_leave_the_cost_question_open_but_not_the_trap(litmus, rng):
    said = report(fit(litmus, DESIGN(size=500)))
    assert said.says == "cannot-tell"
    assert "no run has intermediate training" in said.text
    assert "More target data raises scores on tydiqa" in said.text
    assert "More target data does not raise scores on xnli" in said.text
    assert said.provenance == ("imported",)
