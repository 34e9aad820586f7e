"""The evaluator of assertions over a table agrees with one that walks from cell to cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slow_cells import SlowTable, decide
from small_tables import STEPS, table

from analysis.errors import InputError
from analysis.tables import table_of_grid
from claims.assertion import (
    Along,
    And,
    At,
    Between,
    Compare,
    Degree,
    Difference,
    Domain,
    Fold,
    Formula,
    Not,
    Or,
    Quantified,
    Ranked,
    StatedNumber,
    Term,
    Whole,
)  # fmt: skip
from claims.checking.cells import CellChecker
from claims.domains.table.lines import Lines
from claims.notation import parse_assertion

ROWS = ("Maple", "Birch", "Elder", "Fir", "Oak")
COLUMNS = {"F1": 1, "BLEU": 1, "WER": -1, "Dev": 0}
"""Column → which way is better."""
WORDS = {True: "true", False: "false", None: "open", "mixed": "mixed"}

tenths = st.integers(200, 230).map(lambda n: Decimal(n).scaleb(-1))
"""Close together, so that ties happen; above 1, so that no number can be meant as a share of one."""


@st.composite
def tables(draw: st.DrawFn) -> SlowTable:
    rows = ROWS[: draw(st.integers(2, 5))]
    columns = tuple(draw(st.permutations(sorted(COLUMNS))))[: draw(st.integers(2, 4))]
    cells = {
        (r, c): draw(tenths if rows[0] == r or columns[0] == c else st.none() | tenths | tenths)
        for r in rows
        for c in columns
    }
    return SlowTable(rows, columns, cells, {c: COLUMNS[c] for c in columns})


def checker(slow: SlowTable) -> CellChecker:
    body = [[r, *("" if slow.cells[r, c] is None else str(slow.cells[r, c]) for c in slow.columns)] for r in slow.rows]
    (typed,) = table_of_grid(["Model", *slow.columns], body)
    return CellChecker(Lines(typed))


@st.composite
def terms(draw: st.DrawFn, slow: SlowTable, bound: dict[str, str]) -> Term:
    """A cell, the gap of two rows, or a fold of a line; `bound` maps variables to "rows" or "columns"."""

    def line(base: str) -> str:
        own = [v for v, over in bound.items() if over == base]
        return draw(st.sampled_from([*own, *own, *(slow.rows if base == "rows" else slow.columns)]))

    column = line("columns")
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return Difference(
            At(line("rows"), column), At(line("rows"), column), draw(st.sampled_from(["", "abs", "better"]))
        )
    if kind == 1:
        names = tuple(r for r in slow.rows if slow.cells[r, slow.columns[0]] is not None)
        domain = Domain("rows", draw(st.sampled_from([(), names[:2]])))
        return Fold(draw(st.sampled_from(["max", "min", "mean"])), At("$f", column), "$f", domain)
    return At(line("rows"), column)


@st.composite
def domains(draw: st.DrawFn, slow: SlowTable, base: str) -> Domain:
    every = slow.rows if base == "rows" else slow.columns
    names = draw(
        st.just(()) | st.lists(st.sampled_from(every), min_size=2, max_size=len(every), unique=True).map(tuple)
    )
    without = draw(st.just(()) | st.sampled_from(every).map(lambda one: (one,)))
    if set(names or every) <= set(without):
        without = ()
    return Domain(base, names, without=without)


@st.composite
def formulas(draw: st.DrawFn, slow: SlowTable, bound: dict[str, str], depth: int = 0) -> Formula:
    """An assertion over a table without free variables."""
    kind = draw(st.integers(0, 7 if depth < 2 else 3))
    if kind == 0:
        term = draw(terms(slow, bound))
        low, high = sorted(draw(st.tuples(tenths, tenths)))
        if isinstance(term, Difference):
            low, high = low - 20, high - 20
        if draw(st.booleans()):
            return Between(term, StatedNumber(low), StatedNumber(high))
        return Compare(draw(st.sampled_from(["=", ">", "<", ">=", "<="])), term, StatedNumber(low))
    if kind == 1:
        base = draw(st.sampled_from(["rows", "columns"]))
        domain = draw(domains(slow, base))
        inside = [
            n for n in (domain.names or (slow.rows if base == "rows" else slow.columns)) if n not in domain.without
        ]
        crossing = draw(st.sampled_from(slow.columns if base == "rows" else slow.rows))
        term = At("$k", crossing) if base == "rows" else At(crossing, "$k")
        place = draw(st.sampled_from(["best", "worst", "highest", "lowest"]))
        return Ranked(place, (draw(st.sampled_from(inside)),), "$k", domain, term, draw(st.integers(1, 3)))  # type: ignore[arg-type]
    if kind in (2, 3):
        column = draw(st.sampled_from([*slow.columns, *(v for v, over in bound.items() if over == "columns")]))
        rows = [*slow.rows, *(v for v, over in bound.items() if over == "rows")]
        sides = (At(draw(st.sampled_from(rows)), column), At(draw(st.sampled_from(rows)), column))
        return Compare(draw(st.sampled_from(["better", "worse", "=", ">", "<", ">=", "<="])), *sides)
    if kind == 4:
        return Not(draw(formulas(slow, bound, depth + 1)))
    if kind == 5:
        parts = tuple(draw(st.lists(formulas(slow, bound, depth + 1), min_size=1, max_size=3)))
        joined: list[Formula] = [And(parts), Or(parts), Whole(parts)]
        return draw(st.sampled_from(joined))
    base = draw(st.sampled_from(["rows", "columns"]))
    variable = f"$v{depth}"
    quantifier = draw(st.sampled_from(["all", "each", "any", "none", "most", "count=", "count>=", "count<="]))
    counted = Decimal(draw(st.integers(0, 4))) if quantifier.startswith("count") else None
    body = draw(formulas(slow, {**bound, variable: base}, depth + 1))
    return Quantified(quantifier, variable, draw(domains(slow, base)), body, counted)  # type: ignore[arg-type]


@given(tables(), st.data())
def test_whole_lines_at_once_come_out_as_cell_by_cell(slow: SlowTable, data: st.DataObject) -> None:
    formula = data.draw(formulas(slow, {}))
    assert checker(slow).truth(formula) == WORDS[decide(formula, slow, {})], f"{formula}"


@given(tables(), st.data())
def test_an_assertion_is_read_back_from_its_text_as_it_was(slow: SlowTable, data: st.DataObject) -> None:
    formula = data.draw(formulas(slow, {}))
    assert parse_assertion(str(formula)) == formula


LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(
    lambda name: name.lstrip("$") or "x"
)


@given(LINES, LINES, st.sampled_from(["rising", "falling"]), st.sampled_from(["slight", "clear", "tested"]))
def test_whatever_the_lines_are_called_the_text_is_read_back(row: str, column: str, direction: str, word: str) -> None:
    trend = Along(direction, "$r", Domain("rows", (row, column), without=(row,)), At("$r", column))  # type: ignore[arg-type]
    degree = Degree(word, Compare("better", At(row, column), At(column, column)))  # type: ignore[arg-type]
    ranked = Ranked("highest", (row,), "$r", Domain("rows"), At("$r", column), 2)
    for formula in (trend, degree, ranked, And((trend, degree, ranked))):
        assert parse_assertion(str(formula)) == formula


TIES = table("Model | F1 | WER | Dev\nMaple | 70.0 | 5.0 | 1.5\nBirch | 70.0 | 6.0 | 1.4\nElder | 60.0 | | 1.3")


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ('(better (at "Maple" "F1") (at "Birch" "F1"))', "open"),
        ('(= (at "Maple" "F1") (at "Birch" "F1"))', "true"),
        ('(better (at "Maple" "WER") (at "Birch" "WER"))', "true"),
        ('(> (at "Maple" "WER") (at "Birch" "WER"))', "false"),
        ('(better (at "Maple" "WER") (at "Elder" "WER"))', "open"),
        ('(better (at "Maple" "Dev") (at "Birch" "Dev"))', "open"),
        ('(> (at "Maple" "Dev") (at "Birch" "Dev"))', "true"),
        ('(best "Maple" $r rows (at $r "F1"))', "open"),
        ('(best "Elder" $r rows (at $r "F1"))', "false"),
        ('(worst "Elder" $r rows (at $r "F1"))', "true"),
        ('(best "F1" $k (columns "F1" "Dev") (at "Maple" $k))', "open"),
        ('(best "F1" $k (columns "F1" "WER") (at "Maple" $k))', "open"),
        ('(lowest "Maple" $r rows (at $r "WER"))', "true"),
        ('(highest "Elder" $r rows (at $r "WER"))', "open"),
        ('(each $c (columns "F1" "WER") (better (at "Birch" $c) (at "Elder" $c)))', "open"),
        ('(clear (better (at "Maple" "WER") (at "Birch" "WER")))', "true"),
        ('(slight (better (at "Maple" "WER") (at "Birch" "WER")))', "open"),
        ('(slight (> (at "Birch" "F1") (at "Elder" "F1")))', "open"),
        ('(clear (> (at "Elder" "F1") (at "Birch" "F1")))', "false"),
        ('(tested (better (at "Maple" "WER") (at "Birch" "WER")))', "open"),
        ('(and (= (at "Maple" "F1") 70) (= (at "Birch" "F1") 71.0))', "mixed"),
        ('(= (-% (at "Maple" "F1") (at "Elder" "F1")) 17)', "true"),
        ('(= (-% (at "Maple" "F1") (at "Elder" "F1")) 10)', "false"),
        ('(about (at "Maple" "F1") 69)', "true"),
        ('(about (at "Maple" "F1") 40)', "false"),
    ],
)  # fmt: skip
def test_ties_missing_cells_and_unknown_directions_decide_only_what_they_can(text: str, truth: str) -> None:
    assert CellChecker(Lines(TIES)).truth(parse_assertion(text)) == truth


@pytest.mark.parametrize(
    ("direction", "column", "truth"),
    [("rising", "Accuracy", "true"), ("falling", "Accuracy", "false"), ("falling", "Perplexity", "false")],
)
def test_a_trend_holds_from_each_row_to_the_next(direction: str, column: str, truth: str) -> None:
    names = " ".join(f'"{name}"' for name in ("2", "4", "8", "16"))
    text = f'(along {direction} $r (rows {names}) (at $r "{column}"))'
    assert CellChecker(Lines(STEPS)).truth(parse_assertion(text)) == truth


@pytest.mark.parametrize(
    "text", ['(= (at "Oak" "F1") 1)', '(= (at "Maple" "TER") 1)', '(all $r (rows "Oak") (= (at $r "F1") 1))']
)
def test_a_line_the_table_does_not_have_is_named(text: str) -> None:
    with pytest.raises(InputError, match=r"Oak|TER"):
        CellChecker(Lines(TIES)).truth(parse_assertion(text))


def test_a_variable_that_nothing_binds_is_named() -> None:
    with pytest.raises(InputError, match=r"\$r"):
        CellChecker(Lines(TIES)).truth(parse_assertion('(= (at $r "F1") 1)'))


def test_the_cells_looked_at_are_kept_in_order() -> None:
    found = CellChecker(Lines(TIES))
    found.truth(parse_assertion('(better (at "Birch" "WER") (at "Maple" "F1"))'))
    assert list(found.used) == [(1, 1), (0, 0)]
