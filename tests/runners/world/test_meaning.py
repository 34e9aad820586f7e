"""Truth is decided on meanings: cases worked out by hand, and what must hold of every case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from runners.world import changes
from runners.world.concepts import CONCEPT, OPPOSITE, RESULT
from runners.world.meaning import Clauses, canonical, events, same, states, truth


def clause(**said: str | bool) -> Clauses:
    """One clause from glosses."""
    whole = {name: np.array([CONCEPT[str(said.get(name, ""))]]) for name in (
        "subject", "subject_quality", "verb", "object", "object_quality", "count", "predicate", "place", "time", "lead",
    )}  # fmt: skip
    return Clauses(**whole, negated=np.array([bool(said.get("negated"))]), fronted=np.array([False]))


CHASE = {"subject": "dog", "verb": "chase", "object": "cat", "subject_quality": "big", "place": "garden"}


@pytest.mark.parametrize(
    ("premise", "hypothesis", "expected"),
    [
        (CHASE, {"subject": "dog", "verb": "chase", "object": "cat"}, 1),
        (CHASE, {"subject": "dog", "verb": "chase", "object": "cat", "negated": True}, -1),
        (CHASE, {"subject": "animal", "verb": "pursue", "object": "cat"}, 1),
        (CHASE, {"subject": "cat", "verb": "flee", "object": "dog"}, 1),
        (CHASE, {"subject": "cat", "verb": "chase", "object": "dog"}, 0),
        (CHASE, {"subject": "dog", "verb": "chase", "object": "cat", "time": "today"}, 0),
        (CHASE, {"subject": "dog", "subject_quality": "small", "verb": "chase", "object": "cat"}, -1),
        (CHASE, {"subject": "dog", "verb": "be", "predicate": "big"}, 1),
        (CHASE, {"subject": "dog", "verb": "be", "predicate": "small"}, -1),
        (CHASE, {"subject": "dog", "verb": "be", "predicate": "small", "negated": True}, 1),
        (CHASE, {"subject": "cat", "verb": "be", "predicate": "tired"}, 1),
        (CHASE, {"subject": "dog", "verb": "be", "predicate": "tired"}, 0),
        ({**CHASE, "negated": True}, {"subject": "cat", "verb": "be", "predicate": "tired"}, 0),
        ({**CHASE, "negated": True}, {"subject": "dog", "verb": "chase", "object": "cat"}, 0),
        ({"subject": "dog", "verb": "chase", "object": "cat", "negated": True}, CHASE, -1),
        ({"subject": "man", "verb": "wash", "object": "cup", "count": "3"},
         {"subject": "man", "verb": "wash", "object": "cup", "count": "2"}, -1),
    ],
)  # fmt: skip
def test_a_hypothesis_is_true_false_or_open(premise: dict, hypothesis: dict, expected: int) -> None:
    assert truth(clause(**premise), clause(**hypothesis)).tolist() == [expected]


def test_negating_a_hypothesis_turns_its_truth_round() -> None:
    rng = np.random.default_rng(0)
    premise = events(rng, 2000, "")
    hypothesis = changes.hypotheses(rng, premise, 0.5)
    turned = replace(hypothesis, negated=~hypothesis.negated)
    assert (truth(premise, hypothesis) == -truth(premise, turned)).all()


def test_restating_changes_words_but_neither_meaning_nor_truth() -> None:
    rng = np.random.default_rng(1)
    premise = events(rng, 2000, "")
    again = changes.restated(rng, premise, 1.0)
    assert (again.verb != premise.verb).mean() > 0.5
    assert same(premise, again).all()
    hypothesis = changes.hypotheses(rng, premise, 0.3)
    assert (truth(premise, hypothesis) == truth(again, hypothesis)).all()


def test_leaving_parts_out_is_entailed_and_the_reverse_is_not_contradicted() -> None:
    rng = np.random.default_rng(2)
    premise = events(rng, 1000, "")
    weaker = changes.weakened(rng, premise, 0.7)
    assert (truth(premise, weaker) == 1).all()
    assert (truth(weaker, premise) >= 0).all()


def test_what_is_done_leads_to_its_result_and_never_to_the_opposite() -> None:
    event = events(np.random.default_rng(3), 1000, "")
    plain = canonical(event)
    result = RESULT[plain.verb]
    never = np.zeros(len(event), dtype=bool)
    assert (truth(event, states(plain.object, result, never)) == 1).all()
    assert (truth(event, states(plain.object, OPPOSITE[result], never)) == -1).all()
