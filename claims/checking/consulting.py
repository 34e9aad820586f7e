"""Tables by others are consulted where our own evidence says nothing; they never overrule it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.hashed import replace
from claims.verdict import Verdict, in_order

if TYPE_CHECKING:
    from claims.checking.over_tables import TableJudge

KEPT = frozenset({"time-bound", "truncated"})
"""Flags that belong to the sentence, whatever decides it."""

OPPOSITE = {"supported": "refuted", "refuted": "supported"}


def with_tables(own: Verdict, claim: str, tables: TableJudge | None) -> Verdict:
    """The verdict on a claim after tables were asked, too.

    A table decides what our own vocabulary and evidence leave undecided. Where both decide and
    disagree, our own verdict stands, is flagged contested and shows the table's cells beside it.

    Args:
        own: the verdict without tables.
        claim: the sentence.
        tables: judge of the tables by others, None where there are none.
    """
    if tables is None or not tables.readers:
        return own
    if not leaves_open(own):
        return _contested(own, claim, tables)
    found = tables.verdict(claim)
    if found.verdict == "not-testable":
        if own.assertion:
            return own
        if not found.rewordings and not found.suggestions:
            return replace(own, examples=found.examples)
        return replace(own, reason=found.reason, rewordings=found.rewordings, suggestions=found.suggestions)
    besides = (f"{own.assertion} → {own.verdict}",) if own.assertion else ()
    return replace(
        found,
        flags=in_order({*found.flags, *KEPT.intersection(own.flags)}),
        alternatives=(*found.alternatives, *besides),
    )


def leaves_open(own: Verdict) -> bool:
    """True if our own evidence decides nothing of the claim."""
    decided_by = [item for item in own.evidence if item.role == "decides"]
    return own.verdict == "not-testable" or (own.verdict == "needs-data" and not decided_by)


def _contested(own: Verdict, claim: str, tables: TableJudge) -> Verdict:
    if own.verdict not in OPPOSITE:
        return own
    found = tables.verdict(claim)
    if found.verdict != OPPOSITE[own.verdict]:
        return own
    return replace(
        own,
        flags=in_order({*own.flags, "contested"}),
        reason=f"{own.reason} A table says otherwise. {found.reason}",
        alternatives=(*own.alternatives, f"{found.assertion} → {found.verdict}"),
        evidence=(*own.evidence, *(replace(item, role="besides") for item in found.evidence)),
    )
