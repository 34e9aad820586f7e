"""Marks and confidences, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.confidences import read_confidence, says_confidence
from claims.marks import SIGNS, is_mark, read_mark, read_marks

MEANINGS = {
    "yes": [
        *(
            "✓",
            "✔",
            "✔️",
            "☑",
            "✅",
            "yes",
            "YES",
            "Yes.",
            "true",
            "True",
            "verified",
            "Verified",
            "supported",
        ),
        *("SUPPORTS", "Supported", "confirmed", "correct", "entailment", "[x]", "[X]", "🟢", "\uf0fc"),
        *("Yes (37 files)", "✓ Supported", "☑ Paper-supported", "✅ **Verified**", "independently verified"),
        *("3/3 sources agree", "belegt", "Vrai", "Verdadero", "zutreffend"),
        *("True, but see Table 3", "fully supported", "Yes – all four tests pass"),
    ],
    "no": [
        *("×", "✗", "✘", "❌", "✖️", "no", "No", "false", "FALSE", "unverified", "refuted", "REFUTES", "[ ]"),
        *("not verified", "Not supported", "not independently verified", "contradicted", "✗ In conflict"),
        *("❌ **UNVERIFIED** - Likely fabricated", "No (target, not actual)", "unsupported", "no evidence"),
        *("❌ **UNVERIFIED** (but the sums check out)", "❌ **UNVERIFIED and POSSIBLY IMPLAUSIBLE**"),
        *("contradiction", "isn't supported", "Mostly false", "🔴", "Hallucinated", "0/3 sources agree"),
        *("widerlegt", "nicht belegt", "falsch", "Faux", "Falso"),
    ],
    "partly": [
        *(
            "partially",
            "Partially (7 lines)",
            "partially verified",
            "⚠ Partially supported",
            "mixed",
            "MIXED",
        ),
        *(
            "Correct, but incomplete",
            "Cherrypicking",
            "2 of 3 sources agree",
            "teilweise belegt",
            "Verified with caveats",
        ),
        *("Conflicting Evidence/Cherrypicking", "Conflicting evidence", "conflicting"),
        *("half true", "Half-true", "mostly true", "✓ partially", "⚠️ Verified", "partly true, partly false"),
    ],
    "unclear": [
        *(
            "⚠",
            "⚠️",
            "?",
            "❓",
            "unclear",
            "Unclear (tracking tickets)",
            "NEI",
            "NOT ENOUGH INFO",
            "inconclusive",
        ),
        *("⚠️ **PLAUSIBLE BUT UNVERIFIED**", "plausible but unverified", "not refuted", "cannot be verified"),
        *("In conflict", "Contested"),
        *(
            "Not enough evidence",
            "Likely",
            "Unlikely",
            "Needs verification",
            "Could not verify",
            "Outdated",
            "umstritten",
        ),
        *("Mostly accurate, but outdated",),
        *("⚠️ **UNSUPPORTED INTERPRETATION**", "neutral", "unverifiable", "❌ true"),
    ],
    "none": ["", " ", "-", "–", "—", "n/a", "None", "see Table 3", "0.35", "…"],
}
CASES = [(raw, mark) for mark, raws in MEANINGS.items() for raw in raws]


@pytest.mark.parametrize(("raw", "mark"), CASES)
def test_a_mark_means_what_a_reader_takes_it_to_mean(raw: str, mark: str) -> None:
    assert read_mark(raw) == mark


@pytest.mark.parametrize("sign", SIGNS)
def test_blanks_and_emphasis_around_a_sign_change_nothing(sign: str) -> None:
    assert read_mark(f" **{sign}\ufe0f** ") == read_mark(sign)


@given(st.text())
def test_any_text_has_a_mark(raw: str) -> None:
    assert read_mark(raw) in {"yes", "no", "partly", "unclear", "none"}
    assert isinstance(is_mark(raw), bool)


def test_a_lone_x_beside_ticks_is_a_cross() -> None:
    assert read_marks(["✓", "x", "X", ""]) == ("yes", "no", "no", "none")
    assert read_marks(["yes", "x"]) == ("yes", "no")
    assert read_marks(["v", "x"]) == ("yes", "no")


def test_a_lone_x_beside_empty_cells_ticks_a_box() -> None:
    assert read_marks(["x", "", "x", "-"]) == ("yes", "none", "yes", "none")


def test_a_lone_x_in_a_column_of_nothing_else_says_nothing_certain() -> None:
    assert read_marks(["x", "x"]) == ("unclear", "unclear")
    assert read_mark("x") == "unclear"


def test_a_lone_dash_says_nothing_unless_the_column_holds_a_plus() -> None:
    assert read_marks(["✓", "-"]) == ("yes", "none")
    assert read_marks(["+", "-", "−", ""]) == ("yes", "no", "no", "none")


def test_zero_and_one_are_marks_only_where_the_column_is_named_so() -> None:
    assert read_marks(["1", "0", ""], name="Verified") == ("yes", "no", "none")
    assert read_marks(["1", "0"], name="label") == ("none", "none")


@pytest.mark.parametrize("text", ["✓", "Verified", "Partially supported", "⚠ Partially supported", "not verified"])
def test_a_mark_and_nothing_else_is_told_from_prose(text: str) -> None:
    assert is_mark(text)


@pytest.mark.parametrize("text", ["", "no training data", "is supported by Table 3", "true accuracy", "0.5"])
def test_prose_that_holds_the_words_of_a_mark_is_no_mark(text: str) -> None:
    assert not is_mark(text)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        *[("0.18", 0.18), ("0.10", 0.1), ("0,18", 0.18), (".5", 0.5), ("1", 1.0), ("0", 0.0), ("1.0", 1.0)],
        *[("18%", 0.18), ("18 %", 0.18), ("12,5 %", 0.125), ("100%", 1.0), ("≈ 0.9", 0.9), ("~0.9", 0.9)],
        *[("4/5", 0.8), ("7.4/10", 0.74), ("4 out of 5", 0.8), ("High (0.9)", 0.9), ("**0.7**", 0.7)],
    ],
)
def test_a_confidence_in_figures_is_a_number(raw: str, value: float) -> None:
    assert read_confidence(raw) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    "raw",
    [
        "High",
        "medium",
        "",
        "-",
        "nan",
        "inf",
        "-0.2",
        "85",
        "120%",
        "6/5",
        "1/0",
        "0.2–0.4",
        "1,104,934",
        "0.1.2",
    ],
)
def test_no_number_is_invented_for_a_confidence_without_one(raw: str) -> None:
    assert read_confidence(raw) is None


def test_the_columns_name_makes_a_bare_number_a_percentage() -> None:
    assert read_confidence("18", name="Confidence (%)") == pytest.approx(0.18)
    assert read_confidence("18", name="confidence percent") == pytest.approx(0.18)


@given(st.text())
def test_any_text_can_be_asked_for_a_confidence(raw: str) -> None:
    value = read_confidence(raw)
    assert value is None or 0 <= value <= 1
    assert says_confidence(raw) >= (value is not None)


@given(st.integers(0, 100))
def test_the_same_confidence_is_read_from_every_notation(percent: int) -> None:
    notations = (
        f"{percent / 100:.2f}",
        f"{percent / 100:.2f}".replace(".", ","),
        f"{percent} %",
        f"{percent}/100",
    )
    assert [read_confidence(raw) for raw in notations] == pytest.approx([percent / 100] * 4)
