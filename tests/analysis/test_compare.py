"""One row of a leaderboard against another: statsmodels and scipy agree, built-in truths are told, and nothing else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_ind_from_stats, ttest_rel
from simulated_boards import LANGUAGES, TASKS, board
from statsmodels.stats.multitest import multipletests

from analysis.errors import UsageError
from analysis.questions import compare
from analysis.results.table import validate

EXACT = 1e-9


def asked(table: pd.DataFrame, **given) -> compare.CompareFit:
    return compare.fit(table, compare.DESIGN(**given))


def test_a_better_model_is_told_over_all_and_worse_nowhere():
    answer = compare.report(asked(board({"a": 4.0, "b": 0.0}), model="a", baseline="b"))
    assert answer.says == "yes"
    assert answer.effects[0].estimate == pytest.approx(4.0, abs=0.3)
    assert "Of 5 tasks: better in 5" in answer.text


def test_any_row_may_be_the_baseline_and_the_answer_turns_around():
    table = board({"a": 4.0, "b": 0.0})
    assert compare.report(asked(table, model="b", baseline="a")).says == "no"


def test_equal_models_are_never_told_apart_and_equal_within_the_margin():
    answer = compare.report(asked(board({"a": 0.0, "b": 0.0}, noise=0.1, half_width=0.5), model="a", baseline="b"))
    assert answer.says == "no"
    assert "better in" not in answer.text


def test_a_model_better_over_all_and_surely_worse_in_a_task_is_mixed():
    table = board({"a": 5.0, "b": 0.0})
    flipped = (table["model"] == "a") & (table["target"] == "panx")
    table.loc[flipped, ["score", "ci_low", "ci_high"]] -= 15
    answer = compare.report(asked(table, model="a", baseline="b"))
    assert answer.says == "mixed"
    assert "worse in 1 (panx" in answer.text


def test_p_values_are_holms_and_no_interval_excludes_zero_beside_a_large_one():
    found = asked(board({"a": 0.6, "b": 0.0}, noise=1.5), model="a", baseline="b")
    for frame in (found.by_task, found.by_language, found.cells):
        assert frame["p_holm"].to_numpy() == pytest.approx(multipletests(frame["p_value"], method="holm")[1], abs=EXACT)
        excludes = (frame["low"] > 0) | (frame["high"] < 0)
        assert (frame.loc[excludes, "p_holm"] < 0.05).all()
        assert frame["low"].notna().all()


def test_a_cell_with_seeds_is_compared_by_welch():
    scores = {"a": (70.0, 71.0, 73.5, 70.5), "b": (66.0, 69.0, 68.0)}
    rows = [
        {"model": model, "intermediate": "none", "target": "xnli", "language": "de", "split": "test", "seed": seed,
         "metric": "accuracy", "score": score}
        for model, values in scores.items() for seed, score in enumerate(values)
    ]  # fmt: skip
    found = asked(validate(pd.DataFrame(rows), "t.csv"), model="a", baseline="b").cells.iloc[0]
    stats = [(np.mean(v), np.std(v, ddof=1), len(v)) for v in scores.values()]
    welch = ttest_ind_from_stats(*stats[0], *stats[1], equal_var=False)
    assert found["p_value"] == pytest.approx(welch.pvalue, abs=EXACT)


def test_without_stated_errors_a_task_is_compared_over_its_languages_by_the_paired_t_test():
    table = board({"a": 1.0, "b": 0.0}, half_width=None, tasks=TASKS[:1])
    found = asked(table, model="a", baseline="b")
    wide = table.pivot_table(index="language", columns="model", values="score", observed=True)
    assert found.by_task["p_value"].iloc[0] == pytest.approx(ttest_rel(wide["a"], wide["b"]).pvalue, abs=EXACT)
    assert found.by_language["p_value"].isna().all()
    assert found.cells["because"].str.contains("no error is stated").all()


def test_an_unexplained_spread_decides_nothing_within_it():
    table = board({"a": 1.0, "b": 0.0}, half_width=None, noise=0.0).assign(plus_minus=2.0)
    answer = compare.report(asked(table, model="a", baseline="b"))
    assert answer.says == "cannot-tell"


def test_every_row_is_compared_with_the_baseline_and_cells_of_one_side_are_named():
    table = board({"a": 4.0, "b": 0.0, "c": -3.0, "d": 0.1}, without=[("d", "panx")])
    outcome = asked(table, baseline="b")
    assert outcome.rows == ("a", "c", "d")
    answer = compare.report(outcome)
    assert answer.says == "yes"
    assert "1 better (a" in answer.text
    assert "1 worse (c" in answer.text
    assert f"{len(LANGUAGES)} cells that only one of d and b has" in answer.left_out


def test_an_unknown_row_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'model-a'"):
        asked(board({"model-a": 0, "model-b": 1}), baseline="modl-a")
    with pytest.raises(UsageError, match="both the row and its baseline"):
        asked(board({"a": 0, "b": 1}), model="a", baseline="a")


def test_one_row_cannot_be_compared():
    answer = compare.report(asked(board({"a": 0})))
    assert answer.says == "cannot-tell"
    assert "holds one row" in answer.text
