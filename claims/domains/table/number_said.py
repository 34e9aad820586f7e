"""A number stated of one term: as its value, as a bound that a word makes of it, or denied."""

from __future__ import annotations

from collections.abc import Iterator

from claims.assertion import Compare, Formula, Not, Relation, Term
from claims.domains.table.manner import Manner
from claims.domains.table.stated import stated
from claims.language.chart import Edge, ParseNode

BOUNDING: dict[str, Relation] = {">": ">", "<": "<"}
"""Relations of words that bound a number; "better than 70" does not, as nothing says which way is better."""


def said_of(term: Term, amount: ParseNode, manner: Manner) -> Iterator[Formula]:
    """The assertions of a stated number about a term, each negated where the manner is "never"."""
    for said in _said_of(term, amount, manner):
        yield Not(said) if manner.never else said


def _said_of(term: Term, amount: ParseNode, manner: Manner) -> Iterator[Formula]:
    """The assertions of a number as the term's value, or as the bound of a word; "reaches" may mean either."""
    word = manner.word
    if word is None:
        for body in stated(term, amount, manner.unit):
            bound = manner.reaching and isinstance(body, Compare) and body.relation == "="
            if not (bound and (manner.negated or manner.never)):  # what is not reached is not passed
                yield body
            if bound and isinstance(body, Compare):
                yield Compare(">=", body.left, body.right)
        return
    for relation in _bounds(word):
        for body in stated(term, amount):
            if isinstance(body, Compare) and body.relation == "=":
                yield Compare(relation, body.left, body.right)


def _bounds(word: Edge) -> tuple[Relation, ...]:
    """The relations a word may bound a number by; "surpasses 80" is above or better, opposites for an error rate."""
    if word.value.get("bounds"):
        return (">", "better")
    relation = BOUNDING.get(word.value["relation"])
    return () if relation is None else (relation,)
