"""Numbers in cells of LaTeX tables, by way of their plain text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.importers.cells import read_cell
from analysis.importers.latex import plain
from analysis.numbers import Convention, parse_cell


@pytest.mark.parametrize(
    ("latex", "value", "spread"),
    [
        (r"\textbf{79.2}$_{0.3}$", "79.2", "0.3"),
        (r"$79.2_{\pm 0.3}$", "79.2", "0.3"),
        (r"$3.9\times10^{5}$", "390000", None),
        (r"$3.9 \cdot 10^{-5}$", "0.000039", None),
        (r"392{,}702", "392702", None),
        (r"$-1.2$", "-1.2", None),
        (r"$79.2^{1}$", "79.2", None),
    ],
)
def test_a_latex_cell_keeps_exponent_sign_and_spread(latex: str, value: str, spread: str | None) -> None:
    (number,) = parse_cell(plain(latex)).numbers
    assert number.value == Decimal(value)
    assert number.plus_minus == (None if spread is None else Decimal(spread))


def test_a_lowered_whole_number_is_no_spread() -> None:
    assert parse_cell(plain("$79.2_{3}$")).layout == "text"
    assert plain("$F_{1}$") == "F 1"


def test_a_score_with_a_decimal_comma_is_read_where_its_column_writes_so() -> None:
    (score,) = read_cell("60,5", Convention(",", ".")).numbers
    assert (score.value, score.decimals) == (60.5, 1)
    with pytest.raises(ValueError, match="decimal point"):
        read_cell("60,512")


@pytest.mark.parametrize("cell", ["~80", "79–80", "12 ms", "$5", "10+"])
def test_what_is_no_plain_score_is_not_imported_as_one(cell: str) -> None:
    with pytest.raises(ValueError, match="not a score"):
        read_cell(cell)
