"""Whether a measured value satisfies a stated number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.numbers import parse_number


@pytest.mark.parametrize(
    ("stated", "value", "half_width", "truth"),
    [
        *[("8.2", "8.2", "0.05", "true"), ("8.2", "8.25", "0", "true"), ("8.2", "8.26", "0", "false")],
        *[("8.2", "8.3", "0.05", "false"), ("8.2", "8.23", "0.005", "true"), ("88k", "88499", "0", "true")],
        *[("-1.2", "1.2", "0.05", "false"), ("0", "0.4", "0", "true")],
        *[("at least 80", "80.0", "0.05", "true"), ("at least 80", "79.9", "0.05", "false")],
        *[
            ("at least 80", "79.98", "0.05", "open"),
            ("at most 5", "5.0", "0.05", "true"),
            ("at most 5", "6", "0", "false"),
        ],
        *[("over 79", "79.2", "0.05", "true"), ("over 79", "79.0", "0.05", "open"), ("over 79", "79", "0", "false")],
        *[("under 80", "79.9", "0.05", "true"), ("under 80", "80.1", "0.05", "false")],
        *[("about 80", "84", "0", "true"), ("about 80", "76", "0", "true"), ("about 80", "84.1", "0", "false")],
        *[("about 80", "84.03", "0.05", "open"), ("about 0", "0.4", "0", "true"), ("about -80", "-79", "0", "true")],
        *[("79–80", "79.2", "0.05", "true"), ("79–80", "79.0", "0.05", "open"), ("79–80", "81", "0", "false")],
        *[("79–80", "78.7", "0.05", "open"), ("about 10–12", "12.5", "0", "true"), ("about 10–12", "13", "0", "false")],
        *[("just under 80", "79.2", "0.05", "true"), ("just under 80", "40", "0", "false")],
        *[("just under 80", "80.5", "0.05", "open"), ("nearly 400k", "392702", "0", "true")],
        *[("up to 10", "10.2", "0.05", "false"), ("up to 10", "10", "0", "true"), ("up to 10", "3", "0", "open")],
    ],
)
def test_a_value_satisfies_a_stated_number_or_not_or_rounding_leaves_it_open(
    stated: str, value: str, half_width: str, truth: str
) -> None:
    assert parse_number(stated).matches(Decimal(value), Decimal(half_width)) == truth


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_value_that_is_not_finite_leaves_every_statement_open(value: float) -> None:
    assert {parse_number(stated).matches(value) for stated in ("8.2", "> 5", "~5", "1–2")} == {"open"}


def test_a_float_is_compared_as_it_prints() -> None:
    assert parse_number("8.2").matches(8.25) == "true"
    assert parse_number("0.3").matches(0.1 + 0.2) == "true"


def test_a_spread_does_not_widen_what_is_stated() -> None:
    number = parse_number("79.2 ± 0.3")
    assert (number.low, number.high) == (Decimal("79.15"), Decimal("79.25"))
    assert number.matches(Decimal("79.4")) == "false"
