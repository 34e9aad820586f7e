"""An order effect is told from none, on clean text and under perturbation, and never from too little."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from simulated_grids import orders

from analysis.errors import InputError, MissingDataError, UsageError
from analysis.gains.contrasts import over_seeds
from analysis.published.scores import scores_of
from analysis.questions import order
from analysis.questions.order.terms import ORDER, ROBUSTNESS
from analysis.results.items import ITEM_COLUMNS, load_items, validate_items
from analysis.results.table import empty

EXACT = 1e-9
MONTE_CARLO = 0.017
"""Three standard errors of a rate of .05 in 1,500 draws."""


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def asked(table: pd.DataFrame, **given) -> order.OrderFit:
    return order.fit(table, order.DESIGN(**given))


def test_an_order_effect_that_exists_only_under_perturbation_is_told_from_a_clean_one(rng):
    outcome = asked(orders(rng, perturbed=3.0))
    clean, robust = order.answers(outcome)
    assert (clean.says, robust.says) == ("no", "yes")
    assert "Under character-swap, ccg>mnli keeps more than mnli>ccg" in robust.text
    assert robust.effects[0].estimate == pytest.approx(3.0, abs=0.5)
    assert order.report(outcome).says == "yes"
    assert order.report(outcome).provenance == ("synthetic",)


def test_an_order_effect_on_clean_text_alone_is_no_robustness(rng):
    clean, robust = order.answers(asked(orders(rng, clean=3.0)))
    assert (clean.says, robust.says) == ("yes", "no")


def test_all_measures_of_robustness_agree_on_the_built_in_effect(rng):
    outcome = asked(orders(rng, perturbed=3.0))
    scales = outcome.scales.set_index("measure")["estimate"]
    assert scales["effective robustness"] == pytest.approx(3.0, abs=0.6)
    assert scales["relative drop"] == pytest.approx(-100 * 3.0 / 72, abs=0.8)
    mixed = outcome.mixed.set_index("term")
    assert mixed.loc[ROBUSTNESS, "estimate"] == pytest.approx(3.0, abs=0.5)
    assert mixed.loc[ROBUSTNESS, "p_value"] < 0.05 < mixed.loc[ORDER, "p_value"]
    assert order.answers(outcome)[1].hinges == ()


def test_robustness_is_the_drop_its_share_of_the_clean_score_and_the_residual(rng):
    frame = asked(orders(rng)).robustness.set_index("intermediate")
    assert frame["drop"].to_numpy() == pytest.approx((frame["clean"] - frame["perturbed"]).to_numpy(), abs=EXACT)
    expected = 100 * (1 - frame["perturbed"] / frame["clean"])
    assert frame["relative_drop"].to_numpy() == pytest.approx(expected.to_numpy(), abs=EXACT)
    assert frame["effective"].sum() == pytest.approx(0, abs=1e-6)


def test_the_line_of_effective_robustness_is_drawn_through_other_runs_than_sequences(rng):
    outcome = asked(orders(rng, perturbed=8.0, spread=0.1))
    assert outcome.lines[0].slope == pytest.approx(1.0, abs=0.1)
    bare = asked(orders(rng, intermediates=("ccg>mnli", "mnli>ccg")))
    assert bare.lines[0].because
    effective = bare.scales[bare.scales["measure"] == "effective robustness"]
    assert effective["estimate"].isna().all()


def test_no_effect_is_found_as_rarely_as_the_level_says_although_cells_share_their_runs(rng):
    runs = rng.normal(size=(1500, 1, 4))
    differences = runs + 0.2 * rng.normal(size=(1500, 12, 4))
    p_values = np.array([over_seeds(table, margin=1.0).p_value for table in differences])
    assert (p_values < 0.05).mean() == pytest.approx(0.05, abs=MONTE_CARLO)


def test_sequences_are_compared_with_their_tasks_and_joint_training(rng):
    beside = asked(orders(rng)).beside
    assert set(beside["rival"]) == {"ccg", "mnli", "mnli+ccg", "none"}
    ahead = beside[(beside["rival"] == "none") & (beside["term"] == "clean score")]
    assert ahead["estimate"].to_numpy() == pytest.approx([3.0, 3.0], abs=0.6)


def test_several_contrasts_are_adjusted_together(rng):
    contrasts = asked(orders(rng, perturbations=("character-swap", "word-shuffle"))).contrasts
    assert len(contrasts) == 3
    assert contrasts["p_holm"].min() == pytest.approx(min(1, 3 * contrasts["p_value"].min()))


def test_the_order_of_rows_changes_nothing(rng):
    table = orders(rng, perturbed=1.0)
    first, second = asked(table), asked(table.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(first.contrasts, second.contrasts)
    assert order.report(first).text == order.report(second).text


def test_other_perturbation_names_change_names_only(rng):
    table = orders(rng, perturbed=1.0)
    renamed = table.assign(perturbation=table["perturbation"].astype(object).replace("character-swap", "keyboard"))
    first, second = asked(table).contrasts, asked(renamed).contrasts
    pd.testing.assert_frame_equal(first.drop(columns="perturbation"), second.drop(columns="perturbation"))


def test_a_perturbed_score_without_its_clean_one_is_left_out_and_said_so(rng):
    table = orders(rng)
    outcome = asked(table[~((table["perturbation"] == "none") & (table["language"] == "hi"))])
    assert set(outcome.contrasts["cells"]) == {4}
    assert any("without a clean score" in sentence for sentence in outcome.left_out)


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"perturbations": ()}, "not evaluated on perturbed text"),
        ({"seeds": 1}, "one seed"),
        ({"intermediates": ("none", "mnli", "ccg")}, "no sequence of intermediate tasks"),
        ({"intermediates": ("none", "mnli", "ccg>mnli")}, "in another order"),
        ({"spread": 0.0}, "every pair differs by the same amount"),
    ],
)
def test_too_little_is_answered_with_cannot_tell_and_why(rng, change, because):
    answer = order.report(asked(orders(rng, **change)))
    assert answer.says == "cannot-tell"
    assert because in answer.text
    assert "nan" not in answer.text + answer.sure


def test_without_perturbed_text_the_clean_part_is_still_answered(rng):
    clean, robust = order.answers(asked(orders(rng, clean=3.0, perturbations=())))
    assert (clean.says, robust.says) == ("yes", "cannot-tell")


def test_runs_without_a_seed_cannot_be_paired(rng):
    outcome = asked(orders(rng, seeds=1).assign(seed=np.nan))
    assert order.report(outcome).says == "cannot-tell"


@pytest.mark.parametrize("table", [empty(), scores_of("xtreme")])
def test_tables_without_sequences_say_so(table):
    answer = order.report(asked(table))
    assert (answer.says, answer.effects) == ("cannot-tell", ())
    assert "no sequence of intermediate tasks" in answer.text


def test_a_wrong_margin_is_an_error(rng):
    with pytest.raises(UsageError, match="margin"):
        asked(orders(rng), margin=-1)


def test_a_contrast_is_the_paired_t_test(rng):
    from scipy import stats

    first, second = rng.normal(size=(2, 1, 6))
    found = over_seeds(first - second, margin=1.0)
    oracle = stats.ttest_rel(first[0], second[0])
    interval = oracle.confidence_interval(0.95)
    assert found.p_value == pytest.approx(oracle.pvalue, abs=EXACT)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), abs=EXACT)


def items(rng: np.random.Generator, *, perturbed: float) -> pd.DataFrame:
    rows = []
    hard = rng.uniform(0.4, 0.95, 150)
    for name, side in (("ccg>mnli", 1), ("mnli>ccg", -1)):
        for seed in range(2):
            for how, shift in (("none", 0.0), ("character-swap", side * perturbed / 2)):
                right = rng.uniform(size=150) < np.clip(hard + shift, 0, 1)
                rows += [(name, "xnli", "de", how, seed, f"i{k}", float(r)) for k, r in enumerate(right)]
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS))


def test_stored_items_show_an_effect_under_perturbation_item_by_item(rng, tmp_path):
    items(rng, perturbed=0.4).to_csv(tmp_path / "items.csv", index=False)
    outcome = asked(orders(rng), items=tmp_path)
    frame = outcome.items.set_index("perturbation")
    assert frame.loc["character-swap", "difference"] == pytest.approx(40, abs=12)
    assert frame.loc["character-swap", "p_holm"] < 0.01 < frame.loc["none", "p_value"]
    runs = outcome.item_runs[outcome.item_runs["perturbation"] == "character-swap"]
    assert (runs["only_first"] > runs["only_second"]).all()
    assert (runs["p_holm"] < 0.01).all()
    assert "items" in order.report(outcome).tables


def test_items_with_partial_credit_have_no_mcnemar_test_but_are_exchanged(rng):
    frame = items(rng, perturbed=0.0)
    frame.loc[0, "correct"] = 0.5
    outcome = asked(orders(rng), items=validate_items(frame, "items"))
    row = outcome.item_runs.set_index(["perturbation", "seed"]).loc[("none", 0)]
    assert (row["because"], np.isnan(row["p_value"])) == ("items have partial credit", True)
    assert outcome.items["p_value"].notna().all()


def test_items_survive_both_file_formats_and_folders_of_runs(rng, tmp_path):
    frame = validate_items(items(rng, perturbed=0.0), "items")
    for part, name in ((frame.iloc[:300], "a"), (frame.iloc[300:], "b")):
        (tmp_path / name).mkdir()
        part.to_parquet(tmp_path / name / "items.parquet", index=False)
    pd.testing.assert_frame_equal(load_items(tmp_path), frame)


def test_wrong_items_are_one_error_with_every_fault(rng, tmp_path):
    frame = items(rng, perturbed=0.0)
    frame.loc[3, "correct"] = 7
    frame = pd.concat([frame, frame.iloc[:1]], ignore_index=True)
    with pytest.raises(InputError) as error:
        validate_items(frame, "items.csv")
    assert len(error.value.faults) == 2
    with pytest.raises(InputError, match="'seed' is missing"):
        validate_items(frame.drop(columns="seed"), "items.csv")
    with pytest.raises(MissingDataError, match=r"items\.parquet or items\.csv"):
        load_items(tmp_path)


def test_the_model_of_items_stands_beside_the_contrasts_of_scores_and_agrees_with_them(rng):
    stored = validate_items(items(rng, perturbed=0.4), "items")
    outcome = asked(orders(rng, perturbed=3.0), items=stored)
    found = outcome.item_model.set_index("term")
    assert found.loc[ROBUSTNESS, "p_value"] < 0.05 < found.loc[ORDER, "p_value"]
    assert found.loc[ROBUSTNESS, "low"] < found.loc[ROBUSTNESS, "estimate"] < found.loc[ROBUSTNESS, "high"]
    assert (found["items"] == 150).all()
    named = [e for e in order.answers(outcome)[1].effects if "BinomialBayesMixedGLM" in e.method]
    assert [e.unit for e in named] == ["logits of getting an item right"]
    none = asked(orders(rng), items=validate_items(items(rng, perturbed=0.0), "items")).item_model
    assert (none["p_value"] > 0.05).all()
