"""Over a table alone, "significantly" is decided by the errors that the table states, and left open without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.tables import table_of_grid
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.over_tables import TableJudge
from claims.definitions import load_definitions
from claims.verify import Verifier

STDERR = [["System", "Accuracy", "stderr"], ["Alpha", "81.2", "0.3"], ["Beta", "76.4", "0.4"], ["Gamma", "76.5", "0.4"],
          ["Omega", "77.6", "0.5"]]  # fmt: skip
SETS = [["Model", "Cora", "Citeseer"], ["Alpha", "81.2 ± 0.3", "70.0 ± 0.5"], ["Beta", "76.4 ± 0.4", "69.9 ± 0.6"],
        ["Omega", "80.0 ± 0.3", "75.0 ± 0.5"]]  # fmt: skip
PLUS = [["System", "Accuracy", "F1"], ["Alpha", "81.2 ± 0.3", "70.1 ± 0.5"], ["Beta", "76.4 ± 0.4", "69.9 ± 0.6"]]


def verdict(claim: str, grid: list[list[str]], caption: str = "") -> tuple[str, str]:
    tables = table_of_grid(grid[0], grid[1:], caption=caption)
    found = TableJudge(tables).verdict(claim, hint=False)
    return found.verdict, found.reason


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Alpha has a significantly higher accuracy than Beta.", "supported"),
        ("Beta has a significantly higher accuracy than Alpha.", "refuted"),
        ("Gamma has a significantly higher accuracy than Beta.", "refuted"),
        ("Omega has a significantly higher accuracy than Beta.", "inconclusive"),
    ],
)
def test_a_column_of_standard_errors_decides_what_is_significant(claim: str, word: str) -> None:
    found, reason = verdict(claim, STDERR)
    assert found == word, reason
    assert "p = " in reason


@pytest.mark.parametrize(
    ("caption", "word"),
    [
        ("Scores ± standard error.", "supported"),
        ("Mean and 95 % confidence interval (±).", "supported"),
        ("Mean ± standard deviation over 5 runs.", "supported"),
        ("Mean ± standard deviation.", "inconclusive"),
        ("Mean ± standard error (rows) or standard deviation over 5 runs (columns).", "inconclusive"),
        ("Scores of three systems.", "inconclusive"),
    ],
)
def test_a_plus_minus_counts_as_what_the_caption_says_it_is_and_else_as_nothing(caption: str, word: str) -> None:
    found, reason = verdict("Alpha has a significantly higher accuracy than Beta.", PLUS, caption)
    assert found == word, reason


def test_errors_that_are_not_stated_for_both_cells_decide_nothing() -> None:
    lacking = [*STDERR[:2], ["Beta", "76.4", ""]]
    assert verdict("Alpha has a significantly higher accuracy than Beta.", lacking)[0] == "inconclusive"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("Alpha is significantly better than Beta on both data sets.", "refuted"),
        ("Omega is significantly better than Beta on both data sets.", "supported"),
        ("Beta is significantly better than Omega on both data sets.", "refuted"),
    ],
)
def test_significance_in_several_places_is_tested_in_each(claim: str, word: str) -> None:
    found, reason = verdict(claim, SETS, "Accuracy ± standard error.")
    assert found == word, reason
    assert "p = " in reason


def test_not_on_another_set_says_not_significantly_there() -> None:
    claim = "Alpha is significantly better than Beta on Cora but not on Citeseer."
    assert verdict(claim, SETS, "Accuracy ± standard error.")[0] not in ("mixed", "refuted")


@pytest.mark.parametrize(
    ("level", "claim", "word"),
    [
        (0.05, "Omega has a significantly higher accuracy than Gamma.", "inconclusive"),
        (0.2, "Omega has a significantly higher accuracy than Gamma.", "supported"),
        (0.2, "Gamma has a significantly higher accuracy than Beta.", "refuted"),
    ],
)
def test_the_level_of_significance_is_that_of_the_users_definitions(
    level: float, claim: str, word: str, tmp_path: Path
) -> None:
    (tmp_path / "definitions.toml").write_text(f"[significant]\nlevel = {level}\n", encoding="utf-8")
    definitions = load_definitions(tmp_path / "definitions.toml")
    tables = tuple(table_of_grid(STDERR[0], STDERR[1:]))
    verifier = Verifier(Evidence(), definitions, tables=tables)
    context = Context(verifier.evidence, definitions, verifier.words, None)
    _, _, found = verifier.judged_text(claim, context, verifier.judge_of_tables)
    assert (found.verdict, f"level {level:g}" in found.reason) == (word, True), found.reason
