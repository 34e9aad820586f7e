"""Numbers stated by claims beside measured ones: read from verdicts.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from claims.assertion import And, Compare, Consistent, Difference, Formula, Not, Or, Significant, StatedNumber, Term
from claims.notation import parse_assertion
from claims.wording import words_for
from reports.verdicts_read import whole

Record: TypeAlias = Mapping[str, Any]

MIRRORED = {">": "<", "<": ">", ">=": "<=", "<=": ">="}
NEGATED = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
NOT_POINTS = ("fact", "count")
"""Terms that are no scores: numbers of examples, of languages, of tasks."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number of the evidence.

    Attributes:
        what: as the verdict names it. value: in points. low, high: its interval, None where it has none.
        provenance: see the results table. decides: whether the verdict rests on it.
    """

    what: str
    value: float
    low: float | None
    high: float | None
    provenance: str
    decides: bool


@dataclass(frozen=True, slots=True)
class StatedValue:
    """One number that claims state.

    Attributes:
        text: what it is said of, in words.
        relation: "=", "about", ">", "<", ">=" or "<=".
        value: as stated, in points. half_width: half a unit of its last written digit.
        claims: the claims that state it, such as ("C05",), or ("1·C12", "2·C05") of several reports.
        verdicts: theirs, without repetition.
        measured: what the evidence says, in its order.
    """

    text: str
    relation: str
    value: float
    half_width: float
    claims: tuple[str, ...]
    verdicts: tuple[str, ...]
    measured: tuple[Measured, ...]


def claims_of(data: Record, where: str) -> list[tuple[str, Record]]:
    """(label, record) of every claim of a verdicts.json.

    Raises:
        InputError: it is not a verdicts.json file.
    """
    reports = whole(data, where)["reports"]
    return [
        (claim["id"] if len(reports) == 1 else f"{number}·{claim['id']}", claim)
        for number, report in enumerate(reports, 1)
        for claim in report["claims"]
    ]


def statements(data: Record, where: str) -> tuple[StatedValue, ...]:
    """The numbers in points that the claims state; the same statement in several reports is one.

    Raises:
        InputError: it is not a verdicts.json file.
    """
    found: dict[tuple[str, str, float], list[tuple[str, str, StatedValue]]] = {}
    for label, claim in claims_of(data, where):
        if not claim["assertion"]:
            continue
        evidence = [_measured(item) for item in claim["evidence"] if isinstance(item["value"], float | int)]
        pairs = list(_comparisons(parse_assertion(claim["assertion"], f"{where}, claim {label}")))
        for compare, term, number in pairs:
            one = _statement(compare, term, number, evidence, alone=len(pairs) == 1)
            key = (one.text, one.relation, one.value)
            found.setdefault(key, []).append((label, claim["verdict"], one))
    return tuple(_merged(same) for same in found.values())


def _merged(same: Sequence[tuple[str, str, StatedValue]]) -> StatedValue:
    first = same[0][2]
    claims = tuple(dict.fromkeys(label for label, _, _ in same))
    verdicts = tuple(dict.fromkeys(word for _, word, _ in same))
    measured = tuple(dict.fromkeys(item for _, _, one in same for item in one.measured))
    return replace(first, claims=claims, verdicts=verdicts, measured=measured)


def _comparisons(formula: Formula, negated: bool = False) -> Iterator[tuple[str, Term, StatedNumber]]:
    """(relation, term, stated number) of every comparison on the scale of scores."""
    match formula:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _comparisons(part, negated)
        case Not(part):
            yield from _comparisons(part, not negated)
        case Significant(body) | Consistent(body):
            yield from _comparisons(body, negated)
        case Compare(relation, left, right) if not _counts(left) and not _counts(right):
            sign, term, number = _on_the_right(relation, left, right)
            if number.unit != "%" and (sign in NEGATED or not negated):
                yield (NEGATED[sign] if negated else sign), term, number


def _on_the_right(relation: str, left: Term, right: Term) -> tuple[str, Term, StatedNumber]:
    """The comparison with its number on the right; of two terms, their difference against zero."""
    if isinstance(right, StatedNumber):
        return relation, left, right
    if isinstance(left, StatedNumber):
        return MIRRORED.get(relation, relation), right, left
    from claims.assertion import ZERO

    return relation, Difference(left, right), ZERO


def _counts(term: Term) -> bool:
    return any(f"({word} " in str(term) for word in NOT_POINTS)


def _statement(
    relation: str, term: Term, number: StatedNumber, evidence: Sequence[Measured], *, alone: bool
) -> StatedValue:
    text = words_for(term)
    fitting = [item for item in evidence if item.what == text or item.what.startswith(f"{text},")]
    deciding = [item for item in evidence if item.decides]
    if not fitting and alone and deciding:
        fitting = deciding[:1]
    value = float(number.value)
    width = 0.0 if value == 0 else number.half_width
    return StatedValue(text, "about" if relation == "~" else relation, value, width, (), (), tuple(fitting))


def _measured(item: Record) -> Measured:
    low, high = item["low"], item["high"]
    return Measured(item["what"], float(item["value"]), low, high, item["provenance"], item["role"] == "decides")
