"""Why a rewording does not say what a claim says.

A claim that is read, perhaps once phrases that carry nothing are taken out, has an assertion: its rewordings must have
the same one together. Of any other claim, one sentence with the same signs in the same order says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.assertion import Formula
from claims.domains.table.reading import TableReader
from claims.proposing.signs import COMMA, Sign, signs_of, without_phrases
from claims.rewriting import canonical, conjunction


def objections(claim: str, rewordings: Sequence[str], reader: TableReader) -> tuple[str, ...]:
    """What a rewording loses, adds or reorders; none where it says neither less nor more than the claim.

    Args:
        claim: the sentence as stated.
        rewordings: the sentences that are said to mean the same together.
        reader: of the table both speak of.
    """
    said = signs_of(claim, reader.index)
    stated = _assertion([claim], reader) or _assertion([without_phrases(claim)], reader)
    meant = [signs_of(text, reader.index) for text in rewordings]
    same = (
        [_in_order(said)] == list(map(_in_order, meant)) if stated is None else stated == _assertion(rewordings, reader)
    )
    if same:
        return ()
    told = [sign for signs in meant for sign in signs]
    found = [*(f"loses “{sign}”" for sign in _beyond(said, told)), *(f"adds “{sign}”" for sign in _beyond(told, said))]
    return tuple(found) or ("its names, numbers or relations stand to each other in another way",)


def _assertion(texts: Sequence[str], reader: TableReader) -> Formula | None:
    """What sentences assert together; None where one is not read in one way."""
    read = [reader.read(text).readings for text in texts]
    if any(len(readings) != 1 for readings in read):
        return None
    return canonical(conjunction([readings[0].formula for readings in read]))


def _in_order(signs: Sequence[Sign]) -> list[Sign]:
    return [sign for sign in signs if sign != COMMA]


def _beyond(those: Sequence[Sign], others: Sequence[Sign]) -> list[Sign]:
    """Signs of one wording that the other lacks, each once; what only joins clauses is left out."""
    known = set(others)
    return [sign for sign in dict.fromkeys(those) if sign not in known and not sign.joins]
