"""The cost question on made-up tables whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import UsageError
from analysis.flops import XLMR_LARGE, HeadShape, TextVolume, training_flops
from analysis.questions.cost import DESIGN, fit, report
from analysis.questions.cost.configurations import costs_of
from analysis.registry.vocabulary import vocabulary
from analysis.results.table import empty, validate

LANGUAGES = ("de", "sw", "th", "tr", "ur", "zh")
SIZES = (1_000, 4_000, 16_000, 64_000)
PER_EXAMPLE = 1e9


def plateau(cost, top=80.0):
    return top - 20 * (np.asarray(cost) / 1e12) ** -0.4


def table(
    rng,
    *,
    bonus=3.0,
    seeds=(1, 2, 3),
    targets=("xnli", "pawsx"),
    sizes=SIZES,
    flops=True,
    spread=0.2,
    intermediates=("mnli", "squad2"),
):
    """Target-only runs on a known curve, and intermediate runs `bonus` points above it at equal cost."""
    rows = []
    for target in targets:
        shift = dict(zip(LANGUAGES, rng.normal(0, 3, len(LANGUAGES)), strict=True))
        runs = [("none", 0, n) for n in sizes]
        runs += [(i, m, 4_000) for i in intermediates for m in (4_000, 20_000)]
        for name, middle, n in runs:
            cost = (middle + n) * PER_EXAMPLE
            extra = bonus[target] if isinstance(bonus, dict) else bonus
            for seed in seeds:
                luck = rng.normal(0, spread)
                for language in LANGUAGES:
                    score = plateau(cost) + shift[language] + (extra if middle else 0) + luck
                    row = {"model": "xlm-r-large", "intermediate": name, "target": target, "language": language}
                    row |= {"split": "test", "seed": seed, "score": score + rng.normal(0, spread)}
                    row |= {"target_examples": n, "intermediate_examples": middle or None}
                    if flops:
                        row |= {"flops_target": n * PER_EXAMPLE, "flops_intermediate": middle * PER_EXAMPLE or None}
                    rows.append(row | {"provenance": "synthetic", "metric": "accuracy"})
    return validate(pd.DataFrame(rows), "made-up")


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def asked(results, rng, **options):
    outcome = fit(results, DESIGN(size=400, **options))
    return outcome, report(outcome)


def test_a_bonus_at_equal_cost_is_found_with_its_size(rng):
    outcome, said = asked(table(rng), rng)
    assert outcome.unit == "FLOPs"
    assert said.says == "yes"
    assert said.effects[0].low < 3.0 < said.effects[0].high
    assert said.effects[0].high - said.effects[0].low < 2.0
    assert said.provenance == ("synthetic",)
    assert "6 languages" in said.sure


def test_intermediate_data_worth_no_more_than_target_data_is_a_no(rng):
    _, said = asked(table(rng, bonus=0.0, spread=0.1), rng)
    assert said.says == "no"
    assert said.effects[0].low < 0 < said.effects[0].high < 0.5


def test_targets_that_contradict_each_other_are_mixed(rng):
    _, said = asked(table(rng, bonus={"xnli": 4.0, "pawsx": -4.0}), rng)
    assert said.says == "mixed"


def test_intermediate_tasks_that_contradict_each_other_are_mixed_and_named(rng):
    results = table(rng, bonus=3.0)
    worse = results["intermediate"] == "squad2"
    _, said = asked(results.assign(score=results["score"] - 6.0 * worse), rng)
    assert said.says == "mixed"
    assert "pawsx after mnli, xnli after mnli better; pawsx after squad2, xnli after squad2 worse" in said.text


def test_noise_that_hides_what_matters_is_not_a_no(rng):
    _, said = asked(table(rng, bonus=0.0, spread=4.0), rng)
    assert said.says == "cannot-tell"
    assert "spans 0" in said.text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"seeds": (1,)}, "two seeds"),
        ({"sizes": (4_000,)}, "1 different costs"),
        ({"sizes": (4_000, 16_000)}, "2 different costs"),
        ({"sizes": ()}, "no run without intermediate training"),
        ({"intermediates": ()}, "no run has intermediate training"),
    ],
)
def test_what_cannot_be_compared_says_why_and_gives_no_interval(rng, options, words):
    _, said = asked(table(rng, **options), rng)
    assert said.says == "cannot-tell"
    assert words in said.text
    assert np.isnan(said.effects[0].low)
    assert words in said.effects[0].because


def test_constant_scores_cannot_tell(rng):
    constant = table(rng).assign(score=70.0)
    _, said = asked(constant, rng)
    assert said.says == "cannot-tell"
    assert "same at every cost" in said.text


def test_an_empty_table_cannot_tell(rng):
    assert asked(empty(), rng)[1].says == "cannot-tell"


def test_runs_that_do_not_state_their_amount_of_data_are_left_out_and_named(rng):
    sizeless = table(rng, intermediates=("lab-inference",)).assign(intermediate_examples=np.nan)
    outcome, said = asked(sizeless, rng)
    assert said.says == "cannot-tell"
    assert "no run with intermediate training states what it cost" in said.text
    assert any("how many examples were trained on is not stated" in line for line in outcome.left_out)


def test_one_language_is_told_over_seeds_only(rng):
    single = table(rng)
    outcome, said = asked(single[single["language"] == "de"], rng)
    assert outcome.units_of == "seeds"
    assert any("these languages only" in hinge for hinge in said.hinges)


def test_unpaired_seeds_and_single_runs_are_handled_and_said(rng):
    ragged = table(rng)
    first = (ragged["intermediate"] == "mnli") & (ragged["seed"] > 1)
    outcome, said = asked(ragged[~first], rng)
    assert said.says == "yes"
    assert any("one seed" in reason for reason in outcome.left_out)
    assert "mnli" not in set(outcome.frontier["intermediate"])


def test_a_cost_far_beyond_the_target_only_runs_is_not_told(rng):
    outcome, _ = asked(table(rng, sizes=(100, 250, 1_000, 1_800, 3_500)), rng)
    assert set(outcome.frontier.loc[outcome.frontier["intermediate"] != "none", "because"]) == {
        "its cost lies more than 2 times beyond the target-only runs"
    }
    assert outcome.because


def test_sharing_a_checkpoint_makes_it_cheaper(rng):
    results = table(rng)
    alone, shared = (asked(results, np.random.default_rng(1), shared=k)[0] for k in (1, 5))

    def cost(outcome):
        frame = outcome.frontier
        return float(frame.loc[(frame["intermediate"] == "mnli") & (frame["target"] == "xnli"), "cost"].max())

    assert cost(alone) == pytest.approx(24_000 * PER_EXAMPLE)
    assert cost(shared) == pytest.approx(8_000 * PER_EXAMPLE)
    assert shared.pooled.overall.estimate > alone.pooled.overall.estimate
    assert "5 targets" in shared.stated


def test_without_flops_examples_or_an_assumed_length_stand_for_cost(rng):
    results = table(rng, flops=False)
    examples, said = asked(results, np.random.default_rng(1))
    assert examples.unit == "examples"
    assert "examples stand for cost" in said.hinges[0]
    computed, said = asked(results, np.random.default_rng(1), tokens=50, epochs=2)
    assert computed.unit == "FLOPs"
    assert "50 tokens" in said.hinges[0]
    one = training_flops(XLMR_LARGE, HeadShape("none"), TextVolume(1, 50, 2500), epochs=2).total
    assert computed.frontier["cost"].max() == pytest.approx(64_000 * one)


def test_sizes_the_table_leaves_out_come_from_the_registry(rng):
    rows = pd.DataFrame(
        {
            "model": "mine",
            "intermediate": ["none", "mnli", "mnli>squad2"],
            "target": "xnli",
            "split": "test",
            "score": 70.0,
        }
    )
    costs = costs_of(validate(rows, "x"), vocabulary(), tokens=50)
    assert costs.unit == "examples"
    assert "no shape is known of mine" in costs.stated
    assert costs.intermediate.tolist() == [0, 392_702, 392_702 + 130_319]
    assert costs.target.tolist() == [392_702] * 3


def test_targets_without_fine_tuning_have_no_data_to_scale(rng):
    outcome, _ = asked(table(rng, targets=("xnli", "tatoeba")).assign(target_examples=np.nan), rng)
    assert any("tatoeba" in reason and "nothing is fine-tuned" in reason for reason in outcome.left_out)


def test_the_tables_agree_with_each_other(rng):
    outcome, said = asked(table(rng), rng)
    frontier, steps, choice = outcome.frontier, outcome.increments, outcome.acceptability
    assert len(frontier) == 16
    assert (
        frontier.loc[frontier["on_frontier"], "score"]
        .groupby(frontier["target"])
        .apply(lambda s: s.is_monotonic_increasing)
        .all()
    )
    assert (frontier["low"] < frontier["score"]).all()
    assert (
        steps[["better_cheaper", "better_dearer", "worse_cheaper", "worse_dearer"]].sum(axis=1) - 1
    ).abs().max() < 1e-9
    assert (choice.groupby(["target", "worth"])["share"].sum() - 1).abs().max() < 1e-9
    cheapest = choice[(choice["worth"] == 0) & choice["best"]]
    assert set(cheapest["target_examples"]) == {1_000}
    assert outcome.best.groupby("target")["expected_best"].apply(lambda s: s.is_monotonic_increasing).all()
    assert set(said.tables) >= {"more data", "configurations", "increments", "acceptability", "learning curves"}
    assert {e.name for e in said.effects} >= {"scaling intermediate data", "scaling target data"}


def test_the_same_rng_gives_the_same_answer(rng):
    results = table(rng)
    first, second = (asked(results, np.random.default_rng(3))[1] for _ in range(2))
    assert repr(first.effects) == repr(second.effects)


@pytest.mark.parametrize(
    "options", [{"margin": -1}, {"reach": 0.5}, {"tokens": 0}, {"epochs": 0}, {"size": 5}, {"shared": 0}]
)
def test_options_outside_their_range_are_usage_errors(rng, options):
    with pytest.raises(UsageError):
        fit(table(rng), DESIGN(**{"size": 200} | options))
