"""The rank correlation of two lines is the one that scipy computes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from claims.tables.correlating import spearman

NUMBERS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=5, max_size=30)


@given(NUMBERS)
def test_spearman_is_that_of_scipy_ties_included(pairs: list[tuple[int, int]]) -> None:
    left, right = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    assume(len(set(left)) > 1 and len(set(right)) > 1)
    assert spearman(left, right) == pytest.approx(spearmanr(left, right).statistic)


def test_a_line_of_equal_numbers_is_correlated_with_nothing() -> None:
    assert spearman([1.0] * 5, [1.0, 2.0, 3.0, 4.0, 5.0]) is None
