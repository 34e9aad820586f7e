"""Editing one number flips the verdicts that rest on it, and no other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.registry.vocabulary import vocabulary
from analysis.results.table import validate
from claims.checking.context import Context
from claims.checking.evidence import Evidence
from claims.checking.judging import judge
from claims.definitions import default_definitions
from claims.domains.registry.claim import read_claim as read

WORDS = vocabulary()
RUNS = ("none", *WORDS["intermediate"], "multi")
TARGETS = WORDS.targets_of("xtreme")
NAMES = {e.id: e.name for c in ("intermediate", "target", "multitask") for e in WORDS[c].values()}
Cell = tuple[str, str]
Table = dict[Cell, int]
"""(run, target) → score in tenths of a point, so that arithmetic on them is exact."""


def context(table: Table) -> Context:
    frame = pd.DataFrame(
        [
            {"model": "xlm-r-large", "intermediate": run, "target": target, "split": "dev",
             "metric": METRIC[target], "score": str(Decimal(tenths) / 10), "decimals": 1}
            for (run, target), tenths in table.items()
        ]
    )  # fmt: skip
    evidence = Evidence()
    evidence.add(validate(frame, "generated"), "given")
    return Context(evidence, default_definitions(), WORDS, "phang2020")


METRIC = {t: (m[0] if len(m := WORDS["target"][t].facts["metrics"]) == 1 else "f1_em") for t in TARGETS}


@dataclass(frozen=True)
class Case:
    """A sentence, the cells it rests on, and what the table says of it (None: not decided by points alone)."""

    sentence: str
    cells: frozenset[Cell]

    def verdict(self, table: Table) -> str:
        verdict = judge(read(self.sentence), context(table))
        assert verdict.assertion is not None, self.sentence
        return verdict.verdict


tables = st.fixed_dictionaries({(r, t): st.integers(300, 800) for r in RUNS for t in TARGETS})
runs = st.sampled_from(RUNS[1:-1])
targets = st.sampled_from(TARGETS)
few = settings(
    max_examples=settings.default.max_examples // 4,  # each makes several tables
    deadline=None,
    suppress_health_check=[HealthCheck.large_base_example, HealthCheck.data_too_large],
)


def points(tenths: int) -> str:
    return f"{abs(tenths) / 10:.1f}"


@few
@given(tables, runs, targets, st.integers(20, 200))
def test_a_value_claim_flips_with_its_score_and_with_the_baseline(
    table: Table, run: str, target: str, edit: int
) -> None:
    gain = table[run, target] - table["none", target]
    verb = "improves" if gain > 0 else "hurts"
    case = Case(f"Intermediate training on {NAMES[run]} {verb} {NAMES[target]} by {points(gain)} points.", frozenset())
    if abs(gain) <= 10:
        return  # a number up to 1 may be a share of one: 0.1 is then silent where the gain is 14.7 points
    assert case.verdict(table) == "supported"
    for cell in ((run, target), ("none", target)):
        assert case.verdict(table | {cell: table[cell] + edit}) == "refuted"


@few
@given(tables, st.permutations(RUNS[1:-1]), targets, st.data())
def test_a_comparison_flips_when_the_order_turns_and_only_then(
    table: Table, order: list[str], target: str, data: st.DataObject
) -> None:
    first, second, other = order[:3]
    table[first, target] = table[second, target] + data.draw(st.integers(1, 100))
    case = Case(f"{NAMES[first]} outperforms {NAMES[second]} on {NAMES[target]}.", frozenset())
    assert case.verdict(table) == "supported"
    assert case.verdict(table | {(first, target): table[second, target] - 5}) == "refuted"
    assert case.verdict(table | {(second, target): table[first, target] + 5}) == "refuted"
    untouched = data.draw(
        st.sampled_from(
            [(other, target), (first, TARGETS[0] if target != TARGETS[0] else TARGETS[1]), ("none", target)]
        )
    )
    assert case.verdict(table | {untouched: 999}) == "supported"


@few
@given(tables, st.permutations(RUNS[1:-1]), targets)
def test_a_difference_flips_with_either_side(table: Table, order: list[str], target: str) -> None:
    first, second = order[:2]
    table[first, target] = table[second, target] + 21
    case = Case(f"{NAMES[first]} is 2.1 points better than {NAMES[second]} on {NAMES[target]}.", frozenset())
    assert case.verdict(table) == "supported"
    assert case.verdict(table | {(first, target): table[first, target] + 9}) == "refuted"
    assert case.verdict(table | {(second, target): table[second, target] + 9}) == "refuted"


@few
@given(tables, runs, targets, st.data())
def test_a_superlative_flips_when_a_rival_overtakes(table: Table, run: str, target: str, data: st.DataObject) -> None:
    for rival in RUNS[1:-1]:
        table[rival, target] = min(table[rival, target], 790)
    table[run, target] = 800
    case = Case(f"{NAMES[run]} is the best intermediate task for {NAMES[target]}.", frozenset())
    assert case.verdict(table) == "supported"
    rival = data.draw(st.sampled_from([r for r in RUNS[1:-1] if r != run]))
    assert case.verdict(table | {(rival, target): 810}) == "refuted"


@few
@given(tables, targets, st.data())
def test_a_quantifier_flips_with_one_counterexample(table: Table, target: str, data: st.DataObject) -> None:
    for run in RUNS[1:-1]:
        table[run, target] = table["none", target] + data.draw(st.integers(2, 50))
    every = Case(f"Every intermediate task improves {NAMES[target]}.", frozenset())
    some = Case(f"At least one intermediate task improves {NAMES[target]}.", frozenset())
    none = Case(f"No intermediate task improves {NAMES[target]}.", frozenset())
    assert [c.verdict(table) for c in (every, some, none)] == ["supported", "supported", "refuted"]
    run = data.draw(st.sampled_from(RUNS[1:-1]))
    edited = table | {(run, target): table["none", target] - 10}
    assert [c.verdict(edited) for c in (every, some, none)] == ["refuted", "supported", "refuted"]


@few
@given(tables, runs, st.data())
def test_an_average_flips_with_any_of_its_cells(table: Table, run: str, data: st.DataObject) -> None:
    gains = [table[run, t] - table["none", t] for t in TARGETS]
    mean = Decimal(sum(gains)) / 10 / len(gains)
    if abs(mean) < Decimal("0.1"):
        return
    verb = "improves" if mean > 0 else "hurts"
    case = Case(
        f"Intermediate training on {NAMES[run]} {verb} the target tasks by {abs(mean):.2f} points on average.",
        frozenset(),
    )
    assert case.verdict(table) == "supported"
    target = data.draw(st.sampled_from(TARGETS))
    assert case.verdict(table | {(run, target): table[run, target] - 90}) == "refuted"


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("MNLI contains 392,702 training examples.", "MNLI contains 392,703 training examples."),
        ("QQP is sourced from Quora.", "QQP is sourced from Reddit."),
        ("XTREME covers 40 languages.", "XTREME covers 50 languages."),
        ("XNLI covers 15 languages.", "XNLI covers 14 languages."),
        ("MNLI has more training examples than QQP.", "QQP has more training examples than MNLI."),
        ("The study uses nine intermediate tasks.", "The study uses eight intermediate tasks."),
        ("BUCC has no training data.", "PAN-X has no training data."),
        ("MNLI is a natural language inference task.", "MNLI is a question answering task."),
        ("The experiments start from XLM-R Large.", "The experiments start from mBERT."),
    ],
)  # fmt: skip
def test_both_members_of_a_pair_of_facts_are_judged_right(true: str, false: str) -> None:
    empty = Context(Evidence(), default_definitions(), WORDS, "phang2020")
    assert judge(read(true), empty).verdict == "supported"
    assert judge(read(false), empty).verdict == "refuted"
