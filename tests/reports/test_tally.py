from __future__ import annotations

import pytest

from analysis.wording import counted
from claims.report import Claim
from claims.verdict import FLAGS, VERDICTS
from reports.legend import (
    FLAG_MEANINGS,
    LEVEL_MEANINGS,
    VERDICT_MEANINGS,
    VERDICT_NAMES,
    standing,
    verdict_name,
)
from reports.printed import interval, listed, number
from reports.tally import Tally


def tally(judged, *claims):
    counts = Tally()
    for mark, verdict in claims:
        counts.add_claim(mark, judged(Claim("C01", ""), verdict).verdict)
    return counts


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], "No claim was read."),
        (["supported"], "The evidence decides 1 of 1 claim: 1 is supported."),
        (["supported"] * 3, "The evidence decides all 3 claims, all of them supported."),
        (["refuted", "refuted", "needs-data"], "The evidence decides 2 of 3 claims, all of them refuted. Of the rest, 1 waits for measurements."),
        (["mixed", "supported", "inconclusive", "not-testable", "not-testable"],
         "The evidence decides 2 of 5 claims: 1 is supported and 1 is mixed. Of the rest, 1 is inconclusive and 2 are not testable as written."),
        (["needs-data"] * 2, "The evidence decides none of 2 claims: 2 wait for measurements."),
    ],
)  # fmt: skip
def test_the_lead_says_in_words_what_was_decided(judged, verdicts, expected):
    assert tally(judged, *(("yes", v) for v in verdicts)).lead() == expected


def test_the_worth_of_the_marks_is_said_for_both_marks(judged):
    counts = tally(judged, ("yes", "supported"), ("yes", "refuted"), ("yes", "needs-data"), ("no", "supported"))
    assert counts.worth() == (
        "Of 3 claims marked verified, the evidence supports 1, speaks against 1 and leaves 1 open. "
        "Of 1 claim marked unverified, the evidence supports 1, speaks against none and leaves none open."
    )
    assert (
        tally(judged, ("yes", "supported"), ("yes", "not-testable"))
        .worth()
        .startswith(
            "Of 2 claims marked verified, the evidence supports 1, speaks against none and leaves none open; 1 was not read here."
        )
    )
    assert tally(judged, ("none", "supported")).worth() == "The reports mark no claim as verified or unverified."


@pytest.mark.parametrize(
    ("mark", "verdict", "flags", "expected"),
    [
        ("yes", "refuted", (), "against"),
        ("yes", "mixed", ("overstated",), "against"),
        ("yes", "needs-data", ("overstated",), "overstated"),
        ("yes", "inconclusive", (), "unproven"),
        ("yes", "not-testable", (), "unread"),
        ("yes", "supported", (), "quiet"),
        ("no", "supported", (), "missed"),
        ("no", "refuted", (), "quiet"),
        ("none", "refuted", (), "quiet"),
    ],
)
def test_marks_that_part_ways_with_the_verdict_are_told_apart(judged, mark, verdict, flags, expected):
    assert standing(mark, judged(Claim("C01", ""), verdict, flags=flags).verdict) == expected


def test_every_word_of_a_verdict_is_explained():
    assert set(FLAG_MEANINGS) == set(FLAGS)
    assert set(VERDICT_NAMES) == set(VERDICT_MEANINGS) == set(VERDICTS)
    assert set(LEVEL_MEANINGS) == {"grounded", "recomputed", "reproduced", "none"}
    assert (verdict_name("needs-data"), verdict_name("not-judged")) == ("Needs data", "Not judged")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(5.4, "5.4"), (392702.0, "392,702"), (-1.25, "−1.25"), (0.00001, "1e−05"), (9.0, "9"), (None, "–"),
     (float("nan"), "–"), ("XLM-R", "XLM-R"), (1 / 3, "0.3333"), (-0.0, "0")],
)  # fmt: skip
def test_numbers_are_printed_for_readers(value, expected):
    assert number(value) == expected


def test_intervals_counts_and_lists_are_printed_for_readers():
    assert (interval(5.3, 5.5), interval(None, None), interval(None, 2)) == ("[5.3, 5.5]", "", "[–, 2]")
    assert (counted(1, "claim"), counted(1200, "claim")) == ("1 claim", "1,200 claims")
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a and b", "a, b and c")
