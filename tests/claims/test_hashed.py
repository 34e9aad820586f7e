"""Assertions keep their hash and text, and take neither where it would be wrong."""

from __future__ import annotations

import pickle
from dataclasses import replace

from claims.assertion import Formula, Quantified
from claims.notation import parse_assertion

GAIN = "(> (gain mnli xnli) 8.2)"


def formula(text: str) -> Formula:
    return parse_assertion(text, "test")


def test_a_hash_is_not_taken_along_to_another_process() -> None:
    kept = formula(GAIN)
    assert hash(kept) == hash(formula(GAIN))
    assert str(kept) == GAIN
    sent = pickle.loads(pickle.dumps(kept))
    assert not hasattr(sent, "_hash")
    assert not hasattr(sent, "_text")
    assert (sent, hash(sent), str(sent)) == (kept, hash(kept), GAIN)


def test_a_changed_assertion_has_a_text_of_its_own() -> None:
    kept = formula("(most i intermediates (> (gain i xnli) 0))")
    before = str(kept)
    assert isinstance(kept, Quantified)
    changed = replace(kept, quantifier="all")
    assert str(changed) == before.replace("most", "all", 1)
    assert hash(changed) == hash(formula(str(changed)))
