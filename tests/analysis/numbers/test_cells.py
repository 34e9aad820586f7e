"""Cells of tables, and the convention of a column."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.numbers import CellValue, Convention, NumberError, convention_of, parse_cell

COMMA = Convention(",", ".")


def values(cell: CellValue) -> list[str]:
    return [f"{n.value:f}{n.unit}" for n in cell.numbers]


@pytest.mark.parametrize(
    ("text", "layout", "numbers"),
    [
        *[("76.6 / 60.8", "pair", ["76.6", "60.8"]), ("29.9/30.2/30.5", "pair", ["29.9", "30.2", "30.5"])],
        *[("0.61 (30%)", "bracketed", ["0.61", "30%"]), ("56.22 ( +1.16)", "bracketed", ["56.22", "1.16"])],
        *[("79.2 [78.1, 80.3]", "bracketed", ["79.2", "78.1"]), ("0.18 (0.17—0.20)", "bracketed", ["0.18", "0.17"])],
        *[("- 12.27", "single", ["-12.27"]), ("− 1.2", "single", ["-1.2"]), ("‑0.7", "single", ["-0.7"])],
        *[("35%", "single", ["35%"]), ("100 %", "single", ["100%"]), ("4h", "single", ["4h"])],
        *[("1.2B", "single", ["1200000000"]), ("88k", "single", ["88000"]), ("28.4 M", "single", ["28400000"])],
        *[("$0.64", "single", ["0.64$"]), ("$ 8,500", "single", ["8500$"]), ("-$5", "single", ["-5$"])],
        *[("3.1E-3", "single", ["0.0031"]), ("1.0 e−5", "single", ["0.000010"]), ("９.５", "single", ["9.5"])],
        *[("392,702", "single", ["392702"]), ("363\u00a0846", "single", ["363846"]), ("392'702", "single", ["392702"])],
    ],
)
def test_a_cell_is_read_with_its_layout(text: str, layout: str, numbers: list[str]) -> None:
    cell = parse_cell(text)
    assert (cell.layout, values(cell), cell.text) == (layout, numbers, text)


@pytest.mark.parametrize("text", ["79.2 ± 0.3", "79.2 (±0.3)", "79.2_{0.3}", "79.2±0.3", "79.2 +/- 0.3", "79.2_{±0.3}"])
def test_a_spread_belongs_to_its_number(text: str) -> None:
    (number,) = parse_cell(text).numbers
    assert (number.value, number.plus_minus) == (Decimal("79.2"), Decimal("0.3"))


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        *[("79.2*", {"*"}), ("79.2∗∗", {"**"}), ("79.2†‡", {"†", "‡"}), ("*79.2", {"*"}), ("79.2^{*}", {"*"})],
        *[("**79.2**", {"bold"}), ("[BOLD] 79.2", {"bold"}), ("<b>79.2</b>*", {"bold", "*"}), ("_79.2_", {"italic"})],
        *[("79.2* ", {"*"}), ("79.2↑", {"↑"}), ("79.2ᵃ", {"ᵃ"}), ("79.2–––––", set())],
    ],
)
def test_marks_are_kept_apart_from_the_number(text: str, marks: set[str]) -> None:
    cell = parse_cell(text)
    assert (values(cell), set(cell.marks)) == (["79.2"], marks)


def test_marks_inside_a_pair_and_before_brackets_are_found() -> None:
    assert parse_cell("76.6* / 60.8†").marks == {"*", "†"}
    assert parse_cell("0.682∗∗∗ (0.127)").marks == {"***"}


@pytest.mark.parametrize("text", ["", "--", "–", "—", "n/a", "NaN", "-- / --", "*", " † "])
def test_a_cell_without_a_measurement_is_empty(text: str) -> None:
    assert (parse_cell(text).layout, parse_cell(text).numbers) == ("empty", ())


@pytest.mark.parametrize(
    "text",
    [
        *["BERT", "Wmd-1", "v1.1", "64x64", "R@1", "12-layer", "1.", "[12]", "2nd", "ResNet18: 95.12", "0 87.9"],
        *["(3.1)", "±0.3", "60,5", "1,23", "363 846", "79.2²", "79.2a", "79.2 / --", "79.2/", "9.38 (↓17%)"],
        *["79.2 (2nd)", "1e400", "9" * 31, "10k ± 200", "~~79.2~~", "2020-01-02", "80–75", "one", "79.2 80.1"],
        *[
            "$5%",
            "1.2 -3.4",
            "79.2 +1.3",
            "--5",
            "+-5",
            "79.2 ± ",
            "79.2 ()",
            "\ud800",
            "79.2\u200b",
            "(",
            "5" + " " * 300 + "6",
        ],
    ],
)
def test_a_cell_that_is_not_understood_to_its_last_character_yields_no_number(text: str) -> None:
    assert (parse_cell(text).layout, parse_cell(text).numbers) == ("text", ())


def test_a_sign_and_a_relation_in_a_cell_are_kept() -> None:
    (gain,), (least,), (probability,) = (parse_cell(text).numbers for text in ("+35%", "10+", "<0.001 ***"))
    assert (gain.signed, gain.unit) == (True, "%")
    assert (least.relation, probability.relation) == (">=", "<")


@pytest.mark.parametrize(
    ("column", "convention"),
    [
        *[(["60,5", "58,4"], COMMA), (["60,5", "41,125"], COMMA), (["€1.200,50", "3"], COMMA), (["0,792"], COMMA)],
        *[(["1.104.934", "38.015"], COMMA), (["38.015"], Convention()), (["392,702"], Convention())],
        *[
            (["12.5", "1,234"], Convention()),
            (["363 846", "12"], Convention(".", " ")),
            (["392'702"], Convention(".", "'")),
        ],
        *[
            (["1,2", "1,2,3"], Convention()),
            (["42 100", "37 95"], Convention()),
            (["A 1,2", "Model 3,4 b"], Convention()),
        ],
        *[([], Convention()), (["**60,5**", "58,4*"], COMMA)],
    ],
)
def test_a_column_shows_how_it_writes_numbers(column: list[str], convention: Convention) -> None:
    assert convention_of(column) == convention


@pytest.mark.parametrize(
    "column",
    [
        ["392,702", "363 846", "38.015"],
        ["60,5", "58.4"],
        ["392,702", "38.015"],
        ["363 846", "38.015"],
        ["1,234.5", "60,5"],
    ],
)
def test_a_column_that_mixes_conventions_is_refused_in_one_message(column: list[str]) -> None:
    with pytest.raises(NumberError, match="follow different conventions") as caught:
        convention_of(column)
    assert len(caught.value.faults) == 1


def test_a_convention_decides_how_a_cell_is_read() -> None:
    assert values(parse_cell("60,5", COMMA)) == ["60.5"]
    assert values(parse_cell("38.015", COMMA)) == ["38015"]
    assert values(parse_cell("€1.200,50", COMMA)) == ["1200.50€"]
    assert values(parse_cell("363 846", Convention(".", " "))) == ["363846"]
    assert parse_cell("60.5", COMMA).layout == "text"


def test_groups_of_thousands_have_exactly_three_digits() -> None:
    assert [parse_cell(text).layout for text in ("1,23", "1234,567", "0,123", "12,3456")] == ["text"] * 4


def test_brackets_are_a_minus_only_where_they_cannot_be_a_standard_error() -> None:
    assert convention_of(["(3.1)", "-4.4"]).accounting
    assert not convention_of(["(3.1)", "4.4"]).accounting
    assert not convention_of(["-0.352", "(0.224)", "412"]).accounting
    assert values(parse_cell("(3.1)", Convention(accounting=True))) == ["-3.1"]
    assert parse_cell("(-3.1)", Convention(accounting=True)).layout == "text"
