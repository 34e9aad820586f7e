"""What the assertion of a source says of that of a claim."""

from __future__ import annotations

import pytest

from claims.attribution.relation import related
from claims.notation import parse_assertion
from claims.rewriting import canonical

GAIN = "(gain mnli xnli)"
MEAN = "(mean (gain mnli t) t :over targets)"


def said(claim: str, source: str) -> str | None:
    found = related(*(canonical(parse_assertion(text, "CLAIM")) for text in (claim, source)))
    return None if found is None else found.said


@pytest.mark.parametrize(
    ("claim", "source", "relation"),
    [
        (f"(= {GAIN} 8.2)", f"(= {GAIN} 8.2)", "stated"),
        (f"(= {GAIN} 8)", f"(= {GAIN} 8.2)", "stated"),
        (f"(= {GAIN} 8.24)", f"(= {GAIN} 8.2)", "says-less"),
        (f"(= {GAIN} 8.2)", f"(= {GAIN} 8.4)", "other-number"),
        (f"(= {GAIN} 8.2)", f"(and (> (gain qqp xnli) 0) (= {GAIN} 8.4))", "other-number"),
        (f"(> {GAIN} 0)", f"(= {GAIN} 8.4)", "says-more"),
        (f"(> {GAIN} 0)", f"(= {GAIN} -8.4)", "says-otherwise"),
        (f"(= {GAIN} 8.4)", f"(> {GAIN} 0)", "says-less"),
        (f"(> {GAIN} 0)", f"(not (> {GAIN} 0))", "says-otherwise"),
        (f"(> {GAIN} (gain qqp xnli))", f"(> (gain qqp xnli) {GAIN})", "says-otherwise"),
        (f"(> {GAIN} (gain qqp xnli))", f"(~ (gain qqp xnli) {GAIN})", "says-otherwise"),
        (f"(significant (> {GAIN} 0))", f"(> {GAIN} 0)", "says-less"),
        (f"(> {GAIN} 0)", f"(significant (> {GAIN} 0))", "says-more"),
        (f"(large {GAIN})", f"(small {GAIN})", "says-less"),
        (f"(large {GAIN})", f"(> {GAIN} 0)", "says-less"),
        ("(all i intermediates (> (gain i xnli) 0))", "(most i intermediates (> (gain i xnli) 0))", "says-less"),
        ("(many i intermediates (> (gain i xnli) 0))", "(all i intermediates (> (gain i xnli) 0))", "says-more"),
        ("(many i intermediates (> (gain i xnli) 0))", "(none i intermediates (> (gain i xnli) 0))", "says-otherwise"),
        ("(count= 7 i intermediates (> (gain i xnli) 0))", "(count= 6 i intermediates (> (gain i xnli) 0))", "other-number"),
        ("(best mnli i runs (gain i xnli))", "(best qqp i runs (gain i xnli))", "says-otherwise"),
        ("(fact mnli train_examples 392702)", "(fact mnli train_examples 392703)", "other-number"),
        ("(fact qqp text_sources quora)", "(fact qqp text_sources quora wikipedia)", "stated"),
        ("(fact qqp text_sources quora wikipedia)", "(fact qqp text_sources quora)", "says-less"),
        # where it holds: a claim that leaves a place open is filled by the source, not the other way round
        (f"(= {MEAN} 8.2)", "(= (mean (gain mnli t) t :over targets :split dev) 8.2)", "stated"),
        ("(= (mean (gain mnli t) t :over targets :split dev) 8.2)", f"(= {MEAN} 8.2)", "says-less"),
    ],
)  # fmt: skip
def test_two_assertions_relate_by_what_they_differ_in(claim: str, source: str, relation: str) -> None:
    assert said(claim, source) == relation


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (f"(= {GAIN} 8.2)", "(= (gain qqp xnli) 8.2)"),
        (f"(= {GAIN} 8.2)", "(= (gain mnli pawsx) 8.4)"),
        (f"(= {GAIN} 8.2)", "(= (score mnli xnli) 8.2)"),
        (f"(> {GAIN} 0)", "(> (gain qqp xnli) 0)"),
        ("(= (gain mnli xnli :split dev) 8.2)", "(= (gain mnli xnli :split test) 8.4)"),
        ("(fact mnli train_examples 392702)", "(fact qqp train_examples 392702)"),
        ("(fact qqp text_sources quora)", "(fact qqp text_sources wikipedia)"),
        ("(all i intermediates (> (gain i xnli) 0))", "(all i intermediates (> (gain i pawsx) 0))"),
    ],
)
def test_assertions_of_other_things_say_nothing_of_each_other(claim: str, source: str) -> None:
    assert said(claim, source) is None
