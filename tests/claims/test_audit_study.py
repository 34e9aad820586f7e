"""Where a study contradicts itself: every place found, nothing accused that agrees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.published.printed import PrintedTable, TableStatement, printed_table, quantity, statements
from claims.audit_study import audit_study, averages, findings_on

V1 = "phang2020-v1"


def changed(table: PrintedTable, block: str, row: str, target: str, printed: str) -> PrintedTable:
    """The table with another number in one entry."""
    entries = tuple(
        replace(e, printed=printed, number=quantity(printed))
        if (e.block, e.row, e.target) == (block, row, target)
        else e
        for e in table.entries
    )
    assert entries != table.entries
    return replace(table, entries=entries)


def test_the_six_places_where_the_first_version_contradicts_itself_are_found_and_no_other() -> None:
    found = {finding.code: finding.message for finding in audit_study(V1)}
    assert len(audit_study(V1)) == len(found) == 6
    assert "5.1" in found["average-differs"]
    assert "7.1" in found["average-differs"]
    assert "8.4" in found["number-differs"]
    assert "8.27" in found["number-differs"]
    assert "6.1 against the 68.1" in found["baseline-decides"]
    assert "8.1 against the 66.1" in found["baseline-decides"]
    assert "CCG (With MLM) on BUCC: -10.1" in found["exception-printed"]
    assert "25.4" in found["number-within-rounding"]
    assert "BUCC" in found["lists-differ"]
    assert "Tatoeba" in found["lists-differ"]


def test_nineteen_averages_that_recompute_are_not_accused() -> None:
    table = printed_table(V1)
    with_average = [(b, r) for b, r in table.rows if r != "Human"]
    assert len(with_average) == 20
    accused = [f.message for f in averages(table)]
    assert len(accused) == 1
    assert "QQP (With MLM)" in accused[0]


@pytest.mark.parametrize("row", ["ANLI+", "SQuAD", "HellaSwag", "CCG", "CosmosQA", "CSQA", "Multi-task"])
@pytest.mark.parametrize("block", ["No MLM", "With MLM"])
def test_an_average_that_is_off_by_two_tenths_is_accused(block: str, row: str) -> None:
    table = printed_table(V1)
    printed = table.number(block, row, "xtreme").value
    wrong = changed(table, block, row, "xtreme", f"{printed + quantity('0.2').value:+}")
    assert any(row in f.message and block in f.message for f in averages(wrong))


def test_a_mended_table_is_not_accused() -> None:
    table = changed(printed_table(V1), "With MLM", "QQP", "xtreme", "+7.1")
    table = changed(table, "With MLM", "CCG", "bucc", "+10.1")
    codes = {f.code for f in findings_on(table, statements(V1))}
    assert "exception-printed" not in codes
    assert not [f for f in averages(table) if "QQP" in f.message]


def test_an_entry_that_rounding_may_bring_to_the_other_side_is_no_exception() -> None:
    said = TableStatement("p. 1", "everything gains", {"above": "0", "blocks": ["With MLM"], "targets": ["mlqa"]})
    table = printed_table(V1)
    for run in ("ANLI+", "SQuAD", "HellaSwag", "CCG", "CosmosQA", "CSQA", "Multi-task"):
        table = changed(table, "With MLM", run, "mlqa", "+0.4")
    assert not [f for f in findings_on(table, [said]) if f.code == "exception-printed"]


def test_a_stated_gain_that_no_baseline_gives_differs() -> None:
    check = {
        "value": "7.1",
        "of": {"block": "XTREME benchmark scores", "row": "Our Best Models", "target": "xtreme"},
        "against": ["XLM-R (Hu et al., 2020)", "XLM-R (Ours)"],
    }
    found = [
        f for f in findings_on(printed_table(V1), [TableStatement("p. 9", "7.1 points", check)]) if "p. 9" in f.message
    ]
    assert [f.code for f in found] == ["number-differs"]
