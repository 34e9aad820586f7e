"""Why a rewording does not say what a claim says: compared sign by sign, in order."""

from __future__ import annotations

from collections.abc import Sequence

from claims.domains.table.names import NameIndex
from claims.proposing.clauses import clauses, joins
from claims.proposing.signs import Sign, signs_of


def objections(claim: str, rewordings: Sequence[str], index: NameIndex) -> tuple[str, ...]:
    """What a rewording loses, adds or reorders; none where it says neither less nor more than the claim.

    Args:
        claim: the sentence as stated.
        rewordings: the sentences that are said to mean the same together.
        index: the names of the table both speak of.
    """
    said = signs_of(claim, index)
    meant = [signs_of(text, index) for text in rewordings]
    if clauses(said) == tuple(clause for signs in meant for clause in clauses(signs)):
        return ()
    told = [sign for signs in meant for sign in signs]
    missing, added = _beyond(said, told), _beyond(told, said)
    found = [*(f"loses “{sign}”" for sign in missing), *(f"adds “{sign}”" for sign in added)]
    return tuple(found) or ("its names, numbers or relations stand to each other in another way",)


def _beyond(those: Sequence[Sign], others: Sequence[Sign]) -> list[Sign]:
    """Signs of one wording that the other lacks, each once; what only joins clauses is left out."""
    known = set(others)
    return [sign for sign in dict.fromkeys(those) if sign not in known and not joins(sign)]
