"""Tables whose rows are runs: a sentence about a system is judged by its mean over them."""

from __future__ import annotations

import pytest

from analysis.tables import table_of_grid
from claims.checking.over_tables import TableJudge

RUNS = [
    ["Alpha", "yes", "1", "71.0", "60.0", "560"],
    ["Alpha", "yes", "2", "72.2", "60.4", "560"],
    ["Alpha", "yes", "3", "72.7", "60.9", "560"],
    ["Beta", "no", "1", "70.0", "62.0", "120"],
    ["Beta", "no", "2", "71.2", "61.0", "120"],
    ["Beta", "no", "3", "70.3", "", "120"],
]


def judge(header: str = "seed") -> TableJudge:
    columns = ["system", "large", header, "German F1", "Urdu F1", "params (M)"]
    return TableJudge(table_of_grid(columns, RUNS, source="runs.csv"))


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Alpha scores 72.0 F1 on German.", "supported"),
        ("Alpha beats Beta on German.", "supported"),
        ("Alpha beats Beta by 1.5 points on German.", "supported"),
        ("Alpha has the highest German F1.", "supported"),
        ("Alpha has more parameters than Beta.", "supported"),
        ("Beta beats Alpha on German.", "refuted"),
        ("Alpha scores 69.0 F1 on German.", "refuted"),
    ],
)
@pytest.mark.parametrize("header", ["seed", "Run", "random_seed", "fold"])
def test_what_is_said_of_a_system_is_held_against_the_mean_of_its_runs(claim, verdict, header):
    found = judge(header).verdict(claim)
    assert (found.verdict, "of which the mean is taken" in found.reason) == (verdict, True)


@pytest.mark.parametrize(
    "claim",
    ["Alpha scores 72.2 F1 on German.", "The best German F1 is 72.7, obtained by Alpha.", "Beta beats Alpha on Urdu."],
    ids=["a run's score", "the best run", "a mean that lacks a run"],
)
def test_what_a_single_run_may_bear_out_and_what_lacks_a_run_is_not_decided(claim):
    assert judge().verdict(claim).verdict == "inconclusive"


def test_runs_told_by_two_columns_are_runs_of_one_system():
    rows = [["Alpha", str(seed), str(fold), f"{70 + seed}.{fold}"] for seed in (1, 2) for fold in (1, 2)]
    rows += [["Beta", str(seed), str(fold), f"{60 + seed}.{fold}"] for seed in (1, 2) for fold in (1, 2)]
    judge = TableJudge(table_of_grid(["system", "seed", "fold", "F1"], rows))
    assert judge.verdict("Alpha has an F1 of 71.65.").verdict == "supported"
    assert judge.verdict("Beta beats Alpha by 10 points.").verdict == "refuted"


def test_a_mean_names_the_rows_of_the_file_it_is_made_of():
    found = judge().verdict("Alpha scores 72.0 F1 on German.")
    assert [item.source for item in found.evidence] == ["runs.csv, mean of rows 1, 2, 3, column 3"]
    assert found.evidence[0].value == pytest.approx(71.9667, abs=1e-4)


def test_a_sentence_that_is_offered_says_a_mean_with_as_many_digits_as_its_runs():
    offered = [one.text for one in judge().verdict("Alpha zorgs German.").suggestions]
    assert "The German of Alpha is 72.0." in offered


def test_systems_with_one_row_each_are_left_as_they_are():
    rows = [["Alpha", "13", "71.0"], ["Beta", "14", "70.0"]]
    found = TableJudge(table_of_grid(["system", "seed", "F1"], rows)).verdict("Alpha has a higher F1 than Beta.")
    assert (found.verdict, "mean" in found.reason) == ("supported", False)


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Alpha scores 69.0 F1 on German.", "say otherwise: Alpha · German F1 is 71.9667."),
        (
            "Alpha beats Beta on German.",
            "bears it out: Alpha · German F1 is 71.9667, Beta · German F1 is 70.5.",
        ),
    ],
)
def test_a_reason_tells_the_cells_where_they_are_few(claim, told):
    assert told in judge().verdict(claim).reason


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Alpha seed 2 scores 72.2 F1 on German.", "supported"),
        ("Alpha seed 2 scores 72.7 F1 on German.", "refuted"),
        ("In every seed, Alpha beats Beta on German.", "supported"),
        ("In every seed, Beta beats Alpha on German.", "refuted"),
    ],
)
def test_a_sentence_that_names_runs_is_held_against_single_runs(claim, verdict):
    assert judge().verdict(claim).verdict == verdict


def test_a_yes_or_no_beside_names_is_a_property_and_no_part_of_them():
    (table,) = table_of_grid(["system", "uses CRF", "F1"], [["A", "yes", "70.1"], ["B", "no", "69.0"]], source="t.csv")
    assert [row.labels for row in table.rows] == [("A",), ("B",)]


def test_seeds_behind_a_column_of_numbers_still_number_runs():
    rows = [[system, size, seed, f1] for system, _, seed, f1, _, size in RUNS]
    found = TableJudge(table_of_grid(["system", "params (M)", "seed", "German F1"], rows, source="runs.csv"))
    assert "of which the mean is taken" in found.verdict("Alpha beats Beta on German.").reason
