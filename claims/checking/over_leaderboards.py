"""Claims about rows of a leaderboard, decided by the code of `claimgauge analyze compare` and `analyze ranking`.

Differences are unpaired: a test on the answers to single items could be sharper. So a difference is called not
significant only where a quarter of its error would leave it so (a correlation of .94); between, none is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.assertion import Formula, Ranked, Significant
from claims.checking.consulting import OPPOSITE
from claims.checking.exhibits import items_of, level_of_number
from claims.checking.leaderboard_rows import LeaderboardRows
from claims.checking.outcome import VERDICT_OF, Outcome, Truth
from claims.checking.row_outcomes import RowEvaluator
from claims.hashed import replace
from claims.rewriting import nodes
from claims.verdict import Role, Verdict, in_order

if TYPE_CHECKING:
    from claims.checking.evidence import Evidence
    from claims.definitions import Definitions
    from claims.reading import Reading

KEPT = frozenset({"time-bound", "truncated", "corrected"})
"""Flags that belong to the reading, whatever decides it."""


def with_leaderboard(own: Verdict, reading: Reading, evidence: Evidence, definitions: Definitions) -> Verdict:
    """The verdict on a claim after the results given were asked as a leaderboard.

    They are asked where the claim is about their rows, and nothing else decided it but a comparison said to be
    significant, of which theirs allows for the number of tests. Where the two contradict, there is no verdict.

    Args:
        own: the verdict without.
        reading: of the claim.
        evidence: with the results given.
        definitions: of vague words.
    """
    if not reading.complete or not evidence.tables.get("given") or not _asks(own, reading):
        return own
    rows = LeaderboardRows(evidence)
    evaluator = RowEvaluator(rows, definitions)
    said = [formula for formula in (reading.assertion, *reading.rivals) if formula is not None]
    outcomes = {formula: evaluator.check(formula) for formula in said if rows.holds(formula)}
    if not outcomes:
        return own
    formula, outcome = _agreed(outcomes)
    word = VERDICT_OF[outcome.truth]
    flags = set(own.flags) & KEPT
    reason = f"{'. '.join(dict.fromkeys((outcome.reason, *outcome.notes)))}."
    if len({found.truth for found in outcomes.values()}) > 1:
        flags.add("ambiguous")
    if own.verdict == OPPOSITE.get(word):
        reason = f"{reason} A test of this difference alone says otherwise. {own.reason}"
        return replace(own, verdict="inconclusive", flags=in_order(flags | {"ambiguous"}), level="none", reason=reason)
    role: Role = "decides" if outcome.truth in {"true", "false", "mixed"} else "besides"
    items = tuple(dict.fromkeys(item for number in outcome.reckoned for item in items_of(number, role)))
    level = level_of_number(outcome.reckoned[0]) if outcome.reckoned and role == "decides" else "none"
    others = tuple(f"{other} → {VERDICT_OF[found.truth]}" for other, found in outcomes.items() if other != formula)
    return Verdict(
        word, in_order(flags), level, reason, str(formula), others,
        tuple(str(definitions[name]) for name in sorted(outcome.words)), items, certificate=reading.certificate,
    )  # fmt: skip


def _asks(own: Verdict, reading: Reading) -> bool:
    """Whether nothing has decided a claim yet but a test of one difference, or of one order."""
    within = nodes(reading.assertion)
    tested = any(isinstance(n, Significant) or (isinstance(n, Ranked) and n.until is not None) for n in within)
    silent = own.verdict == "inconclusive" and not own.evidence
    decides = any(item.role == "decides" for item in own.evidence)
    return own.verdict == "not-testable" or tested or silent or (own.verdict == "needs-data" and not decides)


def _agreed(outcomes: dict[Formula, Outcome]) -> tuple[Formula, Outcome]:
    """What readings that are just as good come to together, and the first of them."""
    formula, first = next(iter(outcomes.items()))
    truths = {outcome.truth for outcome in outcomes.values()}
    if len(truths) == 1:
        return formula, first
    truth: Truth = "missing" if "missing" in truths else "open"
    reason = "; ".join(dict.fromkeys(outcome.reason for outcome in outcomes.values()))
    shown = tuple(dict.fromkeys(number for outcome in outcomes.values() for number in outcome.reckoned))
    notes = tuple(dict.fromkeys(note for outcome in outcomes.values() for note in outcome.notes))
    return formula, replace(first, truth=truth, reason=reason, reckoned=shown, notes=notes)
