"""Who is best on a leaderboard: built-in truths are told, ties stay ties, and other libraries agree on the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import pearsonr
from simulated_boards import LANGUAGES, board

from analysis.errors import UsageError
from analysis.questions import ranking
from analysis.questions.ranking.hard import _studentised

EXACT = 1e-9
SIZE = 400


def asked(table: pd.DataFrame, **given) -> ranking.RankingFit:
    return ranking.fit(table, ranking.DESIGN(**{"size": SIZE, **given}))


def test_a_model_that_is_best_everywhere_is_told_from_all_others():
    outcome = asked(board({"a": 6.0, "b": 2.0, "c": -4.0}))
    assert ranking.report(outcome).says == "yes"
    assert outcome.places.ties == (("a",), ("b",), ("c",))
    assert set(outcome.best["best"]) == {"a"}


def test_equal_models_are_a_tie_and_none_is_surely_first():
    outcome = asked(board({"a": 0.0, "b": 0.0, "c": -9.0}))
    assert outcome.places.frame["low"].tolist() == [1, 1, 3]
    assert ranking.report(outcome).says in {"no", "cannot-tell"}
    assert len(outcome.places.ties[0]) == 2


def test_a_complete_table_is_ranked_by_plain_means_of_its_tasks():
    table = board({"a": 3.0, "b": 2.0, "c": 0.0})
    plain = table.groupby(["model", "target"], observed=True)["score"].mean().groupby("model", observed=True).mean()
    found = asked(table).places.frame.set_index("name")["score"]
    assert found.to_numpy() == pytest.approx(plain[list(found.index)].to_numpy(), abs=1e-6)


def test_a_model_without_the_easiest_task_is_not_ranked_below_for_it():
    table = board({"a": 2.0, "b": 0.0, "c": -2.0, "d": -6.0}, without=[("a", "xcopa"), ("a", "panx")])
    plain = table.groupby("model", observed=True)["score"].mean()
    assert plain["a"] < plain["b"]
    outcome = asked(table)
    assert outcome.places.frame["name"].tolist() == ["a", "b", "c", "d"]
    assert outcome.places.frame["score"].diff().iloc[1] == pytest.approx(-2.0, abs=0.5)
    assert "the tasks that rows lack" in outcome.places.drawn
    assert "filled by row + cell" in ranking.report(outcome).sure


def test_a_model_with_a_few_languages_is_named_and_not_ranked():
    table = board({"a": 3.0, "b": 0.0, "c": 1.0})
    few = (table["model"] != "c") | table["language"].isin(LANGUAGES[:2])
    outcome = asked(table[few])
    assert outcome.board.rows == ("a", "b")
    assert outcome.whole.rows == ("a", "b", "c")
    assert "c: scores in 2 languages, too few to be ranked with the others" in outcome.left_out


def test_a_lead_that_hangs_on_one_task_is_mixed_and_the_task_is_named():
    table = board({"a": 0.0, "b": 2.0, "c": -5.0})
    lift = (table["model"] == "a") & (table["target"] == "xnli")
    table.loc[lift, ["score", "ci_low", "ci_high"]] += 25
    answer = ranking.report(asked(table))
    assert answer.says == "mixed"
    assert "not first without xnli" in answer.text


def test_tasks_are_correlated_over_models_as_scipy_does_with_intervals_for_all_pairs():
    rng = np.random.default_rng(1)
    table = board({f"m{i}": float(w) for i, w in enumerate(rng.normal(0, 3, 9))}, noise=2.0)
    found = asked(table).alike
    means = table.groupby(["target", "model"], observed=True)["score"].mean()
    for _, row in found.iterrows():
        oracle = pearsonr(means[row["task"]], means[row["other"]])
        assert row["r"] == pytest.approx(oracle.statistic, abs=1e-6)
        ends = oracle.confidence_interval(1 - 0.05 / len(found))
        assert (row["low"], row["high"]) == pytest.approx(tuple(ends), abs=1e-6)
        assert not ((row["low"] > 0 or row["high"] < 0) and row["p_holm"] > 0.1)


def test_residuals_beyond_distance_are_studentised_as_statsmodels_does():
    rng = np.random.default_rng(0)
    x = np.column_stack([rng.uniform(0, 1, 20), rng.integers(0, 2, 20).astype(float)])
    y = 50 - 8 * x[:, 0] + rng.normal(0, 1, 20)
    y[3] -= 12
    fit = sm.OLS(y, sm.add_constant(x)).fit()
    expected, t, df = _studentised(y, x)
    assert expected == pytest.approx(fit.fittedvalues, abs=EXACT)
    assert t == pytest.approx(fit.get_influence().resid_studentized_external, abs=1e-6)
    assert df == 20 - 3 - 1


def test_a_language_that_is_hard_beyond_distance_is_told_and_no_other():
    table = board({"a": 3.0, "b": 1.0, "c": 0.0})
    table["score"] = table["score"] + 0.4 * table["language"].astype(str).map(LANGUAGES.index)
    table.loc[table["language"] == "tr", "score"] -= 20
    outcome = asked(table.assign(ci_low=np.nan, ci_high=np.nan))
    told = outcome.hard.frame[outcome.hard.frame["p_holm"] < 0.05]
    assert told["language"].tolist() == ["tr"]
    assert "tr -" in " ".join(ranking.report(outcome).hinges)


def test_places_cover_the_true_ones_in_repeated_leaderboards():
    worth = {"a": 1.0, "b": 0.5, "c": 0.5, "d": 0.0}
    rank = {"a": (1, 1), "b": (2, 3), "c": (2, 3), "d": (4, 4)}
    covered = 0
    for seed in range(20):
        frame = asked(board(worth, seed=seed, noise=2.0, half_width=None), size=200).places.frame
        covered += all(r["low"] <= rank[r["name"]][1] and r["high"] >= rank[r["name"]][0] for _, r in frame.iterrows())
    assert covered >= 17


def test_the_same_seed_gives_the_same_places():
    table = board({"a": 1.0, "b": 0.5, "c": 0.0}, noise=2.0)
    first, second = (asked(table).places.frame for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_a_table_without_errors_and_with_few_cells_has_an_order_and_no_places():
    outcome = asked(board({"a": 1.0, "b": 0.0}, languages=("de", "fr"), tasks=("xnli",), half_width=None))
    answer = ranking.report(outcome)
    assert answer.says == "cannot-tell"
    assert "No place is sure" in answer.text
    assert np.isnan(outcome.places.frame["low"]).all()


def test_arguments_outside_their_range_are_refused():
    with pytest.raises(UsageError, match="margin 0"):
        asked(board({"a": 1.0, "b": 0.0}), margin=0)
    with pytest.raises(UsageError, match="no study 'x'"):
        asked(board({"a": 1.0, "b": 0.0}), study="x")


def test_a_task_that_another_row_lacks_makes_no_place_sure_where_no_error_is_known():
    cells = {"tasks": ("xnli", "pawsx", "udpos"), "languages": ("de",), "half_width": None, "noise": 0.1}
    answer = ranking.report(asked(board({"a": 5.0, "b": 3.0, "c": 0.0}, without=[("c", "udpos")], **cells)))
    assert answer.says == "cannot-tell"
    assert "no error of the scores is known" in answer.text
