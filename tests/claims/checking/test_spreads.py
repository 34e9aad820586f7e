"""What is stated of the error of a score decides as the runs behind it would."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose
from statistics import mean, stdev

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.checking.weighing import Context
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_claim
from claims.reading import Reading
from claims.verdict import Verdict
from claims.wellformed import read_assertion

WORDS = vocabulary()
Rows = list[dict[str, object]]


def verdict(claim: str, rows: Rows) -> Verdict:
    (found,) = verdicts([claim], rows)
    return found


def verdicts(claims: Sequence[str], rows: Rows) -> list[Verdict]:
    """One for each claim, over one table."""
    found = Evidence()
    found.add(
        validate(pd.DataFrame([{"model": "xlm-r-large", "split": "dev"} | row for row in rows]), "given"), "given"
    )
    return [_judged(claim, found) for claim in claims]


def _judged(claim: str, found: Evidence) -> Verdict:
    reading = Reading(read_assertion(claim, WORDS, "test")) if claim.startswith("(") else read_claim(claim)
    return judge(reading, Context(found, default_definitions(), WORDS, "phang2020"))


def cell(run: str, score: float, target: str = "xnli", **more: object) -> dict[str, object]:
    return {"intermediate": run, "target": target, "score": score, **more}


def seeds(run: str, scores: Sequence[float], target: str = "xnli", first: int = 0) -> Rows:
    return [cell(run, score, target, seed=first + i) for i, score in enumerate(scores)]


def summary(run: str, scores: Sequence[float], target: str = "xnli") -> Rows:
    return [cell(run, mean(scores), target, sd=stdev(scores), n_seeds=len(scores))]


def interval(found: Verdict) -> tuple[float, float]:
    low, high = found.evidence[0].low, found.evidence[0].high
    assert low is not None
    assert high is not None
    return low, high


def alike(found: Verdict, other: Verdict) -> None:
    assert found.verdict == other.verdict, (found.reason, other.reason)
    assert interval(found) == pytest.approx(interval(other), abs=2e-6)


SCATTERED, ALIKE = st.integers(7000, 8000), st.integers(7500, 7502)
RUNS = st.one_of(
    st.lists(hundredths.map(lambda n: n / 100), min_size=2, max_size=6) for hundredths in (SCATTERED, ALIKE)
)
"""Scores of one configuration, one a seed; of some all seeds come out alike."""
PRINTED = st.sampled_from(({}, {"decimals": 2}))
"""What a table says of the digits of its scores: nothing, so that they are exact, or how many were printed."""


def digits(rows: Rows, printed: dict[str, object]) -> Rows:
    return [row | printed for row in rows]


@given(RUNS, st.one_of(SCATTERED, ALIKE).map(lambda n: n / 100), PRINTED)
def test_runs_of_one_score_decide_alike_as_seeds_and_as_mean_sd_and_their_number(
    scores: list[float], line: float, printed: dict[str, object]
) -> None:
    spread = stdev(scores) > 0
    t = stats.t.interval(0.95, len(scores) - 1, mean(scores), stats.sem(scores)) if spread else (mean(scores),) * 2
    assume(not any(isclose(line, end, abs_tol=1e-6) for end in (*t, mean(scores))))
    rows, means = digits(seeds("mnli", scores), printed), digits(summary("mnli", scores), printed)
    claims = [f"({sign} (score mnli xnli) {line})" for sign in (">=", "<", "=", ">")]
    given_as_means = verdicts(claims, means)
    for claim, as_seeds, as_summary in zip(claims, verdicts(claims, rows), given_as_means, strict=True):
        assert as_seeds.verdict == as_summary.verdict, (claim, as_seeds.reason, as_summary.reason)
    if not printed:
        above = given_as_means[-1]
        assert above.verdict == ("supported" if t[0] > line else "refuted" if t[1] < line else "inconclusive")


@given(RUNS, RUNS, PRINTED)
def test_runs_that_share_no_seed_decide_alike_as_seeds_and_as_mean_sd_and_their_number(
    ours: list[float], theirs: list[float], printed: dict[str, object]
) -> None:
    claim = "(> (gain mnli xnli) 0)"
    rows, base = digits(seeds("mnli", ours), printed), digits(seeds("none", theirs, first=100), printed)
    means, mean_base = digits(summary("mnli", ours), printed), digits(summary("none", theirs), printed)
    as_seeds = verdict(claim, rows + base)
    alike(as_seeds, verdict(claim, means + mean_base))
    alike(as_seeds, verdict(claim, means + base))
    if not printed and min(stdev(ours), stdev(theirs)) > 0:
        welch = stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval(0.95)
        assert interval(as_seeds) == pytest.approx((welch.low, welch.high), abs=2e-6)


def test_seeds_that_print_alike_are_not_known_to_be_equal() -> None:
    """Three runs of 80.00 against 79.98 may be 79.995 and 79.985: seeds and their mean say the same of it."""
    ours, theirs = [80.0] * 3, [79.98] * 3
    for apart, word in ((0.0, "inconclusive"), (-1.0, "supported")):
        low = [score + apart for score in theirs]
        rows = seeds("mnli", ours) + seeds("none", low, first=9)
        for given_as in (rows, summary("mnli", ours) + summary("none", low)):
            assert verdict("MNLI improves XNLI.", digits(given_as, {"decimals": 2})).verdict == word


@given(st.lists(st.tuples(*[st.integers(7000, 8000).map(lambda n: n / 100)] * 4), min_size=2, max_size=5))
def test_a_summary_that_lost_the_pairing_never_says_the_opposite_of_the_pairs(rows: list[tuple[float, ...]]) -> None:
    places = [("mnli", "xnli"), ("none", "xnli"), ("mnli", "pawsx"), ("none", "pawsx")]
    columns = list(zip(*rows, strict=True))
    pairs = [row for (run, target), c in zip(places, columns, strict=True) for row in seeds(run, c, target)]
    means = [row for (run, target), c in zip(places, columns, strict=True) for row in summary(run, c, target)]
    claims = ("(> (gain mnli xnli) 0)", "(> (mean (gain mnli t) t :over (xnli pawsx)) 0)")
    for both in zip(verdicts(claims, pairs), verdicts(claims, means), strict=True):
        words = {found.verdict for found in both}
        assert not words >= {"supported", "refuted"}


def test_a_mean_over_targets_is_no_surer_than_its_targets_together() -> None:
    """Runs that rise and fall together in both targets: the summaries do not say so, and must not gain by it."""
    shaken = [0.0, 1.0, 2.0, 3.0]
    gains = [row for t in ("xnli", "pawsx") for row in summary("mnli", [72.4 + s for s in shaken], t)]
    base = [row for t in ("xnli", "pawsx") for row in summary("none", [71.0 + s for s in shaken], t)]
    single = verdict("(> (gain mnli xnli) 0)", gains + base)
    both = verdict("(> (mean (gain mnli t) t :over (xnli pawsx)) 0)", gains + base)
    assert single.verdict == both.verdict == "inconclusive"
    low, high = interval(single)
    assert interval(both)[1] - interval(both)[0] >= high - low - 1e-6


def test_a_stated_standard_error_and_a_stated_interval_decide() -> None:
    base = cell("none", 79.0, se=0.3)
    assert verdict("MNLI improves XNLI.", [base, cell("mnli", 79.8, se=0.3)]).verdict == "inconclusive"
    assert verdict("MNLI improves XNLI.", [base, cell("mnli", 79.9, se=0.3)]).verdict == "supported"
    wide = cell("mnli", 79.9, ci_low=78.9, ci_high=80.9)
    assert verdict("MNLI improves XNLI.", [cell("none", 79.0), wide]).verdict == "inconclusive"
    significant = verdict("MNLI significantly improves XNLI.", [base, cell("mnli", 81.0, se=0.3)])
    assert significant.verdict == "supported"


def test_an_unexplained_spread_decides_nothing_within_its_reach_and_is_shown() -> None:
    rows = [cell("none", 79.2, plus_minus=0.4), cell("mnli", 79.9, plus_minus=0.4)]
    near = verdict("MNLI improves XNLI.", rows)
    assert near.verdict == "inconclusive"
    assert "nobody says what the ± of the scores is: within 0.8 points" in near.reason.casefold()
    assert {item.spread for item in near.evidence[1:]} == {"± 0.4, not explained"}
    far = [cell("none", 79.2, plus_minus=0.4), cell("mnli", 80.1, plus_minus=0.4)]
    assert verdict("MNLI improves XNLI.", far).verdict == "supported"
    assert verdict("MNLI significantly improves XNLI.", far).verdict == "not-testable"


def test_a_standard_deviation_over_nobody_knows_how_many_seeds_is_no_standard_error() -> None:
    rows = [cell("none", 79.2, sd=0.4), cell("mnli", 79.9, sd=0.4)]
    assert verdict("MNLI improves XNLI.", rows).verdict == "inconclusive"
    several = [row | {"n_seeds": 20} for row in rows]
    assert verdict("MNLI improves XNLI.", several).verdict == "supported"


def test_a_side_with_a_single_run_makes_nothing_significant() -> None:
    rows = [*seeds("mnli", [81.0, 81.1, 81.2]), cell("none", 79.0, seed=0)]
    assert verdict("MNLI improves XNLI.", rows).verdict == "supported"
    assert verdict("MNLI significantly improves XNLI.", rows).verdict == "not-testable"
    twice = [*rows, cell("none", 79.1, seed=7)]
    assert verdict("MNLI significantly improves XNLI.", twice).verdict == "supported"


def test_one_seed_in_common_does_not_stand_for_all_of_them() -> None:
    """The pair of seed 2 alone would say that MNLI helps by a point."""
    rows = [*seeds("mnli", [78.0, 79.0, 80.0]), *seeds("none", [79.0, 80.0, 78.5], first=2)]
    found = verdict("MNLI improves XNLI.", rows)
    assert found.verdict == "inconclusive"
    assert found.evidence[0].value == pytest.approx(79.0 - 237.5 / 3, abs=1e-6)


def test_a_number_of_seeds_without_their_spread_makes_nothing_significant() -> None:
    rows = [cell("none", 79.2, n_seeds=5), cell("mnli", 79.9, n_seeds=5)]
    assert verdict("MNLI improves XNLI.", rows).verdict == "supported"
    assert verdict("MNLI significantly improves XNLI.", rows).verdict == "not-testable"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("MNLI improves XNLI.", "inconclusive"),
        ("MNLI outperforms QQP on XNLI.", "supported"),
        ("QQP hurts XNLI.", "supported"),
        ("QQP significantly hurts XNLI.", "not-testable"),
        ("MNLI raises XNLI by 0.7 points.", "supported"),
        ("MNLI scores 79.9 on XNLI.", "supported"),
        ("MNLI scores 79.4 on XNLI.", "refuted"),
    ],
)
def test_few_items_hold_back_a_comparison_of_single_runs_but_not_a_number(claim: str, word: str) -> None:
    scores = {"none": 79.2, "mnli": 79.9, "qqp": 74.9}
    rows = [cell(run, score, n_items=2490, decimals=1) for run, score in scores.items()]
    assert verdict(claim, rows).verdict == word


def test_what_a_publication_prints_is_compared_as_printed_whatever_its_items() -> None:
    rows = [cell(run, score, n_items=2490, provenance="published") for run, score in (("none", 79.2), ("mnli", 79.9))]
    assert verdict("MNLI improves XNLI.", rows).verdict == "supported"


def test_items_of_a_metric_that_is_no_share_of_them_say_nothing() -> None:
    rows = [cell(run, score, "panx", n_items=50) for run, score in (("none", 60.0), ("mnli", 61.0))]
    assert verdict("MNLI improves PAN-X.", rows).verdict == "supported"


def test_the_cells_of_a_verdict_say_what_their_source_states() -> None:
    rows = [cell("mnli", 79.9, sd=0.41, n_seeds=5, n_items=2490), cell("none", 79.0, ci_low=78.5, ci_high=79.4)]
    found = verdict("MNLI improves XNLI.", rows)
    assert [item.spread for item in found.evidence] == [
        "",
        "sd 0.41 over 5 seeds, 2,490 items",
        "95 % interval 78.5 to 79.4",
    ]
