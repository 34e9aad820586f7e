"""Published findings as evidence: a statement is grounded when a publication states it.

A finding comes from the very paper a report is about, so it can ground a claim but not reproduce
it; such verdicts carry the flag `circular`. Statements are compared as assertions, never as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from analysis.published.scores import PublishedFinding, findings
from claims.assertion import And, Compare, Formula, Node, Not, Ranked, Scope, StatedNumber
from claims.checking.outcome import ComputedQuantity, Outcome, joined, negated
from claims.citations import Cited
from claims.hashed import replace
from claims.notation import parse_assertion
from claims.rewriting import canonical
from claims.verdict import Truth

KEPT = 256
"""Papers and kinds of statements whose findings are kept."""


def grounded(formula: Formula, cited: Cited) -> Outcome | None:
    """The outcome of a formula by published findings; None where no finding decides it.

    Args:
        formula: the statement.
        cited: the paper and version whose findings may speak; the current version where none is named.
    """
    if isinstance(formula, And):
        parts = [grounded(part, cited) for part in formula.parts]
        return joined([p for p in parts if p is not None]) if all(parts) else None
    for finding in _may_say(cited, _kind(formula), _kind(formula.part) if isinstance(formula, Not) else None):
        outcome = _said(formula, finding)
        if outcome is not None:
            return outcome
    return None


def overstated(formula: Formula, cited: Cited) -> PublishedFinding | None:
    """The finding on the same comparison that the formula goes beyond, if there is one."""
    for finding in _short_of(cited, _kind(formula)):
        if any(_matches(formula, _parsed(text)) for text in finding.short_of):
            return finding
    return None


def _kind(formula: Formula) -> Any:
    """The class of a formula."""
    return type(formula)


@lru_cache(maxsize=KEPT)
def _may_say(cited: Cited, kind: Any, denied: Any) -> tuple[PublishedFinding, ...]:
    """The findings of a formula's kind, or of the kind that it negates, stated or negated."""

    def kinds(text: str) -> set[Any]:
        statement = _parsed(text)
        return {_kind(statement), _kind(statement.part)} if isinstance(statement, Not) else {_kind(statement)}

    return tuple(f for f in _findings(cited) if any(kinds(text) & {kind, denied} for text in f.says))


@lru_cache(maxsize=KEPT)
def _short_of(cited: Cited, kind: Any) -> tuple[PublishedFinding, ...]:
    """The findings that statements of some kind may go beyond."""
    return tuple(f for f in _findings(cited) if any(type(_parsed(text)) is kind for text in f.short_of))


def _findings(cited: Cited) -> Iterator[PublishedFinding]:
    for finding in findings():
        if cited.by != "nothing" and finding.study != cited.paper:
            continue
        if finding.version == cited.version if cited.version is not None else not finding.superseded:
            yield finding


def _said(formula: Formula, finding: PublishedFinding) -> Outcome | None:
    for text in finding.says:
        statement = _parsed(text)
        if _matches(formula, statement):
            return _outcome("true", finding)
        if isinstance(statement, Not) and _matches(formula, statement.part):
            return _outcome("false", finding)
        if isinstance(formula, Not) and _matches(formula.part, statement):
            return negated(_outcome("true", finding))
        if _excludes(statement, formula):
            return _outcome("false", finding)
    return None


@cache
def _parsed(text: str) -> Formula:
    return canonical(parse_assertion(text, "findings.toml"))


def _outcome(truth: Truth, finding: PublishedFinding) -> Outcome:
    edition = f" ({finding.version})" if finding.version else ""
    verb = "states" if truth == "true" else "says otherwise"
    reckoned = ComputedQuantity(
        f"finding {finding.id}", finding.statement, source=finding.source, provenance="published"
    )
    flags = frozenset({"circular"}) if finding.wholly_own else frozenset()
    return Outcome(
        truth,
        f"{finding.study}{edition} {verb}: {finding.statement.rstrip('.')}",
        (reckoned,),
        (),
        flags,
        grounded=True,
    )


def _excludes(statement: Formula, formula: Formula) -> bool:
    """True if the two cannot both hold: another number for one term, another first in one order."""
    match statement, formula:
        case Compare("=", term, StatedNumber() as known), Compare("=", other, StatedNumber() as stated):
            return _matches(other, term) and not _compatible(stated, known)
        case Ranked(place="best"), Ranked(place="best"):
            same_order = _matches(replace(formula, names=statement.names), statement)
            return same_order and formula.names != statement.names
        case _:
            return False


def _compatible(stated: StatedNumber, known: StatedNumber) -> bool:
    return abs(float(stated.value) - float(known.value)) <= max(stated.half_width, known.half_width) + 1e-9


def _matches(claim: object, statement: object) -> bool:
    """True if claim and statement make the same assertion; a scope the claim leaves open is filled from the other."""
    if isinstance(claim, Scope) and isinstance(statement, Scope):
        pairs = zip(_values(claim), _values(statement), strict=True)
        return all(own is None or own == stated for own, stated in pairs)
    if isinstance(claim, StatedNumber) and isinstance(statement, StatedNumber):
        return _compatible(claim, statement)
    if isinstance(claim, Ranked) and isinstance(statement, Ranked) and claim.place == statement.place == "top":
        inside = set(claim.names) <= set(statement.names) and claim.k == statement.k
        return inside and _fields_match(replace(claim, names=statement.names), statement)
    if isinstance(claim, tuple) and isinstance(statement, tuple):
        return len(claim) == len(statement) and all(map(_matches, claim, statement))
    if isinstance(claim, Node):
        return type(claim) is type(statement) and _fields_match(claim, statement)
    return claim == statement


def _fields_match(claim: Node, statement: object) -> bool:
    return all(map(_matches, _values(claim), _values(statement)))


def _values(node: Any) -> list[object]:
    """The fields of a node."""
    return [getattr(node, name) for name in node.__match_args__]
