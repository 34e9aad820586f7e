from __future__ import annotations

from claims.verdict import Settle
from reports.next_runs import ClaimLink, NextRuns, run_name


def settle(*runs, targets=("xnli",), split="dev"):
    return Settle(("cell",), tuple(f"big: {run}" for run in runs), targets, split)


def filled(*settles):
    wanted = NextRuns()
    for number, one in enumerate(settles, 1):
        wanted.add(one, ClaimLink(f"C{number:02d}", f"C{number:02d}"))
    return wanted


def test_the_runs_that_settle_most_claims_per_run_come_first():
    wanted = filled(settle("a", "b", "c"), settle("m"), settle("m"), settle("a", "b", "c"), None)
    first, second = wanted.steps()
    assert (first.runs, first.settles, first.total) == ((("big", ("m",)),), 2, 2)
    assert (second.runs, second.settles, second.total, second.n_runs) == (
        (("big", ("a", "b", "c")),),
        2,
        4,
        3,
    )
    assert wanted.waiting == 4


def test_a_claim_counts_only_when_all_its_runs_are_there():
    steps = filled(settle("a", "b"), settle("a", "c"), settle("a")).steps()
    assert [(s.runs[0][1], s.settles) for s in steps] == [(("a",), 1), (("b",), 1), (("c",), 1)]


def test_runs_of_earlier_steps_cost_nothing_later():
    steps = filled(*[settle("a", "b")] * 5, settle("a", "b", "c"), *[settle("x", "y")] * 2).steps()
    assert [s.runs[0][1] for s in steps] == [("a", "b"), ("c",), ("x", "y")]


def test_a_step_lists_the_targets_and_claims_it_is_for():
    wanted = filled(settle("a", targets=("xnli", "bucc")), settle("a", targets=("bucc", "mlqa"), split="test"))
    (step,) = wanted.steps()
    assert step.targets == ("xnli", "bucc", "mlqa")
    assert step.splits == ("dev", "test")
    assert [place.anchor for place in step.places] == ["C01", "C02"]


def test_models_are_named_once_each():
    (step,) = filled(Settle(("c",), ("big: a", "small: a", "big: b"), (), "")).steps()
    assert step.runs == (("big", ("a", "b")), ("small", ("a",)))


def test_nothing_to_run_gives_no_steps():
    assert filled(None, Settle((), (), (), "")).steps() == ()


def test_the_run_without_intermediate_training_is_called_the_baseline():
    assert (run_name("none"), run_name("mnli")) == ("baseline", "mnli")
