"""Numbers in sentences: every form, every reading, and what is no number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.numbers import Number, NumberError, parse_number, scan_numbers


def read(text: str) -> set[tuple[str, str, str]]:
    """(characters, relation, value or range with unit) of every reading."""
    return {(n.text, n.relation, _shown(n)) for _, _, n in scan_numbers(text)}


def _shown(number: Number) -> str:
    end = f"–{number.upper:f}" if number.upper is not None else ""
    spread = f"±{number.plus_minus:f}" if number.plus_minus is not None else ""
    return f"{number.value:f}{end}{spread}{number.unit}"


@pytest.mark.parametrize(
    ("text", "relation", "shown"),
    [
        *[("at least 80", ">=", "80"), ("no less than 80", ">=", "80"), ("≥ 20", ">=", "20"), (">= 20", ">=", "20")],
        *[("over 79", ">", "79"), ("more than 70", ">", "70"), ("> 75", ">", "75"), ("just over 80", ">", "80")],
        *[("up to 10 points", "<=", "10points"), ("as much as 10", "<=", "10"), ("no more than 7", "<=", "7")],
        *[("nearly 400k", "<", "400000"), ("just under 80", "<", "80"), ("below 5 %", "<", "5%"), ("<5", "<", "5")],
        *[("~80", "~", "80"), ("≈ 0.9", "~", "0.9"), ("about 14", "~", "14"), ("approximately two", "~", "2")],
        *[("10+", ">=", "10"), ("360k+", ">=", "360000"), ("10 or more", ">=", "10"), ("five or fewer", "<=", "5")],
        *[("between 79 and 80", "=", "79–80"), ("79–80", "=", "79–80"), ("79 to 80", "=", "79–80")],
        *[("10–12 points", "=", "10–12points"), ("5%–10%", "=", "5–10%"), ("two to three", "=", "2–3")],
        *[("10–12k", "=", "10000–12000"), ("79-80", "=", "79–80"), ("about 10–12", "~", "10–12")],
        *[("79.2 ± 0.3", "=", "79.2±0.3"), ("79.2 (±0.3)", "=", "79.2±0.3"), ("79.2 +/- 0.3%", "=", "79.2±0.3%")],
        *[("1.1 million", "=", "1100000"), ("3.93e5", "=", "393000"), ("392'702", "=", "392702")],
        *[("392,702", "=", "392702"), ("1,104,934.5", "=", "1104934.5"), ("1.200,50", "=", "1200.50")],
        *[("79·2", "=", "79.2"), ("79,2", "=", "79.2"), (".792", "=", "0.792"), ("1.104.934", "=", "1104934")],
        *[("3.9 × 10^5", "=", "390000"), ("3.9·10⁵", "=", "390000"), ("2.5x10^{-2}", "=", "0.025")],
        ("2.6∗10−7", "=", "0.00000026"),
        *[
            ("13.8pp", "=", "13.8points"),
            ("14 %", "=", "14%"),
            ("14 percent", "=", "14%"),
            ("3 % points", "=", "3points"),
        ],
        *[("5 percentage points", "=", "5points"), ("20 times", "=", "20x"), ("3x", "=", "3x"), ("1.5×", "=", "1.5x")],
        *[("2.1-point", "=", "2.1points"), ("one-point", "=", "1points"), ("half a point", "=", "0.5points")],
        *[("nine", "=", "9"), ("twenty-one", "=", "21"), ("three hundred and ten thousand", "=", "310000")],
        *[("eight point two five", "=", "8.25"), ("three quarters", "=", "0.750"), ("two dozen", "=", "24")],
        *[("eight and a half", "=", "8.5"), ("$0.64", "=", "0.64$"), ("$1.2M", "=", "1200000$"), ("75 €", "=", "75€")],
        *[("4h", "=", "4h"), ("12 ms", "=", "12ms"), ("16 GB", "=", "16GB"), ("28.4M", "=", "28400000")],
    ],
)
def test_a_form_of_writing_is_read_to_its_last_character(text: str, relation: str, shown: str) -> None:
    assert (text, relation, shown) in read(f"It reaches {text} there.")
    assert (text, relation, shown) in read(text)


@pytest.mark.parametrize("sign", ["-", "−", "‑", "‐", "﹣", "－", "–"])
@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u2009"])
def test_a_minus_in_any_character_makes_the_number_negative(sign: str, blank: str) -> None:
    number = parse_number(f"{sign}{blank}1.2")
    assert (number.value, number.signed) == (Decimal("-1.2"), True)
    assert (number.low, number.high) == (Decimal("-1.25"), Decimal("-1.15"))


def test_a_number_behind_a_certain_minus_is_never_offered_without_it() -> None:
    assert {shown for _, _, shown in read("a gain of −1.2 and − 3.4 and -5")} == {"-1.2", "-3.4", "-5"}


def test_a_dash_between_blanks_is_read_as_a_dash_and_as_a_sign() -> None:
    assert {shown for _, _, shown in read("mBERT - 79.2 on XNLI")} == {"79.2", "-79.2"}


def test_a_plus_is_a_sign_and_remembered() -> None:
    (found,) = scan_numbers("by +13.8 on XNLI")
    assert (found[2].value, found[2].signed, found[2].text) == (Decimal("13.8"), True, "+13.8")


def test_a_bound_in_words_is_offered_with_and_without_its_words() -> None:
    assert read("at least 80 points") == {
        ("at least 80 points", ">=", "80points"),
        ("at least 80", ">=", "80"),
        ("80 points", "=", "80points"),
        ("80", "=", "80"),
    }


@pytest.mark.parametrize("text", ["> 75", "≥75", "~75", "75+", "p<75", "p < 75", "80>75", "<b> > 75"])
def test_a_sign_of_relation_is_never_left_out(text: str) -> None:
    assert [n.relation for _, _, n in scan_numbers(text) if n.value == 75] in ([">"], [">="], ["<"], ["~"])


def test_the_end_of_a_tag_and_of_an_arrow_is_no_relation() -> None:
    assert read("<b>75</b>") == {("75", "=", "75")}
    assert read("en -> 75") == {("75", "=", "75")}


@pytest.mark.parametrize("text", ["79–80", "79-80", "75–78 %"])
def test_the_ends_of_a_range_tied_by_a_dash_are_no_numbers_of_their_own(text: str) -> None:
    assert all(number.upper is not None for _, _, number in scan_numbers(text))
    assert scan_numbers(text)


@pytest.mark.parametrize("text", ["80–75", "2020-01-02", "10k ± 200", "5 %–3 points"])
def test_what_is_no_range_and_no_spread_gives_no_number_across_the_dash(text: str) -> None:
    assert all(n.upper is None and n.plus_minus is None for _, _, n in scan_numbers(text))


def test_a_range_needs_its_lower_end_first() -> None:
    assert read("from 56.0 to 52.0") == {("56.0", "=", "56.0"), ("52.0", "=", "52.0")}


@pytest.mark.parametrize(
    "name",
    [
        *["BERT4", "SQuAD2", "v1.1", "mT5", "Wmd-1", "GPT-4", "CIFAR-10/100", "F1", "R@1", "x_2", "d=100", "10^5"],
        *["2nd", "3rd", "12-layer", "64x64", "3D", "1.2.3", "1,2,3", "3:1", "5/epoch", "79.2²", "twenty-first"],
        *[
            "one-shot",
            "zero-shot",
            "#3",
            "the 1990s",
            "the 90s",
            "L2",
            "T5-11b",
            "-",
            "someone",
            "tense",
            "ten-fold",
            "± 0.3",
            "±0.3",
        ],
    ],
)
def test_a_digit_or_word_inside_a_name_is_no_number(name: str) -> None:
    assert scan_numbers(f"We use {name} here.") == ()


@pytest.mark.parametrize(
    "text", ["X scores 79.2.", "X (79.2)", "79.2, as said", "**79.2**", "79.2* there", "X: 79.2; Y"]
)
def test_punctuation_and_marks_do_not_belong_to_a_number(text: str) -> None:
    assert read(text) == {("79.2", "=", "79.2")}


def test_two_numbers_parted_by_a_slash_are_both_read() -> None:
    assert [number.text for _, _, number in scan_numbers("76.6/60.8 F1/EM")] == ["76.6", "60.8"]


def test_a_point_before_three_digits_may_part_thousands_where_things_are_counted() -> None:
    assert {shown for _, _, shown in read("contains 392.702 training examples")} == {"392.702", "392702"}
    assert {shown for _, _, shown in read("a perplexity of 12.345 in total")} == {"12.345"}
    assert {shown for _, _, shown in read("0.702 of the examples")} == {"0.702"}


def test_thousands_parted_by_plain_blanks_are_read_apart_as_well() -> None:
    assert {shown for _, _, shown in read("has 363 846 items")} == {"363846", "363", "846"}
    assert {shown for _, _, shown in read("has 363\u202f846 items")} == {"363846"}


@pytest.mark.parametrize("negation", ["not", "never", "no", "isn't"])
def test_a_bound_under_a_negation_it_does_not_know_is_not_read(negation: str) -> None:
    assert {relation for _, relation, _ in read(f"{negation} nearly 80")} == {"="}


def test_a_stated_precision_scales_with_the_number() -> None:
    widths = {text: parse_number(text).half_width for text in ("8.2", "8.20", "88k", "1.1 million", "3.93e5", "12")}
    assert list(map(str, widths.values())) == ["0.05", "0.005", "5E+2", "5E+4", "5E+2", "0.5"]


@pytest.mark.parametrize("text", ["", "abc", "79.2 and 80", "79.2 points better", "1e400", "9" * 31, "1e61", "(3.1)"])
def test_a_text_that_is_not_one_number_is_refused_with_what_would_be_read(text: str) -> None:
    with pytest.raises(NumberError, match="write it like"):
        parse_number(text)


def test_a_number_with_a_point_before_three_digits_alone_is_a_decimal() -> None:
    assert parse_number("392.702").value == Decimal("392.702")
