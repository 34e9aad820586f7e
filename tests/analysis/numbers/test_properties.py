"""What holds for all numbers and all texts."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.numbers import Convention, NumberError, convention_of, parse_cell, parse_number, scan_numbers

NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=3) | st.integers(-(10**6), 10**6).map(Decimal)
TEXTS = st.text(max_size=40) | st.text("0123456789.,-–−+±%/()[] *kMexX^_~<>'≥one to", max_size=30)


@given(NUMBERS)
def test_a_printed_number_is_read_back(number: Decimal) -> None:
    for written in (
        f"{number:f}",
        f"{number:,f}",
        f"{number:f}".replace("-", "−"),
        f"{number:,f}".replace(",", "\u202f"),
    ):
        read = parse_number(written)
        assert read.value == number
        assert read.half_width == Decimal(f"5e{int(number.as_tuple().exponent) - 1}")
        assert [n.value for n in parse_cell(written).numbers] == [number]


@given(st.lists(st.decimals(min_value=0, max_value=10**7, places=2), min_size=1, max_size=6))
def test_a_column_with_decimal_commas_is_read_back(column: list[Decimal]) -> None:
    cells = [f"{number:,f}".translate(str.maketrans(",.", ".,")) for number in column]
    convention = convention_of(cells)
    assert [n.value for cell in cells for n in parse_cell(cell, convention).numbers] == column


@given(st.integers(0, 99), st.integers(0, 9))
def test_a_column_whose_convention_is_refused_or_known_is_never_read_a_thousand_times_too_large(a: int, b: int) -> None:
    cells = [f"{a},{b}", f"{a},{b}00"]
    convention = convention_of(cells)
    assert {n.value for cell in cells for n in parse_cell(cell, convention).numbers} == {Decimal(f"{a}.{b}")}


@given(TEXTS)
def test_no_text_crashes_a_reader_and_spans_lie_in_the_text(text: str) -> None:
    for start, end, number in scan_numbers(text):
        assert 0 <= start < end <= len(text)
        assert number.text == text[start:end]
        assert number.low <= number.high
        assert number.upper is None or number.value < number.upper
    assert (parse_cell(text).layout in {"empty", "text"}) == (not parse_cell(text).numbers)


@given(TEXTS)
def test_a_text_is_one_number_or_refused(text: str) -> None:
    try:
        number = parse_number(text)
    except NumberError:
        assert all((start, end) != (0, len(text.strip())) for start, end, _ in scan_numbers(text.strip()))
    else:
        assert number.text == text.strip()


@given(TEXTS, NUMBERS)
def test_a_cell_and_a_sentence_agree_on_a_single_number(text: str, number: Decimal) -> None:
    cell = parse_cell(f"{number:f}{text}")
    if cell.layout == "single" and not cell.marks and cell.numbers[0].text == f"{number:f}{text}":
        readings = {n.value for start, _, n in scan_numbers(cell.text) if start == 0}
        assert cell.numbers[0].value in readings


@given(NUMBERS, st.decimals(min_value=0, max_value=10, places=3))
def test_a_number_matches_itself_and_no_value_beyond_its_rounding(number: Decimal, apart: Decimal) -> None:
    stated = parse_number(f"{number:f}")
    assert stated.matches(number, stated.half_width) == "true"
    beyond = number + stated.half_width + apart + Decimal("0.0001")
    assert stated.matches(beyond) == "false"


@given(NUMBERS, NUMBERS, st.decimals(min_value=0, max_value=10, places=2))
def test_a_bound_and_its_opposite_are_never_both_true(bound: Decimal, value: Decimal, half_width: Decimal) -> None:
    for one, other in ((">", "<="), (">=", "<")):
        truths = {parse_number(f"{sign} {bound:f}").matches(value, half_width) for sign in (one, other)}
        assert truths != {"true"}
        assert truths != {"false"}


@pytest.mark.parametrize(
    "line",
    [
        *["7.5 " * 10_000, "1–2" * 10_000, "one " * 10_000, "9" * 10**5 * 2, "1,234," * 10_000, "1 234 " * 10_000],
        *[
            "- " * 10**5 + "1",
            " " * 10**5 * 2 + "5",
            "a1" * 10**5,
            "1e9" * 10**5,
            "(" * 10**5 * 2,
            "about " * 10**5,
            "x" * 10**5 * 2,
        ],
    ],
    ids=lambda line: line[:8],
)
def test_a_long_line_is_scanned_in_linear_time(line: str) -> None:
    start = time.process_time()
    scan_numbers(line)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("text", ["1\ud8002", "\udfff 79.2", "79.2\ud800"])
def test_a_lone_surrogate_crashes_nothing(text: str) -> None:
    assert all(number.value == Decimal("79.2") for _, _, number in scan_numbers(text))
    assert parse_cell(text).numbers == ()
    with pytest.raises(NumberError):
        parse_number(text)


def test_a_convention_is_read_from_a_column_of_any_length() -> None:
    assert convention_of(["60,5"] * 10_000) == Convention(",", ".")
