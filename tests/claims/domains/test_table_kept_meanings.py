"""What is offered for a sentence that was not read keeps who, where, among whom, how many and how surely."""

from __future__ import annotations

import pandas as pd
import pytest

import claimgauge as cg

SCORES = pd.DataFrame(
    {"model": ["Alpha", "Beta", "Gamma"], "NUS": ["60.5", "58.4", "57.0"], "Inspec": ["41.0", "43.2", "40.0"]}
)
SIZED = SCORES.assign(**{"Params (M)": ["110", "220", "330"]})


@pytest.mark.parametrize(
    ("claim", "lost"),
    [
        ("Alpha is not zorgly significantly better than Beta on NUS.", "not better"),
        ("After Alpha, Beta zorgly is the best on NUS.", "Beta is"),
        ("Among the zorgly models, Beta has the highest NUS.", "Beta has"),
        ("Alpha is best on NUS and Beta on Inspec.", "Alpha is best on Inspec"),
        ("Alpha ranks second on Inspec and last on NUS.", "second on NUS"),
        ("Alpha is three zorgly times slower than Beta.", "three slower"),
        ("Beta beats Gamma on exactly one zorgly set.", "Beta"),
        ("Alpha is zorgly among the top two on NUS.", "two"),
        ("Alpha improves more zorgly than Beta from NUS to Inspec.", "better"),
        ("Alpha ranks higher zorgly than Beta on NUS.", "higher value"),
        ("Alpha, Beta and Gamma are zorgly tied on NUS.", "Beta and Gamma"),
        ("Some zorgly model outperforms Alpha on NUS.", "Some model"),
    ],
)
def test_no_rewording_says_what_the_sentence_does_not(claim: str, lost: str) -> None:
    found = cg.check(claim, SCORES)
    offered = [one.text for one in found.verdict.rewordings if not one.chosen]
    assert found.verdict.verdict == "not-testable"
    assert not any(text.startswith(lost) or f" {lost}" in f" {text}" for text in offered), offered


def test_no_value_is_the_highest_of_a_line_that_holds_sizes_too() -> None:
    found = cg.check("Alpha zorgly does on NUS and Inspec.", SIZED)
    assert found.suggestions
    assert not any("highest value on Alpha" in one.text for one in found.suggestions)
