"""Numbers read twice: what the linker took for a number must be what `analysis.numbers` reads there."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analysis.numbers import Number, scan_numbers
from claims.reading.linking import Token
from claims.reading.terminals import LIMITS

RELATIONS = {
    ">=": frozenset({"ATLEAST", "ORMORE"}),
    ">": frozenset({"OVERNUM"}),
    "<=": frozenset({"ATMOST", "UPTO"}),
    "<": frozenset({"UNDERNUM"}),
    "~": frozenset({"ABOUT", "SOME"}),
}
"""What is said of a value → the classes of words that say it here."""
NEAR = frozenset({"JUSTUNDER", "JUSTOVER"})
UNITS = frozenset({"", "%", "points"})
"""Units that scores and gains have; a number of hours or megabytes is no result."""


def unconfirmed(sentence: str, tokens: Sequence[Token]) -> tuple[int, ...]:
    """Places of numbers that the two readers do not read alike, relation, range and unit included."""
    places = [i for i, token in enumerate(tokens) if token.kind == "NUMBER"]
    if not places:
        return ()
    scanned = [one for one in scan_numbers(sentence) if not _from_to(sentence, *one)]
    return tuple(i for i in places if not _confirmed(tokens, i, scanned))


def _from_to(sentence: str, start: int, _end: int, number: Number) -> bool:
    """As in "from 66.0 to 82.6": two levels, not a range."""
    return number.upper is not None and sentence[:start].rstrip().casefold().endswith("from")


def _confirmed(tokens: Sequence[Token], i: int, scanned: Sequence[tuple[int, int, Number]]) -> bool:
    token = tokens[i]
    assert token.number is not None
    around = [(start, end, n) for start, end, n in scanned if start <= token.start and end >= token.end]
    if not around and token.text.isalpha():
        return True  # as in "three-phase": a count inside a compound
    bare = [n for start, end, n in around if end - start == min(b - a for a, b, _ in around)]
    if not around or {n.value for n in bare} != {token.number.value}:
        return False
    upper: Decimal | None = token.upper.value if token.upper is not None else None
    whole = [n for start, end, n in around if end - start == max(b - a for a, b, _ in around)]
    if any(n.plus_minus is not None or n.unit not in UNITS or n.upper != upper for n in whole):
        return False
    before = tokens[i - 1].kind if i else ""
    return all(_said(n, before) for n in whole)


def _said(number: Number, before: str) -> bool:
    """Whether the word before a number says what the number was read to say."""
    if number.relation == "=":
        return before not in LIMITS or before in {"EXACTLY", "UPTO"}
    if number.near and number.relation in {"<", ">"}:
        return before in NEAR
    return before in RELATIONS[number.relation] or number.reached
